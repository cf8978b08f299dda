#include "format/pdf_token.h"
#include "sanitize/pdf_part.h"

/* Annotations by subtype, and the form they may belong to (ISO 32000-1 12.5, 12.7). */

enum { FIELDS_MAX = 100000 };

static bool subtype_in(const struct pdf_value *v, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (pdf_value_is_name(v, list[i]))
            return true;
    return false;
}

static bool in_map(const struct map *m, const struct pdf_object *o)
{
    struct pdf_id_key key = pdf_walk_id(o->id);

    return map_get(m, (struct bytes){key.at, sizeof(key.at)}) != NULL;
}

/* A normal appearance that will pass: a form, or one at least of several states. */
static bool has_looks(struct pdf_walk *w, const struct pdf_value *v)
{
    const struct pdf_object *o = NULL;
    const struct pdf_value *looks = pdf_resolve(&w->pdf, pdf_value_get(v, "AP"), &o), *normal;

    if (looks == NULL || looks->kind != PDF_DICT || (o != NULL && o->stream))
        return false;
    normal = pdf_resolve(&w->pdf, pdf_value_get(looks, "N"), &o);
    if (normal == NULL || normal->kind != PDF_DICT)
        return false;
    if (o != NULL && o->stream)
        return true;
    for (uint32_t i = 0; i < normal->count; i++) {
        const struct pdf_value *state = pdf_resolve(&w->pdf, &normal->items[2 * i + 1], &o);

        if (state != NULL && o != NULL && o->stream && state == &o->value)
            return true;
    }
    return false;
}

/* What does something goes; what it looked like may stay as a stamp. */
static enum pdf_role static_or_nothing(struct pdf_walk *w, const struct pdf_value *v, enum row row)
{
    if (!has_looks(w, v))
        return pdf_pick_deny(w, row, ACT_REMOVED);
    pdf_walk_found(w, row, ACT_NEUTRALIZED, "annotation");
    return PDF_ROLE_ANNOT_STATIC;
}

enum pdf_role pdf_annot_pick(struct pdf_walk *w, enum pdf_role role, const struct pdf_value *v,
                             const struct pdf_object *o)
{
    static const char *const markup[] = {"Text",      "FreeText", "Line",      "Square", "Circle", "Polygon",
                                         "PolyLine",  "Highlight", "Underline", "Squiggly", "StrikeOut", "Stamp",
                                         "Caret",     "Ink",      "Watermark", "Redact"};
    static const char *const active[] = {"Screen", "Movie", "Sound", "3D", "RichMedia", "TrapNet", "PrinterMark",
                                         "Projection", "FileAttachment"};
    const struct pdf_value *subtype = pdf_get_key(&w->pdf, v, "Subtype");

    (void)role;
    if (v->kind != PDF_DICT || (o != NULL && o->stream))
        return pdf_pick_deny(w, ROW_P09, ACT_REMOVED);
    if (pdf_layer_hidden(w, pdf_value_get(v, "OC")))
        return pdf_pick_deny(w, ROW_P12, ACT_REMOVED);
    if (pdf_value_is_name(subtype, "Link"))
        return PDF_ROLE_ANNOT_LINK;
    if (pdf_value_is_name(subtype, "Widget"))
        return w->form_removed ? static_or_nothing(w, v, ROW_P10) : PDF_ROLE_ANNOT_WIDGET;
    if (subtype_in(subtype, active, countof(active))) {
        if (pdf_value_is_name(subtype, "FileAttachment"))
            pdf_walk_found(w, ROW_P07, ACT_REMOVED, "FileAttachment");
        return static_or_nothing(w, v, ROW_P08);
    }
    if (!subtype_in(subtype, markup, countof(markup)))
        return pdf_pick_deny(w, ROW_P09, ACT_REMOVED);
    if (profile_choice(w->c->profile, ROW_P09) == CHOICE_REMOVE) {
        /* A stamp is a look, and what other annotations are turned into: without its comment it may stay. */
        if (pdf_value_is_name(subtype, "Stamp") && has_looks(w, v))
            return PDF_ROLE_ANNOT_STATIC;
        return pdf_pick_deny(w, ROW_P09, ACT_REMOVED);
    }
    return PDF_ROLE_ANNOT_MARKUP;
}

static enum pdf_role quiet_pick(struct pdf_walk *w, const struct pdf_object *o)
{
    bool outer = w->quiet;
    enum pdf_role found;

    w->quiet = true;
    found = pdf_annot_pick(w, PDF_ROLE_ANNOT, &o->value, o);
    w->quiet = outer;
    return found;
}

enum pdf_role pdf_annot_ref_pick(struct pdf_walk *w, enum pdf_role role, const struct pdf_value *v,
                                 const struct pdf_object *o)
{
    if (o == NULL || v != &o->value || !in_map(&w->annots, o) || quiet_pick(w, o) == PDF_ROLE_NONE)
        return pdf_pick_deny(w, ROW_P21, ACT_REMOVED);
    return role;
}

