#include "format/jbig2_halftone.h"

#include "format/jbig2_generic.h"
#include "format/jbig2_text.h"

enum { PATTERNS_MAX = 1 << 16, GRID_MAX = 1 << 16, PLANES_MAX = 17, DRAW_EFFORT = 16 };

/* The adaptive pixels of bitmaps that have no say in it; the first differs. */
static void set_at(struct jbig2_generic *g, int x)
{
    static const int16_t rest[] = {-3, -1, 2, -2, -2, -2};

    g->at[0] = (int16_t)x;
    g->at[1] = x < 0 ? 0 : -1;
    memcpy(g->at + 2, rest, sizeof(rest));
}

enum err jbig2_halftone_patterns(struct jbig2_work *w, const struct jbig2_segment *s, struct jbig2_dict **ret)
{
    struct reader r = reader_of(s->data);
    uint8_t flags = reader_u8(&r), width = reader_u8(&r), height = reader_u8(&r);
    uint32_t last = reader_u32be(&r);
    struct jbig2_generic g = {.template = flags >> 1 & 3, .height = height};
    struct jbig2_bitmap *all = NULL;
    struct jbig2_dict *dict;
    struct jbig2_arith d;
    uint8_t *contexts;
    size_t used;

    if (r.past || width == 0 || height == 0 || last >= PATTERNS_MAX)
        return jbig2_work_broken(w, "T.88 7.4.4", "patterns of no size, or too many");
    g.width = (last + 1) * width;
    set_at(&g, -width);
    TRY(jbig2_work_array(w, 1, sizeof(*dict), &dict));
    TRY(jbig2_work_array(w, JBIG2_GENERIC_CONTEXTS, 1, &contexts));
    TRY(jbig2_work_array(w, (uint64_t)last + 1, sizeof(void *), &dict->symbols));
    jbig2_arith_init(&d, bytes_from(s->data, r.at));
    if (flags & 1)
        TRY(jbig2_generic_mmr(w, g.width, height, bytes_from(s->data, r.at), &used, &all));
    else
        TRY(jbig2_generic_arith(w, &g, &d, contexts, &all));
    for (; dict->count <= last; dict->count++)
        TRY(jbig2_work_cut(w, all, (int64_t)dict->count * width, 0, width, height, &dict->symbols[dict->count]));
    *ret = dict;
    return OK;
}

/* The grid: its size, place and vectors in 1/256 pixels. */
struct grid {
    uint32_t width, height;
    int64_t x, y, step_x, step_y;
    struct jbig2_bitmap *plane[PLANES_MAX];
    unsigned planes;
};

static int64_t grid_x(const struct grid *g, int64_t column, int64_t row)
{
    return (g->x + row * g->step_y + column * g->step_x) >> 8;
}

static int64_t grid_y(const struct grid *g, int64_t column, int64_t row)
{
    return (g->y + row * g->step_x - column * g->step_y) >> 8;
}

/* Black where a pattern would lie outside the region: its value is not coded. */
static enum err skip_of(struct jbig2_work *w, const struct grid *g, const struct jbig2_bitmap *pattern,
                        const struct jbig2_bitmap *region, struct jbig2_bitmap **ret)
{
    TRY(jbig2_work_bitmap(w, g->width, g->height, ret));
    TRY(jbig2_work_spend(w, (uint64_t)g->width * g->height));
    for (uint32_t row = 0; row < g->height; row++) {
        for (uint32_t column = 0; column < g->width; column++) {
            int64_t x = grid_x(g, column, row), y = grid_y(g, column, row);

            if (x + pattern->width <= 0 || x >= region->width || y + pattern->height <= 0 || y >= region->height)
                (*ret)->at[row * (*ret)->stride + column / 8] |= (uint8_t)(0x80 >> column % 8);
        }
    }
    return OK;
}

/* The planes of bits of the grey values, the highest first; each but that is coded as the change to it. */
static enum err decode_planes(struct jbig2_work *w, struct grid *g, uint8_t flags, struct bytes data,
                              const struct jbig2_bitmap *skip)
{
    struct jbig2_generic params = {.width = g->width, .height = g->height, .template = flags >> 1 & 3, .skip = skip};
    struct jbig2_arith d;
    uint8_t *contexts;

    set_at(&params, params.template <= 1 ? 3 : 2);
    TRY(jbig2_work_array(w, JBIG2_GENERIC_CONTEXTS, 1, &contexts));
    jbig2_arith_init(&d, data);
    for (unsigned i = g->planes; i-- > 0;) {
        size_t used = 0;

        if (flags & 1)
            TRY(jbig2_generic_mmr(w, g->width, g->height, data, &used, &g->plane[i]));
        else
            TRY(jbig2_generic_arith(w, &params, &d, contexts, &g->plane[i]));
        data = bytes_from(data, used);
        if (i + 1 < g->planes)
            TRY(jbig2_work_draw(w, g->plane[i], g->plane[i + 1], 0, 0, JBIG2_XOR));
    }
    return OK;
}

static enum err draw_grid(struct jbig2_work *w, const struct grid *g, const struct jbig2_dict *dict, enum jbig2_op op,
                          struct jbig2_bitmap *out)
{
    TRY(jbig2_work_spend(w, (uint64_t)g->width * g->height * DRAW_EFFORT));
    for (uint32_t row = 0; row < g->height; row++) {
        for (uint32_t column = 0; column < g->width; column++) {
            uint32_t grey = 0;

            for (unsigned i = g->planes; i-- > 0;)
                grey = grey << 1 | jbig2_work_pixel(g->plane[i], column, row);
            if (grey >= dict->count)
                grey = dict->count - 1;
            TRY(jbig2_work_draw(w, out, dict->symbols[grey], grid_x(g, column, row), grid_y(g, column, row), op));
        }
    }
    return OK;
}

enum err jbig2_halftone_decode(struct jbig2_work *w, const struct jbig2_segment *s, struct bytes data, uint32_t width,
                               uint32_t height, struct jbig2_bitmap **ret)
{
    struct reader r = reader_of(data);
    uint8_t flags = reader_u8(&r);
    struct grid g = {.width = reader_u32be(&r)};
    const struct jbig2_dict *dict = s->ref_count > 0 ? s->refs[0]->dict : NULL;
    struct jbig2_bitmap *skip = NULL, *out = NULL;

    g.height = reader_u32be(&r);
    g.x = (int32_t)reader_u32be(&r);
    g.y = (int32_t)reader_u32be(&r);
    g.step_x = reader_u16be(&r);
    g.step_y = reader_u16be(&r);
    if (dict == NULL || s->refs[0]->kind != JBIG2_PATTERNS || dict->count == 0)
        return jbig2_work_broken(w, "T.88 7.4.5", "halftone without patterns");
    if (r.past || g.width > GRID_MAX || g.height > GRID_MAX || (flags >> 4 & 7) >= JBIG2_OPS)
        return jbig2_work_broken(w, "T.88 7.4.5", "grid of impossible size");
    g.planes = jbig2_text_id_len(dict->count);
    TRY(jbig2_work_bitmap(w, width, height, &out));
    jbig2_work_fill(out, flags & 0x80);
    if (flags & 8)
        TRY(skip_of(w, &g, dict->symbols[0], out, &skip));
    TRY(decode_planes(w, &g, flags, bytes_from(data, r.at), skip));
    TRY(draw_grid(w, &g, dict, (enum jbig2_op)(flags >> 4 & 7), out));
    *ret = out;
    return OK;
}
