/* Parts that go although their relationship is allowed: what is inside decides.  All before any part is filtered.
 *
 * Rows O16 (a pivot cache of something outside the workbook), O22 (hidden slides, when the profile removes them). */
#pragma once

#include "sanitize/ooxml_package.h"

/* Take a part out of the package: no relationship leads to it any more.  Call ooxml_plan_sweep() when done. */
void ooxml_plan_lose(struct ooxml_package *p, struct ooxml_part *part);

/* Parts that nothing leads to any more go as well. */
void ooxml_plan_sweep(struct ooxml_package *p);

/* What was taken out: what counts it or points at it goes as well. */
struct ooxml_plan_lost {
    bool pivots, slides;
};

/* Look into the parts that have to be looked into.
 *
 * Errors:  those of xml_read and of reading a part */
enum err ooxml_plan(struct ooxml_package *p, struct ooxml_plan_lost *ret_lost, struct fault *why) must_use;
