#include "format/code_map.h"

#include "base/test.h"
#include "format/cjk_code.h"
#include "format/glyph_name.h"
#include "format/pdf_encoding.h"

static struct arena arena;
static struct code_map map;
static struct buf text;

static void read(const char *cmap)
{
    arena_done(&arena);
    arena_init(&arena, 16 << 20);
    code_map_read(&arena, bytes_of(cmap), &map);
}

static bool means(uint32_t code, const char *expected)
{
    buf_done(&text);
    buf_init(&text, 1 << 10);
    return code_map_text(&map, code, &text) && bytes_equal(buf_bytes(&text), bytes_of(expected));
}

static void texts_by_code(void)
{
    read("/CMapName /A def 1 beginbfchar <01> <6771> <02> <d842dfb7> <3> <41> endbfchar\n"
         "3 beginbfrange <10> <12> <00fe> <20> <22> [<0066006c> <0062> <0063>] <7f> <10> <0041> endbfrange\n"
         "1 beginbfrange <0300> <03ff> <4E00> endbfrange");
    CHECK(means(1, "東") && means(2, "𠮷") && means(3, "A"));
    CHECK(means(0x10, "þ") && means(0x12, "Ā"));
    CHECK(means(0x20, "fl") && means(0x21, "b") && means(0x22, "c"));
    CHECK(means(0x301, "丁") && !code_map_text(&map, 0x400, &text) && !code_map_text(&map, 0x7f, &text));
}

static void half_pairs_are_no_text(void)
{
    read("1 beginbfchar <01> <d800> endbfchar 1 beginbfrange <02> <05> <dbff> endbfrange");
    CHECK(means(1, "\xef\xbf\xbd") && means(3, "\xef\xbf\xbd"));
}

static void codes_by_space(void)
{
    uint32_t cid = 0;

    read("/GBK-EUC-H usecmap 2 begincodespacerange <00> <80> <8140> <9ffc> endcodespacerange /WMode 1 def\n"
         "1 begincidrange <20> <7e> 231 endcidrange 1 begincidchar <8140> 633 endcidchar");
    CHECK(map.vertical && bytes_equal(map.uses, BYTES("GBK-EUC-H")));
    CHECK(code_map_len(&map, BYTES("A")) == 1 && code_map_len(&map, BYTES("\x81\x40")) == 2);
    CHECK(code_map_len(&map, BYTES("\xff\xff")) == 1 && code_map_len(&map, BYTES("\x81")) == 1);
    CHECK(code_map_cid(&map, 'A', &cid) && cid == 231 + 'A' - ' ');
    CHECK(code_map_cid(&map, 0x8140, &cid) && cid == 633 && !code_map_cid(&map, 0x8141, &cid));
}

static uint32_t first_of(const char *cmap, const char *string, size_t *ret_len)
{
    struct cjk_code e;
    struct cjk_char c = {0};

    if (cjk_code_find(bytes_of(cmap), &e))
        c = cjk_code_next(&e, bytes_of(string));
    *ret_len = c.len;
    return c.c;
}

static void predefined_codes(void)
{
    size_t len;

    CHECK(first_of("90ms-RKSJ-H", "\x88\x9f", &len) == 0x4e9c && len == 2);
    CHECK(first_of("90msp-RKSJ-V", "\xb1z", &len) == 0xff71 && len == 1);
    CHECK(first_of("90ms-RKSJ-H", "\x88", &len) == 0 && len == 1);
    CHECK(first_of("EUC-H", "\xb0\xa1", &len) == 0x4e9c && len == 2);
    CHECK(first_of("H", "0!", &len) == 0x4e9c && len == 2);
    CHECK(first_of("UniJIS-UTF16-H", "\xd8\x42\xdf\xb7", &len) == 0x20bb7 && len == 4);
    CHECK(first_of("UniJIS-UTF16-H", "\xdf\xb7", &len) == 0 && len == 2);
    CHECK(first_of("UniJIS-UTF8-H", "\xe4\xba\x9c", &len) == 0x4e9c && len == 3);
    CHECK(first_of("GBK-EUC-H", "\xb0\xa1", &len) == 0 && len == 2);
    CHECK(first_of("Nonsense", "a", &len) == 0 && len == 0);
    CHECK(cjk_code_japan(1125) == 0x4e9c && cjk_code_japan(34) == 'A' && cjk_code_japan(264) == 'A');
    CHECK(cjk_code_japan(165) == 0xc1 && cjk_code_japan(526) == 0x3042 && cjk_code_japan(8753) == 'A' && cjk_code_japan(61) == 0xa5);
    CHECK(cjk_code_japan(7887) == 0x3001 && cjk_code_japan(7479) == 0x2500 && cjk_code_japan(0) == 0);
}

static size_t named(const char *name, uint32_t *ret_first)
{
    uint32_t chars[GLYPH_NAME_MAX] = {0};
    size_t count = glyph_name_find(bytes_of(name), chars);

    *ret_first = chars[0];
    return count;
}

static void glyph_names(void)
{
    uint32_t c;

    CHECK(named("A", &c) == 1 && c == 'A');
    CHECK(named("zero", &c) == 1 && c == '0');
    CHECK(named("Euro", &c) == 1 && c == 0x20ac);
    CHECK(named("a.sc", &c) == 1 && c == 'a');
    CHECK(named("f_f_i", &c) == 3 && c == 'f');
    CHECK(named("uni4E9C", &c) == 1 && c == 0x4e9c);
    CHECK(named("uni00410042", &c) == 2 && c == 'A');
    CHECK(named("u20BB7", &c) == 1 && c == 0x20bb7);
    CHECK(named("uniD800", &c) == 0 && named(".notdef", &c) == 0 && named("", &c) == 0 && named("g123", &c) == 0);
}

static bool string_is(struct bytes string, const char *expected)
{
    buf_done(&text);
    buf_init(&text, 1 << 10);
    pdf_encoding_text(string, &text);
    return bytes_equal(buf_bytes(&text), bytes_of(expected));
}

static void text_strings(void)
{
    CHECK(string_is(BYTES("caf\xe9 \x80 \xa0"), "café • €"));
    CHECK(string_is(BYTES("\xfe\xff\x67\x71\x4e\xac"), "東京"));
    CHECK(string_is(BYTES("\xfe\xff\0\x1b\0j\0a\0\x1b\x67\x71"), "東"));
    CHECK(string_is(BYTES("\xef\xbb\xbf\xe6\x9d\xb1"), "東"));
    CHECK(string_is(BYTES("\xfe\xff\xd8\0"), "\xef\xbf\xbd"));
}

TEST_MAIN(TEST(texts_by_code), TEST(half_pairs_are_no_text), TEST(codes_by_space), TEST(predefined_codes), TEST(glyph_names),
          TEST(text_strings))
