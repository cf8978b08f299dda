#include "format/tiff.h"

#include "base/test.h"
#include "format/tiff_write.h"

static enum err rebuild(struct bytes in, struct buf *out, struct tiff_info *info)
{
    struct sink sink = sink_to_buf(out);
    struct fault why;

    buf_init(out, 1 << 22);
    return tiff_rebuild(in, 1 << 16, &sink, info, &why);
}

static struct tiff_page draw(unsigned channels, unsigned depth, bool indexed)
{
    struct tiff_page page = {.picture = {.depth = depth, .indexed = indexed, .colours = 3},
                             .x_resolution = 300,
                             .y_resolution = 200,
                             .resolution_unit = 2};
    struct fault why;

    CHECK(pixels_init(&page.picture.pixels, 37, 11, channels, depth == 16 ? 16 : 8, &why) == OK);
    for (size_t i = 0; i < pixels_stride(&page.picture.pixels) * 11; i++)
        page.picture.pixels.at[i] = (uint8_t)(depth == 1 ? i / 5 % 2 : indexed ? i % 3 : i * 5);
    page.picture.palette[1] = (struct png_colour){10, 20, 30, 255};
    page.picture.palette[2] = (struct png_colour){5, 6, 7, 255};
    return page;
}

/* One page through the writer and the reader. */
static void check_form(unsigned channels, unsigned depth, bool indexed)
{
    struct tiff_page page = draw(channels, depth, indexed), back;
    struct tiff_file f;
    struct fault why;
    struct buf out;

    buf_init(&out, 1 << 20);
    CHECK(tiff_file_write(&f, &out, &why) == OK && tiff_write_page(&f, &page, &why) == OK);
    tiff_file_close(&f);
    CHECK(tiff_file_read(&f, buf_bytes(&out), &why) == OK && tiff_page_read(&f, &back, &why) == OK);
    CHECK(back.picture.depth == depth && back.picture.indexed == indexed && !back.damaged && !back.turned);
    CHECK(back.x_resolution == 300 && back.y_resolution == 200 && back.resolution_unit == 2);
    CHECK(back.picture.pixels.channels == channels);
    if (!indexed)
        CHECK(memcmp(page.picture.pixels.at, back.picture.pixels.at, pixels_stride(&page.picture.pixels) * 11) == 0);
    else
        CHECK(back.picture.palette[back.picture.pixels.at[2]].r == 5);
    tiff_file_close(&f);
    tiff_page_done(&page), tiff_page_done(&back), buf_done(&out);
}

static void what_is_written_is_read(void)
{
    check_form(1, 1, false);
    check_form(1, 8, false), check_form(1, 16, false), check_form(2, 8, false);
    check_form(3, 8, false), check_form(3, 16, false), check_form(4, 8, false), check_form(4, 16, false);
    check_form(1, 8, true);
}

/* A classic file of one page, 2 × 2 gray, written by hand with what must go. */
static void hostile(struct buf *b, unsigned orientation)
{
    buf_init(b, 1 << 12);
    buf_put(b, BYTES("II*\0\x40\0\0\0"));
    buf_put_text(b, "<?php hidden in a gap ?>");
    buf_put_text(b, "made by a person");
    buf_put(b, BYTES("\x0a\x14\x1e\x28")); /* pixels at 48 */
    while (b->len < 0x40)
        buf_put_u8(b, 0);
    buf_put_u16le(b, 11);
    for (unsigned i = 0; i < 11; i++) {
        const uint32_t entries[11][4] = {{256, 3, 1, 2},  {257, 3, 1, 2},  {258, 3, 1, 8}, {259, 3, 1, 1},
                                         {262, 3, 1, 1},  {270, 2, 16, 32}, {273, 4, 1, 48}, {274, 3, 1, orientation},
                                         {277, 3, 1, 1},  {279, 4, 1, 4},  {50000, 4, 1, 7}};

        buf_put_u16le(b, (uint16_t)entries[i][0]);
        buf_put_u16le(b, (uint16_t)entries[i][1]);
        buf_put_u32le(b, entries[i][2]);
        buf_put_u32le(b, entries[i][3]);
    }
    buf_put_u32le(b, 0);
    buf_put_text(b, "PK\3\4tail");
}

static void private_fields_gaps_and_tail_go(void)
{
    struct tiff_info info;
    struct buf in, out, again;

    hostile(&in, 6);
    CHECK(rebuild(buf_bytes(&in), &out, &info) == OK);
    CHECK(info.pages == 1 && info.turned == 1 && info.scan.tag_count == 2 && info.scan.gaps > 0);
    CHECK(info.scan.end == in.len - 8);
    CHECK(bytes_find(buf_bytes(&out), BYTES("php"), 0) == SIZE_MAX);
    CHECK(rebuild(buf_bytes(&out), &again, &info) == OK);
    CHECK(bytes_equal(buf_bytes(&out), buf_bytes(&again)));
    CHECK(info.turned == 0 && info.scan.tag_count == 0 && info.scan.gaps == 0 && info.scan.end == out.len);
    buf_done(&in), buf_done(&out), buf_done(&again);
}

static void orientation_is_applied(void)
{
    static const uint8_t upright[9][4] = {{0},
                                          {10, 20, 30, 40}, {20, 10, 40, 30}, {40, 30, 20, 10}, {30, 40, 10, 20},
                                          {10, 30, 20, 40}, {30, 10, 40, 20}, {40, 20, 30, 10}, {20, 40, 10, 30}};

    for (unsigned i = 1; i <= 8; i++) {
        struct tiff_page page;
        struct tiff_file f;
        struct fault why;
        struct buf in;

        hostile(&in, i);
        CHECK(tiff_file_read(&f, buf_bytes(&in), &why) == OK && tiff_page_read(&f, &page, &why) == OK);
        CHECK(memcmp(page.picture.pixels.at, upright[i], 4) == 0);
        tiff_page_done(&page), tiff_file_close(&f), buf_done(&in);
    }
}

static void bombs_and_nonsense_are_refused(void)
{
    struct tiff_info info;
    struct buf in, out;

    hostile(&in, 1);
    in.at[0x40 + 2 + 8] = in.at[0x40 + 2 + 12 + 8] = 0xff; /* 65,282 × 65,282 pixels */
    in.at[0x40 + 2 + 9] = in.at[0x40 + 2 + 12 + 9] = 0xff;
    CHECK(rebuild(buf_bytes(&in), &out, &info) == ERR_LIMIT);
    buf_done(&out);
    CHECK(rebuild(BYTES("II*\0"), &out, &info) == ERR_MALFORMED);
    buf_done(&in), buf_done(&out);
}

TEST_MAIN(TEST(what_is_written_is_read), TEST(private_fields_gaps_and_tail_go), TEST(orientation_is_applied),
          TEST(bombs_and_nonsense_are_refused))
