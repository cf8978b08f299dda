#include "format/png_write.h"

#include <libdeflate.h>
#include <stdlib.h>

#include "base/limit.h"

enum { LEVEL_SMALL = 6, LEVEL_LARGE = 4, LARGE = 8 << 20, TRIED_TWICE = 1 << 19, FILTERS = 5, CHUNK_MAX = 0x7fffffff };

static const uint8_t signature[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

static void put_chunk(struct buf *b, const char *type, struct bytes data)
{
    size_t begin;

    buf_put_u32be(b, (uint32_t)data.len);
    begin = b->len;
    buf_put(b, (struct bytes){(const uint8_t *)type, 4});
    buf_put(b, data);
    if (!b->full)
        buf_put_u32be(b, libdeflate_crc32(0, b->at + begin, b->len - begin));
}

static unsigned colour_type(const struct png_picture *p)
{
    static const uint8_t types[5] = {0, 0, 4, 2, 6};

    return p->indexed ? 3 : types[p->pixels.channels];
}

static void put_header(struct buf *b, const struct png_picture *p)
{
    struct buf d;

    buf_init(&d, 64);
    buf_put_u32be(&d, p->pixels.width);
    buf_put_u32be(&d, p->pixels.height);
    buf_put_u8(&d, (uint8_t)p->depth);
    buf_put_u8(&d, (uint8_t)colour_type(p));
    buf_put(&d, BYTES("\0\0\0"));
    put_chunk(b, "IHDR", buf_bytes(&d));
    buf_done(&d);
}

static void put_palette(struct buf *b, const struct png_picture *p)
{
    uint8_t rgb[256 * 3], alpha[256];
    unsigned clear = 0;

    for (size_t i = 0; i < p->colours; i++) {
        rgb[i * 3] = p->palette[i].r;
        rgb[i * 3 + 1] = p->palette[i].g;
        rgb[i * 3 + 2] = p->palette[i].b;
        alpha[i] = p->palette[i].a;
        if (alpha[i] != 255)
            clear = (unsigned)i + 1;
    }
    put_chunk(b, "PLTE", (struct bytes){rgb, (size_t)p->colours * 3});
    if (clear > 0)
        put_chunk(b, "tRNS", (struct bytes){alpha, clear});
}

static void put_key(struct buf *b, const struct png_picture *p)
{
    struct buf d;

    buf_init(&d, 16);
    for (unsigned i = 0; i < p->pixels.channels; i++)
        buf_put_u16be(&d, p->key[i]);
    put_chunk(b, "tRNS", buf_bytes(&d));
    buf_done(&d);
}

static void put_density(struct buf *b, const struct png_picture *p)
{
    struct buf d;

    buf_init(&d, 16);
    buf_put_u32be(&d, p->x_density);
    buf_put_u32be(&d, p->y_density);
    buf_put_u8(&d, p->metric ? 1 : 0);
    put_chunk(b, "pHYs", buf_bytes(&d));
    buf_done(&d);
}

/* --- rows --- */

static size_t row_len(const struct png_picture *p)
{
    return ((size_t)p->pixels.width * p->pixels.channels * p->depth + 7) / 8;
}

/* Samples as the file has them: packed bits, or big end first. */
static void pack_row(const struct png_picture *p, uint32_t y, uint8_t *to)
{
    const uint8_t *from = pixels_row(&p->pixels, y);
    size_t count = (size_t)p->pixels.width * p->pixels.channels;

    if (p->depth == 8) {
        memcpy(to, from, count);
        return;
    }
    if (p->depth == 16) {
        for (size_t i = 0; i < count; i++) {
            uint16_t v;

            memcpy(&v, from + 2 * i, 2);
            to[2 * i] = (uint8_t)(v >> 8);
            to[2 * i + 1] = (uint8_t)v;
        }
        return;
    }
    memset(to, 0, row_len(p));
    for (size_t i = 0; i < count; i++)
        to[i * p->depth / 8] |= (uint8_t)(from[i] << (8 - p->depth - i * p->depth % 8));
}

static uint8_t paeth(int a, int b, int c)
{
    int pa = abs(b - c), pb = abs(a - c), pc = abs(a + b - 2 * c);

    return (uint8_t)(pa <= pb && pa <= pc ? a : pb <= pc ? b : c);
}

/* One row by one filter.  `row` and `above` have `unit` zero bytes in front of them. */
static void filter_row(unsigned filter, const uint8_t *row, const uint8_t *above, size_t len, size_t unit,
                       uint8_t *to)
{
    const uint8_t *left = row - unit, *corner = above - unit;

    switch (filter) {
    case 1:
        for (size_t i = 0; i < len; i++)
            to[i] = (uint8_t)(row[i] - left[i]);
        break;
    case 2:
        for (size_t i = 0; i < len; i++)
            to[i] = (uint8_t)(row[i] - above[i]);
        break;
    case 3:
        for (size_t i = 0; i < len; i++)
            to[i] = (uint8_t)(row[i] - ((left[i] + above[i]) >> 1));
        break;
    case 4:
        for (size_t i = 0; i < len; i++)
            to[i] = (uint8_t)(row[i] - paeth(left[i], above[i], corner[i]));
        break;
    default: memcpy(to, row, len); break;
    }
}

static uint64_t weight(const uint8_t *row, size_t len)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < len; i++)
        sum += row[i] < 128 ? row[i] : 256u - row[i];
    return sum;
}