bool pdf_annot_ref_put(struct pdf_walk *w, struct buf *b, enum pdf_role role, const struct pdf_value *v,
                       const struct pdf_object *o)
{
    uint32_t number = pdf_walk_object(w, o, quiet_pick(w, o));

    (void)role, (void)v;
    if (number != 0)
        pdf_write_ref(b, number);
    return number != 0;
}

/* [radius radius width [dashes]] */
bool pdf_annot_border_put(struct pdf_walk *w, struct buf *b, enum pdf_role role, const struct pdf_value *v,
                          const struct pdf_object *o)
{
    (void)role, (void)o;
    buf_put_u8(b, '[');
    for (uint32_t i = 0; i < v->count && i < 4; i++) {
        const struct pdf_value *item = pdf_resolve(&w->pdf, &v->items[i], NULL);

        if (pdf_value_is_number(item))
            pdf_write_scalar(b, item);
        else if (i < 3 || !pdf_walk_value(w, b, item, PDF_ROLE_NUMS))
            break;
    }
    buf_put_u8(b, ']');
    return true;
}

/* /DA holds a few operators: they go through the tokenizer like any content. */
bool pdf_annot_text_put(struct pdf_walk *w, struct buf *b, enum pdf_role role, const struct pdf_value *v,
                        const struct pdf_object *o)
{
    static const struct pdf_token_rules rules = {.one_line = true};
    struct pdf_token_seen seen;
    struct buf out;

    (void)role, (void)o;
    buf_init(&out, 1 << 16);
    pdf_token_rewrite(pdf_value_text(v), &rules, &out, &seen);
    if (seen.unknown > 0)
        pdf_walk_found(w, ROW_P19, ACT_REBUILT, "/DA");
    pdf_write_string(b, bytes_trim(buf_bytes(&out)));
    buf_done(&out);
    return true;
}

enum pdf_role pdf_annot_value_pick(struct pdf_walk *w, enum pdf_role role, const struct pdf_value *v,
                                   const struct pdf_object *o)
{
    if (role == PDF_ROLE_APPEARANCE_TEXT)
        return v->kind == PDF_STRING ? role : pdf_pick_deny(w, ROW_COUNT, ACT_REMOVED);
    if (v->kind == PDF_STRING || v->kind == PDF_NAME || v->kind == PDF_ARRAY || v->kind == PDF_INT)
        return role;
    /* The value of a signature field is the signature; its looks are in /AP. */
    if (v->kind == PDF_DICT && !(o != NULL && o->stream))
        return pdf_pick_deny(w, ROW_P11, ACT_NEUTRALIZED);
    return pdf_pick_deny(w, ROW_P10, ACT_REMOVED);
}

bool pdf_annot_value_put(struct pdf_walk *w, struct buf *b, enum pdf_role role, const struct pdf_value *v,
                         const struct pdf_object *o)
{
    (void)role, (void)o;
    if (v->kind != PDF_ARRAY) {
        pdf_write_scalar(b, v);
        return true;
    }
    buf_put_u8(b, '[');
    for (uint32_t i = 0; i < v->count; i++) {
        const struct pdf_value *item = pdf_resolve(&w->pdf, &v->items[i], NULL);

        if (item != NULL && (item->kind == PDF_STRING || item->kind == PDF_NAME))
            pdf_write_scalar(b, item);
    }
    buf_put_u8(b, ']');
    return true;
}

/* --- the tree of fields --- */

static void collect_annots(struct pdf_walk *w)
{
    for (uint32_t i = 0; i < w->page_count; i++) {
        const struct pdf_value *list = pdf_get_key(&w->pdf, &w->pages[i].dict, "Annots");

        for (uint32_t k = 0; list != NULL && list->kind == PDF_ARRAY && k < list->count; k++) {
            struct pdf_id_key key;

            if (list->items[k].kind != PDF_REF)
                continue;
            key = pdf_walk_id(list->items[k].ref.id);
            *map_at(&w->annots, (struct bytes){key.at, sizeof(key.at)}) = w;
        }
    }
}

struct pending {
    const struct pdf_object *object, *parent;
};

/* Put the kids of a field on the stack; the last one first, so that they are met in their order. */
static void push_kids(struct pdf_walk *w, struct buf *stack, const struct pdf_value *kids,
                      const struct pdf_object *parent)
{
    if (kids == NULL || kids->kind != PDF_ARRAY)
        return;
    for (uint32_t i = kids->count; i-- > 0;) {
        struct pending p = {.parent = parent};
        const struct pdf_value *v = pdf_resolve(&w->pdf, &kids->items[i], &p.object);

        if (v != NULL && v->kind == PDF_DICT && p.object != NULL && v == &p.object->value && !p.object->stream)
            buf_put(stack, (struct bytes){(const uint8_t *)&p, sizeof(p)});
    }
}

