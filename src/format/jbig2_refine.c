#include "format/jbig2_refine.h"

/* Pixels of the context in the order of its bits: of the new bitmap, then of the known one.
 * The last of each part is replaced by the adaptive pixel in template 0. */
struct near {
    int8_t x, y;
};

struct shape {
    struct near new[4], known[9];
    uint8_t new_count, known_count;
    uint16_t typical;
};

static const struct shape shapes[2] = {
    {{{-1, 0}, {1, -1}, {0, -1}, {-1, -1}},
     {{1, 1}, {0, 1}, {-1, 1}, {1, 0}, {0, 0}, {-1, 0}, {1, -1}, {0, -1}, {-1, -1}},
     4,
     9,
     0x100},
    {{{-1, 0}, {1, -1}, {0, -1}, {-1, -1}}, {{1, 1}, {0, 1}, {1, 0}, {0, 0}, {-1, 0}, {0, -1}}, 4, 6, 0x080},
};

struct coder {
    const struct jbig2_refine *r;
    struct shape shape;
    struct jbig2_arith *d;
    uint8_t *contexts;
    struct jbig2_bitmap *out;
};

static unsigned known_pixel(const struct coder *c, int64_t x, int64_t y, struct near near)
{
    return jbig2_work_pixel(c->r->known, x - c->r->x + near.x, y - c->r->y + near.y);
}

static uint32_t context_of(const struct coder *c, int64_t x, int64_t y)
{
    uint32_t context = 0;
    unsigned bit = 0;

    for (size_t i = 0; i < c->shape.new_count; i++)
        context |= jbig2_work_pixel(c->out, x + c->shape.new[i].x, y + c->shape.new[i].y) << bit++;
    for (size_t i = 0; i < c->shape.known_count; i++)
        context |= known_pixel(c, x, y, c->shape.known[i]) << bit++;
    return context;
}

/* Whether the nine known pixels around are all alike; they then tell the new one. */
static bool alike(const struct coder *c, int64_t x, int64_t y)
{
    unsigned middle = known_pixel(c, x, y, (struct near){0, 0});

    for (int8_t dy = -1; dy <= 1; dy++)
        for (int8_t dx = -1; dx <= 1; dx++)
            if (known_pixel(c, x, y, (struct near){dx, dy}) != middle)
                return false;
    return true;
}

static enum err set_adaptive(struct jbig2_work *w, struct coder *c)
{
    const int8_t *at = c->r->at;

    if (c->r->template != 0)
        return OK;
    if (at[1] > 0 || (at[1] == 0 && at[0] >= 0))
        return jbig2_work_broken(w, "T.88 6.3.5.3", "adaptive pixel that is not decoded yet");
    c->shape.new[3] = (struct near){at[0], at[1]};
    c->shape.known[8] = (struct near){at[2], at[3]};
    return OK;
}

static void decode_row(struct coder *c, uint32_t y, bool typical)
{
    uint8_t *row = c->out->at + (size_t)y * c->out->stride;

    for (uint32_t x = 0; x < c->r->width; x++) {
        unsigned pixel;

        if (typical && alike(c, x, y))
            pixel = known_pixel(c, x, y, (struct near){0, 0});
        else
            pixel = jbig2_arith_bit(c->d, &c->contexts[context_of(c, x, y)]);
        row[x / 8] |= (uint8_t)(pixel << (7 - x % 8));
    }
}

enum err jbig2_refine_decode(struct jbig2_work *w, const struct jbig2_refine *r, struct jbig2_arith *d,
                             uint8_t *contexts, struct jbig2_bitmap **ret)
{
    struct coder c = {.r = r, .shape = shapes[r->template & 1], .d = d, .contexts = contexts};
    bool typical = false;

    TRY(jbig2_work_spend(w, 4 * ((uint64_t)r->width * r->height) + r->height));
    TRY(jbig2_work_bitmap(w, r->width, r->height, &c.out));
    TRY(set_adaptive(w, &c));
    for (uint32_t y = 0; y < r->height; y++) {
        if (r->typical)
            typical ^= jbig2_arith_bit(d, &contexts[c.shape.typical]);
        decode_row(&c, y, typical);
    }
    *ret = c.out;
    return OK;
}
