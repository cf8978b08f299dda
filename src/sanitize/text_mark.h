/* Marked content: replacement text, and layers that are not shown.
 *
 * Rule:    ISO 32000-1 8.11.3, 14.6, 14.9.4 */
#pragma once

#include "sanitize/text_show.h"

/* BMC, or BDC (with `properties`) and its operands. */
void text_mark_begin(struct text_show *s, bool properties);

/* EMC; nothing when this stream began no section. */
void text_mark_end(struct text_show *s);
