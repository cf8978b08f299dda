#include "format/jbig2_symbol.h"

#include "format/be.h"
#include "format/jbig2_generic.h"
#include "format/jbig2_text.h"

enum { SIDE_MAX = 1 << 20, SYMBOL_EFFORT = 64 };

enum number { NUMBER_DH, NUMBER_DW, NUMBER_SIZE, NUMBER_AGG, NUMBER_EX, NUMBERS };

/* A dictionary being decoded. */
struct coder {
    struct jbig2_work *w;
    const struct jbig2_segment *s;
    bool huffman, aggregate;
    struct jbig2_generic generic;
    struct jbig2_text text; /* aggregates are small text regions */
    struct jbig2_arith arith;
    struct bitread in;
    const struct jbig2_huff *table[NUMBERS];
    uint8_t (*contexts)[JBIG2_NUMBER_CONTEXTS];
    uint8_t *generic_contexts;
    struct jbig2_bitmap **symbols; /* those referred to, then the new ones */
    uint32_t *widths;              /* of new symbols whose bitmaps come together */
    uint32_t old, done, new, exported;
    uint32_t height, width;
};

static enum err take(struct coder *c, enum number which, int64_t *ret, bool *ret_end)
{
    if (c->huffman)
        return jbig2_huff_number(c->w, c->table[which], &c->in, ret, ret_end);
    *ret_end = !jbig2_arith_number(&c->arith, c->contexts[which], ret);
    return OK;
}

static enum err take_plain(struct coder *c, enum number which, int64_t *ret)
{
    bool end;

    TRY(take(c, which, ret, &end));
    return end ? jbig2_work_broken(c->w, "T.88 6.5", "end of a class where a number must be") : OK;
}

static enum err set_tables(struct coder *c, uint16_t flags)
{
    static const uint8_t choices[][4] = {{4, 5, 255, 0}, {2, 3, 255, 0}, {1, 0, 255, 255}, {1, 0, 255, 255}};
    static const uint8_t text[] = {11, 6, 8, 15, 15, 15, 15, 1}; /* in the order of enum jbig2_text_number */
    static const uint8_t shift[] = {2, 4, 6, 7}, mask[] = {3, 3, 1, 1};
    uint32_t next = 0;
    struct jbig2_huff *table = NULL;

    for (size_t i = 0; i < countof(choices); i++)
        TRY(jbig2_segment_table(c->w, c->s, choices[i], (unsigned)flags >> shift[i] & mask[i], &next, &c->table[i]));
    TRY(jbig2_huff_standard(c->w, 1, &table));
    c->table[NUMBER_EX] = table;
    for (size_t i = 0; i < countof(text); i++) {
        TRY(jbig2_huff_standard(c->w, text[i], &table));
        c->text.table[i] = table;
    }
    return OK;
}

/* Contexts, fresh or those the last dictionary ended with. */
static enum err set_contexts(struct coder *c, uint16_t flags)
{
    const struct jbig2_dict *last = NULL;

    TRY(jbig2_text_contexts_new(c->w, c->text.id_len, &c->text.contexts));
    TRY(jbig2_work_array(c->w, NUMBERS, sizeof(*c->contexts), &c->contexts));
    TRY(jbig2_work_array(c->w, JBIG2_GENERIC_CONTEXTS, 1, &c->generic_contexts));
    if (!(flags & 0x100))
        return OK;
    for (uint32_t i = 0; i < c->s->ref_count; i++)
        if (c->s->refs[i]->kind == JBIG2_SYMBOLS && c->s->refs[i]->dict != NULL)
            last = c->s->refs[i]->dict;
    if (last == NULL || last->generic == NULL)
        return jbig2_work_broken(c->w, "T.88 7.4.2.2", "contexts that were not kept");
    memcpy(c->generic_contexts, last->generic, JBIG2_GENERIC_CONTEXTS);
    memcpy(c->text.contexts->refine, last->refine, JBIG2_REFINE_CONTEXTS);
    return OK;
}

static void set_text(struct coder *c)
{
    c->text.huffman = c->huffman;
    c->text.refine = true;
    c->text.corner = JBIG2_TOP_LEFT;
    c->text.id_len = jbig2_text_id_len((uint64_t)c->old + c->new);
    if (c->huffman && c->text.id_len == 0)
        c->text.id_len = 1;
    c->text.symbols = c->symbols;
    c->text.arith = &c->arith;
    c->text.in = &c->in;
}

static enum err read_head(struct coder *c)
{
    struct reader r = reader_of(c->s->data);
    uint16_t flags = reader_u16be(&r);
    struct bytes data;

    c->huffman = flags & 1;
    c->aggregate = flags & 2;
    c->generic.template = flags >> 10 & 3;
    c->text.refine_template = flags >> 12 & 1;
    if (!c->huffman)
        for (size_t i = 0; i < jbig2_generic_at_len(c->generic.template); i++)
            c->generic.at[i] = jbig2_generic_at(reader_u8(&r));
    if (c->aggregate && c->text.refine_template == 0)
        for (size_t i = 0; i < 4; i++)
            c->text.refine_at[i] = (int8_t)reader_u8(&r);
    c->exported = reader_u32be(&r);
    c->new = reader_u32be(&r);
    if (r.past)
        return jbig2_work_broken(c->w, "T.88 7.4.2", "dictionary that ends early");
    TRY(jbig2_segment_symbols(c->w, c->s, c->new, &c->symbols, &c->old));
    TRY(jbig2_work_array(c->w, (uint64_t)c->new + 1, sizeof(*c->widths), &c->widths));
    set_text(c);
    data = bytes_from(c->s->data, r.at);
    c->in.in = data;
    jbig2_arith_init(&c->arith, data);
    if (c->huffman)
        TRY(set_tables(c, flags));
    return set_contexts(c, flags);
}

