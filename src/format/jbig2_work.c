#include "format/jbig2_work.h"

/* A page of A4 at 600 dpi is 35 million pixels; dictionaries shared by many pages come on top. */
enum {
    EFFORT_BASE = 1 << 19,
    EFFORT_A_PIXEL = 8,
    EFFORT_A_BYTE = 256,
    MEMORY_BASE = 96 << 20,
    PIXELS_MAX = 1 << 29,
    PIECE = 64 /* what a piece costs beside its bytes */
};

void jbig2_work_init(struct jbig2_work *w, size_t data, uint32_t width, uint32_t height, struct fault *why)
{
    uint64_t pixels = (uint64_t)width * height;

    if (pixels > PIXELS_MAX)
        pixels = PIXELS_MAX;
    *w = (struct jbig2_work){.effort = EFFORT_BASE + EFFORT_A_PIXEL * pixels + EFFORT_A_BYTE * (uint64_t)data,
                             .memory = MEMORY_BASE + pixels / 2,
                             .why = why};
    /* Our own count ends first, so that a spent budget is an error and not the end of the process. */
    arena_init(&w->arena, 2 * w->memory + (16 << 20));
}

void jbig2_work_done(struct jbig2_work *w)
{
    arena_done(&w->arena);
}

static enum err spent(struct jbig2_work *w, const char *what)
{
    return fault_set(w->why, ERR_LIMIT, "P18", "ITU-T T.88", 0, "JBIG2 picture over its budget of %s", what);
}

enum err jbig2_work_spend(struct jbig2_work *w, uint64_t effort)
{
    if (effort > w->effort)
        return spent(w, "effort");
    w->effort -= effort;
    return OK;
}

/* NULL when the budget is spent. */
static void *take(struct jbig2_work *w, uint64_t count, size_t size)
{
    uint64_t total;

    if (__builtin_mul_overflow(count, (uint64_t)size, &total) || total > w->memory || w->memory - total < PIECE) {
        (void)spent(w, "memory");
        return NULL;
    }
    w->memory -= total + PIECE;
    return arena_alloc(&w->arena, total);
}

enum err jbig2_work_array(struct jbig2_work *w, uint64_t count, size_t size, void *ret_array)
{
    void *array = take(w, count, size);

    if (array == NULL)
        return ERR_LIMIT;
    memcpy(ret_array, &array, sizeof(array));
    return OK;
}

enum err jbig2_work_scratch(struct jbig2_work *w, size_t len, uint8_t **ret_at)
{
    if (len > w->scratch_len) {
        TRY(jbig2_work_array(w, 2 * (uint64_t)len, 1, &w->scratch));
        w->scratch_len = 2 * len;
    }
    *ret_at = w->scratch;
    return OK;
}

enum err jbig2_work_bitmap(struct jbig2_work *w, uint32_t width, uint32_t height, struct jbig2_bitmap **ret)
{
    size_t stride = ((size_t)width + 7) / 8;
    struct jbig2_bitmap *b = take(w, 1, sizeof(*b));
    uint8_t *at = take(w, (uint64_t)stride * height, 1);

    if (b == NULL || at == NULL)
        return ERR_LIMIT;
    *b = (struct jbig2_bitmap){.width = width, .height = height, .stride = stride, .at = at};
    *ret = b;
    return OK;
}

enum err jbig2_work_broken(struct jbig2_work *w, const char *rule, const char *what)
{
    return fault_set(w->why, ERR_MALFORMED, "P18", rule, 0, "JBIG2: %s", what);
}

void jbig2_work_fill(struct jbig2_bitmap *b, bool black)
{
    memset(b->at, black ? 0xFF : 0, b->stride * b->height);
    if (black && b->width % 8 != 0)
        for (size_t y = 0; y < b->height; y++)
            b->at[(y + 1) * b->stride - 1] &= (uint8_t) ~(0xFF >> (b->width % 8));
}

/* Eight pixels of a row from column x on; those outside are white. */
static uint8_t eight(const struct jbig2_bitmap *b, const uint8_t *row, int64_t x)
{
    int64_t byte = x >> 3;
    unsigned shift = (unsigned)(x & 7);
    unsigned two = (byte >= 0 && (uint64_t)byte < b->stride ? row[byte] : 0u) << 8;

    if (byte + 1 >= 0 && (uint64_t)(byte + 1) < b->stride)
        two |= row[byte + 1];
    return (uint8_t)(two << shift >> 8);
}

static uint8_t combine(uint8_t to, uint8_t from, uint8_t mask, enum jbig2_op op)
{
    uint8_t both = op == JBIG2_OR     ? to | from
                   : op == JBIG2_AND  ? to & from
                   : op == JBIG2_XOR  ? to ^ from
                   : op == JBIG2_XNOR ? (uint8_t) ~(to ^ from)
                                      : from;

    return (uint8_t)((to & ~mask) | (both & mask));
}

/* Columns [left, right) of one row. */
static void draw_row(const struct jbig2_bitmap *from, const uint8_t *source, int64_t x, int64_t left, int64_t right,
                     uint8_t *target, enum jbig2_op op)
{
    for (int64_t byte = left / 8; byte <= (right - 1) / 8; byte++) {
        uint8_t mask = 0xFF;

        if (byte == left / 8)
            mask &= (uint8_t)(0xFF >> (left % 8));
        if (byte == (right - 1) / 8)
            mask &= (uint8_t)(0xFF << (7 - (right - 1) % 8));
        target[byte] = combine(target[byte], eight(from, source, 8 * byte - x), mask, op);
    }
}

enum err jbig2_work_draw(struct jbig2_work *w, struct jbig2_bitmap *to, const struct jbig2_bitmap *from, int64_t x,
                         int64_t y, enum jbig2_op op)
{
    int64_t left = x > 0 ? x : 0, right = x + from->width < to->width ? x + from->width : to->width;
    int64_t top = y > 0 ? y : 0, bottom = y + from->height < to->height ? y + from->height : to->height;

    if (left >= right || top >= bottom)
        return OK;
    TRY(jbig2_work_spend(w, (uint64_t)((right - left) / 8 + 2) * (uint64_t)(bottom - top)));
    for (int64_t row = top; row < bottom; row++)
        draw_row(from, from->at + (size_t)(row - y) * from->stride, x, left, right, to->at + (size_t)row * to->stride,
                 op);
    return OK;
}

enum err jbig2_work_cut(struct jbig2_work *w, const struct jbig2_bitmap *from, int64_t x, int64_t y, uint32_t width,
                        uint32_t height, struct jbig2_bitmap **ret)
{
    TRY(jbig2_work_bitmap(w, width, height, ret));
    return jbig2_work_draw(w, *ret, from, -x, -y, JBIG2_REPLACE);
}
