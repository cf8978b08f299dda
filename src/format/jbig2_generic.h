/* Generic regions: pixels coded one by one, each in the context of those around it.
 * Rule: ITU-T T.88 6.2 */
#pragma once

#include "format/jbig2_arith.h"
#include "format/jbig2_work.h"

struct jbig2_generic {
    uint32_t width, height;
    unsigned template;               /* 0 to 3 */
    bool typical;                    /* rows like the one above are marked */
    int16_t at[8];                   /* x, y of the adaptive pixels: four for template 0, one for the others */
    const struct jbig2_bitmap *skip; /* black where pixels are not coded; or NULL */
};

/* Contexts a template needs. */
enum { JBIG2_GENERIC_CONTEXTS = 1 << 16 };

/* Bytes the adaptive pixels of a template take. */
static inline size_t jbig2_generic_at_len(unsigned template)
{
    return template == 0 ? 8 : 2;
}

/* A place of an adaptive pixel as it is written: a byte with a sign. */
static inline int16_t jbig2_generic_at(uint8_t byte)
{
    return (int16_t)(byte < 128 ? byte : byte - 256);
}

enum err jbig2_generic_arith(struct jbig2_work *w, const struct jbig2_generic *g, struct jbig2_arith *d,
                             uint8_t *contexts, struct jbig2_bitmap **ret) must_use;

/* The same in MMR coding; ret_used: bytes read. */
enum err jbig2_generic_mmr(struct jbig2_work *w, uint32_t width, uint32_t height, struct bytes in, size_t *ret_used,
                           struct jbig2_bitmap **ret) must_use;
