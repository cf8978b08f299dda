#include "format/pdf_value.h"

#include "base/test.h"
#include "format/pdf_calc.h"
#include "format/pdf_scan.h"
#include "format/pdf_write.h"

static struct arena arena;
static struct buf stack;

static const struct pdf_value *parse(const char *text)
{
    struct pdf_value *v = ARENA_NEW(&arena, struct pdf_value);

    *v = pdf_value_parse(&arena, &stack, bytes_of(text));
    return v;
}

static bool written(const char *text, const char *want)
{
    struct buf b;
    bool fine;

    buf_init(&b, 1 << 12);
    pdf_write_scalar(&b, parse(text));
    fine = bytes_equal(buf_bytes(&b), bytes_of(want));
    if (!fine)
        (void)printf("  %s gave %.*s\n", text, (int)b.len, (const char *)b.at);
    buf_done(&b);
    return fine;
}

static void scalars(void)
{
    CHECK(written("null", "null") && written("true", "true") && written("-7", "-7") && written("007.50", "7.5"));
    CHECK(written("/A#42c", "/ABc") && written("/a#20b", "/a#20b") && written("/#e9", "/#e9") && written("/a#00", "/a#2300"));
    CHECK(written("(a\\(b\\051)", "(a\\(b\\))") && written("(a\\\nb)", "(ab)") && written("(\\101\\12)", "<410a>"));
    CHECK(written("<4 1 4>", "(A@)") && written("((nested))", "(\\(nested\\))"));
}

static void containers(void)
{
    const struct pdf_value *v = parse("<</B 1/A[1 0 R (x)]/C null/A 3>>");

    CHECK(v->kind == PDF_DICT && v->count == 2);
    CHECK(pdf_value_is_name(&v->items[0], "A"));
    CHECK(pdf_value_get(v, "A")->kind == PDF_ARRAY && pdf_value_item(pdf_value_get(v, "A"), 0)->kind == PDF_REF);
    CHECK(pdf_value_get(v, "C") == NULL && pdf_value_get(v, "D") == NULL);
    CHECK(pdf_value_number(parse("-12.25"), 0) == -12.25);
}

static void depth_is_cut(void)
{
    struct buf deep;
    struct pdf_value v;

    buf_init(&deep, 1 << 20);
    for (int i = 0; i < 100000; i++)
        buf_put_u8(&deep, '[');
    v = pdf_value_parse(&arena, &stack, buf_bytes(&deep));
    CHECK(v.kind == PDF_ARRAY);
    buf_done(&deep);
}

static void calculators(void)
{
    struct buf out;

    buf_init(&out, PDF_CALC_MAX);
    CHECK(!pdf_calc_rewrite(BYTES("{ dup 0.50 gt\n{pop 1}{2 mul}ifelse }"), &out));
    CHECK(bytes_equal(buf_bytes(&out), BYTES("{dup .5 gt{pop 1}{2 mul}ifelse}")));
    buf_reset(&out);
    CHECK(pdf_calc_rewrite(BYTES("{ (x) run }"), &out));
    CHECK(pdf_calc_rewrite(BYTES("{ 1 "), &out));
    CHECK(pdf_calc_rewrite(BYTES("1"), &out));
    buf_done(&out);
}

static void scans(void)
{
    struct pdf_scan seen = pdf_scan(BYTES("junk%PDF-1.7\n1 0 obj\n<</J#61va 1/a#20b 2/Length 9>>stream\n/x#61 1 0 "
                                          "endstream endobj 1 0 obj 5 endobj\n%%EOF tail"));

    CHECK(seen.head == 4 && seen.tail == 4 && seen.again == 1 && seen.disguised == 1);
    seen = pdf_scan(BYTES("%PDF-1.7\n1 0 obj\n5\nendobj\n%%EOF\n"));
    CHECK(seen.head == 0 && seen.tail == 0 && seen.again == 0 && seen.disguised == 0);
}

int main(void)
{
    static const struct test tests[] = {TEST(scalars), TEST(containers), TEST(depth_is_cut), TEST(calculators), TEST(scans)};
    int failed;

    arena_init(&arena, 64 << 20);
    buf_init(&stack, 64 << 20);
    failed = test_main(tests, countof(tests));
    buf_done(&stack);
    arena_done(&arena);
    return failed;
}
