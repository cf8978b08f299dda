/* The promises of the sanitizer, asserted on one input; for tests and fuzz targets.
 *
 *  - clean(clean(x)) = clean(x), byte for byte
 *  - the same input gives the same bytes
 *  - a second pass finds nothing but ACT_KEPT
 *  - never over the output budget
 *
 * type  what the input is taken for (the sniffer is not asked)
 * fn    the function under test
 * name  a file name for messages and for types told apart by name
 *
 * Returns whether the input was rebuilt; false when it was refused, which is always allowed.
 * A broken promise is printed and aborts. */
#pragma once

#include "sanitize/clean.h"

bool promise_check(enum type type, clean_fn *fn, struct bytes in, const char *name);

/* One pass, for tests that look at the output and the findings.
 *
 * ret_out  given to the caller (buf_done); findings live in `a` */
enum err promise_run(struct arena *a, enum type type, clean_fn *fn, struct bytes in, const char *name,
                     struct buf *ret_out, struct findings *ret_findings, enum type *ret_type, struct fault *why);

/* How often a row was found with an action, over all places. */
uint32_t promise_count(const struct findings *f, enum row row, enum act act);
