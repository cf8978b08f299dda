#include "format/gif.h"

#include "base/test.h"
#include "format/gif_lzw.h"

static enum err rebuild(struct bytes in, struct buf *out, struct gif_info *info)
{
    struct sink sink = sink_to_buf(out);
    struct fault why;

    buf_init(out, 1 << 22);
    return gif_rebuild(in, 1 << 20, &sink, info, &why);
}

static void every_length_and_depth_comes_back(void)
{
    static uint8_t from[20000], to[20000];
    static const size_t lengths[] = {1, 2, 3, 255, 4096, 5000, 20000};

    for (unsigned bits = 2; bits <= 8; bits++)
        for (size_t i = 0; i < countof(lengths); i++) {
            uint32_t seed = 1;
            struct gif_lzw_end end;
            struct buf coded;

            for (size_t k = 0; k < lengths[i]; k++) {
                seed = seed * 1103515245 + 12345;
                from[k] = (uint8_t)((k % 3 == 0 ? 0 : seed >> 24) & ((1u << bits) - 1));
            }
            buf_init(&coded, 1 << 20);
            gif_lzw_encode(from, lengths[i], bits, &coded);
            end = gif_lzw_decode(buf_bytes(&coded), to, lengths[i]);
            CHECK(end.pixels == lengths[i] && end.at == coded.len && !end.slack);
            CHECK(memcmp(from, to, lengths[i]) == 0);
            buf_done(&coded);
        }
}

/* Two frames of 2 × 2 over a palette of four colours of which two are used, with everything that must go. */
static struct bytes hostile(struct buf *b)
{
    static const uint8_t first[4] = {3, 1, 1, 3}, second[4] = {1, 0, 0, 1};

    buf_init(b, 1 << 12);
    buf_put(b, BYTES("GIF89a\2\0\2\0\x81\3\0" "\1\1\1" "\x80\0\0" "<?p" "\0\x80\0"));
    buf_put(b, BYTES("\x21\xff\x0bNETSCAPE2.0\3\1\7\0\0"));
    buf_put(b, BYTES("\x21\xfe\x05<?php\0"));
    buf_put(b, BYTES("\x21\xff\x0bXMP DataXMP\3abc\0"));
    buf_put(b, BYTES("\x21\xf9\4\x08\x0a\0\0\0" "\x2c\0\0\0\0\2\0\2\0\0"));
    gif_lzw_encode(first, 4, 2, b);
    buf_put(b, BYTES("\x21\xf9\4\5\x14\0\0\0" "\x2c\0\0\0\0\2\0\2\0\0"));
    gif_lzw_encode(second, 4, 2, b);
    buf_put(b, BYTES("\x3b" "PK\3\4"));
    return buf_bytes(b);
}

static void frames_stay_and_extensions_go(void)
{
    struct buf in, out, again;
    struct gif_info info, second;

    CHECK(rebuild(hostile(&in), &out, &info) == OK);
    CHECK(info.frames == 2 && info.comments == 1 && info.applications == 1 && info.xmp == 1);
    CHECK(info.end == in.len - 4 && !info.damaged && !info.slack);
    CHECK(bytes_find(buf_bytes(&out), BYTES("<?p"), 0) == SIZE_MAX);
    CHECK(bytes_find(buf_bytes(&out), BYTES("NETSCAPE2.0\3\1\7\0\0"), 0) != SIZE_MAX);
    CHECK(bytes_find(buf_bytes(&out), BYTES("\x21\xf9\4\x08\x0a\0"), 0) != SIZE_MAX);
    /* black is the transparent one only, so its colour is gone: three colours, sorted */
    CHECK(bytes_equal(bytes_part(buf_bytes(&out), 13, 12), BYTES("\0\0\0" "\0\x80\0" "\x80\0\0" "\0\0\0")));
    CHECK(rebuild(buf_bytes(&out), &again, &second) == OK);
    CHECK(bytes_equal(buf_bytes(&out), buf_bytes(&again)));
    CHECK(second.comments + second.applications + second.others == 0);
    buf_done(&in), buf_done(&out), buf_done(&again);
}

static void damage_is_bounded(void)
{
    struct gif_info info;
    struct buf in, out;
    struct bytes file = hostile(&in);

    for (size_t len = 0; len < file.len; len++) {
        (void)rebuild(bytes_part(file, 0, len), &out, &info);
        buf_done(&out);
    }
    CHECK(rebuild(bytes_part(file, 0, 20), &out, &info) == ERR_MALFORMED);
    buf_done(&in), buf_done(&out);
}

static void bombs_are_refused_before_decoding(void)
{
    struct gif_info info;
    struct buf in, out;

    buf_init(&in, 1 << 12);
    buf_put(&in, BYTES("GIF89a\xff\xff\xff\xff\0\0\0" "\x2c\0\0\0\0\xff\xff\xff\xff\0\2\0\x3b"));
    CHECK(rebuild(buf_bytes(&in), &out, &info) == ERR_LIMIT);
    buf_done(&in), buf_done(&out);
}

TEST_MAIN(TEST(every_length_and_depth_comes_back), TEST(frames_stay_and_extensions_go), TEST(damage_is_bounded),
          TEST(bombs_are_refused_before_decoding))
