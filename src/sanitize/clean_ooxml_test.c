#include "sanitize/clean.h"

#include "base/test.h"
#include "format/zip.h"
#include "format/zip_write.h"
#include "sanitize/promise.h"

#define W "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define R "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""
#define V "xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\""
#define MC "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\""
#define REL "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define FIELD(kind) "<w:r><w:fldChar w:fldCharType=\"" kind "\"/></w:r>"
#define INSTR(text) "<w:r><w:instrText>" text "</w:instrText></w:r>"
#define TEXT(text) "<w:r><w:t>" text "</w:t></w:r>"

/* A Word document with this body and these relationships, cleaned by a profile. */
struct doc {
    struct arena arena;
    struct buf in, out;
    struct findings found;
    struct fault why;
    enum err code;
    struct bytes body; /* of the output: word/document.xml */
};

static void put(struct zip_write *w, const char *name, const char *text)
{
    CHECK(zip_write_whole(w, bytes_of(name), bytes_of(text), NULL) == OK);
}

static void build(struct doc *d, const char *body, const char *rels)
{
    struct sink sink = sink_to_buf(&d->in);
    struct zip_write w;

    zip_write_init(&w, &sink, 0);
    put(&w, "[Content_Types].xml",
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"png\" "
        "ContentType=\"image/png\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-"
        "officedocument.wordprocessingml.document.main+xml\"/></Types>");
    put(&w, "_rels/.rels",
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"a\" Type=\"" REL
        "officeDocument\" Target=\"word/document.xml\"/></Relationships>");
    put(&w, "word/document.xml",
        arena_printf(&d->arena, "<w:document " W " " R " " V " " MC "><w:body>%s</w:body></w:document>", body));
    put(&w, "word/_rels/document.xml.rels",
        arena_printf(&d->arena, "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">%s</Relationships>",
                     rels));
    put(&w, "word/media/a.png", "not a picture");
    CHECK(zip_write_finish(&w, NULL) == OK);
    zip_write_done(&w);
}

static void take_body(struct doc *d)
{
    struct buf scratch;
    struct bytes content = {0};
    struct zip z;

    buf_init(&scratch, 1 << 24);
    if (d->code == OK && zip_open(&d->arena, buf_bytes(&d->out), 1000, &z, &d->why) == OK) {
        const struct zip_entry *e = zip_find(&z, BYTES("word/document.xml"));

        CHECK(e != NULL && zip_entry_read(&z, e, &scratch, &content, &d->why) == OK);
        d->body = arena_copy(&d->arena, content);
        zip_close(&z);
    }
    buf_done(&scratch);
}

static void doc_run(struct doc *d, const char *body, const char *rels, const struct profile *p)
{
    struct budget budget = {p->limits.unpacked, p->limits.pixels, p->limits.entries};
    struct sink sink = sink_to_buf(&d->out);
    struct clean c;

    *d = (struct doc){.code = OK};
    arena_init(&d->arena, 256 << 20);
    buf_init(&d->in, 1 << 24);
    buf_init(&d->out, 1 << 24);
    build(d, body, rels);
    finding_init(&d->found, &d->arena);
    c = (struct clean){.profile = p, .arena = &d->arena, .findings = &d->found, .budget = &budget, .name = BYTES("a.docx"),
                       .where = "", .type = TYPE_docx, .ret_type = TYPE_docx};
    d->code = clean_ooxml(&c, buf_bytes(&d->in), &sink, &d->why);
}

static void doc_clean(struct doc *d, const char *body, const char *rels, const char *profile)
{
    struct profile p;
    struct fault why;

    profile_default(&p);
    CHECK(profile_parse(bytes_of(profile), &p, &why) == OK);
    doc_run(d, body, rels, &p);
    CHECK(d->code == OK);
    take_body(d);
}

static void doc_done(struct doc *d)
{
    CHECK(promise_check(TYPE_docx, clean_ooxml, buf_bytes(&d->in), "a.docx"));
    buf_done(&d->in);
    buf_done(&d->out);
    arena_done(&d->arena);
}

