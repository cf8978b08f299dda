#include "format/cmap.h"

#include "base/test.h"

static struct buf made;

static bool rewrite(enum cmap_kind kind, const char *in, struct cmap_info *ret_info)
{
    struct buf again;
    bool same;

    buf_done(&made);
    buf_init(&made, 1 << 20);
    if (cmap_rewrite(kind, bytes_of(in), &made, ret_info, NULL) != OK)
        return false;
    buf_init(&again, 1 << 20);
    same = cmap_rewrite(kind, buf_bytes(&made), &again, NULL, NULL) == OK &&
           bytes_equal(buf_bytes(&made), buf_bytes(&again));
    buf_done(&again);
    return same;
}

static bool holds(const char *text)
{
    return bytes_find(buf_bytes(&made), bytes_of(text), 0) != SIZE_MAX;
}

static void mappings_stay_and_programs_go(void)
{
    struct cmap_info info;

    CHECK(rewrite(CMAP_TO_UNICODE,
                  "%!PS\n(x) run /CIDInit /ProcSet findresource begin begincmap /CMapName /My,Map def\n"
                  "{ evil } exec 1 begincodespacerange <00><ff> endcodespacerange\n"
                  "2 beginbfchar <01> <0041> <2> <d8 40\ndc0b> endbfchar\n"
                  "1 beginbfrange <03> <05> [<0061> <0062> <0063>] <06> <08> <0070> endbfrange endcmap",
                  &info));
    CHECK(holds("/CMapName /My,Map def") && holds("<00> <FF>\n"));
    CHECK(holds("2 beginbfchar\n<01> <0041>\n<2> <D840DC0B>\nendbfchar\n"));
    CHECK(holds("2 beginbfrange\n<03> <05> [<0061> <0062> <0063>]\n<06> <08> <0070>\nendbfrange\n"));
    CHECK(!holds("evil") && !holds("run"));
    CHECK(info.mappings >= 4 && !info.vertical);
}

static void encodings_keep_numbers(void)
{
    struct cmap_info info;

    CHECK(rewrite(CMAP_ENCODING,
                  "/90ms-RKSJ-H usecmap /WMode 1 def 1 begincidrange <8140> <817e> 633 <90> <80> 1 endcidrange "
                  "1 begincidchar <20> 70000 <21> 2 endcidchar 1 beginnotdefrange <00> <1f> 1 endnotdefrange",
                  &info));
    CHECK(info.vertical && strcmp(info.uses, "90ms-RKSJ-H") == 0 && info.mappings == 3);
    CHECK(holds("1 begincidrange\n<8140> <817E> 633\nendcidrange\n1 begincidchar\n<21> 2\nendcidchar\n"));
    CHECK(holds("1 beginnotdefrange\n<00> <1F> 1\n") && holds("/90ms-RKSJ-H usecmap"));
    CHECK(rewrite(CMAP_ENCODING, "/Evil-H usecmap", &info));
    CHECK(info.uses[0] == 0 && !holds("usecmap"));
}

static void sections_hold_a_hundred(void)
{
    struct cmap_info info;
    struct buf in;

    buf_init(&in, 1 << 16);
    buf_put_text(&in, "250 beginbfchar\n");
    for (int i = 0; i < 250; i++)
        buf_putf(&in, "<%04x><%04x>", i, i);
    buf_put_u8(&in, 0);
    CHECK(rewrite(CMAP_TO_UNICODE, (const char *)in.at, &info));
    CHECK(info.mappings == 250 && holds("100 beginbfchar") && holds("50 beginbfchar"));
    buf_done(&in);
}

static void predefined_names_are_listed(void)
{
    CHECK(cmap_predefined(BYTES("Identity-H")) && cmap_predefined(BYTES("UniJIS-UTF16-V")));
    CHECK(cmap_predefined(BYTES("H")) && cmap_predefined(BYTES("Adobe-Japan1-UCS2")));
    CHECK(!cmap_predefined(BYTES("-H")) && !cmap_predefined(BYTES("")) && !cmap_predefined(BYTES("Identity")));
    buf_done(&made);
}

TEST_MAIN(TEST(mappings_stay_and_programs_go), TEST(encodings_keep_numbers), TEST(sections_hold_a_hundred),
          TEST(predefined_names_are_listed))
