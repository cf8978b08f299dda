/* Glyphs drawn twice at nearly the same place, to look bold or to throw a shadow, are one glyph of text. */
#pragma once

#include "base/buf.h"

struct text_twice {
    struct buf slots; /* a hash table of places */
    size_t cap, count;
    uint32_t page;    /* slots of other pages are free */
};

void text_twice_init(struct text_twice *t);
void text_twice_done(struct text_twice *t);
void text_twice_page(struct text_twice *t); /* forget all places */

/* Whether this text was met on the page within a small part of its size; remembers it if not. */
bool text_twice_seen(struct text_twice *t, struct bytes text, double x, double y, double size);
