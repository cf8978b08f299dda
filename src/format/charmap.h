/* The cmap table of a font: which glyph draws a character code. */
#pragma once

#include "base/buf.h"
#include "base/bytes.h"

/* Read the sub-tables of formats 0, 4, 6 and 12 and write them afresh, sorted, those with the same
 * content once.  What points outside the table maps to nothing; other formats are left out.
 *
 * glyphs  codes of glyphs from this number on are left out
 * out     initialised by the caller; stays empty when no sub-table was sound
 *
 * Rule:  ISO/IEC 14496-22 5.2.1 */
void charmap_rewrite(struct bytes cmap, size_t glyphs, struct buf *out);
