#include "base/test.h"
#include "sanitize/promise.h"

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"

/* What comes out, without the declaration; NULL when it is refused with T07. */
static bool becomes(struct bytes in, const char *out, enum row row, enum act act, uint32_t count)
{
    struct arena a;
    struct buf made;
    struct findings found;
    struct fault why = {0};
    enum type type;
    enum err code;
    bool ok;

    arena_init(&a, 64 << 20);
    code = promise_run(&a, TYPE_xml, clean_xml, in, "a.xml", &made, &found, &type, &why);
    if (out == NULL) {
        ok = code != OK && why.row != NULL && strcmp(why.row, "T07") == 0;
    } else {
        struct bytes body = buf_bytes(&made);

        ok = code == OK && bytes_starts(body, BYTES(HEAD)) && bytes_equal(bytes_trim(bytes_from(body, sizeof(HEAD) - 1)), bytes_of(out));
        ok = ok && promise_count(&found, row, act) == count && promise_check(TYPE_xml, clean_xml, in, "a.xml");
    }
    if (!ok)
        (void)printf("  %.*s %s %u\n", (int)made.len, (const char *)made.at, why.text, promise_count(&found, row, act));
    buf_done(&made);
    arena_done(&a);
    return ok;
}

static void harmless_xml_stays(void)
{
    const char *text = "<a xmlns:c=\"urn:c\" b=\"1\">\n <c:d>氏名 &amp; x</c:d>\n</a>";

    CHECK(becomes(bytes_of(text), text, ROW_T07, ACT_REMOVED, 0));
}

static void T07_what_points_and_does_goes(void)
{
    CHECK(becomes(BYTES("<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>"), NULL, ROW_T07, ACT_REMOVED, 0));
    CHECK(becomes(BYTES("<?xml-stylesheet href='http://a/x.xsl' type='text/xsl'?><a/>"), "<a/>", ROW_T07, ACT_REMOVED, 1));
    CHECK(becomes(BYTES("<?mso-application progid='Word.Document'?><a><!-- x --></a>"), "<a/>", ROW_T07, ACT_REMOVED, 2));
    CHECK(becomes(BYTES("<a xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"a http://a\">t</a>"),
                  "<a xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">t</a>", ROW_T07, ACT_REMOVED, 1));
    CHECK(becomes(BYTES("<a xmlns:xi=\"http://www.w3.org/2001/XInclude\"><xi:include href=\"file:///etc/passwd\"><xi:fallback/></xi:include>t</a>"),
                  "<a>t</a>", ROW_T07, ACT_REMOVED, 1));
    CHECK(becomes(BYTES("<a><b xmlns=\"http://www.w3.org/1999/xhtml\"><script>alert(1)</script>words<p onclick=\"x\">more</p></b></a>"),
                  "<a>wordsmore</a>", ROW_T07, ACT_REMOVED, 3));
    CHECK(becomes(BYTES("<a xml:base=\"http://a/\"/>"), "<a/>", ROW_T07, ACT_REMOVED, 1));
    CHECK(becomes(BYTES("<x:stylesheet xmlns:x=\"http://www.w3.org/1999/XSL/Transform\"/>"), NULL, ROW_T07, ACT_REMOVED, 0));
    CHECK(becomes(BYTES("<?xml version='1.0' encoding='utf-7'?><a/>"), NULL, ROW_T07, ACT_REMOVED, 0));
}

static void T03_T04_coding_and_controls(void)
{
    CHECK(becomes(BYTES("<?xml version='1.0' encoding='Shift_JIS'?><a>\x8e\x81\x96\xbc</a>"), "<a>氏名</a>", ROW_T03, ACT_REBUILT, 1));
    CHECK(becomes(BYTES("<?xml version='1.0' encoding='EUC-JP'?><a>\xbb\xe1\xcc\xbe</a>"), "<a>氏名</a>", ROW_T03, ACT_REBUILT, 1));
    CHECK(becomes(BYTES("\xff\xfe<\0a\0/\0>\0"), "<a/>", ROW_T03, ACT_REBUILT, 1));
    CHECK(becomes(BYTES("<a b=\"x&#x202e;y\">x&#x200b;y</a>"), "<a b=\"xy\">xy</a>", ROW_T04, ACT_REMOVED, 2));
}

TEST_MAIN(TEST(harmless_xml_stays), TEST(T07_what_points_and_does_goes), TEST(T03_T04_coding_and_controls))
