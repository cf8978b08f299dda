/* The text of a PDF, page by page in the order it is drawn.
 * What is not text is not looked at; the result passes the rules of plain text (T03, T04). */
#include <math.h>

#include "sanitize/text_show.h"

enum { CONTENTS_MAX = 10000, FIELD_DEPTH = 32, TEXT_MAX = 256 << 20 };

static double number_at(struct pdf *p, const struct pdf_value *array, size_t i)
{
    return pdf_value_number(pdf_resolve(p, pdf_value_item(array, i), NULL), 0);
}

static bool box_of(struct pdf *p, const struct pdf_value *array, struct text_box *ret_box)
{
    struct text_box b;

    if (array == NULL || array->kind != PDF_ARRAY || array->count != 4)
        return false;
    b = (struct text_box){number_at(p, array, 0), number_at(p, array, 1), number_at(p, array, 2), number_at(p, array, 3)};
    *ret_box = (struct text_box){fmin(b.x0, b.x1), fmin(b.y0, b.y1), fmax(b.x0, b.x1), fmax(b.y0, b.y1)};
    return ret_box->x1 > ret_box->x0 && ret_box->y1 > ret_box->y0;
}

/* What is seen of a page. */
static struct text_box page_box(struct pdf *p, const struct pdf_value *page)
{
    struct text_box b;

    if (!box_of(p, pdf_get_key(p, page, "CropBox"), &b) && !box_of(p, pdf_get_key(p, page, "MediaBox"), &b))
        b = (struct text_box){0, 0, 612, 792};
    return b;
}

static void append(struct text_show *s, const struct pdf_value *item, struct buf *all)
{
    const struct pdf_object *o = NULL;
    const struct pdf_value *v = pdf_resolve(&s->w->pdf, item, &o);
    struct pdf_coding coding;
    struct buf part;

    if (v == NULL || o == NULL || !o->stream || v != &o->value)
        return;
    buf_init(&part, PDF_STREAM_MAX);
    if (pdf_stream_data(s->w, o, false, &part, &coding)) {
        buf_put(all, buf_bytes(&part));
        buf_put_u8(all, '\n');
    }
    buf_done(&part);
}

static void show_content(struct text_show *s, const struct pdf_page *page)
{
    const struct pdf_value *contents = pdf_get_key(&s->w->pdf, &page->dict, "Contents");
    struct buf all;

    buf_init(&all, PDF_STREAM_MAX);
    if (contents != NULL && contents->kind == PDF_ARRAY)
        for (uint32_t i = 0; i < contents->count && i < CONTENTS_MAX; i++)
            append(s, &contents->items[i], &all);
    else
        append(s, pdf_value_get(&page->dict, "Contents"), &all);
    text_show_run(s, &all, pdf_get_key(&s->w->pdf, &page->dict, "Resources"));
}

/* ---- annotations: what they look like is on the page ---- */

static const struct pdf_object *looks_of(struct pdf *p, const struct pdf_value *annot)
{
    const struct pdf_object *o = NULL;
    const struct pdf_value *v = pdf_resolve(p, pdf_value_get(pdf_get_key(p, annot, "AP"), "N"), &o);
    const struct pdf_value *state = pdf_get_key(p, annot, "AS");

    if (v != NULL && (o == NULL || !o->stream) && v->kind == PDF_DICT && state != NULL && state->kind == PDF_NAME)
        v = pdf_resolve(p, pdf_value_find(v, pdf_value_text(state)), &o);
    return v != NULL && o != NULL && o->stream && v == &o->value ? o : NULL;
}

static void widen(struct text_box *b, double x, double y)
{
    b->x0 = fmin(b->x0, x);
    b->y0 = fmin(b->y0, y);
    b->x1 = fmax(b->x1, x);
    b->y1 = fmax(b->y1, y);
}

/* ISO 32000-1 12.5.5, algorithm 8.1: the box of the form, as its matrix turns it, goes onto the rectangle. */
static struct text_matrix onto(struct pdf *p, const struct pdf_object *form, const struct text_box *rect)
{
    struct text_matrix m = text_matrix_of(p, pdf_get_key(p, &form->value, "Matrix"));
    struct text_matrix fit = {.a = 1, .d = 1};
    struct text_box from, b = {INFINITY, INFINITY, -INFINITY, -INFINITY};

    if (!box_of(p, pdf_get_key(p, &form->value, "BBox"), &from))
        return fit;
    for (int i = 0; i < 4; i++) {
        double x = i & 1 ? from.x1 : from.x0, y = i & 2 ? from.y1 : from.y0;

        widen(&b, x * m.a + y * m.c + m.e, x * m.b + y * m.d + m.f);
    }
    if (b.x1 > b.x0)
        fit.a = (rect->x1 - rect->x0) / (b.x1 - b.x0);
    if (b.y1 > b.y0)
        fit.d = (rect->y1 - rect->y0) / (b.y1 - b.y0);
    fit.e = rect->x0 - b.x0 * fit.a;
    fit.f = rect->y0 - b.y0 * fit.d;
    return fit;
}

/* A key of a field, from itself or above. */
static const struct pdf_value *field_key(struct pdf *p, const struct pdf_value *field, const char *key)
{
    const struct pdf_value *v = NULL;

    for (int i = 0; i < FIELD_DEPTH && field != NULL && v == NULL; i++) {
        v = pdf_get_key(p, field, key);
        field = pdf_get_key(p, field, "Parent");
    }
    return v;
}

