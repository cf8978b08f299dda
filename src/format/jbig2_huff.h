/* Huffman tables of JBIG2: the fifteen of the standard, and those a document brings.
 * Rule: ITU-T T.88 annex B */
#pragma once

#include "format/bitread.h"
#include "format/jbig2_work.h"

struct jbig2_line {
    uint8_t prefix; /* bits of the code; 0 = no code */
    uint8_t range;  /* bits behind it */
    uint8_t kind;   /* enum jbig2_line_kind */
    int32_t low;
};

enum jbig2_line_kind { JBIG2_LINE, JBIG2_LOWER, JBIG2_OOB };

struct jbig2_huff {
    const struct jbig2_line *lines;
    uint32_t *order;               /* lines by length of code */
    uint32_t first[34], count[34]; /* code and number of lines, by length */
    uint32_t from[34];             /* index in order */
};

/* Give codes to lines (borrowed as long as the table lives).  Errors: MALFORMED, LIMIT */
enum err jbig2_huff_build(struct jbig2_work *w, const struct jbig2_line *lines, uint32_t count,
                          struct jbig2_huff **ret) must_use;

/* A table of the standard, 1 to 15. */
enum err jbig2_huff_standard(struct jbig2_work *w, unsigned number, struct jbig2_huff **ret) must_use;

/* A table segment's data. */
enum err jbig2_huff_read(struct jbig2_work *w, struct bytes data, struct jbig2_huff **ret) must_use;

/* Index of the line whose code comes next.  Errors: MALFORMED, no such code or the end of the data. */
enum err jbig2_huff_line(struct jbig2_work *w, const struct jbig2_huff *h, struct bitread *in, uint32_t *ret) must_use;

/* A number, or `ret_oob`. */
enum err jbig2_huff_number(struct jbig2_work *w, const struct jbig2_huff *h, struct bitread *in, int64_t *ret,
                           bool *ret_oob) must_use;
