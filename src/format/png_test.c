#include "format/png.h"

#include <libdeflate.h>

#include "base/test.h"

static void write(const struct png_picture *p, struct buf *out)
{
    struct sink sink = sink_to_buf(out);
    struct fault why;

    buf_init(out, 1 << 20);
    CHECK(png_write(p, &sink, &why) == OK);
}

static bool read(struct bytes in, struct png_picture *p, struct png_changes *changes)
{
    struct png_scan scan;
    struct fault why;

    return png_scan(in, &scan, &why) == OK && png_read(in, &scan, p, changes, &why) == OK;
}

static void put_chunk(struct buf *b, const char *type, struct bytes data)
{
    size_t begin;

    buf_put_u32be(b, (uint32_t)data.len);
    begin = b->len;
    buf_put_text(b, type);
    buf_put(b, data);
    buf_put_u32be(b, libdeflate_crc32(0, b->at + begin, b->len - begin));
}

static struct png_picture draw(unsigned channels, unsigned depth, bool indexed)
{
    struct png_picture p = {.depth = depth, .indexed = indexed, .colours = indexed ? 5 : 0};
    struct fault why;
    size_t len;

    CHECK(pixels_init(&p.pixels, 13, 7, channels, depth == 16 ? 16 : 8, &why) == OK);
    len = pixels_stride(&p.pixels) * 7;
    for (size_t i = 0; i < len; i++)
        p.pixels.at[i] = (uint8_t)(indexed ? i % 3 + 1 : depth < 8 ? i % (1u << depth) : i * 7);
    for (unsigned i = 0; i < 5; i++)
        p.palette[i] = (struct png_colour){(uint8_t)(200 - 40 * i), 10, 20, i == 2 ? 100 : 255};
    return p;
}

static void what_is_written_is_read(void)
{
    static const struct {
        unsigned channels, depth;
    } forms[] = {{1, 1}, {1, 2}, {1, 4}, {1, 8}, {1, 16}, {2, 8}, {2, 16}, {3, 8}, {3, 16}, {4, 8}, {4, 16}};

    for (size_t i = 0; i < countof(forms); i++) {
        struct png_picture p = draw(forms[i].channels, forms[i].depth, false), q;
        struct png_changes changes;
        struct buf out;

        write(&p, &out);
        CHECK(read(buf_bytes(&out), &q, &changes));
        CHECK(q.depth == p.depth && q.pixels.channels == p.pixels.channels && !changes.damaged);
        CHECK(memcmp(p.pixels.at, q.pixels.at, pixels_stride(&p.pixels) * 7) == 0);
        png_picture_done(&p), png_picture_done(&q), buf_done(&out);
    }
}

static void a_palette_is_brought_into_order(void)
{
    struct png_picture p = draw(1, 8, true), q;
    struct png_changes changes;
    struct buf out;

    p.pixels.at[0] = 200; /* beyond the palette: black */
    write(&p, &out);
    CHECK(read(buf_bytes(&out), &q, &changes));
    CHECK(q.colours == 4 && q.depth == 2);
    CHECK(q.palette[0].a == 100 && q.palette[0].r == 120); /* transparent first, then by value */
    CHECK(q.palette[q.pixels.at[0]].r == 0);
    CHECK(q.palette[q.pixels.at[2]].r == 80);
    png_picture_done(&p), png_picture_done(&q), buf_done(&out);
}

static void chunks_and_tail_are_seen(void)
{
    struct png_picture p = draw(3, 8, false);
    struct png_scan scan;
    struct fault why;
    struct buf plain, in;

    write(&p, &plain);
    buf_init(&in, 1 << 20);
    buf_put(&in, bytes_part(buf_bytes(&plain), 0, 33));
    put_chunk(&in, "tEXt", BYTES("Comment\0<?php"));
    put_chunk(&in, "acTL", BYTES("\0\0\0\2\0\0\0\0"));
    buf_put(&in, bytes_from(buf_bytes(&plain), 33));
    buf_put_text(&in, "tail");
    CHECK(png_scan(buf_bytes(&in), &scan, &why) == OK);
    CHECK(scan.kind_count == 2 && strcmp(scan.kinds[0].name, "tEXt") == 0 && scan.animated);
    CHECK(scan.end == in.len - 4 && scan.width == 13 && scan.height == 7);
    png_picture_done(&p), buf_done(&plain), buf_done(&in);
}

static void gamma_and_orientation_are_applied(void)
{
    struct png_picture p = draw(3, 8, false), q;
    struct png_changes changes;
    struct buf plain, in;

    memset(p.pixels.at, 60, 3); /* linear light 60/255 is 133 in sRGB */
    write(&p, &plain);
    buf_init(&in, 1 << 20);
    buf_put(&in, bytes_part(buf_bytes(&plain), 0, 33));
    put_chunk(&in, "gAMA", BYTES("\0\1\x86\xa0"));
    put_chunk(&in, "eXIf", BYTES("MM\0*\0\0\0\x08\0\1\x01\x12\0\3\0\0\0\1\0\6\0\0\0\0\0\0"));
    buf_put(&in, bytes_from(buf_bytes(&plain), 33));
    CHECK(read(buf_bytes(&in), &q, &changes));
    CHECK(changes.recoloured && changes.turned);
    CHECK(q.pixels.width == 7 && q.pixels.height == 13);
    CHECK(q.pixels.at[6 * 3] >= 132 && q.pixels.at[6 * 3] <= 134);
    png_picture_done(&p), png_picture_done(&q), buf_done(&plain), buf_done(&in);
}

static void a_broken_picture_keeps_its_rows(void)
{
    struct png_picture p = draw(4, 16, false), q;
    struct png_changes changes;
    struct buf out;

    write(&p, &out);
    CHECK(read(bytes_part(buf_bytes(&out), 0, out.len - 24), &q, &changes) && changes.damaged);
    png_picture_done(&q);
    CHECK(!read(bytes_part(buf_bytes(&out), 0, 40), &q, &changes));
    png_picture_done(&p), buf_done(&out);
}

TEST_MAIN(TEST(what_is_written_is_read), TEST(a_palette_is_brought_into_order), TEST(chunks_and_tail_are_seen),
          TEST(gamma_and_orientation_are_applied), TEST(a_broken_picture_keeps_its_rows))
