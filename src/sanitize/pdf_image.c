#include "format/fax.h"
#include "format/jbig2.h"
#include "format/jpeg.h"
#include "format/jpeg_make.h"
#include "format/jpx.h"
#include "format/pdf_predict.h"
#include "sanitize/pdf_part.h"

/* Pictures: decoded as far as their coding is risky, measured, and written with what was measured. */

enum { SIDE_MAX = 1 << 17, SMALL = 32 };

struct picture {
    struct pdf_walk *w;
    const struct pdf_object *object;
    const struct pdf_value *dict;
    int64_t width, height, bits;
    unsigned components;
    bool mask;                /* /ImageMask true: one bit, no colours */
    bool has_space;           /* the dictionary's colour space passes */
    const char *space;        /* device space to be written instead of the dictionary's, or NULL */
    bool no_decode;           /* /Decode has done its work, or never applied */
    struct pdf_coding coding;
    struct buf data;
    struct buf alpha;         /* opacity found inside, 8 or 16 bits as the picture */
    bool jpeg;
    int64_t transform;        /* /ColorTransform, or -1 */
};

static int64_t int_of(struct picture *p, const struct pdf_value *dict, const char *key, int64_t otherwise)
{
    int64_t num;

    return pdf_value_int(pdf_get_key(&p->w->pdf, dict, key), &num) ? num : otherwise;
}

static bool bool_of(struct picture *p, const struct pdf_value *dict, const char *key, bool otherwise)
{
    const struct pdf_value *v = pdf_get_key(&p->w->pdf, dict, key);

    return v == NULL || v->kind != PDF_BOOL ? otherwise : v->num != 0;
}

static const char *device(unsigned components)
{
    return components == 4 ? "/DeviceCMYK" : components == 3 ? "/DeviceRGB" : components == 1 ? "/DeviceGray" : NULL;
}

static bool size_fits(const struct picture *p)
{
    return p->width > 0 && p->width <= SIDE_MAX && p->height > 0 && p->height <= SIDE_MAX;
}

static size_t row_bytes(const struct picture *p)
{
    return ((size_t)p->width * p->components * (size_t)p->bits + 7) / 8;
}

/* Exactly as many bytes as the rows take: what is missing is zero. */
static bool fit(struct picture *p, size_t want)
{
    if (want > PDF_STREAM_MAX)
        return false;
    if (p->data.len < want) {
        size_t missing = want - p->data.len;
        uint8_t *room = buf_room(&p->data, missing);

        if (room == NULL)
            return false;
        memset(room, 0, missing);
        buf_grew(&p->data, missing);
    }
    p->data.len = want;
    return true;
}

/* Rows with a PNG predictor stay as they are when they are the rows of this picture. */
static bool png_rows_fit(const struct picture *p)
{
    const struct pdf_predictor *r = &p->coding.predictor;

    return r->colors == p->components && r->bits == p->bits && r->columns == p->width;
}

static bool take_samples(struct picture *p)
{
    if (!p->mask && p->components == 0) {
        /* The colour space says nothing: the length of the data may. */
        uint64_t pixels = (uint64_t)p->width * (uint64_t)p->height * (uint64_t)p->bits / 8;
        uint64_t guess = pixels == 0 ? 0 : p->data.len / pixels;

        p->components = guess == 1 || guess == 3 || guess == 4 ? (unsigned)guess : 0;
        p->space = device(p->components);
    }
    if (p->components == 0 || (p->bits != 1 && p->bits != 2 && p->bits != 4 && p->bits != 8 && p->bits != 16))
        return false;
    if (p->coding.png && png_rows_fit(p)) {
        size_t row = row_bytes(p) + 1;

        if (!fit(p, row * (size_t)p->height))
            return false;
        for (size_t at = 0; at < p->data.len; at += row)
            p->data.at[at] = p->data.at[at] > 4 ? 0 : p->data.at[at];
        return true;
    }
    if (p->coding.png)
        pdf_predict_undo(&p->coding.predictor, &p->data);
    p->coding.png = false;
    return fit(p, row_bytes(p) * (size_t)p->height);
}

