#include "text/filename.h"

#include "base/buf.h"
#include "base/test.h"

struct example {
    const char *name, *clean;
};

static bool gives(struct bytes name, const char *clean)
{
    struct arena a;
    struct bytes once, twice;
    bool changed, again, ok;

    arena_init(&a, 1 << 20);
    once = filename_clean(&a, name, &changed);
    twice = filename_clean(&a, once, &again);
    ok = bytes_equal(once, bytes_of(clean)) && changed == !bytes_equal(name, once) && !again &&
         bytes_equal(once, twice);
    if (!ok)
        (void)printf("  \"%.*s\" gives \"%.*s\", expected \"%s\"\n", (int)name.len, (const char *)name.at,
                     (int)once.len, (const char *)once.at, clean);
    arena_done(&a);
    return ok;
}

static void check_table(const struct example *table, size_t count)
{
    for (size_t i = 0; i < count; i++)
        CHECK(gives(bytes_of(table[i].name), table[i].clean));
}

static void harmless_names_stay(void)
{
    static const char *const names[] = {"report.pdf",   "令和6年度 予算書（案）.xlsx", "議事録　第1回.docx", "a.b.c.txt",
                                        "葛󠄀飾区.txt", "﨑山様.pdf",                "~$draft.docx",      "100%.csv",
                                        "README",       "外字\xee\x80\x80.txt",     "no ending"};

    for (size_t i = 0; i < countof(names); i++)
        CHECK(gives(bytes_of(names[i]), names[i]));
}

static void what_nobody_sees_goes(void)
{
    static const struct example table[] = {
        {"invoice\xe2\x80\xaegnp.exe", "invoicegnp.exe"}, /* right-to-left override */
        {"a\xe2\x81\xa6" "b\xe2\x81\xa9.txt", "ab.txt"},     /* isolates */
        {"a\xe2\x80\x8b" "b.txt", "ab.txt"},                 /* zero width space */
        {"\xef\xbb\xbf" "a.txt", "a.txt"},                   /* byte order mark */
        {"a\xef\xb8\x8f.txt", "a.txt"},                     /* selector without ideograph */
        {"x\xf3\xa0\x84\x80.txt", "x.txt"},
        {"a\xc2\xa0" "b.txt", "a b.txt"},
    };

    check_table(table, countof(table));
    CHECK(gives((struct bytes){(const uint8_t *)"a.txt\0.pdf", 10}, "a.txt_.pdf"));
}

static void what_systems_forbid_becomes_an_underscore(void)
{
    static const struct example table[] = {
        {"a/b\\c.txt", "a_b_c.txt"},
        {"..", "_"},
        {"", "_"},
        {"file.txt:stream", "file.txt_stream"},
        {"<>:\"|?*.txt", "_______.txt"},
        {"a\nb.txt", "a_b.txt"},
        {"\xc2\xa5" "100.txt", "\xef\xbf\xa5" "100.txt"},
        {" .hidden. ", "hidden"},
        {"a.txt...", "a.txt"},
        {"\xe3\x80\x80" "a.txt\xe3\x80\x80", "a.txt"},
        {"CON", "_CON"},
        {"con.txt", "_con.txt"},
        {"Aux .txt", "_Aux.txt"},
        {"com1.docx", "_com1.docx"},
        {"LPT\xc2\xb9.csv", "_LPT\xc2\xb9.csv"},
        {"console.txt", "console.txt"},
        {"com10.txt", "com10.txt"},
    };

    check_table(table, countof(table));
}

static void double_endings_are_told_apart(void)
{
    static const struct example table[] = {
        {"report.exe.pdf", "report_exe.pdf"},   {"report.pdf      .exe", "report.pdf.exe"},
        {"a.JS.b.txt", "a_JS.b.txt"},           {"a.exe .pdf", "a_exe.pdf"},
        {"a.tar.gz", "a.tar.gz"},               {"2024.01.05.pdf", "2024.01.05.pdf"},
        {"a.exe.", "a.exe"},
    };

    check_table(table, countof(table));
}

