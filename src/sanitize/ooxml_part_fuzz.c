/* The promises of the sanitizer, with one part of a sound package replaced by strangers' bytes.
 *
 * What the bytes look like chooses the part; a fuzzer that had to make a ZIP archive would never reach the filter. */
#include <stdint.h>
#include <stdlib.h>

#include "format/zip_write.h"
#include "sanitize/promise.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define OD "application/vnd.openxmlformats-officedocument."
#define SHEET "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

/* A package of two parts: the main one, and one that it refers to as rId1 (and that refers to a link as rId1). */
struct shape {
    enum type type;
    const char *main, *main_type, *leaf, *kind, *leaf_type;
    const char *main_xml; /* NULL: the input is the main part and the leaf is empty XML */
};

static const struct shape shapes[] = {
    {TYPE_docx, "word/document.xml", OD "wordprocessingml.document.main+xml", "word/footnotes.xml", "footnotes",
     OD "wordprocessingml.footnotes+xml", NULL},
    {TYPE_xlsx, "xl/workbook.xml", OD "spreadsheetml.sheet.main+xml", "xl/sheet1.xml", "worksheet",
     OD "spreadsheetml.worksheet+xml",
     "<workbook xmlns=\"" SHEET "\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">"
     "<sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"},
    {TYPE_xlsx, "xl/workbook.xml", OD "spreadsheetml.sheet.main+xml", "xl/sheet1.xml", "worksheet",
     OD "spreadsheetml.worksheet+xml", NULL},
    {TYPE_pptx, "ppt/presentation.xml", OD "presentationml.presentation.main+xml", "ppt/slide1.xml", "slide",
     OD "presentationml.slide+xml", "<p:presentation xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\"/>"},
    {TYPE_docx, "word/document.xml", OD "wordprocessingml.document.main+xml", "word/chart1.xml", "chart",
     OD "drawingml.chart+xml",
     "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body/></w:document>"},
};

static enum err put(struct zip_write *z, const char *name, const char *text, struct fault *why)
{
    return zip_write_whole(z, bytes_of(name), bytes_of(text), why);
}

static enum err write_head(struct zip_write *z, const struct shape *s, struct arena *a, struct fault *why)
{
    static const char rels[] = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                               "<Relationship Id=\"rId1\" Type=\"%s%s\" Target=\"/%s\"/>%s</Relationships>";
    const char *link = "<Relationship Id=\"rId2\" Type=\"" OFFICE "hyperlink\" Target=\"https://example.jp/\" "
                       "TargetMode=\"External\"/><Relationship Id=\"rId3\" Type=\"" OFFICE "image\" "
                       "Target=\"file:///x\" TargetMode=\"External\"/>";
    const char *folder_end = strchr(s->main, '/');
    int folder = (int)(folder_end - s->main);

    TRY(put(z, "[Content_Types].xml",
            arena_printf(a, "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default "
                            "Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
                            "<Override PartName=\"/%s\" ContentType=\"%s\"/><Override PartName=\"/%s\" "
                            "ContentType=\"%s\"/></Types>", s->main, s->main_type, s->leaf, s->leaf_type), why));
    TRY(put(z, "_rels/.rels", arena_printf(a, rels, OFFICE, "officeDocument", s->main, ""), why));
    TRY(put(z, arena_printf(a, "%.*s/_rels%s.rels", folder, s->main, s->main + folder),
            arena_printf(a, rels, OFFICE, s->kind, s->leaf, link), why));
    return put(z, arena_printf(a, "%.*s/_rels%s.rels", folder, s->leaf, s->leaf + folder),
               arena_printf(a, rels, OFFICE, "image", "none.png", link), why);
}

static enum err write_package(struct sink *out, const struct shape *s, struct bytes part, struct arena *a,
                              struct fault *why)
{
    struct zip_write z;
    enum err code;

    zip_write_init(&z, out, 0);
    code = write_head(&z, s, a, why);
    if (code == OK)
        code = zip_write_whole(&z, bytes_of(s->main), s->main_xml == NULL ? part : bytes_of(s->main_xml), why);
    if (code == OK)
        code = zip_write_whole(&z, bytes_of(s->leaf), s->main_xml == NULL ? BYTES("<worksheet xmlns=\"" SHEET "\"/>") : part,
                               why);
    if (code == OK)
        code = zip_write_finish(&z, why);
    zip_write_done(&z);
    return code;
}

static const struct shape *shape_of(struct bytes part)
{
    static const struct {
        const char *word;
        size_t shape;
    } words[] = {{"presentationml", 3}, {"<workbook", 2}, {"spreadsheetml", 1}, {"office:excel", 1},
                 {"wordprocessingml", 0}, {"2006/chart", 4}};

    for (size_t i = 0; i < countof(words); i++)
        if (bytes_find(part, bytes_of(words[i].word), 0) != SIZE_MAX)
            return &shapes[words[i].shape];
    return &shapes[0];
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes part = {data, size};
    const struct shape *s = shape_of(part);
    struct arena a;
    struct buf package;
    struct sink sink;
    struct fault why;

    arena_init(&a, 1 << 20);
    buf_init(&package, size + (1 << 20));
    sink = sink_to_buf(&package);
    if (write_package(&sink, s, part, &a, &why) != OK)
        abort();
    (void)promise_check(s->type, clean_ooxml, buf_bytes(&package), "part");
    buf_done(&package);
    arena_done(&a);
    return 0;
}
