#include "sanitize/pdf_part.h"

/* Colour spaces: a name, or an array whose first name says what follows (ISO 32000-1 8.6). */

enum { NEST_MAX = 8, COLORANTS_MAX = 32 };

static const struct pdf_value *item(struct pdf_walk *w, const struct pdf_value *v, size_t i, const struct pdf_object **o)
{
    return pdf_resolve(&w->pdf, pdf_value_item(v, i), o);
}

static bool base_fits(struct pdf_walk *w, const struct pdf_value *v, size_t i)
{
    const struct pdf_object *o;
    const struct pdf_value *base = item(w, v, i, &o);

    return base != NULL && pdf_pick_role(w, PDF_ROLE_COLOR_SPACE, base, o) != PDF_ROLE_NONE;
}

static bool function_fits(struct pdf_walk *w, const struct pdf_value *v, size_t i)
{
    const struct pdf_object *o;
    const struct pdf_value *f = item(w, v, i, &o);

    return f != NULL && pdf_pick_role(w, PDF_ROLE_FUNCTION, f, o) != PDF_ROLE_NONE;
}

static bool names_fit(struct pdf_walk *w, const struct pdf_value *names)
{
    if (names == NULL || names->kind != PDF_ARRAY || names->count == 0 || names->count > COLORANTS_MAX)
        return false;
    for (uint32_t i = 0; i < names->count; i++) {
        const struct pdf_value *name = item(w, names, i, NULL);

        if (name == NULL || name->kind != PDF_NAME)
            return false;
    }
    return true;
}

static bool indexed_fits(struct pdf_walk *w, const struct pdf_value *v)
{
    const struct pdf_object *o;
    const struct pdf_value *high = item(w, v, 2, NULL), *table = item(w, v, 3, &o);

    return base_fits(w, v, 1) && high != NULL && high->kind == PDF_INT && high->num >= 0 && high->num < 256 &&
           table != NULL && pdf_pick_role(w, PDF_ROLE_LOOKUP, table, o) != PDF_ROLE_NONE;
}

static bool array_fits(struct pdf_walk *w, const struct pdf_value *v)
{
    const struct pdf_object *o;
    const struct pdf_value *family = item(w, v, 0, NULL), *first = item(w, v, 1, &o);

    if (pdf_value_is_name(family, "DeviceGray") || pdf_value_is_name(family, "DeviceRGB") ||
        pdf_value_is_name(family, "DeviceCMYK"))
        return true;
    if (pdf_value_is_name(family, "ICCBased"))
        return first != NULL && o != NULL && o->stream && first == &o->value;
    if (pdf_value_is_name(family, "CalGray") || pdf_value_is_name(family, "CalRGB") || pdf_value_is_name(family, "Lab"))
        return first != NULL && first->kind == PDF_DICT;
    if (pdf_value_is_name(family, "Indexed") || pdf_value_is_name(family, "I"))
        return indexed_fits(w, v);
    if (pdf_value_is_name(family, "Pattern"))
        return v->count == 1 || base_fits(w, v, 1);
    if (pdf_value_is_name(family, "Separation"))
        return first != NULL && first->kind == PDF_NAME && base_fits(w, v, 2) && function_fits(w, v, 3);
    if (pdf_value_is_name(family, "DeviceN"))
        return names_fit(w, first) && base_fits(w, v, 2) && function_fits(w, v, 3);
    return false;
}

enum pdf_role pdf_color_pick(struct pdf_walk *w, enum pdf_role role, const struct pdf_value *v,
                             const struct pdf_object *o)
{
    bool fits;

    (void)role, (void)o;
    if (v->kind == PDF_NAME)
        return PDF_ROLE_COLOR_SPACE;
    if (v->kind != PDF_ARRAY || w->nest >= NEST_MAX)
        return pdf_pick_deny(w, ROW_COUNT, ACT_REMOVED);
    w->nest++;
    fits = array_fits(w, v);
    w->nest--;
    return fits ? PDF_ROLE_COLOR_SPACE_ARRAY : pdf_pick_deny(w, ROW_COUNT, ACT_REMOVED);
}

static void put_device(struct buf *b, unsigned components)
{
    buf_put_text(b, components == 4 ? "/DeviceCMYK" : components == 3 ? "/DeviceRGB" : "/DeviceGray");
}

static unsigned icc_components(struct pdf_walk *w, const struct pdf_value *profile)
{
    int64_t n;

    return pdf_value_int(pdf_get_key(&w->pdf, profile, "N"), &n) && (n == 1 || n == 3 || n == 4) ? (unsigned)n : 0;
}

