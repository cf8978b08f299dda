#include "text/charset.h"

#include "text/charset_table.h"

enum { MODE_ASCII, MODE_KANA, MODE_JIS, MODE_JIS2 };

/* One character taken from the input. */
struct taken {
    uint32_t c; /* 0: nothing (a shift), or the error below */
    uint8_t len; /* bytes used; 0: the byte has no meaning */
};

const char *charset_name(enum charset set)
{
    static const char *const names[CHARSET_COUNT] = {"none", "UTF-8", "UTF-16LE", "UTF-16BE", "CP932", "EUC-JP", "ISO-2022-JP"};

    return names[set];
}

enum charset charset_by_name(struct bytes label)
{
    static const struct {
        const char *name;
        enum charset set;
    } labels[] = {
        {"utf-8", CHARSET_utf8},           {"utf8", CHARSET_utf8},          {"us-ascii", CHARSET_utf8},
        {"ascii", CHARSET_utf8},           {"utf-16le", CHARSET_utf16le},   {"utf-16be", CHARSET_utf16be},
        {"shift_jis", CHARSET_cp932},      {"shift-jis", CHARSET_cp932},    {"sjis", CHARSET_cp932},
        {"x-sjis", CHARSET_cp932},         {"ms_kanji", CHARSET_cp932},     {"windows-31j", CHARSET_cp932},
        {"cp932", CHARSET_cp932},          {"ms932", CHARSET_cp932},        {"csshiftjis", CHARSET_cp932},
        {"euc-jp", CHARSET_eucjp},         {"x-euc-jp", CHARSET_eucjp},     {"eucjp", CHARSET_eucjp},
        {"cp51932", CHARSET_eucjp},        {"eucjp-ms", CHARSET_eucjp},     {"iso-2022-jp", CHARSET_iso2022jp},
        {"csiso2022jp", CHARSET_iso2022jp}, {"cp50220", CHARSET_iso2022jp}, {"cp50221", CHARSET_iso2022jp},
    };

    for (size_t i = 0; i < countof(labels); i++)
        if (bytes_equal_fold(label, bytes_of(labels[i].name)))
            return labels[i].set;
    return CHARSET_none;
}

size_t charset_mark(struct bytes in, enum charset set)
{
    if (set == CHARSET_utf8)
        return bytes_starts(in, BYTES("\xef\xbb\xbf")) ? 3 : 0;
    if (set == CHARSET_utf16le)
        return bytes_starts(in, BYTES("\xff\xfe")) ? 2 : 0;
    if (set == CHARSET_utf16be)
        return bytes_starts(in, BYTES("\xfe\xff")) ? 2 : 0;
    return 0;
}

size_t charset_put(uint8_t *to, uint32_t c)
{
    if (c < 0x80) {
        to[0] = (uint8_t)c;
        return 1;
    }
    if (c < 0x800) {
        to[0] = (uint8_t)(0xc0 | c >> 6);
        to[1] = (uint8_t)(0x80 | (c & 63));
        return 2;
    }
    if (c < 0x10000) {
        to[0] = (uint8_t)(0xe0 | c >> 12);
        to[1] = (uint8_t)(0x80 | (c >> 6 & 63));
        to[2] = (uint8_t)(0x80 | (c & 63));
        return 3;
    }
    to[0] = (uint8_t)(0xf0 | c >> 18);
    to[1] = (uint8_t)(0x80 | (c >> 12 & 63));
    to[2] = (uint8_t)(0x80 | (c >> 6 & 63));
    to[3] = (uint8_t)(0x80 | (c & 63));
    return 4;
}

uint32_t charset_get(struct bytes text, size_t *ret_len)
{
    const uint8_t *b = text.at;

    if (b[0] < 0x80 || text.len < 2) {
        *ret_len = 1;
        return b[0];
    }
    if (b[0] < 0xe0 || text.len < 3) {
        *ret_len = 2;
        return (uint32_t)(b[0] & 31) << 6 | (b[1] & 63);
    }
    if (b[0] < 0xf0 || text.len < 4) {
        *ret_len = 3;
        return (uint32_t)(b[0] & 15) << 12 | (uint32_t)(b[1] & 63) << 6 | (b[2] & 63);
    }
    *ret_len = 4;
    return (uint32_t)(b[0] & 7) << 18 | (uint32_t)(b[1] & 63) << 12 | (uint32_t)(b[2] & 63) << 6 | (b[3] & 63);
}

static bool follows(uint8_t c)
{
    return (c & 0xc0) == 0x80;
}

