#include "format/cmap.h"
#include "format/font.h"
#include "format/pdf_calc.h"
#include "format/pdf_token.h"
#include "sanitize/pdf_part.h"

/* What is in a stream: decoded, looked at by its role, written with one Flate filter. */

enum { LOOKUP_MAX = 256 * 32, GID_MAP_MAX = 2 * 65536, SAMPLES_MAX = 64 << 20 };

bool pdf_stream_data(struct pdf_walk *w, const struct pdf_object *o, bool keep_png, struct buf *out,
                     struct pdf_coding *ret_coding)
{
    uint64_t left = w->c->budget->unpacked;
    size_t max = left < PDF_STREAM_MAX ? (size_t)left : PDF_STREAM_MAX;
    enum err code;

    if (pdf_value_get(&o->value, "F") != NULL)
        pdf_walk_found(w, ROW_P14, ACT_REMOVED, "/F");
    code = pdf_filter_stream(&w->pdf, o, max, keep_png, out, ret_coding, w->why);
    if (code == ERR_UNSUPPORTED) {
        pdf_walk_found(w, ROW_P20, ACT_REMOVED, "/Filter");
        buf_reset(out);
        return false;
    }
    if (code == OK)
        code = clean_spend_unpacked(w->c, out->len, w->why);
    pdf_walk_fail(w, code);
    if (ret_coding->stacked && code == OK)
        pdf_walk_found(w, ROW_P20, ACT_NEUTRALIZED, "/Filter");
    return code == OK && (keep_png || ret_coding->left == PDF_FILTER_NONE);
}

/* --- content --- */

struct content {
    struct pdf_walk *w;
    const struct pdf_value *resources;
    const struct pdf_value *outer; /* of whoever draws it: readers look there for what is missing, or NULL */
};

static const struct pdf_value *content_find(const struct content *c, const char *category, struct bytes name)
{
    const struct pdf_value *v = pdf_value_find(pdf_get_key(&c->w->pdf, c->resources, category), name);

    return v != NULL ? v : pdf_value_find(pdf_get_key(&c->w->pdf, c->outer, category), name);
}

/* A name that neither a form nor its page has may be met in a form between the two, as readers look there as well:
 * it can only lead to what passed.  A name that was there and did not pass goes. */
static bool content_has(void *ctx, enum pdf_resource kind, struct bytes name)
{
    static const struct {
        enum pdf_role role;
        const char *key;
    } categories[] = {
        [PDF_RESOURCE_XOBJECT] = {PDF_ROLE_MAP_XOBJECT, "XObject"},
        [PDF_RESOURCE_FONT] = {PDF_ROLE_MAP_FONT, "Font"},
        [PDF_RESOURCE_GSTATE] = {PDF_ROLE_MAP_GSTATE, "ExtGState"},
        [PDF_RESOURCE_COLOR_SPACE] = {PDF_ROLE_MAP_COLOR_SPACE, "ColorSpace"},
        [PDF_RESOURCE_PATTERN] = {PDF_ROLE_MAP_PATTERN, "Pattern"},
        [PDF_RESOURCE_SHADING] = {PDF_ROLE_MAP_SHADING, "Shading"},
        [PDF_RESOURCE_PROPERTIES] = {PDF_ROLE_MAP_PROPERTIES, "Properties"},
    };
    const struct content *c = ctx;

    if (pdf_walk_has(c->w, c->resources, categories[kind].role, name))
        return true;
    return c->outer != NULL && (pdf_walk_has(c->w, c->outer, categories[kind].role, name) ||
                                content_find(c, categories[kind].key, name) == NULL);
}

static unsigned content_components(void *ctx, struct bytes name)
{
    const struct content *c = ctx;

    return pdf_color_components(c->w, pdf_resolve(&c->w->pdf, content_find(c, "ColorSpace", name), NULL));
}

static bool content_hidden(void *ctx, struct bytes name)
{
    const struct content *c = ctx;

    return pdf_layer_hidden(c->w, content_find(c, "Properties", name));
}

static bool content_picture(void *ctx, struct bytes data, struct buf *out)
{
    const struct content *c = ctx;

    return pdf_image_jpeg(c->w, data, out);
}

