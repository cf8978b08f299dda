#include "sanitize/ooxml_package.h"

#include "sanitize/ooxml_formula.h"
#include "sanitize/ooxml_picture.h"
#include "sanitize/ooxml_rels.h"

/* White metafiles and bitmaps of some MiB pack 1:300 and better, so the ratio is judged later than in archives;
 * the budget of unpacked bytes bounds what lies below. */
enum { PART_WHOLE_MAX = 256 << 20, RATIO_FROM = 16 << 20 };

static enum err wrong(const char *rule, const char *text, struct fault *why)
{
    return fault_set(why, ERR_MALFORMED, "O01", rule, 0, "%s", text);
}

/* ---- entries ---- */

static bool is_piece(struct bytes name)
{
    return bytes_ends(name, BYTES(".piece")) && bytes_find(name, BYTES("/["), 0) != SIZE_MAX;
}

static enum err take_entry(struct ooxml_package *p, const struct zip_entry *e, struct fault *why)
{
    struct arena *a = p->c->arena;
    struct bytes name;
    void **at;

    TRY(clean_spend_entry(p->c, why));
    if (e->encrypted)
        return fault_set(why, ERR_DENIED, "G07", "APPNOTE 4.4.4", (size_t)e->at, "an encrypted entry");
    if (e->kind == ZIP_FOLDER)
        return OK;
    if (is_piece(e->name))
        return fault_set(why, ERR_DENIED, "O01", "ECMA-376-2 9.1.4", (size_t)e->at, "a part in pieces");
    if (e->kind != ZIP_FILE || !opc_name_resolve(a, (struct bytes){0}, e->name, &name)) {
        clean_found(p->c, ROW_O03, ACT_REMOVED, "%.*s", (int)e->name.len, (const char *)e->name.at);
        return OK;
    }
    if (bytes_find_byte(e->name, '\\', 0) != SIZE_MAX)
        clean_found(p->c, ROW_O01, ACT_REBUILT, "%.*s", (int)e->name.len, (const char *)e->name.at);
    at = map_at(&p->entries, opc_name_key(a, name));
    if (*at != NULL)
        return wrong("ECMA-376-2 9.1.1.1", "two parts with one name", why);
    *at = (void *)(uintptr_t)e;
    return OK;
}

static const struct zip_entry *entry_of(const struct ooxml_package *p, struct bytes name)
{
    return map_get(&p->entries, opc_name_key(p->c->arena, name));
}

static enum err spend(struct ooxml_package *p, const struct zip_entry *e, struct fault *why)
{
    uint32_t ratio = p->c->profile->limits.ratio;

    if (ratio > 0 && e->size > RATIO_FROM && e->size / ratio > e->packed.len)
        return fault_set(why, ERR_LIMIT, "G06", "profile limit ratio", (size_t)e->at, "an entry packed tighter than 1:%u",
                         ratio);
    return clean_spend_unpacked(p->c, e->size, why);
}

enum err ooxml_package_read(struct ooxml_package *p, const struct zip_entry *e, struct bytes *ret_content,
                            struct fault *why)
{
    TRY(spend(p, e, why));
    return zip_entry_read(&p->zip, e, &p->scratch, ret_content, why);
}

enum err ooxml_package_stream(struct ooxml_package *p, const struct zip_entry *e, deflate_put_fn *put, void *ctx,
                              struct fault *why)
{
    TRY(spend(p, e, why));
    return zip_entry_stream(&p->zip, e, put, ctx, why);
}

/* ---- names in the output ---- */

static bool plain_name(struct bytes name)
{
    for (size_t i = 0; i < name.len; i++) {
        uint8_t c = name.at[i];

        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
              c == '.' || c == '/'))
            return false;
    }
    return name.len < 200 && bytes_find_fold(name, BYTES("_rels/"), 0) == SIZE_MAX && name.at[0] != '.';
}

static bool name_free(struct ooxml_package *p, struct bytes name)
{
    void **at = map_at(&p->names_out, opc_name_key(p->c->arena, name));

    if (*at != NULL)
        return false;
    *at = p;
    return true;
}

/* A part keeps its name when that is plain and ends as its kind should; else it gets another one. */
static struct bytes name_out(struct ooxml_package *p, struct bytes name, const char *const *endings)
{
    struct bytes extension = opc_name_extension(name);
    bool fits = false;

    for (size_t i = 0; endings[i] != NULL; i++)
        fits = fits || bytes_equal_fold(extension, bytes_of(endings[i]));
    if (plain_name(name) && fits && name_free(p, name))
        return name;
    if (plain_name(name) && extension.len > 0) {
        struct bytes stem = bytes_part(name, 0, name.len - extension.len - 1);
        char *other = arena_printf(p->c->arena, "%.*s.%s", (int)stem.len, (const char *)stem.at, endings[0]);

        if (name_free(p, bytes_of(other)))
            return bytes_of(other);
    }
    for (;;) {
        char *other = arena_printf(p->c->arena, "parts/part%u.%s", ++p->renamed, endings[0]);

        if (name_free(p, bytes_of(other)))
            return bytes_of(other);
    }
}

