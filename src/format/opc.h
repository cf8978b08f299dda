/* The Open Packaging Conventions: content types, relationships and part names.
 *
 * Part names here have no leading slash ("word/document.xml"), as ZIP entries have them.
 * Rule: ECMA-376 Part 2 (ISO/IEC 29500-2). */
#pragma once

#include "base/map.h"
#include "format/xml.h"

/* [Content_Types].xml.  When a name is given twice the first one counts, and `twice` says so. */
struct opc_types {
    struct map by_extension; /* folded extension → struct bytes * */
    struct map by_name;      /* folded part name → struct bytes * */
    bool twice;
};

/* Read [Content_Types].xml.
 *
 * Errors:  MALFORMED  another root, or a type without name
 *          LIMIT      more than 200,000 of them (Excel itself allows 65,530 hyperlinks a sheet)
 *          those of xml_read */
enum err opc_types_read(struct arena *a, struct xml *x, struct bytes part, struct opc_types *ret_types,
                        struct fault *why) must_use;

/* The content type of a part, empty when it has none. */
struct bytes opc_types_of(const struct opc_types *t, struct bytes name);

struct opc_rel {
    struct bytes id, type, target;
    bool external;
};

/* Read a .rels part.  Of two relationships with one id the first counts.
 *
 * Errors:  MALFORMED  another root, or a relationship without id, type or target
 *          LIMIT      more than 200,000 of them (Excel itself allows 65,530 hyperlinks a sheet)
 *          those of xml_read */
enum err opc_rels_read(struct arena *a, struct xml *x, struct bytes part, struct opc_rel **ret_rels,
                       size_t *ret_count, struct fault *why) must_use;

/* The name of the .rels part of a part; "" is the package itself ("_rels/.rels"). */
struct bytes opc_rels_name(struct arena *a, struct bytes part);

/* A name as a ZIP entry or a target gives it, in its one normal form: slashes only, no "." and "..", no
 * percent-encoding of what need not be encoded.
 *
 * base  the name of the part that refers to it, "" for the package; a target that begins with a slash ignores it
 *
 * Returns false when the name goes above the root, is empty, or holds a control character or a colon. */
bool opc_name_resolve(struct arena *a, struct bytes base, struct bytes target, struct bytes *ret_name);

/* Part names are equal when they are so with ASCII letters folded: the key of a map. */
struct bytes opc_name_key(struct arena *a, struct bytes name);

/* The extension of the last component without its dot; empty when it has none. */
struct bytes opc_name_extension(struct bytes name);

/* The way from one part to another as a relative target: "media/image1.png", "../theme/theme1.xml". */
struct bytes opc_name_relative(struct arena *a, struct bytes base, struct bytes name);
