/* A table on its way in: decoded, scrubbed, cut into cells; `sep=` lines taken off. */
#pragma once

#include "format/csv.h"
#include "sanitize/clean.h"
#include "text/charset.h"

enum { CSV_TABLE_CELL = 1 << 20 }; /* longest cell */

struct csv_shape {
    enum charset set; /* of the input */
    bool marked;      /* with a byte order mark */
    uint8_t delimiter; /* to write with: a comma when a `sep=` line named another one */
};

/* Read a whole table.
 *
 * ret_shape  set before the handler is called
 *
 * Errors:    MALFORMED T03 no text; LIMIT G06 a cell too long; or what the handler returned
 * Rule:      T02, T03, T04 */
enum err csv_table_read(struct clean *c, struct bytes in, struct csv_shape *ret_shape, const struct csv_handler *handler,
                        void *ctx, struct fault *why) must_use;
