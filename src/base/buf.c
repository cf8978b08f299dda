#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/limit.h"

void buf_init(struct buf *b, size_t max)
{
    *b = (struct buf){.max = max};
}

void buf_done(struct buf *b)
{
    free(b->at);
    *b = (struct buf){0};
}

void buf_reset(struct buf *b)
{
    b->len = 0;
    b->full = false;
}

uint8_t *buf_room(struct buf *b, size_t len)
{
    if (len > b->max - b->len) {
        b->full = true;
        return NULL;
    }
    if (b->cap - b->len < len) {
        size_t want = b->cap < 256 ? 256 : b->cap + b->cap / 2;

        if (want < b->len + len)
            want = b->len + len;
        if (want > b->max)
            want = b->max;
        b->at = realloc(b->at, want);
        if (b->at == NULL)
            limit_exit();
        b->cap = want;
    }
    return b->at + b->len;
}

void buf_grew(struct buf *b, size_t len)
{
    b->len += len;
}

void buf_put(struct buf *b, struct bytes data)
{
    uint8_t *room;

    if (data.len == 0)
        return;
    room = buf_room(b, data.len);
    if (room == NULL)
        return;
    memcpy(room, data.at, data.len);
    b->len += data.len;
}

void buf_put_text(struct buf *b, const char *text)
{
    buf_put(b, bytes_of(text));
}

void buf_putf(struct buf *b, const char *fmt, ...)
{
    va_list args;
    int len;
    uint8_t *room;

    va_start(args, fmt);
    len = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    if (len < 0)
        limit_exit();
    room = buf_room(b, (size_t)len + 1);
    if (room == NULL)
        return;
    va_start(args, fmt);
    (void)vsnprintf((char *)room, (size_t)len + 1, fmt, args);
    va_end(args);
    b->len += (size_t)len;
}

static void put_number(struct buf *b, uint64_t v, size_t width, bool big)
{
    uint8_t *room = buf_room(b, width);

    if (room == NULL)
        return;
    for (size_t i = 0; i < width; i++)
        room[i] = (uint8_t)(v >> (8 * (big ? width - 1 - i : i)));
    b->len += width;
}

void buf_put_u8(struct buf *b, uint8_t v)
{
    put_number(b, v, 1, false);
}

void buf_put_u16le(struct buf *b, uint16_t v)
{
    put_number(b, v, 2, false);
}

void buf_put_u32le(struct buf *b, uint32_t v)
{
    put_number(b, v, 4, false);
}

void buf_put_u64le(struct buf *b, uint64_t v)
{
    put_number(b, v, 8, false);
}

void buf_put_u16be(struct buf *b, uint16_t v)
{
    put_number(b, v, 2, true);
}

void buf_put_u32be(struct buf *b, uint32_t v)
{
    put_number(b, v, 4, true);
}

enum err buf_check(const struct buf *b, struct fault *why)
{
    if (b->full)
        return fault_set(why, ERR_LIMIT, "G06", "output budget", 0, "larger than %zu bytes", b->max);
    return OK;
}