/* A symbol made of others: of one, refined; or of several, as a text region. */
static enum err decode_aggregate(struct coder *c, struct jbig2_bitmap **ret)
{
    int64_t instances = 0;

    TRY(take_plain(c, NUMBER_AGG, &instances));
    c->text.symbol_count = c->old + c->done;
    if (instances == 1)
        return jbig2_text_refine_one(c->w, &c->text, c->width, c->height, ret);
    if (instances < 0 || instances > SIDE_MAX)
        return jbig2_work_broken(c->w, "T.88 6.5.8.2", "symbol of too many others");
    c->text.width = c->width;
    c->text.height = c->height;
    c->text.instances = (uint32_t)instances;
    return jbig2_text_decode(c->w, &c->text, ret);
}

static enum err decode_symbol(struct coder *c)
{
    struct jbig2_bitmap **at = &c->symbols[c->old + c->done];

    if (c->huffman && !c->aggregate) {
        c->widths[c->done] = c->width;
        return OK;
    }
    if (c->aggregate)
        return decode_aggregate(c, at);
    c->generic.width = c->width;
    c->generic.height = c->height;
    return jbig2_generic_arith(c->w, &c->generic, &c->arith, c->generic_contexts, at);
}

/* The bitmap of a whole class, not compressed: rows of whole bytes. */
static enum err take_raw(struct coder *c, uint32_t width, struct bytes data, size_t *ret_used,
                         struct jbig2_bitmap **ret)
{
    TRY(jbig2_work_bitmap(c->w, width, c->height, ret));
    *ret_used = (*ret)->stride * c->height;
    if (*ret_used > data.len)
        return jbig2_work_broken(c->w, "T.88 6.5.9", "bitmap longer than the data");
    if (data.at != NULL && *ret_used > 0)
        memcpy((*ret)->at, data.at, *ret_used);
    return OK;
}

/* Symbols of one height whose bitmaps come side by side behind their widths. */
static enum err take_together(struct coder *c, uint32_t first, uint64_t total)
{
    struct jbig2_bitmap *all = NULL;
    struct bytes data;
    int64_t size = 0, x = 0;
    size_t used = 0;

    TRY(take_plain(c, NUMBER_SIZE, &size));
    bitread_align(&c->in);
    data = bytes_from(c->in.in, c->in.at / 8);
    if (size < 0 || (uint64_t)size > data.len || total > SIDE_MAX)
        return jbig2_work_broken(c->w, "T.88 6.5.9", "bitmap longer than the data");
    if (size == 0)
        TRY(take_raw(c, (uint32_t)total, data, &used, &all));
    else
        TRY(jbig2_generic_mmr(c->w, (uint32_t)total, c->height, bytes_part(data, 0, (size_t)size), &used, &all));
    bitread_skip(&c->in, 8 * (size > 0 ? (size_t)size : used));
    for (uint32_t i = first; i < c->done; i++) {
        TRY(jbig2_work_cut(c->w, all, x, 0, c->widths[i], c->height, &c->symbols[c->old + i]));
        x += c->widths[i];
    }
    return OK;
}

/* The symbols of one height. */
static enum err decode_class(struct coder *c)
{
    uint32_t first = c->done;
    uint64_t total = 0;
    int64_t step = 0, width = 0;
    bool end;

    TRY(take_plain(c, NUMBER_DH, &step));
    if (step + c->height < 0 || step + c->height > SIDE_MAX)
        return jbig2_work_broken(c->w, "T.88 6.5.6", "symbol of impossible height");
    c->height = (uint32_t)(step + c->height);
    for (;;) {
        TRY(jbig2_work_spend(c->w, SYMBOL_EFFORT));
        TRY(take(c, NUMBER_DW, &step, &end));
        if (end)
            break;
        width += step;
        if (width < 0 || width > SIDE_MAX || c->done >= c->new)
            return jbig2_work_broken(c->w, "T.88 6.5.7", "symbol of impossible width, or too many");
        c->width = (uint32_t)width;
        total += c->width;
        TRY(decode_symbol(c));
        c->done++;
    }
    return c->huffman && !c->aggregate ? take_together(c, first, total) : OK;
}

/* Runs of symbols that stay and that are given out, in turn. */
static enum err give_out(struct coder *c, struct jbig2_dict *dict)
{
    uint32_t at = 0, all = c->old + c->new;
    bool out = false;

    TRY(jbig2_work_array(c->w, (uint64_t)c->exported + 1, sizeof(void *), &dict->symbols));
    while (at < all) {
        int64_t run = 0;

        TRY(jbig2_work_spend(c->w, SYMBOL_EFFORT));
        TRY(take_plain(c, NUMBER_EX, &run));
        if (run < 0 || run > all - at || (out && run > c->exported - dict->count))
            return jbig2_work_broken(c->w, "T.88 6.5.10", "more symbols given out than there are");
        for (int64_t i = 0; out && i < run; i++)
            dict->symbols[dict->count++] = c->symbols[at + i];
        at += (uint32_t)run;
        out = !out;
    }
    return OK;
}

enum err jbig2_symbol_read(struct jbig2_work *w, const struct jbig2_segment *s, struct jbig2_dict **ret)
{
    struct coder c = {.w = w, .s = s};
    struct jbig2_dict *dict;

    TRY(jbig2_work_array(w, 1, sizeof(*dict), &dict));
    TRY(read_head(&c));
    while (c.done < c.new)
        TRY(decode_class(&c));
    TRY(give_out(&c, dict));
    if (be_u16(s->data, 0) & 0x200) {
        dict->generic = c.generic_contexts;
        dict->refine = c.text.contexts->refine;
    }
    *ret = dict;
    return OK;
}
