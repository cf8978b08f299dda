/* Calculator functions: a small PostScript, read by its operator list and written afresh.
 *
 * Rule:    ISO 32000-1 7.10.5, table 42 */
#pragma once

#include "base/buf.h"

enum { PDF_CALC_MAX = 1 << 20, PDF_CALC_DEPTH = 32, PDF_CALC_TOKENS = 20000 };

/* Rewrite a program; appended to `out`.
 *
 * Returns true when it is no such program (operators outside the list, unbalanced, too long): `out` is worthless. */
bool pdf_calc_rewrite(struct bytes in, struct buf *out);
