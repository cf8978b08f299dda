#include "format/pdf_glyphs.h"

#include <math.h>
#include <stdlib.h>

#include "format/pdf_simple.h"
#include "text/charset.h"

enum { WIDTHS_MAX = 1 << 17, STREAM_MAX = 16 << 20 };

static enum err read_map(struct pdf *p, const struct pdf_value *v, uint64_t *left, struct code_map *ret_map, bool *ret_is,
                         struct fault *why)
{
    const struct pdf_object *o = NULL;
    struct pdf_coding coding;
    struct buf data;
    enum err code;

    v = pdf_resolve(p, v, &o);
    if (v == NULL || o == NULL || !o->stream || v != &o->value)
        return OK;
    buf_init(&data, STREAM_MAX);
    code = pdf_simple_stream(p, o, left, &data, &coding, why);
    if (code == OK && coding.left == PDF_FILTER_NONE) {
        code_map_read(p->arena, buf_bytes(&data), ret_map);
        *ret_is = true;
    }
    buf_done(&data);
    return code;
}

/* ---- composite fonts ---- */

static void width_add(struct buf *list, int64_t from, int64_t to, double width)
{
    struct pdf_width w = {(uint32_t)from, (uint32_t)to, width / 1000};

    if (from >= 0 && to >= from && to <= 0xffff && list->len < WIDTHS_MAX * sizeof(w))
        buf_put(list, (struct bytes){(const uint8_t *)&w, sizeof(w)});
}

static int by_cid(const void *a, const void *b)
{
    const struct pdf_width *x = a, *y = b;

    return (x->from > y->from) - (x->from < y->from);
}

/* c [w …] and c c w; with `step` 3 the triples of vertical writing, of which the first number counts. */
static size_t read_widths(struct pdf *p, const struct pdf_value *list, uint32_t step, struct pdf_width **ret_widths)
{
    struct buf out;
    size_t count;

    buf_init(&out, SIZE_MAX / 2);
    for (uint32_t i = 0; list != NULL && list->kind == PDF_ARRAY && i + 1 < list->count;) {
        const struct pdf_value *second = pdf_resolve(p, &list->items[i + 1], NULL);
        int64_t from = -1, to;

        (void)pdf_value_int(pdf_resolve(p, &list->items[i], NULL), &from);
        if (second != NULL && second->kind == PDF_ARRAY) {
            for (uint32_t k = 0; k + step <= second->count; k += step)
                width_add(&out, from + k / step, from + k / step, pdf_value_number(pdf_resolve(p, &second->items[k], NULL), 0));
            i += 2;
            continue;
        }
        if (i + 2 < list->count && pdf_value_int(second, &to))
            width_add(&out, from, to, pdf_value_number(pdf_resolve(p, &list->items[i + 2], NULL), 0));
        i += 2 + step;
    }
    count = out.len / sizeof(struct pdf_width);
    *ret_widths = arena_array(p->arena, count + 1, sizeof(struct pdf_width));
    if (count > 0) {
        memcpy(*ret_widths, out.at, out.len);
        qsort(*ret_widths, count, sizeof(struct pdf_width), by_cid);
    }
    buf_done(&out);
    return count;
}

static double width_find(const struct pdf_width *list, size_t count, uint32_t cid, double otherwise)
{
    size_t low = 0, high = count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (list[middle].from <= cid)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 && list[low - 1].to >= cid ? list[low - 1].width : otherwise;
}

static enum err read_encoding(struct pdf *p, const struct pdf_value *font, uint64_t *left, struct pdf_glyphs *g,
                              struct fault *why)
{
    const struct pdf_value *encoding = pdf_get_key(p, font, "Encoding");

    g->code.family = CJK_IDENTITY;
    if (encoding != NULL && encoding->kind == PDF_NAME) {
        (void)cjk_code_find(pdf_value_text(encoding), &g->code);
    } else {
        TRY(read_map(p, pdf_value_get(font, "Encoding"), left, &g->encoding, &g->embedded, why));
        if (g->encoding.uses.len > 0)
            (void)cjk_code_find(g->encoding.uses, &g->code);
        g->code.vertical = g->code.vertical || g->encoding.vertical;
    }
    if (g->code.family == CJK_NONE)
        g->code.family = CJK_IDENTITY;
    g->vertical = g->code.vertical;
    return OK;
}

static enum err read_composite(struct pdf *p, const struct pdf_value *font, uint64_t *left, struct pdf_glyphs *g,
                               struct fault *why)
{
    const struct pdf_value *list = pdf_get_key(p, font, "DescendantFonts");
    const struct pdf_value *inner = pdf_resolve(p, pdf_value_item(list, 0), NULL);
    const struct pdf_value *ordering = pdf_get_key(p, pdf_get_key(p, inner, "CIDSystemInfo"), "Ordering"), *dw2;

