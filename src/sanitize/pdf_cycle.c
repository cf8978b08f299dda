#include "sanitize/pdf_cycle.h"

#include "base/buf.h"

struct pdf_edge {
    struct pdf_edge *next;
    uint32_t to;
};

void pdf_cycle_init(struct pdf_cycle *c, struct arena *a)
{
    *c = (struct pdf_cycle){.arena = a};
}

static void grow(struct pdf_cycle *c, uint32_t number)
{
    size_t cap = c->cap < 256 ? 256 : c->cap;
    struct pdf_edge **edges;
    uint32_t *stamps;

    while (cap <= number)
        cap *= 2;
    edges = arena_array(c->arena, cap, sizeof(struct pdf_edge *));
    stamps = arena_array(c->arena, cap, sizeof(*stamps));
    if (c->cap > 0) {
        memcpy(edges, c->edges, c->cap * sizeof(struct pdf_edge *));
        memcpy(stamps, c->stamps, c->cap * sizeof(*stamps));
    }
    c->edges = edges;
    c->stamps = stamps;
    c->cap = cap;
}

/* Whether `to` can be reached from `from`; every node is looked at once. */
static bool reaches(struct pdf_cycle *c, uint32_t from, uint32_t to)
{
    struct buf stack;
    bool found = from == to;

    if (from >= c->cap || c->edges[from] == NULL)
        return found;
    buf_init(&stack, SIZE_MAX / 2);
    c->stamp++;
    buf_put_u32le(&stack, from);
    while (stack.len > 0 && !found) {
        uint32_t at;

        stack.len -= sizeof(at);
        memcpy(&at, stack.at + stack.len, sizeof(at));
        for (const struct pdf_edge *e = at < c->cap ? c->edges[at] : NULL; e != NULL; e = e->next) {
            c->steps++;
            found = found || e->to == to;
            if (e->to < c->cap && c->stamps[e->to] != c->stamp) {
                c->stamps[e->to] = c->stamp;
                buf_put_u32le(&stack, e->to);
            }
        }
    }
    buf_done(&stack);
    return found;
}

bool pdf_cycle_add(struct pdf_cycle *c, uint32_t from, uint32_t to, bool fresh)
{
    struct pdf_edge *e;

    if (!fresh && reaches(c, to, from))
        return false;
    if (to >= c->cap || from >= c->cap)
        grow(c, to > from ? to : from);
    e = ARENA_NEW(c->arena, struct pdf_edge);
    e->to = to;
    e->next = c->edges[from];
    c->edges[from] = e;
    return true;
}
