/* JPEG 2000 pictures (JP2 files and bare code streams) decoded to samples through libopenjp2. */
#pragma once

#include "base/buf.h"
#include "base/err.h"

enum jpx_space {
    JPX_GRAY,    /* 1 colour */
    JPX_RGB,     /* 3, sRGB; sYCC was converted */
    JPX_CMYK,    /* 4 */
    JPX_UNKNOWN, /* the file does not say, or says something we do not know: the document must */
};

struct jpx_image {
    uint32_t width, height;
    uint32_t colours; /* interleaved in ret_samples: 1, 3 or 4 (1 to 4 when unknown) */
    uint32_t bits;    /* a sample: 8 or 16; other depths are scaled up to the next */
    uint32_t depth;   /* of the file: to scale back when the document's colours are Indexed */
    enum jpx_space space;
    bool alpha;         /* an opacity channel was there and is in ret_alpha */
    bool premultiplied; /* …and colours are multiplied with it (/SMaskInData 2) */
};

/* Decode a picture.
 *
 * in          the stream, borrowed
 * max_pixels  refused before decoding when width × height is more
 * ret_image   set on OK
 * ret_samples, ret_alpha   initialised by the caller; on OK height rows of width × colours (alpha: width × 1)
 *             samples of ret_image.bits, 16 bits big-endian, no padding
 *
 * Size, tiles and components are read from the code stream's own header before the library sees it.
 * Components of lower resolution are stretched.  Two components without a word on what they are count as
 * grey and opacity.  The library loads nothing lazily and starts no threads.
 *
 * Errors:  MALFORMED    row P18: the library cannot read it
 *          UNSUPPORTED  row P18: no code stream, more than 5 components, or no colour among them
 *          LIMIT        row P18: too many pixels, tiles or components
 * Rule:    ISO 32000-2 7.4.9; ISO/IEC 15444-1. */
enum err jpx_decode(struct bytes in, uint64_t max_pixels, struct jpx_image *ret_image, struct buf *ret_samples,
                    struct buf *ret_alpha, struct fault *why) must_use;
