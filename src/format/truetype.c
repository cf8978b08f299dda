#include "format/truetype.h"

#include "format/be.h"
#include "format/cff.h"
#include "format/charmap.h"
#include "format/glyf.h"
#include "format/sfnt.h"

enum { HEAD_LEN = 54, HHEA_LEN = 36, MAXP_LEN = 32, POST_LEN = 32, CODE_MAX = 1 << 20 };

/* One font being rebuilt: what was read, what is written, and the numbers tables share. */
struct work {
    struct sfnt in, out;
    struct buf made[SFNT_COUNT];
    size_t glyphs;
    bool long_loca;
};

static void work_done(struct work *w)
{
    for (size_t t = 0; t < SFNT_COUNT; t++)
        buf_done(&w->made[t]);
}

static enum err missing(const char *table, struct fault *why)
{
    return fault_set(why, ERR_MALFORMED, "P17", "ISO/IEC 14496-22 4.3", 0, "font without a sound %s table", table);
}

static void set_u16(struct buf *b, size_t at, size_t v)
{
    if (b->len < at + 2)
        return;
    b->at[at] = (uint8_t)(v >> 8);
    b->at[at + 1] = (uint8_t)v;
}

static void put_zeros(struct buf *b, size_t count)
{
    uint8_t *room = count > 0 ? buf_room(b, count) : NULL;

    if (room == NULL)
        return;
    memset(room, 0, count);
    buf_grew(b, count);
}

/* A table of fixed length, short ones filled with zeros. */
static void put_fixed(struct buf *b, struct bytes in, size_t len)
{
    struct bytes part = bytes_part(in, 0, len);

    buf_put(b, part);
    put_zeros(b, len - part.len);
}

/* Check sum, magic number and dates are ours; dates say when a stranger worked, so they are zero. */
static enum err make_head(struct work *w, struct fault *why)
{
    struct bytes in = w->in.table[SFNT_HEAD];
    struct buf *b = &w->made[SFNT_HEAD];

    if (in.len < HEAD_LEN - 2 || be_u16(in, 18) == 0)
        return missing("head", why);
    buf_put(b, BYTES("\0\1\0\0"));
    buf_put(b, bytes_part(in, 4, 4));
    buf_put(b, BYTES("\0\0\0\0\x5F\x0F\x3C\xF5"));
    buf_put(b, bytes_part(in, 16, 4));
    put_zeros(b, 16);
    put_fixed(b, bytes_part(in, 36, 14), 14);
    buf_put_u16be(b, w->long_loca);
    buf_put_u16be(b, 0);
    return OK;
}

static void make_maxp(struct work *w)
{
    struct buf *b = &w->made[SFNT_MAXP];

    if (w->in.table[SFNT_CFF].len > 0) {
        buf_put(b, BYTES("\0\0\x50\0\0\0"));
    } else {
        put_fixed(b, w->in.table[SFNT_MAXP], MAXP_LEN);
        if (!b->full)
            memcpy(b->at, "\0\1\0\0", 4);
    }
    set_u16(b, 4, w->glyphs);
}

/* A header of metrics and the metrics themselves: as many as there are glyphs, missing ones zero. */
static void make_metrics(struct work *w, enum sfnt_table header, enum sfnt_table metrics)
{
    struct bytes in = w->in.table[header];
    size_t full = be_u16(in, 34);
    struct buf *b = &w->made[header];

    if (full > w->glyphs)
        full = w->glyphs;
    if (full == 0)
        full = 1;
    buf_put(b, header == SFNT_VHEA && be_u32(in, 0) == 0x11000 ? BYTES("\0\1\x10\0") : BYTES("\0\1\0\0"));
    put_fixed(b, bytes_part(in, 4, 20), 20);
    put_zeros(b, 10);
    buf_put_u16be(b, (uint16_t)full);
    put_fixed(&w->made[metrics], w->in.table[metrics], 2 * full + 2 * w->glyphs);
}

/* Names of glyphs, which simple fonts are drawn by; without sound names the table says "none". */
static bool post_names_sound(struct bytes in, size_t glyphs, size_t *ret_len)
{
    size_t count = be_u16(in, 32), at = 34 + 2 * count, names = 0;

    if (in.len < at || count > glyphs)
        return false;
    for (size_t i = 0; i < count; i++) {
        size_t index = be_u16(in, 34 + 2 * i);
        if (index >= 258 && index - 257 > names)
            names = index - 257;
    }
    for (size_t i = 0; i < names; i++) {
        if (at >= in.len || at + 1 + in.at[at] > in.len)
            return false;
        at += 1 + (size_t)in.at[at];
    }
    *ret_len = at - 32;
    return true;
}

static void make_post(struct work *w)
{
    struct bytes in = w->in.table[SFNT_POST];
    struct buf *b = &w->made[SFNT_POST];
    size_t names = 0;

    if (in.len < 16)
        return;
    if (be_u32(in, 0) == 0x20000 && post_names_sound(in, w->glyphs, &names))
        buf_put(b, BYTES("\0\2\0\0"));
    else
        buf_put(b, be_u32(in, 0) == 0x10000 ? BYTES("\0\1\0\0") : BYTES("\0\3\0\0"));
    buf_put(b, bytes_part(in, 4, 12));
    put_zeros(b, POST_LEN - 16);
    buf_put(b, bytes_part(in, 32, names));
}

