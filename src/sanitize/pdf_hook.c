#include "sanitize/pdf_walk.h"

#include "format/cmap.h"
#include "sanitize/pdf_part.h"

static bool is_stream(const struct pdf_value *v, const struct pdf_object *o)
{
    return o != NULL && o->stream && v == &o->value;
}

static bool named(struct pdf_walk *w, const struct pdf_value *dict, const char *key, const char *name)
{
    return pdf_value_is_name(pdf_get_key(&w->pdf, dict, key), name);
}

static int64_t number(struct pdf_walk *w, const struct pdf_value *dict, const char *key)
{
    int64_t num;

    return pdf_value_int(pdf_get_key(&w->pdf, dict, key), &num) ? num : -1;
}

static enum pdf_role matrix_pick(struct pdf_walk *w, enum pdf_role role, const struct pdf_value *v,
                                 const struct pdf_object *o)
{
    (void)o;
    return v->count == 6 ? role : pdf_pick_deny(w, ROW_COUNT, ACT_REMOVED);
}

static enum pdf_role page_mode_pick(struct pdf_walk *w, enum pdf_role role, const struct pdf_value *v,
                                    const struct pdf_object *o)
{
    (void)o;
    if (pdf_value_is_name(v, "UseNone") || pdf_value_is_name(v, "UseOutlines"))
        return role;
    return pdf_pick_deny(w, ROW_P24, ACT_REMOVED);
}

static enum pdf_role text_pick(struct pdf_walk *w, enum pdf_role role, const struct pdf_value *v,
                               const struct pdf_object *o)
{
    (void)o;
    if (v->kind != PDF_STRING)
        return pdf_pick_deny(w, ROW_COUNT, ACT_REMOVED);
    if (profile_choice(w->c->profile, ROW_P25) == CHOICE_REMOVE)
        return pdf_pick_deny(w, ROW_P25, ACT_REMOVED);
    return role;
}

static bool text_put(struct pdf_walk *w, struct buf *b, enum pdf_role role, const struct pdf_value *v,
                     const struct pdf_object *o)
{
    (void)role, (void)o;
    clean_found(w->c, ROW_P25, ACT_KEPT, "replacement text");
    pdf_write_string(b, pdf_value_text(v));
    return true;
}

static enum pdf_role xobject_pick(struct pdf_walk *w, enum pdf_role role, const struct pdf_value *v,
                                  const struct pdf_object *o)
{
    (void)role;
    if (!is_stream(v, o))
        return pdf_pick_deny(w, ROW_P19, ACT_REMOVED);
    if (pdf_layer_hidden(w, pdf_value_get(v, "OC")))
        return pdf_pick_deny(w, ROW_P12, ACT_REMOVED);
    if (named(w, v, "Subtype", "Image"))
        return PDF_ROLE_IMAGE;
    if (named(w, v, "Subtype", "PS") || named(w, v, "Subtype2", "PS"))
        return pdf_pick_deny(w, ROW_P15, ACT_REMOVED);
    if (named(w, v, "Subtype", "Form"))
        return PDF_ROLE_FORM;
    return pdf_pick_deny(w, ROW_P19, ACT_REMOVED);
}

static enum pdf_role pattern_pick(struct pdf_walk *w, enum pdf_role role, const struct pdf_value *v,
                                  const struct pdf_object *o)
{
    int64_t type = number(w, v, "PatternType");

    (void)role;
    if (v->kind == PDF_DICT && is_stream(v, o) && type == 1)
        return PDF_ROLE_TILING;
    if (v->kind == PDF_DICT && !is_stream(v, o) && type == 2)
        return PDF_ROLE_SHADING_PATTERN;
    return pdf_pick_deny(w, ROW_COUNT, ACT_REMOVED);
}

static enum pdf_role shading_pick(struct pdf_walk *w, enum pdf_role role, const struct pdf_value *v,
                                  const struct pdf_object *o)
{
    int64_t type = number(w, v, "ShadingType");

    (void)role;
    if (v->kind == PDF_DICT && !is_stream(v, o) && type >= 1 && type <= 3)
        return PDF_ROLE_SHADING_DICT;
    if (v->kind == PDF_DICT && is_stream(v, o) && type >= 4 && type <= 7)
        return PDF_ROLE_SHADING_STREAM;
    return pdf_pick_deny(w, ROW_P16, ACT_REMOVED);
}

