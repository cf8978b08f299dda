/* The bytes of a drawing on their way to the XML reader: unpacked, decoded, without the document type.
 *
 * UTF-8 and UTF-16 are the reader's own; the character sets of Japan are decoded as they are in any XML.
 * Rule: I09, T03; RFC 1952 (SVGZ), XML 1.0 4.3.3. */
#pragma once

#include "base/buf.h"
#include "format/xml.h"
#include "sanitize/clean.h"

struct svg_input {
    struct bytes text;
    struct buf plain, utf8;
    size_t used;  /* bytes of the packed data */
    bool packed;  /* SVGZ */
    bool decoded; /* the reader is given UTF-8 whatever is declared */
    bool sheets;  /* there may be style elements */
};

/* Close it with svg_input_done(), whatever happened.
 *
 * Errors: of unpacking; MALFORMED T03 when the text is not in the set it declares */
enum err svg_input_open(struct svg_input *s, struct clean *c, struct bytes in, struct fault *why) must_use;
void svg_input_done(struct svg_input *s);

/* Push all of it to a reader that has begun, and end it. */
enum err svg_input_read(const struct svg_input *s, struct clean *c, struct xml *xml, struct fault *why) must_use;
