/* Inline images: BI, pairs, ID, data, EI.
 *
 * The data is undone down to samples (or to the JPEG file) and written in hexadecimal, so that
 * every reader finds the same end.
 *
 * Rule:    ISO 32000-1 8.9.7 */
#pragma once

#include "format/pdf_lex.h"
#include "format/pdf_token.h"

/* Rewrite the image whose BI has just been read.
 *
 * l    behind BI; left behind EI in every case
 * out  appended to: BI … EI without a line end; undefined on false
 *
 * Returns false when the image cannot be understood. */
bool pdf_inline_rewrite(struct pdf_lex *l, const struct pdf_token_rules *rules, struct buf *out);