static enum pdf_role function_pick(struct pdf_walk *w, enum pdf_role role, const struct pdf_value *v,
                                   const struct pdf_object *o)
{
    int64_t type = v->kind == PDF_DICT ? number(w, v, "FunctionType") : -1;
    bool stream = is_stream(v, o);

    (void)role;
    if (stream && type == 0)
        return PDF_ROLE_FUNCTION_SAMPLED;
    if (stream && type == 4)
        return PDF_ROLE_FUNCTION_CALCULATOR;
    if (!stream && type == 2)
        return PDF_ROLE_FUNCTION_EXPONENTIAL;
    if (!stream && type == 3)
        return PDF_ROLE_FUNCTION_STITCHING;
    return pdf_pick_deny(w, ROW_P16, ACT_REMOVED);
}

static enum pdf_role font_pick(struct pdf_walk *w, enum pdf_role role, const struct pdf_value *v,
                               const struct pdf_object *o)
{
    (void)role;
    if (v->kind != PDF_DICT || is_stream(v, o))
        return pdf_pick_deny(w, ROW_P17, ACT_REMOVED);
    if (named(w, v, "Subtype", "Type0"))
        return PDF_ROLE_FONT_TYPE0;
    if (named(w, v, "Subtype", "Type3"))
        return PDF_ROLE_FONT_TYPE3;
    return PDF_ROLE_FONT_SIMPLE;
}

static enum pdf_role cmap_name_pick(struct pdf_walk *w, enum pdf_role role, const struct pdf_value *v,
                                    const struct pdf_object *o)
{
    (void)o;
    return cmap_predefined(pdf_value_text(v)) ? role : pdf_pick_deny(w, ROW_P17, ACT_REMOVED);
}

/* [font size] */
static bool gstate_font_put(struct pdf_walk *w, struct buf *b, enum pdf_role role, const struct pdf_value *v,
                            const struct pdf_object *o)
{
    (void)role, (void)o;
    buf_put_u8(b, '[');
    if (!pdf_walk_value(w, b, pdf_value_item(v, 0), PDF_ROLE_FONT))
        return false;
    pdf_write_scalar(b, pdf_resolve(&w->pdf, pdf_value_item(v, 1), NULL));
    buf_put_u8(b, ']');
    return true;
}

/* [[lengths] phase] */
static bool dash_put(struct pdf_walk *w, struct buf *b, enum pdf_role role, const struct pdf_value *v,
                     const struct pdf_object *o)
{
    const struct pdf_value *phase = pdf_resolve(&w->pdf, pdf_value_item(v, 1), NULL);

    (void)role, (void)o;
    buf_put_u8(b, '[');
    if (!pdf_walk_value(w, b, pdf_value_item(v, 0), PDF_ROLE_NUMS) || !pdf_value_is_number(phase))
        return false;
    pdf_write_scalar(b, phase);
    buf_put_u8(b, ']');
    return true;
}

static enum pdf_role array_pick(struct pdf_walk *w, enum pdf_role role, const struct pdf_value *v,
                                const struct pdf_object *o)
{
    (void)o;
    return v->kind == PDF_ARRAY ? role : pdf_pick_deny(w, ROW_COUNT, ACT_REMOVED);
}

static enum pdf_role gstate_font_pick(struct pdf_walk *w, enum pdf_role role, const struct pdf_value *v,
                                      const struct pdf_object *o)
{
    const struct pdf_object *font;
    const struct pdf_value *f = pdf_resolve(&w->pdf, pdf_value_item(v, 0), &font);

    (void)o;
    if (f == NULL || !pdf_value_is_number(pdf_resolve(&w->pdf, pdf_value_item(v, 1), NULL)) ||
        font_pick(w, PDF_ROLE_FONT, f, font) == PDF_ROLE_NONE)
        return pdf_pick_deny(w, ROW_P17, ACT_REMOVED);
    return role;
}

static enum pdf_role dict_pick(struct pdf_walk *w, enum pdf_role role, const struct pdf_value *v,
                               const struct pdf_object *o)
{
    return v->kind == PDF_DICT && !is_stream(v, o) ? role : pdf_pick_deny(w, ROW_COUNT, ACT_REMOVED);
}

static enum pdf_role any_pick(struct pdf_walk *w, enum pdf_role role, const struct pdf_value *v,
                              const struct pdf_object *o)
{
    (void)w, (void)v, (void)o;
    return role;
}

static bool pages_ref_put(struct pdf_walk *w, struct buf *b, enum pdf_role role, const struct pdf_value *v,
                          const struct pdf_object *o)
{
    (void)role, (void)v, (void)o;
    pdf_write_ref(b, w->pages_number);
    return true;
}

static bool stamp_put(struct pdf_walk *w, struct buf *b, enum pdf_role role, const struct pdf_value *v,
                      const struct pdf_object *o)
{
    (void)w, (void)role, (void)v, (void)o;
    buf_put(b, BYTES("/Stamp"));
    return true;
}

