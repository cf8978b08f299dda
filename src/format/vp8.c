#include "format/vp8.h"

#include <stdlib.h>

#include "base/limit.h"
#include "format/vp8_bool.h"

enum { TYPES = 4, BANDS = 8, CONTEXTS = 3, NODES = 11, MODES = 10, PARTS_MAX = 8, HEAD = 10, FIRST_MAX = 1 << 19,
       PART_MAX = 1 << 24 };

static const uint8_t update_prob[TYPES * BANDS * CONTEXTS][NODES] = {
#define VP8_UPDATE(...) {__VA_ARGS__},
#include "format/vp8_table.def"
#undef VP8_UPDATE
};
static const uint8_t default_prob[TYPES * BANDS * CONTEXTS][NODES] = {
#define VP8_DEFAULT(...) {__VA_ARGS__},
#include "format/vp8_table.def"
#undef VP8_DEFAULT
};
static const uint8_t mode_prob[MODES * MODES][MODES - 1] = {
#define VP8_MODE(...) {__VA_ARGS__},
#include "format/vp8_table.def"
#undef VP8_MODE
};

enum { DC, TM, V, H };
enum { WITH_Y2 = 0, OF_Y2 = 1, OF_COLOUR = 2, WITHOUT_Y2 = 3 }; /* types of blocks */

/* What a macroblock leaves for those below and to the right. */
struct edge {
    uint8_t modes[4];
    uint8_t y[4], u[2], v[2], y2; /* blocks with coefficients */
};

struct frame {
    struct bytes in;
    unsigned width, height;
    struct vp8_bool first, parts[PARTS_MAX];
    unsigned part_count, parts_open;
    bool has_map, has_skip;
    uint8_t segment_prob[3], skip_prob;
    uint8_t prob[TYPES * BANDS * CONTEXTS][NODES];
    struct edge left, *top;
    struct fault *why;
};

static enum err damaged(const struct frame *f, const char *what)
{
    return fault_set(f->why, ERR_MALFORMED, NULL, "RFC 6386", 0, "%s", what);
}

static unsigned flag(struct vp8_bool *b)
{
    return vp8_bool_get(b, 128);
}

/* "present?", then a number and its sign. */
static void optional(struct vp8_bool *b, unsigned count, unsigned bits)
{
    for (unsigned i = 0; i < count; i++)
        if (flag(b))
            (void)vp8_bool_value(b, bits + 1);
}

/* --- the header, RFC 6386 9.2 to 9.11 --- */

static void copy_segments(struct frame *f)
{
    struct vp8_bool *b = &f->first;

    if (!flag(b))
        return;
    f->has_map = flag(b);
    if (flag(b)) {
        (void)flag(b);
        optional(b, 4, 7);
        optional(b, 4, 6);
    }
    for (unsigned i = 0; f->has_map && i < 3; i++)
        f->segment_prob[i] = flag(b) ? (uint8_t)vp8_bool_value(b, 8) : 255;
}

static void copy_filter(struct vp8_bool *b)
{
    (void)vp8_bool_value(b, 1 + 6 + 3);
    if (flag(b) && flag(b))
        optional(b, 8, 6);
}

static void copy_probs(struct frame *f)
{
    struct vp8_bool *b = &f->first;

    for (unsigned i = 0; i < TYPES * BANDS * CONTEXTS; i++)
        for (unsigned k = 0; k < NODES; k++)
            f->prob[i][k] = vp8_bool_get(b, update_prob[i][k]) ? (uint8_t)vp8_bool_value(b, 8) : default_prob[i][k];
    f->has_skip = flag(b);
    f->skip_prob = f->has_skip ? (uint8_t)vp8_bool_value(b, 8) : 0;
}

static void copy_header(struct frame *f)
{
    struct vp8_bool *b = &f->first;

    (void)vp8_bool_value(b, 2); /* colour space, clamping */
    copy_segments(f);
    copy_filter(b);
    f->part_count = 1u << vp8_bool_value(b, 2);
    (void)vp8_bool_value(b, 7);
    optional(b, 5, 4);
    (void)flag(b);
    copy_probs(f);
}

/* Partitions of coefficients, their lengths in front of them; the last one is the rest. */
static enum err open_parts(struct frame *f, struct bytes rest)
{
    size_t at = 3 * ((size_t)f->part_count - 1);

    if (rest.len <= at)
        return damaged(f, "no coefficients");
    for (unsigned i = 0; i < f->part_count; i++) {
        const uint8_t *len = rest.at + (size_t)3 * i;
        struct bytes part = bytes_from(rest, at);

        if (i + 1 < f->part_count)
            part = bytes_part(part, 0, len[0] | (size_t)len[1] << 8 | (size_t)len[2] << 16);
        at += part.len;
        vp8_bool_init(&f->parts[i], part);
        f->parts_open++;
    }
    return OK;
}