static void composition_keeps_names_of_people(void)
{
    static const struct example table[] = {
        {"か\xe3\x82\x99.txt", "が.txt"},
        {"ハ\xe3\x82\x9a.txt", "パ.txt"},
        {"\xef\xa8\x91.txt", "\xef\xa8\x91.txt"},         /* U+FA11 */
        {"\xef\xa4\xa9.txt", "\xef\xa4\xa9.txt"},         /* U+F929, which composition would replace */
        {"\xf0\xaf\xa0\x80か\xe3\x82\x99.txt", "\xf0\xaf\xa0\x80が.txt"},
    };

    check_table(table, countof(table));
}

static void foreign_bytes_are_read_or_escaped(void)
{
    CHECK(gives(BYTES("\xff\xfe.txt"), "%FF%FE.txt"));
    CHECK(gives(BYTES("\x8a\xd6\x8f\x8a.txt"), "関所.txt"));
    CHECK(gives(BYTES("\x95\x5c.txt"), "表.txt")); /* the second byte is a backslash */
    CHECK(gives(BYTES("\x87\x40\xfb\xfc.txt"), "①髙.txt")); /* NEC and IBM extensions */
}

static void long_names_are_cut_between_characters(void)
{
    struct arena a;
    struct buf name;
    struct bytes clean;

    arena_init(&a, 1 << 20);
    buf_init(&name, 4096);
    for (int i = 0; i < 200; i++)
        buf_put_text(&name, "関");
    buf_put_text(&name, ".docx");
    clean = filename_clean(&a, buf_bytes(&name), NULL);
    CHECK(clean.len == 83 * 3 + 5);
    CHECK(bytes_ends(clean, BYTES("関.docx")));
    buf_reset(&name);
    for (int i = 0; i < 247; i++)
        buf_put_u8(&name, 'a');
    buf_put_text(&name, ".exeblah.pdf"); /* the cut must not make an inner program */
    clean = filename_clean(&a, buf_bytes(&name), NULL);
    CHECK(clean.len <= FILENAME_MAX_LEN);
    CHECK(bytes_find(clean, BYTES(".exe"), 0) == SIZE_MAX);
    CHECK(bytes_equal(clean, filename_clean(&a, clean, NULL)));
    buf_done(&name);
    arena_done(&a);
}

static void endings_are_swapped(void)
{
    struct arena a;

    arena_init(&a, 1 << 20);
    CHECK(bytes_equal(filename_with_extension(&a, BYTES("a.docm"), BYTES("docx")), BYTES("a.docx")));
    CHECK(bytes_equal(filename_with_extension(&a, BYTES("a"), BYTES("txt")), BYTES("a.txt")));
    CHECK(bytes_equal(filename_with_extension(&a, BYTES("v1. final plan"), BYTES("txt")), BYTES("v1. final plan.txt")));
    CHECK(bytes_equal(filename_extension(BYTES("a.b.PDF")), BYTES("PDF")));
    CHECK(filename_extension(BYTES(".profile")).len == 0);
    CHECK(filename_runs(BYTES("ExE")) && filename_runs(BYTES("mde")) && !filename_runs(BYTES("pdf")) &&
          !filename_runs(BYTES("ex")) && !filename_runs(BYTES("")));
    arena_done(&a);
}

static void names_that_clash_are_numbered(void)
{
    struct arena a;

    arena_init(&a, 1 << 20);
    CHECK(bytes_equal(filename_numbered(&a, BYTES("plan.docx"), 2), BYTES("plan (2).docx")));
    CHECK(bytes_equal(filename_numbered(&a, BYTES("plan"), 12), BYTES("plan (12)")));
    CHECK(bytes_equal(filename_fold(&a, BYTES("Plan.DOCX")), filename_fold(&a, BYTES("pLAN.docx"))));
    CHECK(bytes_equal(filename_fold(&a, BYTES("Ａ")), filename_fold(&a, BYTES("ａ"))));
    CHECK(!bytes_equal(filename_fold(&a, BYTES("か")), filename_fold(&a, BYTES("カ"))));
    arena_done(&a);
}

TEST_MAIN(TEST(harmless_names_stay), TEST(what_nobody_sees_goes), TEST(what_systems_forbid_becomes_an_underscore),
          TEST(double_endings_are_told_apart), TEST(composition_keeps_names_of_people),
          TEST(foreign_bytes_are_read_or_escaped), TEST(long_names_are_cut_between_characters),
          TEST(endings_are_swapped), TEST(names_that_clash_are_numbered))
