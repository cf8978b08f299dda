#include "format/jbig2.h"

#include "base/test.h"
#include "format/jbig2_arith.h"

/* Made by tests/lib/make_jbig2.py: a picture of 10 x 6 in every coding, and two symbols drawn three times. */
#define PAGE \
    "\x00\x00\x00\x01\x30\x00\x01\x00\x00\x00\x13\x00\x00\x00\x0A\x00\x00\x00\x06\x00\x00\x00" \
    "\x00\x00\x00\x00\x00\x00\x00\x00"
#define GENERIC_0 \
    "\x00\x00\x00\x02\x26\x00\x01\x00\x00\x00\x24\x00\x00\x00\x0A\x00\x00\x00\x06\x00\x00\x00" \
    "\x00\x00\x00\x00\x00\x00\x08\x03\xFF\xFD\xFF\x02\xFE\xFE\xFE\x75\x3F\x8C\x61\x0C\x33\xA1" \
    "\x67\xFF\xAC"
#define GENERIC_1 \
    "\x00\x00\x00\x02\x26\x00\x01\x00\x00\x00\x1E\x00\x00\x00\x0A\x00\x00\x00\x06\x00\x00\x00" \
    "\x00\x00\x00\x00\x00\x00\x02\x03\xFF\x3F\xA2\x9A\x5B\xC8\xF9\x93\xBF\xFF\xAC"
#define GENERIC_2 \
    "\x00\x00\x00\x02\x26\x00\x01\x00\x00\x00\x1E\x00\x00\x00\x0A\x00\x00\x00\x06\x00\x00\x00" \
    "\x00\x00\x00\x00\x00\x00\x0C\x02\xFF\x75\xC5\xA9\x19\xC3\x9B\xDC\x4D\xFF\xAC"
#define GENERIC_3 \
    "\x00\x00\x00\x02\x26\x00\x01\x00\x00\x00\x1E\x00\x00\x00\x0A\x00\x00\x00\x06\x00\x00\x00" \
    "\x00\x00\x00\x00\x00\x00\x0E\xFE\xFF\x75\x4B\x97\x34\x31\xE8\xE3\x4F\xFF\xAC"
#define KEPT \
    "\x00\x00\x00\x02\x24\x00\x01\x00\x00\x00\x24\x00\x00\x00\x0A\x00\x00\x00\x06\x00\x00\x00" \
    "\x00\x00\x00\x00\x00\x00\x00\x03\xFF\xFD\xFF\x02\xFE\xFE\xFE\x3E\x26\x8C\x28\xA1\xD0\x19" \
    "\x3B\xFF\xAC"
#define REFINED_0 \
    "\x00\x00\x00\x03\x2A\x20\x02\x01\x00\x00\x00\x20\x00\x00\x00\x0A\x00\x00\x00\x06\x00\x00" \
    "\x00\x00\x00\x00\x00\x00\x00\x02\xFF\xFF\xFF\xFF\xCA\xFE\xDE\x7A\x3B\x36\x14\x43\xFF\xAC"
#define REFINED_1 \
    "\x00\x00\x00\x03\x2A\x20\x02\x01\x00\x00\x00\x1C\x00\x00\x00\x0A\x00\x00\x00\x06\x00\x00" \
    "\x00\x00\x00\x00\x00\x00\x00\x03\xCA\xFF\x0F\x4F\x3B\x95\x9D\x9F\xFF\xAC"
#define SYMBOLS \
    "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x1A\x00\x00\x03\xFF\xFD\xFF\x02\xFE\xFE\xFE\x00" \
    "\x00\x00\x02\x00\x00\x00\x02\x67\x7F\xC1\x07\x3D\x73\xFF\xAC"
#define TEXT \
    "\x00\x00\x00\x02\x06\x20\x00\x01\x00\x00\x00\x1E\x00\x00\x00\x0A\x00\x00\x00\x06\x00\x00" \
    "\x00\x00\x00\x00\x00\x00\x00\x08\x10\x00\x00\x00\x03\xA9\x44\x8D\x79\x3F\xFF\xAC"
