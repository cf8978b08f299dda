/* The styles of SVG: values, declarations and sheets are read as tokens and written again by allow-list.
 *
 * Nothing in a style may point outside: the only url() is url(#name) within the file.  There are no escapes,
 * no @-rules (@import, @font-face, @namespace …), no unknown functions; a value that has any of them goes,
 * the others stay.  Rule: I09; CSS Syntax 3; SVG 1.1 6. */
#pragma once

#include "base/buf.h"

/* Called for every url(#name); `property` and `selector` of svg_css say where it stands. */
typedef void svg_css_ref_fn(void *ctx, struct bytes name);

struct svg_css {
    struct buf *out;
    svg_css_ref_fn *ref;
    void *ctx;
    struct bytes property; /* being read; for svg_css_value() the caller's */
    struct bytes selector; /* of the rule being read, empty outside a sheet */
    bool contexts;         /* context-fill or context-stroke was seen: the paint of what a marker stands on */
    uint32_t lost_urls;  /* references to the outside */
    uint32_t lost_rules; /* @-rules */
    uint32_t lost_other; /* unknown properties, functions, selectors, escapes */
};

/* One value: appended to `out` and true, or nothing and false. */
bool svg_css_value(struct svg_css *css, struct bytes value);

/* The content of a style attribute, as "name:value;name:value". */
void svg_css_declarations(struct svg_css *css, struct bytes text);

/* The content of a style element, as "selector{name:value}" one after the other. */
void svg_css_sheet(struct svg_css *css, struct bytes text);

/* Whether `name` is what may follow # in a reference. */
bool svg_css_name(struct bytes name);