/* RFC 3629 table: no overlong forms, no surrogates, nothing above U+10FFFF. */
static size_t utf8_len(const uint8_t *b, size_t left)
{
    if (b[0] < 0x80)
        return b[0] != 0;
    if (b[0] >= 0xc2 && b[0] < 0xe0)
        return left >= 2 && follows(b[1]) ? 2 : 0;
    if (b[0] >= 0xe0 && b[0] < 0xf0) {
        if (left < 3 || !follows(b[1]) || !follows(b[2]) || (b[0] == 0xe0 && b[1] < 0xa0) || (b[0] == 0xed && b[1] > 0x9f))
            return 0;
        return 3;
    }
    if (b[0] < 0xf0 || b[0] > 0xf4 || left < 4 || !follows(b[1]) || !follows(b[2]) || !follows(b[3]))
        return 0;
    return (b[0] == 0xf0 && b[1] < 0x90) || (b[0] == 0xf4 && b[1] > 0x8f) ? 0 : 4;
}

static struct taken from_table(const uint16_t *table, size_t index, uint8_t len)
{
    uint16_t c = table[index];

    return (struct taken){c, c == 0 ? 0 : len};
}

static struct taken take_utf16(const uint8_t *b, size_t left, bool big)
{
    uint32_t c, low;

    if (left < 2)
        return (struct taken){0};
    c = big ? (uint32_t)b[0] << 8 | b[1] : (uint32_t)b[1] << 8 | b[0];
    if (c == 0 || (c >= 0xdc00 && c < 0xe000))
        return (struct taken){0};
    if (c < 0xd800 || c >= 0xe000)
        return (struct taken){c, 2};
    if (left < 4)
        return (struct taken){0};
    low = big ? (uint32_t)b[2] << 8 | b[3] : (uint32_t)b[3] << 8 | b[2];
    if (low < 0xdc00 || low >= 0xe000)
        return (struct taken){0};
    return (struct taken){0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00), 4};
}

static struct taken take_cp932(const uint8_t *b, size_t left)
{
    unsigned row, cell;

    if (b[0] < 0x80)
        return (struct taken){b[0], b[0] != 0};
    if (b[0] >= 0xa1 && b[0] <= 0xdf)
        return (struct taken){0xff61u + b[0] - 0xa1u, 1};
    if (b[0] == 0x80 || b[0] == 0xa0 || b[0] > 0xfc || left < 2)
        return (struct taken){0};
    if (b[1] < 0x40 || b[1] == 0x7f || b[1] > 0xfc)
        return (struct taken){0};
    row = (b[0] < 0xa0 ? b[0] - 0x81u : b[0] - 0xc1u) * 2 + (b[1] >= 0x9f);
    cell = b[1] >= 0x9f ? b[1] - 0x9fu : b[1] - (b[1] < 0x7f ? 0x40u : 0x41u);
    return from_table(charset_jis, row * TABLE_CELLS + cell, 2);
}

static bool is_94(uint8_t c)
{
    return c >= 0xa1 && c <= 0xfe;
}

static struct taken take_eucjp(const uint8_t *b, size_t left)
{
    if (b[0] < 0x80)
        return (struct taken){b[0], b[0] != 0};
    if (left < 2)
        return (struct taken){0};
    if (b[0] == 0x8e)
        return b[1] >= 0xa1 && b[1] <= 0xdf ? (struct taken){0xff61u + b[1] - 0xa1u, 2} : (struct taken){0};
    if (b[0] == 0x8f)
        return left >= 3 && is_94(b[1]) && is_94(b[2])
                   ? from_table(charset_jis2, (b[1] - 0xa1u) * TABLE_CELLS + (b[2] - 0xa1u), 3)
                   : (struct taken){0};
    if (!is_94(b[0]) || !is_94(b[1]))
        return (struct taken){0};
    return from_table(charset_jis, (b[0] - 0xa1u) * TABLE_CELLS + (b[1] - 0xa1u), 2);
}

/* An escape sequence at the cursor: the mode it selects. */
static size_t escape_len(const uint8_t *b, size_t left, uint8_t *ret_mode)
{
    static const struct {
        const char *bytes;
        uint8_t mode;
    } escapes[] = {{"\x1b(B", MODE_ASCII}, {"\x1b(J", MODE_ASCII}, {"\x1b(H", MODE_ASCII}, {"\x1b(I", MODE_KANA},
                   {"\x1b$B", MODE_JIS},   {"\x1b$@", MODE_JIS},   {"\x1b$(D", MODE_JIS2}, {"\x1b&@\x1b$B", MODE_JIS},
                   {"\x1b$(B", MODE_JIS},  {"\x1b$(@", MODE_JIS}};

    for (size_t i = 0; i < countof(escapes); i++) {
        struct bytes mark = bytes_of(escapes[i].bytes);

        if (bytes_starts((struct bytes){b, left}, mark)) {
            *ret_mode = escapes[i].mode;
            return mark.len;
        }
    }
    return 0;
}

