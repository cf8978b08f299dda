#include "format/opc.h"

enum { OPC_ITEMS_MAX = 200000 };

#define TYPES_URI "http://schemas.openxmlformats.org/package/2006/content-types"
#define RELS_URI "http://schemas.openxmlformats.org/package/2006/relationships"

struct reading {
    struct arena *arena;
    struct xml_ns *ns;
    struct opc_types *types;
    struct opc_rel *rels;
    size_t count, cap;
    struct map ids;
};

static bool named(const struct reading *r, const struct xml_name *name, struct bytes local)
{
    return name->ns == r->ns && bytes_equal(name->local, local);
}

static struct bytes value(const struct xml_tag *tag, struct bytes local)
{
    for (size_t i = 0; i < tag->attr_count; i++)
        if (tag->attrs[i].name->prefix.len == 0 && bytes_equal(tag->attrs[i].name->local, local))
            return tag->attrs[i].value;
    return (struct bytes){0};
}

static enum err too_many(size_t at, struct fault *why)
{
    return fault_set(why, ERR_LIMIT, "G06", "items of a package", at, "more than %d items", OPC_ITEMS_MAX);
}

struct bytes opc_name_key(struct arena *a, struct bytes name)
{
    uint8_t *key = arena_alloc(a, name.len + 1);

    for (size_t i = 0; i < name.len; i++)
        key[i] = name.at[i] >= 'A' && name.at[i] <= 'Z' ? name.at[i] | 32 : name.at[i];
    return (struct bytes){key, name.len};
}

static void keep_type(struct reading *r, struct map *m, struct bytes name, struct bytes type)
{
    void **at = map_at(m, opc_name_key(r->arena, name));
    struct bytes *copy;

    if (*at != NULL) {
        r->types->twice = true;
        return;
    }
    copy = ARENA_NEW(r->arena, struct bytes);
    *copy = arena_copy(r->arena, bytes_trim(type));
    *at = copy;
}

static enum err types_start(void *ctx, struct xml_tag *tag, struct fault *why)
{
    struct reading *r = ctx;
    bool is_default = named(r, tag->name, BYTES("Default")), is_override = named(r, tag->name, BYTES("Override"));
    struct bytes type = value(tag, BYTES("ContentType")), name = {0};

    if (tag->depth == 1)
        return named(r, tag->name, BYTES("Types")) ? OK
               : fault_set(why, ERR_MALFORMED, "O01", "ECMA-376-2 10.1.2.2", tag->at, "not a list of content types");
    if (!is_default && !is_override)
        return OK;
    if (r->count++ >= OPC_ITEMS_MAX)
        return too_many(tag->at, why);
    if (is_default) {
        keep_type(r, &r->types->by_extension, value(tag, BYTES("Extension")), type);
        return OK;
    }
    if (opc_name_resolve(r->arena, (struct bytes){0}, value(tag, BYTES("PartName")), &name))
        keep_type(r, &r->types->by_name, name, type);
    return OK;
}

enum err opc_types_read(struct arena *a, struct xml *x, struct bytes part, struct opc_types *ret_types,
                        struct fault *why)
{
    static const struct xml_handler handler = {.start = types_start};
    struct reading r = {.arena = a, .ns = xml_ns_of(x, BYTES(TYPES_URI)), .types = ret_types};

    *ret_types = (struct opc_types){0};
    map_init(&ret_types->by_extension, a);
    map_init(&ret_types->by_name, a);
    return xml_read(x, &handler, &r, part, why);
}

struct bytes opc_types_of(const struct opc_types *t, struct bytes name)
{
    uint8_t folded[1024];
    struct bytes key = {folded, name.len}, extension;
    const struct bytes *type;

    if (name.len > sizeof(folded))
        return (struct bytes){0};
    for (size_t i = 0; i < name.len; i++)
        folded[i] = name.at[i] >= 'A' && name.at[i] <= 'Z' ? name.at[i] | 32 : name.at[i];
    type = map_get(&t->by_name, key);
    if (type == NULL) {
        extension = opc_name_extension(key);
        type = extension.len == 0 ? NULL : map_get(&t->by_extension, extension);
    }
    return type == NULL ? (struct bytes){0} : *type;
}

static struct opc_rel *rel_new(struct reading *r)
{
    if (r->count == r->cap) {
        size_t cap = r->cap == 0 ? 16 : r->cap * 2;
        struct opc_rel *more = arena_array(r->arena, cap, sizeof(*more));

        if (r->count > 0)
            memcpy(more, r->rels, r->count * sizeof(*more));
        r->rels = more;
        r->cap = cap;
    }
    return &r->rels[r->count++];
}

static enum err rels_start(void *ctx, struct xml_tag *tag, struct fault *why)
{
    struct reading *r = ctx;
    struct bytes id = value(tag, BYTES("Id")), type = value(tag, BYTES("Type")), target = value(tag, BYTES("Target"));
    void **seen;

