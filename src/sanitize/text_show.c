#include "sanitize/text_show.h"

#include <math.h>

#include "format/pdf_encoding.h"
#include "format/pdf_inline.h"
#include "sanitize/text_glyph.h"
#include "sanitize/text_mark.h"

enum { FORMS_MAX = 1 << 18 };

struct text_frame {
    struct pdf_lex lex;
    struct buf data;
    const struct pdf_value *resources;
    const struct pdf_object *form; /* NULL: the page itself */
    struct text_state before;
    uint32_t save_count, mark_base;
    uint64_t events;
};

void text_show_init(struct text_show *s, struct pdf_walk *w, size_t max)
{
    *s = (struct text_show){.w = w};
    text_words_init(&s->words, max);
    text_twice_init(&s->twice);
    map_init(&s->fonts, w->c->arena);
    map_init(&s->textless, w->c->arena);
    s->saves = arena_array(w->c->arena, TEXT_SHOW_SAVES, sizeof(*s->saves));
    s->frames = arena_array(w->c->arena, TEXT_SHOW_FORMS, sizeof(*s->frames));
    s->hidden_marks = arena_array(w->c->arena, TEXT_SHOW_MARKS, sizeof(*s->hidden_marks));
    buf_init(&s->actual, 1 << 20);
    text_operand_init(&s->operands);
}

const struct pdf_value *text_show_resource(const struct text_show *s, const char *category, struct bytes name)
{
    const struct pdf_value *v = NULL;

    for (uint32_t i = s->frame_count; i > 0 && v == NULL; i--)
        v = pdf_value_find(pdf_get_key(&s->w->pdf, s->frames[i - 1].resources, category), name);
    return v;
}

bool text_show_drops_invisible(const struct text_show *s)
{
    return profile_choice(s->w->c->profile, ROW_P25) == CHOICE_REMOVE;
}

/* ---- graphics state ---- */

static void save(struct text_show *s)
{
    if (s->save_count == TEXT_SHOW_SAVES)
        s->saves_lost++;
    else
        s->saves[s->save_count++] = s->now;
}

static void restore(struct text_show *s)
{
    if (s->saves_lost > 0)
        s->saves_lost--;
    else if (s->save_count > s->frames[s->frame_count - 1].save_count)
        s->now = s->saves[--s->save_count];
}

static void set_state(struct text_show *s)
{
    const struct pdf_value *dict = pdf_resolve(&s->w->pdf, text_show_resource(s, "ExtGState", text_operand_last(&s->operands)), NULL);
    const struct pdf_value *font = pdf_get_key(&s->w->pdf, dict, "Font");

    if (font == NULL || font->kind != PDF_ARRAY || font->count != 2)
        return;
    text_glyph_set_font(s, &font->items[0]);
    s->now.size = pdf_value_number(pdf_resolve(&s->w->pdf, &font->items[1], NULL), 0);
}

/* ---- streams within streams ---- */

static void frame_begin(struct text_show *s, struct buf *take_data, const struct pdf_value *resources,
                        const struct pdf_object *form, const struct text_matrix *ctm)
{
    struct text_frame *f = &s->frames[s->frame_count++];

    *f = (struct text_frame){.data = *take_data, .resources = resources, .form = form, .before = s->now,
                             .save_count = s->save_count, .mark_base = s->mark_base, .events = s->events};
    s->mark_base = s->mark_count;
    pdf_lex_init(&f->lex, buf_bytes(&f->data));
    s->now.ctm = *ctm;
}

static struct bytes id_key(const uint32_t *id)
{
    return (struct bytes){(const uint8_t *)id, sizeof(*id)};
}

static void frame_end(struct text_show *s)
{
    struct text_frame *f = &s->frames[s->frame_count - 1];

    while (s->mark_count > s->mark_base)
        text_mark_end(s);
    s->mark_base = f->mark_base;
    if (f->form != NULL && s->events == f->events && s->hidden == 0)
        *map_at(&s->textless, id_key(&f->form->id)) = s;
    s->save_count = f->save_count;
    s->now = f->before;
    pdf_lex_done(&f->lex);
    buf_done(&f->data);
    s->frame_count--;
}

static bool running(const struct text_show *s, const struct pdf_object *form)
{
    for (uint32_t i = 0; i < s->frame_count; i++)
        if (s->frames[i].form == form)
            return true;
    return false;
}

