#include "format/jpx.h"

#include <openjpeg.h>

#include "base/arena.h"
#include "format/be.h"

enum { COMPONENTS_MAX = 5, TILES_MAX = 8192, SIZ_LEN = 38, STREAM_CHUNK = 1 << 20 };

static enum err malformed(const char *what, struct fault *why)
{
    (void)fault_set(why, ERR_MALFORMED, "P18", "ISO/IEC 15444-1", 0, "JPEG 2000: %s", what);
    return ERR_MALFORMED;
}

/* The code stream: the input itself, or the first jp2c box of a JP2 file; empty when there is none. */
static struct bytes code_stream(struct bytes in)
{
    size_t at = 0;

    if (bytes_starts(in, BYTES("\xFF\x4F\xFF\x51")))
        return in;
    while (in.len >= 8 && at <= in.len - 8) {
        uint64_t len = be_u32(in, at), head = 8;

        if (len == 1) {
            len = (uint64_t)be_u32(in, at + 8) << 32 | be_u32(in, at + 12);
            head = 16;
        } else if (len == 0) {
            len = in.len - at;
        }
        if (len < head || len > in.len - at)
            len = in.len - at; /* the last box may be cut */
        if (bytes_equal(bytes_part(in, at + 4, 4), BYTES("jp2c")))
            return bytes_part(in, at + head, len < head ? 0 : len - head);
        at += len;
    }
    return (struct bytes){0};
}

static uint64_t tiles_along(uint32_t end, uint32_t first, uint32_t size)
{
    return size == 0 || first > end ? UINT64_MAX / 4 : ((uint64_t)end - first + size - 1) / size;
}

/* Refuse by the header alone what would cost too much. */
static enum err check_size(struct bytes in, uint64_t max_pixels, struct fault *why)
{
    struct bytes s = code_stream(in), siz = bytes_from(s, 4);
    uint32_t right = be_u32(siz, 4), bottom = be_u32(siz, 8), left = be_u32(siz, 12), top = be_u32(siz, 16);
    uint64_t across = tiles_along(right, be_u32(siz, 28), be_u32(siz, 20));
    uint64_t down = tiles_along(bottom, be_u32(siz, 32), be_u32(siz, 24));
    uint64_t pixels;

    if (!bytes_starts(s, BYTES("\xFF\x4F\xFF\x51")) || siz.len < SIZ_LEN)
        return fault_set(why, ERR_UNSUPPORTED, "P18", "ISO/IEC 15444-1 A.5.1", 0, "not a JPEG 2000 picture");
    if (left >= right || top >= bottom)
        return malformed("picture of no size", why);
    if (__builtin_mul_overflow((uint64_t)right - left, (uint64_t)bottom - top, &pixels) || pixels > max_pixels)
        return fault_set(why, ERR_LIMIT, "P18", "ISO/IEC 15444-1 A.5.1", 0, "JPEG 2000 picture of %u x %u",
                         right - left, bottom - top);
    if (across > TILES_MAX || down > TILES_MAX || across * down > TILES_MAX)
        return fault_set(why, ERR_LIMIT, "P18", "ISO/IEC 15444-1 A.5.1", 0, "JPEG 2000 picture of too many tiles");
    if (be_u16(siz, 36) == 0 || be_u16(siz, 36) > COMPONENTS_MAX)
        return fault_set(why, ERR_UNSUPPORTED, "P18", "ISO/IEC 15444-1 A.5.1", 0, "JPEG 2000 picture of %u components",
                         be_u16(siz, 36));
    return OK;
}

/* The input as the library's stream. */
static OPJ_SIZE_T stream_read(void *to, OPJ_SIZE_T len, void *ctx)
{
    struct reader *r = ctx;

    if (len > reader_left(r))
        len = reader_left(r);
    if (len == 0)
        return (OPJ_SIZE_T)-1;
    memcpy(to, r->in.at + r->at, len);
    r->at += len;
    return len;
}

static OPJ_OFF_T stream_skip(OPJ_OFF_T len, void *ctx)
{
    struct reader *r = ctx;

    if (len < 0 || (uint64_t)len > reader_left(r))
        return -1;
    r->at += (size_t)len;
    return len;
}

static OPJ_BOOL stream_seek(OPJ_OFF_T at, void *ctx)
{
    struct reader *r = ctx;

    if (at < 0 || (uint64_t)at > r->in.len)
        return OPJ_FALSE;
    r->at = (size_t)at;
    return OPJ_TRUE;
}

