#include "sanitize/pdf_part.h"

/* The structure tree (ISO 32000-1 14.7): a tree of elements by /K, each met once; what it refers to must be
 * in the document by other ways. */

enum { ELEMENTS_MAX = 2000000 };

struct pending {
    const struct pdf_object *object, *parent;
};

static bool is_element(struct pdf_walk *w, const struct pdf_value *v)
{
    const struct pdf_value *type = pdf_get_key(&w->pdf, v, "Type"), *s = pdf_get_key(&w->pdf, v, "S");

    return v->kind == PDF_DICT && s != NULL && s->kind == PDF_NAME &&
           (type == NULL || pdf_value_is_name(type, "StructElem"));
}

static void push(struct pdf_walk *w, struct buf *stack, const struct pdf_value *v, const struct pdf_object *parent)
{
    struct pending p = {.parent = parent};

    v = pdf_resolve(&w->pdf, v, &p.object);
    if (v != NULL && p.object != NULL && v == &p.object->value && !p.object->stream && is_element(w, v))
        buf_put(stack, (struct bytes){(const uint8_t *)&p, sizeof(p)});
}

static void push_kids(struct pdf_walk *w, struct buf *stack, const struct pdf_object *parent)
{
    const struct pdf_value *kids = pdf_get_key(&w->pdf, &parent->value, "K");

    if (kids == NULL)
        return;
    if (kids->kind != PDF_ARRAY) {
        push(w, stack, pdf_value_get(&parent->value, "K"), parent);
        return;
    }
    for (uint32_t i = kids->count; i-- > 0;)
        push(w, stack, &kids->items[i], parent);
}

void pdf_struct_collect(struct pdf_walk *w, const struct pdf_value *catalog)
{
    struct pending p = {0};
    struct buf stack;

    (void)pdf_resolve(&w->pdf, pdf_value_get(catalog, "StructTreeRoot"), &p.object);
    if (p.object == NULL || p.object->stream)
        return;
    w->struct_root_object = p.object;
    buf_init(&stack, SIZE_MAX / 2);
    push_kids(w, &stack, p.object);
    while (stack.len > 0 && w->elements.count < ELEMENTS_MAX) {
        struct pdf_id_key key;
        void **place;

        stack.len -= sizeof(p);
        memcpy(&p, stack.at + stack.len, sizeof(p));
        key = pdf_walk_id(p.object->id);
        place = map_at(&w->elements, (struct bytes){key.at, sizeof(key.at)});
        if (*place != NULL || p.object == w->struct_root_object)
            continue;
        *place = (void *)(uintptr_t)p.parent;
        push_kids(w, &stack, p.object);
    }
    buf_done(&stack);
}

static const struct pdf_object *parent_of(struct pdf_walk *w, const struct pdf_object *o)
{
    struct pdf_id_key key = pdf_walk_id(o == NULL ? 0 : o->id);

    return map_get(&w->elements, (struct bytes){key.at, sizeof(key.at)});
}

static bool put_element(struct pdf_walk *w, struct buf *b, const struct pdf_object *o)
{
    uint32_t number = pdf_walk_object(w, o, PDF_ROLE_STRUCT_ELEM);

    if (number != 0)
        pdf_write_ref(b, number);
    return number != 0;
}

static bool put_in_place(struct pdf_walk *w, struct buf *b, const struct pdf_value *v, enum pdf_role role)
{
    buf_put(b, BYTES("<<"));
    pdf_walk_pairs(w, b, v, role);
    buf_put(b, BYTES(">>"));
    return true;
}

