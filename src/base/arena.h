/* One arena a job: everything allocated in it goes away together.
 *
 * Memory is zeroed and never NULL.  When the budget given at birth is spent, the process
 * leaves with EXIT_LIMIT: a worker is disposable (architecture, invariant 7). */
#pragma once

#include <stddef.h>

#include "base/bytes.h"

struct arena_block;

struct arena {
    struct arena_block *last;
    size_t left; /* bytes that may still be asked from the system */
};

void arena_init(struct arena *a, size_t budget);
void arena_done(struct arena *a);

/* `size` zeroed bytes, aligned for any type. */
void *arena_alloc(struct arena *a, size_t size);

/* An array of `count` elements; an overflowing product counts as a spent budget. */
void *arena_array(struct arena *a, size_t count, size_t size);

/* A copy of a slice, as a slice; and as a C string (bytes after a NUL are kept but unseen). */
struct bytes arena_copy(struct arena *a, struct bytes b);
char *arena_text(struct arena *a, struct bytes b);
char *arena_printf(struct arena *a, const char *fmt, ...) format_like(2, 3);

#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))