static void report(struct pdf_walk *w, const struct pdf_token_seen *seen, bool removing)
{
    if (seen->unknown > 0)
        pdf_walk_found(w, ROW_P19, ACT_REMOVED, "content: not an operator");
    if (seen->unbalanced > 0)
        pdf_walk_found(w, ROW_P19, ACT_REBUILT, "content: not balanced");
    if (seen->missing > 0)
        pdf_walk_found(w, ROW_P19, ACT_REMOVED, "content: name not in the resources");
    if (seen->postscript > 0)
        pdf_walk_found(w, ROW_P15, ACT_REMOVED, "content: PS");
    if (seen->images > 0)
        pdf_walk_found(w, ROW_P18, ACT_REMOVED, "content: inline image");
    if (seen->hidden > 0)
        pdf_walk_found(w, ROW_P12, ACT_REMOVED, "content: hidden layer");
    if (seen->invisible > 0)
        clean_found(w->c, ROW_P25, removing ? ACT_REMOVED : ACT_KEPT, "invisible text");
    if (seen->instead > 0)
        clean_found(w->c, ROW_P25, ACT_KEPT, "replacement text");
}

void pdf_stream_content(struct pdf_walk *w, struct bytes in, const struct pdf_value *resources, struct buf *out)
{
    struct content c = {w, resources, w->resources == resources ? NULL : w->resources};
    struct pdf_token_seen seen;
    struct pdf_token_rules rules = {.ctx = &c, .picture = content_picture};

    rules.drop_invisible = profile_choice(w->c->profile, ROW_P25) == CHOICE_REMOVE;
    if (resources != NULL) {
        rules.has = content_has;
        rules.components = content_components;
        rules.hidden = content_hidden;
    }
    pdf_token_rewrite(in, &rules, out, &seen);
    report(w, &seen, rules.drop_invisible);
}

void pdf_stream_write_content(struct pdf_walk *w, uint32_t number, struct bytes content)
{
    struct buf keys, out;

    buf_init(&keys, SIZE_MAX / 2);
    buf_init(&out, PDF_STREAM_MAX);
    pdf_stream_content(w, content, w->resources, &out);
    pdf_walk_write_flate(w, number, &keys, buf_bytes(&out));
    buf_done(&out);
    buf_done(&keys);
}

/* --- by role --- */

static int64_t number_of(struct pdf_walk *w, const struct pdf_value *dict, const char *key)
{
    int64_t num;

    return pdf_value_int(pdf_get_key(&w->pdf, dict, key), &num) ? num : 0;
}

/* A sampled function has as many samples as its sizes say (ISO 32000-1 7.10.2), no more, no fewer. */
static void fit_samples(struct pdf_walk *w, const struct pdf_object *o, struct buf *data)
{
    const struct pdf_value *size = pdf_get_key(&w->pdf, &o->value, "Size"), *range = pdf_get_key(&w->pdf, &o->value, "Range");
    uint64_t want = (uint64_t)number_of(w, &o->value, "BitsPerSample");

    want = want > 32 ? 0 : want * (range == NULL ? 0 : range->count / 2);
    for (uint32_t i = 0; size != NULL && size->kind == PDF_ARRAY && i < size->count && want < SAMPLES_MAX; i++) {
        int64_t n;

        want *= pdf_value_int(pdf_resolve(&w->pdf, &size->items[i], NULL), &n) && n > 0 && n < SAMPLES_MAX ? (uint64_t)n : 0;
    }
    want = want >= SAMPLES_MAX ? 0 : (want + 7) / 8;
    if (want == 0 && data->len > 0)
        pdf_walk_found(w, ROW_P16, ACT_NEUTRALIZED, "function");
    while (data->len < want)
        buf_put_u8(data, 0);
    data->len = (size_t)want;
}

static void rewrite_calculator(struct pdf_walk *w, struct buf *data)
{
    struct buf out;

    buf_init(&out, PDF_CALC_MAX);
    if (pdf_calc_rewrite(buf_bytes(data), &out)) {
        pdf_walk_found(w, ROW_P16, ACT_NEUTRALIZED, "function");
        buf_reset(&out);
        buf_put(&out, BYTES("{}"));
    }
    buf_done(data);
    *data = out;
}