/* A profile that cannot be used gives way to the device space of as many components. */
static void put_icc(struct pdf_walk *w, struct buf *b, const struct pdf_value *v)
{
    const struct pdf_object *o;
    const struct pdf_value *profile = item(w, v, 1, &o);
    uint32_t number = pdf_walk_object(w, o, PDF_ROLE_ICC);

    if (number == 0) {
        pdf_walk_found(w, ROW_P24, ACT_REMOVED, "colour profile");
        put_device(b, icc_components(w, profile));
        return;
    }
    buf_put(b, BYTES("/ICCBased"));
    pdf_write_ref(b, number);
}

/* When a circle forbids the reference, something of the same kind stands in its place. */
static void put_base(struct pdf_walk *w, struct buf *b, const struct pdf_value *v, size_t i)
{
    const struct pdf_value *base = pdf_value_item(v, i);

    if (!pdf_walk_value(w, b, base, PDF_ROLE_COLOR_SPACE))
        put_device(b, pdf_color_components(w, pdf_resolve(&w->pdf, base, NULL)));
}

static void put_function(struct pdf_walk *w, struct buf *b, const struct pdf_value *v, size_t i)
{
    if (!pdf_walk_value(w, b, pdf_value_item(v, i), PDF_ROLE_FUNCTION))
        buf_put(b, BYTES("<</Domain[0 1]/FunctionType 2/N 1>>"));
}

static void put_family(struct pdf_walk *w, struct buf *b, const struct pdf_value *v)
{
    const struct pdf_value *family = item(w, v, 0, NULL);

    pdf_write_name(b, pdf_value_is_name(family, "I") ? BYTES("Indexed") : pdf_value_text(family));
    if (pdf_value_is_name(family, "CalGray") || pdf_value_is_name(family, "CalRGB") || pdf_value_is_name(family, "Lab")) {
        buf_put(b, BYTES("<<"));
        pdf_walk_pairs(w, b, item(w, v, 1, NULL), PDF_ROLE_CALIBRATION);
        buf_put(b, BYTES(">>"));
    } else if (pdf_value_is_name(family, "Indexed") || pdf_value_is_name(family, "I")) {
        put_base(w, b, v, 1);
        pdf_write_scalar(b, item(w, v, 2, NULL));
        if (!pdf_walk_value(w, b, pdf_value_item(v, 3), PDF_ROLE_LOOKUP))
            buf_put(b, BYTES("()"));
    } else if (pdf_value_is_name(family, "Pattern")) {
        if (v->count > 1)
            put_base(w, b, v, 1);
    } else if (pdf_value_is_name(family, "Separation")) {
        pdf_write_scalar(b, item(w, v, 1, NULL));
        put_base(w, b, v, 2);
        put_function(w, b, v, 3);
    } else if (pdf_value_is_name(family, "DeviceN")) {
        (void)pdf_walk_value(w, b, pdf_value_item(v, 1), PDF_ROLE_NAMES);
        put_base(w, b, v, 2);
        put_function(w, b, v, 3);
        if (v->count > 4)
            (void)pdf_walk_value(w, b, pdf_value_item(v, 4), PDF_ROLE_DEVICE_N);
    }
}

bool pdf_color_put(struct pdf_walk *w, struct buf *b, enum pdf_role role, const struct pdf_value *v,
                   const struct pdf_object *o)
{
    (void)role, (void)o;
    if (v->kind == PDF_NAME) {
        pdf_write_scalar(b, v);
        return true;
    }
    buf_put_u8(b, '[');
    if (pdf_value_is_name(item(w, v, 0, NULL), "ICCBased"))
        put_icc(w, b, v);
    else
        put_family(w, b, v);
    buf_put_u8(b, ']');
    return true;
}

unsigned pdf_color_components(struct pdf_walk *w, const struct pdf_value *space)
{
    static const struct {
        const char *name;
        unsigned count;
    } families[] = {{"DeviceGray", 1}, {"G", 1}, {"CalGray", 1}, {"DeviceRGB", 3}, {"RGB", 3}, {"CalRGB", 3}, {"Lab", 3},
                    {"DeviceCMYK", 4}, {"CMYK", 4}, {"Indexed", 1}, {"I", 1}, {"Separation", 1}};
    const struct pdf_value *family = space, *first;

    if (space == NULL)
        return 0;
    if (space->kind == PDF_ARRAY)
        family = item(w, space, 0, NULL);
    for (size_t i = 0; i < countof(families); i++)
        if (pdf_value_is_name(family, families[i].name))
            return families[i].count;
    first = item(w, space, 1, NULL);
    if (pdf_value_is_name(family, "ICCBased"))
        return icc_components(w, first);
    if (pdf_value_is_name(family, "DeviceN") && first != NULL && first->kind == PDF_ARRAY)
        return first->count;
    return 0;
}

bool pdf_color_indexed(struct pdf_walk *w, const struct pdf_value *space)
{
    const struct pdf_value *family = item(w, space, 0, NULL);

    return pdf_value_is_name(family, "Indexed") || pdf_value_is_name(family, "I");
}
