#include "format/webp.h"

#include <webp/decode.h>
#include <webp/encode.h>

#include "base/limit.h"
#include "format/icc.h"
#include "format/webp_box.h"

enum { SIDE_MAX = 16383, RIFF_HEADER = 12, FLAGS_AT = 20, FLAG_ANIMATION = 2, FLAG_ALPHA = 16 };

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

/* Ask the size, spend it, decode. */
static enum err decode(struct job *j, struct bytes data, struct pixels *ret_pixels)
{
    WebPBitstreamFeatures f;
    struct pixels p;

    if (WebPGetFeatures(data.at, data.len, &f) != VP8_STATUS_OK || f.has_animation)
        return damaged(j, "a picture has no valid header");
    j->info.frames++;
    j->info.pixels += (uint64_t)f.width * (uint64_t)f.height;
    if (j->info.frames > WEBP_FRAMES_MAX || j->info.pixels > j->pixels_max)
        return fault_set(j->why, ERR_LIMIT, "I08", "profile limit pixels", 0, "%d × %d pixels in frame %u", f.width,
                         f.height, j->info.frames);
    TRY(pixels_init(&p, (uint32_t)f.width, (uint32_t)f.height, 4, 8, j->why));
    if (WebPDecodeRGBAInto(data.at, data.len, p.at, pixels_stride(&p) * p.height, (int)pixels_stride(&p)) == NULL) {
        pixels_done(&p);
        return damaged(j, "the pixels cannot be decoded");
    }
    *ret_pixels = p;
    return OK;
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

/* Code without loss; swallows the pixels. */
static enum err encode(struct job *j, struct pixels *take_pixels, struct buf *out)
{
    size_t count = (size_t)take_pixels->width * take_pixels->height;
    WebPConfig config;
    WebPPicture picture;
    int done;

    for (size_t i = 0; i < count && !j->alpha; i++)
        j->alpha = take_pixels->at[i * 4 + 3] != 255;
    if (!WebPConfigInit(&config) || !WebPConfigLosslessPreset(&config, effort(take_pixels)) || !WebPPictureInit(&picture))
        limit_exit();
    config.exact = 1;
    picture.use_argb = 1;
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

static enum err recolour(struct job *j, struct pixels *p)
{
    j->info.recoloured = j->icc != NULL;
    return j->icc == NULL ? OK : icc_pixels(j->icc, p, j->why);
}

static enum err rebuild_still(struct job *j)
{
    struct pixels p;
    enum err code;

    TRY(decode(j, j->box.still, &p));
    code = recolour(j, &p);
    if (code != OK) {
        pixels_done(&p);
        return code;
    }
    j->info.turned = j->info.exif.orientation != 1;
    pixels_orient(&p, j->info.exif.orientation);
    j->info.width = p.width;
    j->info.height = p.height;
    return encode(j, &p, &j->out);
}

/* --- animation --- */

static void put_u24le(struct buf *b, uint32_t v)
{
    buf_put_u16le(b, (uint16_t)v);
    buf_put_u8(b, (uint8_t)(v >> 16));
}

static void put_head(struct job *j)
{
    buf_put(&j->out, BYTES("RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0"));
    buf_put_u32le(&j->out, FLAG_ANIMATION);
    put_u24le(&j->out, j->info.width - 1);
    put_u24le(&j->out, j->info.height - 1);
    buf_put(&j->out, BYTES("ANIM\6\0\0\0"));
    buf_put_u32le(&j->out, j->box.background);
    buf_put_u16le(&j->out, (uint16_t)j->box.loops);
}

static enum err put_frame(struct job *j, const struct webp_image *image)
{
    struct pixels p;
    struct buf coded;
    uint32_t width, height;
    enum err code;

    TRY(decode(j, image->data, &p));
    width = p.width;
    height = p.height;
    if ((uint64_t)image->x + width > j->info.width || (uint64_t)image->y + height > j->info.height) {
        pixels_done(&p);
        return damaged(j, "a frame leaves the canvas");
    }
    code = recolour(j, &p);
    if (code != OK) {
        pixels_done(&p);
        return code;
    }
    buf_init(&coded, UINT32_MAX / 2);
    code = encode(j, &p, &coded);
    if (code == OK) {
        struct bytes chunk = bytes_from(buf_bytes(&coded), RIFF_HEADER);

        buf_put_text(&j->out, "ANMF");
        buf_put_u32le(&j->out, (uint32_t)(16 + chunk.len));
        put_u24le(&j->out, image->x / 2);
        put_u24le(&j->out, image->y / 2);
        put_u24le(&j->out, width - 1);
        put_u24le(&j->out, height - 1);
        put_u24le(&j->out, image->duration_ms);
        buf_put_u8(&j->out, (uint8_t)image->flags);
        buf_put(&j->out, chunk);
    }
    buf_done(&coded);
    return code;
}

static enum err rebuild_animation(struct job *j)
{
    struct webp_image image;

    if (j->info.width == 0 || j->info.height == 0 || j->info.width > SIDE_MAX || j->info.height > SIDE_MAX)
        return damaged(j, "an animation has no valid canvas");
    put_head(j);
    while (webp_box_next(&j->box, &image))
        TRY(put_frame(j, &image));
    if (buf_check(&j->out, j->why) != OK)
        return ERR_LIMIT;
    j->out.at[FLAGS_AT] |= j->alpha ? FLAG_ALPHA : 0;
    for (unsigned i = 0; i < 4; i++)
        j->out.at[4 + i] = (uint8_t)((j->out.len - 8) >> (8 * i));
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
        code = buf_check(&j.out, why);
    if (code == OK)
        code = sink_put(out, buf_bytes(&j.out), why);
    buf_done(&j.out);
    if (code == OK)
        *ret_info = j.info;
    return code;
}
