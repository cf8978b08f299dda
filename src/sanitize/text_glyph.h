/* Strings shown in a font: what each glyph means and where it stands.
 *
 * Rule:    ISO 32000-1 9.4.3, 9.4.4 */
#pragma once

#include "sanitize/text_show.h"

/* Tf: the font by its dictionary (or a reference to it); NULL for one that is not there. */
void text_glyph_set_font(struct text_show *s, const struct pdf_value *v);

/* Tj; and TJ with the operands at hand. */
void text_glyph_show(struct text_show *s, struct bytes string);
void text_glyph_show_array(struct text_show *s);

/* Td. */
void text_glyph_next_line(struct text_show *s, double x, double y);
