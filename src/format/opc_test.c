#include "format/opc.h"

#include "base/test.h"

static struct arena arena;

static bool resolves(const char *base, const char *target, const char *want)
{
    struct bytes name = {0};
    bool ok = opc_name_resolve(&arena, bytes_of(base), bytes_of(target), &name);

    return want == NULL ? !ok : ok && bytes_equal(name, bytes_of(want));
}

static void names_have_one_form(void)
{
    arena_init(&arena, 1 << 20);
    CHECK(resolves("", "word/document.xml", "word/document.xml"));
    CHECK(resolves("", "/word/document.xml", "word/document.xml"));
    CHECK(resolves("word/document.xml", "styles.xml", "word/styles.xml"));
    CHECK(resolves("word/document.xml", "../media/./a.png", "media/a.png"));
    CHECK(resolves("xl/worksheets/sheet1.xml", "/xl/x.xml", "xl/x.xml"));
    CHECK(resolves("", "word\\document.xml", "word/document.xml"));
    CHECK(resolves("word/document.xml", "sett%69ngs.xml", "word/settings.xml"));
    CHECK(resolves("word/document.xml", "\xe8\xa1\xa8%E7%B4%99.xml", "word/\xe8\xa1\xa8\xe7\xb4\x99.xml"));
    CHECK(resolves("", "../x", NULL));
    CHECK(resolves("a/b", "../../x", NULL));
    CHECK(resolves("", "a%2fb", NULL));
    CHECK(resolves("", "a%00b", NULL));
    CHECK(resolves("", "c:/x", NULL));
    CHECK(resolves("", "", NULL));
    CHECK(resolves("a/b", "c/", NULL));
    CHECK(resolves("a/b", "..", NULL));
    arena_done(&arena);
}

static void ways_between_parts_lead_back(void)
{
    static const char *const pairs[][3] = {
        {"word/document.xml", "word/styles.xml", "styles.xml"},
        {"word/document.xml", "word/media/a.png", "media/a.png"},
        {"xl/worksheets/sheet1.xml", "xl/drawings/d.xml", "../drawings/d.xml"},
        {"", "word/document.xml", "word/document.xml"},
        {"a/b/c.xml", "d.xml", "../../d.xml"},
        {"ab/c.xml", "a/c.xml", "../a/c.xml"},
    };

    arena_init(&arena, 1 << 20);
    for (size_t i = 0; i < countof(pairs); i++) {
        struct bytes way = opc_name_relative(&arena, bytes_of(pairs[i][0]), bytes_of(pairs[i][1]));

        CHECK(bytes_equal(way, bytes_of(pairs[i][2])));
        CHECK(resolves(pairs[i][0], pairs[i][2], pairs[i][1]));
    }
    CHECK(bytes_equal(opc_rels_name(&arena, BYTES("word/document.xml")), BYTES("word/_rels/document.xml.rels")));
    CHECK(bytes_equal(opc_rels_name(&arena, BYTES("")), BYTES("_rels/.rels")));
    CHECK(bytes_equal(opc_name_extension(BYTES("a.b/c.d.png")), BYTES("png")));
    CHECK(opc_name_extension(BYTES("a.b/c")).len == 0);
    arena_done(&arena);
}

static void types_are_found_by_name_then_extension(void)
{
    struct bytes part = BYTES(
        "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>"
        "<Default Extension='PNG' ContentType='image/png'/><Override PartName='/A/b.png' ContentType='x/y'/>"
        "<Override PartName='/a/B.png' ContentType='x/z'/></Types>");
    struct opc_types types;
    struct fault why;
    struct xml *x;

    arena_init(&arena, 4 << 20);
    x = xml_new(&arena, &(struct xml_options){0});
    CHECK(opc_types_read(&arena, x, part, &types, &why) == OK);
    CHECK(bytes_equal(opc_types_of(&types, BYTES("a/b.png")), BYTES("x/y")));
    CHECK(bytes_equal(opc_types_of(&types, BYTES("other.png")), BYTES("image/png")));
    CHECK(opc_types_of(&types, BYTES("other.xml")).len == 0);
    CHECK(types.twice);
    CHECK(opc_types_read(&arena, x, BYTES("<a/>"), &types, &why) == ERR_MALFORMED);
    arena_done(&arena);
}

static void relationships_keep_order_and_first_id(void)
{
    struct bytes part = BYTES(
        "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
        "<Relationship Id='b' Type='t1' Target='x'/><Relationship Id='a' Type='t2' Target='y' TargetMode='External'/>"
        "<Relationship Id='b' Type='t3' Target='z'/></Relationships>");
    struct opc_rel *rels = NULL;
    struct fault why;
    size_t count = 0;

    arena_init(&arena, 4 << 20);
    CHECK(opc_rels_read(&arena, xml_new(&arena, &(struct xml_options){0}), part, &rels, &count, &why) == OK);
    CHECK(count == 2);
    CHECK(bytes_equal(rels[0].id, BYTES("b")) && bytes_equal(rels[0].type, BYTES("t1")) && !rels[0].external);
    CHECK(bytes_equal(rels[1].id, BYTES("a")) && rels[1].external);
    arena_done(&arena);
}

TEST_MAIN(TEST(names_have_one_form), TEST(ways_between_parts_lead_back), TEST(types_are_found_by_name_then_extension),
          TEST(relationships_keep_order_and_first_id))
