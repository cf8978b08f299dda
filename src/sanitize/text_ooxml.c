/* The text of an Office document: paragraphs of Word, cells of Excel, slides of PowerPoint.
 * What is not text is not looked at; the result passes the rules of plain text (T03, T04). */
#include "sanitize/ooxml_vocab.h"
#include "sanitize/text_office.h"

/* ---- Word and PowerPoint: a stream of runs and paragraphs ---- */

enum mark {
    MARK_NONE,
    MARK_TEXT,  /* its text counts */
    MARK_PARA,  /* ends a line */
    MARK_ROW,   /* ends a line of a table */
    MARK_CELL,  /* ends a cell */
    MARK_TAB,
    MARK_BREAK,
    MARK_HYPHEN,
    MARK_RUBY,  /* reading of a word: in brackets */
    MARK_SKIP,  /* nothing inside counts */
};

struct marked {
    const struct ooxml_vocab *vocab;
    const char *local;
    enum mark mark;
};

static const struct marked marks[] = {
    {&ooxml_w, "t", MARK_TEXT},     {&ooxml_w, "p", MARK_PARA},         {&ooxml_w, "tr", MARK_ROW},
    {&ooxml_w, "tc", MARK_CELL},    {&ooxml_w, "tab", MARK_TAB},        {&ooxml_w, "br", MARK_BREAK},
    {&ooxml_w, "cr", MARK_BREAK},   {&ooxml_w, "noBreakHyphen", MARK_HYPHEN}, {&ooxml_w, "rt", MARK_RUBY},
    {&ooxml_w, "del", MARK_SKIP},   {&ooxml_w, "moveFrom", MARK_SKIP},  {&ooxml_w, "pPr", MARK_SKIP},
    {&ooxml_m, "t", MARK_TEXT},     {&ooxml_mc, "Fallback", MARK_SKIP}, {&ooxml_a, "t", MARK_TEXT},
    {&ooxml_a, "p", MARK_PARA},     {&ooxml_a, "tr", MARK_ROW},         {&ooxml_a, "tc", MARK_CELL},
    {&ooxml_a, "br", MARK_BREAK},
};

struct story {
    struct text_office *t;
    uint32_t skipping, cells;
    bool in_text;
};

/* What an element means, kept on its name. */
static enum mark mark_of(struct xml_name *name)
{
    const struct ooxml_vocab *v = ooxml_vocab_of(name->ns);
    enum mark mark = MARK_NONE;

    if (name->tag_mark != NULL)
        return (enum mark)((uintptr_t)name->tag_mark - 1);
    for (size_t i = 0; v != NULL && i < countof(marks); i++)
        if (marks[i].vocab == v && bytes_equal(name->local, bytes_of(marks[i].local)))
            mark = marks[i].mark;
    name->tag_mark = (void *)((uintptr_t)mark + 1);
    return mark;
}

static enum err story_start(void *ctx, struct xml_tag *tag, struct fault *why)
{
    struct story *s = ctx;
    enum mark mark = mark_of(tag->name);

    (void)why;
    if (s->skipping > 0 || mark == MARK_SKIP) {
        s->skipping++;
        return OK;
    }
    s->in_text = mark == MARK_TEXT;
    s->cells += mark == MARK_CELL;
    if (mark == MARK_TAB)
        buf_put_u8(&s->t->out, '\t');
    else if (mark == MARK_BREAK)
        buf_put_u8(&s->t->out, s->cells > 0 ? ' ' : '\n');
    else if (mark == MARK_HYPHEN)
        buf_put_u8(&s->t->out, '-');
    else if (mark == MARK_RUBY)
        buf_put_text(&s->t->out, "(");
    return OK;
}

static void drop_last(struct buf *b, uint8_t c)
{
    if (b->len > 0 && b->at[b->len - 1] == c)
        b->len--;
}

static enum err story_end(void *ctx, struct xml_name *name, struct fault *why)
{
    struct story *s = ctx;
    struct buf *out = &s->t->out;

