#include "format/deflate.h"

#include <libdeflate.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/limit.h"

enum { CHUNK = 64 * 1024, STREAM_LEVEL = 3, STORED_MAX = 65535 };

/* Pieces up to `len` bytes are packed at `level`; the last row is for all the others.  Measured on the parts of
 * Office documents: a small part costs the same at 7 as at 5, and above 128 KiB the step from 5 to 6 costs a
 * quarter of the speed for 2 % of the length. */
static const struct {
    size_t len;
    int level;
} levels[DEFLATE_LEVELS] = {{16 << 10, 7}, {128 << 10, 6}, {SIZE_MAX, 5}};

void deflate_init(struct deflate *d)
{
    *d = (struct deflate){0};
}

void deflate_done(struct deflate *d)
{
    libdeflate_free_decompressor(d->unpacker);
    for (size_t i = 0; i < countof(d->packers); i++)
        libdeflate_free_compressor(d->packers[i]);
    *d = (struct deflate){0};
}

static enum err damaged(struct fault *why, const char *what)
{
    return fault_set(why, ERR_MALFORMED, "A04", "RFC 1951 3.2", 0, "%s", what);
}

enum err deflate_unpack(struct deflate *d, struct bytes packed, uint8_t *to, size_t size, struct fault *why)
{
    size_t used = 0, made = 0;
    uint8_t none;

    if (d->unpacker == NULL)
        d->unpacker = libdeflate_alloc_decompressor();
    if (d->unpacker == NULL)
        limit_exit();
    switch (libdeflate_deflate_decompress_ex(d->unpacker, packed.at, packed.len, size == 0 ? &none : to, size, &used,
                                             &made)) {
    case LIBDEFLATE_SUCCESS:
        break;
    case LIBDEFLATE_INSUFFICIENT_SPACE:
        return damaged(why, "unpacks to more than the stated size");
    default:
        return damaged(why, "the packed data is damaged");
    }
    if (made != size)
        return damaged(why, "unpacks to less than the stated size");
    if (used != packed.len)
        return damaged(why, "bytes after the end of the packed data");
    return OK;
}

/* zlib counts in 32 bits: feed a long input piece by piece. */
static void feed(z_stream *z, struct bytes packed, size_t *fed)
{
    size_t left = packed.len - *fed;

    if (z->avail_in > 0 || left == 0)
        return;
    if (left > (1u << 30))
        left = 1u << 30;
    z->next_in = (Bytef *)(uintptr_t)(packed.at + *fed); /* zlib only reads it */
    z->avail_in = (uInt)left;
    *fed += left;
}

static int window_bits(enum deflate_frame frame)
{
    return frame == DEFLATE_RAW ? -MAX_WBITS : frame == DEFLATE_ZLIB ? MAX_WBITS : MAX_WBITS + 16;
}

/* Inflate to `put` until the stream ends; at most `max` bytes. */
static enum err inflate_to(z_stream *z, struct bytes packed, uint64_t max, deflate_put_fn *put, void *ctx,
                           uint8_t *chunk, size_t *ret_used, uint64_t *ret_made, struct fault *why)
{
    size_t fed = 0;
    uint64_t made = 0;
    int state = Z_OK;

    while (state != Z_STREAM_END) {
        size_t got;

        feed(z, packed, &fed);
        z->next_out = chunk;
        z->avail_out = CHUNK;
        state = inflate(z, Z_NO_FLUSH);
        if (state == Z_MEM_ERROR)
            limit_exit();
        got = CHUNK - z->avail_out;
        if (state != Z_STREAM_END && (state != Z_OK || (got == 0 && z->avail_in == 0 && fed == packed.len)))
            return damaged(why, "the packed data is damaged");
        if (got > max - made)
            return damaged(why, "unpacks to more than the stated size");
        made += got;
        TRY(put(ctx, (struct bytes){chunk, got}, why));
    }
    *ret_used = fed - z->avail_in;
    *ret_made = made;
    return OK;
}

static enum err inflate_frame(struct bytes packed, enum deflate_frame frame, uint64_t max, deflate_put_fn *put,
                              void *ctx, size_t *ret_used, uint64_t *ret_made, struct fault *why)
{
    z_stream z = {0};
    uint8_t *chunk = malloc(CHUNK);
    enum err code;

    if (chunk == NULL || inflateInit2(&z, window_bits(frame)) != Z_OK)
        limit_exit();
    code = inflate_to(&z, packed, max, put, ctx, chunk, ret_used, ret_made, why);
    (void)inflateEnd(&z);
    free(chunk);
    return code;
}