static const char *const *endings_of(enum type picture)
{
    static const char *const xml[] = {"xml", "vml", NULL}, *const png[] = {"png", NULL};
    static const char *const jpeg[] = {"jpeg", "jpg", "jpe", "jfif", NULL}, *const gif[] = {"gif", NULL};
    static const char *const bmp[] = {"bmp", "dib", NULL}, *const tiff[] = {"tiff", "tif", NULL};
    static const char *const webp[] = {"webp", NULL};

    switch (picture) {
    case TYPE_png:
        return png;
    case TYPE_jpeg:
        return jpeg;
    case TYPE_gif:
        return gif;
    case TYPE_bmp:
        return bmp;
    case TYPE_tiff:
        return tiff;
    case TYPE_webp:
        return webp;
    default:
        return xml;
    }
}

/* ---- parts ---- */

static struct ooxml_part *part_new(struct ooxml_package *p, struct bytes name, const struct zip_entry *e)
{
    struct ooxml_part *part = ARENA_NEW(p->c->arena, struct ooxml_part);

    part->name = name;
    part->entry = e;
    map_init(&part->rel_by_id, p->c->arena);
    return part;
}

static void part_keep(struct ooxml_package *p, struct ooxml_part *part)
{
    if (p->part_count == p->part_cap) {
        size_t cap = p->part_cap == 0 ? 64 : p->part_cap * 2;
        struct ooxml_part **more = arena_array(p->c->arena, cap, sizeof(struct ooxml_part *));

        if (p->part_count > 0)
            memcpy(more, p->parts, p->part_count * sizeof(struct ooxml_part *));
        p->parts = more;
        p->part_cap = cap;
    }
    p->parts[p->part_count++] = part;
}

static enum err make_picture(struct ooxml_package *p, struct ooxml_part *part, bool *ret_keep, struct fault *why)
{
    struct bytes content;
    enum type type = TYPE_unknown;

    part->kind = OOXML_IMAGE;
    *ret_keep = !p->text_only;
    if (p->text_only)
        return OK;
    TRY(ooxml_package_read(p, part->entry, &content, why));
    TRY(ooxml_picture_clean(p, part, content, &part->picture, &type, ret_keep, why));
    if (!*ret_keep)
        return OK;
    part->type_out = bytes_of(ooxml_picture_mime(type));
    part->name_out = name_out(p, part->name, endings_of(type));
    return OK;
}

/* The part a kept relationship leads to; made at first sight.  A part is one kind only. */
static enum err reach(struct ooxml_package *p, struct bytes name, const struct zip_entry *e,
                      const struct ooxml_rels_verdict *v, struct ooxml_part **ret_part, struct fault *why)
{
    void **at = map_at(&p->part_by_name, opc_name_key(p->c->arena, name));
    struct ooxml_part *part = *at;
    bool keep = true;

    *ret_part = NULL;
    if (part != NULL) {
        bool gone = part->kind == OOXML_IMAGE && part->picture.len == 0;

        *ret_part = part->kind == v->kind && !gone ? part : NULL;
        return OK;
    }
    part = part_new(p, name, e);
    *at = part;
    if (v->what == OOXML_RELS_PICTURE) {
        TRY(make_picture(p, part, &keep, why));
    } else {
        part->kind = v->kind;
        part->type_out = bytes_of(v->type_out);
        part->name_out = name_out(p, name, endings_of(TYPE_unknown));
    }
    if (!keep)
        return OK;
    part_keep(p, part);
    *ret_part = part;
    return OK;
}

static void rel_found(struct ooxml_package *p, const struct ooxml_part *from, enum row row, enum act act,
                      const struct ooxml_rel *r)
{
    struct bytes shown = bytes_part(r->target, 0, 100);
    struct bytes place = from->name.len > 0 ? from->name : BYTES("package");

    if (row == ROW_COUNT) /* ooxml_part.def: nothing to tell */
        return;
    if (p->text_only)
        return;
    clean_found(p->c, row, act, "%.*s: %.*s %.*s", (int)place.len, (const char *)place.at,
                (int)r->type_name.len, (const char *)r->type_name.at, (int)shown.len, (const char *)shown.at);
}

/* http, https and mailto; a place in the document itself begins with '#'. */
static bool address_allowed(const struct ooxml_package *p, struct bytes address, bool external, bool *ret_place)
{
    *ret_place = address.len > 0 && address.at[0] == '#' && ooxml_formula_link(address, false);
    return *ret_place ||
           (external && ooxml_formula_link(address, profile_choice(p->c->profile, ROW_O11) != CHOICE_REMOVE));
}

