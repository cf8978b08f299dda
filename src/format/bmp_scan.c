#include "format/bmp.h"

enum { FILE_HEADER = 14, RGB = 0, RLE8 = 1, RLE4 = 2, FIELDS = 3, JPEG = 4, PNG = 5, ALPHA_FIELDS = 6,
       CORE_HEADER = 12, EMBEDDED = 0x4d424544, LINKED = 0x4c494e4b };

static enum err refuse(struct fault *why, const char *what, unsigned value)
{
    return fault_set(why, ERR_UNSUPPORTED, "I07", "DIB header", FILE_HEADER, "%s %u", what, value);
}

static bool known_header(unsigned len)
{
    return len == 12 || (len >= 16 && len <= 64) || len == 108 || len == 124;
}

static enum err check(struct bmp_scan *s, int64_t width, int64_t height, struct fault *why)
{
    static const uint8_t depths[] = {1, 2, 4, 8, 16, 24, 32};
    bool depth = false;

    s->top_down = height < 0;
    height = height < 0 ? -height : height;
    for (size_t i = 0; i < countof(depths); i++)
        depth |= depths[i] == s->bits;
    if (s->compression == JPEG || s->compression == PNG)
        return refuse(why, "embedded picture, compression", s->compression);
    if (!depth)
        return refuse(why, "bits a pixel", s->bits);
    if (s->compression > ALPHA_FIELDS || (s->compression == RLE8 && s->bits != 8) ||
        (s->compression == RLE4 && s->bits != 4) || (s->compression >= FIELDS && s->bits != 16 && s->bits != 32))
        return refuse(why, "compression", s->compression);
    if (width <= 0 || height == 0 || width > INT32_MAX || height > INT32_MAX)
        return fault_set(why, ERR_MALFORMED, NULL, "DIB header", FILE_HEADER, "%lld × %lld pixels", (long long)width,
                         (long long)height);
    s->width = (uint32_t)width;
    s->height = (uint32_t)height;
    return OK;
}

static int64_t reader_i32(struct reader *r)
{
    return (int32_t)reader_u32le(r);
}

static void take_masks(struct bmp_scan *s, struct reader *r, bool alpha)
{
    for (unsigned i = 0; i < (alpha ? 4u : 3u); i++)
        s->mask[i] = reader_u32le(r);
}

static void default_masks(struct bmp_scan *s)
{
    static const uint32_t of16[4] = {0x7c00, 0x03e0, 0x001f, 0}, of32[4] = {0xff0000, 0xff00, 0xff, 0};

    memcpy(s->mask, s->bits == 16 ? of16 : of32, sizeof(s->mask));
}

static void take_profile(struct bmp_scan *s, struct bytes in)
{
    struct reader r = reader_of(in);
    uint32_t space, at, len;

    if (s->header_len < 124)
        return;
    reader_seek(&r, FILE_HEADER + 56);
    space = reader_u32le(&r);
    reader_seek(&r, FILE_HEADER + 112);
    at = reader_u32le(&r);
    len = reader_u32le(&r);
    s->reserved |= reader_u32le(&r) != 0;
    s->linked_profile = space == LINKED;
    if (space == EMBEDDED)
        s->profile = bytes_part(in, FILE_HEADER + (size_t)at, len);
}

/* The header of 1990 and those after it. */
static enum err take_header(struct bmp_scan *s, struct bytes in, struct reader *r, struct fault *why)
{
    int64_t width = reader_i32(r), height = reader_i32(r), x, y;
    uint32_t used;

    reader_skip(r, 2);
    s->bits = reader_u16le(r);
    if (s->header_len >= 40) {
        s->compression = reader_u32le(r);
        reader_skip(r, 4);
        x = reader_i32(r);
        y = reader_i32(r);
        s->x_density = x > 0 ? (uint32_t)x : 0;
        s->y_density = y > 0 ? (uint32_t)y : 0;
        used = reader_u32le(r);
        reader_skip(r, 4);
        s->colours = used;
    }
    TRY(check(s, width, height, why));
    default_masks(s);
    if (s->compression >= FIELDS)
        take_masks(s, r, s->header_len >= 56 || s->compression == ALPHA_FIELDS);
    else if (s->bits == 32 && s->header_len >= 108) {
        struct reader look = *r;

        reader_skip(&look, 12);
        s->mask[3] = reader_u32le(&look); /* plain RGB with an alpha mask beside it */
        if (s->mask[3] != 0xff000000)
            s->mask[3] = 0;
    }
    s->palette = FILE_HEADER + (size_t)s->header_len;
    if (s->compression >= FIELDS && s->header_len == 40)
        s->palette += s->compression == FIELDS ? 12 : 16;
    s->palette_entry = 4;
    take_profile(s, in);
    return OK;
}

static enum err take_core_header(struct bmp_scan *s, struct reader *r, struct fault *why)
{
    int64_t width = reader_u16le(r), height = (int16_t)reader_u16le(r);

    reader_skip(r, 2);
    s->bits = reader_u16le(r);
    default_masks(s);
    s->palette = FILE_HEADER + CORE_HEADER;
    s->palette_entry = 3;
    return check(s, width, height, why);
}

static void place_palette(struct bmp_scan *s)
{
    size_t most = s->bits <= 8 ? (size_t)1 << s->bits : 0, room;

    if (s->bits <= 8 && (s->colours == 0 || s->colours > most))
        s->colours = most;
    if (s->bits > 8) {
        s->gap = s->data > s->palette;
        s->colours = 0;
        return;
    }
    room = s->data > s->palette ? (s->data - s->palette) / s->palette_entry : 0;
    if (s->colours > room)
        s->colours = room;
    s->gap = s->data > s->palette + s->colours * s->palette_entry;
}

enum err bmp_scan(struct bytes in, struct bmp_scan *ret_scan, struct fault *why)
{
    struct bmp_scan s = {.bits = 0};
    struct reader r = reader_of(in);
    bool mark = bytes_starts(in, BYTES("BM"));

    reader_skip(&r, 6);
    s.reserved = reader_u32le(&r) != 0;
    s.data = reader_u32le(&r);
    s.header_len = reader_u32le(&r);
    if (!mark || !known_header(s.header_len))
        return fault_set(why, ERR_MALFORMED, NULL, "DIB header", 0, "no BMP header");
    TRY(s.header_len == CORE_HEADER ? take_core_header(&s, &r, why) : take_header(&s, in, &r, why));
    if (r.past || s.data >= in.len || s.data < s.palette)
        return fault_set(why, ERR_MALFORMED, NULL, "DIB header", 10, "pixel data outside the file");
    place_palette(&s);
    *ret_scan = s;
    return OK;
}
