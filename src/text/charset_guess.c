#include "text/charset_guess.h"

#include "text/charset_table.h"

/* Surprise is counted in half bits, as in charset_cost. */
enum { IMPOSSIBLE = 255, KANA = 11, KANA_FIRST = 1, KANA_ALONE = 12, KANA_BESIDE = 10, KANA_ODD = 40 };

/* The sample, and whether the text goes on behind it (its last character may be cut). */
struct sample {
    struct bytes b;
    bool cut;
};

static struct sample sample_of(struct bytes in, size_t from)
{
    struct bytes rest = bytes_from(in, from);

    return (struct sample){bytes_part(rest, 0, CHARSET_SAMPLE), rest.len > CHARSET_SAMPLE};
}

static bool decodes(struct sample s, enum charset set)
{
    struct charset_reader r;
    struct bytes text;

    charset_open(&r, s.b, set);
    while (r.at < s.b.len)
        if (charset_next(&r, &text, NULL) != OK)
            return s.cut && r.at + 4 > s.b.len;
    return true;
}

static bool is_dull(uint8_t c)
{
    return c < 0x80 && c != 0 && c != 0x1b && c != 0x0e;
}

/* What a half-width kana costs, given the byte before it (0 when that was no half-width kana). */
static unsigned kana_cost(uint8_t c, uint8_t before)
{
    bool voiced = (before >= 0xb6 && before <= 0xc4) || (before >= 0xca && before <= 0xce);

    if (c == 0xde)
        return voiced || before == 0xb3 ? 5 : KANA_ODD;
    if (c == 0xdf)
        return before >= 0xca && before <= 0xce ? 6 : KANA_ODD;
    if (c <= 0xa5)
        return 20;
    if (c == 0xa6)
        return 24;
    if (c <= 0xb0) /* small letters and the long mark follow a letter */
        return before <= 0xa5 ? KANA_ODD : 13;
    return KANA + (before == 0 ? KANA_FIRST : 0);
}

static unsigned pair_cost(unsigned row, unsigned cell)
{
    return charset_cost[row * TABLE_CELLS + cell];
}

/* The whole sample read as CP932; UINT64_MAX when it cannot be. */
static uint64_t cost_cp932(struct sample s)
{
    uint64_t cost = 0;
    uint8_t before = 0;
    unsigned run = 0;
    bool wide = false; /* a double-byte character stands directly before */

    for (size_t i = 0; i < s.b.len; i++) {
        uint8_t c = s.b.at[i], trail = i + 1 < s.b.len ? s.b.at[i + 1] : 0;
        bool kana = c >= 0xa1 && c <= 0xdf;
        unsigned one = 0;

        if (!kana && run == 1)
            cost += KANA_ALONE;
        run = kana ? run + 1 : 0;
        if (kana) {
            one = kana_cost(c, before) + (wide ? KANA_BESIDE : 0);
        } else if (c >= 0x80) {
            unsigned lead = c < 0xa0 ? c - 0x81u : c - 0xc1u;

            if (i + 1 == s.b.len)
                return s.cut ? cost : UINT64_MAX;
            if (c == 0x80 || c == 0xa0 || c > 0xfc || trail < 0x40 || trail == 0x7f || trail > 0xfc)
                return UINT64_MAX;
            one = trail >= 0x9f ? pair_cost(lead * 2 + 1, trail - 0x9fu)
                                : pair_cost(lead * 2, trail - (trail < 0x7f ? 0x40u : 0x41u));
            if (one == IMPOSSIBLE)
                return UINT64_MAX;
            one += before != 0 ? KANA_BESIDE : 0;
            i++;
        }
        cost += one;
        before = kana ? c : 0;
        wide = !kana && c >= 0x80;
    }
    return cost + (run == 1 ? KANA_ALONE : 0);
}

/* The same for EUC-JP. */
static uint64_t cost_eucjp(struct sample s)
{
    uint64_t cost = 0;

    for (size_t i = 0; i < s.b.len; i++) {
        uint8_t c = s.b.at[i], trail = i + 1 < s.b.len ? s.b.at[i + 1] : 0;
        unsigned one;

        if (c < 0x80)
            continue;
        if (i + 2 >= s.b.len && s.cut)
            return cost;
        if (c == 0x8f && trail > 0xa0 && trail != 0xff) {
            uint8_t last = i + 2 < s.b.len ? s.b.at[i + 2] : 0;

            if (last < 0xa1 || last == 0xff || charset_jis2[(trail - 0xa1u) * TABLE_CELLS + (last - 0xa1u)] == 0)
                return UINT64_MAX;
            cost += 40;
            i += 2;
            continue;
        }
        if (c == 0x8e && trail >= 0xa1 && trail <= 0xdf) {
            cost += KANA + 6;
            i++;
            continue;
        }
        if (c < 0xa1 || c == 0xff || trail < 0xa1 || trail == 0xff)
            return UINT64_MAX;
        one = pair_cost(c - 0xa1u, trail - 0xa1u);
        if (one == IMPOSSIBLE)
            return UINT64_MAX;
        cost += one;
        i++;
    }
    return cost;
}