static struct taken take_iso2022jp(struct charset_reader *r, const uint8_t *b, size_t left)
{
    size_t len = b[0] == 0x1b ? escape_len(b, left, &r->mode) : 0;

    if (len > 0)
        return (struct taken){0, (uint8_t)len};
    if (b[0] == 0x0e || b[0] == 0x0f) {
        r->shifted = b[0] == 0x0e;
        return (struct taken){0, 1};
    }
    if (b[0] == '\n' || b[0] == '\r') /* RFC 1468: a line begins in ASCII */
        r->mode = MODE_ASCII, r->shifted = false;
    if (b[0] <= 0x20 || r->mode == MODE_ASCII)
        if (!(r->shifted && b[0] > 0x20 && b[0] < 0x60))
            return (struct taken){b[0], b[0] != 0 && b[0] < 0x80};
    if (r->mode == MODE_KANA || r->shifted)
        return b[0] < 0x60 ? (struct taken){0xff61u + b[0] - 0x21u, 1} : (struct taken){0};
    if (left < 2 || b[0] > 0x7e || b[1] < 0x21 || b[1] > 0x7e)
        return (struct taken){0};
    return from_table(r->mode == MODE_JIS ? charset_jis : charset_jis2, (b[0] - 0x21u) * TABLE_CELLS + (b[1] - 0x21u), 2);
}

static struct taken take(struct charset_reader *r)
{
    const uint8_t *b = r->in.at + r->at;
    size_t left = r->in.len - r->at;

    switch (r->set) {
    case CHARSET_utf16le:
    case CHARSET_utf16be:
        return take_utf16(b, left, r->set == CHARSET_utf16be);
    case CHARSET_cp932:
        return take_cp932(b, left);
    case CHARSET_eucjp:
        return take_eucjp(b, left);
    case CHARSET_iso2022jp:
        return take_iso2022jp(r, b, left);
    default:
        return (struct taken){0};
    }
}

void charset_open(struct charset_reader *r, struct bytes in, enum charset set)
{
    r->in = in;
    r->at = charset_mark(in, set);
    r->set = set;
    r->mode = MODE_ASCII;
    r->shifted = false;
}

static enum err no_meaning(const struct charset_reader *r, struct fault *why)
{
    if (r->at < r->in.len && r->in.at[r->at] == 0 && r->set != CHARSET_utf16le && r->set != CHARSET_utf16be)
        return fault_set(why, ERR_MALFORMED, "T03", "a text has no NUL", r->at, "NUL at byte %zu", r->at);
    return fault_set(why, ERR_MALFORMED, "T03", "strict decoding", r->at, "byte %zu is not %s", r->at, charset_name(r->set));
}

static size_t ascii_len(const uint8_t *b, size_t left)
{
    const uint64_t high = 0x8080808080808080u, ones = 0x0101010101010101u;
    size_t at = 0;

    while (at + 8 <= left) {
        uint64_t word;

        memcpy(&word, b + at, 8);
        if (((word | (word - ones)) & high) != 0) /* a high bit, or a zero byte */
            break;
        at += 8;
    }
    while (at < left && b[at] != 0 && b[at] < 0x80)
        at++;
    return at;
}

/* UTF-8 is checked and lent out as it stands. */
static enum err next_utf8(struct charset_reader *r, struct bytes *ret_text, struct fault *why)
{
    size_t from = r->at, limit = r->in.len - from > CHARSET_RUN ? from + CHARSET_RUN : r->in.len;

    while (r->at < limit) {
        size_t len;

        r->at += ascii_len(r->in.at + r->at, limit - r->at);
        if (r->at == limit)
            break;
        len = utf8_len(r->in.at + r->at, r->in.len - r->at);
        if (len == 0)
            return no_meaning(r, why);
        if (r->at + len > limit)
            break;
        r->at += len;
    }
    *ret_text = bytes_part(r->in, from, r->at - from);
    return OK;
}

enum err charset_next(struct charset_reader *r, struct bytes *ret_text, struct fault *why)
{
    size_t len = 0;

    if (r->set == CHARSET_utf8)
        return next_utf8(r, ret_text, why);
    while (r->at < r->in.len && len + 4 <= CHARSET_RUN) {
        struct taken t = take(r);

        if (t.len == 0)
            return no_meaning(r, why);
        r->at += t.len;
        if (t.c != 0)
            len += charset_put(r->run + len, t.c);
    }
    *ret_text = (struct bytes){r->run, len};
    return OK;
}

enum err charset_to_utf8(struct bytes in, enum charset set, struct buf *out, struct fault *why)
{
    struct charset_reader r;
    struct bytes text;

    charset_open(&r, in, set);
    for (;;) {
        TRY(charset_next(&r, &text, why));
        if (text.len == 0 && r.at == r.in.len)
            return buf_check(out, why);
        buf_put(out, text);
    }
}
