#include "format/jbig2_huff.h"

#include "format/be.h"

enum { LENGTHS = 33, LINES_MAX = 1 << 16, TABLES = 15, TABLE_LINES = 22 };

#define LOWER(prefix, low)                                                                                             \
    {                                                                                                                  \
        prefix, 32, JBIG2_LOWER, low                                                                                   \
    }
#define OOB(prefix)                                                                                                    \
    {                                                                                                                  \
        prefix, 0, JBIG2_OOB, 0                                                                                        \
    }
#define L(prefix, range, low)                                                                                          \
    {                                                                                                                  \
        prefix, range, JBIG2_LINE, low                                                                                 \
    }

/* Tables B.1 to B.15, in the order codes are given in. */
static const struct jbig2_line standard[TABLES][TABLE_LINES] = {
    {L(1, 4, 0), L(2, 8, 16), L(3, 16, 272), L(3, 32, 65808)},
    {L(1, 0, 0), L(2, 0, 1), L(3, 0, 2), L(4, 3, 3), L(5, 6, 11), L(6, 32, 75), OOB(6)},
    {L(8, 8, -256), L(1, 0, 0), L(2, 0, 1), L(3, 0, 2), L(4, 3, 3), L(5, 6, 11), LOWER(8, -257), L(7, 32, 75), OOB(6)},
    {L(1, 0, 1), L(2, 0, 2), L(3, 0, 3), L(4, 3, 4), L(5, 6, 12), L(5, 32, 76)},
    {L(7, 8, -255), L(1, 0, 1), L(2, 0, 2), L(3, 0, 3), L(4, 3, 4), L(5, 6, 12), LOWER(7, -256), L(6, 32, 76)},
    {L(5, 10, -2048), L(4, 9, -1024), L(4, 8, -512), L(4, 7, -256), L(5, 6, -128), L(5, 5, -64), L(4, 5, -32),
     L(2, 7, 0), L(3, 7, 128), L(3, 8, 256), L(4, 9, 512), L(4, 10, 1024), LOWER(6, -2049), L(6, 32, 2048)},
    {L(4, 9, -1024), L(3, 8, -512), L(4, 7, -256), L(5, 6, -128), L(5, 5, -64), L(4, 5, -32), L(4, 5, 0), L(5, 5, 32),
     L(5, 6, 64), L(4, 7, 128), L(3, 8, 256), L(3, 9, 512), L(3, 10, 1024), LOWER(5, -1025), L(5, 32, 2048)},
    {L(8, 3, -15), L(9, 1, -7),  L(8, 1, -5),  L(9, 0, -3),   L(7, 0, -2),   L(4, 0, -1),    L(2, 1, 0),
     L(5, 0, 2),   L(6, 0, 3),   L(3, 4, 4),   L(6, 1, 20),   L(4, 4, 22),   L(4, 5, 38),    L(5, 6, 70),
     L(5, 7, 134), L(6, 7, 262), L(7, 8, 390), L(6, 10, 646), LOWER(9, -16), L(9, 32, 1670), OOB(2)},
    {L(8, 4, -31), L(9, 2, -15), L(8, 2, -11),   L(9, 1, -7),   L(7, 1, -5),    L(4, 1, -3), L(3, 1, -1),  L(3, 1, 1),
     L(5, 1, 3),   L(6, 1, 5),   L(3, 5, 7),     L(6, 2, 39),   L(4, 5, 43),    L(4, 6, 75), L(5, 7, 139), L(5, 8, 267),
     L(6, 8, 523), L(7, 9, 779), L(6, 11, 1291), LOWER(9, -32), L(9, 32, 3339), OOB(2)},
    {L(7, 4, -21), L(8, 0, -5),  L(7, 0, -4),    L(5, 0, -3),    L(2, 2, -2),   L(5, 0, 2),     L(6, 0, 3),
     L(7, 0, 4),   L(8, 0, 5),   L(2, 6, 6),     L(5, 5, 70),    L(6, 5, 102),  L(6, 6, 134),   L(6, 7, 198),
     L(6, 8, 326), L(6, 9, 582), L(6, 10, 1094), L(7, 11, 2118), LOWER(8, -22), L(8, 32, 4166), OOB(2)},
    {L(1, 0, 1), L(2, 1, 2), L(4, 0, 4), L(4, 1, 5), L(5, 1, 7), L(5, 2, 9), L(6, 2, 13), L(7, 2, 17), L(7, 3, 21),
     L(7, 4, 29), L(7, 5, 45), L(7, 6, 77), L(7, 32, 141)},
    {L(1, 0, 1), L(2, 0, 2), L(3, 1, 3), L(5, 0, 5), L(5, 1, 6), L(6, 1, 8), L(7, 0, 10), L(7, 1, 11), L(7, 2, 13),
     L(7, 3, 17), L(7, 4, 25), L(8, 5, 41), L(8, 32, 73)},
    {L(1, 0, 1), L(3, 0, 2), L(4, 0, 3), L(5, 0, 4), L(4, 1, 5), L(3, 3, 7), L(6, 1, 15), L(6, 2, 17), L(6, 3, 21),
     L(6, 4, 29), L(6, 5, 45), L(7, 6, 77), L(7, 32, 141)},
    {L(3, 0, -2), L(3, 0, -1), L(1, 0, 0), L(3, 0, 1), L(3, 0, 2)},
    {L(7, 4, -24), L(6, 2, -8), L(5, 1, -4), L(4, 0, -2), L(3, 0, -1), L(1, 0, 0), L(3, 0, 1), L(4, 0, 2), L(5, 1, 3),
     L(6, 2, 5), L(7, 4, 9), LOWER(7, -25), L(7, 32, 25)},
};

