#include "format/pdf_filter.h"

#include <libdeflate.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/limit.h"
#include "format/pdf_lex.h"
#include "format/pdf_predict.h"

enum { FILTERS_MAX = 8, COLUMNS_MAX = 1 << 20, BOMB_MIN = 1 << 20, BOMB_RATIO = 1100 };

enum pdf_filter pdf_filter_find(struct bytes name)
{
    static const struct {
        const char *name, *brief;
        enum pdf_filter filter;
    } filters[] = {
        {"FlateDecode", "Fl", PDF_FILTER_FLATE},   {"LZWDecode", "LZW", PDF_FILTER_LZW},
        {"ASCIIHexDecode", "AHx", PDF_FILTER_HEX}, {"ASCII85Decode", "A85", PDF_FILTER_A85},
        {"RunLengthDecode", "RL", PDF_FILTER_RUN}, {"Crypt", "Crypt", PDF_FILTER_CRYPT},
        {"DCTDecode", "DCT", PDF_FILTER_DCT},      {"JPXDecode", "JPXDecode", PDF_FILTER_JPX},
        {"JBIG2Decode", "JBIG2Decode", PDF_FILTER_JBIG2}, {"CCITTFaxDecode", "CCF", PDF_FILTER_CCITT},
    };

    for (size_t i = 0; i < countof(filters); i++)
        if (bytes_equal(name, bytes_of(filters[i].name)) || bytes_equal(name, bytes_of(filters[i].brief)))
            return filters[i].filter;
    return PDF_FILTER_UNKNOWN;
}

/* The slow way, for streams that are cut short or have no proper head: what can be read is kept. */
static bool flate_rest(struct bytes in, size_t max, struct buf *out, size_t *ret_used, int window)
{
    z_stream z = {.next_in = (Bytef *)(uintptr_t)in.at, .avail_in = (uInt)(in.len > UINT32_MAX ? UINT32_MAX : in.len)};
    int code = Z_OK;

    buf_reset(out);
    if (inflateInit2(&z, window) != Z_OK)
        limit_exit();
    while (code == Z_OK && out->len < max) {
        size_t want = max - out->len < 65536 ? max - out->len : 65536;
        uint8_t *room = buf_room(out, want);

        if (room == NULL)
            break;
        z.next_out = room;
        z.avail_out = (uInt)want;
        code = inflate(&z, Z_NO_FLUSH);
        buf_grew(out, want - z.avail_out);
        if (z.avail_out > 0 && code == Z_OK && z.avail_in == 0)
            break;
    }
    *ret_used = in.len - z.avail_in;
    if (code == Z_OK && out->len >= max)
        out->full = true;
    (void)inflateEnd(&z);
    return code == Z_STREAM_END;
}

static bool undo_flate(struct bytes in, size_t max, struct buf *out, size_t *ret_used)
{
    struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
    size_t guess = in.len < 1024 ? 16384 : in.len * 6, made = 0;
    enum libdeflate_result code = LIBDEFLATE_INSUFFICIENT_SPACE;

    if (d == NULL)
        limit_exit();
    for (; code == LIBDEFLATE_INSUFFICIENT_SPACE; guess *= 4) {
        uint8_t *room;

        if (guess > max)
            guess = max;
        room = buf_room(out, guess);
        if (room == NULL)
            break;
        code = libdeflate_zlib_decompress_ex(d, in.at, in.len, room, guess, ret_used, &made);
        if (guess == max)
            break;
    }
    libdeflate_free_decompressor(d);
    if (code == LIBDEFLATE_SUCCESS) {
        buf_grew(out, made);
        return true;
    }
    if (code == LIBDEFLATE_INSUFFICIENT_SPACE) {
        out->full = true;
        return false;
    }
    if (flate_rest(in, max, out, ret_used, 15))
        return true;
    if (out->len == 0 && !out->full)
        (void)flate_rest(bytes_from(in, 2), max, out, ret_used, -15);
    return false;
}