static void become(struct picture *p, struct buf *take_data)
{
    buf_done(&p->data);
    p->data = *take_data;
    *take_data = (struct buf){0};
    p->coding.png = false;
    pdf_walk_found(p->w, ROW_P18, ACT_REBUILT, "image");
}

/* Bits are one component, whatever the colour space said; a space of another shape would be read anew next time. */
static void become_bits(struct picture *p, struct buf *take_bits)
{
    if (!p->mask && p->components != 1)
        p->space = device(1);
    p->bits = 1;
    p->components = 1;
    become(p, take_bits);
}

static bool take_fax(struct picture *p)
{
    const struct pdf_value *parms = p->coding.parms;
    struct fax_params fax;
    struct buf bits;
    bool fine;

    fax_params_default(&fax);
    fax.k = (int32_t)int_of(p, parms, "K", 0);
    fax.columns = (uint32_t)int_of(p, parms, "Columns", 1728);
    fax.rows = (uint32_t)p->height;
    fax.black_is_1 = bool_of(p, parms, "BlackIs1", false);
    fax.byte_align = bool_of(p, parms, "EncodedByteAlign", false);
    fax.end_of_line = bool_of(p, parms, "EndOfLine", false);
    fax.end_of_block = bool_of(p, parms, "EndOfBlock", true);
    buf_init(&bits, PDF_STREAM_MAX);
    fine = fax.columns <= SIDE_MAX && fax_decode(buf_bytes(&p->data), &fax, &bits, NULL) == OK;
    if (fine) {
        p->width = fax.columns;
        become_bits(p, &bits);
        fine = fit(p, row_bytes(p) * (size_t)p->height);
    }
    buf_done(&bits);
    return fine;
}

static bool take_jbig2(struct picture *p)
{
    const struct pdf_object *globals = NULL;
    struct pdf_coding coding = {0};
    struct buf shared, bits;
    bool fine;

    buf_init(&shared, PDF_STREAM_MAX);
    buf_init(&bits, PDF_STREAM_MAX);
    (void)pdf_resolve(&p->w->pdf, pdf_value_get(p->coding.parms, "JBIG2Globals"), &globals);
    if (globals != NULL && globals->stream)
        (void)pdf_stream_data(p->w, globals, false, &shared, &coding);
    fine = jbig2_decode(buf_bytes(&shared), buf_bytes(&p->data), (uint32_t)p->width, (uint32_t)p->height, &bits, NULL) == OK;
    if (fine)
        become_bits(p, &bits);
    buf_done(&bits);
    buf_done(&shared);
    return fine;
}

static bool is_indexed(struct picture *p)
{
    return p->has_space && p->components == 1 &&
           pdf_color_indexed(p->w, pdf_get_key(&p->w->pdf, p->dict, "ColorSpace"));
}

/* Samples of few bits come scaled up to bytes; as places in a table of colours they are what they were. */
static void scale_back(struct buf *samples, uint32_t depth)
{
    unsigned top = (1u << depth) - 1;

    for (size_t i = 0; i < samples->len; i++)
        samples->at[i] = (uint8_t)((samples->at[i] * top + 127) / 255);
}

static bool take_jpx(struct picture *p)
{
    struct jpx_image image;
    struct buf samples;
    bool fine;

    buf_init(&samples, PDF_STREAM_MAX);
    fine = jpx_decode(buf_bytes(&p->data), p->w->c->budget->pixels, &image, &samples, &p->alpha, NULL) == OK;
    if (fine) {
        p->width = image.width;
        p->height = image.height;
        p->bits = image.bits;
        if (p->components != image.colours)
            p->space = device(image.colours);
        p->components = image.colours;
        if (p->space == NULL && image.depth < 8 && is_indexed(p))
            scale_back(&samples, image.depth);
        p->no_decode = true;
        if (!image.alpha || int_of(p, p->dict, "SMaskInData", 0) == 0)
            buf_reset(&p->alpha);
        become(p, &samples);
    }
    buf_done(&samples);
    return fine && (p->space != NULL || p->mask || p->has_space);
}

