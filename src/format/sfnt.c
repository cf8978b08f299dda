#include "format/sfnt.h"

#include "format/be.h"

enum { DIRECTORY_HEAD = 12, DIRECTORY_ENTRY = 16, CHECKSUM_AT = 8 };

static const char tags[SFNT_COUNT][5] = {"CFF ", "OS/2", "cmap", "cvt ", "fpgm", "gasp", "glyf", "head",
                                         "hhea", "hmtx", "loca", "maxp", "post", "prep", "vhea", "vmtx"};

bool sfnt_is(struct bytes program)
{
    return bytes_starts(program, BYTES("\0\1\0\0")) || bytes_starts(program, BYTES("true")) ||
           bytes_starts(program, BYTES("OTTO"));
}

enum err sfnt_read(struct bytes program, struct sfnt *ret_font, struct fault *why)
{
    size_t count = be_u16(program, 4);
    struct sfnt font = {0};

    if (program.len < DIRECTORY_HEAD || count > 256)
        return fault_set(why, ERR_MALFORMED, "P17", "ISO/IEC 14496-22 4.5", 0, "font with %zu tables", count);
    for (size_t i = 0; i < count; i++) {
        size_t at = DIRECTORY_HEAD + i * DIRECTORY_ENTRY;
        struct bytes tag = bytes_part(program, at, 4);

        for (size_t t = 0; t < SFNT_COUNT; t++)
            if (bytes_equal(tag, (struct bytes){(const uint8_t *)tags[t], 4}) && font.table[t].len == 0)
                font.table[t] = bytes_part(program, be_u32(program, at + 8), be_u32(program, at + 12));
    }
    *ret_font = font;
    return OK;
}

/* The sum of a table as 32-bit words, the last one filled with zeros. */
static uint32_t sum_of(struct bytes b)
{
    uint32_t sum = 0;
    size_t whole = b.len & ~(size_t)3;

    for (size_t i = 0; i < whole; i += 4)
        sum += be_u32(b, i);
    if (whole < b.len)
        sum += be_sized(b, whole, 4);
    return sum;
}

static void put_directory(const struct sfnt *font, size_t count, struct buf *out)
{
    uint16_t range = 16, selector = 0;
    size_t at = DIRECTORY_HEAD + count * DIRECTORY_ENTRY;

    while (2 * (size_t)range <= 16 * count) {
        range = (uint16_t)(range * 2);
        selector++;
    }
    buf_put(out, font->table[SFNT_CFF].len > 0 ? BYTES("OTTO") : BYTES("\0\1\0\0"));
    buf_put_u16be(out, (uint16_t)count);
    buf_put_u16be(out, range);
    buf_put_u16be(out, selector);
    buf_put_u16be(out, (uint16_t)(16 * count - range));
    for (size_t t = 0; t < SFNT_COUNT; t++) {
        if (font->table[t].len == 0)
            continue;
        buf_put_text(out, tags[t]);
        buf_put_u32be(out, sum_of(font->table[t]));
        buf_put_u32be(out, (uint32_t)at);
        buf_put_u32be(out, (uint32_t)font->table[t].len);
        at += (font->table[t].len + 3) & ~(size_t)3;
    }
}

void sfnt_write(const struct sfnt *font, struct buf *out)
{
    size_t count = 0, begin = out->len, head = 0;
    uint32_t sum;

    for (size_t t = 0; t < SFNT_COUNT; t++)
        count += font->table[t].len > 0;
    put_directory(font, count, out);
    for (size_t t = 0; t < SFNT_COUNT; t++) {
        if (t == SFNT_HEAD)
            head = out->len;
        buf_put(out, font->table[t]);
        buf_put(out, bytes_part(BYTES("\0\0\0"), 0, (4 - font->table[t].len % 4) % 4));
    }
    if (out->full)
        return;
    sum = 0xB1B0AFBAu - sum_of(bytes_from(buf_bytes(out), begin));
    for (unsigned i = 0; i < 4; i++)
        out->at[head + CHECKSUM_AT + i] = (uint8_t)(sum >> (24 - 8 * i));
}
