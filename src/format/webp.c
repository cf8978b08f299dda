#include "format/webp.h"

#include <webp/decode.h>
#include <webp/encode.h>

#include "base/limit.h"
#include "format/icc.h"
#include "format/vp8.h"
#include "format/webp_box.h"

enum { SIDE_MAX = 16383, RIFF_HEADER = 12, FLAGS_AT = 20, FLAG_ANIMATION = 2, FLAG_ALPHA = 16, QUALITY = 90,
       LOSSLESS_HEAD = 8 + 5 /* of a VP8L chunk: name, length, signature and size */ };

struct job {
    struct webp_info info;
    struct webp_box box;
    struct icc *icc;
    uint64_t pixels_max;
    bool alpha; /* some pixel of some frame is not opaque */
    struct buf out;
    struct fault *why;
};

static enum err damaged(struct job *j, const char *what)
{
    return fault_set(j->why, ERR_MALFORMED, NULL, "RFC 9649", 0, "%s", what);
}

/* Ask the size and spend it, before anything is decoded. */
static enum err spend(struct job *j, struct bytes data, WebPBitstreamFeatures *ret_features)
{
    WebPBitstreamFeatures f;

    if (WebPGetFeatures(data.at, data.len, &f) != VP8_STATUS_OK || f.has_animation)
        return damaged(j, "a picture has no valid header");
    j->info.frames++;
    j->info.pixels += (uint64_t)f.width * (uint64_t)f.height;
    if (j->info.frames > WEBP_FRAMES_MAX || j->info.pixels > j->pixels_max)
        return fault_set(j->why, ERR_LIMIT, "I08", "profile limit pixels", 0, "%d × %d pixels in frame %u", f.width,
                         f.height, j->info.frames);
    *ret_features = f;
    return OK;
}

static enum err decode(struct job *j, struct bytes data, const WebPBitstreamFeatures *f, struct pixels *ret_pixels)
{
    struct pixels p = {0};

    TRY(pixels_init(&p, (uint32_t)f->width, (uint32_t)f->height, 4, 8, j->why));
    if (WebPDecodeRGBAInto(data.at, data.len, p.at, pixels_stride(&p) * p.height, (int)pixels_stride(&p)) == NULL) {
        pixels_done(&p);
        return damaged(j, "the pixels cannot be decoded");
    }
    *ret_pixels = p;
    return OK;
}

static bool is_opaque(const struct pixels *p)
{
    size_t count = (size_t)p->width * p->height;

    for (size_t i = 0; i < count; i++)
        if (p->at[i * 4 + 3] != 255)
            return false;
    return true;
}

static int put_coded(const uint8_t *data, size_t len, const WebPPicture *picture)
{
    buf_put(picture->custom_ptr, (struct bytes){data, len});
    return 1;
}

/* Effort by size, so that a large picture stays within its time. */
static int effort(const struct pixels *p)
{
    uint64_t count = (uint64_t)p->width * p->height;

    return count < 1000000 ? 3 : count < 4000000 ? 1 : 0;
}

/* Code pixels as a WebP file; swallows them. */
static enum err encode(struct job *j, struct pixels *take_pixels, bool lossy, struct buf *out)
{
    WebPConfig config;
    WebPPicture picture;
    int done;

    if (!WebPConfigInit(&config) || !WebPPictureInit(&picture))
        limit_exit();
    config.quality = QUALITY;
    if (!lossy && !WebPConfigLosslessPreset(&config, effort(take_pixels)))
        limit_exit();
    config.exact = 1;
    picture.use_argb = !lossy;
    picture.width = (int)take_pixels->width;
    picture.height = (int)take_pixels->height;
    picture.writer = put_coded;
    picture.custom_ptr = out;
    if (!WebPPictureImportRGBA(&picture, take_pixels->at, (int)pixels_stride(take_pixels)))
        limit_exit();
    pixels_done(take_pixels);
    done = WebPEncode(&config, &picture);
    WebPPictureFree(&picture);
    if (!done && picture.error_code == VP8_ENC_ERROR_OUT_OF_MEMORY)
        limit_exit();
    return done ? OK : damaged(j, "the picture cannot be coded");
}

/* --- chunks of one picture --- */

