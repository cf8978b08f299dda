#include "sanitize/finding.h"

void finding_init(struct findings *f, struct arena *a)
{
    *f = (struct findings){.arena = a};
    map_init(&f->index, a);
}

static struct finding *append(struct findings *f)
{
    if (f->count == f->cap) {
        size_t cap = f->cap == 0 ? 32 : f->cap * 2;
        struct finding *list = arena_array(f->arena, cap, sizeof(*list));

        if (f->count > 0)
            memcpy(list, f->list, f->count * sizeof(*list));
        f->list = list;
        f->cap = cap;
    }
    return &f->list[f->count++];
}

/* Cut at a character boundary so that the report stays UTF-8. */
static struct bytes clip(struct bytes where)
{
    if (where.len <= FINDING_WHERE_MAX)
        return where;
    where.len = FINDING_WHERE_MAX;
    while (where.len > 0 && (where.at[where.len] & 0xc0) == 0x80)
        where.len--;
    return where;
}

void finding_add(struct findings *f, enum row row, enum act act, struct bytes where)
{
    uint8_t key[FINDING_WHERE_MAX + 2] = {(uint8_t)row, (uint8_t)act};
    void **at;

    where = f->count < FINDING_MAX ? clip(where) : BYTES("…");
    if (where.len > 0)
        memcpy(key + 2, where.at, where.len);
    at = map_at(&f->index, (struct bytes){key, where.len + 2});
    if (*at == NULL) {
        struct finding *new = append(f);

        *new = (struct finding){.row = row, .act = act, .where = arena_copy(f->arena, where)};
        *at = (void *)(uintptr_t)f->count; /* the list moves when it grows: keep the index + 1 */
    }
    f->list[(uintptr_t)*at - 1].count++;
}