static void rewrite_cmap(struct pdf_walk *w, enum cmap_kind kind, struct buf *data, struct buf *keys)
{
    struct cmap_info info = {0};
    struct buf out;

    buf_init(&out, PDF_STREAM_MAX);
    if (cmap_rewrite(kind, buf_bytes(data), &out, &info, NULL) != OK) {
        pdf_walk_found(w, ROW_P17, ACT_NEUTRALIZED, "CMap");
        buf_reset(&out);
        if (cmap_rewrite(kind, (struct bytes){0}, &out, &info, NULL) != OK)
            buf_reset(&out);
    }
    if (kind == CMAP_ENCODING && info.uses[0] != '\0') {
        buf_put(keys, BYTES("/UseCMap"));
        pdf_write_name(keys, bytes_of(info.uses));
    }
    buf_done(data);
    *data = out;
}

static void cut(struct buf *data, size_t max)
{
    if (data->len > max)
        data->len = max;
}

static void rewrite(struct pdf_walk *w, enum pdf_role role, const struct pdf_object *o, struct buf *data, struct buf *keys)
{
    const struct pdf_value *resources = w->resources;
    struct buf out;

    switch (role) {
    case PDF_ROLE_FUNCTION_SAMPLED:
        fit_samples(w, o, data);
        return;
    case PDF_ROLE_FUNCTION_CALCULATOR:
        rewrite_calculator(w, data);
        return;
    case PDF_ROLE_LOOKUP_STREAM:
        cut(data, LOOKUP_MAX);
        return;
    case PDF_ROLE_CID_TO_GID_STREAM:
        cut(data, GID_MAP_MAX);
        return;
    case PDF_ROLE_CMAP:
        rewrite_cmap(w, CMAP_ENCODING, data, keys);
        return;
    case PDF_ROLE_TO_UNICODE_STREAM:
        rewrite_cmap(w, CMAP_TO_UNICODE, data, keys);
        return;
    case PDF_ROLE_FORM:
    case PDF_ROLE_TILING:
        /* Without resources of its own a form borrows those of whoever draws it: names cannot be checked. */
        resources = pdf_get_key(&w->pdf, &o->value, "Resources");
        break;
    case PDF_ROLE_CONTENT:
    case PDF_ROLE_CHAR_PROC:
        break;
    default:
        return;
    }
    buf_init(&out, PDF_STREAM_MAX);
    pdf_stream_content(w, buf_bytes(data), resources, &out);
    buf_done(data);
    *data = out;
}

void pdf_stream_write(struct pdf_walk *w, uint32_t number, enum pdf_role role, const struct pdf_object *o)
{
    struct pdf_coding coding = {0};
    struct buf keys, data;

    buf_init(&keys, SIZE_MAX / 2);
    buf_init(&data, PDF_STREAM_MAX);
    if (role == PDF_ROLE_FORM && number_of(w, &o->value, "FormType") != 0 && number_of(w, &o->value, "FormType") != 1)
        pdf_walk_found(w, ROW_P19, ACT_KEPT, "/FormType");
    pdf_walk_pairs(w, &keys, &o->value, role);
    if (!pdf_stream_data(w, o, false, &data, &coding))
        buf_reset(&data);
    rewrite(w, role, o, &data, &keys);
    pdf_walk_write_flate(w, number, &keys, buf_bytes(&data));
    buf_done(&data);
    buf_done(&keys);
}

/* --- eager ones --- */

static uint32_t eager_icc(struct pdf_walk *w, const struct pdf_object *o)
{
    struct pdf_coding coding = {0};
    int64_t n = number_of(w, &o->value, "N");
    struct buf keys, data;
    uint32_t number = 0;

    buf_init(&keys, SIZE_MAX / 2);
    buf_init(&data, PDF_STREAM_MAX);
    if (pdf_stream_data(w, o, false, &data, &coding) && (n == 1 || n == 3 || n == 4) &&
        pdf_icc_fits(buf_bytes(&data), (unsigned)n)) {
        struct reader r = reader_of(buf_bytes(&data));

        number = pdf_walk_number(w);
        pdf_walk_pairs(w, &keys, &o->value, PDF_ROLE_ICC);
        cut(&data, reader_u32be(&r));
        pdf_walk_write_flate(w, number, &keys, buf_bytes(&data));
    }
    buf_done(&data);
    buf_done(&keys);
    return number;
}

