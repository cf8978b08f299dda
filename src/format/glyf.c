#include "format/glyf.h"

#include "base/arena.h"
#include "format/be.h"

enum {
    HEADER = 10,
    DEPTH_MAX = 8,
    POINTS_MAX = 1 << 18,
    /* flags of a point */
    POINT_X_SHORT = 2,
    POINT_Y_SHORT = 4,
    POINT_REPEAT = 8,
    POINT_X_SAME = 16,
    POINT_Y_SAME = 32,
    /* flags of a component */
    PART_WORDS = 0x0001,
    PART_SCALE = 0x0008,
    PART_MORE = 0x0020,
    PART_TWO_SCALES = 0x0040,
    PART_MATRIX = 0x0080,
    PART_INSTRUCTIONS = 0x0100,
};

struct glyph {
    struct bytes outline; /* empty when there is none, or it is not sound */
    uint32_t points;      /* with those of its components, once visited */
    uint8_t depth;        /* 0 = not composite */
    bool composite, open, visited;
};

struct glyphs {
    struct glyph *of;
    size_t count;
};

/* Bytes of `count` points from their flags on; 0 when they run over the end. */
static size_t points_len(struct bytes b, size_t count)
{
    size_t at = 0, coordinates = 0;

    for (size_t i = 0; i < count;) {
        uint8_t flag = be_u8(b, at++);
        size_t times = 1;

        if (flag & POINT_REPEAT)
            times += be_u8(b, at++);
        if (at > b.len || times > count - i)
            return 0;
        coordinates += times * ((flag & POINT_X_SHORT  ? 1u
                                 : flag & POINT_X_SAME ? 0u
                                                       : 2u) +
                                (flag & POINT_Y_SHORT  ? 1u
                                 : flag & POINT_Y_SAME ? 0u
                                                       : 2u));
        i += times;
    }
    return coordinates > b.len - at ? 0 : at + coordinates;
}

/* Length of a simple outline, or 0. */
static size_t simple_len(struct bytes b, size_t contours, uint32_t *ret_points)
{
    size_t at = HEADER + 2 * contours, points = 0, len;

    for (size_t i = 0; i < contours; i++) {
        size_t end = (size_t)be_u16(b, HEADER + 2 * i) + 1;

        if (i > 0 && end <= points)
            return 0;
        points = end;
    }
    if (at + 2 > b.len)
        return 0;
    at += 2 + (size_t)be_u16(b, at);
    if (at > b.len)
        return 0;
    len = points_len(bytes_from(b, at), points);
    *ret_points = (uint32_t)points;
    return len == 0 ? 0 : at + len;
}

static size_t part_len(uint16_t flags)
{
    return 4 + (flags & PART_WORDS ? 4u : 2u) +
           (flags & PART_SCALE        ? 2u
            : flags & PART_TWO_SCALES ? 4u
            : flags & PART_MATRIX     ? 8u
                                      : 0u);
}

/* Length of a composite outline whose components all exist, or 0. */
static size_t composite_len(struct bytes b, size_t glyphs)
{
    size_t at = HEADER;
    uint16_t flags;

    do {
        if (at + 4 > b.len || be_u16(b, at + 2) >= glyphs)
            return 0;
        flags = be_u16(b, at);
        at += part_len(flags);
    } while (flags & PART_MORE);
    if (flags & PART_INSTRUCTIONS) {
        if (at + 2 > b.len)
            return 0;
        at += 2 + (size_t)be_u16(b, at);
    }
    return at > b.len ? 0 : at;
}

/* Where an outline may lie.  An end before its begin means "to the end of the table", as renderers read it. */
static struct bytes place(struct bytes glyf, struct bytes loca, bool long_loca, size_t i)
{
    size_t from = long_loca ? be_u32(loca, 4 * i) : 2 * (size_t)be_u16(loca, 2 * i);
    size_t to = long_loca ? be_u32(loca, 4 * i + 4) : 2 * (size_t)be_u16(loca, 2 * i + 2);

    if (loca.len < (i + 2) * (long_loca ? 4u : 2u))
        return (struct bytes){0};
    return to >= from ? bytes_part(glyf, from, to - from) : bytes_from(glyf, from);
}

