/* Segments: the pieces a JBIG2 page is made of, and what each gave.
 * Rule: ITU-T T.88 7.2 */
#pragma once

#include "base/bytes.h"
#include "format/jbig2_huff.h"
#include "format/jbig2_work.h"

enum jbig2_kind {
    JBIG2_SYMBOLS = 0,
    JBIG2_TEXT = 4, /* regions: + 2 is drawn at once, + 3 the same, lossless */
    JBIG2_PATTERNS = 16,
    JBIG2_HALFTONE = 20,
    JBIG2_GENERIC = 36,
    JBIG2_REFINEMENT = 40,
    JBIG2_PAGE = 48,
    JBIG2_PAGE_END = 49,
    JBIG2_STRIPE_END = 50,
    JBIG2_FILE_END = 51,
    JBIG2_TABLE = 53,
};

/* Symbols, or patterns, which are symbols of one size. */
struct jbig2_dict {
    struct jbig2_bitmap **symbols;
    uint32_t count;
    /* what the next dictionary may go on with; NULL when not kept */
    uint8_t *generic, *refine;
};

struct jbig2_segment {
    uint32_t number;
    unsigned kind;
    struct bytes data;
    struct jbig2_segment **refs; /* segments it refers to, those that are there */
    uint32_t ref_count;
    /* what it gave, by kind */
    struct jbig2_dict *dict;
    struct jbig2_bitmap *bitmap;
    struct jbig2_huff *table;
};

struct jbig2_list {
    struct jbig2_segment **at;
    uint32_t count, room;
};

/* Read the segment header at the cursor and take its data.
 *
 * list     earlier segments that may be referred to
 * ret_end  the data is over
 *
 * Errors:  MALFORMED, LIMIT (row P18) */
enum err jbig2_segment_read(struct jbig2_work *w, struct reader *r, const struct jbig2_list *list,
                            struct jbig2_segment **ret, bool *ret_end) must_use;

/* Remember a segment that gave something. */
enum err jbig2_segment_keep(struct jbig2_work *w, struct jbig2_list *list, struct jbig2_segment *s) must_use;

/* All symbols of the dictionaries a segment refers to, with room for `more` behind them. */
enum err jbig2_segment_symbols(struct jbig2_work *w, const struct jbig2_segment *s, uint32_t more,
                               struct jbig2_bitmap ***ret, uint32_t *ret_count) must_use;

/* A choice of Huffman tables: of the standard, or the next one the segment refers to.
 *
 * choices  numbers of standard tables; 0 the document's own, 255 nothing
 * next     how many of its own were taken */
enum err jbig2_segment_table(struct jbig2_work *w, const struct jbig2_segment *s, const uint8_t choices[4],
                             unsigned choice, uint32_t *next, const struct jbig2_huff **ret) must_use;
