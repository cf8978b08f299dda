/* The LZW of GIF: codes of 3 to 12 bits, least bit first, in sub-blocks of up to 255 bytes. */
#pragma once

#include "base/buf.h"

struct gif_lzw_end {
    size_t pixels; /* decoded; fewer than asked for when the data is damaged or breaks off */
    size_t at;     /* behind the block terminator, or the end of the input */
    bool slack;    /* bytes behind the end code that mean nothing */
};

/* Decode one image.
 *
 * in    begins with the least code size
 * to    room for `len` indices; what is not decoded is left alone
 * Rule: GIF89a 22, appendix F */
struct gif_lzw_end gif_lzw_decode(struct bytes in, uint8_t *to, size_t len);

/* Code one or more indices below 1 << bits (2…8), with the code size in
 * front and the terminator behind. */
void gif_lzw_encode(const uint8_t *from, size_t len, unsigned bits, struct buf *out);
