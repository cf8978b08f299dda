#include "format/jbig2_text.h"

enum { PLACE_MAX = 1 << 30, INSTANCE_EFFORT = 32 };

enum err jbig2_text_contexts_new(struct jbig2_work *w, unsigned id_len, struct jbig2_text_contexts **ret)
{
    TRY(jbig2_work_array(w, 1, sizeof(**ret), ret));
    TRY(jbig2_work_array(w, (uint64_t)1 << id_len, 1, &(*ret)->id));
    return jbig2_work_array(w, JBIG2_REFINE_CONTEXTS, 1, &(*ret)->refine);
}

unsigned jbig2_text_id_len(uint64_t count)
{
    unsigned len = 0;

    while (len < 32 && (uint64_t)1 << len < count)
        len++;
    return len;
}

/* One number; ret_end tells the out-of-band value, which only DS may have. */
static enum err take(struct jbig2_work *w, struct jbig2_text *t, enum jbig2_text_number which, int64_t *ret,
                     bool *ret_end)
{
    *ret_end = false;
    *ret = 0;
    if (!t->huffman)
        *ret_end = !jbig2_arith_number(t->arith, t->contexts->number[which], ret);
    else if (which == JBIG2_TEXT_IT)
        *ret = bitread_take(t->in, t->log_strips);
    else if (which == JBIG2_TEXT_RI)
        *ret = bitread_take(t->in, 1);
    else
        TRY(jbig2_huff_number(w, t->table[which], t->in, ret, ret_end));
    if (*ret_end && which != JBIG2_TEXT_DS)
        return jbig2_work_broken(w, "T.88 6.4", "end of a strip where a number must be");
    if (*ret > PLACE_MAX || *ret < -PLACE_MAX)
        return jbig2_work_broken(w, "T.88 6.4", "symbol far outside");
    return OK;
}

static enum err take_plain(struct jbig2_work *w, struct jbig2_text *t, enum jbig2_text_number which, int64_t *ret)
{
    bool end;

    return take(w, t, which, ret, &end);
}

static enum err take_symbol(struct jbig2_work *w, struct jbig2_text *t, const struct jbig2_bitmap **ret)
{
    uint32_t id = 0;

    if (!t->huffman)
        id = jbig2_arith_id(t->arith, t->contexts->id, t->id_len);
    else if (t->ids != NULL)
        TRY(jbig2_huff_line(w, t->ids, t->in, &id));
    else
        id = bitread_take(t->in, t->id_len);
    if (id >= t->symbol_count || t->symbols[id] == NULL) {
        (void)jbig2_work_broken(w, "T.88 6.4.10", "symbol that does not exist");
        return ERR_MALFORMED;
    }
    *ret = t->symbols[id];
    return OK;
}

/* Refine a symbol.  With Huffman codes the refinement is a piece of arithmetic coding of its own. */
static enum err refine(struct jbig2_work *w, struct jbig2_text *t, const struct jbig2_refine *r,
                       struct jbig2_bitmap **ret)
{
    struct jbig2_arith own, *d = t->arith;
    int64_t size = 0;

    if (t->huffman) {
        TRY(take_plain(w, t, JBIG2_TEXT_RSIZE, &size));
        bitread_align(t->in);
        if (size < 0 || bitread_past(t->in) || (uint64_t)size > t->in->in.len - t->in->at / 8)
            return jbig2_work_broken(w, "T.88 6.4.11", "refinement longer than the data");
        jbig2_arith_init(&own, bytes_from(t->in->in, t->in->at / 8));
        d = &own;
    }
    TRY(jbig2_refine_decode(w, r, d, t->contexts->refine, ret));
    if (t->huffman)
        bitread_skip(t->in, 8 * (size_t)size);
    return OK;
}

static struct jbig2_refine refine_params(const struct jbig2_text *t, const struct jbig2_bitmap *known)
{
    struct jbig2_refine r = {.template = t->refine_template, .known = known};

    memcpy(r.at, t->refine_at, sizeof(r.at));
    return r;
}

enum err jbig2_text_refine_one(struct jbig2_work *w, struct jbig2_text *t, uint32_t width, uint32_t height,
                               struct jbig2_bitmap **ret)
{
    const struct jbig2_bitmap *known = NULL;
    struct jbig2_refine r;

    TRY(take_symbol(w, t, &known));
    r = refine_params(t, known);
    r.width = width;
    r.height = height;
    TRY(take_plain(w, t, JBIG2_TEXT_RDX, &r.x));
    TRY(take_plain(w, t, JBIG2_TEXT_RDY, &r.y));
    return refine(w, t, &r, ret);
}

static int64_t half(int64_t v)
{
    return v >= 0 ? v / 2 : -((-v + 1) / 2);
}