static void make_os2(struct work *w)
{
    static const uint8_t lens[] = {78, 86, 96, 96, 96, 100};
    struct bytes in = w->in.table[SFNT_OS2];
    size_t version = be_u16(in, 0);

    if (in.len >= 78 && version < countof(lens) && in.len >= lens[version])
        buf_put(&w->made[SFNT_OS2], bytes_part(in, 0, lens[version]));
}

static void make_gasp(struct work *w)
{
    struct bytes in = w->in.table[SFNT_GASP];
    size_t ranges = be_u16(in, 2);

    if (in.len >= 4 && be_u16(in, 0) <= 1 && in.len >= 4 + 4 * ranges)
        buf_put(&w->made[SFNT_GASP], bytes_part(in, 0, 4 + 4 * ranges));
}

/* Instructions run in the renderer's own interpreter, which bounds them; here only their size. */
static void make_code(struct work *w)
{
    static const enum sfnt_table code[] = {SFNT_CVT, SFNT_FPGM, SFNT_PREP};

    for (size_t i = 0; i < countof(code); i++) {
        struct bytes in = w->in.table[code[i]];

        if (in.len <= CODE_MAX)
            buf_put(&w->made[code[i]], bytes_part(in, 0, code[i] == SFNT_CVT ? in.len & ~(size_t)1 : in.len));
    }
}

static enum err make_glyf(struct work *w, struct fault *why)
{
    struct bytes loca = w->in.table[SFNT_LOCA], head = w->in.table[SFNT_HEAD];
    struct buf *b = &w->made[SFNT_GLYF];
    bool is_long = be_u16(head, 50) != 0;
    size_t entries = loca.len / (is_long ? 4 : 2);

    if (w->in.table[SFNT_MAXP].len < 6)
        return missing("maxp", why);
    w->glyphs = be_u16(w->in.table[SFNT_MAXP], 4);
    if (entries < 2 || w->glyphs == 0)
        return missing("loca", why);
    if (w->glyphs > entries - 1)
        w->glyphs = entries - 1;
    /* Outlines may share their place; twice the input is far more than fonts do. */
    b->max = 2 * w->in.table[SFNT_GLYF].len + 4 * w->glyphs + 64;
    w->long_loca = glyf_rewrite(w->in.table[SFNT_GLYF], loca, is_long, w->glyphs, b, &w->made[SFNT_LOCA]);
    if (b->full)
        return missing("loca", why);
    if (b->len == 0)
        buf_put_u8(b, 0); /* a table of no bytes would be no table */
    make_maxp(w);
    return OK;
}

static enum err make_cff(struct work *w, struct fault *why)
{
    struct cff_info info;

    TRY(cff_check(w->in.table[SFNT_CFF], &w->made[SFNT_CFF], &info, why));
    w->glyphs = info.glyphs;
    make_maxp(w);
    return OK;
}

static enum err make_all(struct work *w, struct fault *why)
{
    if (w->in.table[SFNT_CFF].len > 0)
        TRY(make_cff(w, why));
    else
        TRY(make_glyf(w, why));
    TRY(make_head(w, why));
    if (w->in.table[SFNT_HHEA].len < HHEA_LEN || w->in.table[SFNT_HMTX].len < 2)
        return missing("hhea or hmtx", why);
    make_metrics(w, SFNT_HHEA, SFNT_HMTX);
    if (w->in.table[SFNT_VHEA].len >= HHEA_LEN && w->in.table[SFNT_VMTX].len >= 4)
        make_metrics(w, SFNT_VHEA, SFNT_VMTX);
    make_post(w);
    make_os2(w);
    if (w->in.table[SFNT_CFF].len == 0) {
        make_gasp(w);
        make_code(w);
    }
    charmap_rewrite(w->in.table[SFNT_CMAP], w->glyphs, &w->made[SFNT_CMAP]);
    return OK;
}

static enum err write_all(struct work *w, struct buf *out, struct fault *why)
{
    for (size_t t = 0; t < SFNT_COUNT; t++) {
        TRY(buf_check(&w->made[t], why));
        w->out.table[t] = buf_bytes(&w->made[t]);
    }
    sfnt_write(&w->out, out);
    return buf_check(out, why);
}

enum err truetype_check(struct bytes program, struct buf *out, uint32_t *ret_glyphs, bool *ret_cff, struct fault *why)
{
    _cleanup_(work_done) struct work w = {0};

    TRY(sfnt_read(program, &w.in, why));
    for (size_t t = 0; t < SFNT_COUNT; t++)
        buf_init(&w.made[t], out->max);
    TRY(make_all(&w, why));
    TRY(write_all(&w, out, why));
    *ret_glyphs = (uint32_t)w.glyphs;
    *ret_cff = w.in.table[SFNT_CFF].len > 0;
    return OK;
}
