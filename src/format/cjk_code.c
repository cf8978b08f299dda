#include "format/cjk_code.h"

#include "text/charset_table.h"

/* CIDs in the order of JIS X 0208: place = row * 94 + cell, both from 0; rows above 93 are those Shift_JIS adds. */
struct span {
    uint16_t cid, count, place;
};

#define PLACE(row, cell) (((row) - 0x21) * 94 + ((cell) - 0x21))

static const struct span spans[] = {
    {633, 94, PLACE(0x21, 0x21)},   {727, 14, PLACE(0x22, 0x21)},   {741, 8, PLACE(0x22, 0x3a)},
    {749, 7, PLACE(0x22, 0x4a)},    {756, 15, PLACE(0x22, 0x5c)},   {771, 8, PLACE(0x22, 0x72)},
    {779, 1, PLACE(0x22, 0x7e)},    {780, 10, PLACE(0x23, 0x30)},   {790, 26, PLACE(0x23, 0x41)},
    {816, 26, PLACE(0x23, 0x61)},   {842, 83, PLACE(0x24, 0x21)},   {925, 86, PLACE(0x25, 0x21)},
    {1011, 24, PLACE(0x26, 0x21)},  {1035, 24, PLACE(0x26, 0x41)},  {1059, 33, PLACE(0x27, 0x21)},
    {1092, 33, PLACE(0x27, 0x51)},  {1125, 2965, PLACE(0x30, 0x21)}, {4090, 3388, PLACE(0x50, 0x21)},
    {7555, 30, PLACE(0x2d, 0x21)},  {7585, 23, PLACE(0x2d, 0x40)},  {7608, 16, PLACE(0x2d, 0x60)},
    {8038, 1, PLACE(0x2d, 0x42)},   {8040, 1, PLACE(0x2d, 0x44)},   {8042, 1, PLACE(0x2d, 0x46)},
    {8043, 1, PLACE(0x2d, 0x4c)},   {8044, 1, PLACE(0x2d, 0x49)},   {8047, 1, PLACE(0x2d, 0x4f)},
    {8055, 1, PLACE(0x2d, 0x64)},   {8092, 10, PLACE(0x7c, 0x71)},  {8284, 2, PLACE(0x74, 0x25)},
    {7624, 7, PLACE(0x2d, 0x73)},   {7631, 2, PLACE(0x2d, 0x7b)},   {8005, 3, PLACE(0x7c, 0x7c)},
    {8323, 1, PLACE(0x2d, 0x5f)},   {8359, 115, PLACE(0x79, 0x21)}, {8474, 244, PLACE(0x7a, 0x37)},
};

/* Line drawing, row 0x28 from cell 0x21. */
static const uint16_t lines[] = {7479, 7481, 7491, 7495, 7503, 7499, 7507, 7523, 7515, 7531, 7539,
                                 7480, 7482, 7494, 7498, 7506, 7502, 7514, 7530, 7522, 7538, 7554,
                                 7511, 7526, 7519, 7534, 7542, 7508, 7527, 7516, 7535, 7545};

/* Forms for vertical writing, from CID 7887: the place each is another form of. */
static const struct span upright[] = {
    {7887, 2, PLACE(0x21, 0x22)}, {7889, 2, PLACE(0x21, 0x31)}, {7891, 3, PLACE(0x21, 0x3c)}, {7894, 5, PLACE(0x21, 0x41)},
    {7899, 18, PLACE(0x21, 0x4a)}, {7917, 1, PLACE(0x21, 0x61)}, {7918, 1, PLACE(0x24, 0x21)}, {7919, 1, PLACE(0x24, 0x23)},
    {7920, 1, PLACE(0x24, 0x25)}, {7921, 1, PLACE(0x24, 0x27)}, {7922, 1, PLACE(0x24, 0x29)}, {7923, 1, PLACE(0x24, 0x43)},
    {7924, 1, PLACE(0x24, 0x63)}, {7925, 1, PLACE(0x24, 0x65)}, {7926, 1, PLACE(0x24, 0x67)}, {7927, 1, PLACE(0x24, 0x6e)},
    {7928, 1, PLACE(0x25, 0x21)}, {7929, 1, PLACE(0x25, 0x23)}, {7930, 1, PLACE(0x25, 0x25)}, {7931, 1, PLACE(0x25, 0x27)},
    {7932, 1, PLACE(0x25, 0x29)}, {7933, 1, PLACE(0x25, 0x43)}, {7934, 1, PLACE(0x25, 0x63)}, {7935, 1, PLACE(0x25, 0x65)},
    {7936, 1, PLACE(0x25, 0x67)}, {7937, 1, PLACE(0x25, 0x6e)}, {7938, 2, PLACE(0x25, 0x75)},
};

