/* The arithmetic code of VP8, read and written at once: every decision taken from the input is coded again
 * with the same probability, so the output says what the input says and nothing else. */
#pragma once

#include "base/buf.h"

enum { VP8_BOOL_PAST_MAX = 3 }; /* bytes a reader may look beyond the end of honest data */

struct vp8_bool {
    struct bytes in;
    size_t at;     /* next byte; beyond the end zeros are read */
    uint32_t value, range;
    unsigned shifts;
    bool impossible; /* begins as no coder begins: readers would not agree on what it says */
    struct buf out;
    uint32_t bottom, out_range;
    int out_bits;
};

/* Begin with a partition; vp8_bool_done() frees what was coded. */
void vp8_bool_init(struct vp8_bool *b, struct bytes in);
void vp8_bool_done(struct vp8_bool *b);

/* One decision.  prob: of 0, in 256ths.  Rule: RFC 6386 7.3 */
unsigned vp8_bool_get(struct vp8_bool *b, unsigned prob);

/* An unsigned number of some bits, the high one first. */
unsigned vp8_bool_value(struct vp8_bool *b, unsigned bits);

/* Whether more was read than there is, or what was read is not of this code. */
static inline bool vp8_bool_broken(const struct vp8_bool *b)
{
    return b->impossible || b->at > b->in.len + VP8_BOOL_PAST_MAX;
}

/* Write what is still held; `out` is complete then. */
void vp8_bool_flush(struct vp8_bool *b);
