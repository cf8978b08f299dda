#include "text/scrub.h"

#include "text/charset.h"

enum { ESC_NONE, ESC_BEGUN, ESC_PARAMETERS, ESC_STRING, ESC_STRING_ESC };
enum { PARAMETERS_MAX = 64, STRING_MAX = 4096, JOINER = 0x200d };

struct range {
    uint32_t from, to;
    enum scrub_kind kind;
};

/* In order; what is in none of them stays. */
static const struct range ranges[] = {
    {0x0000, 0x0008, SCRUB_CONTROL},     {0x000b, 0x000c, SCRUB_CONTROL},     {0x000e, 0x001f, SCRUB_CONTROL},
    {0x007f, 0x009f, SCRUB_CONTROL},     {0x00ad, 0x00ad, SCRUB_INVISIBLE},   {0x034f, 0x034f, SCRUB_INVISIBLE},
    {0x061c, 0x061c, SCRUB_DIRECTION},   {0x115f, 0x1160, SCRUB_INVISIBLE},   {0x17b4, 0x17b5, SCRUB_INVISIBLE},
    {0x180b, 0x180f, SCRUB_INVISIBLE},   {0x200b, 0x200d, SCRUB_INVISIBLE},   {0x200e, 0x200f, SCRUB_DIRECTION},
    {0x202a, 0x202e, SCRUB_DIRECTION},   {0x2060, 0x2065, SCRUB_INVISIBLE},   {0x2066, 0x2069, SCRUB_DIRECTION},
    {0x206a, 0x206f, SCRUB_INVISIBLE},   {0x3164, 0x3164, SCRUB_INVISIBLE},   {0xfdd0, 0xfdef, SCRUB_CONTROL},
    {0xfe00, 0xfe0f, SCRUB_INVISIBLE},   {0xfeff, 0xfeff, SCRUB_INVISIBLE},   {0xffa0, 0xffa0, SCRUB_INVISIBLE},
    {0xfff0, 0xfffb, SCRUB_INVISIBLE},   {0xfffe, 0xffff, SCRUB_CONTROL},     {0x1bca0, 0x1bca3, SCRUB_INVISIBLE},
    {0x1d173, 0x1d17a, SCRUB_INVISIBLE}, {0xe0000, 0xe0fff, SCRUB_INVISIBLE},
};

const char *scrub_name(enum scrub_kind kind)
{
    static const char *const names[SCRUB_KINDS] = {"control characters", "terminal sequences", "direction characters",
                                                   "invisible characters"};

    return names[kind];
}

void scrub_init(struct scrub *s)
{
    *s = (struct scrub){.line = 1};
}

static bool is_emoji(uint32_t c)
{
    return (c >= 0x1f000 && c <= 0x1faff) || (c >= 0x2190 && c <= 0x2bff) || c == 0xa9 || c == 0xae || c == 0x203c ||
           c == 0x2049 || (c >= 0x2100 && c <= 0x214f) || c == 0x3030 || c == 0x303d || c == 0x3297 || c == 0x3299;
}

static bool is_ideograph(uint32_t c)
{
    return (c >= 0x3400 && c <= 0x9fff) || (c >= 0xf900 && c <= 0xfaff) || (c >= 0x20000 && c <= 0x3ffff) || c == 0x3007;
}

/* A selector behind a base it can belong to. */
static bool selects(uint32_t c, uint32_t before)
{
    if (c == 0xfe0e || c == 0xfe0f)
        return is_emoji(before) || (before >= '0' && before <= '9') || before == '#' || before == '*';
    if ((c >= 0xfe00 && c <= 0xfe02) || (c >= 0xe0100 && c <= 0xe01ef))
        return is_ideograph(before);
    return false;
}

static bool in_ranges(uint32_t c, enum scrub_kind *ret_kind)
{
    if (c >= 0x10000 && (c & 0xfffe) == 0xfffe) {
        *ret_kind = SCRUB_CONTROL;
        return true;
    }
    for (size_t i = 0; i < countof(ranges) && ranges[i].from <= c; i++) {
        if (c <= ranges[i].to) {
            *ret_kind = ranges[i].kind;
            return true;
        }
    }
    return false;
}

static void took(struct scrub *s, enum scrub_kind kind)
{
    if (s->count[kind]++ == 0)
        s->first[kind] = s->line;
    if (kind == SCRUB_INVISIBLE && ++s->hidden_run == SCRUB_HIDDEN_RUN && s->hidden_line == 0)
        s->hidden_line = s->line;
}

