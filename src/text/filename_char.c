#include "text/filename_char.h"

#include <utf8proc.h>

#include "text/charset.h"

struct range {
    int32_t first, last;
    enum filename_char_fate fate;
};

/* In order, so that the first range that reaches a character decides. */
static const struct range ranges[] = {
    {0x0000, 0x001f, FILENAME_CHAR_UNDERSCORE}, /* controls */
    {'"', '"', FILENAME_CHAR_UNDERSCORE},
    {'*', '*', FILENAME_CHAR_UNDERSCORE},
    {'/', '/', FILENAME_CHAR_UNDERSCORE},
    {':', ':', FILENAME_CHAR_UNDERSCORE},
    {'<', '<', FILENAME_CHAR_UNDERSCORE},
    {'>', '?', FILENAME_CHAR_UNDERSCORE},
    {'\\', '\\', FILENAME_CHAR_UNDERSCORE},
    {'|', '|', FILENAME_CHAR_UNDERSCORE},
    {0x007f, 0x009f, FILENAME_CHAR_UNDERSCORE}, /* DEL and C1 controls */
    {0x00a0, 0x00a0, FILENAME_CHAR_SPACE},
    {0x00a5, 0x00a5, FILENAME_CHAR_WIDE},
    {0x00ad, 0x00ad, FILENAME_CHAR_DROP}, /* soft hyphen */
    {0x034f, 0x034f, FILENAME_CHAR_DROP}, /* grapheme joiner */
    {0x061c, 0x061c, FILENAME_CHAR_DROP}, /* Arabic letter mark */
    {0x115f, 0x1160, FILENAME_CHAR_DROP}, /* Hangul fillers */
    {0x1680, 0x1680, FILENAME_CHAR_SPACE},
    {0x17b4, 0x17b5, FILENAME_CHAR_DROP}, /* Khmer inherent vowels */
    {0x180b, 0x180f, FILENAME_CHAR_DROP}, /* Mongolian selectors */
    {0x2000, 0x200a, FILENAME_CHAR_SPACE},
    {0x200b, 0x200f, FILENAME_CHAR_DROP}, /* zero width, direction marks */
    {0x2028, 0x2029, FILENAME_CHAR_UNDERSCORE},
    {0x202a, 0x202e, FILENAME_CHAR_DROP}, /* direction embeddings and overrides */
    {0x202f, 0x202f, FILENAME_CHAR_SPACE},
    {0x205f, 0x205f, FILENAME_CHAR_SPACE},
    {0x2060, 0x206f, FILENAME_CHAR_DROP}, /* joiners, isolates, deprecated format characters */
    {0x20a9, 0x20a9, FILENAME_CHAR_WIDE},
    {0x3164, 0x3164, FILENAME_CHAR_DROP}, /* Hangul filler */
    {0xfeff, 0xfeff, FILENAME_CHAR_DROP},
    {0xffa0, 0xffa0, FILENAME_CHAR_DROP},
    {0xfff0, 0xfffb, FILENAME_CHAR_DROP}, /* interlinear annotation */
    {0xfffe, 0xffff, FILENAME_CHAR_UNDERSCORE},
    {0x1d173, 0x1d17a, FILENAME_CHAR_DROP}, /* musical format characters */
    {0xe0000, 0xe00ff, FILENAME_CHAR_DROP}, /* tags */
    {0xe01f0, 0xe0fff, FILENAME_CHAR_DROP},
};

static bool between(int32_t c, int32_t first, int32_t last)
{
    return c >= first && c <= last;
}

bool filename_char_is_compatible(int32_t c)
{
    return between(c, 0xf900, 0xfaff) || between(c, 0x2f800, 0x2fa1f);
}

static bool is_ideograph(int32_t c)
{
    return between(c, 0x3400, 0x4dbf) || between(c, 0x4e00, 0x9fff) || between(c, 0x20000, 0x3ffff) ||
           between(c, 0x3005, 0x3007) || filename_char_is_compatible(c);
}

static bool is_selector(int32_t c)
{
    return between(c, 0xfe00, 0xfe0f) || between(c, 0xe0100, 0xe01ef);
}

enum filename_char_fate filename_char_fate(int32_t c, int32_t before)
{
    if (is_selector(c))
        return is_ideograph(before) ? FILENAME_CHAR_KEEP : FILENAME_CHAR_DROP;
    for (size_t i = 0; i < countof(ranges); i++)
        if (c <= ranges[i].last)
            return c >= ranges[i].first ? ranges[i].fate : FILENAME_CHAR_KEEP;
    return FILENAME_CHAR_KEEP;
}

int32_t filename_char_next(struct bytes text, size_t *at)
{
    struct bytes rest = bytes_from(text, *at);
    utf8proc_int32_t c = 0;
    utf8proc_ssize_t len = utf8proc_iterate(rest.at, (utf8proc_ssize_t)rest.len, &c);

    if (len <= 0) { /* cannot be: the text was checked */
        *at += 1;
        return 0xfffd;
    }
    *at += (size_t)len;
    return c;
}

bool filename_char_joins(struct bytes text, size_t at)
{
    utf8proc_category_t category;
    int32_t c;

    if (at >= text.len)
        return false;
    if ((text.at[at] & 0xc0) == 0x80)
        return true;
    c = filename_char_next(text, &at);
    category = utf8proc_category(c);
    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC || category == UTF8PROC_CATEGORY_ME;
}

static bool is_utf8(struct bytes name)
{
    for (size_t at = 0; at < name.len;) {
        utf8proc_int32_t c;
        utf8proc_ssize_t len = utf8proc_iterate(name.at + at, (utf8proc_ssize_t)(name.len - at), &c);

        if (len <= 0)
            return false;
        at += (size_t)len;
    }
    return true;
}

void filename_char_decode(struct bytes name, struct buf *out)
{
    if (is_utf8(name)) {
        buf_put(out, name);
        return;
    }
    if (charset_to_utf8(name, CHARSET_cp932, out, NULL) == OK)
        return;
    buf_reset(out);
    for (size_t i = 0; i < name.len; i++) {
        if (name.at[i] < 0x80)
            buf_put_u8(out, name.at[i]);
        else
            buf_putf(out, "%%%02X", name.at[i]);
    }
}
