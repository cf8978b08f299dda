#include "format/pdf_simple.h"

#include <math.h>

#include "format/glyph_name.h"
#include "format/pdf_encoding.h"
#include "format/ps.h"
#include "text/charset.h"

enum { PROGRAM_MAX = 8 << 20 };

static const uint16_t helvetica[] = { /* from 0x20 */
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556,
    833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500,
    556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500,
    334, 260, 334, 584,
};
static const uint16_t times[] = { /* from 0x20 */
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500,
    500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889,
    722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500,
    444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480,
    200, 480, 541,
};

enum err pdf_simple_stream(struct pdf *p, const struct pdf_object *o, uint64_t *left, struct buf *out,
                           struct pdf_coding *ret_coding, struct fault *why)
{
    enum err code = pdf_filter_stream(p, o, *left < out->max ? (size_t)*left : out->max, false, out, ret_coding, why);

    if (code == ERR_UNSUPPORTED) {
        buf_reset(out);
        *ret_coding = (struct pdf_coding){0};
        return OK;
    }
    TRY(code);
    *left -= out->len < *left ? out->len : *left;
    return OK;
}

/* ---- encoding ---- */

static struct bytes utf8_of(struct arena *a, const uint32_t *chars, size_t count)
{
    uint8_t text[4 * GLYPH_NAME_MAX];
    size_t len = 0;

    for (size_t i = 0; i < count; i++)
        len += charset_put(text + len, chars[i]);
    return arena_copy(a, (struct bytes){text, len});
}

static void set_char(struct pdf *p, struct pdf_glyphs *g, unsigned code, uint32_t c)
{
    if (c != 0)
        g->text[code] = utf8_of(p->arena, &c, 1);
}

/* The numbers in the names of dingbats (a73), from code 0x21 and from code 0xa1. */
static const uint8_t dingbats_low[] = {
    1, 2, 202, 3, 4, 5, 119, 118, 117, 11, 12, 13, 14, 15, 16, 105, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 6,
    7, 8, 9, 10, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53,
    54, 55, 56, 57, 58, 59, 60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 203, 75, 204, 76, 77, 78, 79,
    81, 82, 83, 84, 97, 98, 99, 100,
};
static const uint8_t dingbats_high[] = {
    101, 102, 103, 104, 106, 107, 108, 112, 111, 110, 109, 120, 121, 122, 123, 124, 125, 126, 127, 128, 129, 130, 131,
    132, 133, 134, 135, 136, 137, 138, 139, 140, 141, 142, 143, 144, 145, 146, 147, 148, 149, 150, 151, 152, 153, 154,
    155, 156, 157, 158, 159, 160, 161, 163, 164, 196, 165, 192, 166, 167, 168, 169, 170, 171, 172, 173, 162, 174, 175,
    176, 177, 178, 179, 193, 180, 199, 181, 200, 182, 0, 201, 183, 184, 197, 185, 194, 198, 186, 195, 187, 188, 189,
    190, 191,
};

static uint32_t dingbat(uint64_t n)
{
    const uint8_t *low = n == 0 || n > 255 ? NULL : memchr(dingbats_low, (int)n, sizeof(dingbats_low));
    const uint8_t *high = n == 0 || n > 255 ? NULL : memchr(dingbats_high, (int)n, sizeof(dingbats_high));

    if (low != NULL)
        return pdf_encoding_char(PDF_ENCODING_DINGBATS, (uint8_t)(0x21 + (low - dingbats_low)));
    return high == NULL ? 0 : pdf_encoding_char(PDF_ENCODING_DINGBATS, (uint8_t)(0xa1 + (high - dingbats_high)));
}

/* Names that only count: dingbats, and in some Type 3 fonts letters and the decimal code. */
static uint32_t counted_name(struct bytes name, bool type3)
{
    uint64_t n;
    size_t at = 0;

    while (at < name.len && at < 2 && (name.at[at] < '0' || name.at[at] > '9'))
        at++;
    if (at == 0 || !bytes_to_u64(bytes_from(name, at), &n))
        return 0;
    if (!type3)
        return at == 1 && name.at[0] == 'a' ? dingbat(n) : 0;
    return n < 0x20 || n > 0xff ? 0 : pdf_encoding_char(PDF_ENCODING_WIN, (uint8_t)n);
}

