/* Promises of deflate.h: the two ways to unpack agree, and what is packed unpacks to itself. */
#include <stdlib.h>

#include "format/deflate.h"

enum { MAX = 4 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void need(bool ok)
{
    if (!ok)
        abort();
}

static enum err append(void *ctx, struct bytes chunk, struct fault *why)
{
    buf_put(ctx, chunk);
    return buf_check(ctx, why);
}

static void check_raw(struct deflate *d, struct bytes packed, struct bytes content)
{
    struct buf other;
    uint8_t *room;

    buf_init(&other, MAX + 1);
    need(deflate_unpack_chunks(packed, content.len, append, &other, NULL) == OK);
    need(bytes_equal(content, buf_bytes(&other)));
    need(deflate_unpack_chunks(packed, content.len + 1, append, &other, NULL) == ERR_MALFORMED);
    buf_reset(&other);
    room = buf_room(&other, content.len + 1);
    need(deflate_unpack(d, packed, room, content.len, NULL) == OK);
    need(content.len == 0 || memcmp(room, content.at, content.len) == 0);
    buf_done(&other);
}

static void check_pack(struct deflate *d, struct bytes content)
{
    struct deflate_stream stream;
    struct buf packed;

    buf_init(&packed, 2 * MAX);
    deflate_pack(d, content, &packed);
    check_raw(d, buf_bytes(&packed), content);
    buf_reset(&packed);
    deflate_stream_init(&stream, 100);
    for (size_t at = 0; at < content.len; at += 1000)
        deflate_stream_block(&stream, bytes_part(content, at, 1000), &packed);
    deflate_stream_end(&stream, &packed);
    deflate_stream_done(&stream);
    check_raw(d, buf_bytes(&packed), content);
    buf_done(&packed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes in = {data, size};
    struct deflate d;
    struct buf content;
    size_t used = 0;

    deflate_init(&d);
    buf_init(&content, MAX);
    for (unsigned frame = DEFLATE_RAW; frame <= DEFLATE_GZIP; frame++) {
        buf_reset(&content);
        if (deflate_unpack_open(in, (enum deflate_frame)frame, &content, &used, NULL) != OK)
            continue;
        need(used <= in.len);
        if (frame == DEFLATE_RAW)
            check_raw(&d, bytes_part(in, 0, used), buf_bytes(&content));
    }
    check_pack(&d, in);
    buf_done(&content);
    deflate_done(&d);
    return 0;
}