static int hex_value(uint8_t c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool undo_hex(struct bytes in, size_t max, struct buf *out, size_t *ret_used)
{
    size_t i;
    int half = -1;

    for (i = 0; i < in.len && in.at[i] != '>' && out->len < max; i++) {
        int digit = hex_value(in.at[i]);

        if (digit < 0)
            continue;
        if (half < 0) {
            half = digit;
            continue;
        }
        buf_put_u8(out, (uint8_t)(half << 4 | digit));
        half = -1;
    }
    if (half >= 0)
        buf_put_u8(out, (uint8_t)(half << 4));
    *ret_used = i < in.len ? i + 1 : i;
    return i < in.len;
}

static bool undo_a85(struct bytes in, size_t max, struct buf *out, size_t *ret_used)
{
    uint32_t word = 0;
    int have = 0;
    size_t i;

    for (i = 0; i < in.len && in.at[i] != '~' && out->len < max; i++) {
        uint8_t c = in.at[i];

        if (c == 'z' && have == 0) {
            buf_put_u32be(out, 0);
        } else if (c >= '!' && c <= 'u') {
            word = word * 85 + (uint32_t)(c - '!');
            if (++have == 5) {
                buf_put_u32be(out, word);
                word = 0;
                have = 0;
            }
        }
    }
    if (have > 1) {
        int keep = have - 1;

        for (; have < 5; have++)
            word = word * 85 + 84;
        for (int k = 0; k < keep; k++)
            buf_put_u8(out, (uint8_t)(word >> (24 - 8 * k)));
    }
    *ret_used = i + 1 < in.len && in.at[i + 1] == '>' ? i + 2 : (i < in.len ? i + 1 : i);
    return i < in.len;
}

static bool undo_run(struct bytes in, size_t max, struct buf *out, size_t *ret_used)
{
    struct reader r = reader_of(in);
    uint8_t code = 0;

    while (!r.past && out->len < max && reader_left(&r) > 0) {
        code = reader_u8(&r);
        if (code == 128)
            break;
        if (code < 128) {
            buf_put(out, reader_take(&r, (size_t)code + 1));
        } else {
            uint8_t c = reader_u8(&r);

            for (int i = 0; i < 257 - code && !r.past; i++)
                buf_put_u8(out, c);
        }
    }
    *ret_used = r.at;
    return code == 128;
}

/* LZW as TIFF has it: codes of 9 to 12 bits, high bit first.  Each code is a byte behind an earlier code;
 * a string is written from its end. */
struct lzw {
    uint16_t prefix[4096];
    uint16_t length[4096];
    uint8_t last[4096];
};

static void lzw_put(const struct lzw *t, unsigned code, struct buf *out)
{
    size_t len = code < 256 ? 1 : t->length[code];
    uint8_t *room = buf_room(out, len);

    if (room == NULL)
        return;
    for (size_t i = len; i-- > 0; code = t->prefix[code])
        room[i] = code < 256 ? (uint8_t)code : t->last[code];
    buf_grew(out, len);
}

static uint8_t lzw_first(const struct lzw *t, unsigned code)
{
    while (code >= 256)
        code = t->prefix[code];
    return (uint8_t)code;
}

static bool undo_lzw(struct bytes in, size_t max, struct buf *out, size_t *ret_used, unsigned early)
{
    struct lzw *t = calloc(1, sizeof(*t));
    uint32_t bits = 0;
    unsigned have = 0, width = 9, next = 258, previous = 256;
    size_t at = 0;
    bool ended = false;

    if (t == NULL)
        limit_exit();
    while (out->len < max) {
        unsigned code;

        while (have < width && at < in.len) {
            bits = bits << 8 | in.at[at++];
            have += 8;
        }
        if (have < width)
            break;
        code = bits >> (have - width) & ((1u << width) - 1);
        have -= width;
        if (code == 257) {
            ended = true;
            break;
        }
        if (code == 256) {
            width = 9;
            next = 258;
            previous = 256;
            continue;
        }
        if (code > next || (code == next && previous == 256) || (previous == 256 && code > 255))
            break;
        if (previous != 256 && next < 4096) {
            t->prefix[next] = (uint16_t)previous;
            t->length[next] = (uint16_t)((previous < 256 ? 1 : t->length[previous]) + 1);
            t->last[next] = lzw_first(t, code == next ? previous : code);
            next++;
        } else if (code >= next) {
            break;
        }
        lzw_put(t, code, out);
        previous = code;
        if (next + early >= 1u << width && width < 12)
            width++;
    }
    free(t);
    *ret_used = at;
    return ended;
}

static bool undo(enum pdf_filter f, struct bytes in, size_t max, struct buf *out, size_t *ret_used, unsigned early)
{
    *ret_used = 0;
    switch (f) {
    case PDF_FILTER_FLATE:
        return undo_flate(in, max, out, ret_used);
    case PDF_FILTER_LZW:
        return undo_lzw(in, max, out, ret_used, early);
    case PDF_FILTER_HEX:
        return undo_hex(in, max, out, ret_used);
    case PDF_FILTER_A85:
        return undo_a85(in, max, out, ret_used);
    case PDF_FILTER_RUN:
        return undo_run(in, max, out, ret_used);
    default:
        return false;
    }
}

bool pdf_filter_undo(enum pdf_filter f, struct bytes in, size_t max, struct buf *out, size_t *ret_used)
{
    buf_reset(out);
    return undo(f, in, max, out, ret_used, 1);
}

static int64_t parm(struct pdf *p, const struct pdf_value *parms, const char *key, int64_t otherwise)
{
    int64_t num;

    return pdf_value_int(pdf_get_key(p, parms, key), &num) ? num : otherwise;
}

static struct pdf_predictor predictor_of(struct pdf *p, const struct pdf_value *parms)
{
    struct pdf_predictor r = {parm(p, parms, "Predictor", 1), parm(p, parms, "Colors", 1),
                              parm(p, parms, "BitsPerComponent", 8), parm(p, parms, "Columns", 1)};
    bool fits = r.colors > 0 && r.colors <= 32 && r.columns > 0 && r.columns <= COLUMNS_MAX &&
                (r.bits == 1 || r.bits == 2 || r.bits == 4 || r.bits == 8 || r.bits == 16);

    if (!fits || (r.predictor != 2 && r.predictor < 10))
        r.predictor = 1;
    return r;
}

/* The filters of a stream as two parallel lists. */
struct chain {
    enum pdf_filter filter[FILTERS_MAX];
    const struct pdf_value *parms[FILTERS_MAX];
    size_t count;
};

static enum err chain_of(struct pdf *p, const struct pdf_value *dict, struct chain *c, struct fault *why)
{
    const struct pdf_value *names = pdf_get_key(p, dict, "Filter"), *parms = pdf_get_key(p, dict, "DecodeParms");

    *c = (struct chain){0};
    if (parms == NULL)
        parms = pdf_get_key(p, dict, "DP");
    if (names == NULL)
        return OK;
    if (names->kind == PDF_ARRAY && names->count > FILTERS_MAX)
        return fault_set(why, ERR_LIMIT, "P27", "ISO 32000-1 7.4", 0, "%u filters on one stream", names->count);
    c->count = names->kind == PDF_ARRAY ? names->count : 1;
    for (size_t i = 0; i < c->count; i++) {
        const struct pdf_value *name = names, *own = parms;

        if (names->kind == PDF_ARRAY)
            name = pdf_resolve(p, pdf_value_item(names, i), NULL);
        if (parms != NULL && parms->kind == PDF_ARRAY)
            own = pdf_resolve(p, pdf_value_item(parms, i), NULL);
        c->filter[i] = name != NULL && name->kind == PDF_NAME ? pdf_filter_find(pdf_value_text(name)) : PDF_FILTER_UNKNOWN;
        c->parms[i] = own != NULL && own->kind == PDF_DICT ? own : NULL;
        if (c->filter[i] == PDF_FILTER_UNKNOWN || (c->filter[i] >= PDF_FILTER_DCT && i + 1 < c->count))
            return fault_set(why, ERR_UNSUPPORTED, NULL, "ISO 32000-1 7.4", 0, "a filter that is not known");
    }
    return OK;
}

/* One filter and its predictor: from `in` to `out`. */
static void step(struct pdf *p, const struct chain *c, size_t i, struct bytes in, size_t max, bool keep_png,
                 struct buf *out, struct pdf_coding *coding)
{
    unsigned early = (unsigned)(parm(p, c->parms[i], "EarlyChange", 1) != 0);
    size_t used;

    buf_reset(out);
    if (!undo(c->filter[i], in, max, out, &used, early))
        coding->damaged = true;
    if (c->parms[i] == NULL || (c->filter[i] != PDF_FILTER_FLATE && c->filter[i] != PDF_FILTER_LZW))
        return;
    coding->predictor = predictor_of(p, c->parms[i]);
    if (coding->predictor.predictor >= 10 && keep_png && i + 1 == c->count)
        coding->png = true;
    else if (coding->predictor.predictor > 1)
        pdf_predict_undo(&coding->predictor, out);
}

static void swap(struct buf *a, struct buf *b)
{
    struct buf c = *a;

    *a = *b;
    *b = c;
}

enum err pdf_filter_stream(struct pdf *p, const struct pdf_object *o, size_t max, bool keep_png, struct buf *out,
                           struct pdf_coding *ret_coding, struct fault *why)
{
    struct pdf_coding coding = {.left = PDF_FILTER_NONE};
    struct chain chain;
    struct buf next;
    size_t raw, packed = 0;
    bool full = false;

    TRY(chain_of(p, &o->value, &chain, why));
    buf_done(out);
    buf_init(out, max);
    buf_init(&next, max);
    out->at = pdf_stream_raw(p, o, &out->len);
    out->cap = raw = out->len;
    coding.stacked = chain.count > 1;
    for (size_t i = 0; i < chain.count && !full; i++) {
        if (chain.filter[i] >= PDF_FILTER_DCT) {
            coding.left = chain.filter[i];
            coding.parms = chain.parms[i];
            break;
        }
        if (chain.filter[i] == PDF_FILTER_CRYPT)
            continue;
        step(p, &chain, i, buf_bytes(out), max, keep_png, &next, &coding);
        swap(out, &next);
        full = out->full || out->len >= max;
        packed += chain.filter[i] == PDF_FILTER_FLATE || chain.filter[i] == PDF_FILTER_LZW;
    }
    buf_done(&next);
    *ret_coding = coding;
    if (full)
        return fault_set(why, ERR_LIMIT, "P27", "limit of one stream", 0, "a stream of more than %zu bytes", max);
    /* Packed twice and still this much: made to burst. */
    if (packed > 1 && out->len > BOMB_MIN && out->len / BOMB_RATIO > raw)
        return fault_set(why, ERR_LIMIT, "P27", "limit of stacked filters", 0, "%zu bytes unpack to %zu", raw, out->len);
    return OK;
}