bool cjk_code_find(struct bytes name, struct cjk_code *ret_code)
{
    static const struct {
        const char *part;
        enum cjk_family family;
    } parts[] = {{"Identity", CJK_IDENTITY}, {"RKSJ", CJK_RKSJ}, {"UCS2", CJK_UTF16},  {"UTF16", CJK_UTF16},
                 {"UTF8", CJK_UTF8},         {"UTF32", CJK_UTF32}};
    size_t len = name.len;

    *ret_code = (struct cjk_code){0};
    if (bytes_equal(name, BYTES("H")) || bytes_equal(name, BYTES("V")))
        ret_code->family = CJK_JIS;
    else if (!bytes_ends(name, BYTES("-H")) && !bytes_ends(name, BYTES("-V")))
        return false;
    else if (len == 5 && bytes_starts(name, BYTES("EUC")))
        ret_code->family = CJK_EUC;
    else
        ret_code->family = CJK_OTHER;
    for (size_t i = 0; i < countof(parts) && ret_code->family == CJK_OTHER; i++)
        if (bytes_find(name, bytes_of(parts[i].part), 0) != SIZE_MAX)
            ret_code->family = parts[i].family;
    ret_code->vertical = name.at[len - 1] == 'V';
    ret_code->half = bytes_starts(name, BYTES("90ms-")) || bytes_starts(name, BYTES("EUC")) ||
                     bytes_starts(name, BYTES("Add-")) || bytes_starts(name, BYTES("Ext-")) ||
                     bytes_find(name, BYTES("-HW-"), 0) != SIZE_MAX;
    return true;
}

static uint32_t cid_of_place(size_t place)
{
    size_t line = place - PLACE(0x28, 0x21);

    if (line < countof(lines))
        return lines[line];
    for (size_t i = 0; i < countof(spans); i++)
        if (place >= spans[i].place && place - spans[i].place < spans[i].count)
            return (uint32_t)(spans[i].cid + (place - spans[i].place));
    return 0;
}

/* Letters that are not in JIS: proportional Latin from CID 96; half-width kana from 390 and from 516. */
static const uint16_t latin_96[] = {
    0x2019, 0x5c, 0x2018, 0x7c, 0x7e, 0xa1, 0xa2, 0xa3, 0x2044, 0x192, 0xa7, 0xa4, 0x201c, 0xab, 0x2039, 0x203a,
    0xfb01, 0xfb02, 0x2013, 0x2020, 0x2021, 0xb7, 0xb6, 0x2022, 0x201a, 0x201e, 0x201d, 0xbb, 0x2026, 0x2030, 0xbf,
    0xb4, 0x2c6, 0xaf, 0x2d8, 0x2d9, 0xa8, 0x2da, 0xb8, 0x2dd, 0x2db, 0x2c7, 0x2014, 0xc6, 0xaa, 0x141, 0xd8, 0x152,
    0xba, 0xe6, 0x131, 0x142, 0xf8, 0x153, 0xdf, 0x2212, 0xa9, 0xac, 0xae, 0xb0, 0xb1, 0xb2, 0xb3, 0xb5, 0xb9, 0xbc,
    0xbd, 0xbe, 0xc0, 0xc1, 0xc2, 0xc3, 0xc4, 0xc5, 0xc7, 0xc8, 0xc9, 0xca, 0xcb, 0xcc, 0xcd, 0xce, 0xcf, 0xd0, 0xd1,
    0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7, 0xd9, 0xda, 0xdb, 0xdc, 0xdd, 0xde, 0xe0, 0xe1, 0xe2, 0xe3, 0xe4, 0xe5, 0xe7,
    0xe8, 0xe9, 0xea, 0xeb, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf9, 0xfa, 0xfb,
    0xfc, 0xfd, 0xfe, 0xff, 0x160, 0x178, 0x17d, 0x203e, 0x161, 0x2122, 0x17e,
};
static const uint16_t katakana_390[] = {
    0xff40, 0x30f0, 0x30f1, 0x30ee, 0x30f5, 0x30f6, 0x30f4, 0x30ac, 0x30ae, 0x30b0, 0x30b2, 0x30b4, 0x30b6, 0x30b8,
    0x30ba, 0x30bc, 0x30be, 0x30c0, 0x30c2, 0x30c5, 0x30c7, 0x30c9, 0x30d0, 0x30d1, 0x30d3, 0x30d4, 0x30d6, 0x30d7,
    0x30d9, 0x30da, 0x30dc, 0x30dd,
};
static const uint16_t hiragana_516[] = {
    0x3092, 0x3041, 0x3043, 0x3045, 0x3047, 0x3049, 0x3083, 0x3085, 0x3087, 0x3063, 0x3042, 0x3044, 0x3046, 0x3048,
    0x304a, 0x304b, 0x304d, 0x304f, 0x3051, 0x3053, 0x3055, 0x3057, 0x3059, 0x305b, 0x305d, 0x305f, 0x3061, 0x3064,
    0x3066, 0x3068, 0x306a, 0x306b, 0x306c, 0x306d, 0x306e, 0x306f, 0x3072, 0x3075, 0x3078, 0x307b, 0x307e, 0x307f,
    0x3080, 0x3081, 0x3082, 0x3084, 0x3086, 0x3088, 0x3089, 0x308a, 0x308b, 0x308c, 0x308d, 0x308f, 0x3093, 0x3090,
    0x3091, 0x308e, 0x304c, 0x304e, 0x3050, 0x3052, 0x3054, 0x3056, 0x3058, 0x305a, 0x305c, 0x305e, 0x3060, 0x3062,
    0x3065, 0x3067, 0x3069, 0x3070, 0x3071, 0x3073, 0x3074, 0x3076, 0x3077, 0x3079, 0x307a, 0x307c, 0x307d,
};

