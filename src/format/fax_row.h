/* Rows of facsimile codings as lists of the columns where the colour changes. */
#pragma once

#include "base/arena.h"
#include "format/bitread.h"
#include "format/fax_code.h"

struct fax_row {
    uint32_t *change; /* strictly ascending; white is before the first.  Behind the last: four times `columns` */
    size_t count;
};

struct fax_rows {
    struct fax_code codes;
    struct bitread in;
    uint32_t columns;
    struct fax_row above, row; /* above is all white before the first row */
};

/* Memory for two rows comes from the arena. */
void fax_row_init(struct fax_rows *f, struct bytes in, uint32_t columns, struct arena *a);

/* Read the codes of one row into f->row: one-dimensional, or against f->above.  False when a code does not
 * exist or leaves the row; what was read is then completed from the row above. */
bool fax_row_1d(struct fax_rows *f);
bool fax_row_2d(struct fax_rows *f);

/* The row that was read becomes the one above. */
void fax_row_next(struct fax_rows *f);

/* Set the black pixels of a row in zeroed bytes. */
void fax_row_paint(const struct fax_row *row, uint32_t columns, uint8_t *at);
