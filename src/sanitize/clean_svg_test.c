#include "base/test.h"
#include "sanitize/promise.h"

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
#define NS "xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\""

static enum err clean(const char *in, struct buf *out, struct findings *found, struct arena *a, struct fault *why)
{
    enum type made;

    arena_init(a, 64 << 20);
    *why = (struct fault){0};
    return promise_run(a, TYPE_svg, clean_svg, bytes_of(in), "a.svg", out, found, &made, why);
}

/* What is inside the root, in and out. */
static void what_is_active_goes(void)
{
    static const char *const list[][3] = {
        {"<rect width=\"1\" onload=\"x()\"/>", "<rect width=\"1\"/>", "I09"},
        {"<script>x()</script><g/>", "<g/>", "I09"},
        {"<a xlink:href=\"javascript:x()\"><text>t</text></a>", "<a><text>t</text></a>", "I09"},
        {"<foreignObject><body xmlns=\"http://www.w3.org/1999/xhtml\"/></foreignObject>", "", "I09"},
        {"<image xlink:href=\"http://x.example/a.png\"/>", "", "I09"},
        {"<image href=\"data:image/svg+xml;base64,PHN2Zy8+\"/>", "", "I09"},
        {"<use href=\"#a\" xlink:href=\"http://x\"/>", "<use xlink:href=\"#a\"/>", NULL},
        {"<use xlink:href=\"b.svg#a\"/>", "", "I09"},
        {"<rect><set attributeName=\"onclick\" to=\"x()\"/></rect>", "<rect/>", "I09"},
        {"<animate attributeName=\"href\" values=\"javascript:x()\"/>", "", "I09"},
        {"<style>@import url(x);.a{fill:red;behavior:url(x)}</style>", "<style>.a{fill:red}</style>", "I09"},
        {"<style><![CDATA[.a{fill:red}]]></style>", "<style>.a{fill:red}</style>", NULL},
        {"<g style=\"fill:url(http://x);stroke:red\"/>", "<g style=\"stroke:red\"/>", "I09"},
        {"<g fill=\"url(http://x)\"/>", "<g/>", "I09"},
        {"<g xml:base=\"http://x\" xml:space=\"preserve\"/>", "<g xml:space=\"preserve\"/>", "I09"},
        {"<metadata>made by</metadata>", "", "I01"},
        {"<!-- secret --><g/>", "<g/>", "I01"},
        {"<?php x() ?><g/>", "<g/>", "I09"},
        {"<e:x xmlns:e=\"urn:editor\" e:y=\"1\"/><g e:y=\"1\" xmlns:e=\"urn:editor\"/>", "<g/>", "I01"},
        {"<s:rect xmlns:s=\"http://www.w3.org/2000/svg\"/>", "<rect/>", NULL},
        {"<desc>&lt;script></desc>", "<desc>&lt;script&gt;</desc>", NULL},
    };

    for (size_t i = 0; i < countof(list); i++) {
        struct buf in, expected, out;
        struct findings found;
        struct arena a;
        struct fault why;
        bool same;

        buf_init(&in, 1 << 16), buf_init(&expected, 1 << 16);
        buf_putf(&in, "<svg " NS ">%s</svg>", list[i][0]);
        buf_put_u8(&in, 0);
        buf_putf(&expected, list[i][1][0] == '\0' ? HEAD "<svg " NS "/>" : HEAD "<svg " NS ">%s</svg>", list[i][1]);
        CHECK(clean((const char *)in.at, &out, &found, &a, &why) == OK);
        same = bytes_equal(bytes_trim(buf_bytes(&out)), buf_bytes(&expected));
        if (!same)
            (void)printf("  %s\n  gave %.*s\n", (const char *)in.at, (int)out.len, (const char *)out.at);
        CHECK(same);
        CHECK((found.count > 0) == (list[i][2] != NULL));
        CHECK(found.count == 0 || strcmp(rule_id(found.list[0].row), list[i][2]) == 0);
        CHECK(promise_check(TYPE_svg, clean_svg, bytes_part(buf_bytes(&in), 0, in.len - 1), "a.svg"));
        buf_done(&in), buf_done(&expected), buf_done(&out), arena_done(&a);
    }
}