#define PICTURE \
    "\xDF\xC0\xAF\xC0\x74\x40\x05\x80\x75\x80\x74\x40"
#define WRITTEN \
    "\xB3\xC0\x53\xC0\x16\x40\x5E\x40\xFE\xC0\xFF\xC0"
#define HUFFMAN_SYMBOLS \
    "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x12\x00\x01\x00\x00\x00\x01\x00\x00\x00\x01\xDC" \
    "\xBF\x00\xA8\x50\xF8\x00\x40"
#define HUFFMAN_TEXT \
    "\x00\x00\x00\x02\x06\x20\x00\x01\x00\x00\x00\x2E\x00\x00\x00\x10\x00\x00\x00\x04\x00\x00" \
    "\x00\x00\x00\x00\x00\x00\x00\x00\x11\x00\x00\x00\x00\x00\x02\x01\x00\x00\x00\x00\x00\x00" \
    "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x42\x40"
#define PAGE_16 \
    "\x00\x00\x00\x01\x30\x00\x01\x00\x00\x00\x13\x00\x00\x00\x10\x00\x00\x00\x04\x00\x00\x00" \
    "\x00\x00\x00\x00\x00\x00\x00\x00"

static struct buf made;

static enum err decode(struct bytes globals, struct bytes data, uint32_t width, uint32_t height)
{
    buf_done(&made);
    buf_init(&made, 1 << 16);
    return jbig2_decode(globals, data, width, height, &made, NULL);
}

static bool is(struct bytes rows)
{
    return bytes_equal(buf_bytes(&made), rows);
}

/* The test sequence of T.88 H.2. */
static void arithmetic_decoder_follows_the_standard(void)
{
    static const uint8_t coded[] = {0x84, 0xC7, 0x3B, 0xFC, 0xE1, 0xA1, 0x43, 0x04, 0x02, 0x20,
                                    0x00, 0x00, 0x41, 0x0D, 0xBB, 0x86, 0xF4, 0x31, 0x7F, 0xFF,
                                    0x88, 0xFF, 0x37, 0x47, 0x1A, 0xDB, 0x6A, 0xDF, 0xFF, 0xAC};
    static const uint8_t plain[] = {0x00, 0x02, 0x00, 0x51, 0x00, 0x00, 0x00, 0xC0, 0x03, 0x52, 0x87,
                                    0x2A, 0xAA, 0xAA, 0xAA, 0xAA, 0x82, 0xC0, 0x20, 0x00, 0xFC, 0xD7,
                                    0x9E, 0xF6, 0xBF, 0x7F, 0xED, 0x90, 0x4F, 0x46, 0xA3, 0xBF};
    struct jbig2_arith d;
    uint8_t context = 0;

    jbig2_arith_init(&d, (struct bytes){coded, sizeof(coded)});
    for (size_t i = 0; i < 8 * sizeof(plain); i++)
        if (jbig2_arith_bit(&d, &context) != (plain[i / 8] >> (7 - i % 8) & 1u)) {
            CHECK(!"bit differs");
            return;
        }
    CHECK(true);
}

static void generic_regions_have_four_templates(void)
{
    CHECK(decode(BYTES(""), BYTES(PAGE GENERIC_0), 10, 6) == OK && is(BYTES(PICTURE)));
    CHECK(decode(BYTES(""), BYTES(PAGE GENERIC_1), 10, 6) == OK && is(BYTES(PICTURE)));
    CHECK(decode(BYTES(""), BYTES(PAGE GENERIC_2), 10, 6) == OK && is(BYTES(PICTURE)));
    CHECK(decode(BYTES(""), BYTES(PAGE GENERIC_3), 10, 6) == OK && is(BYTES(PICTURE)));
}

