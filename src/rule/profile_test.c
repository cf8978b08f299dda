#include "rule/profile.h"

#include "base/test.h"

static void a_policy_row_can_be_switched(void)
{
    struct profile p;

    CHECK(profile_parse(BYTES("profile strict # words\nP05 remove\nformat pdf text\nlimit size 5M\n"), &p, NULL) == OK);
    CHECK(profile_choice(&p, ROW_P05) == CHOICE_REMOVE);
    CHECK(p.mode[FAMILY_PDF] == MODE_TEXT);
    CHECK(p.limits.size == 5u << 20);
    CHECK(strcmp(p.name, "strict") == 0);
}

static void a_removal_row_can_never_be_switched(void)
{
    struct profile p;
    struct fault why = {0};

    CHECK(profile_parse(BYTES("\n  O05 keep"), &p, &why) == ERR_DENIED);
    CHECK(strstr(why.text, "line 2, column 3") != NULL);
    for (unsigned i = 0; i < ROW_COUNT; i++)
        if (rule_default((enum row)i) == CHOICE_REMOVE && rule_choices((enum row)i) != 0)
            CHECK((rule_choices((enum row)i) & CHOICE_KEEP) == 0);
}

static void mistakes_are_named(void)
{
    struct profile p;
    struct fault why = {0};

    CHECK(profile_parse(BYTES("P05 maybe"), &p, &why) == ERR_MALFORMED);
    CHECK(profile_parse(BYTES("Q99 remove"), &p, &why) == ERR_MALFORMED);
    CHECK(profile_parse(BYTES("limit size 99999999999G"), &p, &why) == ERR_MALFORMED);
    CHECK(profile_parse(BYTES("limit size 0"), &p, &why) == ERR_MALFORMED);
}

static void types_know_their_endings(void)
{
    CHECK(type_may_end(TYPE_jpeg, BYTES("JPG")));
    CHECK(!type_may_end(TYPE_docx, BYTES("docm")));
    CHECK(type_output(TYPE_docm) == TYPE_docx);
    CHECK(type_by_extension(BYTES("jtd")) == TYPE_jtd);
    CHECK(bytes_equal(type_extension(TYPE_jpeg), BYTES("jpg")));
}

TEST_MAIN(TEST(a_policy_row_can_be_switched), TEST(a_removal_row_can_never_be_switched), TEST(mistakes_are_named),
          TEST(types_know_their_endings))
