/* A hash map from byte strings to pointers, in an arena.  Iteration is in order of insertion,
 * so that what is written from it does not depend on the hash. */
#pragma once

#include "base/arena.h"
#include "base/bytes.h"

struct map_entry {
    struct bytes key; /* in the arena */
    void *value;
    uint64_t hash;
};

struct map {
    struct arena *arena;
    struct map_entry *entries;
    size_t count, entries_cap;
    uint32_t *slots; /* index + 1 into entries, 0 = free */
    size_t slots_cap; /* power of two */
};

void map_init(struct map *m, struct arena *a);

/* The place of the value for a key, new (NULL value) if it was not there; the key is copied.
 * Valid until the next map_at(). */
void **map_at(struct map *m, struct bytes key);

/* The value, or NULL. */
void *map_get(const struct map *m, struct bytes key);
