#include "base/test.h"
#include "sanitize/csv_lead.h"
#include "sanitize/promise.h"

#define MARK "\xef\xbb\xbf"

static bool becomes(enum type type, struct bytes in, const char *out, enum row row, enum act act, uint32_t count)
{
    struct arena a;
    struct buf made;
    struct findings found;
    struct fault why = {0};
    enum type ret;
    bool ok;

    arena_init(&a, 64 << 20);
    ok = promise_run(&a, type, clean_csv, in, "a.csv", &made, &found, &ret, &why) == OK;
    ok = ok && bytes_equal(buf_bytes(&made), bytes_of(out)) && promise_count(&found, row, act) == count;
    if (!ok)
        (void)printf("  %.*s\n  %s %u\n", (int)made.len, (const char *)made.at, why.text, promise_count(&found, row, act));
    ok = ok && promise_check(type, clean_csv, in, "a.csv");
    buf_done(&made);
    arena_done(&a);
    return ok;
}

static void T01_formulas_are_text(void)
{
    static const char *const bad[] = {"=1+1", "+cmd|' /C calc'!A0", "-cmd|' /C calc'!A0", "@SUM(A1)", "＝1+1", "＋A1", "－A1()",
                                      "＠SUM(1)", " =A1", "\t=A1", "\"=A1", "=HYPERLINK(\"http://a\")", "-要確認", "=5", "@user",
                                      "\tabc", "=\"a\"&\"b\"", "-1+1", "　=A1"};
    static const char *const fine[] = {"-1200", "+81-3-1234-5678", "-1,200.50", "1e5", "-1.5e-3", "-", "---", "＝＝＝", "－５", "-5℃",
                                       "-10円", "+3%", "(03)1234-5678", "-2026/04/01", "a=b", "'=A1", "−５", "\t00123", "", "住民税",
                                       "123", "-¥1,200", "*", "#"};
    struct bytes text;

    for (size_t i = 0; i < countof(bad); i++)
        CHECK(csv_lead(bytes_of(bad[i]), &text) == CSV_LEAD_FORMULA);
    for (size_t i = 0; i < countof(fine); i++)
        CHECK(csv_lead(bytes_of(fine[i]), &text) == CSV_LEAD_NONE);
    CHECK(csv_lead(BYTES("=\"00123\""), &text) == CSV_LEAD_TEXT && bytes_equal(text, BYTES("00123")));
}

static void T01_in_every_place(void)
{
    CHECK(becomes(TYPE_csv, BYTES("\"-5,-(\"\n"), MARK "\"'-5,'-(\"\n", ROW_T01, ACT_NEUTRALIZED, 1));
    CHECK(becomes(TYPE_csv, BYTES("=A1,b\r\n\"=A1\",-5\r\n"), MARK "'=A1,b\r\n\"'=A1\",-5\r\n", ROW_T01, ACT_NEUTRALIZED, 2));
    CHECK(becomes(TYPE_csv, BYTES(MARK "=A1\n"), MARK "'=A1\n", ROW_T01, ACT_NEUTRALIZED, 1));
    CHECK(becomes(TYPE_csv, BYTES("\xe2\x80\x8b=A1\n"), MARK "'=A1\n", ROW_T01, ACT_NEUTRALIZED, 1));
    CHECK(becomes(TYPE_csv, BYTES("a;b\n1,=cmd|x;2\n"), MARK "a;b\n1,'=cmd|x;2\n", ROW_T01, ACT_NEUTRALIZED, 1));
    CHECK(becomes(TYPE_csv, BYTES("a,b\n\"x;=A(1)\",2\n"), MARK "a,b\n\"x;'=A(1)\",2\n", ROW_T01, ACT_NEUTRALIZED, 1));
    CHECK(becomes(TYPE_csv, BYTES("\"- a\n- b\",1\n"), MARK "\"'- a\n- b\",1\n", ROW_T01, ACT_NEUTRALIZED, 1));
    CHECK(becomes(TYPE_tsv, BYTES("a\t=A1\n"), MARK "a\t'=A1\n", ROW_T01, ACT_NEUTRALIZED, 1));
    CHECK(becomes(TYPE_csv, BYTES("a,=\"001\"\n"), MARK "a,001\n", ROW_T01, ACT_NEUTRALIZED, 1));
}

static void T02_lines_that_change_the_reading(void)
{
    CHECK(becomes(TYPE_csv, BYTES("sep=;\r\na;b\r\n"), MARK "a,b\r\n", ROW_T02, ACT_REMOVED, 1));
    CHECK(becomes(TYPE_csv, BYTES("SEP=|\nsep=;\n1;\"2\"\n"), MARK "1,\"2\"\n", ROW_T02, ACT_REMOVED, 2));
    CHECK(becomes(TYPE_csv, BYTES("sep=\t\na\tb\n"), MARK "a,b\n", ROW_T02, ACT_REMOVED, 1));
    CHECK(becomes(TYPE_csv, BYTES("\"sep=;\"\na;b,c;d\n"), MARK "a,\"b,c\",d\n", ROW_T02, ACT_REMOVED, 1));
    CHECK(becomes(TYPE_csv, BYTES("ID,name\n1,a\n"), MARK "\"ID\",name\n1,a\n", ROW_T02, ACT_NEUTRALIZED, 1));
    CHECK(becomes(TYPE_csv, BYTES("\"sep=\"-"), MARK "\"'sep=-\"", ROW_T02, ACT_NEUTRALIZED, 1));
    CHECK(becomes(TYPE_csv, BYTES("sep=x,1"), MARK "'sep=x,1", ROW_T02, ACT_NEUTRALIZED, 1));
    CHECK(becomes(TYPE_csv, BYTES("sep="), MARK "", ROW_T02, ACT_REMOVED, 1));
}

static void T03_T04_coding_and_controls(void)
{
    CHECK(becomes(TYPE_csv, BYTES("\x8e\x81\x96\xbc,\x8b\xe0\x8a\x7a\r\n"), MARK "氏名,金額\r\n", ROW_T03, ACT_REBUILT, 1));
    CHECK(becomes(TYPE_csv, BYTES("a\x01,b\xe2\x80\xae" "c\n"), MARK "a,bc\n", ROW_T04, ACT_REMOVED, 2));
    CHECK(becomes(TYPE_csv, BYTES("a\rb\r"), MARK "a\nb\n", ROW_T04, ACT_REMOVED, 0));
}

static void harmless_tables_stay(void)
{
    CHECK(becomes(TYPE_csv, BYTES(MARK "\"a\"\"b\",\"c\r\nd\", e ,\r\n,,\r\n"), MARK "\"a\"\"b\",\"c\r\nd\", e ,\r\n,,\r\n", ROW_T01,
                  ACT_NEUTRALIZED, 0));
    CHECK(becomes(TYPE_csv, BYTES(""), MARK "", ROW_T01, ACT_NEUTRALIZED, 0));
}

TEST_MAIN(TEST(T01_formulas_are_text), TEST(T01_in_every_place), TEST(T02_lines_that_change_the_reading),
          TEST(T03_T04_coding_and_controls), TEST(harmless_tables_stay))
