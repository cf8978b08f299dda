#include "sanitize/ooxml_rels.h"

#define OFFICE "office"
#define PACKAGE "package"
#define MS ""

struct part_row {
    enum ooxml_kind kind;
    const char *base, *rel, *type, *type_out;
};
struct drop_row {
    const char *base, *rel;
    enum row row;
};
struct type_row {
    const char *type;
    enum row row;
};

#define KIND(id)

static const struct part_row part_rows[] = {
#define PART(kind, base, rel, type, type_out) {OOXML_##kind, base, rel, type, type_out},
#define DROP(base, rel, row)
#define FORBIDDEN(type, row)
#include "sanitize/ooxml_part.def"
#undef PART
#undef DROP
#undef FORBIDDEN
};

static const struct drop_row drop_rows[] = {
#define PART(kind, base, rel, type, type_out)
#define DROP(base, rel, row) {base, rel, ROW_##row},
#define FORBIDDEN(type, row)
#include "sanitize/ooxml_part.def"
#undef PART
#undef DROP
#undef FORBIDDEN
};

static const struct type_row type_rows[] = {
#define PART(kind, base, rel, type, type_out)
#define DROP(base, rel, row)
#define FORBIDDEN(type, row) {type, ROW_##row},
#include "sanitize/ooxml_part.def"
#undef PART
#undef DROP
#undef FORBIDDEN
};

/* A relationship type is a base and a name. */
struct rel_type {
    struct bytes base, name;
};

static struct rel_type split(struct bytes type)
{
    static const struct {
        const char *uri, *base;
    } bases[] = {{"http://schemas.openxmlformats.org/officeDocument/2006/relationships/", OFFICE},
                 {"http://purl.oclc.org/ooxml/officeDocument/relationships/", OFFICE},
                 {"http://schemas.openxmlformats.org/package/2006/relationships/", PACKAGE}};
    struct bytes ms = BYTES("http://schemas.microsoft.com/office/"), middle = BYTES("/relationships/");
    size_t at;

    for (size_t i = 0; i < countof(bases); i++)
        if (bytes_starts(type, bytes_of(bases[i].uri)))
            return (struct rel_type){bytes_of(bases[i].base), bytes_from(type, strlen(bases[i].uri))};
    at = bytes_find(type, middle, 0);
    if (!bytes_starts(type, ms) || at == SIZE_MAX || at < ms.len)
        return (struct rel_type){{0}, type};
    return (struct rel_type){bytes_part(type, ms.len, at - ms.len), bytes_from(type, at + middle.len)};
}

static bool is(struct rel_type t, const char *base, const char *name)
{
    return bytes_equal(t.base, bytes_of(base)) && bytes_equal(t.name, bytes_of(name));
}

enum row ooxml_rels_stray(struct bytes content_type)
{
    for (size_t i = 0; i < countof(type_rows); i++)
        if (bytes_equal_fold(content_type, bytes_of(type_rows[i].type)))
            return type_rows[i].row;
    return ROW_O03;
}

static struct ooxml_rels_verdict dropped(enum row row)
{
    return (struct ooxml_rels_verdict){.what = OOXML_RELS_DROP, .row = row};
}

static struct ooxml_rels_verdict judge_external(struct rel_type t)
{
    if (is(t, OFFICE, "hyperlink"))
        return (struct ooxml_rels_verdict){.what = OOXML_RELS_LINK};
    for (size_t i = 0; i < countof(drop_rows); i++)
        if (is(t, drop_rows[i].base, drop_rows[i].rel) && drop_rows[i].row == ROW_O16)
            return dropped(ROW_O16);
    return dropped(ROW_O11);
}

static struct ooxml_rels_verdict judge_part(struct rel_type t, struct bytes content_type)
{
    enum row row;

    for (size_t i = 0; i < countof(part_rows); i++)
        if (is(t, part_rows[i].base, part_rows[i].rel) && bytes_equal_fold(content_type, bytes_of(part_rows[i].type)))
            return (struct ooxml_rels_verdict){OOXML_RELS_PART, part_rows[i].kind, part_rows[i].type_out, ROW_O04};
    for (size_t i = 0; i < countof(drop_rows); i++)
        if (is(t, drop_rows[i].base, drop_rows[i].rel))
            return dropped(drop_rows[i].row);
    row = ooxml_rels_stray(content_type);
    return dropped(row == ROW_O03 ? ROW_O04 : row);
}

struct ooxml_rels_verdict ooxml_rels_judge(const struct ooxml_part *from, struct bytes type, struct bytes content_type,
                                           bool external, struct bytes *ret_name)
{
    struct rel_type t = split(type);
    bool at_root = from->kind == OOXML_NONE;
    struct ooxml_rels_verdict v;

    *ret_name = t.name;
    if (external)
        return judge_external(t);
    if (is(t, OFFICE, "image") && !at_root)
        return (struct ooxml_rels_verdict){OOXML_RELS_PICTURE, OOXML_IMAGE, NULL, ROW_O20};
    if (is(t, OFFICE, "hyperlink"))
        return (struct ooxml_rels_verdict){.what = OOXML_RELS_LINK};
    v = judge_part(t, content_type);
    if (v.what == OOXML_RELS_PART && at_root != is(t, OFFICE, "officeDocument"))
        return dropped(ROW_O04);
    return v;
}

bool ooxml_rels_comments(enum ooxml_kind kind)
{
    switch (kind) {
    case OOXML_WORD_COMMENTS:
    case OOXML_WORD_COMMENT_DATA:
    case OOXML_SHEET_COMMENTS:
    case OOXML_SHEET_PERSONS:
    case OOXML_SLIDE_COMMENTS:
    case OOXML_SLIDE_AUTHORS:
        return true;
    default:
        return false;
    }
}