static void form_begin(struct text_show *s, const struct pdf_object *form, const struct pdf_value *resources,
                       const struct text_matrix *ctm)
{
    const struct pdf_value *own = pdf_get_key(&s->w->pdf, &form->value, "Resources");
    struct text_matrix m = text_matrix_of(&s->w->pdf, pdf_get_key(&s->w->pdf, &form->value, "Matrix"));
    const struct pdf_value *layer = pdf_value_get(&form->value, "OC");
    struct pdf_coding coding;
    struct buf data;
    uint32_t id = form->id;

    if (s->frame_count == TEXT_SHOW_FORMS || running(s, form))
        return;
    if (map_get(&s->textless, id_key(&id)) != NULL) {
        s->drawings += s->hidden == 0;
        return;
    }
    if (layer != NULL && pdf_layer_hidden(s->w, layer))
        return;
    if (++s->forms > FORMS_MAX) {
        pdf_walk_fail(s->w, fault_set(s->w->why, ERR_LIMIT, "P27", "limit of forms shown", 0, "shows forms more than %d times",
                                      FORMS_MAX));
        return;
    }
    buf_init(&data, PDF_STREAM_MAX);
    if (!pdf_stream_data(s->w, form, false, &data, &coding)) {
        buf_done(&data);
        return;
    }
    m = text_matrix_mul(&m, ctm);
    frame_begin(s, &data, own != NULL ? own : resources, form, &m);
}

/* ---- forms and pictures ---- */

static void picture(struct text_show *s)
{
    s->events++;
    if (s->hidden == 0)
        s->pictures++;
}

static void do_object(struct text_show *s)
{
    const struct pdf_object *o = NULL;
    const struct pdf_value *v = pdf_resolve(&s->w->pdf, text_show_resource(s, "XObject", text_operand_last(&s->operands)), &o), *subtype;

    if (v == NULL || o == NULL || !o->stream || v != &o->value)
        return;
    subtype = pdf_get_key(&s->w->pdf, v, "Subtype");
    if (pdf_value_is_name(subtype, "Image"))
        picture(s);
    else if (pdf_value_is_name(subtype, "Form"))
        form_begin(s, o, s->frames[s->frame_count - 1].resources, &s->now.ctm);
}

static void inline_picture(struct text_show *s)
{
    static const struct pdf_token_rules rules = {0};
    struct buf sink;

    buf_init(&sink, SIZE_MAX / 2);
    (void)pdf_inline_rewrite(&s->frames[s->frame_count - 1].lex, &rules, &sink);
    buf_done(&sink);
    picture(s);
}

/* ---- operators ---- */

#define OP1(a) (a)
#define OP2(a, b) ((a) | (b) << 8)
#define OP3(a, b, c) ((a) | (b) << 8 | (c) << 16)

static void text_operator(struct text_show *s, uint32_t op)
{
    struct text_state *g = &s->now;

    switch (op) {
    case OP2('B', 'T'):
        s->tm = s->line = text_matrix_identity();
        break;
    case OP2('T', 'f'):
        g->size = text_operand_number(&s->operands, 0);
        if (s->operands.count >= 2)
            text_glyph_set_font(s, text_show_resource(s, "Font", text_operand_text(&s->operands, text_operand_at(&s->operands, s->operands.count - 2))));
        break;
    case OP2('T', 'c'):
        g->chars = text_operand_number(&s->operands, 0);
        break;
    case OP2('T', 'w'):
        g->words = text_operand_number(&s->operands, 0);
        break;
    case OP2('T', 'z'):
        g->scale = text_operand_number(&s->operands, 0) / 100;
        break;
    case OP2('T', 'L'):
        g->leading = text_operand_number(&s->operands, 0);
        break;
    case OP2('T', 's'):
        g->rise = text_operand_number(&s->operands, 0);
        break;
    case OP2('T', 'r'):
        g->invisible = text_operand_number(&s->operands, 0) == 3;
        break;
    case OP2('T', 'D'):
        g->leading = -text_operand_number(&s->operands, 0);
        text_glyph_next_line(s, text_operand_number(&s->operands, 1), text_operand_number(&s->operands, 0));
        break;
    case OP2('T', 'd'):
        text_glyph_next_line(s, text_operand_number(&s->operands, 1), text_operand_number(&s->operands, 0));
        break;
    case OP2('T', 'm'):
        s->tm = s->line = text_operand_matrix(&s->operands);
        break;
    case OP2('T', '*'):
        text_glyph_next_line(s, 0, -g->leading);
        break;
    case OP2('T', 'j'):
        text_glyph_show(s, text_operand_last(&s->operands));
        break;
    case OP2('T', 'J'):
        text_glyph_show_array(s);
        break;
    case OP1('"'):
        g->words = text_operand_number(&s->operands, 2);
        g->chars = text_operand_number(&s->operands, 1);
        text_glyph_next_line(s, 0, -g->leading);
        text_glyph_show(s, text_operand_last(&s->operands));
        break;
    case OP1('\''):
        text_glyph_next_line(s, 0, -g->leading);
        text_glyph_show(s, text_operand_last(&s->operands));
        break;
    default:
        break;
    }
}

