#include "format/xml_lex.h"

#include "format/xml_name.h"

static bool char_allowed(uint32_t c)
{
    return c >= 0x20 ? c < 0xd800 || (c >= 0xe000 && c < 0x110000 && c != 0xfffe && c != 0xffff)
                     : c == '\t' || c == '\n' || c == '\r';
}

static uint8_t *put_char(uint8_t *to, uint32_t c)
{
    static const uint8_t lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
    size_t len = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;

    for (size_t i = len; i-- > 1; c >>= 6)
        to[i] = (uint8_t)(0x80 | (c & 63));
    to[0] = (uint8_t)(lead[len] | c);
    return to + len;
}

/* The number in "#65" or "#x41"; 0 when it is none or too large. */
static uint32_t char_number(struct bytes ref)
{
    bool hex = ref.len > 2 && ref.at[1] == 'x';
    uint32_t v = 0;

    for (size_t i = hex ? 2 : 1; i < ref.len; i++) {
        uint8_t c = ref.at[i];
        uint32_t digit = c >= '0' && c <= '9' ? (uint32_t)(c - '0') : hex && (c | 32) >= 'a' && (c | 32) <= 'f' ? (uint32_t)(c | 32) - 'a' + 10 : 99;

        if (digit == 99 || v > 0x110000)
            return 0;
        v = v * (hex ? 16 : 10) + digit;
    }
    return v;
}

static uint32_t entity(struct bytes name)
{
    static const struct {
        struct bytes name;
        uint8_t is;
    } five[] = {{{(const uint8_t *)"amp", 3}, '&'}, {{(const uint8_t *)"lt", 2}, '<'}, {{(const uint8_t *)"gt", 2}, '>'},
                {{(const uint8_t *)"quot", 4}, '"'}, {{(const uint8_t *)"apos", 4}, '\''}};

    for (size_t i = 0; i < countof(five); i++)
        if (bytes_equal(name, five[i].name))
            return five[i].is;
    return 0;
}

/* Decode the reference at `c` ('&'), which must end before `end`; returns what follows it. */
static enum err reference(const uint8_t **c, const uint8_t *end, uint8_t **to, const char *row, size_t at,
                          struct fault *why)
{
    const uint8_t *semi = memchr(*c, ';', (size_t)(end - *c));
    struct bytes name = {*c + 1, semi == NULL ? 0 : (size_t)(semi - *c) - 1};
    uint32_t is;

    if (name.len == 0)
        return fault_set(why, ERR_MALFORMED, NULL, "XML 1.0 4.1", at, "an & that begins no reference");
    is = name.at[0] == '#' ? char_number(name) : entity(name);
    if (is == 0 && name.at[0] != '#')
        return fault_set(why, ERR_DENIED, row, "no entities", at, "entity reference");
    if (is == 0 || !char_allowed(is))
        return fault_set(why, ERR_MALFORMED, NULL, "XML 1.0 4.1", at, "a character reference to no character");
    *to = put_char(*to, is);
    *c = semi + 1;
    return OK;
}

enum err xml_lex_unescape(uint8_t *text, size_t *len, const char *row, size_t at, struct fault *why)
{
    const uint8_t *end = text + *len, *c = memchr(text, '&', *len);
    uint8_t *to;

    if (c == NULL)
        return OK;
    to = text + (c - text);
    while (c < end) {
        if (*c == '&')
            TRY(reference(&c, end, &to, row, at, why));
        else
            *to++ = *c++;
    }
    *len = (size_t)(to - text);
    return OK;
}

static bool name_ascii(uint8_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == ':' ||
           c == '-' || c == '.';
}

static bool name_wide(uint32_t c, bool start)
{
    static const struct {
        uint32_t from, to;
    } ok[] = {{0xc0, 0xd6},     {0xd8, 0xf6},     {0xf8, 0x2ff},    {0x370, 0x37d},   {0x37f, 0x1fff},   {0x200c, 0x200d},
              {0x2070, 0x218f}, {0x2c00, 0x2fef}, {0x3001, 0xd7ff}, {0xf900, 0xfdcf}, {0xfdf0, 0xfffd}, {0x10000, 0xeffff}};

    if (!start && (c == 0xb7 || (c >= 0x300 && c <= 0x36f) || (c >= 0x203f && c <= 0x2040)))
        return true;
    for (size_t i = 0; i < countof(ok); i++)
        if (c >= ok[i].from && c <= ok[i].to)
            return true;
    return false;
}

struct bytes xml_lex_name(const uint8_t *at, uint32_t *ret_hash)
{
    const uint8_t *c = at;
    uint32_t hash = 0x811c9dc5u;

    if ((*c >= '0' && *c <= '9') || *c == '-' || *c == '.')
        return (struct bytes){at, 0};
    for (;;) {
        if (name_ascii(*c)) {
            hash = xml_name_hash_step(hash, *c++);
        } else if (*c >= 0x80) {
            size_t n = *c < 0xe0 ? 2 : *c < 0xf0 ? 3 : 4;
            uint32_t wide = *c & (0xffu >> (n + 1));

            for (size_t i = 1; i < n; i++)
                wide = wide << 6 | (c[i] & 63u);
            if (!name_wide(wide, c == at))
                break;
            for (size_t i = 0; i < n; i++)
                hash = xml_name_hash_step(hash, *c++);
        } else {
            break;
        }
    }
    *ret_hash = hash;
    return (struct bytes){at, (size_t)(c - at)};
}
