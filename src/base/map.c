#include "base/map.h"

/* FNV-1a with a final mix: the keys are short names, and entries are bounded by the job's budgets. */
static uint64_t hash_of(struct bytes key)
{
    uint64_t h = 0xcbf29ce484222325u;

    for (size_t i = 0; i < key.len; i++)
        h = (h ^ key.at[i]) * 0x100000001b3u;
    return h ^ (h >> 29);
}

void map_init(struct map *m, struct arena *a)
{
    *m = (struct map){.arena = a};
}

static void slot_put(struct map *m, uint64_t hash, uint32_t index)
{
    size_t at = (size_t)hash & (m->slots_cap - 1);

    while (m->slots[at] != 0)
        at = (at + 1) & (m->slots_cap - 1);
    m->slots[at] = index + 1;
}

static void grow(struct map *m)
{
    size_t cap = m->entries_cap == 0 ? 16 : m->entries_cap * 2;
    struct map_entry *entries = arena_array(m->arena, cap, sizeof(*entries));

    if (m->count > 0)
        memcpy(entries, m->entries, m->count * sizeof(*entries));
    m->entries = entries;
    m->entries_cap = cap;
    m->slots_cap = cap * 2;
    m->slots = arena_array(m->arena, m->slots_cap, sizeof(*m->slots));
    for (size_t i = 0; i < m->count; i++)
        slot_put(m, entries[i].hash, (uint32_t)i);
}

static struct map_entry *find(const struct map *m, struct bytes key, uint64_t hash)
{
    if (m->slots_cap == 0)
        return NULL;
    for (size_t at = (size_t)hash & (m->slots_cap - 1); m->slots[at] != 0; at = (at + 1) & (m->slots_cap - 1)) {
        struct map_entry *e = &m->entries[m->slots[at] - 1];

        if (e->hash == hash && bytes_equal(e->key, key))
            return e;
    }
    return NULL;
}

void **map_at(struct map *m, struct bytes key)
{
    uint64_t hash = hash_of(key);
    struct map_entry *e = find(m, key, hash);

    if (e != NULL)
        return &e->value;
    if (m->count == m->entries_cap)
        grow(m);
    e = &m->entries[m->count];
    *e = (struct map_entry){.key = arena_copy(m->arena, key), .hash = hash};
    slot_put(m, hash, (uint32_t)m->count++);
    return &e->value;
}

void *map_get(const struct map *m, struct bytes key)
{
    struct map_entry *e = find(m, key, hash_of(key));

    return e == NULL ? NULL : e->value;
}
