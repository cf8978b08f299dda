/* Refinement: a bitmap coded by what differs from one that is known.
 * Rule: ITU-T T.88 6.3 */
#pragma once

#include "format/jbig2_arith.h"
#include "format/jbig2_work.h"

struct jbig2_refine {
    uint32_t width, height;
    unsigned template; /* 0 or 1 */
    bool typical;
    int8_t at[4]; /* template 0: one adaptive pixel of the new bitmap, one of the known */
    const struct jbig2_bitmap *known;
    int64_t x, y; /* where the known bitmap lies in the new one */
};

enum { JBIG2_REFINE_CONTEXTS = 1 << 13 };

enum err jbig2_refine_decode(struct jbig2_work *w, const struct jbig2_refine *r, struct jbig2_arith *d,
                             uint8_t *contexts, struct jbig2_bitmap **ret) must_use;