    (void)why;
    s->in_text = false;
    if (s->skipping > 0) {
        s->skipping--;
        return OK;
    }
    switch (mark_of(name)) {
    case MARK_PARA:
        buf_put_u8(out, s->cells > 0 ? ' ' : '\n');
        break;
    case MARK_CELL:
        drop_last(out, ' ');
        buf_put_u8(out, '\t');
        s->cells -= s->cells > 0;
        break;
    case MARK_ROW:
        drop_last(out, '\t');
        buf_put_u8(out, s->cells > 0 ? ' ' : '\n');
        break;
    case MARK_RUBY:
        buf_put_text(out, ")");
        break;
    default:
        break;
    }
    return OK;
}

static enum err story_text(void *ctx, struct bytes text, struct fault *why)
{
    struct story *s = ctx;

    if (s->skipping > 0 || !s->in_text)
        return OK;
    buf_put(&s->t->out, text);
    return buf_check(&s->t->out, why);
}

static enum err take_story(struct text_office *t, const struct ooxml_part *part, struct fault *why)
{
    static const struct xml_handler handler = {.start = story_start, .end = story_end, .text = story_text};
    struct story s = {.t = t};

    TRY(text_office_read(t, part, &handler, &s, why));
    if (t->out.len > 0 && t->out.at[t->out.len - 1] != '\n')
        buf_put_u8(&t->out, '\n');
    return OK;
}

static enum err take_kind(struct text_office *t, enum ooxml_kind kind, struct fault *why)
{
    for (size_t i = 0; i < t->package.part_count; i++)
        if (t->package.parts[i]->kind == kind)
            TRY(take_story(t, t->package.parts[i], why));
    return OK;
}

/* ---- PowerPoint: slides in the order of the presentation ---- */

struct order {
    struct text_office *t;
    struct ooxml_part **slides;
    size_t count, cap;
};

static enum err order_start(void *ctx, struct xml_tag *tag, struct fault *why)
{
    struct order *o = ctx;
    const struct ooxml_rel *r = NULL;

    (void)why;
    if (!ooxml_filter_is(tag->name, &ooxml_p, "sldId"))
        return OK;
    for (size_t i = 0; i < tag->attr_count && r == NULL; i++)
        if (ooxml_vocab_of(tag->attrs[i].name->ns) == &ooxml_r)
            r = ooxml_package_rel(o->t->package.main, tag->attrs[i].value);
    if (r != NULL && r->part != NULL && r->part->kind == OOXML_SLIDE && o->count < o->cap)
        o->slides[o->count++] = r->part;
    return OK;
}

static enum err take_slides(struct text_office *t, struct fault *why)
{
    static const struct xml_handler handler = {.start = order_start};
    struct order o = {.t = t, .cap = t->package.part_count};

    o.slides = arena_array(t->package.c->arena, o.cap, sizeof(struct ooxml_part *));
    TRY(text_office_read(t, t->package.main, &handler, &o, why));
    for (size_t i = 0; i < o.count; i++) {
        TRY(take_story(t, o.slides[i], why));
        buf_put_u8(&t->out, '\n');
    }
    return OK;
}

/* ---- all ---- */

static enum err take_all(struct text_office *t, struct fault *why)
{
    switch (t->package.main->kind) {
    case OOXML_WORKBOOK:
        return text_office_book(t, why);
    case OOXML_PRESENTATION:
        return take_slides(t, why);
    default:
        TRY(take_story(t, t->package.main, why));
        return take_kind(t, OOXML_WORD_NOTES, why);
    }
}

enum err text_ooxml(struct clean *c, struct bytes in, struct sink *out, struct fault *why)
{
    struct text_office *t = ARENA_NEW(c->arena, struct text_office);
    enum err code = ooxml_package_open(&t->package, c, in, true, why);

    buf_init(&t->out, (size_t)c->profile->limits.output);
    if (code == OK)
        code = take_all(t, why);
    if (code == OK)
        code = buf_check(&t->out, why);
    ooxml_package_done(&t->package);
    if (code == OK)
        code = clean_text(c, buf_bytes(&t->out), out, why);
    buf_done(&t->out);
    return code;
}
