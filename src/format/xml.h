/* A streaming XML reader for strangers' bytes: a push parser, no tree, no DTD, no entities.
 *
 * It is a reader of the subset Sekisho passes, and nothing else: well-formed XML 1.0 with namespaces
 * in UTF-8 or UTF-16.  What has a document type declaration is refused, so there is nothing that could
 * be expanded, fetched or defaulted.  CDATA arrives as text, comments only where asked for, line ends
 * and attribute values normalised; `xml_write` turns the same events into bytes again.
 *
 * Names are interned for the life of the reader: the same qualified name in the same namespace is
 * the same pointer in every part read, and a caller may hang what it knows about it on its marks.
 *
 * Rule: XML 1.0 (fifth edition); Namespaces in XML 1.0; conformance rows O19, T07, I09. */
#pragma once

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"

/* A namespace name, interned.  `uri` is empty for "no namespace". */
struct xml_ns {
    struct bytes uri;
    uint32_t index; /* order of first sight; 0 is "no namespace", 1 the namespace of xml:* */
    void *mark;     /* the caller's; NULL at first */
};

/* A qualified name, interned. */
struct xml_name {
    struct bytes qname; /* as written: prefix:local */
    struct bytes prefix, local;
    struct xml_ns *ns;
    void *tag_mark, *attr_mark; /* the caller's, for the name of an element and of an attribute */
};

struct xml_attr {
    struct xml_name *name;
    struct bytes value; /* unescaped UTF-8, white space normalised */
};

/* A namespace declaration: xmlns:prefix="uri"; the prefix is empty for xmlns="uri". */
struct xml_decl {
    struct bytes prefix;
    struct xml_ns *ns;
};

/* A start tag.  The arrays are the caller's to change (drop, reorder, other values) until it returns. */
struct xml_tag {
    struct xml_name *name;
    struct xml_attr *attrs;
    size_t attr_count;
    struct xml_decl *decls;
    size_t decl_count;
    uint32_t depth; /* 1 for the root */
    size_t at;      /* offset in the (decoded) part */
};

/* What the reader calls; a NULL member ignores its event.  An error ends the reading and is returned
 * by xml_push.  Slices live until the callback returns; names as long as the reader. */
struct xml_handler {
    enum err (*start)(void *ctx, struct xml_tag *tag, struct fault *why);
    enum err (*end)(void *ctx, struct xml_name *name, struct fault *why);
    enum err (*text)(void *ctx, struct bytes text, struct fault *why); /* one text may come in pieces */
    enum err (*pi)(void *ctx, struct bytes target, struct bytes data, struct fault *why);
    enum err (*comment)(void *ctx, struct bytes text, struct fault *why);
};

/* Zero members stand for the value in brackets. */
struct xml_options {
    const char *row;     /* of DTD, entity, false encoding ["O19"]; static storage */
    uint32_t depth_max;  /* nesting [512] */
    uint32_t attr_max;   /* attributes and declarations of one tag [500] */
    size_t tag_max;      /* bytes of one tag, comment or instruction [16 MiB] */
    bool decoded;        /* the caller has decoded to UTF-8 already: any declared encoding is right */
};

struct xml;

/* A reader in an arena (never freed alone; it asks for one window of 192 KiB and grows it only for
 * a tag that needs it).  It can read any number of parts, one after the other. */
struct xml *xml_new(struct arena *a, const struct xml_options *options);

/* Begin a part.  What was left of a part before is forgotten; names are not. */
void xml_begin(struct xml *x, const struct xml_handler *handler, void *ctx);

/* The next piece of the part, of any length.
 *
 * Errors:  MALFORMED  not well formed (row NULL), also what is not UTF-8 or UTF-16
 *          DENIED     a DTD, an entity other than the five of XML, an encoding declared falsely
 *          LIMIT      too deep, too many attributes or names, a tag too long (G06)
 *          or what a callback returned */
enum err xml_push(struct xml *x, struct bytes piece, struct fault *why) must_use;

/* The part is over: MALFORMED when its root is not closed. */
enum err xml_end(struct xml *x, struct fault *why) must_use;

/* Begin, push and end a part that is in memory as a whole. */
enum err xml_read(struct xml *x, const struct xml_handler *handler, void *ctx, struct bytes part,
                  struct fault *why) must_use;

/* The interned namespace of a name, for comparing pointers. */
struct xml_ns *xml_ns_of(struct xml *x, struct bytes uri);

/* The interned name prefix:local in a namespace, as if it had been read. */
struct xml_name *xml_name_of(struct xml *x, struct xml_ns *ns, struct bytes prefix, struct bytes local);

/* The namespace a prefix (empty: the default) stands for where the reader is now; NULL when none. */
struct xml_ns *xml_prefix(const struct xml *x, struct bytes prefix);

/* The encoding that the declaration at the head of a part names, empty when there is none.  For callers
 * that decode themselves (and then set `decoded`); reads ASCII-compatible heads only. */
struct bytes xml_declared_encoding(struct bytes head);
