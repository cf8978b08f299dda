/* An Office package as the sanitizer walks it: which parts and relationships stay.
 *
 * The walk begins at the root and follows only relationships of an allowed type to a part of the content
 * type that belongs to it (ooxml_part.def).  What is not reached is not copied (O03).  All decisions on
 * parts are taken here, before any part is filtered, so that a filter can ask what a relationship
 * stands for. */
#pragma once

#include "format/opc.h"
#include "format/zip.h"
#include "sanitize/clean.h"

/* What a part is. */
enum ooxml_kind {
    OOXML_NONE,
#define KIND(id) OOXML_##id,
#define PART(kind, base, rel, type, type_out)
#define DROP(base, rel, row)
#define FORBIDDEN(type, row)
#include "sanitize/ooxml_part.def"
#undef KIND
#undef PART
#undef DROP
#undef FORBIDDEN
    OOXML_KIND_COUNT
};

struct ooxml_part;

struct ooxml_rel {
    struct bytes id, type;      /* as in the input */
    struct bytes type_name;     /* the type without its base: "image" */
    struct bytes target;        /* as in the input; of an external one the address */
    bool kept, external;
    struct ooxml_part *part;    /* of a kept internal one; NULL when the target is a place in the part itself ("#…") */
};

struct ooxml_part {
    struct bytes name;          /* in the input */
    struct bytes name_out;      /* in the output */
    struct bytes type_out;      /* content type in the output */
    enum ooxml_kind kind;
    const struct zip_entry *entry; /* NULL for the package itself */
    struct ooxml_rel *rels;
    size_t rel_count;
    struct map rel_by_id;       /* id → struct ooxml_rel *, kept ones only */
    struct bytes picture;       /* of an OOXML_IMAGE: what is written */
};

struct ooxml_package {
    struct clean *c;
    bool text_only;             /* only the text is wanted: pictures are not looked at, nothing is reported */
    struct zip zip;
    struct xml *x;
    struct map entries;         /* folded part name → struct zip_entry * */
    struct opc_types types;
    struct ooxml_part root;     /* the package itself: its relationships */
    struct ooxml_part *main;
    struct ooxml_part **parts;  /* kept ones in order of discovery */
    size_t part_count, part_cap;
    struct map part_by_name;    /* folded name in the input → struct ooxml_part * */
    struct map names_out;       /* folded names taken in the output */
    uint32_t renamed;           /* parts that had to get a name of ours */
    struct map touched;         /* folded names that some relationship, kept or not, leads to */
    struct buf scratch;         /* for reading a whole part */
};

/* Open and walk.  Findings for what is dropped are recorded.
 *
 * text_only  see the struct; c->ret_type is then left alone
 *
 * Errors:  MALFORMED  O01: no content types, no main part, the zip is damaged
 *          DENIED     O01, O05 (add-in), G01 (another main part than the sniffer saw), O19
 *          LIMIT      G06 */
enum err ooxml_package_open(struct ooxml_package *p, struct clean *c, struct bytes in, bool text_only,
                            struct fault *why) must_use;
void ooxml_package_done(struct ooxml_package *p);

/* The kept relationship of a part with this id, or NULL. */
const struct ooxml_rel *ooxml_package_rel(const struct ooxml_part *part, struct bytes id);

/* The first kept part of a kind, or NULL. */
struct ooxml_part *ooxml_package_kind(const struct ooxml_package *p, enum ooxml_kind kind);

/* The whole content of a part, in package->scratch or in the file; valid until the next call. */
enum err ooxml_package_read(struct ooxml_package *p, const struct zip_entry *e, struct bytes *ret_content,
                            struct fault *why) must_use;

/* The same in chunks. */
enum err ooxml_package_stream(struct ooxml_package *p, const struct zip_entry *e, deflate_put_fn *put, void *ctx,
                              struct fault *why) must_use;
