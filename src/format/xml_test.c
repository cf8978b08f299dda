#include "format/xml.h"

#include <stdlib.h>

#include "base/test.h"
#include "format/xml_write.h"

struct copy {
    struct xml_write w;
};

static enum err on_start(void *ctx, struct xml_tag *tag, struct fault *why)
{
    struct copy *c = ctx;

    return xml_write_start(&c->w, tag, why);
}

static enum err on_end(void *ctx, struct xml_name *name, struct fault *why)
{
    struct copy *c = ctx;

    return xml_write_end(&c->w, name, why);
}

static enum err on_text(void *ctx, struct bytes text, struct fault *why)
{
    struct copy *c = ctx;

    return xml_write_text(&c->w, text, why);
}

static const struct xml_handler copier = {.start = on_start, .end = on_end, .text = on_text};

/* Read in pieces of `step` bytes and write again; the result belongs to the caller's buffer. */
static enum err copy_part(struct bytes in, size_t step, const struct xml_options *opt, struct buf *out,
                          struct fault *why)
{
    struct arena a;
    struct sink sink = sink_to_buf(out);
    struct copy c;
    struct xml *x;
    enum err code = OK;

    arena_init(&a, 64 << 20);
    x = xml_new(&a, opt);
    xml_write_init(&c.w, &a);
    xml_begin(x, &copier, &c);
    code = xml_write_begin(&c.w, &sink, XML_WRITE_BARE, why);
    for (size_t at = 0; code == OK && at < in.len; at += step)
        code = xml_push(x, bytes_part(in, at, step), why);
    if (code == OK)
        code = xml_end(x, why);
    if (code == OK)
        code = xml_write_done(&c.w, why);
    arena_done(&a);
    return code;
}

static bool becomes(struct bytes in, struct bytes want)
{
    static const size_t steps[] = {1, 2, 3, 7, 1 << 20};
    bool same = true;

    for (size_t i = 0; i < countof(steps); i++) {
        struct buf out;
        struct fault why = {0};

        buf_init(&out, 1 << 20);
        if (copy_part(in, steps[i], &(struct xml_options){0}, &out, &why) != OK || !bytes_equal(buf_bytes(&out), want)) {
            (void)printf("  step %zu: %.*s (%s)\n", steps[i], (int)out.len, (const char *)out.at, why.text);
            same = false;
        }
        buf_done(&out);
    }
    return same;
}

static enum err refused_by(struct bytes in, const char **ret_row)
{
    enum err codes[2];
    struct fault why = {0};

    for (size_t i = 0; i < 2; i++) {
        struct buf out;

        buf_init(&out, 1 << 22);
        codes[i] = copy_part(in, i == 0 ? 1 : 1 << 20, &(struct xml_options){0}, &out, &why);
        buf_done(&out);
    }
    *ret_row = why.row;
    return codes[0] == codes[1] ? codes[0] : ERR_STATE;
}

static bool denied(struct bytes in)
{
    const char *row = NULL;

    return refused_by(in, &row) == ERR_DENIED && row != NULL && strcmp(row, "O19") == 0;
}

static bool malformed(struct bytes in)
{
    const char *row = NULL;

    return refused_by(in, &row) == ERR_MALFORMED;
}

static void writes_what_it_read(void)
{
    CHECK(becomes(BYTES("<?xml version=\"1.0\"?>\r\n<a/>"), BYTES("<a/>")));
    CHECK(becomes(BYTES("<a ></a >\n<!-- x --><?p q?>"), BYTES("<a/>")));
    CHECK(becomes(BYTES("<p:a xmlns:p='urn:x' p:b='1' c=\"&quot;2&quot;\"><p:b>t\r\nu</p:b></p:a>"),
                  BYTES("<p:a xmlns:p=\"urn:x\" p:b=\"1\" c=\"&quot;2&quot;\"><p:b>t\nu</p:b></p:a>")));
    CHECK(becomes(BYTES("<a>1 &lt; 2 &amp; 3 &gt; 2 &#65;&#x3042;&#13;</a>"),
                  BYTES("<a>1 &lt; 2 &amp; 3 &gt; 2 A\xe3\x81\x82&#13;</a>")));
    CHECK(becomes(BYTES("<a b='x\ny&#10;z'/>"), BYTES("<a b=\"x y&#10;z\"/>")));
    CHECK(becomes(BYTES("<a><![CDATA[<b>]] & ]]>x<![CDATA[]]></a>"), BYTES("<a>&lt;b&gt;]] &amp; x</a>")));
    CHECK(becomes(BYTES("<a xmlns='u'><b xmlns=''><c/></b></a>"), BYTES("<a xmlns=\"u\"><b xmlns=\"\"><c/></b></a>")));
    CHECK(becomes(BYTES("<\xe6\xa8\xb9 \xe5\x80\xa4='1'/>"), BYTES("<\xe6\xa8\xb9 \xe5\x80\xa4=\"1\"/>")));
}

