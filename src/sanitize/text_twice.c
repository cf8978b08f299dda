#include "sanitize/text_twice.h"

#include <math.h>

/* In parts of the font size. */
#define NEAR 0.12

enum { FIRST_CAP = 4096, GLYPHS_MAX = 1 << 20 /* later ones are not compared */, CELL_MAX = 1 << 30 };

struct slot {
    uint32_t page, text; /* hash of the text */
    int32_t cx, cy;      /* cell of the place: twice as wide as what counts as near */
    float x, y;
};

void text_twice_init(struct text_twice *t)
{
    *t = (struct text_twice){.page = 1};
    buf_init(&t->slots, SIZE_MAX / 2);
}

void text_twice_done(struct text_twice *t)
{
    buf_done(&t->slots);
}

void text_twice_page(struct text_twice *t)
{
    t->page++;
    t->count = 0;
}

static uint32_t hash_text(struct bytes text)
{
    uint32_t h = 2166136261u;

    for (size_t i = 0; i < text.len; i++)
        h = (h ^ text.at[i]) * 16777619u;
    return h;
}

static size_t slot_of(uint32_t text, int32_t cx, int32_t cy, size_t cap)
{
    uint64_t h = ((uint64_t)text << 32 | (uint32_t)cx) * 0x9e3779b97f4a7c15u;

    h = (h ^ h >> 29 ^ (uint32_t)cy) * 0xbf58476d1ce4e5b9u;
    return (size_t)(h >> 32) & (cap - 1);
}

static struct slot *slots_of(struct buf *b)
{
    return (struct slot *)(void *)b->at;
}

static void put(struct text_twice *t, const struct slot *s)
{
    struct slot *slots = slots_of(&t->slots);
    size_t i = slot_of(s->text, s->cx, s->cy, t->cap);

    while (slots[i].page == t->page)
        i = (i + 1) & (t->cap - 1);
    slots[i] = *s;
    t->count++;
}

static void grow(struct text_twice *t)
{
    struct buf before = t->slots;
    size_t cap = t->cap, want = cap == 0 ? FIRST_CAP : cap * 2;

    buf_init(&t->slots, SIZE_MAX / 2);
    memset(buf_room(&t->slots, want * sizeof(struct slot)), 0, want * sizeof(struct slot));
    buf_grew(&t->slots, want * sizeof(struct slot));
    t->cap = want;
    t->count = 0;
    for (size_t i = 0; i < cap; i++)
        if (slots_of(&before)[i].page == t->page)
            put(t, &slots_of(&before)[i]);
    buf_done(&before);
}

static bool in_cell(const struct text_twice *t, const struct slot *s, double near)
{
    const struct slot *slots = (const struct slot *)(const void *)t->slots.at;

    for (size_t i = slot_of(s->text, s->cx, s->cy, t->cap); slots[i].page == t->page; i = (i + 1) & (t->cap - 1))
        if (slots[i].text == s->text && slots[i].cx == s->cx && slots[i].cy == s->cy &&
            fabs((double)slots[i].x - (double)s->x) < near && fabs((double)slots[i].y - (double)s->y) < near)
            return true;
    return false;
}

static int32_t cell(double v)
{
    return v > -CELL_MAX && v < CELL_MAX ? (int32_t)floor(v) : 0;
}

bool text_twice_seen(struct text_twice *t, struct bytes text, double x, double y, double size)
{
    double near = NEAR * size, width = 2 * near;
    struct slot s = {.page = t->page, .text = hash_text(text), .x = (float)x, .y = (float)y};

    if (!(near > 1e-6) || t->count >= GLYPHS_MAX)
        return false;
    if (t->count * 2 >= t->cap)
        grow(t);
    for (int i = 0; i < 4; i++) {
        s.cx = cell((x + (i & 1 ? near : -near)) / width);
        s.cy = cell((y + (i & 2 ? near : -near)) / width);
        if (in_cell(t, &s, near))
            return true;
    }
    s.cx = cell(x / width);
    s.cy = cell(y / width);
    put(t, &s);
    return false;
}
