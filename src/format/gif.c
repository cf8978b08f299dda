#include "format/gif.h"

#include <stdlib.h>

#include "base/limit.h"
#include "format/gif_lzw.h"

enum { DISPOSALS = 4, NO_COLOUR = 256 };

struct control {
    bool there;
    unsigned disposal, delay, transparent; /* NO_COLOUR: nothing is transparent */
};

static const struct control no_control = {.transparent = NO_COLOUR};

struct frame {
    struct control control;
    unsigned left, top, width, height;
    bool interlaced;
    struct bytes palette; /* its own, or empty */
    size_t data;          /* where the image data begins */
};

struct walk {
    struct reader r;
    struct control control;
    struct gif_info *info;
    long loops; /* -1: plays once */
};

/* Which places of a palette are used, and what becomes of them. */
struct palette {
    uint8_t colour[256][3];
    bool used[256], seen[256]; /* seen: not only as the transparent one */
    uint8_t to[256];
    unsigned bits; /* of the new palette */
};

struct job {
    struct bytes in;
    struct gif_info info;
    unsigned width, height, background;
    struct bytes global;
    size_t begin; /* first block */
    uint64_t pixels_max;
    uint8_t *indices; /* room for one frame */
    size_t room;
    struct fault *why;
};

/* --- blocks --- */

static void skip_blocks(struct reader *r)
{
    size_t len;

    while ((len = reader_u8(r)) > 0)
        reader_skip(r, len);
}

static void take_control(struct walk *w)
{
    struct reader look = w->r;
    size_t len = reader_u8(&look);
    unsigned flags = reader_u8(&look), delay = reader_u16le(&look), transparent = reader_u8(&look);

    skip_blocks(&w->r);
    if (len < 4 || look.past)
        return;
    w->control = (struct control){true, (flags >> 2 & 7) < DISPOSALS ? flags >> 2 & 7 : 0, delay,
                                  (flags & 1) != 0 ? transparent : NO_COLOUR};
}

static void take_application(struct walk *w)
{
    struct reader look = w->r;
    struct bytes name = reader_take(&look, reader_u8(&look));
    size_t len = reader_u8(&look);
    unsigned kind = reader_u8(&look), loops = reader_u16le(&look);
    bool loop = bytes_equal(name, BYTES("NETSCAPE2.0")) || bytes_equal(name, BYTES("ANIMEXTS1.0"));

    skip_blocks(&w->r);
    if (loop && len == 3 && kind == 1 && !look.past) {
        w->loops = loops;
        return;
    }
    w->info->applications++;
    w->info->xmp += bytes_equal(name, BYTES("XMP DataXMP"));
    w->info->icc += bytes_equal(name, BYTES("ICCRGBG1012"));
}

static void take_extension(struct walk *w)
{
    switch (reader_u8(&w->r)) {
    case 0xf9: take_control(w); return;
    case 0xff: take_application(w); return;
    case 0xfe: w->info->comments++; break;
    case 0x01:
        w->info->texts++;
        w->control = no_control;
        break;
    default: w->info->others++; break;
    }
    skip_blocks(&w->r);
}

static struct bytes take_palette(struct reader *r, unsigned flags)
{
    return reader_take(r, (flags & 0x80) == 0 ? 0 : (size_t)3 << ((flags & 7) + 1));
}

/* The next frame; false at the trailer, at damage and at the end. */
static bool next_frame(struct walk *w, struct frame *ret_frame)
{
    for (;;) {
        unsigned mark, flags;
        size_t at = w->r.at;

        if (reader_left(&w->r) == 0)
            return w->info->damaged = true, false;
        mark = reader_u8(&w->r);
        if (mark == 0x21) {
            take_extension(w);
            continue;
        }
        if (mark != 0x2c) {
            w->info->damaged |= mark != 0x3b;
            if (mark != 0x3b)
                reader_seek(&w->r, at);
            return false;
        }
        ret_frame->control = w->control;
        w->control = no_control;
        ret_frame->left = reader_u16le(&w->r);
        ret_frame->top = reader_u16le(&w->r);
        ret_frame->width = reader_u16le(&w->r);
        ret_frame->height = reader_u16le(&w->r);
        flags = reader_u8(&w->r);
        ret_frame->interlaced = (flags & 0x40) != 0;
        ret_frame->palette = take_palette(&w->r, flags);
        ret_frame->data = w->r.at;
        if (w->r.past)
            return w->info->damaged = true, false;
        if (ret_frame->width > 0 && ret_frame->height > 0)
            return true;
        (void)reader_u8(&w->r);
        skip_blocks(&w->r);
        w->info->damaged = true;
    }
}

static struct walk walk_of(struct job *j)
{
    struct walk w = {.r = reader_of(j->in), .control = no_control, .info = &j->info, .loops = -1};