/* The filter with the least sum of differences; `best` gets the row with its filter byte in front. */
static void choose_filter(const uint8_t *row, const uint8_t *above, size_t len, size_t unit, uint8_t *tried,
                          uint8_t *best)
{
    uint64_t least = UINT64_MAX;

    for (unsigned filter = 0; filter < FILTERS; filter++) {
        uint64_t sum;

        filter_row(filter, row, above, len, unit, tried);
        sum = weight(tried, len);
        if (sum >= least)
            continue;
        least = sum;
        best[0] = (uint8_t)filter;
        memcpy(best + 1, tried, len);
    }
}

static uint8_t *new_memory(size_t len)
{
    uint8_t *at = calloc(1, len);

    if (at == NULL)
        limit_exit();
    return at;
}

/* All rows filtered, one after the other. */
static uint8_t *filter_rows(const struct png_picture *p, bool plain)
{
    enum { UNIT_MAX = 8 };
    size_t len = row_len(p), unit = (p->depth * p->pixels.channels + 7) / 8;
    uint8_t *all = new_memory((len + 1) * p->pixels.height), *to = all;
    uint8_t *rows = new_memory(2 * (len + UNIT_MAX) + len);
    uint8_t *row = rows + UNIT_MAX, *above = row + len + UNIT_MAX, *tried = above + len;

    for (uint32_t y = 0; y < p->pixels.height; y++, to += len + 1) {
        uint8_t *swap = row;

        pack_row(p, y, row);
        if (plain)
            memcpy(to + 1, row, len); /* the filter byte stays 0 */
        else
            choose_filter(row, above, len, unit, tried, to);
        row = above;
        above = swap;
    }
    free(rows);
    return all;
}

/* The rows compressed to where the buffer ends; 0 when they do not fit. */
static size_t compress(struct buf *b, const struct png_picture *p, bool plain, struct libdeflate_compressor *z)
{
    size_t len = (row_len(p) + 1) * p->pixels.height, most = libdeflate_zlib_compress_bound(z, len), made;
    uint8_t *rows = filter_rows(p, plain), *to = buf_room(b, most);

    made = to == NULL ? 0 : libdeflate_zlib_compress(z, rows, len, to, most);
    free(rows);
    return made;
}

/* Filters do not help indices, nor drawings with few colours: small pictures are tried both ways. */
static size_t compress_best(struct buf *b, const struct png_picture *p)
{
    size_t len = (row_len(p) + 1) * p->pixels.height, made;
    struct libdeflate_compressor *z = libdeflate_alloc_compressor(len > LARGE ? LEVEL_LARGE : LEVEL_SMALL);
    bool plain = p->indexed || p->depth < 8;

    if (z == NULL)
        limit_exit();
    made = compress(b, p, plain, z);
    if (!plain && len <= TRIED_TWICE && made > 0) {
        struct buf other;
        size_t len_other;

        buf_init(&other, SIZE_MAX);
        len_other = compress(&other, p, true, z);
        if (len_other > 0 && len_other <= made) {
            memcpy(b->at + b->len, other.at, len_other);
            made = len_other;
        }
        buf_done(&other);
    }
    libdeflate_free_compressor(z);
    return made;
}

