#include "text/width.h"

#include "base/test.h"

static void japanese_takes_two_columns(void)
{
    CHECK(width_of(BYTES("abc")) == 3);
    CHECK(width_of(BYTES("関所")) == 4);
    CHECK(width_of(BYTES("ｱ")) == 1);
    CHECK(width_of(BYTES("\xff")) == 1);
}

static void clips_between_characters(void)
{
    CHECK(bytes_equal(width_clip(BYTES("関所a"), 3), BYTES("関")));
    CHECK(bytes_equal(width_clip(BYTES("ab"), 9), BYTES("ab")));
}

TEST_MAIN(TEST(japanese_takes_two_columns), TEST(clips_between_characters))
