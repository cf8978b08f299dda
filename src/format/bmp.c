#include "format/bmp.h"

#include <stdlib.h>

#include "base/limit.h"
#include "format/icc.h"

enum { RLE8 = 1, RLE4 = 2, FILE_HEADER = 14, PLAIN_HEADER = 40, ALPHA_HEADER = 108 };

static void take_palette(struct bytes in, const struct bmp_scan *s, struct png_picture *p)
{
    struct reader r = reader_of(in);

    reader_seek(&r, s->palette);
    for (size_t i = 0; i < s->colours; i++) {
        uint8_t b = reader_u8(&r), g = reader_u8(&r), red = reader_u8(&r);

        p->palette[i] = (struct png_colour){red, g, b, 255};
        reader_skip(&r, s->palette_entry - 3);
    }
    p->colours = (unsigned)s->colours;
}

/* --- run length --- */

struct canvas {
    struct pixels *p;
    uint32_t x, y; /* from the bottom */
    bool done;
};

static void put_index(struct canvas *c, unsigned index)
{
    if (c->x < c->p->width && c->y < c->p->height)
        pixels_row(c->p, c->p->height - 1 - c->y)[c->x] = (uint8_t)index;
    if (c->x < c->p->width)
        c->x++;
}

static void put_run(struct canvas *c, unsigned count, unsigned value, bool nibbles)
{
    for (unsigned i = 0; i < count; i++)
        put_index(c, !nibbles ? value : i % 2 == 0 ? value >> 4 : value & 15);
}

static void put_literal(struct canvas *c, struct reader *r, unsigned count, bool nibbles)
{
    struct bytes data = reader_take(r, nibbles ? (count + 1) / 2 : count);

    if (data.len % 2 != 0)
        reader_skip(r, 1);
    for (unsigned i = 0; data.len > 0 && i < count; i++)
        put_index(c, !nibbles ? data.at[i] : i % 2 == 0 ? data.at[i / 2] >> 4 : data.at[i / 2] & 15);
}

static void take_escape(struct canvas *c, struct reader *r, unsigned code, bool nibbles)
{
    uint32_t right, up;

    switch (code) {
    case 0:
        c->x = 0;
        c->y++;
        break;
    case 1: c->done = true; break;
    case 2:
        right = reader_u8(r);
        up = reader_u8(r);
        c->x = c->p->width - c->x < right ? c->p->width : c->x + right;
        c->y += up;
        break;
    default: put_literal(c, r, code, nibbles); break;
    }
}

static void read_runs(struct reader *r, const struct bmp_scan *s, struct pixels *p, struct bmp_changes *changes)
{
    struct canvas c = {.p = p};
    bool nibbles = s->compression == RLE4;

    while (!c.done && reader_left(r) >= 2 && c.y < p->height) {
        unsigned count = reader_u8(r), value = reader_u8(r);

        if (count > 0)
            put_run(&c, count, value, nibbles);
        else
            take_escape(&c, r, value, nibbles);
    }
    if (!c.done && reader_left(r) >= 2 && bytes_equal(bytes_part(r->in, r->at, 2), BYTES("\0\1"))) {
        reader_skip(r, 2);
        c.done = true;
    }
    changes->damaged = !c.done;
}

/* --- plain rows --- */

struct field {
    unsigned shift;
    uint32_t most; /* the largest value; 0: the field is not there */
};

static struct field field_of(uint32_t mask)
{
    struct field f = {0};

    while (mask != 0 && (mask & 1) == 0) {
        mask >>= 1;
        f.shift++;
    }
    f.most = mask;
    return f;
}

static uint8_t field_value(struct field f, uint32_t v)
{
    return f.most == 0 ? 0 : (uint8_t)(((uint64_t)(v >> f.shift & f.most) * 255 + f.most / 2) / f.most);
}

