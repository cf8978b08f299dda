#include "inspect/sniff_zip.h"

#include "format/xml.h"
#include "format/zip.h"

enum { ENTRIES_MAX = 100000, ARENA = 96 << 20, PART_MAX = 4 << 20 };

struct kind {
    const char *mark;
    enum type type;
};

/* Content types of main parts, without the common "application/vnd." */
static const struct kind main_parts[] = {
    {"openxmlformats-officedocument.wordprocessingml.document.main+xml", TYPE_docx},
    {"ms-word.document.macroEnabled.main+xml", TYPE_docm},
    {"openxmlformats-officedocument.wordprocessingml.template.main+xml", TYPE_dotx},
    {"ms-word.template.macroEnabledTemplate.main+xml", TYPE_dotm},
    {"openxmlformats-officedocument.spreadsheetml.sheet.main+xml", TYPE_xlsx},
    {"ms-excel.sheet.macroEnabled.main+xml", TYPE_xlsm},
    {"openxmlformats-officedocument.spreadsheetml.template.main+xml", TYPE_xltx},
    {"ms-excel.template.macroEnabled.main+xml", TYPE_xltm},
    {"ms-excel.addin.macroEnabled.main+xml", TYPE_xlam},
    {"ms-excel.sheet.binary.macroEnabled.main", TYPE_xlsb},
    {"openxmlformats-officedocument.presentationml.presentation.main+xml", TYPE_pptx},
    {"ms-powerpoint.presentation.macroEnabled.main+xml", TYPE_pptm},
    {"openxmlformats-officedocument.presentationml.slideshow.main+xml", TYPE_ppsx},
    {"ms-powerpoint.slideshow.macroEnabled.main+xml", TYPE_ppsm},
    {"openxmlformats-officedocument.presentationml.template.main+xml", TYPE_potx},
    {"ms-powerpoint.template.macroEnabled.main+xml", TYPE_potm},
    {"ms-powerpoint.addin.macroEnabled.main+xml", TYPE_ppam},
    {"openxmlformats-officedocument.themeManager+xml", TYPE_thmx},
    {"ms-office.themeManager+xml", TYPE_thmx},
    {"ms-visio.drawing.main+xml", TYPE_vsdx},
    {"ms-visio.drawing.macroEnabled.main+xml", TYPE_vsdx},
    {"ms-visio.template.main+xml", TYPE_vsdx},
    {"ms-visio.template.macroEnabled.main+xml", TYPE_vsdx},
    {"ms-visio.stencil.main+xml", TYPE_vsdx},
    {"ms-visio.stencil.macroEnabled.main+xml", TYPE_vsdx},
};

/* Content of the entry "mimetype", longest first where one begins another. */
static const struct kind mimetypes[] = {
    {"application/vnd.oasis.opendocument.text", TYPE_odt},
    {"application/vnd.oasis.opendocument.spreadsheet", TYPE_ods},
    {"application/vnd.oasis.opendocument.presentation", TYPE_odp},
    {"application/vnd.oasis.opendocument.graphics", TYPE_odg},
    {"application/vnd.oasis.opendocument.base", TYPE_odb},
    {"application/vnd.oasis.opendocument.database", TYPE_odb},
    {"application/vnd.oasis.opendocument.", TYPE_odf},
    {"application/vnd.sun.xml.", TYPE_sxw},
    {"application/epub+zip", TYPE_epub},
};

/* An entry of this name makes the archive something to be run or read by a program of its own. */
static const struct kind entries[] = {
    {"AppxManifest.xml", TYPE_jar},   {"AppxMetadata/AppxBundleManifest.xml", TYPE_jar},
    {"AndroidManifest.xml", TYPE_jar}, {"classes.dex", TYPE_jar},
    {"META-INF/MANIFEST.MF", TYPE_jar}, {"extension.vsixmanifest", TYPE_jar},
    {"META-INF/container.xml", TYPE_epub}, {"FixedDocSeq.fdseq", TYPE_xps},
    {"FixedDocumentSequence.fdseq", TYPE_xps},
};

struct opc {
    struct arena *arena;
    struct bytes target;  /* of the relationship to the main part, without a leading slash */
    bool fixed;           /* an XPS relationship was seen */
    enum type by_part;    /* by the Override of the target */
    enum type by_default; /* by the Default of its ending */
    enum type any;        /* of any part: for packages whose relationships are wrong */
};

static struct bytes attr(const struct xml_tag *tag, const char *local)
{
    for (size_t i = 0; i < tag->attr_count; i++)
        if (bytes_equal(tag->attrs[i].name->qname, bytes_of(local)))
            return tag->attrs[i].value;
    return (struct bytes){0};
}

static enum type main_part_type(struct bytes content_type)
{
    struct bytes head = BYTES("application/vnd.");

    if (!bytes_starts_fold(content_type, head))
        return TYPE_unknown;
    for (size_t i = 0; i < countof(main_parts); i++)
        if (bytes_equal_fold(bytes_from(content_type, head.len), bytes_of(main_parts[i].mark)))
            return main_parts[i].type;
    return TYPE_unknown;
}

static enum err see_relation(void *ctx, struct xml_tag *tag, struct fault *why)
{
    struct opc *o = ctx;
    struct bytes type = attr(tag, "Type"), target = attr(tag, "Target");

    (void)why;
    o->fixed |= bytes_ends(type, BYTES("/fixedrepresentation"));
    if (o->target.len > 0 || !(bytes_ends(type, BYTES("/officeDocument")) || bytes_ends(type, BYTES("/2010/relationships/document"))))
        return OK;
    while (target.len > 0 && (target.at[0] == '/' || target.at[0] == '.'))
        target = bytes_from(target, 1);
    o->target = arena_copy(o->arena, target);
    return OK;
}

