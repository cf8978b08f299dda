#include "text/scrub.h"

#include "base/test.h"

static bool becomes(const char *in, const char *out, int kind)
{
    struct scrub s;
    struct buf b, again;
    bool ok;

    buf_init(&b, 4096);
    buf_init(&again, 4096);
    scrub_init(&s);
    scrub_run(&s, bytes_of(in), &b);
    scrub_end(&s);
    ok = bytes_equal(buf_bytes(&b), bytes_of(out));
    for (int k = 0; k < SCRUB_KINDS; k++)
        ok = ok && (s.count[k] > 0) == (k == kind);
    scrub_init(&s);
    scrub_run(&s, buf_bytes(&b), &again);
    scrub_end(&s);
    ok = ok && bytes_equal(buf_bytes(&b), buf_bytes(&again));
    if (!ok)
        (void)printf("  %s\n", in);
    buf_done(&b);
    buf_done(&again);
    return ok;
}

static void harmless_text_stays(void)
{
    static const char *const texts[] = {"", "表 1\r\n\tabc", "👨‍👩‍👧 家族", "葛󠄀城市", "1️⃣ ☎️", "がぎ か゛", "ﾊﾝｶｸ é ©", "神︀"};

    for (size_t i = 0; i < countof(texts); i++)
        CHECK(becomes(texts[i], texts[i], -1));
}

static void what_hides_goes(void)
{
    CHECK(becomes("a\x01" "b\x7f", "ab", SCRUB_CONTROL));
    CHECK(becomes("a\x1b[31mred\x1b[0m", "ared", SCRUB_ESCAPE));
    CHECK(becomes("a\x1b]0;title\x07" "b", "ab", SCRUB_ESCAPE));
    CHECK(becomes("a\x1b]0;title\x1b\\b", "ab", SCRUB_ESCAPE));
    CHECK(becomes("a\x1b]0;title\nb", "a\nb", SCRUB_ESCAPE));
    CHECK(becomes("a\x1b", "a", SCRUB_ESCAPE));
    CHECK(becomes("\xe2\x80\xae" "fdp.exe", "fdp.exe", SCRUB_DIRECTION));
    CHECK(becomes("a\xe2\x80\x8b" "b\xef\xbb\xbf" "c", "abc", SCRUB_INVISIBLE));
    CHECK(becomes("a\xe2\x80\x8d" "b", "ab", SCRUB_INVISIBLE));
    CHECK(becomes("👨\xe2\x80\x8d", "👨", SCRUB_INVISIBLE));
    CHECK(becomes("👨\xe2\x80\x8d" "b", "👨b", SCRUB_INVISIBLE));
    CHECK(becomes("a\xef\xb8\x8f", "a", SCRUB_INVISIBLE));
    CHECK(becomes("a\xe2\x80\xa8" "b", "a b", SCRUB_CONTROL));
    CHECK(becomes("\xf3\xa0\x81\x81x", "x", SCRUB_INVISIBLE));
}

static void a_hidden_message_is_noticed(void)
{
    struct scrub s;
    struct buf b;

    buf_init(&b, 4096);
    scrub_init(&s);
    scrub_run(&s, BYTES("a\n\xf3\xa0\x81\x81\xf3\xa0\x81\x82\xf3\xa0\x81\x83\xf3\xa0\x81\x84\xf3\xa0\x81\x85"
                        "\xf3\xa0\x81\x86\xf3\xa0\x81\x87\xf3\xa0\x81\x88z"), &b);
    CHECK(s.hidden_line == 2);
    CHECK(s.count[SCRUB_INVISIBLE] == 8);
    buf_done(&b);
}

TEST_MAIN(TEST(harmless_text_stays), TEST(what_hides_goes), TEST(a_hidden_message_is_noticed))