/* The bitmap of an instance: the symbol, or one refined from it by other sizes and a shift. */
static enum err take_bitmap(struct jbig2_work *w, struct jbig2_text *t, const struct jbig2_bitmap **ret)
{
    const struct jbig2_bitmap *known = NULL;
    struct jbig2_bitmap *refined = NULL;
    struct jbig2_refine r;
    int64_t refined_too = 0, dw, dh;

    TRY(take_symbol(w, t, &known));
    *ret = known;
    if (t->refine)
        TRY(take_plain(w, t, JBIG2_TEXT_RI, &refined_too));
    if (!refined_too)
        return OK;
    r = refine_params(t, known);
    TRY(take_plain(w, t, JBIG2_TEXT_RDW, &dw));
    TRY(take_plain(w, t, JBIG2_TEXT_RDH, &dh));
    TRY(take_plain(w, t, JBIG2_TEXT_RDX, &r.x));
    TRY(take_plain(w, t, JBIG2_TEXT_RDY, &r.y));
    if (known->width + dw < 0 || known->height + dh < 0 || known->width + dw > PLACE_MAX ||
        known->height + dh > PLACE_MAX)
        return jbig2_work_broken(w, "T.88 6.4.11", "refined symbol of impossible size");
    r.width = (uint32_t)(known->width + dw);
    r.height = (uint32_t)(known->height + dh);
    r.x += half(dw);
    r.y += half(dh);
    TRY(refine(w, t, &r, &refined));
    if (refined != NULL)
        *ret = refined;
    return OK;
}

/* Draw an instance at s along the strip and t across; returns how far it reaches along. */
static enum err draw(struct jbig2_work *w, const struct jbig2_text *t, struct jbig2_bitmap *out,
                     const struct jbig2_bitmap *b, int64_t *s, int64_t strip)
{
    bool right = t->corner == JBIG2_TOP_RIGHT || t->corner == JBIG2_BOTTOM_RIGHT;
    bool bottom = t->corner == JBIG2_BOTTOM_LEFT || t->corner == JBIG2_BOTTOM_RIGHT;
    bool before = t->transposed ? bottom : right; /* the place is the far end: move on first */
    int64_t along = (t->transposed ? (int64_t)b->height : (int64_t)b->width) - 1, x, y;

    if (before)
        *s += along;
    x = t->transposed ? strip : *s;
    y = t->transposed ? *s : strip;
    if (right)
        x -= (int64_t)b->width - 1;
    if (bottom)
        y -= (int64_t)b->height - 1;
    TRY(jbig2_work_draw(w, out, b, x, y, t->op));
    if (!before)
        *s += along;
    return OK;
}

/* The instances of one strip. */
static enum err decode_strip(struct jbig2_work *w, struct jbig2_text *t, struct jbig2_bitmap *out, int64_t strip,
                             int64_t first, uint32_t *done)
{
    int64_t s = first, ds, within;
    bool end;

    for (;;) {
        const struct jbig2_bitmap *b = NULL;

        within = 0;
        if (t->log_strips > 0)
            TRY(take_plain(w, t, JBIG2_TEXT_IT, &within));
        TRY(jbig2_work_spend(w, INSTANCE_EFFORT));
        TRY(take_bitmap(w, t, &b));
        TRY(draw(w, t, out, b, &s, strip + within));
        ++*done;
        TRY(take(w, t, JBIG2_TEXT_DS, &ds, &end));
        if (end || *done >= t->instances)
            return OK;
        s += ds + t->offset;
        if (s > PLACE_MAX || s < -PLACE_MAX)
            return jbig2_work_broken(w, "T.88 6.4.8", "symbol far outside");
    }
}

enum err jbig2_text_decode(struct jbig2_work *w, struct jbig2_text *t, struct jbig2_bitmap **ret)
{
    struct jbig2_bitmap *out;
    int64_t strip, first = 0, step;
    uint32_t done = 0;

    TRY(jbig2_work_bitmap(w, t->width, t->height, &out));
    jbig2_work_fill(out, t->black);
    TRY(take_plain(w, t, JBIG2_TEXT_DT, &strip));
    strip = -strip * (1 << t->log_strips);
    while (done < t->instances) {
        TRY(take_plain(w, t, JBIG2_TEXT_DT, &step));
        strip += step * (1 << t->log_strips);
        TRY(take_plain(w, t, JBIG2_TEXT_FS, &step));
        first += step;
        if (strip > PLACE_MAX || strip < -PLACE_MAX || first > PLACE_MAX || first < -PLACE_MAX)
            return jbig2_work_broken(w, "T.88 6.4.6", "strip far outside");
        TRY(decode_strip(w, t, out, strip, first, &done));
    }
    *ret = out;
    return OK;
}
