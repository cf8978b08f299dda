#include "format/xml_input.h"

static enum err bad(const struct xml_input *in, size_t at, struct fault *why)
{
    return fault_set(why, ERR_MALFORMED, NULL, "XML 1.0 2.2", (size_t)in->at + at,
                     "not a character of XML, or not valid UTF-8 or UTF-16");
}

/* How long the character with this first byte is; 0 when none begins so. */
static size_t utf8_length(uint8_t c)
{
    return c < 0x80 ? 1 : c < 0xc2 ? 0 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : c < 0xf5 ? 4 : 0;
}

/* Whether a whole multi-byte character is one XML has: no surrogate, not overlong, not U+FFFE or U+FFFF. */
static bool utf8_valid(const uint8_t *c, size_t len)
{
    for (size_t i = 1; i < len; i++)
        if ((c[i] & 0xc0) != 0x80)
            return false;
    if (len == 3)
        return !(c[0] == 0xe0 && c[1] < 0xa0) && !(c[0] == 0xed && c[1] >= 0xa0) &&
               !(c[0] == 0xef && c[1] == 0xbf && c[2] >= 0xbe);
    return len != 4 || (!(c[0] == 0xf0 && c[1] < 0x90) && !(c[0] == 0xf4 && c[1] >= 0x90));
}

/* Eight bytes that are all plain: no control, no high bit.  (Classic word tricks: a byte below 0x20 borrows.) */
static bool plain_word(uint64_t w)
{
    return ((w | (w - 0x2020202020202020u)) & 0x8080808080808080u) == 0;
}

/* A control character: LF and TAB stay, CR becomes LF (and swallows the LF after it), others are wrong. */
static bool control(struct xml_input *in, uint8_t c, uint8_t **to)
{
    if (c != '\n' && c != '\t' && c != '\r')
        return false;
    if (c != '\n' || !in->after_cr)
        *(*to)++ = c == '\r' ? '\n' : c;
    in->after_cr = c == '\r';
    return true;
}

static enum err decode_utf8(struct xml_input *in, const uint8_t *at, size_t len, uint8_t *to, size_t *ret_len,
                            struct fault *why)
{
    const uint8_t *c = at, *end = at + len;
    uint8_t *out = to;

    while (c < end) {
        uint64_t word;
        size_t n;

        if (end - c >= 8 && (memcpy(&word, c, 8), plain_word(word))) {
            memcpy(out, &word, 8);
            c += 8, out += 8;
            in->after_cr = false;
            continue;
        }
        if (*c < 0x20) {
            if (!control(in, *c++, &out))
                return bad(in, (size_t)(c - at), why);
            continue;
        }
        in->after_cr = false;
        n = utf8_length(*c);
        if (n == 0)
            return bad(in, (size_t)(c - at), why);
        if ((size_t)(end - c) < n)
            break;
        if (n > 1 && !utf8_valid(c, n))
            return bad(in, (size_t)(c - at), why);
        for (size_t i = 0; i < n; i++)
            *out++ = *c++;
    }
    in->carry_len = (size_t)(end - c);
    memcpy(in->carry, c, in->carry_len);
    *ret_len = (size_t)(out - to);
    return OK;
}

static uint8_t *put_utf8(uint8_t *to, uint32_t c)
{
    if (c < 0x80) {
        *to++ = (uint8_t)c;
    } else if (c < 0x800) {
        *to++ = (uint8_t)(0xc0 | c >> 6);
        *to++ = (uint8_t)(0x80 | (c & 63));
    } else if (c < 0x10000) {
        *to++ = (uint8_t)(0xe0 | c >> 12);
        *to++ = (uint8_t)(0x80 | (c >> 6 & 63));
        *to++ = (uint8_t)(0x80 | (c & 63));
    } else {
        *to++ = (uint8_t)(0xf0 | c >> 18);
        *to++ = (uint8_t)(0x80 | (c >> 12 & 63));
        *to++ = (uint8_t)(0x80 | (c >> 6 & 63));
        *to++ = (uint8_t)(0x80 | (c & 63));
    }
    return to;
}