static bool rebuild_jpeg(struct pdf_walk *w, struct bytes in, struct jpeg_info *ret_info, struct buf *out)
{
    struct jpeg_options options = {.keep_colours = true, .pixels_max = w->c->budget->pixels};
    struct sink sink = sink_to_buf(out);

    return jpeg_rebuild(in, &options, &sink, ret_info, NULL) == OK;
}

bool pdf_image_jpeg(struct pdf_walk *w, struct bytes data, struct buf *out)
{
    struct jpeg_info info;

    return rebuild_jpeg(w, data, &info, out);
}

/* A photograph out of a JPX stream stays small as JPEG when that is shorter than its samples packed; the file goes
 * through jpeg_rebuild() at once, so that the next pass has nothing to change. */
static void shrink(struct picture *p)
{
    struct buf packed, made, out;
    struct jpeg_info info;

    if (p->bits != 8 || p->mask || is_indexed(p) || (p->components != 1 && p->components != 3) || p->width < SMALL ||
        p->height < SMALL)
        return;
    buf_init(&packed, PDF_STREAM_MAX);
    buf_init(&made, PDF_STREAM_MAX);
    buf_init(&out, PDF_STREAM_MAX);
    deflate_pack(&p->w->deflate, buf_bytes(&p->data), &packed);
    if (jpeg_make(buf_bytes(&p->data), (uint32_t)p->width, (uint32_t)p->height, p->components, &made, NULL) == OK &&
        made.len < packed.len && rebuild_jpeg(p->w, buf_bytes(&made), &info, &out)) {
        buf_done(&p->data);
        p->data = TAKE(out, (struct buf){0});
        p->jpeg = true;
    }
    buf_done(&out);
    buf_done(&made);
    buf_done(&packed);
}

static bool take_jpeg(struct picture *p)
{
    struct jpeg_info info;
    struct buf made;
    bool fine;

    buf_init(&made, PDF_STREAM_MAX);
    fine = rebuild_jpeg(p->w, buf_bytes(&p->data), &info, &made);
    if (fine) {
        p->width = info.width;
        p->height = info.height;
        p->bits = 8;
        p->jpeg = true;
        p->transform = int_of(p, p->coding.parms, "ColorTransform", -1);
        if (!p->mask && !p->has_space)
            p->space = device(info.components);
        buf_done(&p->data);
        p->data = made;
    } else {
        buf_done(&made);
    }
    return fine;
}

static bool take(struct picture *p)
{
    switch (p->coding.left) {
    case PDF_FILTER_NONE:
        return size_fits(p) && take_samples(p);
    case PDF_FILTER_CCITT:
        return size_fits(p) && take_fax(p);
    case PDF_FILTER_JBIG2:
        return size_fits(p) && take_jbig2(p);
    case PDF_FILTER_JPX:
        if (!take_jpx(p))
            return false;
        shrink(p);
        return true;
    case PDF_FILTER_DCT:
        return take_jpeg(p);
    default:
        return false;
    }
}

static void put_size(const struct picture *p, struct buf *keys)
{
    buf_putf(keys, "/BitsPerComponent %d/Height %d/Subtype/Image/Type/XObject/Width %d", (int)p->bits, (int)p->height,
             (int)p->width);
}

/* Opacity that came inside a JPX picture becomes a mask of its own. */
static uint32_t write_alpha(struct picture *p)
{
    struct picture mask = *p;
    struct buf keys;
    uint32_t number = pdf_walk_number(p->w);

    buf_init(&keys, SIZE_MAX / 2);
    buf_put(&keys, BYTES("/ColorSpace/DeviceGray"));
    put_size(&mask, &keys);
    pdf_walk_write_flate(p->w, number, &keys, buf_bytes(&p->alpha));
    buf_done(&keys);
    return number;
}

