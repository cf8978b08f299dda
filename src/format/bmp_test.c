#include "format/bmp.h"

#include "base/test.h"

struct header {
    uint32_t len, width, height, bits, compression, colours, data;
};

static void put_head(struct buf *b, const struct header *h)
{
    buf_init(b, 1 << 16);
    buf_put_text(b, "BM");
    buf_put_u32le(b, 0);
    buf_put_u32le(b, 0);
    buf_put_u32le(b, h->data);
    buf_put_u32le(b, h->len);
    buf_put_u32le(b, h->width);
    buf_put_u32le(b, h->height);
    buf_put_u16le(b, 1);
    buf_put_u16le(b, (uint16_t)h->bits);
    buf_put_u32le(b, h->compression);
    buf_put_u32le(b, 0);
    buf_put_u32le(b, 3780);
    buf_put_u32le(b, 3780);
    buf_put_u32le(b, h->colours);
    buf_put_u32le(b, 0);
}

static enum err read(struct bytes in, struct bmp_scan *s, struct png_picture *p, struct bmp_changes *changes)
{
    struct fault why;

    TRY(bmp_scan(in, s, &why));
    return bmp_read(in, s, p, changes, &why);
}

static void check_again(const struct png_picture *p)
{
    struct buf out, again;
    struct sink first = sink_to_buf(&out), second = sink_to_buf(&again);
    struct bmp_changes changes;
    struct png_picture q;
    struct bmp_scan s;
    struct fault why;

    buf_init(&out, 1 << 20), buf_init(&again, 1 << 20);
    CHECK(bmp_write(p, &first, &why) == OK);
    CHECK(read(buf_bytes(&out), &s, &q, &changes) == OK && !changes.damaged && !s.gap && !s.reserved);
    CHECK(changes.end == out.len);
    CHECK(bmp_write(&q, &second, &why) == OK);
    CHECK(bytes_equal(buf_bytes(&out), buf_bytes(&again)));
    png_picture_done(&q), buf_done(&out), buf_done(&again);
}

static void run_lengths_are_decoded(void)
{
    const struct header h = {40, 4, 2, 8, 1, 3, 54 + 12};
    struct bmp_changes changes;
    struct png_picture p;
    struct bmp_scan s;
    struct buf in;

    put_head(&in, &h);
    buf_put(&in, BYTES("\1\1\1\0" "\2\2\2\0" "\3\3\3\0"));
    /* bottom: two of 2, then 0 1 literal (padded); top: skipped to x = 1, one of 1; end */
    buf_put(&in, BYTES("\2\2" "\0\3\0\1\1\0" "\0\0" "\0\2\1\0" "\1\1" "\0\1" "tail"));
    CHECK(read(buf_bytes(&in), &s, &p, &changes) == OK && !changes.damaged);
    CHECK(changes.end == in.len - 4 && p.indexed && p.colours == 3);
    CHECK(memcmp(p.pixels.at, "\0\1\0\0\2\2\0\1", 8) == 0);
    check_again(&p);
    png_picture_done(&p), buf_done(&in);
}

static void bit_fields_and_alpha_are_decoded(void)
{
    const struct header h565 = {40, 2, 1, 16, 3, 0, 54 + 12}, h8888 = {56, 2, 1, 32, 3, 0, 70};
    struct bmp_changes changes;
    struct png_picture p;
    struct bmp_scan s;
    struct buf in;

    put_head(&in, &h565);
    buf_put(&in, BYTES("\0\xf8\0\0\xe0\7\0\0\x1f\0\0\0" "\0\xf8\xff\xff"));
    CHECK(read(buf_bytes(&in), &s, &p, &changes) == OK && p.pixels.channels == 3);
    CHECK(memcmp(p.pixels.at, "\xff\0\0\xff\xff\xff", 6) == 0);
    check_again(&p);
    png_picture_done(&p), buf_done(&in);

    put_head(&in, &h8888);
    buf_put(&in, BYTES("\0\0\xff\0\0\xff\0\0\xff\0\0\0\0\0\0\xff" "\1\2\3\4\5\6\7\x08"));
    CHECK(read(buf_bytes(&in), &s, &p, &changes) == OK && p.pixels.channels == 4);
    CHECK(memcmp(p.pixels.at, "\3\2\1\4\7\6\5\x08", 8) == 0);
    check_again(&p);
    png_picture_done(&p), buf_done(&in);
}

static void gaps_and_damage_are_seen(void)
{
    const struct header h = {40, 2, (uint32_t)-2, 24, 0, 0, 60};
    struct bmp_changes changes;
    struct png_picture p;
    struct bmp_scan s;
    struct buf in;

    put_head(&in, &h);
    buf_put(&in, BYTES("hidden" "\1\2\3\4\5\6\0\0" "\7\x08"));
    CHECK(read(buf_bytes(&in), &s, &p, &changes) == OK);
    CHECK(s.gap && s.top_down && changes.damaged);
    CHECK(memcmp(p.pixels.at, "\3\2\1\6\5\4\0\0\0\0\0\0", 12) == 0);
    check_again(&p);
    png_picture_done(&p), buf_done(&in);
}

static void what_is_not_rebuilt_is_refused(void)
{
    static const struct header list[] = {
        {40, 2, 2, 0, 4, 0, 54}, {40, 2, 2, 24, 5, 0, 54}, {40, 2, 2, 7, 0, 0, 54},  {40, 0, 2, 24, 0, 0, 54},
        {99, 2, 2, 24, 0, 0, 54}, {40, 2, 2, 24, 0, 0, 50}, {40, 2, 2, 24, 0, 0, 99}, {40, 2, 2, 24, 1, 0, 54}};

    for (size_t i = 0; i < countof(list); i++) {
        struct bmp_scan s;
        struct fault why;
        struct buf in;

        put_head(&in, &list[i]);
        buf_put(&in, BYTES("0123456789abcdef"));
        CHECK(bmp_scan(buf_bytes(&in), &s, &why) != OK);
        buf_done(&in);
    }
}

TEST_MAIN(TEST(run_lengths_are_decoded), TEST(bit_fields_and_alpha_are_decoded), TEST(gaps_and_damage_are_seen),
          TEST(what_is_not_rebuilt_is_refused))
