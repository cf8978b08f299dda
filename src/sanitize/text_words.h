/* Glyphs at their places become lines of text.
 *
 * Order is the order of drawing.  A glyph that stands off the line of the one before it, or far behind it, begins a
 * line; a gap on the line is a space.  Kanji and kana that stand one below the other are a line, too. */
#pragma once

#include "base/buf.h"

/* Where one glyph stands, in a space that stays the same for a page. */
struct text_place {
    double x, y;   /* where it begins on its base line */
    double ex, ey; /* where the next one is due */
    double dx, dy; /* direction of writing, length 1 */
    double size;   /* of the font */
    bool vertical; /* (x, y) is the middle of the upper edge, (ex, ey) of the lower one */
};

struct text_words {
    struct buf out;  /* all pages */
    struct buf page; /* this page */
    struct text_place last;
    uint32_t stack;  /* single characters below one another up to the last one; 0 = the line has more */
    size_t stack_at; /* where the first of them begins in `page` */
    uint32_t before; /* last character of the line; 0 = the line is empty */
    bool space;      /* one is due before the next glyph */
};

/* max  of bytes in `out` */
void text_words_init(struct text_words *w, size_t max);
void text_words_done(struct text_words *w);

/* One glyph, or several under one text.
 *
 * text  valid UTF-8; controls are left out, ligatures of Latin letters are taken apart */
void text_words_put(struct text_words *w, const struct text_place *at, struct bytes text);

/* The page is over: its text goes behind that of the others, an empty line between. */
void text_words_page(struct text_words *w);
