#define _GNU_SOURCE
#include "base/bytes.h"

static uint8_t fold(uint8_t c)
{
    return c >= 'A' && c <= 'Z' ? (uint8_t)(c + 32) : c;
}

bool bytes_equal_fold(struct bytes a, struct bytes b)
{
    return a.len == b.len && bytes_starts_fold(a, b);
}

bool bytes_starts_fold(struct bytes b, struct bytes head)
{
    if (b.len < head.len)
        return false;
    for (size_t i = 0; i < head.len; i++)
        if (fold(b.at[i]) != fold(head.at[i]))
            return false;
    return true;
}

size_t bytes_find(struct bytes hay, struct bytes needle, size_t from)
{
    const uint8_t *hit;

    if (needle.len == 0 || from >= hay.len)
        return SIZE_MAX;
    hit = memmem(hay.at + from, hay.len - from, needle.at, needle.len);
    return hit == NULL ? SIZE_MAX : (size_t)(hit - hay.at);
}

size_t bytes_find_fold(struct bytes hay, struct bytes needle, size_t from)
{
    if (needle.len == 0 || needle.len > hay.len)
        return SIZE_MAX;
    for (size_t i = from; i <= hay.len - needle.len; i++)
        if (bytes_starts_fold(bytes_from(hay, i), needle))
            return i;
    return SIZE_MAX;
}

size_t bytes_find_last(struct bytes hay, struct bytes needle)
{
    const uint8_t *hit;

    if (needle.len == 0 || needle.len > hay.len)
        return SIZE_MAX;
    for (size_t left = hay.len - needle.len + 1;; left = (size_t)(hit - hay.at)) {
        hit = memrchr(hay.at, needle.at[0], left);
        if (hit == NULL)
            return SIZE_MAX;
        if (memcmp(hit, needle.at, needle.len) == 0)
            return (size_t)(hit - hay.at);
    }
}

size_t bytes_find_byte(struct bytes hay, uint8_t c, size_t from)
{
    const uint8_t *hit;

    if (from >= hay.len)
        return SIZE_MAX;
    hit = memchr(hay.at + from, c, hay.len - from);
    return hit == NULL ? SIZE_MAX : (size_t)(hit - hay.at);
}

static bool is_space(uint8_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct bytes bytes_trim(struct bytes b)
{
    while (b.len > 0 && is_space(b.at[0]))
        b = bytes_from(b, 1);
    while (b.len > 0 && is_space(b.at[b.len - 1]))
        b.len--;
    return b;
}

bool bytes_to_u64(struct bytes b, uint64_t *ret_value)
{
    uint64_t value = 0;

    if (b.len == 0)
        return false;
    for (size_t i = 0; i < b.len; i++) {
        if (b.at[i] < '0' || b.at[i] > '9')
            return false;
        if (__builtin_mul_overflow(value, 10, &value) || __builtin_add_overflow(value, b.at[i] - '0', &value))
            return false;
    }
    *ret_value = value;
    return true;
}

struct bytes reader_take(struct reader *r, size_t len)
{
    struct bytes part;

    if (len > reader_left(r)) {
        r->past = true;
        r->at = r->in.len;
        return (struct bytes){0};
    }
    part = (struct bytes){r->in.at == NULL ? NULL : r->in.at + r->at, len};
    r->at += len;
    return part;
}

void reader_skip(struct reader *r, size_t len)
{
    (void)reader_take(r, len);
}

void reader_seek(struct reader *r, size_t at)
{
    if (at > r->in.len) {
        r->past = true;
        at = r->in.len;
    }
    r->at = at;
}

static uint64_t read_number(struct reader *r, size_t width, bool big)
{
    struct bytes raw = reader_take(r, width);
    uint64_t value = 0;

    for (size_t i = 0; i < raw.len; i++)
        value |= (uint64_t)raw.at[i] << (8 * (big ? width - 1 - i : i));
    return value;
}

uint8_t reader_u8(struct reader *r)
{
    return (uint8_t)read_number(r, 1, false);
}

uint16_t reader_u16le(struct reader *r)
{
    return (uint16_t)read_number(r, 2, false);
}

uint16_t reader_u16be(struct reader *r)
{
    return (uint16_t)read_number(r, 2, true);
}

uint32_t reader_u32le(struct reader *r)
{
    return (uint32_t)read_number(r, 4, false);
}

uint32_t reader_u32be(struct reader *r)
{
    return (uint32_t)read_number(r, 4, true);
}

uint64_t reader_u64le(struct reader *r)
{
    return read_number(r, 8, false);
}

uint64_t reader_u64be(struct reader *r)
{
    return read_number(r, 8, true);
}
