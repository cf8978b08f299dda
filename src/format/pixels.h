/* A rectangle of pixels in memory, rows without padding, samples interleaved.
 *
 * 16-bit samples are in the byte order of the machine.  Owned: pixels_done() frees it. */
#pragma once

#include "base/bytes.h"
#include "base/err.h"

struct pixels {
    uint8_t *at;
    uint32_t width, height;
    unsigned channels; /* 1 gray, 2 gray + alpha, 3 RGB, 4 RGBA (or CMYK inside the JPEG path) */
    unsigned bits;     /* of a sample: 8 or 16 */
};

/* Pictures have at least one pixel, and a size that fits an address: LIMIT (row I08) otherwise.
 * The pixels are zero.  Running out of memory leaves the process. */
enum err pixels_init(struct pixels *p, uint32_t width, uint32_t height, unsigned channels, unsigned bits,
                     struct fault *why) must_use;
void pixels_done(struct pixels *p);

static inline size_t pixels_unit(const struct pixels *p)
{
    return (size_t)p->channels * (p->bits / 8);
}

static inline size_t pixels_stride(const struct pixels *p)
{
    return (size_t)p->width * pixels_unit(p);
}

static inline uint8_t *pixels_row(const struct pixels *p, uint32_t y)
{
    return p->at + (size_t)y * pixels_stride(p);
}

/* Turn and mirror so that a picture stored with this TIFF/EXIF orientation (1…8) stands upright.
 * Rule: TIFF 6.0 tag 274. */
void pixels_orient(struct pixels *p, unsigned orientation);

/* Whether width and height change places. */
static inline bool pixels_swaps(unsigned orientation)
{
    return orientation >= 5 && orientation <= 8;
}

/* CMYK of 8 bits, inverted (255 is no ink), to RGB without a profile.
 * The pixels are replaced; on an error they stay as they were. */
enum err pixels_ink_to_rgb(struct pixels *p, struct fault *why) must_use;