/* One kid: an element met from here, a piece of marked content by number or dictionary, an object. */
static bool put_kid(struct pdf_walk *w, struct buf *b, const struct pdf_value *v)
{
    const struct pdf_object *o;
    const struct pdf_value *type, *object;

    v = pdf_resolve(&w->pdf, v, &o);
    if (v == NULL)
        return false;
    if (v->kind == PDF_INT && v->num >= 0) {
        pdf_write_scalar(b, v);
        return true;
    }
    if (v->kind != PDF_DICT)
        return false;
    type = pdf_get_key(&w->pdf, v, "Type");
    if (pdf_value_is_name(type, "MCR") && pdf_get_key(&w->pdf, v, "MCID") != NULL)
        return put_in_place(w, b, v, PDF_ROLE_STRUCT_MCR);
    if (pdf_value_is_name(type, "OBJR")) {
        const struct pdf_object *target;

        object = pdf_resolve(&w->pdf, pdf_value_get(v, "Obj"), &target);
        return object != NULL && pdf_pick_role(w, PDF_ROLE_STRUCT_OBJECT, object, target) != PDF_ROLE_NONE &&
               put_in_place(w, b, v, PDF_ROLE_STRUCT_OBJR);
    }
    return o != NULL && w->from != NULL && parent_of(w, o) == w->from && put_element(w, b, o);
}

bool pdf_struct_kids_put(struct pdf_walk *w, struct buf *b, enum pdf_role role, const struct pdf_value *v,
                         const struct pdf_object *o)
{
    (void)role, (void)o;
    if (v->kind != PDF_ARRAY) {
        struct pdf_value kid = *v;

        if (o != NULL && v == &o->value)
            kid = (struct pdf_value){.kind = PDF_REF, .ref = {o->id, o->generation}};
        return put_kid(w, b, &kid);
    }
    buf_put_u8(b, '[');
    for (uint32_t i = 0; i < v->count; i++) {
        size_t mark = b->len;

        if (!put_kid(w, b, &v->items[i]))
            b->len = mark;
    }
    buf_put_u8(b, ']');
    return true;
}

/* The parent an element was met from, whatever it says. */
bool pdf_struct_parent_put(struct pdf_walk *w, struct buf *b, enum pdf_role role, const struct pdf_value *v,
                           const struct pdf_object *o)
{
    const struct pdf_object *parent = parent_of(w, w->from);

    (void)role, (void)v, (void)o;
    if (parent == NULL)
        return false;
    pdf_write_ref(b, pdf_walk_object(w, parent,
                                     parent == w->struct_root_object ? PDF_ROLE_STRUCT_ROOT : PDF_ROLE_STRUCT_ELEM));
    return true;
}

enum pdf_role pdf_struct_pick(struct pdf_walk *w, enum pdf_role role, const struct pdf_value *v,
                              const struct pdf_object *o)
{
    if (o == NULL || v != &o->value)
        return pdf_pick_deny(w, ROW_COUNT, ACT_REMOVED);
    if (role == PDF_ROLE_STRUCT_REF)
        return parent_of(w, o) != NULL ? role : pdf_pick_deny(w, ROW_COUNT, ACT_REMOVED);
    if (o->stream)
        return pdf_walk_known(w, o, PDF_ROLE_FORM) + pdf_walk_known(w, o, PDF_ROLE_IMAGE) != 0
                   ? role
                   : pdf_pick_deny(w, ROW_COUNT, ACT_REMOVED);
    return pdf_annot_ref_pick(w, PDF_ROLE_ANNOT_REF, v, o) != PDF_ROLE_NONE ? role : PDF_ROLE_NONE;
}

bool pdf_struct_ref_put(struct pdf_walk *w, struct buf *b, enum pdf_role role, const struct pdf_value *v,
                        const struct pdf_object *o)
{
    (void)role, (void)v;
    return put_element(w, b, o);
}

/* What a structure element points at has been written by now, or it does not pass. */
bool pdf_struct_object_put(struct pdf_walk *w, struct buf *b, enum pdf_role role, const struct pdf_value *v,
                           const struct pdf_object *o)
{
    uint32_t number;

    if (!o->stream)
        return pdf_annot_ref_put(w, b, role, v, o);
    number = pdf_walk_known(w, o, PDF_ROLE_FORM);
    if (number == 0)
        number = pdf_walk_known(w, o, PDF_ROLE_IMAGE);
    if (number != 0)
        pdf_write_ref(b, number);
    return number != 0;
}