/* What a reader would draw for want of an appearance: the value of a field, a free text. */
static void show_unlike(struct text_show *s, const struct pdf_value *annot, const struct text_box *rect)
{
    enum { PASSWORD = 1 << 13 };
    struct pdf *p = &s->w->pdf;
    const struct pdf_value *v = pdf_get_key(p, annot, "Contents"), *kind = field_key(p, annot, "FT");
    int64_t flags = 0;

    if (pdf_value_is_name(pdf_get_key(p, annot, "Subtype"), "Widget")) {
        (void)pdf_value_int(field_key(p, annot, "Ff"), &flags);
        if ((flags & PASSWORD) != 0 || (!pdf_value_is_name(kind, "Tx") && !pdf_value_is_name(kind, "Ch")))
            return;
        v = field_key(p, annot, "V");
    } else if (!pdf_value_is_name(pdf_get_key(p, annot, "Subtype"), "FreeText")) {
        return;
    }
    if (v != NULL && v->kind == PDF_STRING)
        text_show_string(s, rect, pdf_value_text(v));
}

static void show_annot(struct text_show *s, const struct pdf_value *annot)
{
    enum { INVISIBLE = 2, NO_VIEW = 32 };
    struct pdf *p = &s->w->pdf;
    const struct pdf_object *form;
    struct text_matrix place;
    struct text_box rect;
    int64_t flags = 0;

    if (annot == NULL || annot->kind != PDF_DICT || pdf_value_is_name(pdf_get_key(p, annot, "Subtype"), "Popup"))
        return;
    (void)pdf_value_int(pdf_get_key(p, annot, "F"), &flags);
    form = looks_of(p, annot);
    if ((flags & (INVISIBLE | NO_VIEW)) != 0 || !box_of(p, pdf_get_key(p, annot, "Rect"), &rect) ||
        pdf_layer_hidden(s->w, pdf_value_get(annot, "OC")))
        return;
    if (form == NULL) {
        show_unlike(s, annot, &rect);
        return;
    }
    place = onto(p, form, &rect);
    text_show_form(s, form, &place);
}

static void show_annots(struct text_show *s, const struct pdf_page *page)
{
    const struct pdf_value *list = pdf_get_key(&s->w->pdf, &page->dict, "Annots");

    for (uint32_t i = 0; list != NULL && list->kind == PDF_ARRAY && i < list->count && s->w->err == OK; i++)
        show_annot(s, pdf_resolve(&s->w->pdf, &list->items[i], NULL));
}

/* ---- pages ---- */

/* What a reader of the text would miss. */
static void report(struct text_show *s)
{
    struct clean *c = s->w->c;

    if (s->pictures > 0)
        clean_found(c, ROW_P18, ACT_REMOVED, s->glyphs > 0 ? "page %u: pictures" : "page %u: pictures and no text", s->page);
    else if (s->glyphs == 0 && s->drawings > 0)
        clean_found(c, ROW_P19, ACT_REMOVED, "page %u: drawings and no text", s->page);
    if (s->unknown > 0)
        clean_found(c, ROW_P17, ACT_REMOVED, "page %u: %u characters whose meaning the font does not tell", s->page, s->unknown);
    if (s->invisible > 0)
        clean_found(c, ROW_P25, ACT_KEPT, "page %u: invisible text", s->page);
    if (s->replaced > 0)
        clean_found(c, ROW_P25, ACT_KEPT, "page %u: replacement text", s->page);
}

static void show_page(struct text_show *s, const struct pdf_page *page)
{
    s->page++;
    s->glyphs = s->unknown = s->pictures = s->drawings = s->invisible = s->replaced = 0;
    s->box = page_box(&s->w->pdf, &page->dict);
    s->w->from = page->object;
    show_content(s, page);
    show_annots(s, page);
    text_words_page(&s->words);
    text_twice_page(&s->twice);
    report(s);
}

static enum err show_pages(struct text_show *s, struct fault *why)
{
    struct pdf_walk *w = s->w;
    const struct pdf_value *root = pdf_get_key(&w->pdf, &w->pdf.trailer, "Root");

    if (root == NULL || root->kind != PDF_DICT)
        return fault_set(why, ERR_MALFORMED, NULL, "ISO 32000-1 7.7.2", 0, "no catalogue");
    TRY(clean_pdf_check_wrapper(w, root, why));
    pdf_pages_collect(w, root);
    pdf_annot_collect(w, root);
    pdf_annot_check_form(w, pdf_get_key(&w->pdf, root, "AcroForm"));
    TRY(w->err);
    if (w->page_count == 0)
        return fault_set(why, ERR_MALFORMED, NULL, "ISO 32000-1 7.7.3", 0, "no pages");
    if (w->pdf.encrypted)
        clean_found(w->c, ROW_P23, ACT_REMOVED, "trailer /Encrypt");
    pdf_layer_collect(w, root);
    for (uint32_t i = 0; i < w->page_count && w->err == OK; i++)
        show_page(s, &w->pages[i]);
    TRY(w->err);
    if (s->words.out.len == 0)
        buf_put_u8(&s->words.out, '\n');
    return buf_check(&s->words.out, why);
}

enum err text_pdf(struct clean *c, struct bytes in, struct sink *out, struct fault *why)
{
    uint64_t max = c->profile->limits.output;
    struct text_show s;
    struct pdf_walk w;
    enum err code;

    pdf_walk_init(&w, c, why);
    text_show_init(&s, &w, max < TEXT_MAX ? (size_t)max : TEXT_MAX);
    code = pdf_open(&w.pdf, in, c->arena, why);
    if (code == OK)
        code = show_pages(&s, why);
    pdf_walk_done(&w);
    if (code == OK)
        code = clean_text(c, buf_bytes(&s.words.out), out, why);
    text_show_done(&s);
    return code;
}