static void put_chunk(struct buf *b, const char *name, struct bytes head, struct bytes data)
{
    buf_put_text(b, name);
    buf_put_u32le(b, (uint32_t)(head.len + data.len));
    buf_put(b, head);
    buf_put(b, data);
    if ((head.len + data.len) % 2 != 0)
        buf_put_u8(b, 0);
}

static enum err put_lossless(struct job *j, struct pixels *take_pixels, struct buf *out)
{
    struct buf file;
    enum err code;

    j->alpha |= !is_opaque(take_pixels);
    buf_init(&file, UINT32_MAX / 2);
    code = encode(j, take_pixels, false, &file);
    if (code == OK)
        buf_put(out, bytes_from(buf_bytes(&file), RIFF_HEADER));
    buf_done(&file);
    return code;
}

/* The alpha of a lossy picture: coded like the green of a lossless one, without its head.
 * Rule: RFC 9649 2.7.1.2 */
static enum err put_alpha(struct job *j, struct pixels *take_pixels, struct buf *out)
{
    size_t count = (size_t)take_pixels->width * take_pixels->height;
    struct buf file;
    enum err code;

    if (is_opaque(take_pixels)) {
        pixels_done(take_pixels);
        return OK;
    }
    j->alpha = true;
    for (size_t i = 0; i < count; i++)
        memcpy(take_pixels->at + i * 4, (uint8_t[4]){0, take_pixels->at[i * 4 + 3], 0, 255}, 4);
    buf_init(&file, UINT32_MAX / 2);
    code = encode(j, take_pixels, false, &file);
    if (code == OK) {
        struct reader r = reader_of(bytes_from(buf_bytes(&file), RIFF_HEADER + 4));
        size_t len = reader_u32le(&r);

        put_chunk(out, "ALPH", BYTES("\1"), /* lossless, no filter */
                  bytes_part(buf_bytes(&file), RIFF_HEADER + LOSSLESS_HEAD, len - 5));
    }
    buf_done(&file);
    return code;
}

static enum err put_lossy(struct job *j, const struct webp_image *image, const WebPBitstreamFeatures *f,
                          struct buf *out)
{
    struct pixels p = {0};
    struct buf frame;
    enum err code;

    if (image->alpha) {
        TRY(decode(j, image->data, f, &p));
        TRY(put_alpha(j, &p, out));
    }
    buf_init(&frame, UINT32_MAX / 2);
    code = vp8_copy(image->vp8, &frame, j->why);
    if (code == OK)
        put_chunk(out, "VP8 ", (struct bytes){0}, buf_bytes(&frame));
    buf_done(&frame);
    return code;
}

static enum err recolour(struct job *j, struct pixels *p)
{
    j->info.recoloured = j->icc != NULL;
    return j->icc == NULL ? OK : icc_pixels(j->icc, p, j->why);
}

/* A lossy picture whose pixels had to change: coded once more with loss, then copied like any other. */
static enum err put_changed(struct job *j, struct pixels *take_pixels, struct buf *out)
{
    struct webp_info info = {.frames = 0};
    WebPBitstreamFeatures f = {0};
    struct webp_box box = {.loops = 0};
    struct buf file;
    enum err code;

    buf_init(&file, UINT32_MAX / 2);
    code = encode(j, take_pixels, true, &file);
    if (code == OK)
        code = webp_box_open(buf_bytes(&file), &info, &box, j->why);
    if (code == OK && WebPGetFeatures(box.still.data.at, box.still.data.len, &f) == VP8_STATUS_OK)
        code = put_lossy(j, &box.still, &f, out);
    buf_done(&file);
    return code;
}

/* The chunks of one picture, decoded only if they must be.  The size is that of the output. */
static enum err put_picture(struct job *j, const struct webp_image *image, unsigned orientation, struct buf *out,
                            uint32_t *ret_width, uint32_t *ret_height)
{
    bool lossy = image->vp8.len > 0;
    WebPBitstreamFeatures f = {0};
    struct pixels p = {0};
    enum err code;

    TRY(spend(j, image->data, &f));
    *ret_width = (uint32_t)f.width;
    *ret_height = (uint32_t)f.height;
    if (lossy && j->icc == NULL && orientation == 1)
        return put_lossy(j, image, &f, out);
    TRY(decode(j, image->data, &f, &p));
    code = recolour(j, &p);
    if (code != OK) {
        pixels_done(&p);
        return code;
    }
    pixels_orient(&p, orientation);
    *ret_width = p.width;
    *ret_height = p.height;
    return lossy ? put_changed(j, &p, out) : put_lossless(j, &p, out);
}

