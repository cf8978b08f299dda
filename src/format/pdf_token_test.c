#include "format/pdf_token.h"

#include "base/test.h"

static bool has(void *ctx, enum pdf_resource kind, struct bytes name)
{
    (void)ctx, (void)kind;
    return name.len == 2 && name.at[0] == 'R';
}

static unsigned components(void *ctx, struct bytes name)
{
    (void)ctx, (void)name;
    return 3;
}

static const struct pdf_token_rules rules = {.has = has, .components = components};

/* Rewrite, and rewrite what came out: the first must be `want`, the second the same. */
static bool gives(const char *in, const char *want, struct pdf_token_seen *ret_seen)
{
    struct pdf_token_seen again;
    struct buf once, twice;
    bool fine;

    buf_init(&once, 1 << 16);
    buf_init(&twice, 1 << 16);
    pdf_token_rewrite(bytes_of(in), &rules, &once, ret_seen);
    pdf_token_rewrite(buf_bytes(&once), &rules, &twice, &again);
    fine = bytes_equal(buf_bytes(&once), bytes_of(want)) && bytes_equal(buf_bytes(&once), buf_bytes(&twice));
    if (!fine)
        (void)printf("  %s gave: %.*s\n", in, (int)once.len, (const char *)once.at);
    buf_done(&once);
    buf_done(&twice);
    return fine;
}

static void spellings(void)
{
    static const struct {
        const char *in, *want;
    } cases[] = {
        {"", ""},
        {"0 0 10 10 re f", "0 0 10 10 re\nf\n"},
        {"+1.500 -.0 00.25 1. re", "1.5 0 .25 1 re\n"},
        {"--5 1-2 m", "-5 1 m\n"},
        {"123456789012 0 m", "2147483647 0 m\n"},
        {"(a\\)b) Tj <0041> Tj", "(a\\)b)Tj\n<0041>Tj\n"},
        {"[(A) -20 (B)]TJ", "[(A)-20(B)]TJ\n"},
        {"/R1 12 Tf", "/R1 12 Tf\n"},
        {"%comment\n1 w", "1 w\n"},
        {"[1 2] 0 d", "[1 2]0 d\n"},
        {"/P <</MCID 3 /X (gone)>> BDC EMC", "/P<</MCID 3>>BDC\nEMC\n"},
        {"0.1 0.2 0.3 /R1 scn", ".1 .2 .3/R1 scn\n"},
    };
    struct pdf_token_seen seen;

    for (size_t i = 0; i < countof(cases); i++)
        CHECK(gives(cases[i].in, cases[i].want, &seen) && seen.unknown == 0);
    CHECK(gives("[(A)[(gone) 1]<</X[2]>>/N(B)]TJ", "[(A)(B)]TJ\n", &seen) && seen.unknown == 3);
}

static void only_the_list(void)
{
    struct pdf_token_seen seen;

    CHECK(gives("1 2 evil 3 w", "3 w\n", &seen) && seen.unknown == 1);
    CHECK(gives("(x) w", "", &seen) && seen.unknown == 1);
    CHECK(gives("7 8 9 w", "9 w\n", &seen) && seen.unknown == 1);
    CHECK(gives("1 m", "", &seen) && seen.unknown == 1);
    CHECK(gives("BX 1 evil EX", "", &seen) && seen.unknown == 1);
    CHECK(gives("/a PS", "", &seen) && seen.postscript == 1);
    CHECK(gives("[1 (x)] 0 d", "", &seen) && seen.unknown == 1);
    CHECK(gives("] >> } ) 1 w", "1 w\n", &seen) && seen.unknown == 4);
}

static void resources(void)
{
    struct pdf_token_seen seen;

    CHECK(gives("/Xx Do /R1 Do", "/R1 Do\n", &seen) && seen.missing == 1);
    CHECK(gives("/DeviceRGB cs /Xx cs", "/DeviceRGB cs\n", &seen) && seen.missing == 1);
    CHECK(gives("/OC /Xx BDC 1 w EMC", "/OC BMC\n1 w\nEMC\n", &seen) && seen.missing == 1);
}

static void balance(void)
{
    struct pdf_token_seen seen;

    CHECK(gives("q 1 w", "q\n1 w\nQ\n", &seen) && seen.unbalanced == 1);
    CHECK(gives("Q Q 1 w", "1 w\n", &seen) && seen.unbalanced == 2);
    CHECK(gives("BT BT ET ET", "BT\nET\nBT\nET\n", &seen) && seen.unbalanced == 2);
    CHECK(gives("EMC /T BMC", "/T BMC\nEMC\n", &seen) && seen.unbalanced == 2);
}

static void inline_images(void)
{
    struct pdf_token_seen seen;

    CHECK(gives("BI /W 2/H 2/BPC 8/CS/G ID abcd EI 1 w", "BI/W 2/H 2/BPC 8/CS/G/F/AHx ID\n61626364>\nEI\n1 w\n", &seen));
    CHECK(gives("BI /W 8/H 1/IM true ID E EI", "BI/W 8/H 1/IM true/F/AHx ID\n45>\nEI\n", &seen));
    /* The end is found by the size, not by the look of it. */
    CHECK(gives("BI /W 4/H 1/BPC 8/CS/G ID  EI EI 2 w", "BI/W 4/H 1/BPC 8/CS/G/F/AHx ID\n20454920>\nEI\n2 w\n", &seen));
    /* Too little data is filled up, too much is left out. */
    CHECK(gives("BI /W 4/H 1/BPC 8/CS/G/F/AHx ID 41> EI", "BI/W 4/H 1/BPC 8/CS/G/F/AHx ID\n41000000>\nEI\n", &seen));
    CHECK(gives("BI /W 1/H 1/BPC 8/CS/G/F/AHx ID 414243> EI", "BI/W 1/H 1/BPC 8/CS/G/F/AHx ID\n41>\nEI\n", &seen));
    CHECK(gives("BI /W 1/H 1/F/Evil ID x EI 3 w", "3 w\n", &seen) && seen.images == 1);
    CHECK(gives("BI /W 2/H 1/BPC 8/CS[/I/RGB 1 <000000ffffff>] ID ab EI",
                "BI/W 2/H 1/BPC 8/CS[/I/RGB 1<000000ffffff>]/F/AHx ID\n6162>\nEI\n", &seen));
}

static void hidden_text(void)
{
    struct pdf_token_rules dropping = {.drop_invisible = true};
    struct pdf_token_seen seen;
    struct buf out;

    CHECK(gives("q 3 Tr (a) Tj Q (b) Tj", "q\n3 Tr\n(a)Tj\nQ\n(b)Tj\n", &seen) && seen.invisible == 1);
    buf_init(&out, 1 << 10);
    pdf_token_rewrite(BYTES("q 3 Tr (a) Tj Q (b) Tj"), &dropping, &out, &seen);
    CHECK(bytes_equal(buf_bytes(&out), BYTES("q\n3 Tr\nQ\n(b)Tj\n")));
    buf_done(&out);
}

TEST_MAIN(TEST(spellings), TEST(only_the_list), TEST(resources), TEST(balance), TEST(inline_images), TEST(hidden_text))