static void reads_utf16(void)
{
    CHECK(becomes(BYTES("\xff\xfe<\0a\0>\0\x42\x30\x3d\xd8\x00\xde<\0/\0a\0>\0"),
                  BYTES("<a>\xe3\x81\x82\xf0\x9f\x98\x80</a>")));
    CHECK(becomes(BYTES("\xfe\xff\0<\0a\0/\0>"), BYTES("<a/>")));
    CHECK(becomes(BYTES("\0<\0a\0/\0>"), BYTES("<a/>")));
    CHECK(becomes(BYTES("\xef\xbb\xbf<a/>"), BYTES("<a/>")));
    CHECK(malformed(BYTES("\xff\xfe<\0a\0>\0\x00\xde<\0/\0a\0>\0")));
    CHECK(malformed(BYTES("\xff\xfe<\0a\0/\0>\0x")));
}

static void refuses_dtd_entities_and_lies(void)
{
    CHECK(denied(BYTES("<!DOCTYPE a><a/>")));
    CHECK(denied(BYTES("<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>")));
    CHECK(denied(BYTES("<a>&nbsp;</a>")));
    CHECK(denied(BYTES("<a b='&x;'/>")));
    CHECK(denied(BYTES("<?xml version='1.0' encoding='UTF-7'?><a/>")));
    CHECK(denied(BYTES("<?xml version='1.0' encoding='UTF-16'?><a/>")));
    CHECK(denied(BYTES("<?xml version='1.0' encoding='IBM037'?><a/>")));
}

static void refuses_what_is_not_well_formed(void)
{
    static const char *const bad[] = {
        "", " ", "x", "<a>", "<a></b>", "<a/><b/>", "<a/>x", "<a/>&#65;", "<a b/>", "<a b=1/>", "<a b='1' b='2'/>",
        "<a b='1'c='2'/>", "<a b='<'/>", "<a b='1'", "<p:a/>", "<a p:b='1'/>", "<a>&</a>", "<a>&#0;</a>", "<a>&#xD800;</a>",
        "<a>&#x110000;</a>", "<a>]]></a>", "<!-- -- --><a/>", "<!----->", "<a><?xml version='1.0'?></a>", "<?XML x?><a/>",
        " <?xml version='1.0'?><a/>", "<?xml version='2.0'?><a/>", "<a>\x01</a>", "<a>\xc0\x80</a>", "<a>\xed\xa0\x80</a>",
        "<a>\xff</a>", "<1a/>", "<a:b:c xmlns:a='u'/>", "<a xmlns:x=''/>", "<a xmlns:xml='u'/>", "<a xmlns:xmlns='u'/>",
        "<a xmlns:p='u' xmlns:p='v'/>", "<a xmlns:p='u' xmlns:q='u' p:x='1' q:x='2'/>", "<![CDATA[x]]>", "<a><![CDATA[x]]",
        "<a><!ELEMENT b></a>", "<a", "<", "<a><", "</a>", "<a/ >", "<a>\xe3\x81", "<a xmlns:a=\"http://www.w3.org/2000/xmlns/\"/>"};

    for (size_t i = 0; i < countof(bad); i++) {
        bool ok = malformed(bytes_of(bad[i]));

        if (!ok)
            (void)printf("  not refused: %s\n", bad[i]);
        CHECK(ok);
    }
}

