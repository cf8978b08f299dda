/* Text regions: symbols drawn in strips.
 * Rule: ITU-T T.88 6.4 */
#pragma once

#include "format/jbig2_arith.h"
#include "format/jbig2_huff.h"
#include "format/jbig2_refine.h"

/* The numbers an instance is coded with. */
enum jbig2_text_number {
    JBIG2_TEXT_DT, /* strip */
    JBIG2_TEXT_FS, /* first of a strip */
    JBIG2_TEXT_DS, /* next of a strip */
    JBIG2_TEXT_RDW,
    JBIG2_TEXT_RDH,
    JBIG2_TEXT_RDX,
    JBIG2_TEXT_RDY,
    JBIG2_TEXT_RSIZE, /* Huffman only; those up to here have a Huffman table */
    JBIG2_TEXT_IT,
    JBIG2_TEXT_RI,
    JBIG2_TEXT_NUMBERS
};

/* Contexts of the arithmetic decoder. */
struct jbig2_text_contexts {
    uint8_t number[JBIG2_TEXT_NUMBERS][JBIG2_NUMBER_CONTEXTS];
    uint8_t *id;     /* 1 << id_len */
    uint8_t *refine; /* JBIG2_REFINE_CONTEXTS */
};

enum jbig2_corner { JBIG2_BOTTOM_LEFT, JBIG2_TOP_LEFT, JBIG2_BOTTOM_RIGHT, JBIG2_TOP_RIGHT };

struct jbig2_text {
    bool huffman, refine, transposed, black;
    uint32_t width, height, instances;
    unsigned log_strips;
    enum jbig2_corner corner;
    enum jbig2_op op;
    int64_t offset; /* between symbols */
    unsigned refine_template;
    int8_t refine_at[4];
    struct jbig2_bitmap *const *symbols;
    uint32_t symbol_count;
    unsigned id_len;
    /* arithmetic */
    struct jbig2_arith *arith;
    struct jbig2_text_contexts *contexts;
    /* Huffman */
    struct bitread *in;
    const struct jbig2_huff *table[JBIG2_TEXT_RSIZE + 1];
    const struct jbig2_huff *ids; /* NULL: ids are numbers of id_len bits */
};

/* Contexts for symbols numbered with id_len bits. */
enum err jbig2_text_contexts_new(struct jbig2_work *w, unsigned id_len, struct jbig2_text_contexts **ret) must_use;

/* Bits that number `count` symbols. */
unsigned jbig2_text_id_len(uint64_t count);

enum err jbig2_text_decode(struct jbig2_work *w, struct jbig2_text *t, struct jbig2_bitmap **ret) must_use;

/* For symbols made of one other: its id, and that symbol refined to a size of `width` and `height`.
 * Rule: T.88 6.5.8.2.2 */
enum err jbig2_text_refine_one(struct jbig2_work *w, struct jbig2_text *t, uint32_t width, uint32_t height,
                               struct jbig2_bitmap **ret) must_use;
