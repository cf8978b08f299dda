/* What a workbook says about its sheets and names, read before any part is filtered.
 *
 * A formula may refer to sheets and names that stay; indexes of sheets (localSheetId, activeTab) count
 * the ones that stay.  Which sheets stay is a matter of their relationships.
 * Rule: ECMA-376 Part 1 18.2.20 (sheets), 18.2.6 (definedNames), 18.2.30 (workbookView); rows O07, O15, O22. */
#pragma once

#include "sanitize/ooxml_filter.h"
#include "sanitize/ooxml_formula.h"

struct ooxml_book_sheet {
    struct bytes name;
    bool kept, hidden, very_hidden;
    uint32_t index; /* among the ones that stay */
};

/* Why a defined name goes. */
enum ooxml_book_fate { OOXML_BOOK_STAYS, OOXML_BOOK_AUTO, OOXML_BOOK_MACRO, OOXML_BOOK_LOST_SHEET, OOXML_BOOK_FORMULA };

struct ooxml_book_name {
    struct bytes name, text;
    enum ooxml_book_fate fate;
};

struct ooxml_book {
    struct arena *arena;
    struct ooxml_book_sheet *sheets;
    size_t sheet_count, sheet_cap;
    struct ooxml_book_name *names; /* in order */
    size_t name_count, name_cap;
    uint32_t kept;    /* sheets that stay */
    struct map sheet_map, name_map, removed_map;
    struct buf scratch;
    struct ooxml_formula_scope scope;
};

/* Read the workbook of a package and judge its names; for another kind of document the scope lets any
 * sheet name pass.
 *
 * ret_book  in the arena of the job; ooxml_book_done() frees its scratch
 * Errors:   those of xml_read; DENIED O07 when no sheet would be left */
enum err ooxml_book_new(struct ooxml_package *p, struct ooxml_book **ret_book, struct fault *why) must_use;
void ooxml_book_done(struct ooxml_book *b);

/* The book of the package being filtered. */
static inline struct ooxml_book *ooxml_book_of(const struct ooxml_filter *f)
{
    return f->shared[OOXML_STATE_SHEET];
}

/* What the attributes of a definedName say about it; its formula is judged by itself. */
enum ooxml_book_fate ooxml_book_fate(const struct ooxml_book *b, const struct xml_tag *tag);

/* Where a sheet index of the input points in the output; false when that sheet goes. */
bool ooxml_book_index(const struct ooxml_book *b, struct bytes index, uint32_t *ret_index);

/* The first sheet that stays and is not hidden. */
uint32_t ooxml_book_first_visible(const struct ooxml_book *b);