/* One character inside a terminal sequence; false when it is not part of it any more. */
static bool in_escape(struct scrub *s, uint32_t c)
{
    s->escape_len++;
    switch (s->escape) {
    case ESC_STRING_ESC:
        if (c == '\\') {
            s->escape = ESC_NONE;
            return true;
        } /* fallthrough */
    case ESC_BEGUN:
        s->escape = c == '[' ? ESC_PARAMETERS : c == ']' || c == 'P' || c == '_' || c == '^' || c == 'X' ? ESC_STRING : ESC_NONE;
        if (c >= 0x20 && c < 0x30 && s->escape_len < PARAMETERS_MAX)
            s->escape = ESC_BEGUN;
        return c >= 0x20 && c < 0x7f;
    case ESC_PARAMETERS:
        if (c < 0x20 || c > 0x3f || s->escape_len > PARAMETERS_MAX)
            s->escape = ESC_NONE;
        return c >= 0x20 && c < 0x7f;
    default:
        if (c == 0x1b)
            s->escape = ESC_STRING_ESC;
        else if (c == 0x07 || c == '\n' || c == '\r' || s->escape_len > STRING_MAX)
            s->escape = ESC_NONE;
        return c != '\n' && c != '\r';
    }
}

static void keep(struct scrub *s, uint32_t c, struct bytes as, struct buf *out)
{
    s->hidden_run = 0;
    s->before = c;
    s->line += c == '\n';
    buf_put(out, as);
}

/* A joiner stays between two emoji only. */
static void settle_joiner(struct scrub *s, uint32_t c, struct buf *out)
{
    s->joiner = false;
    if (is_emoji(c))
        buf_put(out, BYTES("\xe2\x80\x8d"));
    else
        took(s, SCRUB_INVISIBLE);
}

static void one(struct scrub *s, uint32_t c, struct bytes as, struct buf *out)
{
    enum scrub_kind kind;

    if (s->escape != ESC_NONE && in_escape(s, c))
        return;
    if (c == 0x1b) {
        s->escape = ESC_BEGUN;
        s->escape_len = 0;
        took(s, SCRUB_ESCAPE);
        return;
    }
    if (in_ranges(c, &kind) && !selects(c, s->joiner ? 0 : s->before)) {
        if (c == JOINER && !s->joiner && (is_emoji(s->before) || s->before == 0xfe0f))
            s->joiner = true;
        else
            took(s, kind);
        return;
    }
    if (s->joiner)
        settle_joiner(s, c, out);
    if (c == 0x2028 || c == 0x2029) {
        took(s, SCRUB_CONTROL);
        keep(s, ' ', BYTES(" "), out);
    } else {
        keep(s, c, as, out);
    }
}

/* How many bytes ahead need no look: printable ASCII, and kana and ideographs (U+3001 to U+9FFF but the
 * filler among the Hangul letters), each with the character before it not mattering. */
static size_t plain_len(const uint8_t *b, size_t left)
{
    size_t at = 0;

    while (at < left) {
        uint8_t c = b[at];

        if (c >= 0x20 && c < 0x7f)
            at++;
        else if (c >= 0xe4 && c <= 0xe9)
            at += 3;
        else if (c == 0xe3 && b[at + 1] != 0x85)
            at += 3;
        else
            break;
    }
    return at;
}

void scrub_run(struct scrub *s, struct bytes text, struct buf *out)
{
    for (size_t i = 0; i < text.len;) {
        size_t len = s->escape == ESC_NONE && !s->joiner ? plain_len(text.at + i, text.len - i) : 0;
        uint32_t c;

        if (len > 0) {
            size_t back = 1, last;

            while ((text.at[i + len - back] & 0xc0) == 0x80)
                back++;
            s->hidden_run = 0;
            s->before = charset_get(bytes_part(text, i + len - back, back), &last);
            buf_put(out, bytes_part(text, i, len));
            i += len;
            continue;
        }
        c = charset_get(bytes_from(text, i), &len);
        one(s, c, bytes_part(text, i, len), out);
        i += len;
    }
}

void scrub_end(struct scrub *s)
{
    if (s->joiner)
        took(s, SCRUB_INVISIBLE);
    s->joiner = false;
}
