#include "sanitize/text_show.h"

#include <math.h>

#include "format/pdf_encoding.h"
#include "format/pdf_inline.h"

enum { OPERANDS_MAX = 1 << 16, FORMS_MAX = 1 << 18 };

struct text_frame {
    struct pdf_lex lex;
    struct buf data;
    const struct pdf_value *resources;
    const struct pdf_object *form; /* NULL: the page itself */
    struct text_state before;
    uint32_t save_count, mark_count;
    uint64_t events;
};

struct text_operand {
    enum pdf_tok kind;
    double num;
    size_t at, len; /* of a name or string, in `strings` */
};

static const struct text_matrix identity = {.a = 1, .d = 1};

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
    buf_init(&s->operands, SIZE_MAX / 2);
    buf_init(&s->strings, SIZE_MAX / 2);
}

struct text_matrix text_matrix_mul(const struct text_matrix *m, const struct text_matrix *n)
{
    return (struct text_matrix){
        m->a * n->a + m->b * n->c,        m->a * n->b + m->b * n->d,
        m->c * n->a + m->d * n->c,        m->c * n->b + m->d * n->d,
        m->e * n->a + m->f * n->c + n->e, m->e * n->b + m->f * n->d + n->f,
    };
}

struct text_matrix text_matrix_of(struct pdf *p, const struct pdf_value *array)
{
    double v[6];

    for (size_t i = 0; i < countof(v); i++) {
        const struct pdf_value *item = pdf_resolve(p, pdf_value_item(array, i), NULL);

        if (!pdf_value_is_number(item))
            return identity;
        v[i] = pdf_value_number(item, 0);
    }
    return (struct text_matrix){v[0], v[1], v[2], v[3], v[4], v[5]};
}

/* ---- operands ---- */

static const struct text_operand *operand(const struct text_show *s, uint32_t i)
{
    return i < s->operand_count ? &((const struct text_operand *)(const void *)s->operands.at)[i] : NULL;
}

/* Number i counted from the end, so that stray operands in front do no harm. */
static double number(const struct text_show *s, uint32_t from_end)
{
    const struct text_operand *o = from_end < s->operand_count ? operand(s, s->operand_count - 1 - from_end) : NULL;

    return o == NULL ? 0 : o->num;
}

static struct bytes text_of(const struct text_show *s, const struct text_operand *o)
{
    return o == NULL ? (struct bytes){0} : bytes_part(buf_bytes(&s->strings), o->at, o->len);
}

static struct bytes last_text(const struct text_show *s)
{
    return s->operand_count == 0 ? (struct bytes){0} : text_of(s, operand(s, s->operand_count - 1));
}

static double number_of(const struct pdf_token *t)
{
    double whole = 0, place = 1;
    bool minus = false, point = false;

    if (t->kind == PDF_TOK_INT)
        return (double)t->num;
    for (size_t i = 0; i < t->text.len; i++) {
        uint8_t c = t->text.at[i];

        minus = minus || c == '-';
        if (c == '.')
            point = true;
        if (c < '0' || c > '9')
            continue;
        whole = whole * 10 + (c - '0');
        place *= point ? 10 : 1;
    }
    return (minus ? -whole : whole) / place;
}

static void operand_add(struct text_show *s, const struct pdf_token *t)
{
    struct text_operand o = {.kind = t->kind, .at = s->strings.len};

    if (s->operand_count == OPERANDS_MAX)
        return;
    if (t->kind == PDF_TOK_INT || t->kind == PDF_TOK_REAL) {
        o.num = number_of(t);
    } else if (t->kind == PDF_TOK_NAME || t->kind == PDF_TOK_STRING) {
        o.len = t->text.len;
        buf_put(&s->strings, t->text);
    }
    buf_put(&s->operands, (struct bytes){(const uint8_t *)&o, sizeof(o)});
    s->operand_count++;
}

static void operands_clear(struct text_show *s)
{
    buf_reset(&s->operands);
    buf_reset(&s->strings);
    s->operand_count = 0;
}

static struct text_matrix matrix_operand(const struct text_show *s)
{
    return (struct text_matrix){number(s, 5), number(s, 4), number(s, 3), number(s, 2), number(s, 1), number(s, 0)};
}

