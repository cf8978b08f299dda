/* Symbol dictionaries.
 * Rule: ITU-T T.88 6.5, 7.4.2 */
#pragma once

#include "format/jbig2_segment.h"

/* Read a dictionary segment: the symbols it exports, old and new. */
enum err jbig2_symbol_read(struct jbig2_work *w, const struct jbig2_segment *s, struct jbig2_dict **ret) must_use;
