#include "format/charmap.h"

#include <stdlib.h>

#include "base/arena.h"
#include "format/be.h"

enum { SUBTABLES_MAX = 16, CODES = 65536, STEPS_MAX = 4 * CODES, SPLIT_GAIN = 8 };

struct subtable {
    uint16_t platform, encoding;
    struct buf made;
    size_t same_as; /* index of the first one with the same bytes */
};

/* Format 0 is a byte each for 256 codes. */
static void rewrite_0(struct bytes in, size_t glyphs, struct buf *out)
{
    buf_put_u16be(out, 0);
    buf_put_u16be(out, 262);
    buf_put_u16be(out, 0);
    for (size_t i = 0; i < 256; i++)
        buf_put_u8(out, be_u8(in, 6 + i) < glyphs ? be_u8(in, 6 + i) : 0);
}

static void rewrite_6(struct bytes in, size_t glyphs, struct buf *out)
{
    uint32_t first = be_u16(in, 6), count = be_u16(in, 8);

    if (count > (in.len - 10) / 2)
        count = (uint32_t)((in.len - 10) / 2);
    if (first + count > CODES)
        count = CODES - first;
    buf_put_u16be(out, 6);
    buf_put_u16be(out, (uint16_t)(10 + 2 * count > 65535 ? 65535 : 10 + 2 * count));
    buf_put_u16be(out, 0);
    buf_put_u16be(out, (uint16_t)first);
    buf_put_u16be(out, (uint16_t)count);
    for (size_t i = 0; i < count; i++) {
        uint16_t glyph = be_u16(in, 10 + 2 * i);
        buf_put_u16be(out, glyph < glyphs ? glyph : 0);
    }
}

/* Read format 4 into one glyph a code; the first segment that has a code decides. */
static void read_4(struct bytes in, size_t glyphs, uint16_t *glyph_of, uint8_t *known)
{
    size_t count = be_u16(in, 6) / 2, steps = 0;

    if (count > (in.len - 14) / 8)
        count = (in.len - 14) / 8;
    for (size_t i = 0; i < count; i++) {
        size_t ends = 14 + 2 * i, starts = ends + 2 * count + 2, deltas = starts + 2 * count,
               offsets = deltas + 2 * count;
        uint32_t start = be_u16(in, starts), end = be_u16(in, ends);
        uint16_t delta = be_u16(in, deltas), offset = be_u16(in, offsets);

        for (uint32_t code = start; code <= end && offset != 0xFFFF && steps < STEPS_MAX; code++, steps++) {
            uint16_t glyph = (uint16_t)code;

            if (known[code])
                continue;
            known[code] = 1;
            if (offset != 0)
                glyph = be_u16(in, offsets + offset + 2 * (size_t)(code - start));
            if (glyph != 0 || offset == 0)
                glyph = (uint16_t)(glyph + delta);
            if (glyph < glyphs)
                glyph_of[code] = glyph;
        }
    }
}

struct segment {
    uint32_t start, end;
    bool listed; /* glyphs are listed one by one, not start + delta */
};

/* Cut the mapped codes into segments: a run of codes whose glyphs ascend with them is worth its own
 * segment when that is shorter than listing its glyphs. */
static size_t cut_segments(const uint16_t *glyph_of, struct segment *list)
{
    size_t count = 0;

    for (uint32_t code = 0; code < CODES;) {
        uint32_t end = code;
        bool even;

        if (glyph_of[code] == 0) {
            code++;
            continue;
        }
        while (end + 1 < CODES && glyph_of[end + 1] != 0 && glyph_of[end + 1] == glyph_of[end] + 1)
            end++;
        even = end - code >= SPLIT_GAIN;
        if (count > 0 && list[count - 1].end + 1 == code && list[count - 1].listed && !even)
            list[count - 1].end = end;
        else
            list[count++] = (struct segment){code, end, false};
        /* Two short runs side by side are listed together. */
        if (count > 1 && !even && list[count - 2].end + 1 == code && !list[count - 2].listed &&
            list[count - 2].end - list[count - 2].start < SPLIT_GAIN) {
            list[count - 2] = (struct segment){list[count - 2].start, end, true};
            count--;
        }
        code = end + 1;
    }
    if (count == 0 || list[count - 1].end != 0xFFFF)
        list[count++] = (struct segment){0xFFFF, 0xFFFF, false};
    return count;
}

static void put_segments(const uint16_t *glyph_of, const struct segment *list, size_t count, struct buf *out)
{
    size_t listed = 0, range = 2, selector = 0, before = 0;

    for (size_t i = 0; i < count; i++)
        listed += list[i].listed ? list[i].end - list[i].start + 1 : 0;
    if (16 + 8 * count + 2 * listed > 65535)
        return;
    for (; range * 2 <= 2 * count; range *= 2)
        selector++;
    buf_put_u16be(out, 4);
    buf_put_u16be(out, (uint16_t)(16 + 8 * count + 2 * listed));
    buf_put_u16be(out, 0);
    buf_put_u16be(out, (uint16_t)(2 * count));
    buf_put_u16be(out, (uint16_t)range);
    buf_put_u16be(out, (uint16_t)selector);
    buf_put_u16be(out, (uint16_t)(2 * count - range));
    for (size_t i = 0; i < count; i++)
        buf_put_u16be(out, (uint16_t)list[i].end);
    buf_put_u16be(out, 0);
    for (size_t i = 0; i < count; i++)
        buf_put_u16be(out, (uint16_t)list[i].start);
    for (size_t i = 0; i < count; i++)
        buf_put_u16be(out, (uint16_t)(list[i].listed ? 0u : glyph_of[list[i].start] - list[i].start));
    for (size_t i = 0; i < count; i++) {
        buf_put_u16be(out, (uint16_t)(list[i].listed ? 2 * (count - i) + 2 * before : 0));
        before += list[i].listed ? list[i].end - list[i].start + 1 : 0;
    }
    for (size_t i = 0; i < count; i++)
        for (uint32_t code = list[i].start; list[i].listed && code <= list[i].end; code++)
            buf_put_u16be(out, glyph_of[code]);
}