/* Each field is met once: the parent it is met from is its parent. The form itself stands for "none". */
static void collect_fields(struct pdf_walk *w, const struct pdf_value *form)
{
    static const struct pdf_object root;
    struct buf stack;
    struct pending p;

    buf_init(&stack, SIZE_MAX / 2);
    push_kids(w, &stack, pdf_get_key(&w->pdf, form, "Fields"), &root);
    while (stack.len > 0) {
        struct pdf_id_key key;
        void **place;

        stack.len -= sizeof(p);
        memcpy(&p, stack.at + stack.len, sizeof(p));
        key = pdf_walk_id(p.object->id);
        place = map_at(&w->fields, (struct bytes){key.at, sizeof(key.at)});
        if (*place != NULL)
            continue;
        *place = (void *)(uintptr_t)p.parent;
        if (w->fields.count > FIELDS_MAX) {
            pdf_walk_fail(w, fault_set(w->why, ERR_LIMIT, "P27", "limit of fields", 0, "more than %d fields", FIELDS_MAX));
            break;
        }
        push_kids(w, &stack, pdf_get_key(&w->pdf, &p.object->value, "Kids"), p.object);
    }
    buf_done(&stack);
}

void pdf_annot_collect(struct pdf_walk *w, const struct pdf_value *catalog)
{
    collect_annots(w);
    if (!w->form_removed)
        collect_fields(w, pdf_get_key(&w->pdf, catalog, "AcroForm"));
}

static const struct pdf_object *parent_of(struct pdf_walk *w, const struct pdf_object *o)
{
    struct pdf_id_key key = pdf_walk_id(o == NULL ? 0 : o->id);
    const struct pdf_object *parent = map_get(&w->fields, (struct bytes){key.at, sizeof(key.at)});

    return parent;
}

/* /Fields of the form and /Kids of a field: those met from here, and nothing else. */
bool pdf_annot_fields_put(struct pdf_walk *w, struct buf *b, enum pdf_role role, const struct pdf_value *v,
                          const struct pdf_object *o)
{
    (void)role, (void)o;
    buf_put_u8(b, '[');
    for (uint32_t i = 0; i < v->count; i++) {
        const struct pdf_object *kid, *parent;

        if (pdf_resolve(&w->pdf, &v->items[i], &kid) == NULL || kid == NULL)
            continue;
        parent = parent_of(w, kid);
        if (parent == NULL || (parent->id != 0 && (w->from == NULL || parent->id != w->from->id)) ||
            (parent->id == 0 && !w->in_form))
            continue;
        pdf_write_ref(b, pdf_walk_object(w, kid, PDF_ROLE_ANNOT_WIDGET));
    }
    buf_put_u8(b, ']');
    return true;
}

bool pdf_annot_parent_put(struct pdf_walk *w, struct buf *b, enum pdf_role role, const struct pdf_value *v,
                          const struct pdf_object *o)
{
    const struct pdf_object *parent = parent_of(w, w->from);

    (void)role, (void)v;
    if (parent == NULL || parent->id == 0 || o == NULL || o->id != parent->id)
        return false;
    pdf_write_ref(b, pdf_walk_object(w, o, PDF_ROLE_ANNOT_WIDGET));
    return true;
}

/* A form that only exists as XFA shows "please wait" when its XFA is gone: it is not passed. */
static bool only_xfa(struct pdf_walk *w, const struct pdf_value *form)
{
    const struct pdf_value *fields = pdf_get_key(&w->pdf, form, "Fields");
    const struct pdf_value *rendering = pdf_get_key(&w->pdf, pdf_get_key(&w->pdf, &w->pdf.trailer, "Root"), "NeedsRendering");

    if (pdf_get_key(&w->pdf, form, "XFA") == NULL)
        return false;
    if (rendering != NULL && rendering->kind == PDF_BOOL && rendering->num != 0)
        return true;
    return w->page_count <= 1 && w->annots.count == 0 && (fields == NULL || fields->count == 0);
}

void pdf_annot_check_form(struct pdf_walk *w, const struct pdf_value *form)
{
    if (only_xfa(w, form))
        pdf_walk_fail(w, fault_set(w->why, ERR_DENIED, "P10", "dynamic XFA", 0,
                                   "the document is a dynamic XFA form and has no pages of its own; "
                                   "print it to PDF and send that"));
}

enum pdf_role pdf_annot_form_pick(struct pdf_walk *w, enum pdf_role role, const struct pdf_value *v,
                                  const struct pdf_object *o)
{
    (void)o;
    pdf_annot_check_form(w, v);
    if (w->form_removed)
        return pdf_pick_deny(w, ROW_P10, ACT_REMOVED);
    w->in_form = true;
    return role;
}
