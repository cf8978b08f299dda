/* WebP written afresh, always in the lossless coding: pixels, and for an animation the place, time and
 * blending of its frames.
 *
 * Only the lossless coding gives the same pixels again when its output is rebuilt once more (fixed point),
 * so a lossy picture grows; docs/decisions says more. */
#pragma once

#include "base/err.h"
#include "base/sink.h"
#include "format/exif.h"

enum { WEBP_FRAMES_MAX = 2000, WEBP_KINDS_MAX = 16 };

struct webp_info {
    uint32_t width, height, frames;
    uint64_t pixels; /* of all frames together */
    struct exif exif;
    bool animated, has_exif, has_xmp, has_icc;
    bool lossy;      /* the input was */
    bool turned, recoloured;
    uint32_t others; /* chunks of no known kind */
    size_t end;      /* behind the RIFF chunk */
};

/* Rebuild a picture or an animation.
 *
 * pixels_max  of all frames together, asked before each is decoded
 * out         given the whole file at the end
 *
 * Errors:  MALFORMED  container or pixels are damaged
 *          LIMIT      more than pixels_max or WEBP_FRAMES_MAX frames (I08)
 * Rule:    RFC 9649; I01, I06, I08 */
enum err webp_rebuild(struct bytes in, uint64_t pixels_max, struct sink *out, struct webp_info *ret_info,
                      struct fault *why) must_use;