static void put_keys(struct picture *p, enum pdf_role role, struct buf *keys)
{
    struct pdf_walk *w = p->w;
    const struct pdf_value *decode = pdf_get_key(&w->pdf, p->dict, "Decode");

    if (!p->mask && p->space != NULL) {
        buf_put(keys, BYTES("/ColorSpace"));
        buf_put_text(keys, p->space);
    } else if (p->has_space) {
        (void)pdf_walk_pair(w, keys, BYTES("ColorSpace"), pdf_value_get(p->dict, "ColorSpace"), PDF_ROLE_COLOR_SPACE);
    }
    if (decode != NULL && !p->no_decode)
        (void)pdf_walk_pair(w, keys, BYTES("Decode"), pdf_value_get(p->dict, "Decode"), PDF_ROLE_NUMS);
    pdf_walk_pairs(w, keys, p->dict, role);
    if (role == PDF_ROLE_IMAGE && p->alpha.len > 0) {
        buf_put(keys, BYTES("/SMask"));
        pdf_write_ref(keys, write_alpha(p));
    } else if (role == PDF_ROLE_IMAGE && pdf_value_get(p->dict, "SMask") != NULL) {
        (void)pdf_walk_pair(w, keys, BYTES("SMask"), pdf_value_get(p->dict, "SMask"), PDF_ROLE_MASK_IMAGE);
    }
    put_size(p, keys);
}

static uint32_t write_picture(struct picture *p, enum pdf_role role)
{
    uint32_t number = pdf_walk_number(p->w);
    struct buf keys;

    buf_init(&keys, SIZE_MAX / 2);
    put_keys(p, role, &keys);
    if (p->coding.png)
        buf_putf(&keys, "/DecodeParms<</BitsPerComponent %d/Colors %u/Columns %d/Predictor 15>>", (int)p->bits,
                 p->components, (int)p->width);
    if (!p->jpeg) {
        pdf_walk_write_flate(p->w, number, &keys, buf_bytes(&p->data));
    } else {
        if (p->transform == 0 || p->transform == 1)
            buf_putf(&keys, "/DecodeParms<</ColorTransform %d>>", (int)p->transform);
        buf_put(&keys, BYTES("/Filter/DCTDecode"));
        if (p->w->err == OK)
            pdf_walk_fail(p->w, pdf_write_stream(&p->w->out, number, buf_bytes(&keys), buf_bytes(&p->data), p->w->why));
    }
    buf_done(&keys);
    return number;
}

static bool space_passes(struct picture *p)
{
    const struct pdf_object *o;
    const struct pdf_value *v = pdf_resolve(&p->w->pdf, pdf_value_get(p->dict, "ColorSpace"), &o);

    return v != NULL && pdf_pick_role(p->w, PDF_ROLE_COLOR_SPACE, v, o) != PDF_ROLE_NONE;
}

uint32_t pdf_image_eager(struct pdf_walk *w, enum pdf_role role, const struct pdf_object *o)
{
    struct picture p = {.w = w, .object = o, .dict = &o->value, .transform = -1};
    const struct pdf_object *outer = w->from;
    uint32_t number = 0;

    w->from = o;
    buf_init(&p.data, PDF_STREAM_MAX);
    buf_init(&p.alpha, PDF_STREAM_MAX);
    p.width = int_of(&p, p.dict, "Width", 0);
    p.height = int_of(&p, p.dict, "Height", 0);
    p.mask = bool_of(&p, p.dict, "ImageMask", false);
    p.bits = p.mask ? 1 : int_of(&p, p.dict, "BitsPerComponent", 8);
    p.has_space = !p.mask && space_passes(&p);
    p.components = p.mask ? 1 : !p.has_space ? 0 : pdf_color_components(w, pdf_get_key(&w->pdf, p.dict, "ColorSpace"));
    /* The limit is of one picture: a scanned document has hundreds of pages, each within it. */
    if (size_fits(&p) && (uint64_t)p.width * (uint64_t)p.height > w->c->budget->pixels)
        pdf_walk_fail(w, fault_set(w->why, ERR_LIMIT, "I08", "profile limit pixels", 0, "a picture of %lld × %lld pixels",
                                   (long long)p.width, (long long)p.height));
    if (w->err == OK && pdf_stream_data(w, o, true, &p.data, &p.coding) && take(&p))
        number = write_picture(&p, role);
    else
        pdf_walk_found(w, ROW_P18, ACT_REMOVED, "image");
    buf_done(&p.alpha);
    buf_done(&p.data);
    w->from = outer;
    return number;
}