static const struct {
    pdf_pick_fn *pick;
    pdf_put_fn *put;
} hooks[PDF_ROLE_COUNT] = {
    [PDF_ROLE_TEXT] = {text_pick, text_put},
    [PDF_ROLE_MATRIX] = {matrix_pick, NULL},
    [PDF_ROLE_PAGE_REF] = {any_pick, pdf_nav_page_put},
    [PDF_ROLE_PAGES_REF] = {any_pick, pages_ref_put},
    [PDF_ROLE_CONTENTS] = {any_pick, pdf_pages_contents_put},
    [PDF_ROLE_PAGE_MODE] = {page_mode_pick, NULL},
    [PDF_ROLE_PAGE_LABELS] = {dict_pick, pdf_tree_labels_put},
    [PDF_ROLE_OPEN_ACTION] = {pdf_nav_open_pick, pdf_nav_open_put},
    [PDF_ROLE_VIEWER_PREFERENCES] = {any_pick, NULL},
    [PDF_ROLE_XOBJECT] = {xobject_pick, NULL},
    [PDF_ROLE_GSTATE_FONT] = {gstate_font_pick, gstate_font_put},
    [PDF_ROLE_DASH] = {array_pick, dash_put},
    [PDF_ROLE_COLOR_SPACE] = {pdf_color_pick, pdf_color_put},
    [PDF_ROLE_COLOR_SPACE_ARRAY] = {pdf_color_pick, pdf_color_put},
    [PDF_ROLE_PATTERN] = {pattern_pick, NULL},
    [PDF_ROLE_SHADING] = {shading_pick, NULL},
    [PDF_ROLE_FUNCTION] = {function_pick, NULL},
    [PDF_ROLE_FONT] = {font_pick, NULL},
    [PDF_ROLE_CID_CMAP_NAME] = {cmap_name_pick, NULL},
    [PDF_ROLE_PROPERTY] = {pdf_layer_pick, NULL},
    [PDF_ROLE_LAYER] = {pdf_layer_pick, NULL},
    [PDF_ROLE_OCG] = {pdf_layer_pick, NULL},
    [PDF_ROLE_OCMD] = {pdf_layer_pick, NULL},
    [PDF_ROLE_OC_PROPERTIES] = {pdf_layer_pick, NULL},
    [PDF_ROLE_ACTION] = {pdf_nav_action_pick, NULL},
    [PDF_ROLE_DEST_ARRAY] = {pdf_nav_dest_pick, pdf_nav_dest_put},
    [PDF_ROLE_DEST_DICT] = {pdf_nav_dest_pick, pdf_nav_dest_put},
    [PDF_ROLE_DESTS_TREE] = {dict_pick, pdf_tree_dests_put},
    [PDF_ROLE_OUTLINES] = {dict_pick, pdf_outline_put},
    [PDF_ROLE_ANNOT] = {pdf_annot_pick, NULL},
    [PDF_ROLE_ANNOT_REF] = {pdf_annot_ref_pick, pdf_annot_ref_put},
    [PDF_ROLE_BORDER] = {array_pick, pdf_annot_border_put},
    [PDF_ROLE_APPEARANCE_TEXT] = {pdf_annot_value_pick, pdf_annot_text_put},
    [PDF_ROLE_ACRO_FORM] = {pdf_annot_form_pick, NULL},
    [PDF_ROLE_FIELDS] = {array_pick, pdf_annot_fields_put},
    [PDF_ROLE_FIELD_PARENT] = {dict_pick, pdf_annot_parent_put},
    [PDF_ROLE_FIELD_VALUE] = {pdf_annot_value_pick, pdf_annot_value_put},
    [PDF_ROLE_STATIC_SUBTYPE] = {any_pick, stamp_put},
    [PDF_ROLE_STRUCT_KIDS] = {any_pick, pdf_struct_kids_put},
    [PDF_ROLE_STRUCT_PARENT] = {any_pick, pdf_struct_parent_put},
    [PDF_ROLE_STRUCT_REF] = {pdf_struct_pick, pdf_struct_ref_put},
    [PDF_ROLE_STRUCT_OBJECT] = {pdf_struct_pick, pdf_struct_object_put},
    [PDF_ROLE_STRUCT_IDS] = {dict_pick, pdf_tree_ids_put},
    [PDF_ROLE_STRUCT_PARENTS] = {dict_pick, pdf_tree_parents_put},
};

enum pdf_role pdf_hook_pick(struct pdf_walk *w, enum pdf_role role, const struct pdf_value *v,
                            const struct pdf_object *o)
{
    return hooks[role].pick(w, role, v, o);
}

bool pdf_hook_put(struct pdf_walk *w, struct buf *b, enum pdf_role role, const struct pdf_value *v,
                  const struct pdf_object *o)
{
    return hooks[role].put != NULL && hooks[role].put(w, b, role, v, o);
}