static void measure(struct glyph *g, struct bytes b, size_t glyphs)
{
    uint16_t contours = be_u16(b, 0);
    size_t len = 0;

    g->composite = contours >= 0x8000;
    if (b.len < HEADER || contours == 0)
        return;
    len = g->composite ? composite_len(b, glyphs) : simple_len(b, contours, &g->points);
    g->outline = bytes_part(b, 0, len);
}

static void leave_empty(struct glyph *g)
{
    g->outline = (struct bytes){0};
    g->points = 0;
    g->depth = 0;
}

struct visit {
    size_t glyph, at; /* the next component */
    bool more;
};

static void visit_open(struct glyphs *all, struct visit *v, size_t glyph)
{
    struct glyph *g = &all->of[glyph];

    *v = (struct visit){.glyph = glyph, .at = HEADER, .more = g->composite && g->outline.len > 0};
    g->open = true;
}

/* The next component to go into, or SIZE_MAX when all are known. */
static size_t visit_next(struct glyphs *all, struct visit *v)
{
    struct glyph *g = &all->of[v->glyph];

    while (v->more) {
        uint16_t flags = be_u16(g->outline, v->at);
        size_t inner = be_u16(g->outline, v->at + 2);
        struct glyph *part = &all->of[inner];

        if (part->open) {
            leave_empty(g);
            return SIZE_MAX;
        }
        if (!part->visited)
            return inner;
        g->points += part->points;
        if (part->depth >= g->depth)
            g->depth = (uint8_t)(part->depth + 1);
        if (g->points > POINTS_MAX || g->depth > DEPTH_MAX) {
            leave_empty(g);
            return SIZE_MAX;
        }
        v->at += part_len(flags);
        v->more = flags & PART_MORE;
    }
    return SIZE_MAX;
}

/* Weigh one glyph with all its components; an explicit stack, since the nesting is the stranger's. */
static void weigh(struct glyphs *all, size_t glyph)
{
    struct visit stack[2 * DEPTH_MAX];
    size_t depth = 1;

    visit_open(all, &stack[0], glyph);
    while (depth > 0) {
        struct visit *v = &stack[depth - 1];
        size_t inner = visit_next(all, v);

        if (inner != SIZE_MAX && depth < countof(stack)) {
            visit_open(all, &stack[depth++], inner);
            continue;
        }
        if (inner != SIZE_MAX)
            leave_empty(&all->of[v->glyph]);
        all->of[v->glyph].open = false;
        all->of[v->glyph].visited = true;
        depth--;
    }
}

static void put_glyf(const struct glyphs *all, struct buf *out)
{
    for (size_t i = 0; i < all->count && !out->full; i++) {
        buf_put(out, all->of[i].outline);
        buf_put(out, bytes_part(BYTES("\0\0\0"), 0, (4 - all->of[i].outline.len % 4) % 4));
    }
}

static void put_loca(const struct glyphs *all, bool long_loca, struct buf *out)
{
    size_t at = 0;

    for (size_t i = 0; i <= all->count; i++) {
        if (long_loca)
            buf_put_u32be(out, (uint32_t)at);
        else
            buf_put_u16be(out, (uint16_t)(at / 2));
        if (i < all->count)
            at += (all->of[i].outline.len + 3) & ~(size_t)3;
    }
}

bool glyf_rewrite(struct bytes glyf, struct bytes loca, bool long_loca, size_t glyphs, struct buf *ret_glyf,
                  struct buf *ret_loca)
{
    struct arena a;
    struct glyphs all = {.count = glyphs};
    bool long_out;

    arena_init(&a, (glyphs + 1) * sizeof(struct glyph) + (1 << 17));
    all.of = arena_array(&a, glyphs, sizeof(struct glyph));
    for (size_t i = 0; i < glyphs; i++)
        measure(&all.of[i], place(glyf, loca, long_loca, i), glyphs);
    for (size_t i = 0; i < glyphs; i++)
        if (!all.of[i].visited)
            weigh(&all, i);
    put_glyf(&all, ret_glyf);
    long_out = ret_glyf->len > 0x1FFFE;
    put_loca(&all, long_out, ret_loca);
    arena_done(&a);
    return long_out;
}
