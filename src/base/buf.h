/* A growing buffer that is given its maximum at birth.
 *
 * Running into the maximum is remembered in `full` and the bytes are dropped, so a writer makes many
 * small puts and asks once.  Running out of memory leaves the process (limit_exit). */
#pragma once

#include "base/bytes.h"
#include "base/err.h"

struct buf {
    uint8_t *at;
    size_t len, cap, max;
    bool full; /* a put did not fit */
};

void buf_init(struct buf *b, size_t max);
void buf_done(struct buf *b);
void buf_reset(struct buf *b); /* empty, memory kept */

void buf_put(struct buf *b, struct bytes data);
void buf_put_text(struct buf *b, const char *text);
void buf_putf(struct buf *b, const char *fmt, ...) format_like(2, 3);
void buf_put_u8(struct buf *b, uint8_t v);
void buf_put_u16le(struct buf *b, uint16_t v);
void buf_put_u32le(struct buf *b, uint32_t v);
void buf_put_u64le(struct buf *b, uint64_t v);
void buf_put_u16be(struct buf *b, uint16_t v);
void buf_put_u32be(struct buf *b, uint32_t v);

/* Room for `len` bytes to be written directly; NULL (and `full`) when over the maximum.
 * Call buf_grew() with what was really written. */
uint8_t *buf_room(struct buf *b, size_t len);
void buf_grew(struct buf *b, size_t len);

static inline struct bytes buf_bytes(const struct buf *b)
{
    return (struct bytes){b->at, b->len};
}

/* OK, or ERR_LIMIT with row G06 when something did not fit. */
enum err buf_check(const struct buf *b, struct fault *why) must_use;
