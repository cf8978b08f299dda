#include "format/pdf_scan.h"
#include "sanitize/pdf_part.h"

/* PDF (ISO 32000): table P of the catalogue.  libqpdf reads, the schema decides, our own writer writes. */

static void write_catalog(struct pdf_walk *w, const struct pdf_object *catalog, uint32_t number)
{
    struct buf b;

    buf_init(&b, SIZE_MAX / 2);
    buf_putf(&b, "<</Type/Catalog/Pages %u 0 R", w->pages_number);
    w->from = catalog;
    w->current = 0;
    w->resources = NULL;
    pdf_walk_pairs(w, &b, &catalog->value, PDF_ROLE_CATALOG);
    buf_put(&b, BYTES(">>"));
    pdf_walk_write(w, number, &b);
    buf_done(&b);
    pdf_walk_drain(w);
}

/* What only the bytes of the file show; the writer leaves none of it. */
static void report_file(struct clean *c, struct bytes in)
{
    struct pdf_scan seen = pdf_scan(in);

    if (seen.head > 0)
        clean_found(c, ROW_P22, ACT_REMOVED, "%zu bytes before the header", seen.head);
    if (seen.tail > 0)
        clean_found(c, ROW_P22, ACT_REMOVED, "%zu bytes behind the end", seen.tail);
    if (seen.again > 0)
        clean_found(c, ROW_P21, ACT_REMOVED, "%u objects of old revisions", seen.again);
    if (seen.disguised > 0)
        clean_found(c, ROW_P20, ACT_NEUTRALIZED, "%u names in disguise", seen.disguised);
}

static void report_trailer(struct pdf_walk *w)
{
    if (w->pdf.encrypted)
        clean_found(w->c, ROW_P23, ACT_NEUTRALIZED, "trailer /Encrypt");
    if (pdf_get_key(&w->pdf, &w->pdf.trailer, "Info") != NULL)
        clean_found(w->c, ROW_P13, ACT_REMOVED, "trailer /Info");
}

/* A wrapper shows a page that tells to open what is inside with a rights manager (ISO 32000-2 7.6.7). */
static bool wraps(struct pdf_walk *w, const struct pdf_value *spec)
{
    return pdf_get_key(&w->pdf, spec, "EP") != NULL ||
           pdf_value_is_name(pdf_get_key(&w->pdf, spec, "AFRelationship"), "EncryptedPayload");
}

static bool is_wrapper(struct pdf_walk *w, const struct pdf_value *root)
{
    const struct pdf_value *files = pdf_get_key(&w->pdf, root, "AF");
    const struct pdf_value *names = pdf_get_key(&w->pdf, pdf_get_key(&w->pdf, pdf_get_key(&w->pdf, root, "Names"), "EmbeddedFiles"), "Names");
    const struct pdf_value *lists[] = {files, names};

    for (size_t k = 0; k < countof(lists); k++)
        for (uint32_t i = 0; lists[k] != NULL && lists[k]->kind == PDF_ARRAY && i < lists[k]->count; i++)
            if (wraps(w, pdf_resolve(&w->pdf, &lists[k]->items[i], NULL)))
                return true;
    return false;
}

enum err clean_pdf_check_wrapper(struct pdf_walk *w, const struct pdf_value *root, struct fault *why)
{
    if (is_wrapper(w, root))
        return fault_set(why, ERR_DENIED, "G07", "ISO 32000-2 7.6.7", 0, "a wrapper around a document under rights management");
    return OK;
}

static enum err rebuild(struct pdf_walk *w, struct sink *out, struct fault *why)
{
    const struct pdf_object *catalog = NULL;
    const struct pdf_value *root = pdf_resolve(&w->pdf, pdf_value_get(&w->pdf.trailer, "Root"), &catalog);
    uint32_t number;

    if (root == NULL || root->kind != PDF_DICT || catalog == NULL || catalog->stream)
        return fault_set(why, ERR_MALFORMED, NULL, "ISO 32000-1 7.7.2", 0, "no catalogue");
    TRY(clean_pdf_check_wrapper(w, root, why));
    TRY(pdf_write_begin(&w->out, out, w->c->arena, why));
    number = pdf_walk_number(w);
    pdf_pages_collect(w, root);
    TRY(w->err);
    if (w->page_count == 0)
        return fault_set(why, ERR_MALFORMED, NULL, "ISO 32000-1 7.7.3", 0, "no pages");
    pdf_layer_collect(w, root);
    pdf_annot_collect(w, root);
    pdf_struct_collect(w, root);
    report_trailer(w);
    pdf_pages_write(w);
    write_catalog(w, catalog, number);
    TRY(w->err);
    return pdf_write_end(&w->out, number, why);
}

enum err clean_pdf(struct clean *c, struct bytes in, struct sink *out, struct fault *why)
{
    struct pdf_walk w;
    enum err code;

    pdf_walk_init(&w, c, why);
    code = pdf_open(&w.pdf, in, c->arena, why);
    if (code == OK)
        report_file(c, in);
    if (code == OK)
        code = rebuild(&w, out, why);
    pdf_walk_done(&w);
    return code;
}