static enum err clean_with(const struct profile *p, const char *body, const char *rels, struct fault *why)
{
    struct doc d;

    doc_run(&d, body, rels, p);
    *why = d.why;
    doc_done(&d);
    return d.code;
}

/* The body that comes out, between its tags. */
static bool is(const struct doc *d, const char *want)
{
    size_t from = bytes_find(d->body, BYTES("<w:body>"), 0), to = bytes_find_last(d->body, BYTES("</w:body>"));
    struct bytes got = from == SIZE_MAX || to == SIZE_MAX ? d->body : bytes_part(d->body, from + 8, to - from - 8);

    if (!bytes_equal(got, bytes_of(want)))
        (void)printf("  got  %.*s\n  want %s\n", (int)got.len, (const char *)got.at, want);
    return bytes_equal(got, bytes_of(want));
}

static bool becomes(const char *body, const char *rels, const char *profile, const char *want)
{
    struct doc d;
    bool same;

    doc_clean(&d, body, rels, profile);
    same = is(&d, want);
    doc_done(&d);
    return same;
}

static void forbidden_fields_leave_their_result(void)
{
    CHECK(becomes(FIELD("begin") INSTR("DD") INSTR("EAUTO c:\\\\cmd") FIELD("separate") TEXT("7") FIELD("end"), "", "",
                  "<w:r/><w:r/><w:r/><w:r/>" TEXT("7") "<w:r/>"));
    CHECK(becomes(FIELD("begin") INSTR(" PAGE ") FIELD("separate") TEXT("7") FIELD("end"), "", "",
                  FIELD("begin") INSTR(" PAGE ") FIELD("separate") TEXT("7") FIELD("end")));
    CHECK(becomes("<w:fldSimple w:instr=\"DDE x\">" TEXT("8") "</w:fldSimple><w:fldSimple w:instr=\"PAGE\">" TEXT("9") "</w:fldSimple>",
                  "", "", TEXT("8") "<w:fldSimple w:instr=\"PAGE\">" TEXT("9") "</w:fldSimple>"));
}

static void fields_inside_fields(void)
{
    /* what is inside a forbidden instruction was never shown */
    CHECK(becomes(FIELD("begin") INSTR("IF ") FIELD("begin") INSTR("PAGE") FIELD("separate") TEXT("1") FIELD("end") INSTR(" = 1 x")
                  FIELD("separate") TEXT("2") FIELD("end"), "", "",
                  "<w:r/><w:r/><w:r/><w:r/><w:r/><w:r/><w:r/><w:r/><w:r/>" TEXT("2") "<w:r/>"));
    /* a forbidden one in the result of an allowed one */
    CHECK(becomes(FIELD("begin") INSTR("TOC") FIELD("separate") FIELD("begin") INSTR("LINK x") FIELD("separate") TEXT("1")
                  FIELD("end") FIELD("end"), "", "",
                  FIELD("begin") INSTR("TOC") FIELD("separate") "<w:r/><w:r/><w:r/>" TEXT("1") "<w:r/>" FIELD("end")));
    /* a name that another field builds */
    CHECK(becomes(FIELD("begin") FIELD("begin") INSTR("REF x") FIELD("end") INSTR("PAGE") FIELD("separate") TEXT("1") FIELD("end"),
                  "", "", "<w:r/><w:r/><w:r/><w:r/><w:r/><w:r/>" TEXT("1") "<w:r/>"));
}

static void fields_that_do_not_fit_together(void)
{
    CHECK(becomes(FIELD("end") TEXT("1") INSTR("DDE x") FIELD("separate"), "", "", "<w:r/>" TEXT("1") "<w:r/><w:r/>"));
    CHECK(becomes(FIELD("begin") INSTR("PAGE") TEXT("1"), "", "", "<w:r/><w:r/>" TEXT("1")));
    CHECK(becomes(FIELD("begin") INSTR("PAGE") FIELD("separate") FIELD("separate") INSTR("DDE x") FIELD("end"), "", "",
                  FIELD("begin") INSTR("PAGE") FIELD("separate") "<w:r/><w:r/>" FIELD("end")));
}

