/* What decoding one JBIG2 page shares: memory and effort within a budget, and bitmaps. */
#pragma once

#include "base/arena.h"
#include "base/err.h"

/* One bit a pixel, rows padded to bytes with zeros; 1 is black. */
struct jbig2_bitmap {
    uint32_t width, height;
    size_t stride;
    uint8_t *at;
};

enum jbig2_op { JBIG2_OR, JBIG2_AND, JBIG2_XOR, JBIG2_XNOR, JBIG2_REPLACE, JBIG2_OPS };

struct jbig2_work {
    struct arena arena;
    uint64_t memory, effort; /* left; effort is about one a coded pixel */
    uint8_t *scratch;        /* zeroed by who takes it */
    size_t scratch_len;
    struct fault *why;
};

/* Budgets follow from the bytes of data and the size of the picture that is asked for. */
void jbig2_work_init(struct jbig2_work *w, size_t data, uint32_t width, uint32_t height, struct fault *why);
void jbig2_work_done(struct jbig2_work *w);

/* Errors: LIMIT row P18, the budget is spent */
enum err jbig2_work_spend(struct jbig2_work *w, uint64_t effort) must_use;

/* `count` zeroed elements; errors as above. */
enum err jbig2_work_array(struct jbig2_work *w, uint64_t count, size_t size, void *ret_array) must_use;

/* Memory of at least `len` bytes that the next call may give out again. */
enum err jbig2_work_scratch(struct jbig2_work *w, size_t len, uint8_t **ret_at) must_use;

/* A white bitmap. */
enum err jbig2_work_bitmap(struct jbig2_work *w, uint32_t width, uint32_t height, struct jbig2_bitmap **ret) must_use;

/* MALFORMED, row P18; `rule` is a paragraph of T.88 (static). */
enum err jbig2_work_broken(struct jbig2_work *w, const char *rule, const char *what);

static inline unsigned jbig2_work_pixel(const struct jbig2_bitmap *b, int64_t x, int64_t y)
{
    if (x < 0 || y < 0 || x >= b->width || y >= b->height)
        return 0;
    return b->at[(size_t)y * b->stride + (size_t)x / 8] >> (7 - x % 8) & 1;
}

void jbig2_work_fill(struct jbig2_bitmap *b, bool black);

/* Draw `from` with its corner at x, y; what lies outside is cut off. */
enum err jbig2_work_draw(struct jbig2_work *w, struct jbig2_bitmap *to, const struct jbig2_bitmap *from, int64_t x,
                         int64_t y, enum jbig2_op op) must_use;

/* A part of a bitmap as one of its own; what lies outside is white. */
enum err jbig2_work_cut(struct jbig2_work *w, const struct jbig2_bitmap *from, int64_t x, int64_t y, uint32_t width,
                        uint32_t height, struct jbig2_bitmap **ret) must_use;