static enum err put_pixels(struct buf *b, const struct png_picture *p, struct fault *why)
{
    size_t begin = b->len, made;

    buf_put_u32be(b, 0);
    buf_put_text(b, "IDAT");
    made = compress_best(b, p);
    if (made == 0 || made > CHUNK_MAX)
        return fault_set(why, ERR_LIMIT, "I08", "PNG 5.3", 0, "the picture does not fit a chunk");
    buf_grew(b, made);
    for (unsigned i = 0; i < 4; i++)
        b->at[begin + i] = (uint8_t)(made >> (24 - 8 * i));
    buf_put_u32be(b, libdeflate_crc32(0, b->at + begin + 4, made + 4));
    return OK;
}

enum err png_write(const struct png_picture *p, struct sink *out, struct fault *why)
{
    struct buf b;
    enum err code;

    buf_init(&b, SIZE_MAX);
    buf_put(&b, (struct bytes){signature, sizeof(signature)});
    put_header(&b, p);
    if (p->indexed)
        put_palette(&b, p);
    else if (p->keyed)
        put_key(&b, p);
    if (p->x_density != 0 && p->y_density != 0)
        put_density(&b, p);
    code = put_pixels(&b, p, why);
    put_chunk(&b, "IEND", (struct bytes){0});
    if (code == OK)
        code = sink_put(out, buf_bytes(&b), why);
    buf_done(&b);
    return code;
}

enum err png_write_pixels(const struct pixels *p, struct sink *out, struct fault *why)
{
    struct png_picture picture = {.pixels = *p, .depth = p->bits};

    return png_write(&picture, out, why);
}

/* --- palette --- */

struct place {
    uint32_t colour; /* transparent first, then by value */
    uint8_t from;
};

static int by_colour(const void *left, const void *right)
{
    const struct place *a = left, *b = right;

    if (a->colour != b->colour)
        return a->colour < b->colour ? -1 : 1;
    return a->from - b->from;
}

static uint32_t colour_key(struct png_colour c)
{
    return (uint32_t)c.a << 24 | (uint32_t)c.r << 16 | (uint32_t)c.g << 8 | c.b;
}

/* The places in use, sorted. */
static unsigned used_places(const struct png_picture *p, struct place *list)
{
    size_t count = (size_t)p->pixels.width * p->pixels.height;
    bool used[256] = {false};
    unsigned n = 0;

    for (size_t i = 0; i < count; i++)
        used[p->pixels.at[i]] = true;
    for (unsigned i = 0; i < 256; i++)
        if (used[i])
            list[n++] = (struct place){colour_key(p->palette[i]), (uint8_t)i};
    qsort(list, n, sizeof(*list), by_colour);
    return n;
}

void png_write_tidy(struct png_picture *p)
{
    size_t count = (size_t)p->pixels.width * p->pixels.height;
    struct png_colour palette[256] = {{0}};
    struct place list[256];
    uint8_t to[256] = {0};
    unsigned n, colours = 0;

    for (unsigned i = p->colours; i < 256; i++) /* beyond the palette readers show black */
        p->palette[i] = (struct png_colour){.a = 255};
    n = used_places(p, list);
    for (unsigned i = 0; i < n; i++) {
        if (i == 0 || list[i].colour != list[i - 1].colour)
            palette[colours++] = p->palette[list[i].from];
        to[list[i].from] = (uint8_t)(colours - 1);
    }
    for (size_t i = 0; i < count; i++)
        p->pixels.at[i] = to[p->pixels.at[i]];
    memcpy(p->palette, palette, colours * sizeof(palette[0]));
    p->colours = colours;
    p->depth = colours <= 2 ? 1 : colours <= 4 ? 2 : colours <= 16 ? 4 : 8;
}
