#include "format/xml_name.h"

#define XML_URI "http://www.w3.org/XML/1998/namespace"
#define XMLNS_URI "http://www.w3.org/2000/xmlns/"

void xml_name_init(struct xml_names *n, struct arena *a)
{
    *n = (struct xml_names){.arena = a};
    map_init(&n->spaces, a);
    map_init(&n->names, a);
    n->none = xml_name_space(n, (struct bytes){0});
    n->xml = xml_name_space(n, BYTES(XML_URI));
    n->seen_cap = 512;
    n->seen = arena_array(a, n->seen_cap, sizeof(*n->seen));
    xml_name_reset(n);
}

void xml_name_reset(struct xml_names *n)
{
    n->binding_count = 0;
    n->scope = ++n->scope_last;
}

struct xml_ns *xml_name_space(struct xml_names *n, struct bytes uri)
{
    void **at = map_at(&n->spaces, uri);

    if (*at == NULL) {
        struct xml_ns *ns = ARENA_NEW(n->arena, struct xml_ns);

        ns->uri = n->spaces.entries[n->spaces.count - 1].key;
        ns->index = (uint32_t)n->spaces.count - 1;
        *at = ns;
    }
    return *at;
}

static struct xml_name *name_new(struct xml_names *n, struct xml_ns *ns, struct bytes prefix, struct bytes local)
{
    struct xml_name *name = ARENA_NEW(n->arena, struct xml_name);
    size_t head = prefix.len > 0 ? prefix.len + 1 : 0;
    uint8_t *text = arena_alloc(n->arena, head + local.len + 1);

    if (prefix.len > 0) {
        memcpy(text, prefix.at, prefix.len);
        text[prefix.len] = ':';
    }
    if (local.len > 0)
        memcpy(text + head, local.at, local.len);
    name->qname = (struct bytes){text, head + local.len};
    name->prefix = (struct bytes){text, prefix.len};
    name->local = (struct bytes){text + head, local.len};
    name->ns = ns;
    return name;
}

struct xml_name *xml_name_intern(struct xml_names *n, struct xml_ns *ns, struct bytes prefix, struct bytes local)
{
    uint8_t small[256];
    size_t len = sizeof(uint32_t) + prefix.len + 1 + local.len;
    uint8_t *key = len <= sizeof(small) ? small : arena_alloc(n->arena, len);
    void **at;

    memcpy(key, &ns->index, sizeof(uint32_t));
    if (prefix.len > 0)
        memcpy(key + sizeof(uint32_t), prefix.at, prefix.len);
    key[sizeof(uint32_t) + prefix.len] = ':';
    if (local.len > 0)
        memcpy(key + sizeof(uint32_t) + prefix.len + 1, local.at, local.len);
    at = map_at(&n->names, (struct bytes){key, len});
    if (*at == NULL)
        *at = name_new(n, ns, prefix, local);
    return *at;
}

struct xml_ns *xml_name_bound(const struct xml_names *n, struct bytes prefix)
{
    for (size_t i = n->binding_count; i-- > 0;)
        if (bytes_equal(n->bindings[i].prefix, prefix))
            return n->bindings[i].ns;
    if (prefix.len == 0)
        return n->none;
    return bytes_equal(prefix, BYTES("xml")) ? n->xml : NULL;
}

void xml_name_bind(struct xml_names *n, struct bytes prefix, struct xml_ns *ns)
{
    if (xml_name_bound(n, prefix) != ns)
        n->scope = ++n->scope_last;
    if (n->binding_count == n->binding_cap) {
        size_t cap = n->binding_cap == 0 ? 64 : n->binding_cap * 2;
        struct xml_binding *more = arena_array(n->arena, cap, sizeof(*more));

        if (n->binding_count > 0)
            memcpy(more, n->bindings, n->binding_count * sizeof(*more));
        n->bindings = more;
        n->binding_cap = cap;
    }
    n->bindings[n->binding_count++] = (struct xml_binding){prefix, ns};
}

static void seen_put(struct xml_names *n, struct xml_seen s)
{
    size_t at = s.hash & (n->seen_cap - 1);

    while (n->seen[at].name != NULL)
        at = (at + 1) & (n->seen_cap - 1);
    n->seen[at] = s;
}

static void seen_grow(struct xml_names *n)
{
    struct xml_seen *old = n->seen;
    size_t cap = n->seen_cap;

    n->seen_cap = cap * 2;
    n->seen = arena_array(n->arena, n->seen_cap, sizeof(*n->seen));
    for (size_t i = 0; i < cap; i++)
        if (old[i].name != NULL)
            seen_put(n, old[i]);
}

static struct xml_seen *seen_find(struct xml_names *n, struct bytes qname, uint32_t hash, bool attr)
{
    for (size_t at = hash & (n->seen_cap - 1); n->seen[at].name != NULL; at = (at + 1) & (n->seen_cap - 1)) {
        struct xml_seen *s = &n->seen[at];

        if (s->hash == hash && s->attr == attr && bytes_equal(s->qname, qname))
            return s;
    }
    return NULL;
}

/* Resolve a qualified name by the bindings in force. */
static enum err resolve(struct xml_names *n, struct bytes qname, bool attr, size_t at, struct xml_name **ret_name,
                        struct fault *why)
{
    size_t colon = bytes_find_byte(qname, ':', 0);
    struct bytes prefix = colon == SIZE_MAX ? (struct bytes){qname.at, 0} : bytes_part(qname, 0, colon);
    struct bytes local = colon == SIZE_MAX ? qname : bytes_from(qname, colon + 1);
    struct xml_ns *ns = attr && colon == SIZE_MAX ? n->none : xml_name_bound(n, prefix);

    if (local.len == 0 || colon == 0 || bytes_find_byte(local, ':', 0) != SIZE_MAX ||
        (local.at[0] >= '0' && local.at[0] <= '9') || local.at[0] == '-' || local.at[0] == '.')
        return fault_set(why, ERR_MALFORMED, NULL, "Namespaces in XML 4", at, "not a qualified name");
    if (ns == NULL || bytes_equal(prefix, BYTES("xmlns")))
        return fault_set(why, ERR_MALFORMED, NULL, "Namespaces in XML 5", at, "prefix %.*s is not declared",
                         (int)(prefix.len < 40 ? prefix.len : 40), (const char *)prefix.at);
    if (n->names.count >= XML_NAMES_MAX)
        return fault_set(why, ERR_LIMIT, "G06", "names of one package", at, "more than %d different names",
                         XML_NAMES_MAX);
    *ret_name = xml_name_intern(n, ns, prefix, local);
    return OK;
}

enum err xml_name_find(struct xml_names *n, struct bytes qname, uint32_t hash, bool attr, size_t at,
                       struct xml_name **ret_name, struct fault *why)
{
    struct xml_seen *s = seen_find(n, qname, hash, attr);

    if (s != NULL && s->scope == n->scope) {
        *ret_name = s->name;
        return OK;
    }
    TRY(resolve(n, qname, attr, at, ret_name, why));
    if (s != NULL) {
        s->name = *ret_name;
        s->scope = n->scope;
        return OK;
    }
    if (n->seen_count * 2 >= n->seen_cap)
        seen_grow(n);
    n->seen_count++;
    seen_put(n, (struct xml_seen){hash, n->scope, attr, (*ret_name)->qname, *ret_name});
    return OK;
}