    g->composite = true;
    TRY(read_encoding(p, font, left, g, why));
    g->japan = ordering != NULL && ordering->kind == PDF_STRING && bytes_equal(pdf_value_text(ordering), BYTES("Japan1"));
    g->default_width = pdf_value_number(pdf_get_key(p, inner, "DW"), 1000) / 1000;
    g->width_count = read_widths(p, pdf_get_key(p, inner, "W"), 1, &g->widths);
    dw2 = pdf_get_key(p, inner, "DW2");
    g->default_height = pdf_value_number(pdf_resolve(p, pdf_value_item(dw2, 1), NULL), -1000) / 1000;
    g->height_count = read_widths(p, pdf_get_key(p, inner, "W2"), 3, &g->heights);
    return OK;
}

static void put(struct buf *out, uint32_t c)
{
    uint8_t text[4];

    buf_put(out, (struct bytes){text, charset_put(text, c)});
}

/* Half-width letters whose width nobody says are half as wide. */
static double composite_width(const struct pdf_glyphs *g, const struct cjk_char *c)
{
    double otherwise = g->default_width;

    if (g->code.half && ((c->c >= 0x20 && c->c < 0x7f) || (c->c >= 0xff61 && c->c <= 0xff9f)))
        otherwise = 0.5;
    return width_find(g->widths, g->width_count, c->cid, otherwise);
}

static struct cjk_char composite_char(const struct pdf_glyphs *g, struct bytes string)
{
    struct cjk_char c;

    if (!g->embedded)
        return cjk_code_next(&g->code, string);
    c = (struct cjk_char){.len = code_map_len(&g->encoding, string)};
    if (g->encoding.space_count == 0 && g->encoding.uses.len > 0)
        c = cjk_code_next(&g->code, string);
    if (c.len == 0)
        c.len = 1;
    c.code = 0;
    for (size_t i = 0; i < c.len; i++)
        c.code = c.code << 8 | string.at[i];
    if (!code_map_cid(&g->encoding, c.code, &c.cid) && g->encoding.uses.len > 0 && c.cid == 0)
        c.cid = cjk_code_next(&g->code, string).cid;
    return c;
}

static struct pdf_glyph next_composite(struct pdf_glyphs *g, struct bytes string)
{
    struct cjk_char c = composite_char(g, string);
    struct pdf_glyph r = {.len = c.len, .space = c.len == 1 && c.code == ' '};

    buf_reset(&g->scratch);
    if (!g->mapped || !code_map_text(&g->map, c.code, &g->scratch)) {
        if (c.c == 0 && g->japan)
            c.c = cjk_code_japan(c.cid);
        if (c.c != 0)
            put(&g->scratch, c.c);
    }
    r.text = buf_bytes(&g->scratch);
    r.advance = g->vertical ? width_find(g->heights, g->height_count, c.cid, g->default_height) : composite_width(g, &c);
    return r;
}

/* ---- both ---- */

struct pdf_glyph pdf_glyphs_next(struct pdf_glyphs *g, struct bytes string)
{
    uint8_t code = string.at[0];

    if (g->composite)
        return next_composite(g, string);
    return (struct pdf_glyph){.text = g->text[code], .advance = g->width[code], .len = 1, .space = code == ' ',
                              .silent = g->silent[code]};
}

/* The name of an identity map in place of a map: codes are UTF-16. */
static bool is_identity(const struct pdf_value *v)
{
    return v != NULL && v->kind == PDF_NAME && bytes_starts(pdf_value_text(v), BYTES("Identity"));
}

enum err pdf_glyphs_read(struct pdf *p, const struct pdf_value *font, uint64_t *left, struct pdf_glyphs *ret_glyphs,
                         struct fault *why)
{
    struct pdf_glyphs *g = ret_glyphs;

    *g = (struct pdf_glyphs){.em = 1};
    buf_init(&g->scratch, (size_t)CODE_MAP_TEXT * 4);
    TRY(read_map(p, pdf_value_get(font, "ToUnicode"), left, &g->map, &g->mapped, why));
    if (!pdf_value_is_name(pdf_get_key(p, font, "Subtype"), "Type0"))
        return pdf_simple_read(p, font, left, g, why);
    TRY(read_composite(p, font, left, g, why));
    if (!g->mapped && g->code.family == CJK_IDENTITY && is_identity(pdf_get_key(p, font, "ToUnicode")))
        g->code.family = CJK_UTF16;
    return OK;
}