static void read_fields(struct bytes row, const struct bmp_scan *s, const struct field *fields, unsigned channels,
                        uint8_t *to)
{
    size_t unit = s->bits / 8;

    for (uint32_t x = 0; x < s->width; x++) {
        const uint8_t *at = row.at + x * unit;
        uint32_t v = at[0] | (uint32_t)at[1] << 8;

        if (unit == 4)
            v |= (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
        for (unsigned k = 0; k < channels; k++)
            to[x * channels + k] = field_value(fields[k], v);
    }
}

static void read_indices(struct bytes row, const struct bmp_scan *s, uint8_t *to)
{
    unsigned mask = (1u << s->bits) - 1;

    for (uint32_t x = 0; x < s->width; x++) {
        size_t bit = (size_t)x * s->bits;

        to[x] = (uint8_t)(row.at[bit / 8] >> (8 - s->bits - bit % 8) & mask);
    }
}

static void read_rows(struct reader *r, const struct bmp_scan *s, struct pixels *p, struct bmp_changes *changes)
{
    size_t used = ((size_t)s->width * s->bits + 7) / 8, stride = (used + 3) / 4 * 4;
    struct field fields[4] = {field_of(s->mask[0]), field_of(s->mask[1]), field_of(s->mask[2]), field_of(s->mask[3])};

    for (uint32_t y = 0; y < s->height && !changes->damaged; y++) {
        struct bytes row = reader_take(r, used);
        uint8_t *to = pixels_row(p, s->top_down ? y : s->height - 1 - y);

        changes->damaged = r->past;
        if (r->past)
            break;
        if (s->bits <= 8)
            read_indices(row, s, to);
        else if (s->bits == 24)
            for (size_t x = 0; x < s->width; x++)
                memcpy(to + x * 3, (uint8_t[3]){row.at[x * 3 + 2], row.at[x * 3 + 1], row.at[x * 3]}, 3);
        else
            read_fields(row, s, fields, p->channels, to);
        reader_skip(r, stride - used < reader_left(r) ? stride - used : reader_left(r));
    }
}

/* Alpha that is the same everywhere says nothing: all opaque, or never set at all. */
static enum err drop_flat_alpha(struct pixels *p, struct fault *why)
{
    size_t count = (size_t)p->width * p->height;
    struct pixels new;

    for (size_t i = 0; i < count; i++)
        if (p->at[i * 4 + 3] != p->at[3] || (p->at[3] != 0 && p->at[3] != 255))
            return OK;
    TRY(pixels_init(&new, p->width, p->height, 3, 8, why));
    for (size_t i = 0; i < count; i++)
        memcpy(new.at + i * 3, p->at + i * 4, 3);
    pixels_done(p);
    *p = new;
    return OK;
}

static enum err recolour(const struct bmp_scan *s, struct png_picture *p, struct bmp_changes *changes,
                         struct fault *why)
{
    struct icc *icc;
    enum err code = OK;

    if (s->profile.len == 0 || icc_open(s->profile, 3, &icc, NULL) != OK)
        return OK;
    changes->recoloured = !icc_is_identity(icc);
    if (changes->recoloured && p->indexed) {
        for (unsigned i = 0; i < p->colours; i++) {
            struct png_colour *c = &p->palette[i];
            uint8_t rgb[3] = {c->r, c->g, c->b};

            icc_colours(icc, rgb, rgb, 1);
            *c = (struct png_colour){rgb[0], rgb[1], rgb[2], 255};
        }
    } else if (changes->recoloured) {
        code = icc_pixels(icc, &p->pixels, why);
    }
    icc_close(icc);
    return code;
}

static enum err read_into(struct bytes in, const struct bmp_scan *s, struct png_picture *p,
                          struct bmp_changes *changes, struct fault *why)
{
    struct reader r = reader_of(in);

    p->indexed = s->bits <= 8;
    p->depth = 8;
    p->metric = true;
    p->x_density = s->x_density;
    p->y_density = s->y_density;
    TRY(pixels_init(&p->pixels, s->width, s->height, p->indexed ? 1 : s->mask[3] != 0 ? 4 : 3, 8, why));
    reader_seek(&r, s->data);
    if (s->compression == RLE8 || s->compression == RLE4)
        read_runs(&r, s, &p->pixels, changes);
    else
        read_rows(&r, s, &p->pixels, changes);
    changes->end = r.at;
    if (p->indexed)
        take_palette(in, s, p);
    else if (p->pixels.channels == 4)
        TRY(drop_flat_alpha(&p->pixels, why));
    TRY(recolour(s, p, changes, why));
    if (p->indexed)
        png_write_tidy(p);
    return OK;
}

enum err bmp_read(struct bytes in, const struct bmp_scan *scan, struct png_picture *ret_picture,
                  struct bmp_changes *ret_changes, struct fault *why)
{
    struct png_picture picture = {0};
    struct bmp_changes changes = {0};
    enum err code = read_into(in, scan, &picture, &changes, why);

    if (code != OK) {
        png_picture_done(&picture);
        return code;
    }
    *ret_picture = picture;
    *ret_changes = changes;
    return OK;
}

/* --- writing --- */

struct shape {
    unsigned bits, header, colours;
    size_t stride, data;
};

static struct shape shape_of(const struct png_picture *p)
{
    struct shape s = {.header = PLAIN_HEADER};

    s.bits = p->indexed ? (p->depth == 2 ? 4 : p->depth) : p->pixels.channels * 8;
    if (s.bits == 32)
        s.header = ALPHA_HEADER;
    s.colours = p->indexed ? p->colours : 0;
    s.stride = ((size_t)p->pixels.width * s.bits + 31) / 32 * 4;
    s.data = FILE_HEADER + s.header + (size_t)s.colours * 4;
    return s;
}

static void put_headers(struct buf *b, const struct png_picture *p, const struct shape *s)
{
    uint64_t all = (uint64_t)s->stride * p->pixels.height;

    buf_put_text(b, "BM");
    buf_put_u32le(b, (uint32_t)(s->data + all));
    buf_put_u32le(b, 0);
    buf_put_u32le(b, (uint32_t)s->data);
    buf_put_u32le(b, s->header);
    buf_put_u32le(b, p->pixels.width);
    buf_put_u32le(b, p->pixels.height);
    buf_put_u16le(b, 1);
    buf_put_u16le(b, (uint16_t)s->bits);
    buf_put_u32le(b, s->bits == 32 ? 3 : 0);
    buf_put_u32le(b, (uint32_t)all);
    buf_put_u32le(b, p->x_density);
    buf_put_u32le(b, p->y_density);
    buf_put_u32le(b, s->colours);
    buf_put_u32le(b, 0);
    if (s->bits == 32) { /* masks, then "sRGB" and fields that sRGB leaves at zero */
        static const uint8_t rest[48] = {0};

        buf_put(b, BYTES("\0\0\xff\0\0\xff\0\0\xff\0\0\0\0\0\0\xff" "BGRs"));
        buf_put(b, (struct bytes){rest, sizeof(rest)});
    }
    for (unsigned i = 0; i < s->colours; i++) {
        buf_put_u8(b, p->palette[i].b);
        buf_put_u8(b, p->palette[i].g);
        buf_put_u8(b, p->palette[i].r);
        buf_put_u8(b, 0);
    }
}

static void pack_row(const struct png_picture *p, const struct shape *s, uint32_t y, uint8_t *to)
{
    const uint8_t *from = pixels_row(&p->pixels, y);
    unsigned n = p->pixels.channels;

    memset(to, 0, s->stride);
    for (uint32_t x = 0; x < p->pixels.width; x++) {
        size_t bit = (size_t)x * s->bits;

        if (p->indexed) {
            to[bit / 8] |= (uint8_t)(from[x] << (8 - s->bits - bit % 8));
            continue;
        }
        to[(size_t)x * n] = from[(size_t)x * n + 2];
        to[(size_t)x * n + 1] = from[(size_t)x * n + 1];
        to[(size_t)x * n + 2] = from[(size_t)x * n];
        if (n == 4)
            to[(size_t)x * n + 3] = from[(size_t)x * n + 3];
    }
}

enum err bmp_write(const struct png_picture *p, struct sink *out, struct fault *why)
{
    struct shape s = shape_of(p);
    struct buf head;
    uint8_t *row;
    enum err code;

    if ((uint64_t)s.stride * p->pixels.height > INT32_MAX)
        return fault_set(why, ERR_LIMIT, "I08", "DIB header", 0, "does not fit a BMP file");
    buf_init(&head, 1 << 12);
    put_headers(&head, p, &s);
    code = sink_put(out, buf_bytes(&head), why);
    buf_done(&head);
    row = malloc(s.stride);
    if (row == NULL)
        limit_exit();
    for (uint32_t y = p->pixels.height; y-- > 0 && code == OK;) {
        pack_row(p, &s, y, row);
        code = sink_put(out, (struct bytes){row, s.stride}, why);
    }
    free(row);
    return code;
}
