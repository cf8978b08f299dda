/* Types told by reading: text, and what is written as text.
 *
 * file   the whole file; only its head is read
 * name   last path component, for contents that have no mark of their own
 * Returns  TYPE_unknown when the bytes are not text.  XML is told by its root element, HTML by its first
 *          tag, mail by its header lines; a script without `#!` and the plain-text family by name only.
 * Rule:    G01, G02, G03, T06. */
#pragma once

#include "base/bytes.h"
#include "rule/type.h"

enum type sniff_text_type(struct bytes file, struct bytes name);

/* Whether this is an SVG drawing: asked for what is inside a gzip stream. */
bool sniff_text_is_svg(struct bytes head);