    reader_seek(&w.r, j->begin);
    return w;
}

/* --- pixels --- */

static void deinterlace(uint8_t *indices, unsigned width, unsigned height)
{
    static const struct {
        unsigned from, step;
    } passes[4] = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};
    uint8_t *copy = malloc((size_t)width * height);
    const uint8_t *from = copy;

    if (copy == NULL)
        limit_exit();
    memcpy(copy, indices, (size_t)width * height);
    for (unsigned i = 0; i < 4; i++)
        for (unsigned y = passes[i].from; y < height; y += passes[i].step, from += width)
            memcpy(indices + (size_t)y * width, from, width);
    free(copy);
}

/* Make room for a frame and decode it; pixels that are missing are transparent, or colour 0. */
static void decode_frame(struct job *j, struct walk *w, const struct frame *f)
{
    size_t count = (size_t)f->width * f->height;
    struct gif_lzw_end end;

    if (j->room < count) {
        free(j->indices);
        j->indices = malloc(count);
        if (j->indices == NULL)
            limit_exit();
        j->room = count;
    }
    memset(j->indices, f->control.transparent == NO_COLOUR ? 0 : (int)f->control.transparent, count);
    end = gif_lzw_decode(bytes_from(j->in, f->data), j->indices, count);
    if (f->interlaced)
        deinterlace(j->indices, f->width, f->height);
    j->info.damaged |= end.pixels < count;
    j->info.slack |= end.slack;
    reader_seek(&w->r, f->data + end.at);
}

static enum err spend(struct job *j, const struct frame *f)
{
    j->info.frames++;
    j->info.pixels += (uint64_t)f->width * f->height;
    if (j->info.frames > GIF_FRAMES_MAX)
        return fault_set(j->why, ERR_LIMIT, "I08", "frame cap", f->data, "more than %d frames", GIF_FRAMES_MAX);
    if (j->info.pixels > j->pixels_max)
        return fault_set(j->why, ERR_LIMIT, "I08", "profile limit pixels", f->data, "%u × %u pixels in frame %u",
                         f->width, f->height, j->info.frames);
    return OK;
}

/* --- palettes --- */

static void palette_of(struct palette *p, struct bytes colours)
{
    *p = (struct palette){.bits = 0};
    if (colours.len > 0)
        memcpy(p->colour, colours.at, colours.len);
}

static void mark_used(struct palette *p, const struct job *j, const struct frame *f)
{
    size_t count = (size_t)f->width * f->height;

    for (size_t i = 0; i < count; i++) {
        p->used[j->indices[i]] = true;
        p->seen[j->indices[i]] |= j->indices[i] != f->control.transparent;
    }
    if (f->control.transparent != NO_COLOUR)
        p->used[f->control.transparent] = true;
}

struct place {
    uint32_t colour;
    uint8_t from;
};

static int by_colour(const void *left, const void *right)
{
    const struct place *a = left, *b = right;

    if (a->colour != b->colour)
        return a->colour < b->colour ? -1 : 1;
    return a->from - b->from;
}

/* Used colours, sorted; a place that is only transparent has no colour. */
static void sort_palette(struct palette *p)
{
    struct place list[256];
    uint8_t colour[256][3] = {{0}};
    unsigned n = 0;

    for (unsigned i = 0; i < 256; i++) {
        if (!p->used[i])
            continue;
        if (!p->seen[i])
            memset(p->colour[i], 0, 3);
        list[n++] = (struct place){
            (uint32_t)p->colour[i][0] << 16 | (uint32_t)p->colour[i][1] << 8 | p->colour[i][2], (uint8_t)i};
    }
    qsort(list, n, sizeof(list[0]), by_colour);
    for (unsigned i = 0; i < n; i++) {
        memcpy(colour[i], p->colour[list[i].from], 3);
        p->to[list[i].from] = (uint8_t)i;
    }
    memcpy(p->colour, colour, sizeof(colour));
    p->bits = 1;
    while (1u << p->bits < n)
        p->bits++;
}

/* --- writing --- */

static void put_frame(struct buf *b, const struct job *j, const struct frame *f, const struct palette *p, bool local)
{
    size_t count = (size_t)f->width * f->height;
    const struct control *c = &f->control;
    bool clear = c->transparent != NO_COLOUR;

    if (c->there) {
        buf_put(b, BYTES("\x21\xf9\x04"));
        buf_put_u8(b, (uint8_t)(c->disposal << 2 | (clear ? 1 : 0)));
        buf_put_u16le(b, (uint16_t)c->delay);
        buf_put_u8(b, clear ? p->to[c->transparent] : 0);
        buf_put_u8(b, 0);
    }
    buf_put_u8(b, 0x2c);
    buf_put_u16le(b, (uint16_t)f->left);
    buf_put_u16le(b, (uint16_t)f->top);
    buf_put_u16le(b, (uint16_t)f->width);
    buf_put_u16le(b, (uint16_t)f->height);
    buf_put_u8(b, (uint8_t)(local ? 0x80 | (p->bits - 1) : 0));
    if (local)
        buf_put(b, (struct bytes){p->colour[0], (size_t)3 << p->bits});
    for (size_t i = 0; i < count; i++)
        j->indices[i] = p->to[j->indices[i]];
    gif_lzw_encode(j->indices, count, p->bits < 2 ? 2 : p->bits, b);
}

