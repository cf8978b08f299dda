/* The operands of content streams that have parts: arrays and the dictionaries of marked content.
 *
 * Rule:    ISO 32000-1 7.8.2, 14.6 */
#pragma once

#include "format/pdf_lex.h"

/* Write an array whose [ has just been read: numbers and strings pass, anything else does not.
 *
 * l        left behind the ], or before an operator inside it (then the bracket was never closed)
 * unknown  counted up for what does not pass
 * Returns 'a' when there are only numbers in it, 't' when there are strings. */
char pdf_operand_array(struct pdf_lex *l, struct buf *out, uint32_t *unknown);

/* Write a dictionary whose << has just been read: of marked content the keys of the standard with plain values.
 *
 * drop_instead  leave out replacement text (/ActualText, /Alt, /E)
 * instead       counted up for replacement text that passes */
void pdf_operand_dict(struct pdf_lex *l, struct buf *out, bool drop_instead, uint32_t *instead);
