#include "sanitize/text_glyph.h"

#include <math.h>

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
#define LOOSE 0.2

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

void text_glyph_show(struct text_show *s, struct bytes string)
{
    if (s->now.font == NULL || (s->now.invisible && text_show_drops_invisible(s)))
        return;
    while (string.len > 0 && !s->words.page.full) {
        struct pdf_glyph glyph = pdf_glyphs_next(s->now.font, string);

        show_glyph(s, &glyph);
        string = bytes_from(string, glyph.len > 0 ? glyph.len : 1);
    }
}

void text_glyph_show_array(struct text_show *s)
{
    for (uint32_t i = 0; i < s->operands.count; i++) {
        const struct text_operand *o = text_operand_at(&s->operands, i);

        if (o->kind == PDF_TOK_STRING)
            text_glyph_show(s, text_operand_text(&s->operands, o));
        else if (o->kind == PDF_TOK_INT || o->kind == PDF_TOK_REAL)
            move_on(s, -o->num / 1000 * s->now.size);
    }
}

void text_glyph_next_line(struct text_show *s, double x, double y)
{
    struct text_matrix by = {.a = 1, .d = 1, .e = x, .f = y};

    s->line = text_matrix_mul(&by, &s->line);
    s->tm = s->line;
}

void text_glyph_set_font(struct text_show *s, const struct pdf_value *v)
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
