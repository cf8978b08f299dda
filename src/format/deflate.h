/* Deflate (RFC 1951) both ways: whole pieces through libdeflate, long ones in blocks through zlib. */
#pragma once

#include "base/buf.h"
#include "base/bytes.h"
#include "base/err.h"

enum {
    DEFLATE_LEVELS = 3,
    DEFLATE_RATIO_MAX = 1032, /* no Deflate stream unpacks to more than this many times its length */
};

struct libdeflate_decompressor;
struct libdeflate_compressor;

/* The tables of libdeflate, made at first use and kept for the next piece. */
struct deflate {
    struct libdeflate_decompressor *unpacker;
    struct libdeflate_compressor *packers[DEFLATE_LEVELS];
};

void deflate_init(struct deflate *d);
void deflate_done(struct deflate *d);

/* Unpack a piece whose length is known.
 *
 * packed  a whole raw Deflate stream and nothing else
 * to      room for `size` bytes, filled on OK
 *
 * Errors:  MALFORMED  A04: not Deflate, not exactly `size` bytes, or bytes after its end
 * Rule:    RFC 1951 3.2 */
enum err deflate_unpack(struct deflate *d, struct bytes packed, uint8_t *to, size_t size, struct fault *why) must_use;

/* What stands around the Deflate stream. */
enum deflate_frame { DEFLATE_RAW, DEFLATE_ZLIB, DEFLATE_GZIP };

/* Unpack a stream of unknown length; what it unpacks to is appended to `out`.
 *
 * ret_used  how many bytes of `packed` the stream took (what follows is the caller's affair)
 *
 * Errors:  MALFORMED  not a whole stream, or its checksum is wrong
 *          LIMIT      G06: more than `out` may hold
 * Rule:    RFC 1950, RFC 1951, RFC 1952 */
enum err deflate_unpack_open(struct bytes packed, enum deflate_frame frame, struct buf *out, size_t *ret_used,
                             struct fault *why) must_use;

/* Takes the next chunk of something unpacked; valid for the call. */
typedef enum err deflate_put_fn(void *ctx, struct bytes chunk, struct fault *why);

/* Like deflate_unpack(), but the content goes to `put` in chunks of at most 64 KiB.
 * On an error the chunks already put are worthless. */
enum err deflate_unpack_chunks(struct bytes packed, uint64_t size, deflate_put_fn *put, void *ctx,
                               struct fault *why) must_use;

/* Pack a whole piece; the raw stream is appended to `out`.  The level depends on the length alone:
 * high for small pieces, low for large ones. */
void deflate_pack(struct deflate *d, struct bytes in, struct buf *out);

struct z_stream_s;

/* Packing something too long to be held: block after block, each no longer than DEFLATE_BLOCK.
 * The bytes written depend on how the content is cut into blocks: cut it at fixed lengths. */
struct deflate_stream {
    struct z_stream_s *z;
    uint32_t ratio; /* a block that would shrink more than this is written unpacked; 0 = never */
};

enum { DEFLATE_BLOCK = 1 << 20 };

void deflate_stream_init(struct deflate_stream *s, uint32_t ratio);
void deflate_stream_block(struct deflate_stream *s, struct bytes block, struct buf *out);
void deflate_stream_end(struct deflate_stream *s, struct buf *out);
void deflate_stream_done(struct deflate_stream *s);

/* CRC-32 of more bytes, beginning with 0. */
uint32_t deflate_crc(uint32_t crc, struct bytes more);