#define LINKS "<Relationship Id=\"ok\" Type=\"" REL "hyperlink\" Target=\"https://example.com/\" TargetMode=\"External\"/>" \
              "<Relationship Id=\"bad\" Type=\"" REL "hyperlink\" Target=\"file:///c:/x\" TargetMode=\"External\"/>"

static void links_by_scheme_and_profile(void)
{
    const char *body = "<w:hyperlink r:id=\"ok\">" TEXT("1") "</w:hyperlink><w:hyperlink r:id=\"bad\">" TEXT("2") "</w:hyperlink>"
                       "<w:hyperlink w:anchor=\"x\">" TEXT("3") "</w:hyperlink>";

    CHECK(becomes(body, LINKS, "", "<w:hyperlink r:id=\"ok\">" TEXT("1") "</w:hyperlink>" TEXT("2")
                  "<w:hyperlink w:anchor=\"x\">" TEXT("3") "</w:hyperlink>"));
    CHECK(becomes(body, LINKS, "O11 remove\n", TEXT("1") TEXT("2") "<w:hyperlink w:anchor=\"x\">" TEXT("3") "</w:hyperlink>"));
}

static void objects_become_their_picture(void)
{
    CHECK(becomes("<w:object w:dxaOrig=\"1\"><v:shape><v:imagedata r:id=\"i\"/></v:shape><o:OLEObject r:id=\"x\"/></w:object>"
                  "<w:object><o:OLEObject r:id=\"x\"/></w:object>",
                  "<Relationship Id=\"i\" Type=\"" REL "image\" Target=\"media/a.png\"/>"
                  "<Relationship Id=\"x\" Type=\"" REL "oleObject\" Target=\"media/a.png\"/>", "",
                  "<w:pict><v:shape><v:imagedata r:id=\"i\"/></v:shape></w:pict>"));
}

static void alternatives(void)
{
    /* unknown choice: the fallback stands alone, and takes the declarations along */
    CHECK(becomes("<mc:AlternateContent xmlns:b=\"urn:b\"><mc:Choice Requires=\"b\"><b:x/></mc:Choice><mc:Fallback " V ">"
                  "<v:shape/></mc:Fallback></mc:AlternateContent>", "", "", "<v:shape " V "/>"));
    /* a choice that loses all it held */
    CHECK(becomes("<mc:AlternateContent><mc:Choice xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\" "
                  "Requires=\"w14\"><w14:contentPart/></mc:Choice><mc:Fallback>" TEXT("1") "</mc:Fallback></mc:AlternateContent>",
                  "", "", TEXT("1")));
    /* both stay */
    CHECK(becomes("<mc:AlternateContent><mc:Choice Requires=\"v\">" TEXT("1") "</mc:Choice><mc:Fallback>" TEXT("2")
                  "</mc:Fallback></mc:AlternateContent>", "", "",
                  "<mc:AlternateContent><mc:Choice Requires=\"v\">" TEXT("1") "</mc:Choice><mc:Fallback>" TEXT("2")
                  "</mc:Fallback></mc:AlternateContent>"));
}

static void declarations_move_with_many_prefixes(void)
{
    struct buf body, want;

    buf_init(&body, 1 << 16);
    buf_init(&want, 1 << 16);
    buf_put_text(&body, "<w:smartTag");
    buf_put_text(&want, "<w14:checkbox");
    for (int i = 0; i < 60; i++)
        buf_putf(&body, " xmlns:p%d=\"urn:schemas-microsoft-com:vml\"", i);
    buf_put_text(&body, " xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\"><w14:checkbox");
    for (int i = 100; i < 140; i++) {
        buf_putf(&body, " xmlns:p%d=\"urn:schemas-microsoft-com:vml\"", i);
        buf_putf(&want, " xmlns:p%d=\"urn:schemas-microsoft-com:vml\"", i);
    }
    buf_putf(&body, "/></w:smartTag>%c", 0);
    for (int i = 0; i < 60; i++)
        buf_putf(&want, " xmlns:p%d=\"urn:schemas-microsoft-com:vml\"", i);
    buf_putf(&want, " xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\"/>%c", 0);
    CHECK(becomes((const char *)body.at, "", "", (const char *)want.at));
    buf_done(&body);
    buf_done(&want);
}

