/* Characters a person cannot see, taken out of UTF-8 text.
 *
 *   control     C0 and C1 other than TAB, CR and LF; what is no character (U+FFFE)
 *   escape      sequences to a terminal (ECMA-48): the whole sequence, its visible part included
 *   direction   what turns the direction of writing (UAX 9)
 *   invisible   zero-width and filler characters, tags, variation selectors where they select nothing
 *
 * Kept: the joiner between two emoji, the selectors behind a base they belong to (emoji, ideograph).
 * A line or paragraph separator becomes a space.  Scrubbing twice changes nothing.  Rule: T04, G10. */
#pragma once

#include "base/buf.h"

enum scrub_kind { SCRUB_CONTROL, SCRUB_ESCAPE, SCRUB_DIRECTION, SCRUB_INVISIBLE, SCRUB_KINDS };

enum { SCRUB_HIDDEN_RUN = 8 /* so many invisible characters in a row carry a message */ };

struct scrub {
    uint32_t before;  /* last character kept */
    bool joiner;      /* one waits for what comes next */
    uint8_t escape;   /* where in a terminal sequence */
    uint32_t escape_len, hidden_run;
    uint64_t line;    /* from 1 */
    uint32_t count[SCRUB_KINDS]; /* taken out; the caller may set them back */
    uint64_t first[SCRUB_KINDS]; /* line of the first of them */
    uint64_t hidden_line;        /* where a run was long enough to carry a message; 0 = nowhere */
};

void scrub_init(struct scrub *s);

/* A run of whole characters of valid UTF-8; what is left of it is appended to `out`. */
void scrub_run(struct scrub *s, struct bytes text, struct buf *out);

/* The text is over. */
void scrub_end(struct scrub *s);

const char *scrub_name(enum scrub_kind kind);
