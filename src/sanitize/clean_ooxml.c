/* Office documents (ISO/IEC 29500): the package walked, every part filtered or rebuilt, all written afresh. */
#include "format/zip_write.h"
#include "sanitize/ooxml_book.h"
#include "sanitize/ooxml_plan.h"

struct writing {
    struct ooxml_package package;
    struct ooxml_filter filter;
    struct ooxml_book *book;
    struct zip_write zip;
    struct xml_write *w;
};

static enum err put(struct writing *wr, const char *text, struct fault *why)
{
    return xml_write_raw(wr->w, bytes_of(text), why);
}

static enum err put_value(struct writing *wr, const char *name, struct bytes value, struct fault *why)
{
    TRY(put(wr, " ", why));
    TRY(put(wr, name, why));
    TRY(put(wr, "=\"", why));
    TRY(xml_write_value(wr->w, value, why));
    return put(wr, "\"", why);
}

/* Open an entry of our own and give it an XML head. */
static enum err begin(struct writing *wr, struct bytes name, struct sink *sink, struct fault *why)
{
    TRY(zip_write_begin(&wr->zip, name, why));
    *sink = zip_write_sink(&wr->zip);
    return xml_write_begin(wr->w, sink, XML_WRITE_STANDALONE, why);
}

static enum err finish(struct writing *wr, const char *tail, struct fault *why)
{
    TRY(put(wr, tail, why));
    TRY(xml_write_done(wr->w, why));
    return zip_write_end(&wr->zip, why);
}

/* Whether a picture ends as one before it; `seen` learns of it. */
static bool extension_seen(struct map *seen, struct bytes name)
{
    void **at = map_at(seen, opc_name_key(seen->arena, opc_name_extension(name)));

    return TAKE(*at, seen) != NULL;
}

/* Pictures have their type by extension, all others by name (O02). */
static enum err write_types(struct writing *wr, struct fault *why)
{
    struct ooxml_package *p = &wr->package;
    struct sink sink;
    struct map seen;

    map_init(&seen, p->c->arena);
    TRY(begin(wr, BYTES("[Content_Types].xml"), &sink, why));
    TRY(put(wr, "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
                "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                "<Default Extension=\"xml\" ContentType=\"application/xml\"/>", why));
    for (size_t i = 0; i < p->part_count; i++) {
        struct ooxml_part *part = p->parts[i];

        if (part->kind == OOXML_IMAGE && extension_seen(&seen, part->name_out))
            continue;
        TRY(put(wr, part->kind == OOXML_IMAGE ? "<Default" : "<Override", why));
        if (part->kind == OOXML_IMAGE) {
            TRY(put_value(wr, "Extension", opc_name_extension(part->name_out), why));
        } else {
            TRY(put(wr, " PartName=\"/", why));
            TRY(xml_write_value(wr->w, part->name_out, why));
            TRY(put(wr, "\"", why));
        }
        TRY(put_value(wr, "ContentType", part->type_out, why));
        TRY(put(wr, "/>", why));
    }
    return finish(wr, "</Types>", why);
}

static enum err write_rel(struct writing *wr, const struct ooxml_part *from, const struct ooxml_rel *r,
                          struct fault *why)
{
    TRY(put(wr, "<Relationship", why));
    TRY(put_value(wr, "Id", r->id, why));
    TRY(put_value(wr, "Type", r->type, why));
    if (r->part == NULL) {
        TRY(put_value(wr, "Target", r->target, why));
        return put(wr, r->external ? " TargetMode=\"External\"/>" : "/>", why);
    }
    TRY(put_value(wr, "Target", opc_name_relative(wr->package.c->arena, from->name_out, r->part->name_out), why));
    return put(wr, "/>", why);
}

static enum err write_rels(struct writing *wr, const struct ooxml_part *part, struct fault *why)
{
    struct sink sink;
    bool any = false;

    for (size_t i = 0; i < part->rel_count; i++)
        any = any || part->rels[i].kept;
    if (!any)
        return OK;
    TRY(begin(wr, opc_rels_name(wr->package.c->arena, part->name_out), &sink, why));
    TRY(put(wr, "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">", why));
    for (size_t i = 0; i < part->rel_count; i++)
        if (part->rels[i].kept)
            TRY(write_rel(wr, part, &part->rels[i], why));
    return finish(wr, "</Relationships>", why);
}

static enum err write_part(struct writing *wr, struct ooxml_part *part, struct fault *why)
{
    struct sink sink;

    if (part->kind == OOXML_IMAGE)
        return zip_write_whole(&wr->zip, part->name_out, part->picture, why);
    TRY(zip_write_begin(&wr->zip, part->name_out, why));
    sink = zip_write_sink(&wr->zip);
    TRY(ooxml_filter_part(&wr->filter, part, &sink, why));
    TRY(zip_write_end(&wr->zip, why));
    return write_rels(wr, part, why);
}

static enum err write_all(struct writing *wr, struct fault *why)
{
    struct ooxml_plan_lost lost;

    TRY(ooxml_plan(&wr->package, &lost, why));
    wr->filter.shared[OOXML_STATE_SLIDE] = lost.slides ? wr : NULL;
    wr->filter.shared[OOXML_STATE_DRAWING] = lost.pivots ? wr : NULL;
    TRY(ooxml_book_new(&wr->package, &wr->book, why));
    wr->book->scope.pivots_lost = lost.pivots;
    wr->filter.shared[OOXML_STATE_SHEET] = wr->book;
    TRY(write_types(wr, why));
    TRY(write_rels(wr, &wr->package.root, why));
    for (size_t i = 0; i < wr->package.part_count; i++)
        TRY(write_part(wr, wr->package.parts[i], why));
    return zip_write_finish(&wr->zip, why);
}

enum err clean_ooxml(struct clean *c, struct bytes in, struct sink *out, struct fault *why)
{
    struct writing *wr = ARENA_NEW(c->arena, struct writing);
    enum err code = ooxml_package_open(&wr->package, c, in, false, why);

    if (code == OK) {
        ooxml_filter_init(&wr->filter, c, &wr->package);
        wr->w = &wr->filter.w;
        zip_write_init(&wr->zip, out, c->profile->limits.ratio);
        code = write_all(wr, why);
        zip_write_done(&wr->zip);
        if (wr->book != NULL)
            ooxml_book_done(wr->book);
        ooxml_filter_done(&wr->filter);
    }
    ooxml_package_done(&wr->package);
    return code;
}
