/* JSON written afresh: the grammar to the letter, every name once, numbers digit by digit as they were,
 * strings with no more escapes than needed and nothing a person cannot see.
 * Rule: T03, T04, T08. */
#include "format/json.h"
#include "format/json_keys.h"
#include "sanitize/clean.h"
#include "text/charset_guess.h"
#include "text/scrub.h"

enum { FLUSH = 64 << 10, KEYS_MAX = 32 << 20, KEY_MAX = 64 << 10 };

struct remake {
    struct clean *clean;
    struct sink *sink;
    struct json json;
    struct json_keys keys;
    struct scrub scrub;
    struct buf out, text, key;
};

static void put_escaped(struct buf *out, struct bytes text)
{
    for (size_t at = 0; at < text.len;) {
        size_t end = at;

        while (end < text.len && text.at[end] != '"' && text.at[end] != '\\' && text.at[end] >= ' ')
            end++;
        buf_put(out, bytes_part(text, at, end - at));
        if (end < text.len) {
            uint8_t c = text.at[end++];

            buf_put_u8(out, '\\');
            buf_put_u8(out, c == '\n' ? 'n' : c == '\r' ? 'r' : c == '\t' ? 't' : c);
        }
        at = end;
    }
}

static void report_taken(struct remake *r)
{
    for (int k = 0; k < SCRUB_KINDS; k++)
        if (r->scrub.count[k] > 0)
            clean_found(r->clean, ROW_T04, ACT_REMOVED, "line %llu: %s", (unsigned long long)r->json.line,
                        scrub_name((enum scrub_kind)k));
    if (r->scrub.hidden_line != 0)
        clean_found(r->clean, ROW_G10, ACT_REMOVED, "line %llu: a run of invisible characters", (unsigned long long)r->json.line);
}

static enum err see_string(struct remake *r, enum json_token token, bool key, struct bytes text, struct fault *why)
{
    if (token == JSON_BEGIN) {
        scrub_init(&r->scrub);
        buf_reset(&r->key);
        buf_put_u8(&r->out, '"');
        return OK;
    }
    if (token == JSON_PART) {
        buf_reset(&r->text);
        scrub_run(&r->scrub, text, &r->text);
        put_escaped(&r->out, buf_bytes(&r->text));
        if (key)
            buf_put(&r->key, buf_bytes(&r->text));
        return buf_check(&r->key, why);
    }
    scrub_end(&r->scrub);
    report_taken(r);
    buf_put_u8(&r->out, '"');
    return key ? json_keys_add(&r->keys, buf_bytes(&r->key), why) : OK;
}

static enum err see(void *ctx, enum json_token token, bool key, struct bytes text, struct fault *why)
{
    struct remake *r = ctx;

    if (token == JSON_BEGIN || token == JSON_PART || token == JSON_END) {
        TRY(see_string(r, token, key, text, why));
    } else {
        if (token == JSON_MARK && text.at[0] == '{')
            json_keys_enter(&r->keys);
        if (token == JSON_MARK && text.at[0] == '}')
            json_keys_leave(&r->keys);
        buf_put(&r->out, text);
    }
    if (r->out.len < FLUSH)
        return OK;
    TRY(sink_put(r->sink, buf_bytes(&r->out), why));
    buf_reset(&r->out);
    return OK;
}

static enum err pass(struct remake *r, struct bytes in, struct fault *why)
{
    enum charset set = charset_guess(in);
    struct charset_reader reader;
    struct bytes run;

    if (set == CHARSET_none)
        return fault_set(why, ERR_MALFORMED, "T03", "a known character set", 0, "no text in a known character set");
    if (set != CHARSET_utf8 || charset_mark(in, set) > 0)
        clean_found(r->clean, ROW_T03, ACT_REBUILT, "%s", set == CHARSET_utf8 ? "byte order mark" : charset_name(set));
    charset_open(&reader, in, set);
    do {
        TRY(charset_next(&reader, &run, why));
        TRY(json_push(&r->json, run, why));
    } while (reader.at < in.len);
    TRY(json_end(&r->json, why));
    return sink_put(r->sink, buf_bytes(&r->out), why);
}

enum err clean_json(struct clean *c, struct bytes in, struct sink *out, struct fault *why)
{
    struct remake r = {.clean = c, .sink = out};
    enum err code;

    json_init(&r.json, see, &r);
    json_keys_init(&r.keys, KEYS_MAX);
    buf_init(&r.out, FLUSH * 4);
    buf_init(&r.text, CHARSET_RUN * 2);
    buf_init(&r.key, KEY_MAX);
    code = pass(&r, in, why);
    buf_done(&r.key);
    buf_done(&r.text);
    buf_done(&r.out);
    json_keys_done(&r.keys);
    return code;
}
