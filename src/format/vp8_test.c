#include "format/vp8.h"

#include <webp/decode.h>
#include <webp/encode.h>

#include "base/test.h"

enum { WIDTH = 83, HEIGHT = 61, HEADS = 20 /* of the file and the chunk */ };

static int put(const uint8_t *data, size_t len, const WebPPicture *picture)
{
    buf_put(picture->custom_ptr, (struct bytes){data, len});
    return 1;
}

/* A file with one VP8 chunk. */
static void code(struct buf *out, int quality, int partitions, int segments, int filter)
{
    static uint8_t rgb[WIDTH * HEIGHT * 3];
    WebPConfig config;
    WebPPicture picture;

    for (size_t i = 0; i < sizeof(rgb); i++)
        rgb[i] = (uint8_t)(i * i / 97 + i % 3 * 40 + (i / 900) * 11);
    CHECK(WebPConfigInit(&config) && WebPPictureInit(&picture));
    config.quality = (float)quality;
    config.partitions = partitions;
    config.segments = segments;
    config.filter_type = filter;
    config.method = quality % 7;
    picture.width = WIDTH;
    picture.height = HEIGHT;
    picture.writer = put;
    picture.custom_ptr = out;
    buf_init(out, 1 << 20);
    CHECK(WebPPictureImportRGB(&picture, rgb, WIDTH * 3) && WebPEncode(&config, &picture));
    WebPPictureFree(&picture);
}

static struct bytes chunk_of(const struct buf *file)
{
    size_t len = file->at[16] | (size_t)file->at[17] << 8 | (size_t)file->at[18] << 16;

    return bytes_part(buf_bytes(file), HEADS, len);
}

/* The same file with another chunk. */
static void wrap(const struct buf *file, struct bytes chunk, struct buf *out)
{
    buf_init(out, 1 << 20);
    buf_put(out, bytes_part(buf_bytes(file), 0, 4));
    buf_put_u32le(out, (uint32_t)(12 + chunk.len + chunk.len % 2));
    buf_put_text(out, "WEBPVP8 ");
    buf_put_u32le(out, (uint32_t)chunk.len);
    buf_put(out, chunk);
    buf_put_u8(out, 0);
}

static void check_copy(const struct buf *file)
{
    struct buf once, twice, copy;
    struct fault why;
    uint8_t *before, *after;
    int w, h;

    buf_init(&once, 1 << 20), buf_init(&twice, 1 << 20);
    CHECK(vp8_copy(chunk_of(file), &once, &why) == OK);
    CHECK(vp8_copy(buf_bytes(&once), &twice, &why) == OK);
    CHECK(bytes_equal(buf_bytes(&once), buf_bytes(&twice)));
    wrap(file, buf_bytes(&once), &copy);
    before = WebPDecodeRGB(file->at, file->len, &w, &h);
    after = WebPDecodeRGB(copy.at, copy.len, &w, &h);
    CHECK(before != NULL && after != NULL && w == WIDTH && h == HEIGHT);
    CHECK(memcmp(before, after, (size_t)WIDTH * HEIGHT * 3) == 0);
    WebPFree(before), WebPFree(after);
    buf_done(&once), buf_done(&twice), buf_done(&copy);
}

static void the_picture_stays(void)
{
    for (int quality = 0; quality <= 100; quality += 10)
        for (int i = 0; i < 4; i++) {
            struct buf file;

            code(&file, quality, i, i + 1, i % 2);
            check_copy(&file);
            buf_done(&file);
        }
}

static void what_breaks_off_is_refused(void)
{
    struct buf file, out;
    struct fault why;
    size_t len;

    code(&file, 80, 2, 4, 1);
    len = chunk_of(&file).len;
    buf_init(&out, 1 << 20);
    for (size_t i = 0; i + 16 < len; i += i < 40 ? 1 : 37)
        CHECK(vp8_copy(bytes_part(chunk_of(&file), 0, i), &out, &why) == ERR_MALFORMED);
    CHECK(out.len == 0);
    buf_done(&file), buf_done(&out);
}

static void what_hides_behind_a_partition_goes(void)
{
    struct buf file, in, plain, hidden;
    struct fault why;

    code(&file, 50, 0, 1, 0);
    buf_init(&in, 1 << 20), buf_init(&plain, 1 << 20), buf_init(&hidden, 1 << 20);
    buf_put(&in, chunk_of(&file));
    buf_put_text(&in, "<?php behind the last partition ?>");
    CHECK(vp8_copy(chunk_of(&file), &plain, &why) == OK && vp8_copy(buf_bytes(&in), &hidden, &why) == OK);
    CHECK(bytes_equal(buf_bytes(&plain), buf_bytes(&hidden)));
    buf_done(&file), buf_done(&in), buf_done(&plain), buf_done(&hidden);
}

TEST_MAIN(TEST(the_picture_stays), TEST(what_breaks_off_is_refused), TEST(what_hides_behind_a_partition_goes))