/* A resource of the stream at hand, or of those around it, as the common readers have it; not resolved. */
static const struct pdf_value *resource(const struct text_show *s, const char *category, struct bytes name)
{
    const struct pdf_value *v = NULL;

    for (uint32_t i = s->frame_count; i > 0 && v == NULL; i--)
        v = pdf_value_find(pdf_get_key(&s->w->pdf, s->frames[i - 1].resources, category), name);
    return v;
}

/* ---- showing ---- */

static bool outside(const struct text_show *s, const struct text_place *p)
{
    double m = p->size;

    return !(p->x > s->box.x0 - m || p->ex > s->box.x0 - m) || !(p->x < s->box.x1 + m || p->ex < s->box.x1 + m) ||
           !(p->y > s->box.y0 - m || p->ey > s->box.y0 - m) || !(p->y < s->box.y1 + m || p->ey < s->box.y1 + m);
}

static void emit(struct text_show *s, const struct text_place *place, struct bytes text)
{
    double far = hypot(place->ex - place->x, place->ey - place->y);

    s->events++;
    s->glyphs++;
    /* Fonts whose widths are wrong put their letters on top of one another: that is not drawing twice. */
    if (far > 0.15 * place->size && text_twice_seen(&s->twice, text, place->x, place->y, place->size))
        return;
    if (s->actual_mark == 0) {
        text_words_put(&s->words, place, text);
        return;
    }
    if (!s->actual_placed)
        s->actual_place = *place;
    s->actual_place.ex = place->ex;
    s->actual_place.ey = place->ey;
    s->actual_placed = true;
}

static struct text_place place_of(const struct text_show *s, double advance)
{
    const struct text_state *g = &s->now;
    struct text_matrix m = text_matrix_mul(&s->tm, &g->ctm);
    struct text_place p = {.x = g->rise * m.c + m.e, .y = g->rise * m.d + m.f};
    double ux = m.a, uy = m.b, length;

    p.size = fabs(g->size) * g->font->em * hypot(m.c, m.d);
    if (g->font->vertical) {
        p.size = fabs(g->size) * hypot(m.a, m.b);
        p.vertical = true;
        ux = -m.c;
        uy = -m.d;
        advance = -advance;
    }
    if (g->size < 0) {
        ux = -ux;
        uy = -uy;
        advance = -advance;
    }
    length = hypot(ux, uy);
    if (length > 0) {
        p.dx = ux / length;
        p.dy = uy / length;
    }
    p.ex = p.x + advance * ux;
    p.ey = p.y + advance * uy;
    return p;
}

static void move_on(struct text_show *s, double by)
{
    struct text_matrix *m = &s->tm;

    if (s->now.font != NULL && s->now.font->vertical) {
        m->e += by * m->c;
        m->f += by * m->d;
    } else {
        m->e += by * s->now.scale * m->a;
        m->f += by * s->now.scale * m->b;
    }
}

/* Letters set apart by less than this part of their size are still a word. */
#define LOOSE 0.3

static void show_glyph(struct text_show *s, const struct pdf_glyph *glyph)
{
    struct text_state *g = &s->now;
    double advance = glyph->advance * g->size, extra = g->chars + (glyph->space ? g->words : 0);
    double loose = g->chars > 0 && g->chars < LOOSE * fabs(g->size) ? g->chars : 0;
    struct text_place p = place_of(s, (advance + loose) * (g->font->vertical ? 1 : g->scale));

    if (s->hidden == 0 && !glyph->silent && p.dx * p.dx + p.dy * p.dy > 0.5 && !outside(s, &p)) {
        s->invisible += g->invisible;
        s->unknown += glyph->text.len == 0;
        emit(s, &p, glyph->text.len == 0 ? BYTES("\xef\xbf\xbd") : glyph->text);
    }
    move_on(s, advance + extra);
}

static bool drop_invisible(const struct text_show *s)
{
    return profile_choice(s->w->c->profile, ROW_P25) == CHOICE_REMOVE;
}

