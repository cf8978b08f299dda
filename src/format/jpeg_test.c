#include "format/jpeg.h"

#include <turbojpeg.h>

#include "base/test.h"

enum { WIDTH = 40, HEIGHT = 24 };

/* A picture that differs in every corner. */
static void draw(uint8_t *rgb)
{
    for (unsigned y = 0; y < HEIGHT; y++)
        for (unsigned x = 0; x < WIDTH; x++) {
            rgb[(y * WIDTH + x) * 3] = (uint8_t)(x * 6);
            rgb[(y * WIDTH + x) * 3 + 1] = (uint8_t)(y * 10);
            rgb[(y * WIDTH + x) * 3 + 2] = 128;
        }
}

static void code(struct buf *out, int subsampling, int flags)
{
    static uint8_t rgb[WIDTH * HEIGHT * 3];
    tjhandle handle = tjInitCompress();
    unsigned char *made = NULL;
    unsigned long len = 0;

    draw(rgb);
    CHECK(tjCompress2(handle, rgb, WIDTH, 0, HEIGHT, TJPF_RGB, &made, &len, subsampling, 90, flags) == 0);
    buf_put(out, (struct bytes){made, len});
    tjFree(made);
    (void)tjDestroy(handle);
}

/* The picture with an EXIF orientation and a comment behind SOI, and a tail. */
static void code_hostile(struct buf *out, int subsampling, unsigned orientation)
{
    struct buf plain;

    buf_init(&plain, 1 << 20);
    code(&plain, subsampling, TJFLAG_PROGRESSIVE);
    buf_put(out, bytes_part(buf_bytes(&plain), 0, 2));
    buf_put(out, BYTES("\xff\xe1\0\x22" "Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0"));
    buf_put_u8(out, (uint8_t)orientation);
    buf_put(out, BYTES("\0\0\0\0\0\0"));
    buf_put(out, BYTES("\xff\xfe\0\x0a" "<?php ?>"));
    buf_put(out, bytes_from(buf_bytes(&plain), 2));
    buf_put_text(out, "PK\3\4 tail");
    buf_done(&plain);
}

static void rebuild(struct bytes in, const struct jpeg_options *o, struct buf *out, struct jpeg_info *info)
{
    struct sink sink = sink_to_buf(out);
    struct fault why = {0};

    CHECK(jpeg_rebuild(in, o, &sink, info, &why) == OK);
}

static void everything_around_the_picture_goes(void)
{
    const struct jpeg_options o = {.orient = true, .pixels_max = 1 << 20};
    struct jpeg_info info = {0};
    struct buf in, out, again;

    buf_init(&in, 1 << 20), buf_init(&out, 1 << 20), buf_init(&again, 1 << 20);
    code_hostile(&in, TJSAMP_420, 1);
    rebuild(buf_bytes(&in), &o, &out, &info);
    CHECK(info.scan.has_exif && info.scan.has_comment && info.scan.progressive);
    CHECK(info.scan.end == in.len - 9);
    CHECK(bytes_find(buf_bytes(&out), BYTES("php"), 0) == SIZE_MAX);
    CHECK(bytes_find(buf_bytes(&out), BYTES("Exif"), 0) == SIZE_MAX);
    rebuild(buf_bytes(&out), &o, &again, &info);
    CHECK(bytes_equal(buf_bytes(&out), buf_bytes(&again)));
    CHECK(!info.scan.progressive && !info.scan.has_exif && info.scan.end == out.len);
    buf_done(&in), buf_done(&out), buf_done(&again);
}

/* Where the stored top left corner (dark red, dark green) is in the upright picture. */
static void check_corner(struct bytes jpeg, unsigned orientation)
{
    static const uint8_t right[9] = {0, 0, 1, 1, 0, 0, 1, 1, 0}, below[9] = {0, 0, 0, 1, 1, 0, 0, 1, 1};
    static uint8_t rgb[WIDTH * HEIGHT * 3];
    unsigned w = orientation > 4 ? HEIGHT : WIDTH, h = orientation > 4 ? WIDTH : HEIGHT;
    tjhandle handle = tjInitDecompress();
    const uint8_t *at;

    CHECK(tjDecompress2(handle, jpeg.at, jpeg.len, rgb, (int)w, 0, (int)h, TJPF_RGB, 0) == 0);
    (void)tjDestroy(handle);
    at = rgb + ((below[orientation] ? h - 1 : 0) * w + (right[orientation] ? w - 1 : 0)) * 3;
    CHECK(at[0] < 40 && at[1] < 40);
}

static void orientation_is_applied(void)
{
    const struct jpeg_options o = {.orient = true, .pixels_max = 1 << 20};

    for (unsigned i = 1; i <= 8; i++)
        for (int k = 0; k < 2; k++) { /* 4:4:4 ends on whole blocks, 4:2:0 does not */
            struct jpeg_info info = {0};
            struct buf in, out;

            buf_init(&in, 1 << 20), buf_init(&out, 1 << 20);
            code_hostile(&in, k == 0 ? TJSAMP_444 : TJSAMP_420, i);
            rebuild(buf_bytes(&in), &o, &out, &info);
            CHECK(info.turned == (i > 1));
            CHECK(info.width == (i > 4 ? HEIGHT : WIDTH) && info.height == (i > 4 ? WIDTH : HEIGHT));
            check_corner(buf_bytes(&out), i);
            buf_done(&in), buf_done(&out);
        }
}

static void cmyk_becomes_rgb_unless_kept(void)
{
    struct jpeg_options o = {.orient = true, .pixels_max = 1 << 20};
    static uint8_t cmyk[16 * 16 * 4];
    struct jpeg_info info = {0};
    tjhandle handle = tjInitCompress();
    unsigned char *made = NULL;
    unsigned long len = 0;
    struct buf out;

    memset(cmyk, 200, sizeof(cmyk));
    CHECK(tjCompress2(handle, cmyk, 16, 0, 16, TJPF_CMYK, &made, &len, TJSAMP_444, 90, 0) == 0);
    buf_init(&out, 1 << 20);
    rebuild((struct bytes){made, len}, &o, &out, &info);
    CHECK(info.components_in == 4 && info.components == 3 && info.recoloured);
    buf_reset(&out);
    o.keep_colours = true;
    rebuild((struct bytes){made, len}, &o, &out, &info);
    CHECK(info.components == 4 && info.adobe && !info.recoloured);
    buf_done(&out);
    tjFree(made);
    (void)tjDestroy(handle);
}

static void limits_and_nonsense_are_refused(void)
{
    const struct jpeg_options o = {.pixels_max = WIDTH * HEIGHT - 1};
    struct sink sink = sink_to_nothing();
    struct jpeg_info info;
    struct fault why = {0};
    struct buf in;

    buf_init(&in, 1 << 20);
    code(&in, TJSAMP_420, 0);
    CHECK(jpeg_rebuild(buf_bytes(&in), &o, &sink, &info, &why) == ERR_LIMIT);
    CHECK(why.row != NULL && strcmp(why.row, "I08") == 0);
    CHECK(jpeg_rebuild(BYTES("\xff\xd8\xff\xd9"), &o, &sink, &info, &why) == ERR_MALFORMED);
    CHECK(jpeg_rebuild(BYTES(""), &o, &sink, &info, &why) == ERR_MALFORMED);
    buf_done(&in);
}

TEST_MAIN(TEST(everything_around_the_picture_goes), TEST(orientation_is_applied), TEST(cmyk_becomes_rgb_unless_kept),
          TEST(limits_and_nonsense_are_refused))