/* --- modes, RFC 6386 11 --- */

static uint8_t copy_sub_mode(struct vp8_bool *b, const uint8_t *prob)
{
    /* pairs of what follows on 0 and on 1: a node, or a mode made negative */
    static const int tree[18] = {-DC, 1, -TM, 2, -V, 3, 4, 6, -H, 5, -4, -5, -6, 7, -7, 8, -8, -9};
    int at = tree[vp8_bool_get(b, prob[0])];

    while (at > 0)
        at = tree[2 * at + (int)vp8_bool_get(b, prob[at])];
    return (uint8_t)-at;
}

static void copy_sub_modes(struct frame *f, struct edge *top)
{
    for (unsigned y = 0; y < 4; y++)
        for (unsigned x = 0; x < 4; x++) {
            uint8_t mode = copy_sub_mode(&f->first, mode_prob[top->modes[x] * MODES + f->left.modes[y]]);

            top->modes[x] = f->left.modes[y] = mode;
        }
}

/* The modes of a macroblock; returns whether it has a block of its own for the mean values. */
static bool copy_modes(struct frame *f, struct edge *top, bool *ret_skip)
{
    struct vp8_bool *b = &f->first;
    bool whole;

    if (f->has_map)
        (void)vp8_bool_get(b, f->segment_prob[1 + vp8_bool_get(b, f->segment_prob[0])]);
    *ret_skip = f->has_skip && vp8_bool_get(b, f->skip_prob);
    whole = vp8_bool_get(b, 145);
    if (whole) {
        int mode = vp8_bool_get(b, 156) ? (vp8_bool_get(b, 128) ? TM : H) : (vp8_bool_get(b, 163) ? V : DC);

        memset(top->modes, mode, 4);
        memset(f->left.modes, mode, 4);
    } else {
        copy_sub_modes(f, top);
    }
    if (vp8_bool_get(b, 142) && vp8_bool_get(b, 114))
        (void)vp8_bool_get(b, 183);
    return whole;
}

/* --- coefficients, RFC 6386 13 --- */

static void copy_large(struct vp8_bool *b, const uint8_t *p)
{
    static const uint8_t extra[4][12] = {{173, 148, 140},
                                         {176, 155, 140, 135},
                                         {180, 157, 141, 134, 130},
                                         {254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129}};
    unsigned kind;

    if (!vp8_bool_get(b, p[3])) {
        if (vp8_bool_get(b, p[4]))
            (void)vp8_bool_get(b, p[5]);
        return;
    }
    if (!vp8_bool_get(b, p[6])) {
        if (!vp8_bool_get(b, p[7])) {
            (void)vp8_bool_get(b, 159);
            return;
        }
        (void)vp8_bool_get(b, 165);
        (void)vp8_bool_get(b, 145);
        return;
    }
    kind = vp8_bool_get(b, p[8]) << 1;
    kind |= vp8_bool_get(b, p[9 + (kind >> 1)]);
    for (const uint8_t *e = extra[kind]; *e != 0; e++)
        (void)vp8_bool_get(b, *e);
}

/* One block; returns whether it has coefficients, as the contexts count them. */
static uint8_t copy_block(const struct frame *f, struct vp8_bool *b, unsigned type, unsigned context)
{
    static const uint8_t bands[17] = {0, 1, 2, 3, 6, 4, 5, 6, 6, 6, 6, 6, 6, 6, 6, 7, 0};
    const uint8_t(*prob)[NODES] = f->prob + (size_t)type * BANDS * CONTEXTS;
    unsigned first = type == WITH_Y2 ? 1 : 0, n = first;
    const uint8_t *p = prob[(size_t)bands[n] * CONTEXTS + context];

    for (; n < 16; n++) {
        if (!vp8_bool_get(b, p[0]))
            return n > first;
        while (!vp8_bool_get(b, p[1])) {
            if (++n == 16)
                return 1;
            p = prob[(size_t)bands[n] * CONTEXTS];
        }
        context = vp8_bool_get(b, p[2]) ? 2 : 1;
        if (context == 2)
            copy_large(b, p);
        (void)flag(b);
        p = prob[(size_t)bands[n + 1] * CONTEXTS + context];
    }
    return 1;
}

static void copy_square(const struct frame *f, struct vp8_bool *b, unsigned type, unsigned side, uint8_t *top,
                        uint8_t *left)
{
    for (unsigned y = 0; y < side; y++)
        for (unsigned x = 0; x < side; x++)
            top[x] = left[y] = copy_block(f, b, type, top[x] + left[y]);
}

