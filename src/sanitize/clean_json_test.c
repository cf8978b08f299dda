#include "base/test.h"
#include "sanitize/promise.h"

static bool becomes(struct bytes in, const char *out, enum row row, enum act act, uint32_t count)
{
    struct arena a;
    struct buf made;
    struct findings found;
    struct fault why = {0};
    enum type type;
    bool ok;

    arena_init(&a, 64 << 20);
    ok = promise_run(&a, TYPE_json, clean_json, in, "a.json", &made, &found, &type, &why) == OK;
    ok = ok && bytes_equal(buf_bytes(&made), bytes_of(out)) && promise_count(&found, row, act) == count;
    if (!ok)
        (void)printf("  %.*s %s\n", (int)made.len, (const char *)made.at, why.text);
    ok = ok && promise_check(TYPE_json, clean_json, in, "a.json");
    buf_done(&made);
    arena_done(&a);
    return ok;
}

/* Refused, with T08. */
static bool refused(struct bytes in)
{
    struct arena a;
    struct buf made;
    struct findings found;
    struct fault why = {0};
    enum type type;
    bool ok;

    arena_init(&a, 64 << 20);
    ok = promise_run(&a, TYPE_json, clean_json, in, "a.json", &made, &found, &type, &why) != OK && why.row != NULL &&
         strcmp(why.row, "T08") == 0;
    if (!ok)
        (void)printf("  passed: %.*s\n", (int)in.len, (const char *)in.at);
    buf_done(&made);
    arena_done(&a);
    return ok;
}

static void harmless_json_stays(void)
{
    static const char *const texts[] = {
        "{}", "[]", " [ 1 , -0.5e+10, true ,false, null ]\r\n", "{\"a\": {\"a\": 1}, \"b\": [{\"a\": 2}, {\"a\": 3}]}",
        "123456789012345678901234567890.123456789", "\"氏名\\n\\\"x\\\\\"", "{\"a\":1}\n{\"a\":2}\n", "[\n\t\"👨‍👩‍👧\"\n]",
    };

    for (size_t i = 0; i < countof(texts); i++)
        CHECK(becomes(bytes_of(texts[i]), texts[i], ROW_T04, ACT_REMOVED, 0));
}

static void T08_is_to_the_letter(void)
{
    static const char *const texts[] = {
        "", "{", "[1,]", "{\"a\":1,}", "{a:1}", "{'a':1}", "[01]", "[1.]", "[.5]", "[+1]", "[NaN]", "[1] 2", "[1]// x", "\"\\x\"",
        "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\n\"", "\"a\nb\"", "{\"a\":1,\"a\":2}", "{\"a\":1,\"\\u0061\":2}",
        "{\"a\":1,\"a\\u200b\":2}", "[1}", "]", "{\"a\"}", "{\"a\" 1}", "tru", "[1e99999]", "[truefalse]",
    };
    uint8_t deep[400];

    for (size_t i = 0; i < countof(texts); i++)
        CHECK(refused(bytes_of(texts[i])));
    memset(deep, '[', sizeof(deep));
    CHECK(refused((struct bytes){deep, sizeof(deep)}));
    memset(deep, '1', sizeof(deep));
    CHECK(refused((struct bytes){deep, sizeof(deep)}));
}

static void what_is_made_of_it(void)
{
    CHECK(becomes(BYTES("\xef\xbb\xbf{}"), "{}", ROW_T03, ACT_REBUILT, 1));
    CHECK(becomes(BYTES("\"\\u6c0f\\/\\ud842\\udfb7\""), "\"氏/𠮷\"", ROW_T04, ACT_REMOVED, 0));
    CHECK(becomes(BYTES("\"a\\u202eb\\u0000\\u001b[1mc\""), "\"abc\"", ROW_T04, ACT_REMOVED, 3));
    CHECK(becomes(BYTES("[\"\x8e\x81\x96\xbc\"]"), "[\"氏名\"]", ROW_T03, ACT_REBUILT, 1));
}

static void many_members_are_told_apart(void)
{
    struct buf b;

    buf_init(&b, 1 << 20);
    buf_put_text(&b, "[{");
    for (int i = 0; i < 5000; i++)
        buf_putf(&b, "%s\"k%d\":{\"k%d\":1}", i == 0 ? "" : ",", i, i);
    buf_put_text(&b, "},{\"k1\":1}]");
    CHECK(promise_check(TYPE_json, clean_json, buf_bytes(&b), "a.json"));
    b.len -= strlen("},{\"k1\":1}]");
    buf_put_text(&b, ",\"k77\":1}]");
    CHECK(refused(buf_bytes(&b)));
    buf_done(&b);
}

TEST_MAIN(TEST(harmless_json_stays), TEST(T08_is_to_the_letter), TEST(what_is_made_of_it), TEST(many_members_are_told_apart))
