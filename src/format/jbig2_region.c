#include "format/jbig2_region.h"

#include "format/be.h"
#include "format/jbig2_generic.h"
#include "format/jbig2_halftone.h"
#include "format/jbig2_text.h"

enum { REGION_HEADER = 17, RUN_CODES = 35 };

static enum err unsupported(struct jbig2_work *w, const char *what)
{
    return fault_set(w->why, ERR_UNSUPPORTED, "P18", "ITU-T T.88", 0, "JBIG2 with %s", what);
}

static enum err decode_generic(struct jbig2_work *w, const struct jbig2_segment *s, struct jbig2_region *region)
{
    struct reader r = reader_of(bytes_from(s->data, REGION_HEADER));
    uint8_t flags = reader_u8(&r);
    struct jbig2_generic g = {
        .width = region->width, .height = region->height, .template = flags >> 1 & 3, .typical = flags & 8};
    struct jbig2_arith d;
    uint8_t *contexts;
    size_t used;

    if (flags & 1)
        return jbig2_generic_mmr(w, g.width, g.height, bytes_from(r.in, r.at), &used, &region->bitmap);
    if (g.template == 0 && flags & 0x10)
        return unsupported(w, "twelve adaptive pixels");
    for (size_t i = 0; i < jbig2_generic_at_len(g.template); i++)
        g.at[i] = jbig2_generic_at(reader_u8(&r));
    TRY(jbig2_work_array(w, JBIG2_GENERIC_CONTEXTS, 1, &contexts));
    jbig2_arith_init(&d, bytes_from(r.in, r.at));
    return jbig2_generic_arith(w, &g, &d, contexts, &region->bitmap);
}

/* A refinement of the region it refers to, or of what the page shows there. */
static enum err decode_refinement(struct jbig2_work *w, const struct jbig2_segment *s, const struct jbig2_bitmap *page,
                                  struct jbig2_region *region)
{
    struct reader r = reader_of(bytes_from(s->data, REGION_HEADER));
    uint8_t flags = reader_u8(&r);
    struct jbig2_refine f = {.width = region->width,
                             .height = region->height,
                             .template = flags & 1,
                             .typical = flags & 2,
                             .known = page,
                             .x = -(int64_t)region->x,
                             .y = -(int64_t)region->y};
    struct jbig2_arith d;
    uint8_t *contexts;

    for (uint32_t i = 0; i < s->ref_count; i++) {
        if (s->refs[i]->bitmap == NULL)
            continue;
        f.known = s->refs[i]->bitmap;
        f.x = f.y = 0;
    }
    if (f.known == NULL)
        return jbig2_work_broken(w, "T.88 7.4.7", "refinement of nothing");
    for (size_t i = 0; f.template == 0 && i < 4; i++)
        f.at[i] = (int8_t)reader_u8(&r);
    TRY(jbig2_work_array(w, JBIG2_REFINE_CONTEXTS, 1, &contexts));
    jbig2_arith_init(&d, bytes_from(r.in, r.at));
    return jbig2_refine_decode(w, &f, &d, contexts, &region->bitmap);
}

static enum err set_text_tables(struct jbig2_work *w, const struct jbig2_segment *s, uint16_t flags,
                                struct jbig2_text *t)
{
    /* Fields of the flags in their order, and the numbers they choose tables for. */
    static const struct {
        enum jbig2_text_number number;
        uint8_t shift, mask, choices[4];
    } fields[] = {
        {JBIG2_TEXT_FS, 0, 3, {6, 7, 255, 0}},     {JBIG2_TEXT_DS, 2, 3, {8, 9, 10, 0}},
        {JBIG2_TEXT_DT, 4, 3, {11, 12, 13, 0}},    {JBIG2_TEXT_RDW, 6, 3, {14, 15, 255, 0}},
        {JBIG2_TEXT_RDH, 8, 3, {14, 15, 255, 0}},  {JBIG2_TEXT_RDX, 10, 3, {14, 15, 255, 0}},
        {JBIG2_TEXT_RDY, 12, 3, {14, 15, 255, 0}}, {JBIG2_TEXT_RSIZE, 14, 1, {1, 0, 255, 255}},
    };
    uint32_t next = 0;

    for (size_t i = 0; i < countof(fields); i++)
        TRY(jbig2_segment_table(w, s, fields[i].choices, (unsigned)flags >> fields[i].shift & fields[i].mask, &next,
                                &t->table[fields[i].number]));
    return OK;
}

/* The lengths of the symbols' codes, themselves coded: a length, or a run of the last one or of zeros. */
static enum err take_lengths(struct jbig2_work *w, const struct jbig2_huff *runs, struct bitread *in,
                             struct jbig2_line *lines, uint32_t count)
{
    static const struct {
        uint8_t bits, from;
    } run_of[] = {{2, 3}, {3, 3}, {7, 11}};
    uint32_t at = 0;