static opj_stream_t *stream_open(struct reader *r)
{
    opj_stream_t *s = opj_stream_create(STREAM_CHUNK, OPJ_TRUE);

    if (s == NULL)
        return NULL;
    opj_stream_set_user_data(s, r, NULL);
    opj_stream_set_user_data_length(s, r->in.len);
    opj_stream_set_read_function(s, stream_read);
    opj_stream_set_skip_function(s, stream_skip);
    opj_stream_set_seek_function(s, stream_seek);
    return s;
}

/* What the library needs for one picture, closed together. */
struct job {
    opj_stream_t *stream;
    opj_codec_t *codec;
    opj_image_t *image;
};

static void job_done(struct job *j)
{
    if (j->image != NULL)
        opj_image_destroy(j->image);
    if (j->codec != NULL)
        opj_destroy_codec(j->codec);
    if (j->stream != NULL)
        opj_stream_destroy(j->stream);
}

/* Decode; a picture that ends early is given out as far as it goes, as viewers do. */
static enum err run(struct job *j, struct reader *r, struct fault *why)
{
    opj_dparameters_t params;
    bool bare = bytes_starts(r->in, BYTES("\xFF\x4F"));

    opj_set_default_decoder_parameters(&params);
    j->stream = stream_open(r);
    j->codec = opj_create_decompress(bare ? OPJ_CODEC_J2K : OPJ_CODEC_JP2);
    if (j->stream == NULL || j->codec == NULL || !opj_setup_decoder(j->codec, &params))
        return malformed("the decoder does not start", why);
    (void)opj_decoder_set_strict_mode(j->codec, OPJ_FALSE);
    if (!opj_read_header(j->stream, j->codec, &j->image) || j->image == NULL)
        return malformed("damaged header", why);
    if (!opj_decode(j->codec, j->stream, j->image))
        return malformed("damaged picture", why);
    return OK;
}

/* Which components are colours, which one opacity. */
struct channels {
    const opj_image_comp_t *colour[COMPONENTS_MAX];
    const opj_image_comp_t *alpha;
    uint32_t colours, depth;
};

static enum err check_components(const opj_image_t *image, uint64_t max_pixels, struct fault *why)
{
    if (image->numcomps == 0 || image->numcomps > COMPONENTS_MAX)
        return malformed("number of components", why);
    for (uint32_t i = 0; i < image->numcomps; i++) {
        const opj_image_comp_t *c = &image->comps[i];

        if (c->data == NULL || c->w == 0 || c->h == 0 || c->prec == 0 || c->prec > 31 ||
            (uint64_t)c->w * c->h > max_pixels)
            return malformed("component without samples", why);
    }
    return OK;
}

static enum err sort_channels(const opj_image_t *image, struct channels *ret, struct fault *why)
{
    for (uint32_t i = 0; i < image->numcomps; i++) {
        const opj_image_comp_t *c = &image->comps[i];

        if (c->alpha == 0)
            ret->colour[ret->colours++] = c;
        else if (ret->alpha == NULL && c->alpha <= 2)
            ret->alpha = c;
        if (c->prec > ret->depth)
            ret->depth = c->prec;
    }
    /* Without a word on opacity: a fourth component beside RGB, a second beside grey, a fifth beside CMYK. */
    if (ret->alpha == NULL &&
        (ret->colours == 2 || ret->colours == 5 || (ret->colours == 4 && image->color_space == OPJ_CLRSPC_SRGB)))
        ret->alpha = ret->colour[--ret->colours];
    if (ret->colours == 0 || ret->colours == 2 || ret->colours > 4)
        return fault_set(why, ERR_UNSUPPORTED, "P18", "ISO 32000-2 7.4.9", 0, "JPEG 2000 with %u colours",
                         ret->colours);
    return OK;
}

static enum jpx_space space_of(const opj_image_t *image, uint32_t colours)
{
    if (image->color_space == OPJ_CLRSPC_GRAY && colours == 1)
        return JPX_GRAY;
    if ((image->color_space == OPJ_CLRSPC_SRGB || image->color_space == OPJ_CLRSPC_SYCC) && colours == 3)
        return JPX_RGB;
    if (image->color_space == OPJ_CLRSPC_CMYK && colours == 4)
        return JPX_CMYK;
    return JPX_UNKNOWN;
}

