/* What a glyph is, by its name in a font.
 *
 * Rule:    the naming of glyphs after the Adobe Glyph List: names of a list, uniXXXX, uXXXXX, parts joined by
 *          underscores, a variant behind a full stop */
#pragma once

#include "base/bytes.h"

enum { GLYPH_NAME_MAX = 8 }; /* characters one name may stand for */

/* The characters a name stands for.
 *
 * Returns how many were put into `ret`; 0 when the name says nothing. */
size_t glyph_name_find(struct bytes name, uint32_t ret[GLYPH_NAME_MAX]);