/* Runs of CIDs that follow Unicode, or a table. */
static const struct {
    uint16_t cid, count, c;
    const uint16_t *table;
} runs[] = {
    {1, 95, 0x20, NULL},           {96, countof(latin_96), 0, latin_96},
    {231, 95, 0x20, NULL},         {326, 1, 0x20, NULL},
    {327, 63, 0xff61, NULL},
    {390, countof(katakana_390), 0, katakana_390}, {425, 76, 0x2500, NULL},
    {516, countof(hiragana_516), 0, hiragana_516}, {631, 1, '~', NULL},
    {7479, 76, 0x2500, NULL},      {9085, 61, 0xff61, NULL},
};

static uint32_t run_char(uint32_t cid)
{
    for (size_t i = 0; i < countof(runs); i++) {
        uint32_t at = cid - runs[i].cid, c;

        if (at >= runs[i].count)
            continue;
        c = runs[i].table != NULL ? runs[i].table[at] : runs[i].c + at;
        return c == '\\' && cid < 390 && cid != 97 ? 0xa5 : c;
    }
    return 0;
}

static uint32_t jis_of(const struct span *list, size_t count, uint32_t cid)
{
    for (size_t i = 0; i < count; i++)
        if (cid >= list[i].cid && cid - list[i].cid < list[i].count)
            return charset_jis[list[i].place + (cid - list[i].cid)];
    return 0;
}

uint32_t cjk_code_japan(uint32_t cid)
{
    uint32_t c;

    /* The same letters, turned for vertical lines. */
    if (cid >= 8720 && cid < 9045)
        cid -= 8719;
    c = run_char(cid);
    if (c == 0)
        c = jis_of(spans, countof(spans), cid);
    return c != 0 ? c : jis_of(upright, countof(upright), cid);
}

static uint32_t latin_cid(const struct cjk_code *e, uint32_t c)
{
    if (c >= 0x20 && c < 0x7f)
        return e->half && c == 0x7e ? 631 : (e->half ? 231 : 1) + (c - 0x20);
    return c >= 0xff61 && c <= 0xff9f ? 327 + (c - 0xff61) : 0;
}

static struct cjk_char single(const struct cjk_code *e, uint32_t code, uint32_t c, size_t len)
{
    return (struct cjk_char){.code = code, .c = c, .cid = latin_cid(e, c), .len = len};
}

static struct cjk_char pair_at(struct bytes s, size_t place)
{
    struct cjk_char r = {.code = (uint32_t)s.at[0] << 8 | s.at[1], .len = 2};

    if (place < (size_t)TABLE_ROWS * TABLE_CELLS) {
        r.c = charset_jis[place];
        r.cid = cid_of_place(place);
    }
    return r;
}

static struct cjk_char next_rksj(const struct cjk_code *e, struct bytes s)
{
    uint8_t b = s.at[0], d;
    unsigned row, cell;

