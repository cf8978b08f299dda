#include "format/pdf.h"

#include <qpdf/qpdf-c.h>
#include <stdlib.h>

enum { OBJECT_MAX = 1 << 23 }; /* ids beyond what a real file has: 10^9 would be a table of gigabytes */

static qpdf_data reader_new(void)
{
    qpdf_data q = qpdf_init();

    qpdf_silence_errors(q);
    qpdf_set_suppress_warnings(q, QPDF_TRUE);
    return q;
}

/* What was raised inside the library is looked at and put away. */
static bool failed(qpdf_data q)
{
    if (!qpdf_has_error(q))
        return false;
    (void)qpdf_get_error(q);
    return true;
}

static enum err open_failed(qpdf_data q, struct fault *why)
{
    qpdf_error e = qpdf_has_error(q) ? qpdf_get_error(q) : NULL;
    enum qpdf_error_code_e code = e == NULL ? qpdf_e_internal : qpdf_get_error_code(q, e);
    const char *detail = e == NULL ? "" : qpdf_get_error_message_detail(q, e);

    if (code == qpdf_e_password)
        return fault_set(why, ERR_DENIED, "G07", "ISO 32000-1 7.6", 0, "opens with a password only");
    if (code == qpdf_e_unsupported)
        return fault_set(why, ERR_DENIED, "G07", "ISO 32000-1 7.6", 0, "locked by another security handler");
    return fault_set(why, ERR_MALFORMED, NULL, "ISO 32000-1 7.5", 0, "no document can be read: %.100s",
                     detail == NULL ? "" : detail);
}

enum err pdf_open(struct pdf *p, struct bytes in, struct arena *a, struct fault *why)
{
    qpdf_data q = reader_new();
    qpdf_oh trailer;

    *p = (struct pdf){.reader = q, .arena = a};
    buf_init(&p->stack, SIZE_MAX / 2);
    if ((qpdf_read_memory(q, "input", (const char *)in.at, in.len, "") & QPDF_ERRORS) != 0)
        return open_failed(q, why);
    p->encrypted = qpdf_is_encrypted(q);
    trailer = qpdf_get_trailer(q);
    p->trailer = pdf_value_parse(a, &p->stack, bytes_of(qpdf_oh_unparse_resolved(q, trailer)));
    qpdf_oh_release(q, trailer);
    (void)failed(q);
    return OK;
}

void pdf_close(struct pdf *p)
{
    qpdf_data q = p->reader;

    if (q != NULL)
        qpdf_cleanup(&q);
    buf_done(&p->stack);
    *p = (struct pdf){0};
}

static struct pdf_object *load(struct pdf *p, uint32_t id, uint32_t generation)
{
    struct pdf_object *o = ARENA_NEW(p->arena, struct pdf_object);
    qpdf_data q = p->reader;
    qpdf_oh handle = qpdf_get_object_by_id(q, (int)id, (int)generation), dict = 0;
    const char *text;

    o->id = id;
    o->generation = generation;
    o->stream = qpdf_oh_is_stream(q, handle);
    if (o->stream)
        dict = qpdf_oh_get_dict(q, handle);
    text = qpdf_oh_unparse_resolved(q, o->stream ? dict : handle);
    if (!failed(q) && text != NULL)
        o->value = pdf_value_parse(p->arena, &p->stack, (struct bytes){(const uint8_t *)text, qpdf_get_last_string_length(q)});
    o->stream = o->stream && o->value.kind == PDF_DICT;
    if (dict != 0)
        qpdf_oh_release(q, dict);
    qpdf_oh_release(q, handle);
    return o;
}

static void table_grow(struct pdf *p, uint32_t id)
{
    size_t cap = p->objects_cap < 256 ? 256 : p->objects_cap;
    struct pdf_object **grown;

    while (cap <= id)
        cap *= 2;
    grown = arena_array(p->arena, cap, sizeof(*grown));
    if (p->objects_cap > 0)
        memcpy(grown, p->objects, p->objects_cap * sizeof(*grown));
    p->objects = grown;
    p->objects_cap = cap;
}

const struct pdf_object *pdf_get(struct pdf *p, uint32_t id, uint32_t generation)
{
    static const struct pdf_object missing = {.value = {.kind = PDF_NULL}};

    if (id == 0 || id > OBJECT_MAX)
        return &missing;
    if (id >= p->objects_cap)
        table_grow(p, id);
    if (p->objects[id] == NULL)
        p->objects[id] = load(p, id, generation);
    /* A number is in use with one generation (ISO 32000-1 7.5.4); asking for others in turn must not load each anew. */
    if (p->objects[id]->generation != generation && p->objects[id]->value.kind == PDF_NULL)
        *p->objects[id] = *load(p, id, generation);
    return p->objects[id]->generation == generation ? p->objects[id] : &missing;
}

const struct pdf_value *pdf_resolve(struct pdf *p, const struct pdf_value *v, const struct pdf_object **ret_object)
{
    const struct pdf_object *o = NULL;

    /* A reference to a reference is no PDF, but is met; a chain longer than this is a loop. */
    for (int i = 0; v != NULL && v->kind == PDF_REF && i < 8; i++) {
        o = pdf_get(p, v->ref.id, v->ref.generation);
        v = &o->value;
    }
    if (ret_object != NULL)
        *ret_object = o;
    return v == NULL || v->kind == PDF_NULL || v->kind == PDF_REF ? NULL : v;
}

const struct pdf_value *pdf_get_key(struct pdf *p, const struct pdf_value *dict, const char *key)
{
    return pdf_resolve(p, pdf_value_get(dict, key), NULL);
}

uint8_t *pdf_stream_raw(struct pdf *p, const struct pdf_object *o, size_t *ret_len)
{
    qpdf_data q = p->reader;
    qpdf_oh handle = qpdf_get_object_by_id(q, (int)o->id, (int)o->generation);
    unsigned char *data = NULL;
    QPDF_BOOL filtered = QPDF_FALSE;
    size_t len = 0;

    if ((qpdf_oh_get_stream_data(q, handle, qpdf_dl_none, &filtered, &data, &len) & QPDF_ERRORS) != 0) {
        (void)failed(q);
        free(data);
        data = NULL;
        len = 0;
    }
    qpdf_oh_release(q, handle);
    *ret_len = len;
    return data;
}
