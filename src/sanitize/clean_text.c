/* Plain text: UTF-8 without a byte order mark, one kind of line end, nothing a person cannot see.  Where a profile
 * asks for words only: LF, and a last line that ends.
 * Rule: T03, T04, G10. */
#include "sanitize/text_in.h"

enum { LONG_LINE = 64 << 10 };

/* Line ends: all as the first one; a lone CR is a line end. */
struct lines {
    struct buf out;
    struct clean *clean;
    enum { END_UNKNOWN, END_LF, END_CRLF } end;
    bool after_cr;
    uint64_t line;
    size_t length;
};

static void put_end(struct lines *l, bool crlf)
{
    if (l->end == END_UNKNOWN)
        l->end = crlf ? END_CRLF : END_LF;
    buf_put(&l->out, l->end == END_CRLF ? BYTES("\r\n") : BYTES("\n"));
    if (l->length > LONG_LINE)
        clean_found(l->clean, ROW_T04, ACT_KEPT, "line %llu: longer than %d bytes", (unsigned long long)l->line, LONG_LINE);
    l->line++;
    l->length = 0;
}

static size_t line_len(const uint8_t *b, size_t left)
{
    const uint8_t *lf = memchr(b, '\n', left);
    size_t len = lf == NULL ? left : (size_t)(lf - b);
    const uint8_t *cr = memchr(b, '\r', len);

    return cr == NULL ? len : (size_t)(cr - b);
}

static void put_run(struct lines *l, struct bytes run)
{
    for (size_t i = 0; i < run.len;) {
        size_t len;

        if (l->after_cr) {
            l->after_cr = false;
            put_end(l, run.at[i] == '\n');
            i += run.at[i] == '\n';
            continue;
        }
        len = line_len(run.at + i, run.len - i);
        buf_put(&l->out, bytes_part(run, i, len));
        l->length += len;
        i += len;
        if (i == run.len)
            break;
        if (run.at[i] == '\r')
            l->after_cr = true;
        else
            put_end(l, false);
        i++;
    }
}

static enum err pass(struct text_in *t, struct lines *l, struct sink *out, struct fault *why)
{
    bool end = false, words = l->end == END_LF;

    while (!end) {
        struct bytes run;

        TRY(text_in_next(t, &run, &end, why));
        buf_reset(&l->out);
        put_run(l, run);
        if (end && (l->after_cr || (words && l->length > 0)))
            put_end(l, false);
        TRY(sink_put(out, buf_bytes(&l->out), why));
    }
    return OK;
}

enum err clean_text(struct clean *c, struct bytes in, struct sink *out, struct fault *why)
{
    bool words = c->profile->mode[profile_family(c->type)] == MODE_TEXT;
    struct lines l = {.clean = c, .line = 1, .end = words ? END_LF : END_UNKNOWN};
    struct text_in t;
    enum err code;

    buf_init(&l.out, CHARSET_RUN * 4);
    code = text_in_open(&t, c, in, CHARSET_none, why);
    if (code == OK && charset_mark(in, CHARSET_utf8) > 0)
        clean_found(c, ROW_T03, ACT_REBUILT, "byte order mark");
    if (code == OK)
        code = pass(&t, &l, out, why);
    text_in_done(&t);
    buf_done(&l.out);
    return code;
}
