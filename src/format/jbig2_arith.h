/* The arithmetic (MQ) decoder of JBIG2, and the numbers coded with it.
 * Rule: ITU-T T.88 annexes A and E */
#pragma once

#include "base/bytes.h"

struct jbig2_arith {
    struct bytes in;
    size_t at;
    uint32_t c, a;
    int count;
};

/* A context is one byte: index into the table of estimates << 1 | more probable symbol.  All begin at 0. */
void jbig2_arith_init(struct jbig2_arith *d, struct bytes in);

/* One decision. */
unsigned jbig2_arith_bit(struct jbig2_arith *d, uint8_t *context);

enum { JBIG2_NUMBER_CONTEXTS = 512 };

/* A number; false when it is the "out of band" value. */
bool jbig2_arith_number(struct jbig2_arith *d, uint8_t *contexts, int64_t *ret_value);

/* A symbol's number of `len` bits, with 1 << len contexts. */
uint32_t jbig2_arith_id(struct jbig2_arith *d, uint8_t *contexts, unsigned len);
