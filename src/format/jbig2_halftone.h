/* Pattern dictionaries and halftone regions: a grid of grey values drawn with patterns.
 * Rule: ITU-T T.88 6.6, 6.7, annex C */
#pragma once

#include "format/jbig2_segment.h"

/* Read a pattern dictionary segment. */
enum err jbig2_halftone_patterns(struct jbig2_work *w, const struct jbig2_segment *s, struct jbig2_dict **ret) must_use;

/* Decode a halftone region of the given size from the data behind its region header. */
enum err jbig2_halftone_decode(struct jbig2_work *w, const struct jbig2_segment *s, struct bytes data, uint32_t width,
                               uint32_t height, struct jbig2_bitmap **ret) must_use;
