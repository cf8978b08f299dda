/* Whether a formula computes from its own workbook alone (row O15).
 *
 * Functions, sheets and defined names are allow-lists: ooxml_function.def, and the sheets and names
 * that stay.  What does not pass is dropped by the caller, who keeps the value computed last.
 * Rule: ECMA-376 Part 1 18.17; MS-XLSX 2.2.2. */
#pragma once

#include "base/buf.h"
#include "base/map.h"

/* What may be referred to.  Keys of the maps come from ooxml_formula_key(). */
struct ooxml_formula_scope {
    const struct map *sheets;  /* sheets that stay; NULL: not known here, any name passes */
    const struct map *names;   /* defined names that stay: some may be called; NULL: none */
    const struct map *removed; /* defined names that were removed: a formula with one is dropped; NULL: none */
    bool pivots_lost;          /* pivot tables were removed: what asks them keeps its last answer */
    bool links;                /* HYPERLINK to http, https and mailto may stay (profile, O11) */
    struct buf *scratch;       /* for one call; at least FORMULA_SCRATCH maximum */
};

enum { FORMULA_SCRATCH = 64 * 1024 };

/* Judge one formula.
 *
 * text   UTF-8, entities resolved, with or without the equals sign
 *
 * Returns NULL when it may stay, else what it does, in a few English words (static storage). */
const char *ooxml_formula_hazard(struct bytes text, const struct ooxml_formula_scope *scope);

/* A name with ASCII letters folded, as the key of a map; in `scratch`. */
struct bytes ooxml_formula_key(struct bytes name, struct buf *scratch);

/* Whether an address typed into HYPERLINK may stay: a place in this workbook, or (when `links`)
 * http, https, mailto. */
bool ooxml_formula_link(struct bytes address, bool links);
