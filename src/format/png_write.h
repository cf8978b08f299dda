/* PNG written afresh: IHDR, PLTE, tRNS, pHYs, IDAT, IEND and nothing else; never interlaced.
 *
 * The same picture gives the same bytes on every machine: filters are chosen by the least sum of
 * absolute differences, the level of compression by the size. */
#pragma once

#include "base/buf.h"
#include "base/sink.h"
#include "format/pixels.h"

struct png_colour {
    uint8_t r, g, b, a;
};

/* A picture as PNG has it. */
struct png_picture {
    struct pixels pixels; /* 1 gray or index, 2, 3 or 4 channels; owned */
    unsigned depth;       /* 1, 2, 4 (1 channel only), 8 or 16; samples below 8 have a byte each */
    bool indexed;         /* the samples are places in the palette */
    unsigned colours;     /* of the palette, 1…256 */
    struct png_colour palette[256];
    bool keyed; /* gray or RGB: the colour that is transparent */
    uint16_t key[3];
    bool metric; /* the density is per metre, else a ratio */
    uint32_t x_density, y_density; /* 0: unknown */
};

static inline void png_picture_done(struct png_picture *p)
{
    pixels_done(&p->pixels);
}

/* Errors:  LIMIT  the coded picture would not fit a chunk (I08); those of the sink
 * Rule:    W3C PNG (third edition) 5, 9 */
enum err png_write(const struct png_picture *p, struct sink *out, struct fault *why) must_use;

/* The same for plain pixels: 8 or 16 bits, 1…4 channels, no density. */
enum err png_write_pixels(const struct pixels *p, struct sink *out, struct fault *why) must_use;

/* Bring a palette into order: only colours that are used, each once, sorted; the depth becomes the least
 * that holds them.  Nothing that is not seen stays, and the order of the file means nothing any more. */
void png_write_tidy(struct png_picture *p);