static void refinements_change_what_is_known(void)
{
    CHECK(decode(BYTES(""), BYTES(PAGE KEPT REFINED_0), 10, 6) == OK && is(BYTES(PICTURE)));
    CHECK(decode(BYTES(""), BYTES(PAGE KEPT REFINED_1), 10, 6) == OK && is(BYTES(PICTURE)));
}

static void text_is_drawn_with_symbols(void)
{
    CHECK(decode(BYTES(SYMBOLS), BYTES(PAGE TEXT), 10, 6) == OK && is(BYTES(WRITTEN)));
    CHECK(decode(BYTES(""), BYTES(SYMBOLS PAGE TEXT), 10, 6) == OK && is(BYTES(WRITTEN)));
}

static void text_may_have_huffman_codes(void)
{
    CHECK(decode(BYTES(HUFFMAN_SYMBOLS), BYTES(PAGE_16 HUFFMAN_TEXT), 16, 4) == OK);
    CHECK(is(BYTES("\xD4\xAF\xEB\x5F\xC0\x0F\xFF\xFF")));
}

static void size_is_the_one_asked_for(void)
{
    CHECK(decode(BYTES(""), BYTES(PAGE GENERIC_0), 8, 1) == OK && is(bytes_part(BYTES(PICTURE), 0, 1)));
    CHECK(decode(BYTES(""), BYTES(PAGE GENERIC_0), 20, 8) == OK && made.len == 24);
    CHECK(made.at[2] == 0xF0 && made.at[21] == 0xFF); /* what the page does not cover is white */
    CHECK(decode(BYTES(""), BYTES(PAGE GENERIC_0), 0, 8) == ERR_MALFORMED);
    CHECK(decode(BYTES(""), BYTES(PAGE GENERIC_0), 1 << 19, 1 << 19) == ERR_LIMIT);
}

static void damage_ends_the_page(void)
{
    CHECK(decode(BYTES(""), BYTES(PAGE GENERIC_0 TEXT), 10, 6) == OK && is(BYTES(PICTURE)));
    CHECK(decode(BYTES(""), BYTES(PAGE TEXT), 10, 6) == ERR_MALFORMED);
    CHECK(decode(BYTES(""), BYTES(GENERIC_0), 10, 6) == ERR_MALFORMED);
    CHECK(decode(BYTES(""), BYTES(""), 10, 6) == ERR_MALFORMED);
    for (size_t cut = 0; cut < sizeof(PAGE TEXT); cut++)
        CHECK(decode(BYTES(SYMBOLS), bytes_part(BYTES(PAGE TEXT), 0, cut), 10, 6) != OK || made.len == 12);
}

static void counts_are_not_believed(void)
{
    /* A dictionary of 2^32 - 1 symbols; a region of 2^32 - 1 rows; references by the million. */
    CHECK(decode(BYTES("\0\0\0\0\0\0\0\0\0\0\22\x08\0\2\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\0\0\0\0"), BYTES(PAGE), 10,
                 6) != OK);
    CHECK(decode(BYTES(""),
                 BYTES(PAGE "\0\0\0\2\46\0\1\0\0\0\24\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\0\0\0\0\0\0\0\0\0\2\0\0"), 10,
                 6) == ERR_LIMIT);
    CHECK(decode(BYTES(""), BYTES(PAGE "\0\0\0\3\6\xFF\xFF\xFF\xFF\0\0\0\0\0\0\0\0\0"), 10, 6) == ERR_MALFORMED);
    buf_done(&made);
}

TEST_MAIN(TEST(arithmetic_decoder_follows_the_standard), TEST(generic_regions_have_four_templates),
          TEST(refinements_change_what_is_known), TEST(text_is_drawn_with_symbols), TEST(text_may_have_huffman_codes),
          TEST(size_is_the_one_asked_for), TEST(damage_ends_the_page), TEST(counts_are_not_believed))
