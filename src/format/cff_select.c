#include "format/cff_select.h"

#include "base/arena.h"
#include "format/be.h"

static bool charset_ranges(struct bytes in, size_t glyphs, unsigned left_size, struct buf *out)
{
    size_t at = 1;

    buf_put_u8(out, (uint8_t)left_size);
    for (size_t glyph = 1; glyph < glyphs; at += 2 + left_size) {
        size_t left = be_sized(in, at + 2, left_size);

        if (at + 2 + left_size > in.len)
            return false;
        if (left > glyphs - 1 - glyph)
            left = glyphs - 1 - glyph;
        buf_put_u16be(out, be_u16(in, at));
        if (left_size == 2)
            buf_put_u16be(out, (uint16_t)left);
        else
            buf_put_u8(out, (uint8_t)left);
        glyph += left + 1;
    }
    return true;
}

bool cff_select_charset(struct bytes in, size_t glyphs, struct buf *out)
{
    unsigned format = be_u8(in, 0);

    if (in.len == 0 || format > 2)
        return false;
    if (format > 0)
        return charset_ranges(in, glyphs, format, out);
    if (in.len < 1 + 2 * (glyphs - 1))
        return false;
    buf_put(out, bytes_part(in, 0, 1 + 2 * (glyphs - 1)));
    return true;
}

bool cff_select_encoding(struct bytes in, struct buf *out)
{
    unsigned format = be_u8(in, 0);
    size_t len = 2 + (size_t)be_u8(in, 1) * ((format & 0x7F) == 1 ? 2 : 1);

    if ((format & 0x7F) > 1)
        return false;
    if (format & 0x80)
        len += 1 + 3 * (size_t)be_u8(in, len);
    if (in.len < len)
        return false;
    buf_put(out, bytes_part(in, 0, len));
    return true;
}

static void note(uint8_t *used, size_t first, size_t left)
{
    for (size_t sid = first; sid <= first + left && sid < 65536; sid++)
        used[sid] = 1;
}

void cff_select_names(struct bytes charset, struct bytes encoding, uint8_t *used)
{
    unsigned left_size = be_u8(charset, 0); /* by format: none, one byte, two */
    size_t codes = 2 + (size_t)be_u8(encoding, 1) * ((be_u8(encoding, 0) & 0x7F) == 1 ? 2 : 1);

    for (size_t at = 1; at + 2 + left_size <= charset.len; at += 2 + left_size)
        note(used, be_u16(charset, at), be_sized(charset, at + 2, left_size));
    if (be_u8(encoding, 0) & 0x80)
        for (size_t at = codes + 1; at + 3 <= encoding.len; at += 3)
            note(used, be_u16(encoding, at + 1), 0);
}

/* Fill one font number a glyph from the ranges of format 3. */
static bool read_ranges(struct bytes in, size_t glyphs, uint8_t *font_of)
{
    size_t ranges = be_u16(in, 1);

    if (in.len < 5 + 3 * ranges || ranges == 0 || be_u16(in, 3) != 0)
        return false;
    for (size_t i = 0; i < ranges; i++) {
        size_t first = be_u16(in, 3 + 3 * i), next = be_u16(in, 6 + 3 * i);

        if (next < first)
            return false;
        for (size_t glyph = first; glyph < (i + 1 == ranges ? glyphs : next) && glyph < glyphs; glyph++)
            font_of[glyph] = be_u8(in, 5 + 3 * i);
    }
    return true;
}

/* As ranges, or as a list when that is shorter. */
static void put_fonts(const uint8_t *font_of, size_t glyphs, struct buf *out)
{
    size_t ranges = 1;

    for (size_t i = 1; i < glyphs; i++)
        ranges += font_of[i] != font_of[i - 1];
    if (5 + 3 * ranges >= 1 + glyphs) {
        buf_put_u8(out, 0);
        buf_put(out, (struct bytes){font_of, glyphs});
        return;
    }
    buf_put_u8(out, 3);
    buf_put_u16be(out, (uint16_t)ranges);
    for (size_t i = 0; i < glyphs; i++) {
        if (i > 0 && font_of[i] == font_of[i - 1])
            continue;
        buf_put_u16be(out, (uint16_t)i);
        buf_put_u8(out, font_of[i]);
    }
    buf_put_u16be(out, (uint16_t)glyphs);
}

bool cff_select_fonts(struct bytes in, size_t glyphs, size_t fonts, struct buf *out)
{
    struct arena a;
    uint8_t *font_of;
    bool sound;

    arena_init(&a, glyphs + (1 << 17));
    font_of = arena_alloc(&a, glyphs + 1);
    if (be_u8(in, 0) == 3) {
        sound = read_ranges(in, glyphs, font_of);
    } else {
        sound = be_u8(in, 0) == 0 && in.len >= 1 + glyphs;
        if (sound)
            memcpy(font_of, in.at + 1, glyphs);
    }
    for (size_t i = 0; i < glyphs; i++)
        if (font_of[i] >= fonts)
            font_of[i] = (uint8_t)(fonts - 1);
    if (sound)
        put_fonts(font_of, glyphs, out);
    arena_done(&a);
    return sound;
}