    while (at < count) {
        uint32_t code = 0, run = 1;
        uint8_t len;

        TRY(jbig2_huff_line(w, runs, in, &code));
        len = (uint8_t)code;
        if (code >= 32) {
            if (code == 32 && at == 0)
                return jbig2_work_broken(w, "T.88 7.4.3.1.7", "run of nothing");
            len = code == 32 ? lines[at - 1].prefix : 0;
            run = bitread_take(in, run_of[code - 32].bits) + run_of[code - 32].from;
        }
        if (run > count - at)
            return jbig2_work_broken(w, "T.88 7.4.3.1.7", "more codes than symbols");
        while (run-- > 0)
            lines[at++].prefix = len;
    }
    return OK;
}

/* The Huffman table of the symbols' numbers. */
static enum err take_ids(struct jbig2_work *w, struct jbig2_text *t)
{
    struct jbig2_line *run_lines, *lines;
    struct jbig2_huff *runs = NULL, *ids = NULL;

    TRY(jbig2_work_array(w, RUN_CODES, sizeof(*run_lines), &run_lines));
    TRY(jbig2_work_array(w, (uint64_t)t->symbol_count + 1, sizeof(*lines), &lines));
    for (size_t i = 0; i < RUN_CODES; i++)
        run_lines[i].prefix = (uint8_t)bitread_take(t->in, 4);
    TRY(jbig2_huff_build(w, run_lines, RUN_CODES, &runs));
    TRY(take_lengths(w, runs, t->in, lines, t->symbol_count));
    bitread_align(t->in);
    TRY(jbig2_huff_build(w, lines, t->symbol_count, &ids));
    t->ids = ids;
    return OK;
}

static void set_text_flags(struct jbig2_text *t, uint16_t flags)
{
    unsigned offset = flags >> 10 & 31;

    t->huffman = flags & 1;
    t->refine = flags & 2;
    t->log_strips = flags >> 2 & 3;
    t->corner = (enum jbig2_corner)(flags >> 4 & 3);
    t->transposed = flags & 0x40;
    t->op = (enum jbig2_op)(flags >> 7 & 3);
    t->black = flags & 0x200;
    t->offset = offset >= 16 ? (int64_t)offset - 32 : offset;
    t->refine_template = flags >> 15;
}

static enum err decode_text(struct jbig2_work *w, const struct jbig2_segment *s, struct jbig2_region *region)
{
    struct reader r = reader_of(bytes_from(s->data, REGION_HEADER));
    struct jbig2_text t = {.width = region->width, .height = region->height};
    struct jbig2_bitmap **symbols = NULL;
    struct jbig2_arith d;
    struct bitread in = {0};

    set_text_flags(&t, reader_u16be(&r));
    if (t.huffman)
        TRY(set_text_tables(w, s, reader_u16be(&r), &t));
    for (size_t i = 0; t.refine && t.refine_template == 0 && i < 4; i++)
        t.refine_at[i] = (int8_t)reader_u8(&r);
    t.instances = reader_u32be(&r);
    TRY(jbig2_segment_symbols(w, s, 0, &symbols, &t.symbol_count));
    t.symbols = symbols;
    t.id_len = jbig2_text_id_len(t.symbol_count);
    TRY(jbig2_text_contexts_new(w, t.id_len, &t.contexts));
    in.in = bytes_from(r.in, r.at);
    t.in = &in;
    t.arith = &d;
    jbig2_arith_init(&d, in.in);
    if (t.huffman)
        TRY(take_ids(w, &t));
    return jbig2_text_decode(w, &t, &region->bitmap);
}

enum err jbig2_region_decode(struct jbig2_work *w, const struct jbig2_segment *s, enum jbig2_kind kind,
                             const struct jbig2_bitmap *page, struct jbig2_region *ret)
{
    struct reader r = reader_of(s->data);
    uint8_t flags;

    *ret = (struct jbig2_region){.width = reader_u32be(&r)};
    ret->height = reader_u32be(&r);
    ret->x = reader_u32be(&r);
    ret->y = reader_u32be(&r);
    flags = reader_u8(&r);
    if (r.past || (flags & 7) >= JBIG2_OPS)
        return jbig2_work_broken(w, "T.88 7.4.1", "region header that ends early");
    if (flags & 8)
        return unsupported(w, "colour");
    ret->op = (enum jbig2_op)(flags & 7);
    switch (kind) {
    case JBIG2_TEXT:
        return decode_text(w, s, ret);
    case JBIG2_HALFTONE:
        return jbig2_halftone_decode(w, s, bytes_from(s->data, REGION_HEADER), ret->width, ret->height, &ret->bitmap);
    case JBIG2_GENERIC:
        return decode_generic(w, s, ret);
    default:
        return decode_refinement(w, s, page, ret);
    }
}