static enum err see_content_type(void *ctx, struct xml_tag *tag, struct fault *why)
{
    struct opc *o = ctx;
    struct bytes part = attr(tag, "PartName"), ending = attr(tag, "Extension");
    enum type type = main_part_type(attr(tag, "ContentType"));

    (void)why;
    if (type == TYPE_unknown)
        return OK;
    if (part.len > 1 && bytes_equal_fold(bytes_from(part, 1), o->target))
        o->by_part = type;
    if (ending.len > 0 && o->target.len > ending.len && o->target.at[o->target.len - ending.len - 1] == '.' &&
        bytes_equal_fold(bytes_from(o->target, o->target.len - ending.len), ending))
        o->by_default = type;
    if (o->any == TYPE_unknown)
        o->any = type;
    return OK;
}

/* Feed one part to a handler; what is wrong with it is for others to say. */
static void read_part(struct zip *z, struct xml *x, const char *name, const struct xml_handler *h, struct opc *o)
{
    const struct zip_entry *e = zip_find(z, bytes_of(name));
    struct buf scratch;
    struct bytes part;

    buf_init(&scratch, PART_MAX);
    if (e != NULL && zip_entry_read(z, e, &scratch, &part, NULL) == OK)
        (void)!xml_read(x, h, o, part, NULL);
    buf_done(&scratch);
}

static enum type package_type(struct zip *z, struct arena *a)
{
    static const struct xml_handler relations = {.start = see_relation}, types = {.start = see_content_type};
    struct opc o = {.arena = a, .by_part = TYPE_unknown, .by_default = TYPE_unknown, .any = TYPE_unknown};
    struct xml *x = xml_new(a, &(struct xml_options){0});

    read_part(z, x, "_rels/.rels", &relations, &o);
    read_part(z, x, "[Content_Types].xml", &types, &o);
    if (o.by_part != TYPE_unknown)
        return o.by_part;
    if (o.by_default != TYPE_unknown)
        return o.by_default;
    return o.any == TYPE_unknown && o.fixed ? TYPE_xps : o.any;
}

static enum type mimetype_type(struct zip *z)
{
    const struct zip_entry *e = zip_find(z, BYTES("mimetype"));
    enum type type = TYPE_unknown;
    struct buf scratch;
    struct bytes content;

    buf_init(&scratch, 256);
    if (e != NULL && zip_entry_read(z, e, &scratch, &content, NULL) == OK)
        for (size_t i = 0; i < countof(mimetypes) && type == TYPE_unknown; i++)
            if (bytes_starts(bytes_trim(content), bytes_of(mimetypes[i].mark)))
                type = mimetypes[i].type;
    buf_done(&scratch);
    return type;
}

static enum type opened_type(struct zip *z, struct arena *a, enum type claimed)
{
    enum type type = mimetype_type(z);

    for (size_t i = 0; i < 2 && type == TYPE_unknown; i++)
        if (zip_find(z, bytes_of(entries[i].mark)) != NULL)
            type = entries[i].type;
    if (type == TYPE_unknown && zip_find(z, BYTES("[Content_Types].xml")) != NULL)
        type = package_type(z, a);
    for (size_t i = 0; i < countof(entries) && type == TYPE_unknown; i++)
        if (zip_find(z, bytes_of(entries[i].mark)) != NULL)
            type = entries[i].type;
    if (type != TYPE_unknown)
        return type;
    if (claimed == TYPE_sxf && z->count > 0)
        return TYPE_sxf; /* .sfz and .p2z are drawings packed */
    if (zip_find(z, BYTES("META-INF/manifest.xml")) != NULL && zip_find(z, BYTES("content.xml")) != NULL)
        return claimed >= TYPE_odt && claimed <= TYPE_sxw ? claimed : TYPE_odf; /* written before "mimetype" was */
    return z->encrypted ? TYPE_zip_locked : TYPE_zip;
}

static bool holds(struct bytes file, const char *part)
{
    return bytes_find(file, bytes_of(part), 0) != SIZE_MAX;
}

/* The container breaks the rules: what it wants to be, so that the refusal names the rule and not the name. */
static enum type broken_type(struct bytes file, enum type claimed)
{
    static const struct {
        const char *folder;
        enum type first, last, usual;
    } folders[] = {
        {"word/", TYPE_docx, TYPE_dotm, TYPE_docx},
        {"xl/", TYPE_xlsx, TYPE_xltm, TYPE_xlsx},
        {"ppt/", TYPE_pptx, TYPE_potm, TYPE_pptx},
    };

    if (!holds(file, "[Content_Types].xml"))
        return claimed >= TYPE_odt && claimed <= TYPE_epub && holds(file, "mimetype") ? claimed : TYPE_zip;
    for (size_t i = 0; i < countof(folders); i++)
        if (claimed >= folders[i].first && claimed <= folders[i].last && holds(file, folders[i].folder))
            return claimed;
    for (size_t i = 0; i < countof(folders); i++)
        if (holds(file, folders[i].folder))
            return folders[i].usual;
    return TYPE_zip;
}

enum type sniff_zip_type(struct bytes file, struct bytes name)
{
    size_t dot = bytes_find_last(name, BYTES("."));
    enum type claimed = dot == SIZE_MAX ? TYPE_unknown : type_by_extension(bytes_from(name, dot + 1)), type;
    struct fault why = {0};
    struct arena a;
    struct zip z;

    arena_init(&a, ARENA);
    if (zip_open(&a, file, ENTRIES_MAX, &z, &why) == OK) {
        type = opened_type(&z, &a, claimed);
        zip_close(&z);
    } else {
        type = why.code == ERR_DENIED ? TYPE_zip_locked : broken_type(file, claimed);
    }
    arena_done(&a);
    return type;
}
