/* Rule functions that several vocabularies share: formulas, and elements that go as a whole. */
#pragma once

#include "sanitize/ooxml_book.h"

/* The text is a formula: when it reaches outside, the element goes and the value computed last stays (O15). */
ooxml_judge_fn ooxml_judge_formula;

/* The same, and the nearest element around that is `whole` goes with it: a condition without its formula
 * would mean something else. */
ooxml_judge_fn ooxml_judge_condition;

/* The text is a reference of a chart: when it reaches outside it becomes #REF!, the cached points stay. */
ooxml_judge_fn ooxml_judge_series;

/* The attribute is a formula; it goes when it reaches outside. */
ooxml_attr_fn ooxml_judge_attr;

/* The attribute names a macro: it becomes empty (O08). */
ooxml_attr_fn ooxml_judge_macro;

/* An end function for `whole` elements that mean nothing when one of their children went. */
ooxml_end_fn ooxml_judge_child_lost;

/* The nearest element around that is `whole` will not be written. */
void ooxml_judge_doom(struct ooxml_filter *f);

/* Report a formula: where it stands and what it does. */
void ooxml_judge_found(struct ooxml_filter *f, const char *place, const char *hazard);