static void set_name(struct pdf *p, struct pdf_glyphs *g, unsigned code, struct bytes name)
{
    uint32_t chars[GLYPH_NAME_MAX];
    size_t count = glyph_name_find(name, chars);

    g->silent[code] = bytes_equal(name, BYTES(".notdef"));
    g->text[code] = (struct bytes){0};
    if (count > 0)
        g->text[code] = utf8_of(p->arena, chars, count);
    else if (!g->silent[code])
        set_char(p, g, code, counted_name(name, g->type3));
}

static void set_base(struct pdf *p, struct pdf_glyphs *g, enum pdf_encoding e)
{
    for (unsigned code = 0; code < 256; code++)
        set_char(p, g, code, pdf_encoding_char(e, (uint8_t)code));
}

static void set_differences(struct pdf *p, struct pdf_glyphs *g, const struct pdf_value *list)
{
    int64_t code = 0;

    for (uint32_t i = 0; list != NULL && list->kind == PDF_ARRAY && i < list->count; i++) {
        const struct pdf_value *v = pdf_resolve(p, &list->items[i], NULL);

        if (v != NULL && v->kind == PDF_NAME && code >= 0 && code < 256)
            set_name(p, g, (unsigned)code++, pdf_value_text(v));
        else
            (void)pdf_value_int(v, &code);
    }
}

/* dup 65 /A put … in the clear part of a Type 1 program. */
static void take_program_names(struct pdf *p, struct pdf_glyphs *g, struct bytes program)
{
    size_t end = bytes_find(program, BYTES("eexec"), 0), at = bytes_find(program, BYTES("/Encoding"), 0);
    struct ps in = {.in = bytes_part(program, 0, end)};
    struct ps_token t;

    if (at == SIZE_MAX || at > in.in.len)
        return;
    in.at = at;
    (void)ps_next(&in);
    for (t = ps_next(&in); t.kind != PS_END && !ps_is(t, "def") && !ps_is(t, "readonly"); t = ps_next(&in)) {
        int32_t code;

        if (!ps_is(t, "dup") || !ps_int(ps_next(&in), &code) || code < 0 || code > 255)
            continue;
        t = ps_next(&in);
        if (t.kind == PS_NAME)
            set_name(p, g, (unsigned)code, t.text);
    }
}

static enum err read_program(struct pdf *p, const struct pdf_value *descriptor, uint64_t *left, struct pdf_glyphs *g,
                             struct fault *why)
{
    const struct pdf_object *o = NULL;
    const struct pdf_value *v = pdf_resolve(p, pdf_value_get(descriptor, "FontFile"), &o);
    struct pdf_coding coding;
    struct buf data;
    enum err code;

    if (v == NULL || o == NULL || !o->stream)
        return OK;
    buf_init(&data, PROGRAM_MAX);
    code = pdf_simple_stream(p, o, left, &data, &coding, why);
    if (code == OK && coding.left == PDF_FILTER_NONE)
        take_program_names(p, g, buf_bytes(&data));
    buf_done(&data);
    return code;
}

static bool name_has(const struct pdf_value *name, const char *part)
{
    return name != NULL && name->kind == PDF_NAME && bytes_find(pdf_value_text(name), bytes_of(part), 0) != SIZE_MAX;
}

static enum err read_encoding(struct pdf *p, const struct pdf_value *font, uint64_t *left, struct pdf_glyphs *g,
                              struct fault *why)
{
    const struct pdf_value *v = pdf_get_key(p, font, "Encoding"), *name = pdf_get_key(p, font, "BaseFont");
    const struct pdf_value *base = v != NULL && v->kind == PDF_NAME ? v : pdf_get_key(p, v, "BaseEncoding");
    enum pdf_encoding e = base != NULL && base->kind == PDF_NAME ? pdf_encoding_find(pdf_value_text(base)) : PDF_ENCODING_NONE;

