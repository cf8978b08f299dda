#include "format/jbig2_generic.h"

#include "format/fax.h"

enum { MARGIN = 8, LINES = 3, MMR_WIDTH_MAX = 1 << 20 };

/* The context of a pixel is read from windows that slide over the row itself and the two above. */
struct shape {
    uint8_t bits[LINES];  /* pixels of the row, one above, two above */
    uint8_t ahead[LINES]; /* how far the window reaches to the right of the pixel */
    uint16_t typical;     /* the context that tells a row like the one above */
    struct {
        int8_t x, y;
        uint8_t bit;
    } at[4]; /* adaptive pixels at their nominal places, where the windows have them */
    uint8_t at_count;
};

static const struct shape shapes[4] = {
    {{4, 7, 5}, {0, 3, 2}, 0x9B25, {{3, -1, 4}, {-3, -1, 10}, {2, -2, 11}, {-2, -2, 15}}, 4},
    {{3, 6, 4}, {0, 3, 2}, 0x0795, {{3, -1, 3}}, 1},
    {{2, 5, 3}, {0, 2, 1}, 0x00E5, {{2, -1, 2}}, 1},
    {{4, 6, 0}, {0, 2, 0}, 0x0195, {{2, -1, 4}}, 1},
};

/* An adaptive pixel that is not where the windows have it. */
struct moved {
    int16_t x, y;
    uint8_t bit;
};

struct coder {
    const struct jbig2_generic *g;
    const struct shape *shape;
    struct jbig2_arith *d;
    uint8_t *contexts;
    struct jbig2_bitmap *out;
    uint8_t *line[LINES]; /* one byte a pixel, with margins: this row, one above, two above */
    struct moved moved[4];
    size_t moved_count;
    uint32_t fixed; /* bits of the context the windows give */
};

static enum err set_adaptive(struct jbig2_work *w, struct coder *c)
{
    c->fixed = UINT32_MAX;
    for (size_t i = 0; i < c->shape->at_count; i++) {
        int16_t x = c->g->at[2 * i], y = c->g->at[2 * i + 1];

        if (x == c->shape->at[i].x && y == c->shape->at[i].y)
            continue;
        if (y > 0 || (y == 0 && x >= 0))
            return jbig2_work_broken(w, "T.88 6.2.5.4", "adaptive pixel that is not decoded yet");
        c->moved[c->moved_count++] = (struct moved){x, y, c->shape->at[i].bit};
        c->fixed &= ~(1u << c->shape->at[i].bit);
    }
    return OK;
}

static enum err set_lines(struct jbig2_work *w, struct coder *c)
{
    size_t len = (size_t)c->g->width + 2 * (size_t)MARGIN;
    uint8_t *at = NULL;

    TRY(jbig2_work_scratch(w, LINES * len, &at));
    memset(at, 0, LINES * len);
    for (size_t i = 0; i < LINES; i++)
        c->line[i] = at + i * len + MARGIN;
    return OK;
}

static uint32_t moved_bits(const struct coder *c, uint32_t x, uint32_t y)
{
    uint32_t bits = 0;

    for (size_t i = 0; i < c->moved_count; i++) {
        int64_t ax = (int64_t)x + c->moved[i].x;
        unsigned pixel;

        if (c->moved[i].y == 0)
            pixel = ax >= 0 ? c->line[0][ax] : 0;
        else
            pixel = jbig2_work_pixel(c->out, ax, (int64_t)y + c->moved[i].y);
        bits |= pixel << c->moved[i].bit;
    }
    return bits;
}

/* The window over a row above as it stands at column 0. */
static uint32_t first_window(const struct coder *c, size_t line)
{
    uint32_t window = 0;

    for (size_t x = 0; c->shape->bits[line] > 0 && x <= c->shape->ahead[line]; x++)
        window = window << 1 | (x < c->g->width ? c->line[line][x] : 0u);
    return window;
}

static void decode_row(struct coder *c, uint32_t y)
{
    const struct shape *s = c->shape;
    uint32_t mask0 = (1u << s->bits[0]) - 1, mask1 = (1u << s->bits[1]) - 1, mask2 = (1u << s->bits[2]) - 1;
    unsigned shift1 = s->bits[0], shift2 = s->bits[0] + s->bits[1];
    const uint8_t *above1 = c->line[1] + s->ahead[1] + 1, *above2 = c->line[2] + s->ahead[2] + 1;
    uint32_t w0 = 0, w1 = first_window(c, 1), w2 = first_window(c, 2);

    for (uint32_t x = 0; x < c->g->width; x++) {
        uint32_t context = w2 << shift2 | w1 << shift1 | w0;
        unsigned pixel = 0;

        if (c->moved_count > 0)
            context = (context & c->fixed) | moved_bits(c, x, y);
        if (c->g->skip == NULL || !jbig2_work_pixel(c->g->skip, x, y))
            pixel = jbig2_arith_bit(c->d, &c->contexts[context]);
        c->line[0][x] = (uint8_t)pixel;
        w0 = (w0 << 1 | pixel) & mask0;
        w1 = (w1 << 1 | above1[x]) & mask1;
        w2 = (w2 << 1 | above2[x]) & mask2;
    }
}

static void pack_row(const struct coder *c, uint32_t y)
{
    uint8_t *row = c->out->at + (size_t)y * c->out->stride;

    for (uint32_t x = 0; x < c->g->width; x += 8) {
        uint32_t byte = 0;

        for (uint32_t i = 0; i < 8; i++)
            byte = byte << 1 | (x + i < c->g->width ? c->line[0][x + i] : 0u);
        row[x / 8] = (uint8_t)byte;
    }
}

static void next_line(struct coder *c)
{
    uint8_t *last = c->line[2];

    c->line[2] = c->line[1];
    c->line[1] = c->line[0];
    c->line[0] = last;
}

enum err jbig2_generic_arith(struct jbig2_work *w, const struct jbig2_generic *g, struct jbig2_arith *d,
                             uint8_t *contexts, struct jbig2_bitmap **ret)
{
    struct coder c = {.g = g, .shape = &shapes[g->template & 3], .d = d, .contexts = contexts};
    bool same = false;

    TRY(jbig2_work_spend(w, (uint64_t)g->width * g->height + g->height));
    TRY(jbig2_work_bitmap(w, g->width, g->height, &c.out));
    TRY(set_adaptive(w, &c));
    TRY(set_lines(w, &c));
    for (uint32_t y = 0; y < g->height; y++) {
        if (g->typical)
            same ^= jbig2_arith_bit(d, &contexts[c.shape->typical]);
        if (same)
            memcpy(c.line[0], c.line[1], g->width);
        else
            decode_row(&c, y);
        pack_row(&c, y);
        next_line(&c);
    }
    *ret = c.out;
    return OK;
}

enum err jbig2_generic_mmr(struct jbig2_work *w, uint32_t width, uint32_t height, struct bytes in, size_t *ret_used,
                           struct jbig2_bitmap **ret)
{
    struct jbig2_bitmap *out;

    if (width > MMR_WIDTH_MAX)
        return jbig2_work_broken(w, "T.88 6.2.6", "row that is too wide");
    TRY(jbig2_work_spend(w, (uint64_t)width * height / 4 + height + 30000));
    TRY(jbig2_work_bitmap(w, width, height, &out));
    *ret_used = 0;
    TRY(width == 0 ? OK : fax_mmr(in, width, height, out->at, out->stride, ret_used, w->why));
    *ret = out;
    return OK;
}