static void put_head(struct buf *b, const struct job *j, const struct palette *global, long loops)
{
    bool there = j->global.len > 0;

    buf_put_text(b, "GIF89a");
    buf_put_u16le(b, (uint16_t)j->width);
    buf_put_u16le(b, (uint16_t)j->height);
    buf_put_u8(b, (uint8_t)(there ? 0xf0 | (global->bits - 1) : 0x70));
    buf_put_u8(b, there ? global->to[j->background] : 0);
    buf_put_u8(b, 0);
    if (there)
        buf_put(b, (struct bytes){global->colour[0], (size_t)3 << global->bits});
    if (loops < 0)
        return;
    buf_put(b, BYTES("\x21\xff\x0bNETSCAPE2.0\x03\x01"));
    buf_put_u16le(b, (uint16_t)loops);
    buf_put_u8(b, 0);
}

/* --- the two walks: which colours are used, then writing --- */

/* A canvas without size takes that of the first frame. */
static unsigned within(unsigned side)
{
    return side < 0xffff ? side : 0xffff;
}

static enum err look(struct job *j, struct palette *global, long *ret_loops)
{
    struct walk w = walk_of(j);
    struct frame f;

    palette_of(global, j->global);
    if (j->global.len > 0)
        global->used[j->background] = global->seen[j->background] = true;
    while (next_frame(&w, &f)) {
        TRY(spend(j, &f));
        if (j->width == 0)
            j->width = within(f.left + f.width);
        if (j->height == 0)
            j->height = within(f.top + f.height);
        decode_frame(j, &w, &f);
        if (f.palette.len == 0 && j->global.len > 0)
            mark_used(global, j, &f);
    }
    if (j->info.frames == 0)
        return fault_set(j->why, ERR_MALFORMED, NULL, "GIF89a 20", w.r.at, "no frame");
    sort_palette(global);
    j->info.end = w.r.at;
    *ret_loops = w.loops;
    return OK;
}

static void put_frames(struct buf *b, struct job *j, const struct palette *global)
{
    struct gif_info facts = j->info; /* the second walk sees everything again */
    struct walk w = walk_of(j);
    struct frame f;

    while (next_frame(&w, &f)) {
        bool local = f.palette.len > 0 || j->global.len == 0;

        decode_frame(j, &w, &f);
        if (local) {
            struct palette own;

            palette_of(&own, f.palette);
            mark_used(&own, j, &f);
            sort_palette(&own);
            put_frame(b, j, &f, &own, true);
        } else {
            put_frame(b, j, &f, global, false);
        }
    }
    j->info = facts;
}

static enum err open_file(struct job *j)
{
    struct reader r = reader_of(j->in);
    struct bytes mark = reader_take(&r, 6);
    unsigned flags;

    if (!bytes_equal(mark, BYTES("GIF87a")) && !bytes_equal(mark, BYTES("GIF89a")))
        return fault_set(j->why, ERR_MALFORMED, NULL, "GIF89a 17", 0, "no signature");
    j->width = reader_u16le(&r);
    j->height = reader_u16le(&r);
    flags = reader_u8(&r);
    j->background = reader_u8(&r);
    reader_skip(&r, 1);
    j->global = take_palette(&r, flags);
    j->begin = r.at;
    return r.past ? fault_set(j->why, ERR_MALFORMED, NULL, "GIF89a 18", 0, "cut off in the header") : OK;
}

enum err gif_rebuild(struct bytes in, uint64_t pixels_max, struct sink *out, struct gif_info *ret_info,
                     struct fault *why)
{
    struct job j = {.in = in, .pixels_max = pixels_max, .why = why};
    struct palette global;
    struct buf b;
    long loops = -1;
    enum err code;

    buf_init(&b, SIZE_MAX);
    code = open_file(&j);
    if (code == OK)
        code = look(&j, &global, &loops);
    if (code == OK) {
        put_head(&b, &j, &global, loops);
        put_frames(&b, &j, &global);
        buf_put_u8(&b, 0x3b);
        code = sink_put(out, buf_bytes(&b), why);
    }
    free(j.indices);
    buf_done(&b);
    if (code != OK)
        return code;
    j.info.width = j.width;
    j.info.height = j.height;
    *ret_info = j.info;
    return OK;
}