    if (name_has(name, "ZapfDingbats"))
        set_base(p, g, PDF_ENCODING_DINGBATS);
    else if (name_has(name, "Symbol") && e == PDF_ENCODING_NONE)
        set_base(p, g, PDF_ENCODING_SYMBOL);
    else if (e != PDF_ENCODING_NONE)
        set_base(p, g, e);
    else if (pdf_value_is_name(pdf_get_key(p, font, "Subtype"), "TrueType"))
        set_base(p, g, PDF_ENCODING_WIN);
    else if (!g->type3)
        set_base(p, g, PDF_ENCODING_STANDARD);
    if (e == PDF_ENCODING_NONE)
        TRY(read_program(p, pdf_get_key(p, font, "FontDescriptor"), left, g, why));
    set_differences(p, g, pdf_get_key(p, v, "Differences"));
    return OK;
}

/* ToUnicode is asked last and counts most. */
static void take_map(struct pdf *p, struct pdf_glyphs *g)
{
    for (uint32_t code = 0; g->mapped && code < 256; code++) {
        buf_reset(&g->scratch);
        if (code_map_text(&g->map, code, &g->scratch))
            g->text[code] = arena_copy(p->arena, buf_bytes(&g->scratch));
    }
}

/* ---- widths ---- */

static void standard_widths(struct pdf_glyphs *g, const struct pdf_value *name)
{
    const uint16_t *table = name_has(name, "Times") || name_has(name, "Roman") ? times : helvetica;
    bool courier = name_has(name, "Courier") || name_has(name, "Mono");

    for (unsigned code = 0; code < 256; code++)
        g->width[code] = courier ? 0.6 : code >= 0x20 && code < 0x7f ? table[code - 0x20] / 1000.0 : 0.556;
}

/* The em of a Type 3 font is what its matrix and box say. */
static void read_type3(struct pdf *p, const struct pdf_value *font, struct pdf_glyphs *g)
{
    const struct pdf_value *matrix = pdf_get_key(p, font, "FontMatrix"), *box = pdf_get_key(p, font, "FontBBox");
    double x = fabs(pdf_value_number(pdf_resolve(p, pdf_value_item(matrix, 0), NULL), 0.001));
    double y = fabs(pdf_value_number(pdf_resolve(p, pdf_value_item(matrix, 3), NULL), 0.001));
    double low = pdf_value_number(pdf_resolve(p, pdf_value_item(box, 1), NULL), 0);
    double high = pdf_value_number(pdf_resolve(p, pdf_value_item(box, 3), NULL), 0), widest = 0;

    for (unsigned code = 0; code < 256; code++) {
        g->width[code] *= 1000 * x;
        if (g->width[code] > widest)
            widest = g->width[code];
    }
    g->em = high > low ? (high - low) * y : 0;
    if (!(g->em > 0.1 && g->em < 10) || (widest > 0 && g->em > 4 * widest))
        g->em = widest > 0 ? widest : 1;
}

static void read_widths(struct pdf *p, const struct pdf_value *font, struct pdf_glyphs *g)
{
    const struct pdf_value *list = pdf_get_key(p, font, "Widths");
    double missing = pdf_value_number(pdf_get_key(p, pdf_get_key(p, font, "FontDescriptor"), "MissingWidth"), 0) / 1000;
    int64_t first = 0;

    standard_widths(g, pdf_get_key(p, font, "BaseFont"));
    if (list == NULL || list->kind != PDF_ARRAY)
        return;
    (void)pdf_value_int(pdf_get_key(p, font, "FirstChar"), &first);
    for (int64_t code = 0; code < 256; code++) {
        int64_t i = code - first;

        g->width[code] = missing;
        if (i >= 0 && i < (int64_t)list->count)
            g->width[code] = pdf_value_number(pdf_resolve(p, &list->items[i], NULL), 0) / 1000;
    }
}

enum err pdf_simple_read(struct pdf *p, const struct pdf_value *font, uint64_t *left, struct pdf_glyphs *g,
                         struct fault *why)
{
    g->type3 = pdf_value_is_name(pdf_get_key(p, font, "Subtype"), "Type3");
    TRY(read_encoding(p, font, left, g, why));
    take_map(p, g);
    read_widths(p, font, g);
    if (g->type3)
        read_type3(p, font, g);
    return OK;
}
