/* What a spreadsheet would compute although it stands in a table of text.
 *
 * A cell is a formula when its first character that is no space or quote is one of = + - @ or their
 * full-width forms, or when it begins with TAB or CR; but numbers, dates, telephone numbers, sums with a
 * unit (-1200, +81-3-1234-5678, -5℃, 1e5) and rows of signs (---) are what they seem.
 *
 * Rule: T01. */
#pragma once

#include "base/buf.h"

enum csv_lead {
    CSV_LEAD_NONE,
    CSV_LEAD_FORMULA,
    CSV_LEAD_TEXT, /* ="00123": a formula that says nothing but a text, written to keep its zeros */
};

/* ret_text  the text inside for CSV_LEAD_TEXT */
enum csv_lead csv_lead(struct bytes cell, struct bytes *ret_text);

/* The cell in a harmless form, appended: an apostrophe in front of a formula, and in front of one that
 * stands where a reader with another delimiter would begin a cell.  Returns whether anything changed. */
bool csv_lead_neutralize(struct bytes cell, struct buf *out);