/* Characters a Japanese text is made of. */
static bool is_usual(uint32_t c)
{
    return (c >= 0x20 && c < 0x7f) || c == '\n' || c == '\r' || c == '\t' || (c >= 0x3000 && c < 0x3100) ||
           (c >= 0x4e00 && c < 0xa000) || (c >= 0xff00 && c < 0xffa0) || (c >= 0x2010 && c < 0x2670);
}

static bool looks_utf16(struct sample s, enum charset set)
{
    struct charset_reader r;
    size_t all = 0, usual = 0, ascii = 0;

    if (s.b.len % 2 != 0 || !decodes(s, set))
        return false;
    charset_open(&r, s.b, set);
    for (;;) {
        struct bytes text = {0};
        size_t len;

        if (charset_next(&r, &text, NULL) != OK || text.len == 0)
            break;
        for (size_t i = 0; i < text.len; i += len) {
            uint32_t c = charset_get(bytes_from(text, i), &len);

            all++;
            usual += is_usual(c);
            ascii += c < 0x80;
        }
    }
    return all > 0 && ascii > 0 && usual * 20 >= all * 19;
}

static enum charset guess_marked(struct bytes in)
{
    if (bytes_starts(in, BYTES("\xff\xfe\0\0")) || bytes_starts(in, BYTES("\0\0\xfe\xff")))
        return CHARSET_none; /* UTF-32 */
    if (charset_mark(in, CHARSET_utf8) > 0)
        return CHARSET_utf8;
    if (charset_mark(in, CHARSET_utf16le) > 0)
        return CHARSET_utf16le;
    return charset_mark(in, CHARSET_utf16be) > 0 ? CHARSET_utf16be : CHARSET_none;
}

static enum charset guess_wide(struct bytes in)
{
    struct sample s = sample_of(in, 0);

    if (in.len % 2 != 0)
        return CHARSET_none;
    if (looks_utf16(s, CHARSET_utf16le))
        return CHARSET_utf16le;
    return looks_utf16(s, CHARSET_utf16be) ? CHARSET_utf16be : CHARSET_none;
}

static bool has_escape(struct bytes b)
{
    return bytes_find(b, BYTES("\x1b$"), 0) != SIZE_MAX || bytes_find(b, BYTES("\x1b("), 0) != SIZE_MAX;
}

static enum charset guess_bytes(struct sample s)
{
    uint64_t cp932, eucjp;

    if (decodes(s, CHARSET_utf8)) /* a few half-width kana could be so by chance; what we write must stay so */
        return CHARSET_utf8;
    cp932 = cost_cp932(s);
    eucjp = cost_eucjp(s);
    if (cp932 == UINT64_MAX && eucjp == UINT64_MAX)
        return CHARSET_none;
    return eucjp < cp932 ? CHARSET_eucjp : CHARSET_cp932;
}

enum charset charset_guess(struct bytes in)
{
    enum charset set = guess_marked(in);
    struct sample s;
    size_t first = 0;
    bool high = false;

    if (set != CHARSET_none)
        return decodes(sample_of(in, 0), set) ? set : CHARSET_none;
    while (first < in.len && is_dull(in.at[first]))
        first++;
    if (first == in.len)
        return CHARSET_utf8;
    s = sample_of(in, first);
    if (memchr(in.at, 0, in.len < CHARSET_SAMPLE ? in.len : CHARSET_SAMPLE) != NULL || in.at[first] == 0)
        return guess_wide(in);
    for (size_t i = 0; i < s.b.len && !high; i++)
        high = s.b.at[i] >= 0x80;
    if (!high && has_escape(s.b) && decodes(s, CHARSET_iso2022jp))
        return CHARSET_iso2022jp;
    return guess_bytes(s);
}

size_t charset_guess_furthest(struct bytes in, enum charset *ret_set)
{
    static const enum charset sets[] = {CHARSET_utf8, CHARSET_cp932, CHARSET_eucjp};
    size_t best = 0;

    *ret_set = CHARSET_utf8;
    for (size_t i = 0; i < countof(sets); i++) {
        struct charset_reader r;
        struct bytes text;
        enum err code = OK;

        charset_open(&r, in, sets[i]);
        while (code == OK && r.at < in.len)
            code = charset_next(&r, &text, NULL);
        if (r.at > best) {
            best = r.at;
            *ret_set = sets[i];
        }
    }
    return best;
}
