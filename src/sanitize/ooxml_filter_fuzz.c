/* The promises of the sanitizer for one part of an Office package: the input is the kind of part (one
 * character) and its XML; the package around it is made here. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "format/zip_write.h"
#include "sanitize/promise.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define OD "application/vnd.openxmlformats-officedocument."
#define REL "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define PKG "http://schemas.openxmlformats.org/package/2006/"
#define W_DOC "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body/></w:document>"
#define X_BOOK                                                                                       \
    "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas." \
    "openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"p\"/></sheets></workbook>"
#define P_PRES "<p:presentation xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\"/>"

struct shape {
    char key;
    enum type type;
    const char *main_type, *main, *rel, *part_type; /* main NULL: the input is the main part */
};

static const struct shape shapes[] = {
    {'w', TYPE_docx, OD "wordprocessingml.document.main+xml", NULL, NULL, NULL},
    {'s', TYPE_docx, OD "wordprocessingml.document.main+xml", W_DOC, "settings", OD "wordprocessingml.settings+xml"},
    {'h', TYPE_docx, OD "wordprocessingml.document.main+xml", W_DOC, "header", OD "wordprocessingml.header+xml"},
    {'c', TYPE_docx, OD "wordprocessingml.document.main+xml", W_DOC, "chart", OD "drawingml.chart+xml"},
    {'b', TYPE_xlsx, OD "spreadsheetml.sheet.main+xml", NULL, NULL, NULL},
    {'x', TYPE_xlsx, OD "spreadsheetml.sheet.main+xml", X_BOOK, "worksheet", OD "spreadsheetml.worksheet+xml"},
    {'v', TYPE_xlsx, OD "spreadsheetml.sheet.main+xml", X_BOOK, "vmlDrawing", OD "vmlDrawing"},
    {'p', TYPE_pptx, OD "presentationml.presentation.main+xml", NULL, NULL, NULL},
    {'d', TYPE_pptx, OD "presentationml.presentation.main+xml", P_PRES, "slide", OD "presentationml.slide+xml"},
};

/* A broken test is as loud as a broken promise. */
static void must(enum err code)
{
    if (code != OK)
        abort();
}

static void put(struct zip_write *w, const char *name, const char *text)
{
    must(zip_write_whole(w, bytes_of(name), bytes_of(text), NULL));
}

static void build(const struct shape *s, struct bytes xml, struct buf *out)
{
    struct sink sink = sink_to_buf(out);
    struct zip_write w;
    struct buf text;

    buf_init(&text, 1 << 16);
    zip_write_init(&w, &sink, 0);
    buf_putf(&text, "<Types xmlns=\"" PKG "content-types\"><Default Extension=\"rels\" ContentType=\"x\"/>"
             "<Override PartName=\"/m/main.xml\" ContentType=\"%s\"/><Override PartName=\"/m/part.xml\" ContentType=\"%s\"/>"
             "</Types>%c", s->main_type, s->part_type == NULL ? "none" : s->part_type, 0);
    put(&w, "[Content_Types].xml", (const char *)text.at);
    put(&w, "_rels/.rels", "<Relationships xmlns=\"" PKG "relationships\"><Relationship Id=\"a\" Type=\"" REL
        "officeDocument\" Target=\"m/main.xml\"/></Relationships>");
    buf_reset(&text);
    buf_putf(&text, "<Relationships xmlns=\"" PKG "relationships\"><Relationship Id=\"p\" Type=\"" REL "%s\" Target=\"part.xml\"/>"
             "<Relationship Id=\"l\" Type=\"" REL "hyperlink\" Target=\"http://example.com/\" TargetMode=\"External\"/>"
             "<Relationship Id=\"i\" Type=\"" REL "image\" Target=\"i.png\"/></Relationships>%c",
             s->rel == NULL ? "none" : s->rel, 0);
    put(&w, "m/_rels/main.xml.rels", (const char *)text.at);
    if (s->main != NULL) {
        put(&w, "m/main.xml", s->main);
        put(&w, "m/_rels/part.xml.rels", (const char *)text.at);
    }
    must(zip_write_whole(&w, s->main == NULL ? BYTES("m/main.xml") : BYTES("m/part.xml"), xml, NULL));
    put(&w, "m/i.png", "no picture");
    must(zip_write_finish(&w, NULL));
    zip_write_done(&w);
    buf_done(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf package;

    for (size_t i = 0; size > 0 && i < countof(shapes); i++) {
        if (data[0] != (uint8_t)shapes[i].key)
            continue;
        buf_init(&package, 64 << 20);
        build(&shapes[i], (struct bytes){data + 1, size - 1}, &package);
        (void)promise_check(shapes[i].type, clean_ooxml, buf_bytes(&package), "part");
        buf_done(&package);
    }
    return 0;
}