static enum err walk_rel(struct ooxml_package *p, struct ooxml_part *from, const struct opc_rel *raw,
                         struct ooxml_rel *r, struct fault *why)
{
    struct arena *a = p->c->arena;
    struct bytes target = raw->target, name = {0};
    size_t fragment = bytes_find_byte(target, '#', 0);
    const struct zip_entry *e = NULL;
    struct ooxml_rels_verdict v;
    bool place;

    *r = (struct ooxml_rel){.id = raw->id, .type = raw->type, .target = raw->target, .external = raw->external};
    if (fragment != SIZE_MAX)
        target = bytes_part(target, 0, fragment);
    if (!raw->external && opc_name_resolve(a, from->name, target, &name)) {
        *map_at(&p->touched, opc_name_key(a, name)) = p;
        e = entry_of(p, name);
    }
    v = ooxml_rels_judge(from, raw->type, opc_types_of(&p->types, name), raw->external, &r->type_name);
    if (v.what == OOXML_RELS_LINK) {
        r->kept = address_allowed(p, raw->target, raw->external, &place);
        if (!place)
            rel_found(p, from, ROW_O11, r->kept ? ACT_KEPT : ACT_REMOVED, r);
        return OK;
    }
    if (v.what != OOXML_RELS_DROP && e != NULL && ooxml_rels_comments(v.kind)) {
        bool keep = profile_choice(p->c->profile, ROW_O21) != CHOICE_REMOVE;

        rel_found(p, from, ROW_O21, keep ? ACT_KEPT : ACT_REMOVED, r);
        if (!keep)
            return OK;
    }
    if (v.what == OOXML_RELS_DROP && v.row == ROW_O10 && profile_choice(p->c->profile, ROW_O10) == CHOICE_REFUSE)
        return fault_set(why, ERR_DENIED, "O10", "profile", 0, "an embedded object");
    if (v.what == OOXML_RELS_DROP || e == NULL) {
        rel_found(p, from, v.what == OOXML_RELS_DROP ? v.row : ROW_O04, ACT_REMOVED, r);
        return OK;
    }
    TRY(reach(p, name, e, &v, &r->part, why));
    r->kept = r->part != NULL;
    return OK;
}

/* Read the relationships of a part and follow the ones that stay. */
static enum err walk_part(struct ooxml_package *p, struct ooxml_part *part, struct fault *why)
{
    const struct zip_entry *e = entry_of(p, opc_rels_name(p->c->arena, part->name));
    struct opc_rel *raw = NULL;
    struct bytes content;

    if (e == NULL || part->kind == OOXML_IMAGE)
        return OK;
    TRY(ooxml_package_read(p, e, &content, why));
    TRY(opc_rels_read(p->c->arena, p->x, content, &raw, &part->rel_count, why));
    part->rels = arena_array(p->c->arena, part->rel_count, sizeof(*part->rels));
    for (size_t i = 0; i < part->rel_count; i++) {
        TRY(walk_rel(p, part, &raw[i], &part->rels[i], why));
        if (part->rels[i].kept)
            *map_at(&part->rel_by_id, part->rels[i].id) = &part->rels[i];
    }
    return OK;
}

/* Parts that only dropped parts refer to went with these: they are not strays of their own (O03). */
static enum err touch_rest(struct ooxml_package *p, struct fault *why)
{
    struct arena *a = p->c->arena;

    for (size_t i = 0; i < p->touched.count; i++) {
        struct bytes name = p->touched.entries[i].key;
        const struct zip_entry *e;
        struct opc_rel *raw = NULL;
        struct bytes content, target;
        size_t count = 0;

        if (map_get(&p->part_by_name, name) != NULL)
            continue;
        e = entry_of(p, opc_rels_name(a, name));
        if (e == NULL)
            continue;
        TRY(ooxml_package_read(p, e, &content, why));
        if (opc_rels_read(a, p->x, content, &raw, &count, NULL) != OK)
            continue;
        for (size_t k = 0; k < count; k++)
            if (!raw[k].external && opc_name_resolve(a, name, raw[k].target, &target))
                *map_at(&p->touched, opc_name_key(a, target)) = p;
    }
    return OK;
}

static void report_strays(struct ooxml_package *p)
{
    for (size_t i = 0; i < p->entries.count; i++) {
        struct bytes name = p->entries.entries[i].key;

        if (map_get(&p->part_by_name, name) != NULL || map_get(&p->touched, name) != NULL ||
            bytes_ends(name, BYTES(".rels")) || bytes_equal(name, BYTES("[content_types].xml")))
            continue;
        clean_found(p->c, ooxml_rels_stray(opc_types_of(&p->types, name)), ACT_REMOVED, "%.*s", (int)name.len,
                    (const char *)name.at);
    }
}

