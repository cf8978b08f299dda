#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/limit.h"

enum { BLOCK_SIZE = 64 * 1024, ALIGN = 16 };

struct arena_block {
    struct arena_block *before;
    size_t used, size;
    _Alignas(ALIGN) uint8_t data[];
};

void arena_init(struct arena *a, size_t budget)
{
    *a = (struct arena){.left = budget};
}

void arena_done(struct arena *a)
{
    while (a->last != NULL) {
        struct arena_block *before = a->last->before;
        free(a->last);
        a->last = before;
    }
}

static struct arena_block *block_new(struct arena *a, size_t size)
{
    struct arena_block *block;

    if (size > a->left)
        limit_exit();
    block = calloc(1, sizeof(*block) + size);
    if (block == NULL)
        limit_exit();
    a->left -= size;
    block->size = size;
    return block;
}

/* A large piece gets a block of its own, put behind the current one so that its rest stays usable. */
static void *alloc_large(struct arena *a, size_t size)
{
    struct arena_block *block = block_new(a, size);

    block->used = size;
    if (a->last == NULL) {
        a->last = block;
    } else {
        block->before = a->last->before;
        a->last->before = block;
    }
    return block->data;
}

void *arena_alloc(struct arena *a, size_t size)
{
    void *piece;

    if (size > SIZE_MAX - ALIGN)
        limit_exit();
    size = (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
    if (size > BLOCK_SIZE / 4)
        return alloc_large(a, size);
    if (a->last == NULL || a->last->size - a->last->used < size) {
        struct arena_block *block = block_new(a, BLOCK_SIZE);
        block->before = a->last;
        a->last = block;
    }
    piece = a->last->data + a->last->used;
    a->last->used += size;
    return piece;
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
    size_t total;

    if (__builtin_mul_overflow(count, size, &total))
        limit_exit();
    return arena_alloc(a, total);
}

struct bytes arena_copy(struct arena *a, struct bytes b)
{
    uint8_t *copy = arena_alloc(a, b.len + 1);

    if (b.len > 0)
        memcpy(copy, b.at, b.len);
    return (struct bytes){copy, b.len};
}

char *arena_text(struct arena *a, struct bytes b)
{
    char *copy = arena_alloc(a, b.len + 1);

    if (b.len > 0)
        memcpy(copy, b.at, b.len);
    return copy;
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
    va_list args;
    int len;
    char *text;

    va_start(args, fmt);
    len = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    if (len < 0)
        limit_exit();
    text = arena_alloc(a, (size_t)len + 1);
    va_start(args, fmt);
    (void)vsnprintf(text, (size_t)len + 1, fmt, args);
    va_end(args);
    return text;
}
