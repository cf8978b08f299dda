/* A JPEG file out of samples: for pictures whose coding is not passed on and would grow too much without one. */
#pragma once

#include "base/buf.h"
#include "base/err.h"

enum { JPEG_MAKE_QUALITY = 90, JPEG_MAKE_SIDE = 65500 };

/* Code a picture, all components at full resolution.
 *
 * samples     width × height × components bytes, rows without padding
 * components  1 gray or 3 RGB
 * out         appended to
 *
 * Errors:  LIMIT  a side over JPEG_MAKE_SIDE, or out is full; MALFORMED  too few samples
 * Rule:    ITU-T T.81. */
enum err jpeg_make(struct bytes samples, uint32_t width, uint32_t height, unsigned components, struct buf *out,
                   struct fault *why) must_use;
