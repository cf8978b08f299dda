/* Big-endian numbers at a place of a slice; past its end they read as zero. */
#pragma once

#include "base/bytes.h"

static inline uint8_t be_u8(struct bytes b, size_t at)
{
    return b.at != NULL && at < b.len ? b.at[at] : 0;
}

static inline uint16_t be_u16(struct bytes b, size_t at)
{
    return b.at == NULL || b.len < 2 || at > b.len - 2 ? 0 : (uint16_t)(b.at[at] << 8 | b.at[at + 1]);
}

static inline uint32_t be_u32(struct bytes b, size_t at)
{
    return b.len < 4 || at > b.len - 4 ? 0 : (uint32_t)be_u16(b, at) << 16 | be_u16(b, at + 2);
}

/* A number of 1 to 4 bytes. */
static inline uint32_t be_sized(struct bytes b, size_t at, unsigned size)
{
    uint32_t v = 0;

    for (unsigned i = 0; i < size; i++)
        v = v << 8 | be_u8(b, at + i);
    return v;
}
