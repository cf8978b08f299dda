#include "format/deflate.h"

#include "base/test.h"

static void whole_pieces_go_there_and_back(void)
{
    static const size_t lens[] = {0, 1, 100, 70000, 2 << 20};
    struct deflate d;

    deflate_init(&d);
    for (size_t i = 0; i < countof(lens); i++) {
        struct buf in, packed, out;
        size_t used = 0;

        buf_init(&in, 4 << 20);
        buf_init(&packed, 4 << 20);
        buf_init(&out, 4 << 20);
        for (size_t k = 0; k < lens[i]; k++)
            buf_put_u8(&in, (uint8_t)(k * k >> 7));
        deflate_pack(&d, buf_bytes(&in), &packed);
        (void)buf_room(&out, lens[i] + 1);
        CHECK(deflate_unpack(&d, buf_bytes(&packed), out.at, lens[i], NULL) == OK);
        buf_grew(&out, lens[i]);
        CHECK(bytes_equal(buf_bytes(&in), buf_bytes(&out)));
        CHECK(deflate_unpack(&d, buf_bytes(&packed), out.at, lens[i] + 1, NULL) == ERR_MALFORMED);
        CHECK(lens[i] == 0 || deflate_unpack(&d, buf_bytes(&packed), out.at, lens[i] - 1, NULL) == ERR_MALFORMED);
        buf_put_u8(&packed, 0);
        CHECK(deflate_unpack(&d, buf_bytes(&packed), out.at, lens[i], NULL) == ERR_MALFORMED);
        buf_reset(&out);
        CHECK(deflate_unpack_open(buf_bytes(&packed), DEFLATE_RAW, &out, &used, NULL) == OK);
        CHECK(used == packed.len - 1 && bytes_equal(buf_bytes(&in), buf_bytes(&out)));
        buf_done(&in);
        buf_done(&packed);
        buf_done(&out);
    }
    deflate_done(&d);
}

static void damage_and_limits_are_told(void)
{
    const struct bytes gzip = BYTES("\x1f\x8b\x08\0\0\0\0\0\0\x03\xcb\x48\xcd\xc9\xc9\x07\0\x86\xa6\x10\x36\x05\0\0\0");
    struct buf out;
    size_t used;

    buf_init(&out, 5);
    CHECK(deflate_unpack_open(gzip, DEFLATE_GZIP, &out, &used, NULL) == OK);
    CHECK(bytes_equal(buf_bytes(&out), BYTES("hello")));
    CHECK(deflate_unpack_open(bytes_part(gzip, 0, gzip.len - 1), DEFLATE_GZIP, &out, &used, NULL) != OK);
    buf_done(&out);
    buf_init(&out, 4);
    CHECK(deflate_unpack_open(gzip, DEFLATE_GZIP, &out, &used, NULL) == ERR_LIMIT);
    buf_done(&out);
    buf_init(&out, 4);
    CHECK(deflate_unpack_open(BYTES("\xff\xff"), DEFLATE_RAW, &out, &used, NULL) == ERR_MALFORMED);
    buf_done(&out);
}

TEST_MAIN(TEST(whole_pieces_go_there_and_back), TEST(damage_and_limits_are_told))