static bool unit(struct xml_input *in, uint16_t u, uint8_t **to)
{
    bool low = u >= 0xdc00 && u < 0xe000;

    if (low != (in->high != 0) || u >= 0xfffe)
        return false;
    if (u < 0x20)
        return control(in, (uint8_t)u, to);
    in->after_cr = false;
    if (low) {
        *to = put_utf8(*to, 0x10000u + ((uint32_t)(in->high & 0x3ff) << 10) + (u & 0x3ffu));
        in->high = 0;
    } else if (u >= 0xd800 && u < 0xdc00) {
        in->high = u;
    } else {
        *to = put_utf8(*to, u);
    }
    return true;
}

static enum err decode_utf16(struct xml_input *in, const uint8_t *at, size_t len, uint8_t *to, size_t *ret_len,
                             struct fault *why)
{
    uint8_t *out = to;
    size_t i = 0;

    for (; len - i >= 2; i += 2) {
        unsigned u = in->coding == XML_UTF16LE ? at[i] | (unsigned)at[i + 1] << 8 : (unsigned)at[i] << 8 | at[i + 1];

        if (!unit(in, (uint16_t)u, &out))
            return bad(in, i, why);
    }
    in->carry_len = len - i;
    memcpy(in->carry, at + i, in->carry_len);
    *ret_len = (size_t)(out - to);
    return OK;
}

/* Which coding a head of four bytes has, and how long its mark is.  UTF-16 without a mark is known by its "<". */
static size_t detect(struct xml_input *in, const uint8_t *head, size_t len)
{
    static const uint8_t marks[][4] = {{0xef, 0xbb, 0xbf}, {0xff, 0xfe}, {0xfe, 0xff}, {'<', 0}, {0, '<'}};
    static const struct {
        enum xml_coding coding;
        uint8_t len, skip;
    } heads[] = {{XML_UTF8, 3, 3}, {XML_UTF16LE, 2, 2}, {XML_UTF16BE, 2, 2}, {XML_UTF16LE, 2, 0}, {XML_UTF16BE, 2, 0}};

    for (size_t i = 0; i < countof(heads); i++) {
        if (len >= heads[i].len && memcmp(head, marks[i], heads[i].len) == 0) {
            in->coding = heads[i].coding;
            return heads[i].skip;
        }
    }
    in->coding = XML_UTF8;
    return 0;
}

static enum err decode(struct xml_input *in, const uint8_t *at, size_t len, uint8_t *to, size_t *ret_len,
                       struct fault *why)
{
    if (in->coding == XML_UTF8)
        return decode_utf8(in, at, len, to, ret_len, why);
    return decode_utf16(in, at, len, to, ret_len, why);
}

enum err xml_input_decode(struct xml_input *in, struct bytes piece, uint8_t *to, size_t *ret_len, struct fault *why)
{
    uint8_t head[8];
    size_t head_len = 0, skip = 0, first = 0;

    *ret_len = 0;
    if (in->carry_len > 0 || in->coding == XML_UNKNOWN) { /* complete what is carried with up to four bytes */
        size_t more = piece.len < 4 ? piece.len : 4;

        memcpy(head, in->carry, in->carry_len);
        if (more > 0)
            memcpy(head + in->carry_len, piece.at, more);
        head_len = in->carry_len + more;
        if (in->coding == XML_UNKNOWN) {
            if (head_len < 4 && more > 0) {
                memcpy(in->carry, head, head_len);
                in->carry_len = head_len;
                in->at += piece.len;
                return OK;
            }
            skip = detect(in, head, head_len);
        }
        in->carry_len = 0;
        TRY(decode(in, head + skip, head_len - skip, to, &first, why));
        piece = bytes_from(piece, more);
    }
    if (piece.len > 0 && in->carry_len > 0) { /* the four bytes ended inside the next character: give them back */
        piece.at -= in->carry_len;
        piece.len += in->carry_len;
        in->carry_len = 0;
    }
    if (piece.len > 0)
        TRY(decode(in, piece.at, piece.len, to + first, ret_len, why));
    *ret_len += first;
    in->at += piece.len;
    return OK;
}

enum err xml_input_end(struct xml_input *in, uint8_t *to, size_t *ret_len, struct fault *why)
{
    *ret_len = 0;
    if (in->coding == XML_UNKNOWN && in->carry_len > 0)
        TRY(xml_input_decode(in, (struct bytes){0}, to, ret_len, why));
    if (in->carry_len > 0 || in->high != 0)
        return bad(in, 0, why);
    return OK;
}
