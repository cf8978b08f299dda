#include "format/jpx.h"

#include <openjpeg.h>

#include "base/test.h"

enum { SIDE = 16, MAX_PIXELS = 1 << 16 };

static struct buf file, samples, alpha;

static size_t place;

/* The encoder goes back to fill in lengths. */
static OPJ_SIZE_T put(void *from, OPJ_SIZE_T len, void *ctx)
{
    size_t over = len < file.len - place ? len : file.len - place;

    (void)ctx;
    memcpy(file.at + place, from, over);
    buf_put(&file, (struct bytes){(const uint8_t *)from + over, len - over});
    place += len;
    return len;
}

static OPJ_BOOL go(OPJ_OFF_T at, void *ctx)
{
    (void)ctx;
    while (file.len < (size_t)at)
        buf_put_u8(&file, 0);
    place = (size_t)at;
    return OPJ_TRUE;
}

static OPJ_OFF_T skip(OPJ_OFF_T len, void *ctx)
{
    (void)go((OPJ_OFF_T)place + len, ctx);
    return len;
}

/* Write a picture of SIDE × SIDE whose component i is i + x everywhere, without loss. */
static void encode(OPJ_CODEC_FORMAT format, OPJ_COLOR_SPACE space, uint32_t components, uint32_t depth, uint32_t alpha_at)
{
    opj_cparameters_t params;
    opj_image_cmptparm_t parts[4] = {0};
    opj_codec_t *codec = opj_create_compress(format);
    opj_stream_t *stream = opj_stream_create(1 << 16, OPJ_FALSE);
    opj_image_t *image;

    for (uint32_t i = 0; i < components; i++)
        parts[i] = (opj_image_cmptparm_t){.dx = 1, .dy = 1, .w = SIDE, .h = SIDE, .prec = depth, .bpp = depth};
    image = opj_image_create(components, parts, space);
    image->x1 = image->y1 = SIDE;
    for (uint32_t i = 0; i < components; i++)
        for (uint32_t p = 0; p < SIDE * SIDE; p++)
            image->comps[i].data[p] = (int32_t)(i + p % SIDE);
    if (alpha_at < components)
        image->comps[alpha_at].alpha = 1;
    opj_set_default_encoder_parameters(&params);
    params.numresolution = 3;
    params.cp_disto_alloc = 1;
    params.tcp_numlayers = 1;
    buf_done(&file);
    buf_init(&file, 1 << 20);
    buf_put_u8(&file, 0); /* so that there is memory to go back to */
    buf_reset(&file);
    place = 0;
    opj_stream_set_write_function(stream, put);
    opj_stream_set_seek_function(stream, go);
    opj_stream_set_skip_function(stream, skip);
    CHECK(opj_setup_encoder(codec, &params, image) && opj_start_compress(codec, image, stream) &&
          opj_encode(codec, stream) && opj_end_compress(codec, stream));
    opj_image_destroy(image);
    opj_stream_destroy(stream);
    opj_destroy_codec(codec);
}

static enum err decode(struct bytes in, uint64_t max_pixels, struct jpx_image *ret_image)
{
    buf_done(&samples);
    buf_done(&alpha);
    buf_init(&samples, 1 << 20);
    buf_init(&alpha, 1 << 20);
    return jpx_decode(in, max_pixels, ret_image, &samples, &alpha, NULL);
}

static void colours_come_interleaved(void)
{
    struct jpx_image p;

    encode(OPJ_CODEC_JP2, OPJ_CLRSPC_SRGB, 3, 8, 9);
    CHECK(decode(buf_bytes(&file), MAX_PIXELS, &p) == OK);
    CHECK(p.width == SIDE && p.height == SIDE && p.colours == 3 && p.bits == 8 && p.space == JPX_RGB && !p.alpha);
    CHECK(samples.len == 3 * SIDE * SIDE && alpha.len == 0);
    CHECK(samples.at[0] == 0 && samples.at[1] == 1 && samples.at[2] == 2 && samples.at[3] == 1);
}

static void opacity_is_kept_apart(void)
{
    struct jpx_image p;

    encode(OPJ_CODEC_JP2, OPJ_CLRSPC_GRAY, 2, 8, 1);
    CHECK(decode(buf_bytes(&file), MAX_PIXELS, &p) == OK);
    CHECK(p.colours == 1 && p.alpha && p.space == JPX_GRAY);
    CHECK(samples.len == SIDE * SIDE && alpha.len == SIDE * SIDE && samples.at[5] == 5 && alpha.at[5] == 6);
}

static void depths_are_scaled_up(void)
{
    struct jpx_image p;

    encode(OPJ_CODEC_J2K, OPJ_CLRSPC_GRAY, 1, 4, 9);
    CHECK(decode(buf_bytes(&file), MAX_PIXELS, &p) == OK);
    CHECK(p.bits == 8 && p.depth == 4 && p.space == JPX_UNKNOWN && samples.at[15] == 255);
    encode(OPJ_CODEC_J2K, OPJ_CLRSPC_GRAY, 1, 12, 9);
    CHECK(decode(buf_bytes(&file), MAX_PIXELS, &p) == OK);
    CHECK(p.bits == 16 && p.depth == 12 && samples.len == 2 * SIDE * SIDE);
}

static void limits_hold_before_decoding(void)
{
    struct jpx_image p;

    encode(OPJ_CODEC_J2K, OPJ_CLRSPC_GRAY, 1, 8, 9);
    CHECK(decode(buf_bytes(&file), SIDE * SIDE - 1, &p) == ERR_LIMIT);
    file.at[24] = file.at[25] = file.at[28] = file.at[29] = 0; /* tiles of … */
    file.at[8] = file.at[12] = 1;                              /* … a picture of 16 million */
    CHECK(decode(buf_bytes(&file), UINT64_MAX, &p) == ERR_LIMIT);
}

static void garbage_is_refused(void)
{
    struct jpx_image p;

    CHECK(decode(BYTES(""), MAX_PIXELS, &p) == ERR_UNSUPPORTED);
    CHECK(decode(BYTES("\xFF\x4F\xFF\x51\x00"), MAX_PIXELS, &p) == ERR_UNSUPPORTED);
    encode(OPJ_CODEC_J2K, OPJ_CLRSPC_GRAY, 1, 8, 9);
    for (size_t cut = 0; cut < 90; cut++)
        CHECK(decode(bytes_part(buf_bytes(&file), 0, cut), MAX_PIXELS, &p) != OK || samples.len == SIDE * SIDE);
    buf_done(&file);
    buf_done(&samples);
    buf_done(&alpha);
}

TEST_MAIN(TEST(colours_come_interleaved), TEST(opacity_is_kept_apart), TEST(depths_are_scaled_up),
          TEST(limits_hold_before_decoding), TEST(garbage_is_refused))
