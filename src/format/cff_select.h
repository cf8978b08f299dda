/* The tables of a CFF program that have an element a glyph: charset, encoding, font selector.
 *
 * Each is read at the begin of `in` and written to `out`; false when it runs over the end.
 * Rule: Adobe TN 5176 12, 13, 19 */
#pragma once

#include "base/buf.h"

/* Names (or CIDs) of the glyphs but the first; the last range is cut at the last glyph. */
bool cff_select_charset(struct bytes in, size_t glyphs, struct buf *out);

bool cff_select_encoding(struct bytes in, struct buf *out);

/* Note in `used` (65536 bytes) the strings a charset or encoding written by the above names. */
void cff_select_names(struct bytes charset, struct bytes encoding, uint8_t *used);

/* Which font draws a glyph; numbers of fonts that do not exist become the last one's. */
bool cff_select_fonts(struct bytes in, size_t glyphs, size_t fonts, struct buf *out);
