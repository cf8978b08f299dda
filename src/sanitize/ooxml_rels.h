/* Relationships: what each of them may lead to (the table of ooxml_part.def). */
#pragma once

#include "sanitize/ooxml_package.h"

enum ooxml_rels_what { OOXML_RELS_PART, OOXML_RELS_PICTURE, OOXML_RELS_LINK, OOXML_RELS_DROP };

struct ooxml_rels_verdict {
    enum ooxml_rels_what what;
    enum ooxml_kind kind;
    const char *type_out; /* content type of the part in the output */
    enum row row;         /* of a dropped one */
};

/* Judge a relationship.
 *
 * from   the part it belongs to; the package itself has kind OOXML_NONE
 * type   the relationship type as written
 * content_type  of the target, empty for an external one
 * ret_name      the type without its base */
struct ooxml_rels_verdict ooxml_rels_judge(const struct ooxml_part *from, struct bytes type, struct bytes content_type,
                                           bool external, struct bytes *ret_name);

/* The row a content type is reported as when its part is not reached, O03 when none is special. */
enum row ooxml_rels_stray(struct bytes content_type);

/* Whether parts of this kind hold comments and their authors (O21). */
bool ooxml_rels_comments(enum ooxml_kind kind);
