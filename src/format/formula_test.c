#include "format/formula.h"

#include "base/test.h"

/* One letter a token, white space left out. */
static const char letters[] = ".(),& sewfStbd!";

static bool reads_as(const char *text, const char *kinds)
{
    struct formula f = formula_of(bytes_of(text));
    struct formula_token t;
    char got[64] = {0};
    size_t n = 0;

    while (formula_next(&f, &t))
        if (t.kind != FORMULA_SPACE && n < sizeof(got) - 1)
            got[n++] = letters[t.kind];
    if (strcmp(got, kinds) != 0)
        (void)printf("  %s reads as %s\n", text, got);
    return strcmp(got, kinds) == 0;
}

static void functions_and_cells(void)
{
    CHECK(reads_as("SUM(A1:B2,3)", "f(w.w,w)"));
    CHECK(reads_as("_xlfn._xlws.FILTER (A1:A9, A1:A9>2)", "f(w.w,w.w.w)"));
    CHECK(reads_as("ERROR.TYPE(#DIV/0!)+#REF!A1+1.5E+3", "f(e).ew.w.w"));
    CHECK(reads_as("@A1#&\"a\"\"b(\"", ".w.&s"));
    CHECK(reads_as("合計*売上高", "w.w"));
}

static void sheets_and_books(void)
{
    CHECK(reads_as("Sheet1!A1+'It''s [x'!B1", "Sw.Sw"));
    CHECK(reads_as("'4月:6月'!A1", "Sw"));
    CHECK(reads_as("[1]Sheet1!A1", "bSw"));
    CHECK(reads_as("[12]!Name", "bw"));
    CHECK(reads_as("'[1]My Sheet'!A1", "Sw"));
    CHECK(reads_as("Table1[[#This Row],[a']b]]*2", "wt.w"));
    CHECK(reads_as("Table1[x]Sheet!A1", "wbSw"));
}

static void dde_and_disguise(void)
{
    CHECK(reads_as("cmd|'/c calc'!A0", "ddSw"));
    CHECK(reads_as("'cmd' |a!A0", "ddSw"));
    CHECK(reads_as("ｃｍｄ｜ａ", "!"));
    CHECK(reads_as("ＷＥＢＳＥＲＶＩＣＥ（\"x\"）", "!sw"));
    CHECK(reads_as("\"a|b\"", "s"));
    CHECK(reads_as("\"open", "!"));
    CHECK(reads_as("'open", "!"));
    CHECK(reads_as("[open", "!"));
    CHECK(reads_as("A1\x01", "w!"));
    CHECK(reads_as("", ""));
}

static void quotes_come_off(void)
{
    struct buf scratch;

    buf_init(&scratch, 1000);
    CHECK(bytes_equal(formula_plain(BYTES("'It''s'!"), &scratch), BYTES("It's")));
    CHECK(bytes_equal(formula_plain(BYTES("Sheet1!"), &scratch), BYTES("Sheet1")));
    CHECK(bytes_equal(formula_plain(BYTES("\"a\"\"b\""), &scratch), BYTES("a\"b")));
    CHECK(formula_plain(BYTES("\"\""), &scratch).len == 0);
    buf_done(&scratch);
}

TEST_MAIN(TEST(functions_and_cells), TEST(sheets_and_books), TEST(dde_and_disguise), TEST(quotes_come_off))