static void a_picture_inside_is_rebuilt(void)
{
    /* a GIF of one pixel with a comment */
    static const char svg[] = "<svg " NS "><image width=\"1\" xlink:href=\"data:image/gif;base64,"
                              "R0lGODlhAQABAIAAAP8AAAAAACH+BTw/cGhwACwAAAAAAQABAAACAkQBADs%3D\"/></svg>";
    struct findings found;
    struct arena a;
    struct fault why;
    struct buf out;

    CHECK(clean(svg, &out, &found, &a, &why) == OK);
    CHECK(promise_count(&found, ROW_I04, ACT_REMOVED) == 1);
    CHECK(bytes_find(buf_bytes(&out), BYTES("xlink:href=\"data:image/gif;base64,R0lGODlh"), 0) != SIZE_MAX);
    CHECK(bytes_find(buf_bytes(&out), BYTES("PD9waHA"), 0) == SIZE_MAX);
    CHECK(promise_check(TYPE_svg, clean_svg, bytes_of(svg), "a.svg"));
    buf_done(&out), arena_done(&a);
}

static void document_types_are_left_out_or_refused(void)
{
    static const char *const list[] = {
        "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\"><svg " NS "/>",
        "<?xml version=\"1.0\"?><!-- c --><!DOCTYPE svg><svg " NS "/>",
        "<!DOCTYPE svg [<!ENTITY e \"x\">]><svg " NS ">&e;</svg>",
        "<!DOCTYPE svg SYSTEM \"x\" [<!ENTITY % p SYSTEM \"y\">%p;]><svg " NS "/>",
    };

    for (size_t i = 0; i < countof(list); i++) {
        struct findings found;
        struct arena a;
        struct fault why;
        struct buf out;

        CHECK(clean(list[i], &out, &found, &a, &why) == (i < 2 ? OK : ERR_DENIED));
        CHECK(i < 2 ? promise_count(&found, ROW_I09, ACT_REMOVED) == 1 : strcmp(why.row, "I09") == 0);
        buf_done(&out), arena_done(&a);
    }
}

/* Ten uses of ten uses …: 10⁹ rectangles. */
static void a_bomb_of_uses_is_refused(void)
{
    struct findings found;
    struct arena a;
    struct fault why;
    struct buf in, out;

    buf_init(&in, 1 << 16);
    buf_put_text(&in, "<svg " NS "><defs><rect id=\"a0\" width=\"1\" height=\"1\"/>");
    for (unsigned i = 1; i < 10; i++) {
        buf_putf(&in, "<g id=\"a%u\">", i);
        for (unsigned k = 0; k < 10; k++)
            buf_putf(&in, "<use xlink:href=\"#a%u\"/>", i - 1);
        buf_put_text(&in, "</g>");
    }
    buf_put_text(&in, "</defs><use xlink:href=\"#a9\"/></svg>");
    buf_put_u8(&in, 0);
    CHECK(clean((const char *)in.at, &out, &found, &a, &why) == ERR_LIMIT);
    CHECK(why.row != NULL && strcmp(why.row, "I08") == 0);
    buf_done(&out), arena_done(&a);
    CHECK(clean("<svg " NS "><g id=\"a\"><use xlink:href=\"#a\"/></g></svg>", &out, &found, &a, &why) == OK);
    buf_done(&in), buf_done(&out), arena_done(&a);
}

TEST_MAIN(TEST(what_is_active_goes), TEST(a_picture_inside_is_rebuilt), TEST(document_types_are_left_out_or_refused),
          TEST(a_bomb_of_uses_is_refused))