enum err jbig2_huff_build(struct jbig2_work *w, const struct jbig2_line *lines, uint32_t count, struct jbig2_huff **ret)
{
    struct jbig2_huff *h;
    uint64_t code = 0;
    uint32_t at = 0;

    TRY(jbig2_work_array(w, 1, sizeof(*h), &h));
    TRY(jbig2_work_array(w, (uint64_t)count + 1, sizeof(uint32_t), &h->order));
    TRY(jbig2_work_spend(w, (uint64_t)count * 2 + 64));
    h->lines = lines;
    for (uint32_t i = 0; i < count; i++)
        h->count[lines[i].prefix <= LENGTHS - 1 ? lines[i].prefix : 0]++;
    h->count[0] = 0;
    for (unsigned len = 1; len < LENGTHS; len++) {
        code = (code + h->count[len - 1]) << 1;
        if (code + h->count[len] > (uint64_t)1 << len)
            return jbig2_work_broken(w, "T.88 B.3", "more codes than a Huffman table can hold");
        h->first[len] = (uint32_t)code;
        h->from[len] = at;
        at += h->count[len];
    }
    for (uint32_t i = 0; i < count; i++)
        if (lines[i].prefix > 0 && lines[i].prefix < LENGTHS)
            h->order[h->from[lines[i].prefix]++] = i;
    for (unsigned len = 1; len < LENGTHS; len++)
        h->from[len] -= h->count[len];
    *ret = h;
    return OK;
}

enum err jbig2_huff_standard(struct jbig2_work *w, unsigned number, struct jbig2_huff **ret)
{
    uint32_t count = 0;

    while (count < TABLE_LINES && standard[number - 1][count].prefix > 0)
        count++;
    return jbig2_huff_build(w, standard[number - 1], count, ret);
}

enum err jbig2_huff_read(struct jbig2_work *w, struct bytes data, struct jbig2_huff **ret)
{
    struct bitread in = {.in = bytes_from(data, 9)};
    uint8_t flags = be_u8(data, 0);
    unsigned prefix_bits = (flags >> 1 & 7) + 1u, range_bits = (flags >> 4 & 7) + 1u;
    int64_t low = (int32_t)be_u32(data, 1), high = (int32_t)be_u32(data, 5), at = low;
    struct jbig2_line *lines;
    uint32_t count = 0, max = LINES_MAX;

    if (data.len < 9 || low > high)
        return jbig2_work_broken(w, "T.88 B.2", "table without a range");
    if (max > 8 * data.len)
        max = (uint32_t)(8 * data.len);
    TRY(jbig2_work_array(w, (uint64_t)max + 4, sizeof(*lines), &lines));
    while (at < high) {
        uint8_t prefix = (uint8_t)bitread_take(&in, prefix_bits), range = (uint8_t)bitread_take(&in, range_bits);

        if (count == max || range > 32 || bitread_past(&in))
            return jbig2_work_broken(w, "T.88 B.2", "table with too many lines");
        lines[count++] = (struct jbig2_line){prefix, range, JBIG2_LINE, (int32_t)at};
        at += (int64_t)1 << range;
    }
    lines[count++] = (struct jbig2_line){(uint8_t)bitread_take(&in, prefix_bits), 32, JBIG2_LOWER, (int32_t)(low - 1)};
    lines[count++] = (struct jbig2_line){(uint8_t)bitread_take(&in, prefix_bits), 32, JBIG2_LINE, (int32_t)high};
    if (flags & 1)
        lines[count++] = (struct jbig2_line){(uint8_t)bitread_take(&in, prefix_bits), 0, JBIG2_OOB, 0};
    if (bitread_past(&in))
        return jbig2_work_broken(w, "T.88 B.2", "table that ends early");
    return jbig2_huff_build(w, lines, count, ret);
}

enum err jbig2_huff_line(struct jbig2_work *w, const struct jbig2_huff *h, struct bitread *in, uint32_t *ret)
{
    uint32_t code = 0;

    for (unsigned len = 1; len < LENGTHS; len++) {
        code = code << 1 | bitread_take(in, 1);
        if (code - h->first[len] < h->count[len] && code >= h->first[len]) {
            *ret = h->order[h->from[len] + (code - h->first[len])];
            return bitread_past(in) ? jbig2_work_broken(w, "T.88 B.4", "data that ends early") : OK;
        }
    }
    return jbig2_work_broken(w, "T.88 B.4", "code that is not in the Huffman table");
}

enum err jbig2_huff_number(struct jbig2_work *w, const struct jbig2_huff *h, struct bitread *in, int64_t *ret,
                           bool *ret_oob)
{
    uint32_t i = 0;
    const struct jbig2_line *line;
    int64_t offset;

    TRY(jbig2_huff_line(w, h, in, &i));
    line = &h->lines[i];
    *ret_oob = line->kind == JBIG2_OOB;
    offset = bitread_take(in, line->range);
    *ret = line->kind == JBIG2_LOWER ? line->low - offset : line->low + offset;
    return OK;
}