    if (b < 0x80)
        return single(e, b, b, 1);
    if (b >= 0xa0 && b <= 0xdf)
        return single(e, b, b == 0xa0 ? 0x20 : 0xff61u + b - 0xa1u, 1);
    if (b == 0x80 || b > 0xfc || s.len < 2)
        return single(e, b, b == 0xfd ? 0xa9 : b == 0xfe ? 0x2122 : b == 0xff ? 0x2026 : 0, 1);
    d = s.at[1];
    if (d < 0x40 || d == 0x7f || d > 0xfc)
        return (struct cjk_char){.code = (uint32_t)b << 8 | d, .len = 2};
    row = (b < 0xa0 ? b - 0x81u : b - 0xc1u) * 2 + (d >= 0x9f);
    cell = d >= 0x9f ? d - 0x9fu : d - (d < 0x7f ? 0x40u : 0x41u);
    return pair_at(s, row * TABLE_CELLS + cell);
}

static struct cjk_char next_euc(const struct cjk_code *e, struct bytes s)
{
    uint8_t b = s.at[0];

    if (b < 0x80)
        return single(e, b, b, 1);
    if (s.len < 2)
        return (struct cjk_char){.code = b, .len = 1};
    if (b == 0x8e)
        return single(e, 0x8e00u | s.at[1], s.at[1] >= 0xa1 && s.at[1] <= 0xdf ? 0xff61u + s.at[1] - 0xa1u : 0, 2);
    return pair_at(s, b < 0xa1 || s.at[1] < 0xa1 ? SIZE_MAX : (b - 0xa1u) * (size_t)TABLE_CELLS + (s.at[1] - 0xa1u));
}

static struct cjk_char next_jis(struct bytes s)
{
    if (s.len < 2)
        return (struct cjk_char){.code = s.at[0], .len = 1};
    return pair_at(s, s.at[0] < 0x21 || s.at[1] < 0x21 || s.at[1] > 0x7e
                          ? SIZE_MAX
                          : (s.at[0] - 0x21u) * (size_t)TABLE_CELLS + (s.at[1] - 0x21u));
}

static bool is_char(uint32_t c)
{
    return c <= 0x10ffff && (c < 0xd800 || c >= 0xe000);
}

static struct cjk_char next_utf16(const struct cjk_code *e, struct bytes s)
{
    uint32_t c = s.len < 2 ? 0 : (uint32_t)s.at[0] << 8 | s.at[1], low;

    if (c >= 0xd800 && c < 0xdc00 && s.len >= 4) {
        low = (uint32_t)s.at[2] << 8 | s.at[3];
        if (low >= 0xdc00 && low < 0xe000)
            return (struct cjk_char){.code = c << 16 | low, .c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00), .len = 4};
    }
    return single(e, c, is_char(c) ? c : 0, s.len < 2 ? s.len : 2);
}

static struct cjk_char next_utf8(const struct cjk_code *e, struct bytes s)
{
    uint8_t b = s.at[0];
    size_t len = b < 0xc0 ? 1 : b < 0xe0 ? 2 : b < 0xf0 ? 3 : 4;
    uint32_t c = len == 1 ? b : b & (0x7fu >> len);

    if (len > s.len)
        len = s.len;
    for (size_t i = 1; i < len; i++)
        c = c << 6 | (s.at[i] & 63u);
    return single(e, c, (len == 1 && b >= 0x80) || !is_char(c) ? 0 : c, len);
}

struct cjk_char cjk_code_next(const struct cjk_code *e, struct bytes s)
{
    uint32_t c = 0;

    switch (e->family) {
    case CJK_RKSJ:
        return next_rksj(e, s);
    case CJK_EUC:
        return next_euc(e, s);
    case CJK_JIS:
        return next_jis(s);
    case CJK_UTF16:
        return next_utf16(e, s);
    case CJK_UTF8:
        return next_utf8(e, s);
    case CJK_UTF32:
        for (size_t i = 0; i < 4 && i < s.len; i++)
            c = c << 8 | s.at[i];
        return single(e, c, is_char(c) ? c : 0, s.len < 4 ? s.len : 4);
    case CJK_OTHER:
        if (s.at[0] < 0x80 || s.len < 2)
            return single(e, s.at[0], s.at[0] < 0x7f ? s.at[0] : 0, 1);
        return (struct cjk_char){.code = (uint32_t)s.at[0] << 8 | s.at[1], .len = 2};
    default:
        c = s.len < 2 ? s.at[0] : (uint32_t)s.at[0] << 8 | s.at[1];
        return (struct cjk_char){.code = c, .cid = c, .len = s.len < 2 ? 1 : 2};
    }
}
