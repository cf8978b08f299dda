/* INDEX: the counted lists of a CFF program. */
#pragma once

#include "base/buf.h"
#include "base/err.h"

struct cff_index {
    struct bytes offsets, data; /* data begins one byte before the first element: offsets count from 1 */
    unsigned offset_size;
    size_t count, end; /* end: offset in the program behind it */
};

/* Read the INDEX at `at`.
 *
 * Errors:  MALFORMED  row P17: it runs over the end of the program */
enum err cff_index_read(struct bytes program, size_t at, struct cff_index *ret_index, struct fault *why) must_use;

/* Element i; empty when its offsets descend or leave the data. */
struct bytes cff_index_at(const struct cff_index *index, size_t i);

/* Write an INDEX of the same elements with the smallest offsets.  An element that overlaps an earlier
 * one becomes empty, so that the result is not larger than the input.
 *
 * keep  one byte an element: 0 makes it empty; NULL keeps all */
void cff_index_put(const struct cff_index *index, const uint8_t *keep, struct buf *out);

/* Write an INDEX of one element. */
void cff_index_put_one(struct bytes element, struct buf *out);