static void copy_coefficients(struct frame *f, struct vp8_bool *b, struct edge *top, bool whole)
{
    if (whole)
        top->y2 = f->left.y2 = copy_block(f, b, OF_Y2, top->y2 + f->left.y2);
    copy_square(f, b, whole ? WITH_Y2 : WITHOUT_Y2, 4, top->y, f->left.y);
    copy_square(f, b, OF_COLOUR, 2, top->u, f->left.u);
    copy_square(f, b, OF_COLOUR, 2, top->v, f->left.v);
}

static void skip_coefficients(struct edge *e, bool whole)
{
    memset(e->y, 0, sizeof(e->y));
    memset(e->u, 0, sizeof(e->u));
    memset(e->v, 0, sizeof(e->v));
    if (whole)
        e->y2 = 0;
}

static enum err copy_macroblocks(struct frame *f)
{
    unsigned columns = (f->width + 15) / 16, rows = (f->height + 15) / 16;

    f->top = calloc(columns, sizeof(*f->top));
    if (f->top == NULL)
        limit_exit();
    for (unsigned y = 0; y < rows; y++) {
        struct vp8_bool *part = &f->parts[y % f->part_count];

        f->left = (struct edge){.y2 = 0};
        for (unsigned x = 0; x < columns; x++) {
            bool skip, whole = copy_modes(f, &f->top[x], &skip);

            if (!skip) {
                copy_coefficients(f, part, &f->top[x], whole);
            } else {
                skip_coefficients(&f->top[x], whole);
                skip_coefficients(&f->left, whole);
            }
        }
        if (vp8_bool_broken(&f->first) || vp8_bool_broken(part))
            return damaged(f, "the picture breaks off");
    }
    return OK;
}

/* --- the whole --- */

static enum err write_frame(struct frame *f, struct buf *out)
{
    uint32_t tag;

    vp8_bool_flush(&f->first);
    for (unsigned i = 0; i < f->part_count; i++) {
        vp8_bool_flush(&f->parts[i]);
        if (f->parts[i].out.len >= PART_MAX && i + 1 < f->part_count)
            return damaged(f, "a partition is too long");
    }
    if (f->first.out.len >= FIRST_MAX)
        return damaged(f, "a partition is too long");
    /* key frame, the version of the input, shown */
    tag = (uint32_t)(f->in.at[0] & 0x0e) | 0x10 | (uint32_t)f->first.out.len << 5;
    buf_put_u16le(out, (uint16_t)tag);
    buf_put_u8(out, (uint8_t)(tag >> 16));
    buf_put(out, BYTES("\x9d\x01\x2a"));
    buf_put_u16le(out, (uint16_t)f->width);
    buf_put_u16le(out, (uint16_t)f->height);
    buf_put(out, buf_bytes(&f->first.out));
    for (unsigned i = 0; i + 1 < f->part_count; i++) {
        buf_put_u16le(out, (uint16_t)f->parts[i].out.len);
        buf_put_u8(out, (uint8_t)(f->parts[i].out.len >> 16));
    }
    for (unsigned i = 0; i < f->part_count; i++)
        buf_put(out, buf_bytes(&f->parts[i].out));
    return OK;
}

static enum err copy_frame(struct frame *f, struct buf *out)
{
    struct reader r = reader_of(f->in);
    uint32_t tag = reader_u16le(&r);
    struct bytes mark;
    size_t first_len;

    tag |= (uint32_t)reader_u8(&r) << 16;
    mark = reader_take(&r, 3);
    f->width = reader_u16le(&r) & 0x3fff;
    f->height = reader_u16le(&r) & 0x3fff;
    first_len = tag >> 5;
    if ((tag & 1) != 0 || (tag >> 1 & 7) > 3 || !bytes_equal(mark, BYTES("\x9d\x01\x2a")) || f->width == 0 ||
        f->height == 0 || first_len > reader_left(&r))
        return damaged(f, "no key frame");
    vp8_bool_init(&f->first, bytes_part(f->in, HEAD, first_len));
    copy_header(f);
    TRY(open_parts(f, bytes_from(f->in, HEAD + first_len)));
    TRY(copy_macroblocks(f));
    return write_frame(f, out);
}

enum err vp8_copy(struct bytes in, struct buf *out, struct fault *why)
{
    struct frame f = {.in = in, .why = why, .segment_prob = {255, 255, 255}};
    enum err code = copy_frame(&f, out);

    vp8_bool_done(&f.first);
    for (unsigned i = 0; i < f.parts_open; i++)
        vp8_bool_done(&f.parts[i]);
    free(f.top);
    return code;
}