static enum err put_buf(void *ctx, struct bytes chunk, struct fault *why)
{
    buf_put(ctx, chunk);
    return buf_check(ctx, why);
}

enum err deflate_unpack_open(struct bytes packed, enum deflate_frame frame, struct buf *out, size_t *ret_used,
                             struct fault *why)
{
    uint64_t made;

    return inflate_frame(packed, frame, UINT64_MAX, put_buf, out, ret_used, &made, why);
}

enum err deflate_unpack_chunks(struct bytes packed, uint64_t size, deflate_put_fn *put, void *ctx, struct fault *why)
{
    size_t used = 0;
    uint64_t made = 0;

    TRY(inflate_frame(packed, DEFLATE_RAW, size, put, ctx, &used, &made, why));
    if (made != size)
        return damaged(why, "unpacks to less than the stated size");
    if (used != packed.len)
        return damaged(why, "bytes after the end of the packed data");
    return OK;
}

void deflate_pack(struct deflate *d, struct bytes in, struct buf *out)
{
    size_t i = 0, bound;
    uint8_t *room;

    while (in.len > levels[i].len)
        i++;
    if (d->packers[i] == NULL)
        d->packers[i] = libdeflate_alloc_compressor(levels[i].level);
    if (d->packers[i] == NULL)
        limit_exit();
    bound = libdeflate_deflate_compress_bound(d->packers[i], in.len);
    room = buf_room(out, bound);
    if (room != NULL)
        buf_grew(out, libdeflate_deflate_compress(d->packers[i], in.at, in.len, room, bound));
}

void deflate_stream_init(struct deflate_stream *s, uint32_t ratio)
{
    s->ratio = ratio;
    s->z = calloc(1, sizeof(*s->z));
    if (s->z == NULL || deflateInit2(s->z, STREAM_LEVEL, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY) != Z_OK)
        limit_exit();
}

/* Blocks of type 0: the bytes as they are.  Only at a byte boundary (RFC 1951 3.2.4). */
static void put_stored(struct bytes block, struct buf *out)
{
    for (size_t at = 0; at < block.len; at += STORED_MAX) {
        struct bytes part = bytes_part(block, at, STORED_MAX);

        buf_put_u8(out, 0);
        buf_put_u16le(out, (uint16_t)part.len);
        buf_put_u16le(out, (uint16_t)~part.len);
        buf_put(out, part);
    }
}

/* A flush after every block leaves the stream at a byte boundary, so that a block can be replaced by its
 * stored form; the history that later blocks refer to is the same content either way. */
void deflate_stream_block(struct deflate_stream *s, struct bytes block, struct buf *out)
{
    size_t from = out->len, bound = deflateBound(s->z, (uLong)block.len) + 64, made;
    uint8_t *room;

    if (block.len == 0)
        return;
    room = buf_room(out, bound);
    if (room == NULL)
        return;
    s->z->next_in = (Bytef *)(uintptr_t)block.at; /* zlib only reads it */
    s->z->avail_in = (uInt)block.len;
    s->z->next_out = room;
    s->z->avail_out = (uInt)bound;
    if (deflate(s->z, Z_SYNC_FLUSH) != Z_OK || s->z->avail_in > 0)
        limit_exit();
    made = bound - s->z->avail_out;
    buf_grew(out, made);
    if (made < block.len && (s->ratio == 0 || made > block.len / s->ratio))
        return;
    out->len = from;
    put_stored(block, out);
}

void deflate_stream_end(struct deflate_stream *s, struct buf *out)
{
    (void)s;
    buf_put(out, BYTES("\x03\x00")); /* an empty last block with fixed codes */
}

void deflate_stream_done(struct deflate_stream *s)
{
    if (s->z != NULL)
        (void)deflateEnd(s->z);
    free(s->z);
    s->z = NULL;
}

uint32_t deflate_crc(uint32_t crc, struct bytes more)
{
    return more.len == 0 ? crc : libdeflate_crc32(crc, more.at, more.len);
}