static void keeps_its_limits(void)
{
    struct buf deep, out;
    struct fault why = {0};

    buf_init(&deep, 1 << 20);
    buf_init(&out, 1 << 24);
    for (int i = 0; i < 600; i++)
        buf_put_text(&deep, "<a>");
    CHECK(copy_part(buf_bytes(&deep), 100, &(struct xml_options){0}, &out, &why) == ERR_LIMIT);
    CHECK(strcmp(why.row, "G06") == 0);
    buf_reset(&deep);
    buf_put_text(&deep, "<a");
    for (int i = 0; i < 501; i++)
        buf_putf(&deep, " b%d=''", i);
    buf_put_text(&deep, "/>");
    CHECK(copy_part(buf_bytes(&deep), 100, &(struct xml_options){0}, &out, &why) == ERR_LIMIT);
    buf_reset(&deep);
    buf_put_text(&deep, "<a b='");
    for (int i = 0; i < 100000; i++)
        buf_put_u8(&deep, 'x');
    CHECK(copy_part(buf_bytes(&deep), 100, &(struct xml_options){.tag_max = 50000}, &out, &why) == ERR_LIMIT);
    buf_done(&deep);
    buf_done(&out);
}

static void reads_long_tags_and_texts(void)
{
    struct buf in, out;
    struct fault why = {0};

    buf_init(&in, 1 << 22);
    buf_init(&out, 1 << 22);
    buf_put_text(&in, "<a b=\"");
    for (int i = 0; i < 300000; i++)
        buf_put_u8(&in, 'x');
    buf_put_text(&in, "\">");
    for (int i = 0; i < 300000; i++)
        buf_put_text(&in, "y&amp;");
    buf_put_text(&in, "</a>");
    CHECK(copy_part(buf_bytes(&in), 1000, &(struct xml_options){0}, &out, &why) == OK);
    CHECK(bytes_equal(buf_bytes(&in), buf_bytes(&out)));
    buf_done(&in);
    buf_done(&out);
}

static void names_are_interned(void)
{
    struct arena a;
    struct xml *x;

    arena_init(&a, 8 << 20);
    x = xml_new(&a, &(struct xml_options){0});
    CHECK(xml_ns_of(x, BYTES("urn:x")) == xml_ns_of(x, BYTES("urn:x")));
    CHECK(xml_name_of(x, xml_ns_of(x, BYTES("u")), BYTES("p"), BYTES("a")) ==
          xml_name_of(x, xml_ns_of(x, BYTES("u")), BYTES("p"), BYTES("a")));
    CHECK(bytes_equal(xml_declared_encoding(BYTES("<?xml version='1.0' encoding = 'Shift_JIS' ?><a/>")), BYTES("Shift_JIS")));
    CHECK(xml_declared_encoding(BYTES("<a/>")).len == 0);
    arena_done(&a);
}

static void what_is_held_can_be_taken_back(void)
{
    struct arena a;
    struct buf out;
    struct sink sink = sink_to_buf(&out);
    struct xml_write w;
    struct xml_write_mark first, second;
    struct xml *x;
    struct xml_name *name;
    struct xml_tag tag = {0};

    arena_init(&a, 64 << 20);
    buf_init(&out, 1 << 20);
    x = xml_new(&a, &(struct xml_options){0});
    name = xml_name_of(x, xml_ns_of(x, BYTES("")), BYTES(""), BYTES("a"));
    tag.name = name;
    xml_write_init(&w, &a);
    CHECK(xml_write_begin(&w, &sink, XML_WRITE_BARE, NULL) == OK);
    CHECK(xml_write_start(&w, &tag, NULL) == OK);
    first = xml_write_hold(&w);
    CHECK(xml_write_start(&w, &tag, NULL) == OK);
    second = xml_write_hold(&w);
    for (int i = 0; i < 40000; i++)
        CHECK(xml_write_text(&w, BYTES("text"), NULL) == OK);
    CHECK(out.len == 0);
    xml_write_back(&w, second);
    xml_write_back(&w, first);
    CHECK(xml_write_end(&w, name, NULL) == OK);
    CHECK(xml_write_done(&w, NULL) == OK);
    CHECK(bytes_equal(buf_bytes(&out), BYTES("<a/>")));
    buf_done(&out);
    arena_done(&a);
}

TEST_MAIN(TEST(writes_what_it_read), TEST(reads_utf16), TEST(refuses_dtd_entities_and_lies),
          TEST(refuses_what_is_not_well_formed), TEST(keeps_its_limits), TEST(reads_long_tags_and_texts),
          TEST(names_are_interned), TEST(what_is_held_can_be_taken_back))
