#include "sanitize/text_words.h"

#include <math.h>

#include "text/charset.h"

/* In parts of the font size. */
#define GAP 0.12     /* less is kerning */
#define GAP_WIDE 0.6 /* between kanji and kana: less is loose setting */
#define OFF_LINE 0.5 /* less is a raised or lowered letter */
#define BACK 1.0     /* less is kerning or an accent put on a letter */

enum { STACK_LINE = 3 }; /* so many single characters below one another are a vertical line */

static bool is_wide(uint32_t c)
{
    return c >= 0x2e80 && (c <= 0xd7ff || (c >= 0xf900 && c <= 0xfaff) || (c >= 0xff00 && c <= 0xff60) || c >= 0x1f000);
}

void text_words_init(struct text_words *w, size_t max)
{
    *w = (struct text_words){0};
    buf_init(&w->out, max);
    buf_init(&w->page, max);
}

void text_words_done(struct text_words *w)
{
    buf_done(&w->out);
    buf_done(&w->page);
}

static void end_line(struct text_words *w)
{
    if (w->before != 0)
        buf_put_u8(&w->page, '\n');
    w->before = 0;
    w->space = false;
}

/* The middle of an edge of the square a kanji fills. */
static void edge_of(const struct text_place *p, bool lower, double *ret_x, double *ret_y)
{
    double up = lower ? -0.12 * p->size : 0.88 * p->size;

    *ret_x = p->vertical ? (lower ? p->ex : p->x) : (p->x + p->ex) / 2 - up * p->dy;
    *ret_y = p->vertical ? (lower ? p->ey : p->y) : (p->y + p->ey) / 2 + up * p->dx;
}

/* Below the one before by about its size: vertical writing by hand.  Once it is sure, marks may stand a little aside. */
static bool is_below(const struct text_words *w, const struct text_place *at, bool sure)
{
    const struct text_place *l = &w->last;
    double x0, y0, x1, y1, dx = l->vertical ? -l->dy : l->dx, dy = l->vertical ? l->dx : l->dy, along, down;

    edge_of(l, true, &x0, &y0);
    edge_of(at, false, &x1, &y1);
    along = fabs((x1 - x0) * dx + (y1 - y0) * dy);
    down = (x1 - x0) * dy - (y1 - y0) * dx;
    return along < (sure ? 0.6 : 0.2) * l->size && down > (sure ? -0.9 : -0.4) * l->size &&
           down < (sure ? 0.9 : 0.25) * l->size && fabs(at->size - l->size) < 0.3 * l->size;
}

/* The lines of single characters so far become one. */
static void join_stack(struct text_words *w)
{
    size_t to = w->stack_at;

    for (size_t i = w->stack_at; i < w->page.len; i++)
        if (w->page.at[i] != '\n')
            w->page.at[to++] = w->page.at[i];
    w->page.len = to;
}

/* Whether a glyph goes on in a vertical line; lines it is too early to say so for are ended.  Where a vertical font
 * stands in between there is no doubt. */
static bool goes_below(struct text_words *w, const struct text_place *at, uint32_t first)
{
    bool mixed = w->last.vertical != at->vertical;

    if ((w->last.vertical && at->vertical) || (w->stack == 0 && !w->last.vertical) || !is_wide(w->before) ||
        !is_wide(first) || !is_below(w, at, mixed || w->stack >= STACK_LINE))
        return false;
    if (w->stack > 0 && w->stack < STACK_LINE && (mixed || w->stack == STACK_LINE - 1))
        join_stack(w);
    w->stack = mixed && w->stack < STACK_LINE ? STACK_LINE : w->stack + 1;
    if (w->stack < STACK_LINE)
        end_line(w);
    return true;
}

/* What the place of a glyph says about what stands before it. */
static void look_at_place(struct text_words *w, const struct text_place *at, uint32_t first)
{
    const struct text_place *l = &w->last;
    double size = l->size > at->size ? l->size : at->size;
    double x = at->x - l->ex, y = at->y - l->ey;
    double along = x * l->dx + y * l->dy, across = fabs(x * l->dy - y * l->dx);
    double gap = is_wide(w->before) && is_wide(first) ? GAP_WIDE : GAP;

    if (w->before != 0 && goes_below(w, at, first))
        return;
    if (w->before != 0) {
        w->stack = 0;
        if (!(l->dx * at->dx + l->dy * at->dy > 0.9) || !(across < OFF_LINE * size) || !(along > -BACK * size))
            end_line(w);
        else if (along > gap * size)
            w->space = true;
    }
    if (w->before == 0) {
        w->stack = 1;
        w->stack_at = w->page.len;
    }
}

static bool is_space(uint32_t c)
{
    return c == ' ' || c == 0xa0 || c == '\t' || c == '\n' || c == '\r' || (c >= 0x2000 && c <= 0x200a) || c == 0x202f;
}

static void put_text(struct text_words *w, uint32_t c)
{
    static const char *const ligatures[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};
    uint8_t text[4];

    if (w->space && w->before != 0)
        buf_put_u8(&w->page, ' ');
    w->space = false;
    w->before = c;
    if (c >= 0xfb00 && c <= 0xfb06)
        buf_put_text(&w->page, ligatures[c - 0xfb00]);
    else
        buf_put(&w->page, (struct bytes){text, charset_put(text, c)});
}

/* The soft hyphen of a font is drawn. */
static uint32_t drawn_as(uint32_t c)
{
    return c == 0xad ? '-' : c;
}

void text_words_put(struct text_words *w, const struct text_place *at, struct bytes text)
{
    bool placed = false;

    for (size_t i = 0, len; i < text.len; i += len) {
        uint32_t c = drawn_as(charset_get(bytes_from(text, i), &len));

        if (is_space(c)) {
            w->space = w->space || w->before != 0;
            continue;
        }
        if (c < 0x20 || (c >= 0x7f && c < 0xa0))
            continue;
        if (!placed)
            look_at_place(w, at, c);
        placed = true;
        put_text(w, c);
    }
    if (placed || w->before != 0) {
        double dx = w->last.dx, dy = w->last.dy;

        /* A space on another line ends nothing: the next glyph is measured from the last one drawn. */
        if (placed || (dx * at->dx + dy * at->dy > 0.9 && fabs((at->x - w->last.ex) * dy - (at->y - w->last.ey) * dx) < OFF_LINE * at->size))
            w->last = *at;
    }
}

void text_words_page(struct text_words *w)
{
    end_line(w);
    if (w->page.len > 0 && w->out.len > 0)
        buf_put_u8(&w->out, '\n');
    buf_put(&w->out, buf_bytes(&w->page));
    w->out.full = w->out.full || w->page.full;
    buf_reset(&w->page);
}
