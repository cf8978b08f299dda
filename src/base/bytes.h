/* Borrowed slices of memory, and a cursor that cannot run off their end. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/macro.h"

/* A borrowed slice, by value.  May hold NUL; `at` may be NULL when len is 0. */
struct bytes {
    const uint8_t *at;
    size_t len;
};

#define BYTES(literal) ((struct bytes){(const uint8_t *)("" literal ""), sizeof(literal) - 1})

/* The bytes of a C string, without its NUL. */
static inline struct bytes bytes_of(const char *text)
{
    return (struct bytes){(const uint8_t *)text, strlen(text)};
}

/* The part [from, from + len), clipped to the slice. */
static inline struct bytes bytes_part(struct bytes b, size_t from, size_t len)
{
    if (from > b.len)
        from = b.len;
    if (len > b.len - from)
        len = b.len - from;
    return (struct bytes){b.at == NULL ? NULL : b.at + from, len};
}

static inline struct bytes bytes_from(struct bytes b, size_t from)
{
    return bytes_part(b, from, b.len);
}

static inline bool bytes_equal(struct bytes a, struct bytes b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

static inline bool bytes_starts(struct bytes b, struct bytes head)
{
    return b.len >= head.len && (head.len == 0 || memcmp(b.at, head.at, head.len) == 0);
}

static inline bool bytes_ends(struct bytes b, struct bytes tail)
{
    return b.len >= tail.len && (tail.len == 0 || memcmp(b.at + b.len - tail.len, tail.at, tail.len) == 0);
}

/* Equal when ASCII letters are folded; other bytes must be the same. */
bool bytes_equal_fold(struct bytes a, struct bytes b);
bool bytes_starts_fold(struct bytes b, struct bytes head);

/* Where `needle` begins in `hay` at or after `from`, or SIZE_MAX. */
size_t bytes_find(struct bytes hay, struct bytes needle, size_t from);
size_t bytes_find_fold(struct bytes hay, struct bytes needle, size_t from);

/* Where `needle` begins last in `hay`, or SIZE_MAX. */
size_t bytes_find_last(struct bytes hay, struct bytes needle);

/* Where byte `c` stands first at or after `from`, or SIZE_MAX. */
size_t bytes_find_byte(struct bytes hay, uint8_t c, size_t from);

/* Without ASCII white space at both ends. */
struct bytes bytes_trim(struct bytes b);

/* A decimal number that fills the whole slice; false on empty, sign, letters or overflow. */
bool bytes_to_u64(struct bytes b, uint64_t *ret_value);

/* A cursor: reads zeros past the end and remembers it, so that a header is read whole and tested once. */
struct reader {
    struct bytes in;
    size_t at;
    bool past; /* something beyond the end was asked for */
};

static inline struct reader reader_of(struct bytes in)
{
    return (struct reader){.in = in};
}

static inline size_t reader_left(const struct reader *r)
{
    return r->in.len - r->at;
}

struct bytes reader_take(struct reader *r, size_t len); /* exactly len bytes, or empty and `past` */
void reader_skip(struct reader *r, size_t len);
void reader_seek(struct reader *r, size_t at);
uint8_t reader_u8(struct reader *r);
uint16_t reader_u16le(struct reader *r);
uint16_t reader_u16be(struct reader *r);
uint32_t reader_u32le(struct reader *r);
uint32_t reader_u32be(struct reader *r);
uint64_t reader_u64le(struct reader *r);
uint64_t reader_u64be(struct reader *r);
