/* Content streams of PDF, run for the text they show.
 *
 * Only what places text is followed: graphics state, text operators, forms, marked content.
 * Rule:    ISO 32000-1 8.4, 9.4, 14.9.4 */
#pragma once

#include "format/pdf_glyphs.h"
#include "sanitize/pdf_part.h"
#include "sanitize/text_operand.h"
#include "sanitize/text_twice.h"
#include "sanitize/text_words.h"

enum { TEXT_SHOW_MARKS = 256, TEXT_SHOW_SAVES = 256, TEXT_SHOW_FORMS = 24 };

struct text_state {
    struct text_matrix ctm;
    struct pdf_glyphs *font;
    double size, chars, words, scale, leading, rise;
    bool invisible;
};

struct text_frame;

struct text_show {
    struct pdf_walk *w;
    struct text_words words;
    struct text_twice twice;
    struct map fonts;    /* dictionary (its address) → struct pdf_glyphs */
    struct map textless; /* id of a form that shows nothing */

    struct text_state now, *saves;
    uint32_t save_count, saves_lost;
    struct text_matrix tm, line;

    struct text_frame *frames;
    uint32_t frame_count, forms;

    bool *hidden_marks; /* by depth: whether the section is not to be shown */
    uint32_t mark_count, hidden;
    uint32_t mark_base; /* sections open when the stream at hand began */
    uint32_t actual_mark; /* depth + 1 of the section with replacement text; 0 = none */
    struct buf actual;
    struct text_place actual_place;
    bool actual_placed;

    struct text_operands operands;

    struct text_box box; /* of the page: what stands outside is not seen */
    uint32_t page;       /* from 1 */
    uint32_t glyphs, unknown, pictures, drawings, invisible, replaced; /* met on this page */
    uint64_t events;     /* glyphs and pictures of the whole document */
};

void text_show_init(struct text_show *s, struct pdf_walk *w, size_t max);
void text_show_done(struct text_show *s);

/* Run the content of a page.
 *
 * take_data  its bytes, given away
 * resources  may be NULL
 * Errors are kept in the walk. */
void text_show_run(struct text_show *s, struct buf *take_data, const struct pdf_value *resources);

/* Run a form by itself: what an annotation looks like. */
void text_show_form(struct text_show *s, const struct pdf_object *form, const struct text_matrix *ctm);

/* A text string that stands in a box by itself. */
void text_show_string(struct text_show *s, const struct text_box *box, struct bytes string);

/* --- for text_glyph.c and text_mark.c --- */

/* A resource of the stream at hand, or of those around it, as the common readers have it; not resolved. */
const struct pdf_value *text_show_resource(const struct text_show *s, const char *category, struct bytes name);

/* Whether the profile removes text that is not drawn (P25). */
bool text_show_drops_invisible(const struct text_show *s);
