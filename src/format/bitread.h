/* A cursor over bits, the highest of a byte first; zeros past the end, which it remembers. */
#pragma once

#include "base/bytes.h"

struct bitread {
    struct bytes in;
    size_t at; /* in bits; never past the end by more than one read */
};

static inline bool bitread_past(const struct bitread *r)
{
    return r->at > 8 * r->in.len;
}

/* The next `count` bits, at most 24, without taking them. */
static inline uint32_t bitread_peek(const struct bitread *r, unsigned count)
{
    size_t byte = r->at >> 3;
    uint32_t word = 0;

    if (r->in.at == NULL)
        return 0;
    if (byte + 4 <= r->in.len) {
        const uint8_t *p = r->in.at + byte;
        word = (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
    } else {
        for (size_t i = 0; i < 4; i++)
            word = word << 8 | (byte + i < r->in.len ? r->in.at[byte + i] : 0u);
    }
    return count == 0 ? 0 : word << (r->at & 7) >> (32 - count);
}

static inline void bitread_skip(struct bitread *r, size_t count)
{
    size_t end = 8 * r->in.len + 1;

    r->at = count > end || r->at > end - count ? end : r->at + count;
}

/* Take `count` bits, at most 32. */
static inline uint32_t bitread_take(struct bitread *r, unsigned count)
{
    uint32_t high = 0;

    if (count > 16) {
        high = bitread_peek(r, count - 16);
        bitread_skip(r, count - 16);
        count = 16;
    }
    high = high << count | bitread_peek(r, count);
    bitread_skip(r, count);
    return high;
}

static inline void bitread_align(struct bitread *r)
{
    r->at = (r->at + 7) & ~(size_t)7;
}

/* Bytes taken, a begun one counted. */
static inline size_t bitread_used(const struct bitread *r)
{
    size_t used = (r->at + 7) / 8;

    return used < r->in.len ? used : r->in.len;
}