    if (tag->depth == 1)
        return named(r, tag->name, BYTES("Relationships")) ? OK
               : fault_set(why, ERR_MALFORMED, "O01", "ECMA-376-2 9.3", tag->at, "not a list of relationships");
    if (!named(r, tag->name, BYTES("Relationship")) || id.len == 0)
        return OK;
    if (r->count >= OPC_ITEMS_MAX)
        return too_many(tag->at, why);
    seen = map_at(&r->ids, id);
    if (*seen != NULL)
        return OK;
    *seen = r;
    *rel_new(r) = (struct opc_rel){
        .id = arena_copy(r->arena, id),
        .type = arena_copy(r->arena, bytes_trim(type)),
        .target = arena_copy(r->arena, bytes_trim(target)),
        .external = bytes_equal_fold(value(tag, BYTES("TargetMode")), BYTES("External")),
    };
    return OK;
}

enum err opc_rels_read(struct arena *a, struct xml *x, struct bytes part, struct opc_rel **ret_rels,
                       size_t *ret_count, struct fault *why)
{
    static const struct xml_handler handler = {.start = rels_start};
    struct reading r = {.arena = a, .ns = xml_ns_of(x, BYTES(RELS_URI))};

    map_init(&r.ids, a);
    TRY(xml_read(x, &handler, &r, part, why));
    *ret_rels = r.rels;
    *ret_count = r.count;
    return OK;
}

static size_t last_slash(struct bytes name)
{
    size_t at = name.len;

    while (at > 0 && name.at[at - 1] != '/')
        at--;
    return at;
}

struct bytes opc_rels_name(struct arena *a, struct bytes part)
{
    size_t cut = last_slash(part);
    uint8_t *name = arena_alloc(a, part.len + 12);
    size_t len = 0;

    if (cut > 0)
        memcpy(name, part.at, cut);
    len = cut;
    memcpy(name + len, "_rels/", 6);
    len += 6;
    if (part.len > cut)
        memcpy(name + len, part.at + cut, part.len - cut);
    len += part.len - cut;
    memcpy(name + len, ".rels", 5);
    return (struct bytes){name, len + 5};
}

struct bytes opc_name_extension(struct bytes name)
{
    size_t at = name.len, start = last_slash(name);

    while (at > start && name.at[at - 1] != '.')
        at--;
    return at > start ? bytes_from(name, at) : (struct bytes){0};
}

static int hex(uint8_t c)
{
    return c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

/* One character of a name: percent-encoded bytes are decoded unless they would be a separator or a control. */
static bool take_char(struct bytes in, size_t *at, uint8_t *ret_c)
{
    uint8_t c = in.at[(*at)++];

    if (c == '%' && in.len - *at >= 2 && hex(in.at[*at]) >= 0 && hex(in.at[*at + 1]) >= 0) {
        c = (uint8_t)(hex(in.at[*at]) << 4 | hex(in.at[*at + 1]));
        *at += 2;
        if (c == '/' || c == '\\' || c == '%')
            return false;
    } else if (c == '\\') {
        c = '/';
    }
    *ret_c = c;
    return c >= 0x20 && c != 0x7f && c != ':';
}

/* Put a segment behind a name: "." is nothing, ".." takes one away. */
static bool put_segment(uint8_t *name, size_t *len, struct bytes segment)
{
    if (segment.len == 0 || bytes_equal(segment, BYTES(".")))
        return true;
    if (bytes_equal(segment, BYTES(".."))) {
        if (*len == 0)
            return false;
        *len = last_slash((struct bytes){name, *len});
        if (*len > 0)
            (*len)--;
        return true;
    }
    if (*len > 0)
        name[(*len)++] = '/';
    memmove(name + *len, segment.at, segment.len);
    *len += segment.len;
    return true;
}

bool opc_name_resolve(struct arena *a, struct bytes base, struct bytes target, struct bytes *ret_name)
{
    size_t cut = target.len > 0 && (target.at[0] == '/' || target.at[0] == '\\') ? 0 : last_slash(base);
    uint8_t *name = arena_alloc(a, cut + target.len + 2), *segment = arena_alloc(a, target.len + 1);
    size_t len = cut > 0 ? cut - 1 : 0, segment_len = 0;

    if (len > 0)
        memcpy(name, base.at, len);
    for (size_t at = 0; at < target.len;) {
        uint8_t c = 0;

        if (!take_char(target, &at, &c))
            return false;
        if (c != '/') {
            segment[segment_len++] = c;
            continue;
        }
        if (!put_segment(name, &len, (struct bytes){segment, segment_len}))
            return false;
        segment_len = 0;
    }
    if (segment_len == 0 || !put_segment(name, &len, (struct bytes){segment, segment_len}) || len == 0)
        return false;
    *ret_name = (struct bytes){name, len};
    return true;
}

struct bytes opc_name_relative(struct arena *a, struct bytes base, struct bytes name)
{
    size_t same = 0, ups = 0, len = 0, folder = last_slash(base);
    uint8_t *out;

    for (size_t i = 0; i < folder && i < name.len && base.at[i] == name.at[i]; i++)
        if (base.at[i] == '/')
            same = i + 1;
    for (size_t i = same; i < folder; i++)
        ups += base.at[i] == '/';
    out = arena_alloc(a, ups * 3 + name.len + 1);
    for (size_t i = 0; i < ups; i++, len += 3)
        memcpy(out + len, "../", 3);
    memcpy(out + len, name.at + same, name.len - same);
    return (struct bytes){out, len + name.len - same};
}