static void other_operator(struct text_show *s, uint32_t op)
{
    struct text_matrix m;

    switch (op) {
    case OP1('q'):
        save(s);
        break;
    case OP1('Q'):
        restore(s);
        break;
    case OP2('c', 'm'):
        m = text_operand_matrix(&s->operands);
        s->now.ctm = text_matrix_mul(&m, &s->now.ctm);
        break;
    case OP2('g', 's'):
        set_state(s);
        break;
    case OP2('D', 'o'):
        do_object(s);
        break;
    case OP2('B', 'I'):
        inline_picture(s);
        break;
    case OP3('B', 'M', 'C'):
        text_mark_begin(s, false);
        break;
    case OP3('B', 'D', 'C'):
        text_mark_begin(s, true);
        break;
    case OP3('E', 'M', 'C'):
        text_mark_end(s);
        break;
    case OP1('f'):
    case OP1('F'):
    case OP1('S'):
    case OP1('s'):
    case OP1('B'):
    case OP1('b'):
    case OP2('f', '*'):
    case OP2('B', '*'):
    case OP2('b', '*'):
    case OP2('s', 'h'):
        s->drawings += s->hidden == 0;
        break;
    default:
        break;
    }
}

static void run_operator(struct text_show *s, struct bytes name)
{
    uint32_t op = 0;

    if (name.len == 0 || name.len > 3)
        return;
    for (size_t i = 0; i < name.len; i++)
        op |= (uint32_t)name.at[i] << (8 * i);
    if (name.at[0] == 'T' || op == OP2('B', 'T') || op == OP1('\'') || op == OP1('"'))
        text_operator(s, op);
    else
        other_operator(s, op);
}

/* ---- streams ---- */

/* One token of the innermost stream. */
static void step(struct text_show *s)
{
    struct text_frame *f = &s->frames[s->frame_count - 1];
    struct pdf_token t = pdf_lex_next(&f->lex);

    if (t.kind == PDF_TOK_END) {
        text_operand_clear(&s->operands);
        frame_end(s);
    } else if (t.kind != PDF_TOK_WORD || bytes_equal(t.text, BYTES("true")) || bytes_equal(t.text, BYTES("false")) ||
               bytes_equal(t.text, BYTES("null"))) {
        text_operand_add(&s->operands, &t);
    } else {
        run_operator(s, t.text);
        text_operand_clear(&s->operands);
    }
}

/* From a fresh graphics state until every stream has ended. */
static void start(struct text_show *s)
{
    s->now = (struct text_state){.scale = 1};
    s->tm = s->line = text_matrix_identity();
    s->save_count = s->saves_lost = 0;
    text_operand_clear(&s->operands);
}

static void drain(struct text_show *s)
{
    while (s->frame_count > 0 && s->w->err == OK)
        step(s);
    while (s->frame_count > 0)
        frame_end(s);
}

void text_show_run(struct text_show *s, struct buf *take_data, const struct pdf_value *resources)
{
    struct text_matrix page = text_matrix_identity();

    start(s);
    frame_begin(s, take_data, resources, NULL, &page);
    drain(s);
}

void text_show_form(struct text_show *s, const struct pdf_object *form, const struct text_matrix *ctm)
{
    start(s);
    form_begin(s, form, NULL, ctm);
    drain(s);
}

void text_show_string(struct text_show *s, const struct text_box *box, struct bytes string)
{
    struct text_place p = {box->x0, box->y0, box->x1, box->y0, 1, 0, fmin(box->y1 - box->y0, 12), false};

    buf_reset(&s->actual);
    pdf_encoding_text(string, &s->actual);
    s->glyphs += s->actual.len > 0;
    text_words_put(&s->words, &p, buf_bytes(&s->actual));
}

void text_show_done(struct text_show *s)
{
    text_words_done(&s->words);
    text_twice_done(&s->twice);
    buf_done(&s->actual);
    text_operand_done(&s->operands);
    for (size_t i = 0; i < s->fonts.count; i++)
        buf_done(&((struct pdf_glyphs *)s->fonts.entries[i].value)->scratch);
}
