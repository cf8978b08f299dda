/* WebP written afresh: pictures, and for an animation the place, time and blending of its frames.
 *
 * A lossless picture is decoded and coded again.  A lossy one is copied decision by decision (vp8_copy), its
 * alpha decoded and coded again; only a profile or an orientation that must be applied takes it to pixels. */
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
