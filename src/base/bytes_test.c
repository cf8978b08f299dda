#include "base/bytes.h"

#include "base/test.h"

static void reader_remembers_the_end(void)
{
    struct reader r = reader_of(BYTES("\x01\x02\x03"));

    CHECK(reader_u16le(&r) == 0x0201);
    CHECK(!r.past);
    CHECK(reader_u32be(&r) == 0);
    CHECK(r.past);
}

static void parts_are_clipped(void)
{
    struct bytes b = BYTES("sekisho");

    CHECK(bytes_equal(bytes_part(b, 3, 100), BYTES("isho")));
    CHECK(bytes_part(b, 100, 1).len == 0);
    CHECK(bytes_find(b, BYTES("sho"), 0) == 4);
    CHECK(bytes_find_last(BYTES("abab"), BYTES("ab")) == 2);
    CHECK(bytes_find_last(BYTES("abaa"), BYTES("ab")) == 0);
    CHECK(bytes_find_last(BYTES("aaaa"), BYTES("ab")) == SIZE_MAX);
    CHECK(bytes_find_fold(BYTES("xSCRIPT"), BYTES("script"), 0) == 1);
}

static void numbers_are_strict(void)
{
    uint64_t v = 7;

    CHECK(bytes_to_u64(BYTES("18446744073709551615"), &v) && v == UINT64_MAX);
    CHECK(!bytes_to_u64(BYTES("18446744073709551616"), &v));
    CHECK(!bytes_to_u64(BYTES(""), &v));
    CHECK(!bytes_to_u64(BYTES("-1"), &v));
}

TEST_MAIN(TEST(reader_remembers_the_end), TEST(parts_are_clipped), TEST(numbers_are_strict))
