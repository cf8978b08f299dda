/* Field codes of WordprocessingML (row O13).
 *
 * A first pass over a part reads every instruction as a whole (it may be cut into many runs and hold
 * other fields) and judges it by an allow-list; the second pass, the filter, drops the machinery of the
 * forbidden ones and keeps their result.  Parts without fields cost no first pass.
 * Rule: ECMA-376 Part 1 17.16. */
#pragma once

#include "sanitize/ooxml_filter.h"

/* Judge the fields of f->part; the verdicts are kept in f->state. */
enum err ooxml_field_scan(struct ooxml_filter *f, struct fault *why) must_use;

/* Rule functions of w:fldChar, w:instrText (and w:delInstrText), w:fldSimple. */
ooxml_start_fn ooxml_field_char, ooxml_field_instr, ooxml_field_simple;

/* Whether the place at hand is inside the instruction of a forbidden field: its content is not shown, and goes. */
bool ooxml_field_hidden(const struct ooxml_filter *f);
