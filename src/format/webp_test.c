#include "format/webp.h"

#include <webp/decode.h>
#include <webp/encode.h>

#include "base/test.h"

static void put_chunk(struct buf *b, const char *name, struct bytes data)
{
    buf_put_text(b, name);
    buf_put_u32le(b, (uint32_t)data.len);
    buf_put(b, data);
    if (data.len % 2 != 0)
        buf_put_u8(b, 0);
}

/* The chunk of a small picture. */
static void put_picture(struct buf *b, int width, int height, bool lossy)
{
    static uint8_t rgba[64 * 64 * 4];
    uint8_t *made = NULL;
    size_t len;

    for (size_t i = 0; i < sizeof(rgba); i++)
        rgba[i] = i % 4 == 3 ? 255 : (uint8_t)(i * 3);
    rgba[3] = 7;
    len = lossy ? WebPEncodeRGBA(rgba, width, height, width * 4, 60, &made)
                : WebPEncodeLosslessRGBA(rgba, width, height, width * 4, &made);
    CHECK(len > 12);
    if (lossy) /* VP8X, ALPH, VP8 */
        buf_put(b, bytes_from((struct bytes){made, len}, 30));
    else
        buf_put(b, bytes_from((struct bytes){made, len}, 12));
    WebPFree(made);
}

static void close_riff(struct buf *b)
{
    for (unsigned i = 0; i < 4; i++)
        b->at[4 + i] = (uint8_t)((b->len - 8) >> (8 * i));
}

static enum err rebuild(struct bytes in, struct buf *out, struct webp_info *info)
{
    struct sink sink = sink_to_buf(out);
    struct fault why;

    buf_init(out, 1 << 22);
    return webp_rebuild(in, 1 << 16, &sink, info, &why);
}

static void check_again(struct bytes first)
{
    struct webp_info info;
    struct buf again;

    CHECK(rebuild(first, &again, &info) == OK);
    CHECK(bytes_equal(first, buf_bytes(&again)));
    CHECK(!info.has_exif && !info.turned && !info.has_xmp && info.others == 0 && info.end == first.len);
    buf_done(&again);
}

static void metadata_goes_and_a_picture_stands_up(void)
{
    struct webp_info info;
    struct buf in, out;
    int width, height;

    buf_init(&in, 1 << 16);
    buf_put(&in, BYTES("RIFF\0\0\0\0WEBP"));
    put_chunk(&in, "VP8X", BYTES("\x1c\0\0\0\x1f\0\0\x0f\0\0"));
    put_picture(&in, 32, 16, true);
    put_chunk(&in, "EXIF", BYTES("MM\0*\0\0\0\x08\0\1\x01\x12\0\3\0\0\0\1\0\6\0\0\0\0\0\0"));
    put_chunk(&in, "XMP ", BYTES("<x:xmpmeta/>"));
    put_chunk(&in, "evil", BYTES("<?php"));
    close_riff(&in);
    buf_put_text(&in, "tail");
    CHECK(rebuild(buf_bytes(&in), &out, &info) == OK);
    CHECK(info.has_exif && info.has_xmp && info.others == 1 && info.turned);
    CHECK(info.end == in.len - 4);
    CHECK(WebPGetInfo(out.at, out.len, &width, &height) && width == 16 && height == 32);
    CHECK(bytes_find(buf_bytes(&out), BYTES("php"), 0) == SIZE_MAX);
    check_again(buf_bytes(&out));
    buf_done(&in), buf_done(&out);
}

static void put_frame(struct buf *b, unsigned x, bool lossy)
{
    struct buf frame;

    buf_init(&frame, 1 << 16);
    buf_put_u8(&frame, (uint8_t)(x / 2));
    buf_put(&frame, BYTES("\0\0\0\0\0\x0f\0\0\x0f\0\0\x64\0\0\xfe"));
    put_picture(&frame, 16, 16, lossy);
    put_chunk(&frame, "XXXX", BYTES("12"));
    put_chunk(b, "ANMF", buf_bytes(&frame));
    buf_done(&frame);
}

static void animation(struct buf *in, unsigned second_x)
{
    buf_init(in, 1 << 16);
    buf_put(in, BYTES("RIFF\0\0\0\0WEBP"));
    put_chunk(in, "VP8X", BYTES("\x12\0\0\0\x1f\0\0\x0f\0\0"));
    put_chunk(in, "ANIM", BYTES("\1\2\3\4\5\0"));
    put_frame(in, 0, true);
    put_frame(in, second_x, false);
    close_riff(in);
}

static void animations_stay(void)
{
    struct webp_info info;
    struct buf in, out;

    animation(&in, 16);
    CHECK(rebuild(buf_bytes(&in), &out, &info) == OK);
    CHECK(info.animated && info.frames == 2 && info.width == 32 && info.height == 16);
    CHECK(bytes_find(buf_bytes(&out), BYTES("XXXX"), 0) == SIZE_MAX);
    check_again(buf_bytes(&out));
    buf_done(&in), buf_done(&out);
    animation(&in, 18);
    CHECK(rebuild(buf_bytes(&in), &out, &info) == ERR_MALFORMED);
    buf_done(&in), buf_done(&out);
}

static void damage_and_bombs_are_refused(void)
{
    struct webp_info info;
    struct buf in, out;

    buf_init(&in, 1 << 16);
    buf_put(&in, BYTES("RIFF\0\0\0\0WEBP"));
    put_picture(&in, 64, 64, false);
    close_riff(&in);
    for (size_t len = 0; len + 2 < in.len; len += 7) {
        CHECK(rebuild(bytes_part(buf_bytes(&in), 0, len), &out, &info) == ERR_MALFORMED);
        buf_done(&out);
    }
    CHECK(rebuild(BYTES("RIFF\x16\0\0\0WEBPVP8L\x0a\0\0\0\x2f\xff\xff\xff\x0f\0\0\0\0\0"), &out, &info) == ERR_LIMIT);
    buf_done(&in), buf_done(&out);
}

TEST_MAIN(TEST(metadata_goes_and_a_picture_stands_up), TEST(animations_stay), TEST(damage_and_bombs_are_refused))
