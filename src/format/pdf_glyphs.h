/* What the strings shown in a font mean: character codes, their text and how far each moves on.
 *
 * ToUnicode comes first, then glyph names and encodings, then what is known of the Japanese collection.  Font
 * programs are read for their built-in encoding only.
 *
 * Rule:    ISO 32000-1 9.6 to 9.10 */
#pragma once

#include "format/cjk_code.h"
#include "format/code_map.h"
#include "format/pdf.h"

/* Widths of a composite font, by CID. */
struct pdf_width {
    uint32_t from, to;
    double width;
};

struct pdf_glyphs {
    bool composite, vertical, japan;
    bool mapped;         /* has a ToUnicode map */
    struct code_map map; /* of ToUnicode */
    double em;           /* em square in text space, as a part of the font size; 1 but for Type 3 */

    /* simple fonts, by code */
    bool type3;
    struct bytes text[256]; /* UTF-8; empty = not known */
    double width[256];
    bool silent[256]; /* .notdef: nothing is drawn */

    /* composite fonts */
    struct cjk_code code;
    struct code_map encoding; /* an embedded CMap */
    bool embedded;
    struct pdf_width *widths, *heights; /* sorted by `from` */
    size_t width_count, height_count;
    double default_width, default_height;

    struct buf scratch;
};

struct pdf_glyph {
    struct bytes text; /* UTF-8, empty = not known; valid until the next glyph */
    double advance;    /* in text space for a font size of 1; along y (mostly negative) when vertical */
    size_t len;        /* bytes taken from the string */
    bool space;        /* the one-byte code 32: word spacing applies */
    bool silent;       /* draws nothing on purpose */
};

/* Read a font.
 *
 * font  its dictionary
 * left  bytes that may still be unpacked, taken from
 *
 * A font that cannot be understood has glyphs without text.
 * Errors:  LIMIT P27 */
enum err pdf_glyphs_read(struct pdf *p, const struct pdf_value *font, uint64_t *left, struct pdf_glyphs *ret_glyphs,
                         struct fault *why) must_use;

/* The glyph that begins a string, which is not empty. */
struct pdf_glyph pdf_glyphs_next(struct pdf_glyphs *g, struct bytes string);
