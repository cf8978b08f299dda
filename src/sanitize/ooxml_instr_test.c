#include "sanitize/ooxml_instr.h"

#include "base/test.h"

static enum ooxml_instr judge(const char *instr)
{
    struct bytes name;

    return ooxml_instr_judge(bytes_of(instr), SIZE_MAX, &name);
}

static void fields_of_the_document_stay(void)
{
    static const char *const fine[] = {" PAGE ", "page \\* MERGEFORMAT", "TOC \\o \"1-3\" \\h \\z \\u", "=SUM(ABOVE)", " = 1 + 2 ",
                                       "REF _Ref1 \\h", "PAGEREF _Toc1 \\h", "eq \\o\\ad(\\s\\up 11(a),b)", "SEQ Figure", "DATE\\@\"yyyy\"",
                                       "FORMTEXT", "HYPERLINK \\l \"place\"", "HYPERLINK \\l place \\o \"tip\""};

    for (size_t i = 0; i < countof(fine); i++)
        CHECK(judge(fine[i]) == OOXML_INSTR_FINE);
}

static void others_do_not(void)
{
    static const char *const bad[] = {
        "", "  ", "DDE excel x", "DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe \"/k calc\"", "dDeAuTo x", "INCLUDEPICTURE \"http://x/\"",
        "INCLUDETEXT x", "LINK Excel.Sheet x", "EMBED Package", "MACROBUTTON x", "AUTOTEXT x", "ADDIN x", "IMPORT x", "DATABASE \\d x",
        "PRINT 27", "QUOTE 68 68 69", "SET a b", "IF 1=1 x", "MERGEFIELD x", "PAGE2", "PAGE-1", "DDE\xe2\x80\x8b", "ASK a b", "RD x", "GOTOBUTTON x"};

    for (size_t i = 0; i < countof(bad); i++)
        CHECK(judge(bad[i]) == OOXML_INSTR_BAD);
}

static void links_are_told_apart(void)
{
    CHECK(judge("HYPERLINK \"http://example.com/\"") == OOXML_INSTR_LINK);
    CHECK(judge("HYPERLINK https://example.com/ \\l place") == OOXML_INSTR_LINK);
    CHECK(judge("hyperlink \"mailto:a@example.com\" \\o \"file:///x\"") == OOXML_INSTR_LINK);
    CHECK(judge("HYPERLINK \"file:///c:/x\"") == OOXML_INSTR_BAD_LINK);
    CHECK(judge("HYPERLINK \"\\\\\\\\server\\\\share\"") == OOXML_INSTR_BAD_LINK);
    CHECK(judge("HYPERLINK javascript:alert(1)") == OOXML_INSTR_BAD_LINK);
    CHECK(judge("HYPERLINK") == OOXML_INSTR_BAD_LINK);
    CHECK(judge("HYPERLINK \"http://a/\" \"file:///b\"") == OOXML_INSTR_BAD_LINK);
    CHECK(judge("HYPERLINK \\l place \"file:///b\"") == OOXML_INSTR_BAD_LINK);
}

static void what_another_field_builds_is_unknown(void)
{
    struct bytes name;

    CHECK(ooxml_instr_judge(BYTES("PAGE "), 0, &name) == OOXML_INSTR_BAD);
    CHECK(ooxml_instr_judge(BYTES("PAGE"), 4, &name) == OOXML_INSTR_BAD);
    CHECK(ooxml_instr_judge(BYTES("PAGE x"), 5, &name) == OOXML_INSTR_FINE);
    CHECK(ooxml_instr_judge(BYTES("HYPERLINK http://x/"), 10, &name) == OOXML_INSTR_BAD_LINK);
}

TEST_MAIN(TEST(fields_of_the_document_stay), TEST(others_do_not), TEST(links_are_told_apart),
          TEST(what_another_field_builds_is_unknown))
