#include "sanitize/ooxml_formula.h"

#include "base/test.h"

struct fixture {
    struct arena arena;
    struct map sheets, names, removed;
    struct buf scratch;
    struct ooxml_formula_scope scope;
};

static void put(struct fixture *f, struct map *m, const char *name)
{
    *map_at(m, ooxml_formula_key(bytes_of(name), &f->scratch)) = m;
}

static void set_up(struct fixture *f)
{
    arena_init(&f->arena, 1 << 20);
    buf_init(&f->scratch, FORMULA_SCRATCH);
    map_init(&f->sheets, &f->arena);
    map_init(&f->names, &f->arena);
    map_init(&f->removed, &f->arena);
    put(f, &f->sheets, "Sheet1");
    put(f, &f->sheets, "4月");
    put(f, &f->sheets, "It's");
    put(f, &f->names, "My_Lambda");
    put(f, &f->names, "税込");
    put(f, &f->names, "EXEC");
    put(f, &f->names, "_xll.Foo");
    put(f, &f->removed, "Auto_Open");
    f->scope = (struct ooxml_formula_scope){&f->sheets, &f->names, &f->removed, false, true, &f->scratch};
}

static void tear_down(struct fixture *f)
{
    buf_done(&f->scratch);
    arena_done(&f->arena);
}

static void harmless_formulas_stay(void)
{
    static const char *const good[] = {
        "SUM(A1:B2)", "=IF(Sheet1!A1>0,\"ok|no\",'4月'!B1)", "'Sheet1:4月'!A1", "sheet1!A1", "'It''s'!A1",
        "_xlfn.XLOOKUP(1,A:A,B:B)", "_xlfn._xlws.FILTER(A1:A9,B1:B9)", "_xlfn.LET(_xlpm.x,1,_xlpm.x(2))",
        "Table1[[#This Row],[a|b]]", "Total*1.1", "#REF!$A$1", "my_lambda(3)", "税込(3)", "EXEC+1", "HYPERLINK(\"https://example.jp\",A1)",
        "HYPERLINK( \"#\"&A1 , \"x\")", "HYPERLINK(\"mailto:a@example.jp\")", "PHONETIC(A1)", "log10(2)", "[0]!Total",
        "INDIRECT(\"Sheet1!A\"&B1)", "INDIRECT(\"T[a]\")", "MAP(A1:A3,_xleta.SUM)", "_xlnm.Print_Area", "_xlfn.LAMBDA(_xlpm.x,_xlpm.x+1)(A1)", "A1:B3 (B1:C3)", "{1,2;3,4}", "",
        "IFERROR(1/0,#N/A)", "+A1-$B$2%", "A1#",
    };
    struct fixture f;

    set_up(&f);
    for (size_t i = 0; i < countof(good); i++) {
        const char *hazard = ooxml_formula_hazard(bytes_of(good[i]), &f.scope);

        if (hazard != NULL)
            (void)printf("  %s: %s\n", good[i], hazard);
        CHECK(hazard == NULL);
    }
    tear_down(&f);
}

static void reaching_formulas_go(void)
{
    static const char *const bad[] = {
        "m#yIMAGE(\"def\"", "#NONE!EXEC(1)", "cmd|'/c calc'!A0", "'cmd|/c calc'!A0", "=1+cmd |'x'!y", "WEBSERVICE(\"http://a\")", "_xlfn.WEBSERVICE(A1)",
        "webservice (A1)", "IMAGE(\"http://a\")", "_xlfn.IMAGE(A1)", "RTD(\"a\",,\"b\")", "CALL(\"k\",\"f\")",
        "REGISTER.ID(\"a\",\"b\")", "EXEC(\"calc\")", "_xlfn.PY(0,1)", "_xlws.PY(0,1)", "[1]Sheet1!A1", "[1]!Name",
        "'[1]Sheet1'!A1", "'C:\\a\\[b.xlsx]S'!A1", "'\\\\srv\\s\\[b.xlsx]S'!A1", "'http://a/[b.xlsx]S'!A1", "Macro1!A1",
        "Sheet1!macro()", "_xll.Foo(1)", "_xludf.DUMMYFUNCTION(\"x\")", "FOO(1)", "Auto_Open", "HYPERLINK(A1,\"x\")",
        "HYPERLINK(\"file://srv/x\")", "HYPERLINK(\"\\\\srv\\x\")", "HYPERLINK(\"ht\"&\"tp://x\")", "HYPERLINK()",
        "HYPERLINK(\"javascript:x\")", "HYPERLINK(\"#[b.xlsx]S!A1\")", "HYPERLINK(\" https://x\"=1)",
        "HYPERLINK(\"https://x\"+1)", "INDIRECT(\"'[b.xlsx]S'!A1\")", "INDIRECT(\"cmd|'/c calc'!A0\")",
        "INDIRECT(\"'\\\\srv\\\"&A1)", "MAP(A1:A3,_xleta.WEBSERVICE)", "_xlfn.LAMBDA(_xlpm.f,_xlpm.f(A1))(_xlfn.WEBSERVICE)", "A1+_xll.Foo", "\"open", "SUM(ｃｍｄ｜A1)", "A1(B1)",
        "CUBEVALUE(\"c\",\"m\")", "STOCKHISTORY(\"MSFT\",1)", "EVALUATE(A1)", "GET.CELL(5,A1)", "DDE(\"a\",\"b\",\"c\")",
    };
    struct fixture f;

    set_up(&f);
    for (size_t i = 0; i < countof(bad); i++) {
        if (ooxml_formula_hazard(bytes_of(bad[i]), &f.scope) == NULL)
            (void)printf("  %s passes\n", bad[i]);
        CHECK(ooxml_formula_hazard(bytes_of(bad[i]), &f.scope) != NULL);
    }
    tear_down(&f);
}

static void pivots_that_went_answer_no_more(void)
{
    struct fixture f;

    set_up(&f);
    CHECK(ooxml_formula_hazard(BYTES("GETPIVOTDATA(\"a\",$A$1)"), &f.scope) == NULL);
    f.scope.pivots_lost = true;
    CHECK(ooxml_formula_hazard(BYTES("1+getpivotdata(\"a\",$A$1)"), &f.scope) != NULL);
    tear_down(&f);
}

static void a_profile_may_take_links_out(void)
{
    struct fixture f;

    set_up(&f);
    f.scope.links = false;
    CHECK(ooxml_formula_hazard(BYTES("HYPERLINK(\"https://example.jp\")"), &f.scope) != NULL);
    CHECK(ooxml_formula_hazard(BYTES("HYPERLINK(\"#Sheet1!A1\")"), &f.scope) == NULL);
    tear_down(&f);
}

static void the_list_is_in_order(void)
{
    static const char *const names[] = {
#define FUNCTION(name) name,
#include "sanitize/ooxml_function.def"
#undef FUNCTION
    };

    for (size_t i = 1; i < countof(names); i++)
        CHECK(strcmp(names[i - 1], names[i]) < 0);
}

TEST_MAIN(TEST(harmless_formulas_stay), TEST(reaching_formulas_go), TEST(pivots_that_went_answer_no_more),
          TEST(a_profile_may_take_links_out),
          TEST(the_list_is_in_order))