static void report_zip(struct ooxml_package *p)
{
    if (p->zip.has_prefix || p->zip.has_suffix || p->zip.has_gaps)
        clean_found(p->c, ROW_G04, ACT_REMOVED, "bytes that belong to no part");
    if (p->zip.has_comment)
        clean_found(p->c, ROW_A08, ACT_REMOVED, "comment of the package");
}

/* ---- the main part ---- */

static enum type type_of_main(struct bytes content_type)
{
    static const struct {
        const char *type;
        enum type is;
    } mains[] = {
        {"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", TYPE_docx},
        {"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml", TYPE_dotx},
        {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", TYPE_xlsx},
        {"application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml", TYPE_xltx},
        {"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml", TYPE_pptx},
        {"application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml", TYPE_ppsx},
        {"application/vnd.openxmlformats-officedocument.presentationml.template.main+xml", TYPE_potx},
    };

    for (size_t i = 0; i < countof(mains); i++)
        if (bytes_equal(content_type, bytes_of(mains[i].type)))
            return mains[i].is;
    return TYPE_unknown;
}

static enum err find_main(struct ooxml_package *p, struct fault *why)
{
    enum type type;

    for (size_t i = 0; i < p->root.rel_count && p->main == NULL; i++)
        if (p->root.rels[i].kept)
            p->main = p->root.rels[i].part;
    if (p->main == NULL)
        return wrong("ECMA-376-1 11.3.10, 12.3.23, 13.3.6", "no main part of a known type", why);
    type = type_of_main(p->main->type_out);
    if (type != type_output(p->c->type))
        return fault_set(why, ERR_DENIED, "G01", "content type of the main part", 0, "the main part is %s, not %s",
                         type_name(type, false), type_name(p->c->type, false));
    if (!p->text_only)
        p->c->ret_type = type;
    return OK;
}

/* A package has one main part; others of the kind go. */
static enum err walk_root(struct ooxml_package *p, struct fault *why)
{
    bool have = false;

    TRY(walk_part(p, &p->root, why));
    for (size_t i = 0; i < p->root.rel_count; i++) {
        struct ooxml_rel *r = &p->root.rels[i];

        if (!r->kept)
            continue;
        if (have) {
            r->kept = false;
            rel_found(p, &p->root, ROW_O04, ACT_REMOVED, r);
        }
        have = true;
    }
    if (p->part_count > 1)
        p->part_count = 1;
    return find_main(p, why);
}

static enum err read_types(struct ooxml_package *p, struct fault *why)
{
    const struct zip_entry *e = entry_of(p, BYTES("[Content_Types].xml"));
    struct bytes content;

    if (e == NULL)
        return wrong("ECMA-376-2 10.1.2", "no content types", why);
    TRY(ooxml_package_read(p, e, &content, why));
    TRY(opc_types_read(p->c->arena, p->x, content, &p->types, why));
    if (p->types.twice)
        clean_found(p->c, ROW_O02, ACT_REBUILT, "[Content_Types].xml");
    return OK;
}

enum err ooxml_package_open(struct ooxml_package *p, struct clean *c, struct bytes in, bool text_only,
                            struct fault *why)
{
    struct arena *a = c->arena;

    *p = (struct ooxml_package){.c = c, .text_only = text_only};
    p->x = xml_new(a, &(struct xml_options){.row = "O19"});
    buf_init(&p->scratch, PART_WHOLE_MAX);
    map_init(&p->entries, a);
    map_init(&p->part_by_name, a);
    map_init(&p->names_out, a);
    map_init(&p->touched, a);
    map_init(&p->root.rel_by_id, a);
    TRY(zip_open(a, in, c->budget->entries, &p->zip, why));
    for (size_t i = 0; i < p->zip.count; i++)
        TRY(take_entry(p, &p->zip.entries[i], why));
    TRY(read_types(p, why));
    TRY(walk_root(p, why));
    for (size_t i = 0; i < p->part_count; i++)
        TRY(walk_part(p, p->parts[i], why));
    if (text_only)
        return OK;
    TRY(touch_rest(p, why));
    report_strays(p);
    report_zip(p);
    return OK;
}

void ooxml_package_done(struct ooxml_package *p)
{
    zip_close(&p->zip);
    buf_done(&p->scratch);
}

const struct ooxml_rel *ooxml_package_rel(const struct ooxml_part *part, struct bytes id)
{
    return map_get(&part->rel_by_id, id);
}

struct ooxml_part *ooxml_package_kind(const struct ooxml_package *p, enum ooxml_kind kind)
{
    for (size_t i = 0; i < p->part_count; i++)
        if (p->parts[i]->kind == kind)
            return p->parts[i];
    return NULL;
}
