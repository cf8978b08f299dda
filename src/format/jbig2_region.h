/* Region segments: a bitmap and where it goes.
 * Rule: ITU-T T.88 7.4.1, 7.4.3, 7.4.5, 7.4.6, 7.4.7 */
#pragma once

#include "format/jbig2_segment.h"

struct jbig2_region {
    uint32_t width, height, x, y;
    enum jbig2_op op;
    struct jbig2_bitmap *bitmap;
};

/* Decode the region of a segment.
 *
 * kind  JBIG2_TEXT, JBIG2_HALFTONE, JBIG2_GENERIC or JBIG2_REFINEMENT
 * page  what a refinement without a reference refines
 *
 * Errors:  MALFORMED, UNSUPPORTED (twelve adaptive pixels, colour), LIMIT; row P18 */
enum err jbig2_region_decode(struct jbig2_work *w, const struct jbig2_segment *s, enum jbig2_kind kind,
                             const struct jbig2_bitmap *page, struct jbig2_region *ret) must_use;
