/* Where a piece of XML markup ends, and what kind it is: looked at before it is read. */
#pragma once

#include "base/bytes.h"

enum xml_mark {
    XML_MARK_START,
    XML_MARK_END,
    XML_MARK_PI,
    XML_MARK_COMMENT,
    XML_MARK_CDATA,
    XML_MARK_DOCTYPE,
    XML_MARK_SHORT, /* too few bytes to tell */
    XML_MARK_WRONG,
};

/* The kind of the markup at the begin of `rest`, which is a '<'. */
enum xml_mark xml_mark_of(struct bytes rest);

/* Its last byte ('>', or the '<' that a start tag runs into); NULL when that is not there yet.
 * kind  one of START, END, PI, COMMENT */
const uint8_t *xml_mark_end(enum xml_mark kind, struct bytes rest);

/* The value of name="value" in an XML declaration, empty when it is not there. */
struct bytes xml_mark_value(struct bytes decl, struct bytes name);
