#include "format/jbig2.h"

#include "format/be.h"
#include "format/jbig2_halftone.h"
#include "format/jbig2_region.h"
#include "format/jbig2_segment.h"
#include "format/jbig2_symbol.h"

enum { SIDE_MAX = 1 << 20 };

struct page {
    struct jbig2_work work;
    struct jbig2_list list;
    uint32_t width, height; /* that were asked for */
    struct jbig2_bitmap *bitmap;
    bool drawn, over;
};

/* The page is as large as asked for at most; the rest of a larger one is never seen. */
static enum err begin_page(struct page *p, struct bytes data)
{
    uint32_t width = be_u32(data, 0), height = be_u32(data, 4);

    if (data.len < 19)
        return jbig2_work_broken(&p->work, "T.88 7.4.8", "page header that ends early");
    if (height == UINT32_MAX || height > p->height)
        height = p->height;
    if (width > p->width)
        width = p->width;
    TRY(jbig2_work_bitmap(&p->work, width, height, &p->bitmap));
    jbig2_work_fill(p->bitmap, data.at[16] & 4);
    return OK;
}

static enum err draw_region(struct page *p, struct jbig2_segment *s, unsigned base)
{
    struct jbig2_region region;

    TRY(jbig2_region_decode(&p->work, s, (enum jbig2_kind)base, p->bitmap, &region));
    if (s->kind == base) { /* kept for another segment to refer to */
        s->bitmap = region.bitmap;
        return jbig2_segment_keep(&p->work, &p->list, s);
    }
    if (p->bitmap == NULL)
        return jbig2_work_broken(&p->work, "T.88 7.4.8", "region before the page");
    TRY(jbig2_work_draw(&p->work, p->bitmap, region.bitmap, region.x, region.y, region.op));
    p->drawn = true;
    return OK;
}

static enum err take_segment(struct page *p, struct jbig2_segment *s)
{
    switch (s->kind) {
    case JBIG2_SYMBOLS:
        TRY(jbig2_symbol_read(&p->work, s, &s->dict));
        return jbig2_segment_keep(&p->work, &p->list, s);
    case JBIG2_PATTERNS:
        TRY(jbig2_halftone_patterns(&p->work, s, &s->dict));
        return jbig2_segment_keep(&p->work, &p->list, s);
    case JBIG2_TABLE:
        TRY(jbig2_huff_read(&p->work, s->data, &s->table));
        return jbig2_segment_keep(&p->work, &p->list, s);
    case JBIG2_TEXT:
    case JBIG2_TEXT + 2:
    case JBIG2_TEXT + 3:
        return draw_region(p, s, JBIG2_TEXT);
    case JBIG2_HALFTONE:
    case JBIG2_HALFTONE + 2:
    case JBIG2_HALFTONE + 3:
        return draw_region(p, s, JBIG2_HALFTONE);
    case JBIG2_GENERIC:
    case JBIG2_GENERIC + 2:
    case JBIG2_GENERIC + 3:
        return draw_region(p, s, JBIG2_GENERIC);
    case JBIG2_REFINEMENT:
    case JBIG2_REFINEMENT + 2:
    case JBIG2_REFINEMENT + 3:
        return draw_region(p, s, JBIG2_REFINEMENT);
    case JBIG2_PAGE:
        return p->bitmap == NULL ? begin_page(p, s->data) : OK;
    case JBIG2_PAGE_END:
    case JBIG2_FILE_END:
        p->over = p->bitmap != NULL;
        return OK;
    default: /* ends of stripes, profiles, comments: nothing to draw */
        return OK;
    }
}

static enum err take_all(struct page *p, struct bytes data)
{
    struct reader r = reader_of(data);

    while (!p->over) {
        struct jbig2_segment *s = NULL;
        bool end = false;

        TRY(jbig2_segment_read(&p->work, &r, &p->list, &s, &end));
        if (end)
            break;
        TRY(take_segment(p, s));
    }
    return OK;
}

/* As the PDF filter gives it: black is 0; what the page does not cover is white. */
static void put_page(const struct page *p, struct buf *out)
{
    size_t stride = ((size_t)p->width + 7) / 8;
    uint8_t tail = p->width % 8 == 0 ? 0xFF : (uint8_t) ~(0xFF >> (p->width % 8));

    for (uint32_t y = 0; y < p->height; y++) {
        uint8_t *row = buf_room(out, stride);

        if (row == NULL)
            return;
        memset(row, 0xFF, stride);
        for (size_t i = 0; y < p->bitmap->height && i < p->bitmap->stride; i++)
            row[i] = (uint8_t)~p->bitmap->at[y * p->bitmap->stride + i];
        row[stride - 1] &= tail;
        buf_grew(out, stride);
    }
}

static enum err decode(struct page *p, struct bytes globals, struct bytes data, struct buf *out, struct fault *why)
{
    enum err err = take_all(p, globals);

    if (err == OK) {
        p->over = false;
        err = take_all(p, data);
    }
    if (err != OK && !p->drawn)
        return err;
    if (p->bitmap == NULL)
        return jbig2_work_broken(&p->work, "T.88 7.4.8", "no page");
    put_page(p, out);
    return buf_check(out, why);
}

enum err jbig2_decode(struct bytes globals, struct bytes data, uint32_t width, uint32_t height, struct buf *ret_bits,
                      struct fault *why)
{
    struct page p = {.width = width, .height = height};
    enum err err;

    if (width == 0 || height == 0 || width > SIDE_MAX || height > SIDE_MAX)
        return fault_set(why, ERR_MALFORMED, "P18", "ISO 32000-2 7.4.7", 0, "picture of %u x %u", width, height);
    if ((uint64_t)((width + 7) / 8) * height > ret_bits->max)
        return fault_set(why, ERR_LIMIT, "P18", "ISO 32000-2 7.4.7", 0, "picture of %u x %u", width, height);
    jbig2_work_init(&p.work, globals.len + data.len, width, height, why);
    err = decode(&p, globals, data, ret_bits, why);
    jbig2_work_done(&p.work);
    return err;
}
