#include "format/type1.h"

#include "format/ps.h"
#include "format/type1_font.h"

enum { EEXEC_KEY = 55665, LEN_IV = 4, ARENA_MAX = 512 << 20 };

bool type1_is(struct bytes program)
{
    return bytes_starts(program, BYTES("%!")) || bytes_starts(program, BYTES("\x80\1"));
}

/* Join the segments of a PFB file; their headers tell text from binary, which we see anyway. */
static void join_segments(struct bytes program, struct buf *out)
{
    struct reader r = reader_of(program);

    while (reader_left(&r) >= 6 && reader_u8(&r) == 0x80 && reader_u8(&r) <= 2) {
        uint32_t len = reader_u32le(&r);

        if (len > reader_left(&r))
            len = (uint32_t)reader_left(&r);
        buf_put(out, reader_take(&r, len));
    }
}

static bool is_space(uint8_t c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Where the encrypted part begins: behind the word eexec and the blanks after it; SIZE_MAX when nowhere. */
static size_t eexec_find(struct bytes in, size_t *ret_word)
{
    for (size_t at = bytes_find(in, BYTES("eexec"), 0); at != SIZE_MAX; at = bytes_find(in, BYTES("eexec"), at + 1)) {
        size_t end = at + 5;

        if (end >= in.len || !is_space(in.at[end]) || (at > 0 && !is_space(in.at[at - 1])))
            continue;
        while (end < in.len && is_space(in.at[end]))
            end++;
        *ret_word = at;
        return end;
    }
    return SIZE_MAX;
}

/* The encrypted part as bytes: it is hexadecimal when its first four characters are. */
static void take_encrypted(struct bytes in, struct buf *out)
{
    bool hex = in.len >= 4;
    int high = -1;

    for (size_t i = 0; i < 4 && i < in.len; i++)
        hex &= ps_hex(in.at[i]) >= 0;
    if (!hex) {
        buf_put(out, in);
        return;
    }
    for (size_t i = 0; i < in.len && (ps_hex(in.at[i]) >= 0 || is_space(in.at[i])); i++) {
        int v = ps_hex(in.at[i]);

        if (v < 0)
            continue;
        if (high >= 0)
            buf_put_u8(out, (uint8_t)(high << 4 | v));
        high = high >= 0 ? -1 : v;
    }
}

struct parts {
    struct buf joined, private, ret_clear, ret_private;
    struct type1_font font;
};

static void parts_done(struct parts *p)
{
    buf_done(&p->joined);
    buf_done(&p->private);
    buf_done(&p->ret_clear);
    buf_done(&p->ret_private);
    arena_done(&p->font.arena);
}

static enum err read_font(struct bytes program, struct parts *p, struct fault *why)
{
    size_t word = 0, at;

    if (bytes_starts(program, BYTES("\x80"))) {
        join_segments(program, &p->joined);
        program = buf_bytes(&p->joined);
    }
    at = eexec_find(program, &word);
    if (at == SIZE_MAX)
        return fault_set(why, ERR_MALFORMED, "P17", "Type 1 Font Format 7.2", 0, "Type 1 font without eexec");
    take_encrypted(bytes_from(program, at), &p->private);
    type1_font_decrypt(p->private.at, p->private.len, EEXEC_KEY);
    TRY(type1_font_read(bytes_part(program, 0, word), bytes_from(buf_bytes(&p->private), LEN_IV), &p->font, why));
    if (p->font.masters)
        return fault_set(why, ERR_UNSUPPORTED, "P17", "ISO 32000-2 9.6.2.3", 0, "multiple master font");
    if (p->font.glyphs.count == 0)
        return fault_set(why, ERR_MALFORMED, "P17", "Type 1 Font Format 2.3", 0, "Type 1 font without glyphs");
    return OK;
}

enum err type1_check(struct bytes program, struct buf *out, uint32_t *ret_glyphs, uint32_t ret_lengths[3],
                     struct fault *why)
{
    _cleanup_(parts_done) struct parts p = {0};

    buf_init(&p.joined, program.len);
    buf_init(&p.private, program.len);
    buf_init(&p.ret_clear, out->max);
    buf_init(&p.ret_private, out->max);
    arena_init(&p.font.arena, ARENA_MAX);
    map_init(&p.font.glyphs, &p.font.arena);
    TRY(read_font(program, &p, why));
    type1_font_write(&p.font, &p.ret_clear, &p.ret_private);
    TRY(buf_check(&p.ret_clear, why));
    TRY(buf_check(&p.ret_private, why));
    type1_font_encrypt(p.ret_private.at, p.ret_private.len, EEXEC_KEY);
    buf_put(out, buf_bytes(&p.ret_clear));
    buf_put(out, buf_bytes(&p.ret_private));
    *ret_glyphs = (uint32_t)p.font.glyphs.count;
    ret_lengths[0] = (uint32_t)p.ret_clear.len;
    ret_lengths[1] = (uint32_t)p.ret_private.len;
    ret_lengths[2] = 0;
    return buf_check(out, why);
}