static void changes_are_kept_or_accepted(void)
{
    const char *body = "<w:ins w:author=\"a\">" TEXT("1") "</w:ins><w:del w:author=\"a\"><w:r><w:delText>2</w:delText></w:r></w:del>";

    CHECK(becomes(body, "", "", body));
    CHECK(becomes(body, "", "O21 remove\n", TEXT("1")));
    CHECK(becomes("<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p>" TEXT("1") "</w:p></w:tc></w:tr>", "", "O21 remove\n",
                  "<w:tr><w:trPr/><w:tc><w:p/></w:tc></w:tr>"));
}

static void hidden_text(void)
{
    const char *body = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>1</w:t></w:r><w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>2</w:t></w:r>";

    CHECK(becomes(body, "", "", body));
    CHECK(becomes(body, "", "O22 remove\n", "<w:r><w:rPr/></w:r><w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr>"
                  "<w:t>2</w:t></w:r>"));
    CHECK(becomes("<w:style><w:rPr><w:vanish/><w:b/></w:rPr></w:style>", "", "O22 remove\n",
                  "<w:style><w:rPr><w:b/></w:rPr></w:style>"));
}

#define ZW "\xe2\x80\x8b"
#define TAG "\xf3\xa0\x81\x81"

static void invisible_runs(void)
{
    const char *run = TEXT("1" ZW ZW ZW ZW TAG TAG TAG TAG TAG "2") TEXT("3" ZW "4") TEXT(ZW ZW ZW ZW) TEXT(ZW ZW ZW ZW);

    CHECK(becomes(run, "", "", run));
    CHECK(becomes(run, "", "G10 remove\n", TEXT("12") TEXT("3" ZW "4") TEXT(ZW ZW ZW ZW) TEXT(ZW ZW ZW ZW)));
    CHECK(becomes(TEXT(ZW ZW ZW ZW "<![CDATA[" ZW ZW ZW ZW "]]>x"), "", "G10 remove\n", TEXT("x")));
}

static void a_profile_may_refuse_objects(void)
{
    struct profile p;
    struct fault why;

    profile_default(&p);
    CHECK(profile_parse(BYTES("O10 refuse\n"), &p, &why) == OK);
    CHECK(clean_with(&p, "<w:p/>", "<Relationship Id=\"x\" Type=\"" REL "oleObject\" Target=\"media/a.png\"/>", &why) == ERR_DENIED);
    CHECK(strcmp(why.row, "O10") == 0);
}

static void unknown_names_go(void)
{
    CHECK(becomes("<w:p w:rsidR=\"1\" xmlns:q=\"urn:q\" q:a=\"1\" xml:base=\"file:///\" mc:Ignorable=\"q v\"><q:x>" TEXT("1")
                  "</q:x><w:nonsense/>" TEXT("2") "</w:p>", "", "", "<w:p mc:Ignorable=\"v\">" TEXT("2") "</w:p>"));
    CHECK(becomes("<w:smartTag xmlns:z=\"urn:z\"><w:smartTagPr/>" TEXT("1") "</w:smartTag>", "", "", TEXT("1")));
}

TEST_MAIN(TEST(forbidden_fields_leave_their_result), TEST(fields_inside_fields), TEST(fields_that_do_not_fit_together),
          TEST(links_by_scheme_and_profile), TEST(objects_become_their_picture), TEST(alternatives),
          TEST(declarations_move_with_many_prefixes),
          TEST(changes_are_kept_or_accepted), TEST(hidden_text), TEST(invisible_runs), TEST(a_profile_may_refuse_objects), TEST(unknown_names_go))
