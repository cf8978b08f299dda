#include "sanitize/svg_input.h"

#include "format/deflate.h"
#include "text/charset.h"

/* The name of an element is written plainly: behind "<" or the prefix, in UTF-8.  Other codings may hide it. */
static bool may_have_sheets(const struct svg_input *s)
{
    size_t at = 0;

    if (!s->decoded && s->text.len > 1 && (s->text.at[0] == 0 || s->text.at[1] == 0 || s->text.at[0] >= 0xfe))
        return true;
    while ((at = bytes_find(s->text, BYTES("style"), at)) != SIZE_MAX) {
        if (at > 0 && (s->text.at[at - 1] == '<' || s->text.at[at - 1] == ':'))
            return true;
        at += 5;
    }
    return false;
}

static enum err decode(struct svg_input *s, struct clean *c, struct fault *why)
{
    enum charset set = charset_by_name(xml_declared_encoding(bytes_part(s->text, 0, 512)));

    if ((set != CHARSET_cp932 && set != CHARSET_eucjp && set != CHARSET_iso2022jp) ||
        charset_mark(s->text, CHARSET_utf8) > 0)
        return OK;
    clean_found(c, ROW_T03, ACT_REBUILT, "%s", charset_name(set));
    TRY(charset_to_utf8(s->text, set, &s->utf8, why));
    TRY(buf_check(&s->utf8, why));
    s->text = buf_bytes(&s->utf8);
    s->decoded = true;
    return OK;
}

enum err svg_input_open(struct svg_input *s, struct clean *c, struct bytes in, struct fault *why)
{
    *s = (struct svg_input){.text = in, .packed = bytes_starts(in, BYTES("\x1f\x8b"))};
    buf_init(&s->plain, c->budget->unpacked);
    buf_init(&s->utf8, (size_t)1 << 30);
    if (s->packed) {
        TRY(deflate_unpack_open(in, DEFLATE_GZIP, &s->plain, &s->used, why));
        TRY(clean_spend_unpacked(c, s->plain.len, why));
        s->text = buf_bytes(&s->plain);
    }
    TRY(decode(s, c, why));
    s->sheets = may_have_sheets(s);
    return OK;
}

void svg_input_done(struct svg_input *s)
{
    buf_done(&s->plain), buf_done(&s->utf8);
}

/* Behind "<!DOCTYPE svg …>" when it has no internal subset; `at` when there is none. */
static size_t past_doctype(struct bytes in, size_t at)
{
    size_t close, open;

    if (!bytes_starts(bytes_from(in, at), BYTES("<!DOCTYPE")))
        return at;
    close = bytes_find_byte(in, '>', at);
    open = bytes_find_byte(in, '[', at);
    return close == SIZE_MAX || open < close ? at : close + 1;
}

/* Where the prolog's document type would stand: behind the declaration, instructions and comments. */
static size_t past_prolog(struct bytes in)
{
    size_t at = bytes_starts(in, BYTES("\xef\xbb\xbf")) ? 3 : 0;

    for (;;) {
        struct bytes rest = bytes_from(in, at), word;

        word = bytes_trim(rest);
        if (word.len == 0)
            return in.len;
        at = (size_t)(word.at - in.at);
        if (bytes_starts(word, BYTES("<?")))
            at = bytes_find(in, BYTES("?>"), at);
        else if (bytes_starts(word, BYTES("<!--")))
            at = bytes_find(in, BYTES("-->"), at + 4);
        else
            return at;
        if (at == SIZE_MAX)
            return in.len;
        at += in.at[at] == '?' ? 2 : 3;
    }
}

/* The usual document type names a DTD nobody reads: it is left out.  One with declarations of its own is
 * not recognised here, and the reader refuses it. */
enum err svg_input_read(const struct svg_input *s, struct clean *c, struct xml *xml, struct fault *why)
{
    size_t at = past_prolog(s->text), behind = past_doctype(s->text, at);

    if (behind > at)
        clean_found(c, ROW_I09, ACT_REMOVED, "document type");
    TRY(xml_push(xml, bytes_part(s->text, 0, at), why));
    TRY(xml_push(xml, bytes_from(s->text, behind), why));
    return xml_end(xml, why);
}