static void show(struct text_show *s, struct bytes string)
{
    if (s->now.font == NULL || (s->now.invisible && drop_invisible(s)))
        return;
    while (string.len > 0 && !s->words.page.full) {
        struct pdf_glyph glyph = pdf_glyphs_next(s->now.font, string);

        show_glyph(s, &glyph);
        string = bytes_from(string, glyph.len > 0 ? glyph.len : 1);
    }
}

static void show_array(struct text_show *s)
{
    for (uint32_t i = 0; i < s->operand_count; i++) {
        const struct text_operand *o = operand(s, i);

        if (o->kind == PDF_TOK_STRING)
            show(s, text_of(s, o));
        else if (o->kind == PDF_TOK_INT || o->kind == PDF_TOK_REAL)
            move_on(s, -o->num / 1000 * s->now.size);
    }
}

static void next_line(struct text_show *s, double x, double y)
{
    struct text_matrix by = {.a = 1, .d = 1, .e = x, .f = y};

    s->line = text_matrix_mul(&by, &s->line);
    s->tm = s->line;
}

static void set_font(struct text_show *s, const struct pdf_value *v)
{
    const uint8_t *address;
    void **place;

    v = pdf_resolve(&s->w->pdf, v, NULL);
    s->now.font = NULL;
    if (v == NULL || v->kind != PDF_DICT)
        return;
    address = (const uint8_t *)v;
    place = map_at(&s->fonts, (struct bytes){(const uint8_t *)&address, sizeof(address)});
    if (*place == NULL) {
        struct pdf_glyphs *g = ARENA_NEW(s->w->c->arena, struct pdf_glyphs);

        *place = g;
        pdf_walk_fail(s->w, pdf_glyphs_read(&s->w->pdf, v, &s->w->c->budget->unpacked, g, s->w->why));
    }
    s->now.font = *place;
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
    const struct pdf_value *dict = pdf_resolve(&s->w->pdf, resource(s, "ExtGState", last_text(s)), NULL);
    const struct pdf_value *font = pdf_get_key(&s->w->pdf, dict, "Font");

    if (font == NULL || font->kind != PDF_ARRAY || font->count != 2)
        return;
    set_font(s, &font->items[0]);
    s->now.size = pdf_value_number(pdf_resolve(&s->w->pdf, &font->items[1], NULL), 0);
}

/* ---- marked content ---- */

/* /ActualText of the property list among the operands, or NULL; a name stands for one of the resources. */
static bool find_actual(struct text_show *s, struct bytes *ret_text)
{
    const struct text_operand *last = s->operand_count == 0 ? NULL : operand(s, s->operand_count - 1);
    const struct pdf_value *v;

    if (last != NULL && last->kind == PDF_TOK_NAME) {
        v = pdf_get_key(&s->w->pdf, pdf_resolve(&s->w->pdf, resource(s, "Properties", last_text(s)), NULL), "ActualText");
        if (v == NULL || v->kind != PDF_STRING)
            return false;
        *ret_text = pdf_value_text(v);
        return true;
    }
    for (uint32_t i = 0; i + 1 < s->operand_count; i++) {
        const struct text_operand *key = operand(s, i), *value = operand(s, i + 1);

        if (key->kind != PDF_TOK_NAME || value->kind != PDF_TOK_STRING || !bytes_equal(text_of(s, key), BYTES("ActualText")))
            continue;
        *ret_text = text_of(s, value);
        return true;
    }
    return false;
}

static bool is_hidden_layer(struct text_show *s)
{
    const struct text_operand *tag = operand(s, 0);

    return s->operand_count == 2 && bytes_equal(text_of(s, tag), BYTES("OC")) &&
           pdf_layer_hidden(s->w, resource(s, "Properties", last_text(s)));
}

static void mark_begin(struct text_show *s, bool properties)
{
    struct bytes text;
    bool hidden = properties && is_hidden_layer(s);

    if (s->mark_count < TEXT_SHOW_MARKS)
        s->hidden_marks[s->mark_count] = hidden;
    s->mark_count++;
    s->hidden += hidden && s->mark_count <= TEXT_SHOW_MARKS;
    if (!properties || s->actual_mark != 0 || drop_invisible(s) || !find_actual(s, &text))
        return;
    buf_reset(&s->actual);
    pdf_encoding_text(text, &s->actual);
    s->actual_mark = s->mark_count;
    s->actual_placed = false;
}

