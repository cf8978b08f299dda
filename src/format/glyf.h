/* TrueType outlines: the glyf and loca tables. */
#pragma once

#include "base/buf.h"
#include "base/bytes.h"

/* Read every outline and write those that are sound; the others become empty.
 *
 * A sound outline lies inside the table, its contours ascend, and its components exist, do not go in
 * circles, are nested at most 8 deep and draw at most 2^18 points all together.
 *
 * glyphs    how many there are to be, ≤ 65535; loca may know fewer
 * long_loca the format of `loca`
 * ret_glyf  initialised by the caller; every outline cut at its end and aligned to four bytes
 * ret_loca  initialised by the caller; glyphs + 1 offsets
 *
 * Returns whether ret_loca is in the long format.
 * Rule:  ISO/IEC 14496-22 5.3.3, 5.3.4 */
bool glyf_rewrite(struct bytes glyf, struct bytes loca, bool long_loca, size_t glyphs, struct buf *ret_glyf,
                  struct buf *ret_loca);
