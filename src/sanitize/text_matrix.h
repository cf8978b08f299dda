/* Matrices and boxes of pages.
 *
 * Rule:    ISO 32000-1 8.3.3 */
#pragma once

#include "format/pdf.h"

struct text_matrix {
    double a, b, c, d, e, f;
};

struct text_box {
    double x0, y0, x1, y1;
};

static inline struct text_matrix text_matrix_identity(void)
{
    return (struct text_matrix){.a = 1, .d = 1};
}

/* What the one does and then the other. */
struct text_matrix text_matrix_mul(const struct text_matrix *first, const struct text_matrix *then);

/* Of an array of six numbers; identity if it is none. */
struct text_matrix text_matrix_of(struct pdf *p, const struct pdf_value *array);