static void mark_end(struct text_show *s)
{
    if (s->mark_count == s->frames[s->frame_count - 1].mark_count)
        return;
    if (s->actual_mark == s->mark_count) {
        s->actual_mark = 0;
        if (s->actual_placed)
            text_words_put(&s->words, &s->actual_place, buf_bytes(&s->actual));
        s->replaced += s->actual_placed;
    }
    s->mark_count--;
    if (s->mark_count < TEXT_SHOW_MARKS && s->hidden_marks[s->mark_count])
        s->hidden--;
}

/* ---- streams within streams ---- */

static void frame_begin(struct text_show *s, struct buf *take_data, const struct pdf_value *resources,
                        const struct pdf_object *form, const struct text_matrix *ctm)
{
    struct text_frame *f = &s->frames[s->frame_count++];

    *f = (struct text_frame){.data = *take_data, .resources = resources, .form = form, .before = s->now,
                             .save_count = s->save_count, .mark_count = s->mark_count, .events = s->events};
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

    while (s->mark_count > f->mark_count)
        mark_end(s);
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
    const struct pdf_value *v = pdf_resolve(&s->w->pdf, resource(s, "XObject", last_text(s)), &o), *subtype;

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
        s->tm = s->line = identity;
        break;
    case OP2('T', 'f'):
        g->size = number(s, 0);
        if (s->operand_count >= 2)
            set_font(s, resource(s, "Font", text_of(s, operand(s, s->operand_count - 2))));
        break;
    case OP2('T', 'c'):
        g->chars = number(s, 0);
        break;
    case OP2('T', 'w'):
        g->words = number(s, 0);
        break;
    case OP2('T', 'z'):
        g->scale = number(s, 0) / 100;
        break;
    case OP2('T', 'L'):
        g->leading = number(s, 0);
        break;
    case OP2('T', 's'):
        g->rise = number(s, 0);
        break;
    case OP2('T', 'r'):
        g->invisible = number(s, 0) == 3;
        break;
    case OP2('T', 'D'):
        g->leading = -number(s, 0);
        next_line(s, number(s, 1), number(s, 0));
        break;
    case OP2('T', 'd'):
        next_line(s, number(s, 1), number(s, 0));
        break;
    case OP2('T', 'm'):
        s->tm = s->line = matrix_operand(s);
        break;
    case OP2('T', '*'):
        next_line(s, 0, -g->leading);
        break;
    case OP2('T', 'j'):
        show(s, last_text(s));
        break;
    case OP2('T', 'J'):
        show_array(s);
        break;
    case OP1('"'):
        g->words = number(s, 2);
        g->chars = number(s, 1);
        next_line(s, 0, -g->leading);
        show(s, last_text(s));
        break;
    case OP1('\''):
        next_line(s, 0, -g->leading);
        show(s, last_text(s));
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
        m = matrix_operand(s);
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
        mark_begin(s, false);
        break;
    case OP3('B', 'D', 'C'):
        mark_begin(s, true);
        break;
    case OP3('E', 'M', 'C'):
        mark_end(s);
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
        operands_clear(s);
        frame_end(s);
    } else if (t.kind != PDF_TOK_WORD || bytes_equal(t.text, BYTES("true")) || bytes_equal(t.text, BYTES("false")) ||
               bytes_equal(t.text, BYTES("null"))) {
        operand_add(s, &t);
    } else {
        run_operator(s, t.text);
        operands_clear(s);
    }
}

/* From a fresh graphics state until every stream has ended. */
static void start(struct text_show *s)
{
    s->now = (struct text_state){.scale = 1};
    s->tm = s->line = identity;
    s->save_count = s->saves_lost = 0;
    operands_clear(s);
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
    start(s);
    frame_begin(s, take_data, resources, NULL, &identity);
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
    buf_done(&s->operands);
    buf_done(&s->strings);
    for (size_t i = 0; i < s->fonts.count; i++)
        buf_done(&((struct pdf_glyphs *)s->fonts.entries[i].value)->scratch);
}
