#include "sanitize/pdf_walk.h"

enum pdf_role pdf_pick_deny(struct pdf_walk *w, enum row row, enum act act)
{
    w->deny = row;
    w->deny_act = act;
    return PDF_ROLE_NONE;
}

static bool all_numbers(struct pdf_walk *w, const struct pdf_value *v, int max)
{
    if (v->kind != PDF_ARRAY || v->count > (uint32_t)max)
        return false;
    for (uint32_t i = 0; i < v->count; i++)
        if (!pdf_value_is_number(pdf_resolve(&w->pdf, &v->items[i], NULL)))
            return false;
    return true;
}

static enum pdf_role pick_alternative(struct pdf_walk *w, const struct pdf_role_def *def, const struct pdf_value *v,
                                      const struct pdf_object *o)
{
    for (size_t i = 0; i < def->key_count; i++) {
        enum pdf_role found = pdf_pick_role(w, def->keys[i].role, v, o);

        if (found != PDF_ROLE_NONE)
            return found;
    }
    return PDF_ROLE_NONE;
}

static bool form_fits(struct pdf_walk *w, const struct pdf_role_def *def, const struct pdf_value *v, bool stream)
{
    switch (def->form) {
    case PDF_FORM_BOOL:
        return v->kind == PDF_BOOL;
    case PDF_FORM_INT:
        return v->kind == PDF_INT;
    case PDF_FORM_NUM:
        return v->kind == PDF_INT || v->kind == PDF_REAL;
    case PDF_FORM_NAME:
        return v->kind == PDF_NAME;
    case PDF_FORM_STRING:
        return v->kind == PDF_STRING;
    case PDF_FORM_NUMS:
        return all_numbers(w, v, def->item);
    case PDF_FORM_LIST:
        return v->kind == PDF_ARRAY;
    case PDF_FORM_MAP:
    case PDF_FORM_DICT:
        return v->kind == PDF_DICT && !stream;
    case PDF_FORM_STREAM:
        return stream;
    default:
        return true;
    }
}

enum pdf_role pdf_pick_role(struct pdf_walk *w, enum pdf_role role, const struct pdf_value *v,
                            const struct pdf_object *o)
{
    const struct pdf_role_def *def = pdf_schema_role(role);
    bool stream = o != NULL && o->stream && v == &o->value;

    w->deny = ROW_COUNT;
    w->deny_act = ACT_REMOVED;
    if (def->form == PDF_FORM_ALT)
        return pick_alternative(w, def, v, o);
    if (!form_fits(w, def, v, stream))
        return PDF_ROLE_NONE;
    if (def->form == PDF_FORM_HOOK || (def->flags & PDF_FLAG_PICK) != 0)
        return pdf_hook_pick(w, role, v, o);
    return role;
}