static void rewrite_4(struct bytes in, size_t glyphs, struct buf *out)
{
    struct arena a;
    uint16_t *glyph_of;

    arena_init(&a, CODES * (2 + 1 + sizeof(struct segment)) + (1 << 17));
    glyph_of = arena_array(&a, CODES, 2);
    if (in.len > 16) {
        struct segment *list = arena_array(&a, CODES / 2 + 2, sizeof(*list) * 2);

        read_4(in, glyphs, glyph_of, arena_alloc(&a, CODES));
        put_segments(glyph_of, list, cut_segments(glyph_of, list), out);
    }
    arena_done(&a);
}

/* Format 12 is ascending groups; those that are not, or point outside, are left out. */
static void rewrite_12(struct bytes in, size_t glyphs, struct buf *out)
{
    size_t count = be_u32(in, 12), kept = 0, begin = out->len;
    uint32_t next = 0;

    if (count > (in.len - 16) / 12)
        count = (in.len - 16) / 12;
    buf_put(out, BYTES("\0\14\0\0\0\0\0\0\0\0\0\0\0\0\0\0"));
    for (size_t i = 0; i < count; i++) {
        uint32_t start = be_u32(in, 16 + 12 * i), end = be_u32(in, 20 + 12 * i), glyph = be_u32(in, 24 + 12 * i);

        if (start < next || end < start || end > 0x10FFFF || glyph >= glyphs || end - start >= glyphs - glyph)
            continue;
        buf_put(out, bytes_part(in, 16 + 12 * i, 12));
        next = end + 1;
        kept++;
    }
    for (unsigned i = 0; i < 4 && !out->full; i++) {
        out->at[begin + 4 + i] = (uint8_t)((16 + 12 * kept) >> (24 - 8 * i));
        out->at[begin + 12 + i] = (uint8_t)(kept >> (24 - 8 * i));
    }
}

static void rewrite_one(struct bytes in, size_t glyphs, struct buf *out)
{
    switch (be_u16(in, 0)) {
    case 0:
        if (in.len > 6)
            rewrite_0(in, glyphs, out);
        break;
    case 4:
        rewrite_4(in, glyphs, out);
        break;
    case 6:
        if (in.len >= 10)
            rewrite_6(in, glyphs, out);
        break;
    case 12:
        if (in.len >= 16)
            rewrite_12(in, glyphs, out);
        break;
    }
}

static int by_encoding(const void *x, const void *y)
{
    const struct subtable *a = x, *b = y;

    return a->platform != b->platform ? a->platform - b->platform : a->encoding - b->encoding;
}

static bool seen(const struct subtable *list, size_t count, uint16_t platform, uint16_t encoding)
{
    for (size_t i = 0; i < count; i++)
        if (list[i].platform == platform && list[i].encoding == encoding)
            return true;
    return false;
}

static size_t read_all(struct bytes cmap, size_t glyphs, size_t max, struct subtable *list)
{
    size_t count = 0, entries = be_u16(cmap, 2);

    for (size_t i = 0; i < entries && count < SUBTABLES_MAX && 12 + 8 * i <= cmap.len; i++) {
        struct subtable s = {.platform = be_u16(cmap, 4 + 8 * i), .encoding = be_u16(cmap, 6 + 8 * i)};
        struct bytes in = bytes_from(cmap, be_u32(cmap, 8 + 8 * i));

        if (s.platform > 4 || seen(list, count, s.platform, s.encoding))
            continue;
        buf_init(&s.made, max);
        rewrite_one(in, glyphs, &s.made);
        if (s.made.len == 0 || s.made.full)
            buf_done(&s.made);
        else
            list[count++] = s;
    }
    if (count > 0)
        qsort(list, count, sizeof(list[0]), by_encoding);
    return count;
}

void charmap_rewrite(struct bytes cmap, size_t glyphs, struct buf *out)
{
    struct subtable list[SUBTABLES_MAX] = {0};
    size_t count = read_all(cmap, glyphs, out->max, list), at = 4 + 8 * count, place[SUBTABLES_MAX];

    if (count > 0) {
        buf_put_u16be(out, 0);
        buf_put_u16be(out, (uint16_t)count);
    }
    for (size_t i = 0; i < count; i++) {
        list[i].same_as = i;
        for (size_t j = i; j-- > 0;)
            if (bytes_equal(buf_bytes(&list[i].made), buf_bytes(&list[j].made)))
                list[i].same_as = j;
        place[i] = list[i].same_as == i ? at : place[list[i].same_as];
        at += list[i].same_as == i ? (list[i].made.len + 3) & ~(size_t)3 : 0;
        buf_put_u16be(out, list[i].platform);
        buf_put_u16be(out, list[i].encoding);
        buf_put_u32be(out, (uint32_t)place[i]);
    }
    for (size_t i = 0; i < count; i++) {
        if (list[i].same_as == i) {
            buf_put(out, buf_bytes(&list[i].made));
            buf_put(out, bytes_part(BYTES("\0\0\0"), 0, (4 - list[i].made.len % 4) % 4));
        }
        buf_done(&list[i].made);
    }
}
