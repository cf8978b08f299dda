/* The predictors of Flate and LZW streams.
 *
 * Rule:    ISO 32000-1 7.4.4.4; PNG (W3C) 9; TIFF 6.0 section 14 */
#pragma once

#include "base/buf.h"

struct pdf_predictor;

/* Bytes of one row without its filter byte. */
size_t pdf_predict_row(const struct pdf_predictor *p);

/* Undo in place.  A last row that is cut short is undone as far as it goes. */
void pdf_predict_undo(const struct pdf_predictor *p, struct buf *data);
