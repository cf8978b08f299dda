/* The promises of vp8.h: the picture does not change, and a copy of a copy is the copy. */
#include "format/vp8.h"

#include <stdlib.h>
#include <webp/decode.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { SIDE_MAX = 256 };

/* The pixels of a chunk's content, or NULL. */
static uint8_t *pixels_of(struct bytes chunk, int *ret_width, int *ret_height)
{
    struct buf file;
    uint8_t *pixels;

    buf_init(&file, chunk.len + 64);
    buf_put_text(&file, "RIFF");
    buf_put_u32le(&file, (uint32_t)(12 + chunk.len + chunk.len % 2));
    buf_put_text(&file, "WEBPVP8 ");
    buf_put_u32le(&file, (uint32_t)chunk.len);
    buf_put(&file, chunk);
    buf_put_u8(&file, 0);
    pixels = WebPDecodeRGB(file.at, file.len, ret_width, ret_height);
    buf_done(&file);
    return pixels;
}

static void check_same(struct bytes before, struct bytes after)
{
    int w = 0, h = 0, w2 = 0, h2 = 0;
    uint8_t *a = pixels_of(before, &w, &h), *b = pixels_of(after, &w2, &h2);

    if (a != NULL && (b == NULL || w != w2 || h != h2 || memcmp(a, b, (size_t)w * (size_t)h * 3) != 0))
        abort();
    WebPFree(a), WebPFree(b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes in = {data, size};
    struct buf once, twice;
    struct fault why;

    if (size < 10 || (data[6] | (data[7] & 0x3f) << 8) > SIDE_MAX || (data[8] | (data[9] & 0x3f) << 8) > SIDE_MAX)
        return 0;
    buf_init(&once, 1 << 26), buf_init(&twice, 1 << 26);
    if (vp8_copy(in, &once, &why) == OK) {
        if (vp8_copy(buf_bytes(&once), &twice, &why) != OK || !bytes_equal(buf_bytes(&once), buf_bytes(&twice)))
            abort();
        check_same(in, buf_bytes(&once));
    }
    buf_done(&once), buf_done(&twice);
    return 0;
}