static void put_u24le(struct buf *b, uint32_t v)
{
    buf_put_u16le(b, (uint16_t)v);
    buf_put_u8(b, (uint8_t)(v >> 16));
}

static void put_head(struct job *j, uint32_t flags)
{
    buf_put(&j->out, BYTES("RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0"));
    buf_put_u32le(&j->out, flags);
    put_u24le(&j->out, j->info.width - 1);
    put_u24le(&j->out, j->info.height - 1);
}

static enum err close_riff(struct job *j)
{
    TRY(buf_check(&j->out, j->why));
    for (unsigned i = 0; i < 4; i++)
        j->out.at[4 + i] = (uint8_t)((j->out.len - 8) >> (8 * i));
    return OK;
}

static enum err rebuild_still(struct job *j)
{
    struct buf chunks;
    enum err code;

    buf_init(&chunks, UINT32_MAX / 2);
    code = put_picture(j, &j->box.still, j->info.exif.orientation, &chunks, &j->info.width, &j->info.height);
    j->info.turned = j->info.exif.orientation != 1;
    if (bytes_starts(buf_bytes(&chunks), BYTES("ALPH")))
        put_head(j, FLAG_ALPHA);
    else
        buf_put(&j->out, BYTES("RIFF\0\0\0\0WEBP"));
    buf_put(&j->out, buf_bytes(&chunks));
    buf_done(&chunks);
    return code == OK ? close_riff(j) : code;
}

/* --- animation --- */

static enum err put_frame(struct job *j, const struct webp_image *image)
{
    uint32_t width, height;
    struct buf chunks;
    enum err code;

    buf_init(&chunks, UINT32_MAX / 2);
    code = put_picture(j, image, 1, &chunks, &width, &height);
    if (code == OK && ((uint64_t)image->x + width > j->info.width || (uint64_t)image->y + height > j->info.height))
        code = damaged(j, "a frame leaves the canvas");
    if (code == OK) {
        buf_put_text(&j->out, "ANMF");
        buf_put_u32le(&j->out, (uint32_t)(16 + chunks.len));
        put_u24le(&j->out, image->x / 2);
        put_u24le(&j->out, image->y / 2);
        put_u24le(&j->out, width - 1);
        put_u24le(&j->out, height - 1);
        put_u24le(&j->out, image->duration_ms);
        buf_put_u8(&j->out, (uint8_t)image->flags);
        buf_put(&j->out, buf_bytes(&chunks));
    }
    buf_done(&chunks);
    return code;
}

static enum err rebuild_animation(struct job *j)
{
    struct webp_image image;

    if (j->info.width == 0 || j->info.height == 0 || j->info.width > SIDE_MAX || j->info.height > SIDE_MAX)
        return damaged(j, "an animation has no valid canvas");
    put_head(j, FLAG_ANIMATION);
    buf_put(&j->out, BYTES("ANIM\6\0\0\0"));
    buf_put_u32le(&j->out, j->box.background);
    buf_put_u16le(&j->out, (uint16_t)j->box.loops);
    while (webp_box_next(&j->box, &image))
        TRY(put_frame(j, &image));
    TRY(close_riff(j));
    j->out.at[FLAGS_AT] |= j->alpha ? FLAG_ALPHA : 0;
    return OK;
}

static void open_icc(struct job *j)
{
    if (j->box.profile.len == 0 || icc_open(j->box.profile, 3, &j->icc, NULL) != OK)
        return;
    if (!icc_is_identity(j->icc))
        return;
    icc_close(j->icc);
    j->icc = NULL;
}

enum err webp_rebuild(struct bytes in, uint64_t pixels_max, struct sink *out, struct webp_info *ret_info,
                      struct fault *why)
{
    struct job j = {.info = {.exif = {.orientation = 1}}, .pixels_max = pixels_max, .why = why};
    enum err code;

    TRY(webp_box_open(in, &j.info, &j.box, why));
    buf_init(&j.out, UINT32_MAX / 2);
    open_icc(&j);
    code = j.info.animated ? rebuild_animation(&j) : rebuild_still(&j);
    icc_close(j.icc);
    if (code == OK)
        code = sink_put(out, buf_bytes(&j.out), why);
    buf_done(&j.out);
    if (code == OK)
        *ret_info = j.info;
    return code;
}