/* The sample of a component at a pixel of the picture, without sign. */
static int64_t sample(const opj_image_comp_t *c, uint32_t x, uint32_t y, const struct jpx_image *p)
{
    uint64_t column = c->w == p->width ? x : (uint64_t)x * c->w / p->width;
    uint64_t row = c->h == p->height ? y : (uint64_t)y * c->h / p->height;
    int64_t v = c->data[row * c->w + column], top = ((int64_t)1 << c->prec) - 1;

    if (c->sgnd)
        v += (int64_t)1 << (c->prec - 1);
    return v < 0 ? 0 : v > top ? top : v;
}

static uint32_t scaled(int64_t v, uint32_t depth, uint32_t bits)
{
    int64_t from = ((int64_t)1 << depth) - 1, to = ((int64_t)1 << bits) - 1;

    return (uint32_t)(depth == bits ? v : (v * to + from / 2) / from);
}

static uint8_t *put_sample(uint8_t *at, uint32_t v, uint32_t bits)
{
    if (bits == 16)
        *at++ = (uint8_t)(v >> 8);
    *at++ = (uint8_t)v;
    return at;
}

static uint32_t clamped(double v, double top)
{
    return (uint32_t)(v < 0 ? 0 : v > top ? top : v + 0.5);
}

/* sYCC to sRGB (IEC 61966-2-1 amendment 1), on samples already scaled to `bits`. */
static void to_rgb(uint32_t *v, uint32_t bits)
{
    double top = (double)((1u << bits) - 1), y = v[0], cb = v[1] - (double)(1u << (bits - 1)),
           cr = v[2] - (double)(1u << (bits - 1));

    v[0] = clamped(y + 1.402 * cr, top);
    v[1] = clamped(y - 0.344136 * cb - 0.714136 * cr, top);
    v[2] = clamped(y + 1.772 * cb, top);
}

static void put_row(const struct channels *c, const struct jpx_image *p, bool sycc, uint32_t y, uint8_t *at,
                    uint8_t *alpha)
{
    for (uint32_t x = 0; x < p->width; x++) {
        uint32_t v[COMPONENTS_MAX];

        for (uint32_t i = 0; i < c->colours; i++)
            v[i] = scaled(sample(c->colour[i], x, y, p), c->colour[i]->prec, p->bits);
        if (sycc)
            to_rgb(v, p->bits);
        for (uint32_t i = 0; i < c->colours; i++)
            at = put_sample(at, v[i], p->bits);
        if (c->alpha != NULL)
            alpha = put_sample(alpha, scaled(sample(c->alpha, x, y, p), c->alpha->prec, p->bits), p->bits);
    }
}

static enum err put_all(const struct channels *c, const struct jpx_image *p, bool sycc, struct buf *samples,
                        struct buf *alpha, struct fault *why)
{
    size_t alpha_row = (size_t)p->width * (p->bits / 8), row = alpha_row * p->colours;

    for (uint32_t y = 0; y < p->height; y++) {
        uint8_t *at = buf_room(samples, row), *beside = c->alpha != NULL ? buf_room(alpha, alpha_row) : NULL;

        if (at == NULL || (c->alpha != NULL && beside == NULL))
            break;
        put_row(c, p, sycc, y, at, beside);
        buf_grew(samples, row);
        if (c->alpha != NULL)
            buf_grew(alpha, alpha_row);
    }
    TRY(buf_check(samples, why));
    return buf_check(alpha, why);
}

enum err jpx_decode(struct bytes in, uint64_t max_pixels, struct jpx_image *ret_image, struct buf *ret_samples,
                    struct buf *ret_alpha, struct fault *why)
{
    _cleanup_(job_done) struct job j = {0};
    struct reader r = reader_of(in);
    struct channels c = {0};
    struct jpx_image p = {0};

    TRY(check_size(in, max_pixels, why));
    TRY(run(&j, &r, why));
    TRY(check_components(j.image, max_pixels, why));
    TRY(sort_channels(j.image, &c, why));
    p = (struct jpx_image){.width = j.image->comps[0].w,
                           .height = j.image->comps[0].h,
                           .colours = c.colours,
                           .depth = c.depth,
                           .bits = c.depth <= 8 ? 8 : 16,
                           .space = space_of(j.image, c.colours),
                           .alpha = c.alpha != NULL,
                           .premultiplied = c.alpha != NULL && c.alpha->alpha == 2};
    TRY(put_all(&c, &p, j.image->color_space == OPJ_CLRSPC_SYCC && c.colours == 3, ret_samples, ret_alpha, why));
    *ret_image = p;
    return OK;
}