static enum font_kind font_said(struct pdf_walk *w, const struct pdf_object *o, struct bytes data)
{
    const struct pdf_value *subtype = pdf_get_key(&w->pdf, &o->value, "Subtype");

    if (pdf_value_is_name(subtype, "Type1C"))
        return FONT_CFF;
    if (pdf_value_is_name(subtype, "CIDFontType0C"))
        return FONT_CID_CFF;
    if (pdf_value_is_name(subtype, "OpenType"))
        return FONT_OPENTYPE;
    return data.len > 1 && ((data.at[0] == '%' && data.at[1] == '!') || data.at[0] == 0x80) ? FONT_TYPE1 : FONT_TRUETYPE;
}

static void font_keys(const struct font_info *info, struct buf *keys)
{
    switch (info->kind) {
    case FONT_TYPE1:
        buf_putf(keys, "/Length1 %u/Length2 %u/Length3 %u", info->lengths[0], info->lengths[1], info->lengths[2]);
        break;
    case FONT_TRUETYPE:
        buf_putf(keys, "/Length1 %u", info->lengths[0]);
        break;
    case FONT_CFF:
        buf_put(keys, BYTES("/Subtype/Type1C"));
        break;
    case FONT_CID_CFF:
        buf_put(keys, BYTES("/Subtype/CIDFontType0C"));
        break;
    case FONT_OPENTYPE:
        buf_put(keys, BYTES("/Subtype/OpenType"));
        break;
    }
}

static struct bytes id_bytes(struct pdf_id_key *key)
{
    return (struct bytes){key->at, sizeof(key->at)};
}

struct bytes pdf_stream_font_key(struct pdf_walk *w, const struct pdf_object *o)
{
    struct pdf_id_key key = pdf_walk_id(o->id);
    const char *name = map_get(&w->font_keys, id_bytes(&key));

    return bytes_of(name == NULL ? "FontFile" : name);
}

static uint32_t eager_font(struct pdf_walk *w, const struct pdf_object *o)
{
    static const char *const names[] = {[FONT_TYPE1] = "FontFile", [FONT_TRUETYPE] = "FontFile2", [FONT_CFF] = "FontFile3",
                                        [FONT_CID_CFF] = "FontFile3", [FONT_OPENTYPE] = "FontFile3"};
    struct pdf_id_key key = pdf_walk_id(o->id);
    struct pdf_coding coding = {0};
    struct font_info info;
    struct buf keys, data, program;
    struct fault why = {0};
    uint32_t number = 0;

    buf_init(&keys, SIZE_MAX / 2);
    buf_init(&data, PDF_STREAM_MAX);
    buf_init(&program, PDF_STREAM_MAX);
    if (pdf_stream_data(w, o, false, &data, &coding) &&
        font_check(font_said(w, o, buf_bytes(&data)), buf_bytes(&data), &program, &info, &why) == OK) {
        number = pdf_walk_number(w);
        font_keys(&info, &keys);
        *map_at(&w->font_keys, id_bytes(&key)) = (void *)(uintptr_t)names[info.kind];
        pdf_walk_write_flate(w, number, &keys, buf_bytes(&program));
    } else {
        pdf_walk_found(w, ROW_P17, ACT_REMOVED, "font program");
    }
    buf_done(&program);
    buf_done(&data);
    buf_done(&keys);
    return number;
}

uint32_t pdf_stream_eager(struct pdf_walk *w, enum pdf_role role, const struct pdf_object *o)
{
    switch (role) {
    case PDF_ROLE_ICC:
        return eager_icc(w, o);
    case PDF_ROLE_FONT_PROGRAM:
        return eager_font(w, o);
    default:
        return pdf_image_eager(w, role, o);
    }
}
