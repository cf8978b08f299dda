/* Interned names and the namespace bindings in force, for the XML reader. */
#pragma once

#include "base/map.h"
#include "format/xml.h"

struct xml_binding {
    struct bytes prefix;
    struct xml_ns *ns;
};

/* A qualified name as written, and what it meant when it was seen last. */
struct xml_seen {
    uint32_t hash;
    uint32_t scope; /* the scope in which `name` is right */
    bool attr;
    struct bytes qname;
    struct xml_name *name;
};

struct xml_names {
    struct arena *arena;
    struct map spaces, names;
    struct xml_ns *none, *xml;
    struct xml_seen *seen; /* open addressing */
    size_t seen_cap, seen_count;
    struct xml_binding *bindings; /* the inner ones last */
    size_t binding_count, binding_cap;
    uint32_t scope, scope_last; /* which set of bindings is in force */
};

enum { XML_NAMES_MAX = 50000 };

void xml_name_init(struct xml_names *n, struct arena *a);

/* Forget the bindings (a new part), keep the names. */
void xml_name_reset(struct xml_names *n);

struct xml_ns *xml_name_space(struct xml_names *n, struct bytes uri);
struct xml_name *xml_name_intern(struct xml_names *n, struct xml_ns *ns, struct bytes prefix, struct bytes local);

/* What a prefix stands for now; NULL when it is not declared. */
struct xml_ns *xml_name_bound(const struct xml_names *n, struct bytes prefix);

/* Declare a prefix from here on; the caller keeps `binding_count` and `scope` of before and puts them
 * back at the end of the element. */
void xml_name_bind(struct xml_names *n, struct bytes prefix, struct xml_ns *ns);

/* The name meant by a qualified name here.  An attribute without prefix is in no namespace.
 *
 * hash  xml_name_hash of the qualified name
 * Errors:  MALFORMED  two colons, an empty part, or a prefix nobody declared
 *          LIMIT      more than XML_NAMES_MAX different names */
enum err xml_name_find(struct xml_names *n, struct bytes qname, uint32_t hash, bool attr, size_t at,
                       struct xml_name **ret_name, struct fault *why) must_use;

static inline uint32_t xml_name_hash_step(uint32_t h, uint8_t c)
{
    return (h ^ c) * 0x01000193u;
}
