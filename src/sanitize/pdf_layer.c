#include "sanitize/pdf_part.h"

/* Optional content (ISO 32000-1 8.11).  Layers stay and are reported; a profile may have hidden ones left out. */

static bool is_layer(struct pdf_walk *w, const struct pdf_value *v, const struct pdf_object *o, const char *type)
{
    return v->kind == PDF_DICT && o != NULL && !o->stream && v == &o->value &&
           pdf_value_is_name(pdf_get_key(&w->pdf, v, "Type"), type);
}

static bool removing(const struct pdf_walk *w)
{
    return profile_choice(w->c->profile, ROW_P12) == CHOICE_REMOVE;
}

enum pdf_role pdf_layer_pick(struct pdf_walk *w, enum pdf_role role, const struct pdf_value *v,
                             const struct pdf_object *o)
{
    if (role == PDF_ROLE_OC_PROPERTIES)
        return removing(w) ? pdf_pick_deny(w, ROW_P12, ACT_REMOVED) : role;
    if (removing(w) && role != PDF_ROLE_PROPERTY)
        return pdf_pick_deny(w, ROW_P12, ACT_REMOVED);
    if (is_layer(w, v, o, "OCG"))
        return role == PDF_ROLE_OCMD || removing(w) ? pdf_pick_deny(w, ROW_P12, ACT_REMOVED) : PDF_ROLE_OCG;
    if (pdf_value_is_name(pdf_get_key(&w->pdf, v, "Type"), "OCMD") && v->kind == PDF_DICT)
        return role == PDF_ROLE_OCG || removing(w) ? pdf_pick_deny(w, ROW_P12, ACT_REMOVED) : PDF_ROLE_OCMD;
    if (role == PDF_ROLE_PROPERTY && v->kind == PDF_DICT && !(o != NULL && o->stream))
        return PDF_ROLE_PROPERTY_LIST;
    return pdf_pick_deny(w, ROW_P12, ACT_REMOVED);
}

static struct bytes key_of(struct pdf_id_key *key)
{
    return (struct bytes){key->at, sizeof(key->at)};
}

static void mark_hidden(struct pdf_walk *w, const struct pdf_value *list, bool hidden)
{
    if (list == NULL || list->kind != PDF_ARRAY)
        return;
    for (uint32_t i = 0; i < list->count; i++) {
        struct pdf_id_key key;

        if (list->items[i].kind != PDF_REF)
            continue;
        key = pdf_walk_id(list->items[i].ref.id);
        *map_at(&w->hidden, key_of(&key)) = hidden ? w : NULL;
    }
}

void pdf_layer_collect(struct pdf_walk *w, const struct pdf_value *catalog)
{
    const struct pdf_value *oc = pdf_get_key(&w->pdf, catalog, "OCProperties"), *config = pdf_get_key(&w->pdf, oc, "D");
    const struct pdf_value *off = pdf_get_key(&w->pdf, config, "OFF");
    bool base_off = pdf_value_is_name(pdf_get_key(&w->pdf, config, "BaseState"), "OFF");

    if (oc == NULL)
        return;
    if (base_off)
        mark_hidden(w, pdf_get_key(&w->pdf, oc, "OCGs"), true);
    mark_hidden(w, off, true);
    mark_hidden(w, pdf_get_key(&w->pdf, config, "ON"), false);
    if (!removing(w) && (base_off || (off != NULL && off->kind == PDF_ARRAY && off->count > 0)))
        clean_found(w->c, ROW_P12, ACT_KEPT, "layers");
}

/* A membership dictionary counts as hidden when all its groups are. */
bool pdf_layer_hidden(struct pdf_walk *w, const struct pdf_value *layer)
{
    const struct pdf_object *o;
    const struct pdf_value *v, *groups;
    struct pdf_id_key key;

    if (layer == NULL || !removing(w))
        return false;
    v = pdf_resolve(&w->pdf, layer, &o);
    groups = pdf_value_get(v, "OCGs");
    if (groups != NULL && groups->kind == PDF_REF)
        (void)pdf_resolve(&w->pdf, groups, &o);
    else if (groups != NULL && groups->kind == PDF_ARRAY) {
        for (uint32_t i = 0; i < groups->count; i++) {
            key = pdf_walk_id(groups->items[i].kind == PDF_REF ? groups->items[i].ref.id : 0);
            if (map_get(&w->hidden, key_of(&key)) == NULL)
                return false;
        }
        return groups->count > 0;
    }
    key = pdf_walk_id(o == NULL ? 0 : o->id);
    return map_get(&w->hidden, key_of(&key)) != NULL;
}
