#include "format/pdf_filter.h"

#include <libdeflate.h>
#include <stdlib.h>

#include "base/test.h"
#include "format/pdf_predict.h"

static bool undoes(enum pdf_filter f, struct bytes in, struct bytes want, bool whole)
{
    struct buf out;
    size_t used = 0;
    bool fine;

    buf_init(&out, 1 << 16);
    fine = pdf_filter_undo(f, in, 1 << 16, &out, &used) == whole && bytes_equal(buf_bytes(&out), want) && used <= in.len;
    buf_done(&out);
    return fine;
}

static void text_filters(void)
{
    CHECK(undoes(PDF_FILTER_HEX, BYTES("48 65 6C6c6f>"), BYTES("Hello"), true));
    CHECK(undoes(PDF_FILTER_HEX, BYTES("4"), BYTES("@"), false));
    CHECK(undoes(PDF_FILTER_A85, BYTES("87cURDZ~>"), BYTES("Hello"), true));
    CHECK(undoes(PDF_FILTER_A85, BYTES("z~>"), BYTES("\0\0\0\0"), true));
    CHECK(undoes(PDF_FILTER_RUN, BYTES("\2abc\xfez\x80"), BYTES("abczzz"), true));
    CHECK(undoes(PDF_FILTER_RUN, BYTES("\5ab"), BYTES(""), false));
    /* ISO 32000-1 7.4.4.2, example 2 */
    CHECK(undoes(PDF_FILTER_LZW, BYTES("\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01"), BYTES("\x2d\x2d\x2d\x2d\x2d\x41\x2d\x2d\x2d\x42"),
                 true));
}

static void flate(void)
{
    struct libdeflate_compressor *c = libdeflate_alloc_compressor(6);
    uint8_t packed[256], plain[1000] = {0};
    size_t len = libdeflate_zlib_compress(c, plain, sizeof(plain), packed, sizeof(packed));

    CHECK(undoes(PDF_FILTER_FLATE, (struct bytes){packed, len}, (struct bytes){plain, sizeof(plain)}, true));
    /* Without its check sum the content is still there. */
    CHECK(undoes(PDF_FILTER_FLATE, (struct bytes){packed, len - 2}, (struct bytes){plain, sizeof(plain)}, false));
    CHECK(undoes(PDF_FILTER_FLATE, BYTES("no deflate"), (struct bytes){0}, false));
    libdeflate_free_compressor(c);
}

static void limit_holds(void)
{
    struct libdeflate_compressor *c = libdeflate_alloc_compressor(6);
    uint8_t packed[4096], *plain = calloc(1, 1 << 20);
    size_t len = libdeflate_zlib_compress(c, plain, 1 << 20, packed, sizeof(packed)), used;
    struct buf out;

    buf_init(&out, 1000);
    CHECK(!pdf_filter_undo(PDF_FILTER_FLATE, (struct bytes){packed, len}, 1000, &out, &used));
    CHECK(out.full && out.len <= 1000);
    buf_done(&out);
    libdeflate_free_compressor(c);
    free(plain);
}

static void predictors(void)
{
    struct pdf_predictor png = {15, 1, 8, 3}, tiff = {2, 1, 8, 4}, nibbles = {2, 1, 4, 4};
    struct buf b;

    buf_init(&b, 1 << 10);
    buf_put(&b, BYTES("\0\1\2\3" "\2\1\1\1" "\1\1\1\1" "\3\2\2\2" "\4\1\1\1"));
    pdf_predict_undo(&png, &b);
    CHECK(bytes_equal(buf_bytes(&b), BYTES("\1\2\3\2\3\4\1\2\3\2\4\5\3\5\6")));
    buf_reset(&b);
    buf_put(&b, BYTES("\1\1\1\1"));
    pdf_predict_undo(&tiff, &b);
    CHECK(bytes_equal(buf_bytes(&b), BYTES("\1\2\3\4")));
    buf_reset(&b);
    buf_put(&b, BYTES("\x11\x11"));
    pdf_predict_undo(&nibbles, &b);
    CHECK(bytes_equal(buf_bytes(&b), BYTES("\x12\x34")));
    buf_done(&b);
}

TEST_MAIN(TEST(text_filters), TEST(flate), TEST(limit_holds), TEST(predictors))
