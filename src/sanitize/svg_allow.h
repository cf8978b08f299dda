/* What of SVG passes: the tables of svg_element.def and svg_attribute.def. */
#pragma once

#include "base/bytes.h"

enum svg_element { SVG_UNKNOWN, SVG_PLAIN, SVG_TEXT, SVG_STYLE, SVG_USE, SVG_IMAGE, SVG_FILTER, SVG_META };

/* The kind of an element of the SVG namespace, by its local name. */
enum svg_element svg_allow_element(struct bytes local);

/* Whether an attribute without a namespace passes (href and style are the caller's affair). */
bool svg_allow_attribute(struct bytes name);

/* Whether a property passes in a style; any case. */
bool svg_allow_property(struct bytes name);

/* Whether a function may stand in a value: rgb(), translate(), calc() …; url() is the caller's affair. */
bool svg_allow_function(struct bytes name);
