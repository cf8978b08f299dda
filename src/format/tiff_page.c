#include "format/tiff_page.h"

#include <stdlib.h>

#include "base/limit.h"
#include "format/icc.h"

/* The shape of a page as stored. */
struct shape {
    uint32_t width, height;
    uint16_t bits, samples, photometric, planar, format, compression, orientation;
    unsigned colours; /* channels that are colour */
    bool alpha, associated;
    bool plain; /* samples are read as they are; else libtiff makes RGBA of them */
};

enum err tiff_page_size(struct tiff_file *f, uint32_t *ret_width, uint32_t *ret_height, struct fault *why)
{
    if (!TIFFGetField(f->lib, TIFFTAG_IMAGEWIDTH, ret_width) || !TIFFGetField(f->lib, TIFFTAG_IMAGELENGTH, ret_height) ||
        *ret_width == 0 || *ret_height == 0)
        return fault_set(why, ERR_MALFORMED, NULL, "TIFF 6.0 8", 0, "a page has no size");
    return OK;
}

bool tiff_page_is_extra(struct tiff_file *f)
{
    uint32_t kind = 0;

    return TIFFGetField(f->lib, TIFFTAG_SUBFILETYPE, &kind) == 1 && (kind & (FILETYPE_REDUCEDIMAGE | FILETYPE_MASK)) != 0;
}

static void take_extras(struct tiff_file *f, struct shape *s)
{
    uint16_t count = 0, *kinds = NULL;

    if (s->samples <= s->colours || !TIFFGetField(f->lib, TIFFTAG_EXTRASAMPLES, &count, &kinds) || count == 0)
        return;
    s->associated = kinds[0] == EXTRASAMPLE_ASSOCALPHA;
    s->alpha = s->associated || kinds[0] == EXTRASAMPLE_UNASSALPHA;
}

static bool is_plain(const struct shape *s)
{
    bool eight = s->bits == 8 || s->bits == 16;

    if (s->format != SAMPLEFORMAT_UINT && s->format != SAMPLEFORMAT_VOID)
        return false;
    switch (s->photometric) {
    case PHOTOMETRIC_MINISWHITE:
    case PHOTOMETRIC_MINISBLACK:
        return s->samples == 1 ? eight || s->bits == 1 || s->bits == 2 || s->bits == 4 : eight;
    case PHOTOMETRIC_PALETTE: return s->samples == 1 && s->bits <= 8 && (s->bits & (s->bits - 1)) == 0;
    case PHOTOMETRIC_RGB: return s->samples >= 3 && eight;
    case PHOTOMETRIC_SEPARATED: return s->samples == 4 && s->bits == 8;
    default: return false;
    }
}

/* The codings met in documents; libtiff knows more, which are not given to it: JBIG, LERC, LZMA, Zstandard, WebP,
 * and those of one maker. */
static enum err check_coding(const struct shape *s, struct fault *why)
{
    static const uint16_t known[] = {COMPRESSION_NONE,     COMPRESSION_CCITTRLE, COMPRESSION_CCITTFAX3,
                                     COMPRESSION_CCITTFAX4, COMPRESSION_LZW,      COMPRESSION_OJPEG,
                                     COMPRESSION_JPEG,      COMPRESSION_PACKBITS, COMPRESSION_DEFLATE,
                                     COMPRESSION_ADOBE_DEFLATE};

    for (size_t i = 0; i < countof(known); i++)
        if (s->compression == known[i])
            return OK;
    return fault_set(why, ERR_UNSUPPORTED, "I05", "TIFF 6.0 Compression", 0, "pixels coded by method %u", s->compression);
}

static enum err take_shape(struct tiff_file *f, struct shape *s, struct fault *why)
{
    TRY(tiff_page_size(f, &s->width, &s->height, why));
    (void)TIFFGetFieldDefaulted(f->lib, TIFFTAG_BITSPERSAMPLE, &s->bits);
    (void)TIFFGetFieldDefaulted(f->lib, TIFFTAG_SAMPLESPERPIXEL, &s->samples);
    (void)TIFFGetFieldDefaulted(f->lib, TIFFTAG_PLANARCONFIG, &s->planar);
    (void)TIFFGetFieldDefaulted(f->lib, TIFFTAG_SAMPLEFORMAT, &s->format);
    (void)TIFFGetFieldDefaulted(f->lib, TIFFTAG_COMPRESSION, &s->compression);
    TRY(check_coding(s, why));
    (void)TIFFGetFieldDefaulted(f->lib, TIFFTAG_ORIENTATION, &s->orientation);
    if (!TIFFGetField(f->lib, TIFFTAG_PHOTOMETRIC, &s->photometric))
        s->photometric = s->samples >= 3 ? PHOTOMETRIC_RGB : PHOTOMETRIC_MINISBLACK;
    s->colours = s->photometric == PHOTOMETRIC_RGB ? 3 : s->photometric == PHOTOMETRIC_SEPARATED ? 4 : 1;
    take_extras(f, s);
    s->plain = is_plain(s);
    return OK;
}

/* --- samples as they are --- */

struct plane {
    uint8_t *at; /* rows of packed samples */
    size_t stride;
    unsigned samples; /* side by side in it */
    bool damaged;
    uint32_t rows; /* that could be read */
};

static void *new_memory(size_t count, size_t size)
{
    void *at = calloc(count, size);

    if (at == NULL)
        limit_exit();
    return at;
}

static void read_strips(struct tiff_file *f, const struct shape *s, uint16_t number, struct plane *p)
{
    tmsize_t len = TIFFScanlineSize(f->lib);
    uint8_t *row;

    if (len <= 0 || len > TIFF_ALLOCATION_MAX) {
        p->damaged = true;
        return;
    }
    row = new_memory((size_t)len, 1);
    for (uint32_t y = 0; y < s->height && !p->damaged; y++) {
        p->damaged = TIFFReadScanline(f->lib, row, y, number) < 0;
        if (p->damaged)
            break;
        memcpy(p->at + y * p->stride, row, (size_t)len < p->stride ? (size_t)len : p->stride);
        p->rows++;
    }
    free(row);
}

static void copy_tile(const uint8_t *tile, size_t tile_stride, uint32_t tile_height, uint32_t y, size_t x_bytes,
                      const struct shape *s, struct plane *p)
{
    size_t len = p->stride - x_bytes < tile_stride ? p->stride - x_bytes : tile_stride;

    for (uint32_t i = 0; i < tile_height && y + i < s->height; i++)
        memcpy(p->at + (y + i) * p->stride + x_bytes, tile + i * tile_stride, len);
}

static void read_tiles(struct tiff_file *f, const struct shape *s, uint16_t number, struct plane *p)
{
    tmsize_t len = TIFFTileSize(f->lib), stride = TIFFTileRowSize(f->lib);
    uint32_t width = 0, height = 0;
    uint8_t *tile;

    (void)TIFFGetField(f->lib, TIFFTAG_TILEWIDTH, &width);
    (void)TIFFGetField(f->lib, TIFFTAG_TILELENGTH, &height);
    if (len <= 0 || len > TIFF_ALLOCATION_MAX || stride <= 0 || width == 0 || height == 0 ||
        (uint64_t)height * (uint64_t)stride > (uint64_t)len || (uint64_t)width * p->samples * s->bits % 8 != 0) {
        p->damaged = true;
        return;
    }
    tile = new_memory((size_t)len, 1);
    for (uint64_t y = 0; y < s->height; y += height)
        for (uint64_t x = 0; x < s->width; x += width) {
            if (TIFFReadTile(f->lib, tile, (uint32_t)x, (uint32_t)y, 0, number) < 0) {
                p->damaged = true;
                continue;
            }
            copy_tile(tile, (size_t)stride, height, (uint32_t)y, (size_t)(x * p->samples * s->bits / 8), s, p);
            p->rows++;
        }
    free(tile);
}

static unsigned get_sample(const uint8_t *row, unsigned bits, size_t i)
{
    uint16_t v;

    if (bits == 8)
        return row[i];
    if (bits == 16) {
        memcpy(&v, row + 2 * i, 2);
        return v;
    }
    return row[i * bits / 8] >> (8 - bits - i * bits % 8) & ((1u << bits) - 1);
}

static void put_sample(struct pixels *to, size_t i, unsigned v)
{
    uint16_t wide = (uint16_t)v;

    if (to->bits == 16)
        memcpy(to->at + 2 * i, &wide, 2);
    else
        to->at[i] = (uint8_t)v;
}

/* From a plane with `p->samples` a pixel: `first` is the channel its first sample belongs to. */
static void spread(const struct plane *p, const struct shape *s, unsigned first, struct pixels *to)
{
    bool inverted = s->photometric == PHOTOMETRIC_MINISWHITE || s->photometric == PHOTOMETRIC_SEPARATED;
    unsigned most = (1u << s->bits) - 1, factor = to->bits == 8 && (s->bits == 2 || s->bits == 4) ? 255 / most : 1;

    if (s->photometric == PHOTOMETRIC_PALETTE)
        factor = 1;
    for (uint32_t y = 0; y < s->height; y++) {
        const uint8_t *row = p->at + y * p->stride;

        for (uint32_t x = 0; x < s->width; x++)
            for (unsigned k = 0; k < p->samples && first + k < to->channels; k++) {
                unsigned v = get_sample(row, s->bits, (size_t)x * p->samples + k);

                if (inverted && first + k < s->colours)
                    v = most - v;
                put_sample(to, ((size_t)y * s->width + x) * to->channels + first + k, v * factor);
            }
    }
}

static enum err read_plain(struct tiff_file *f, const struct shape *s, struct tiff_page *page, struct fault *why)
{
    bool apart = s->planar == PLANARCONFIG_SEPARATE && s->samples > 1;
    unsigned channels = s->colours + (s->alpha ? 1 : 0), planes = apart ? channels : 1;
    struct plane p = {.samples = apart ? 1 : s->samples};
    uint32_t rows = 0;

    p.stride = ((size_t)s->width * p.samples * s->bits + 7) / 8;
    if (p.stride > TIFF_ALLOCATION_MAX || p.stride * s->height > (size_t)2 * TIFF_ALLOCATION_MAX)
        return fault_set(why, ERR_LIMIT, "I08", "pixel memory", 0, "a page is too large");
    TRY(pixels_init(&page->picture.pixels, s->width, s->height, channels, s->bits == 16 ? 16 : 8, why));
    p.at = new_memory(s->height, p.stride);
    for (unsigned i = 0; i < planes; i++) {
        if (TIFFIsTiled(f->lib))
            read_tiles(f, s, (uint16_t)i, &p);
        else
            read_strips(f, s, (uint16_t)i, &p);
        spread(&p, s, i, &page->picture.pixels);
        rows += p.rows;
        page->damaged |= p.damaged;
    }
    free(p.at);
    page->picture.depth = s->bits == 1 && s->photometric != PHOTOMETRIC_PALETTE ? 1 : page->picture.pixels.bits;
    page->associated = s->alpha && s->associated;
    return rows == 0 ? tiff_file_fail(f, why) : OK;
}

static enum err take_palette(struct tiff_file *f, const struct shape *s, struct png_picture *p, struct fault *why)
{
    uint16_t *r, *g, *b;

    if (!TIFFGetField(f->lib, TIFFTAG_COLORMAP, &r, &g, &b))
        return tiff_file_fail(f, why);
    p->indexed = true;
    p->colours = 1u << s->bits;
    for (unsigned i = 0; i < p->colours; i++)
        p->palette[i] = (struct png_colour){(uint8_t)(r[i] >> 8), (uint8_t)(g[i] >> 8), (uint8_t)(b[i] >> 8), 255};
    return OK;
}

/* --- everything else: what libtiff makes of it --- */

static void drop_alpha(struct pixels *p)
{
    size_t count = (size_t)p->width * p->height;

    for (size_t i = 0; i < count; i++)
        memmove(p->at + i * 3, p->at + i * 4, 3);
    p->channels = 3;
}

static enum err read_rgba(struct tiff_file *f, const struct shape *s, struct tiff_page *page, struct fault *why)
{
    char text[1024];
    TIFFRGBAImage image;
    int done;

    if (!TIFFRGBAImageOK(f->lib, text) || !TIFFRGBAImageBegin(&image, f->lib, 1, text))
        return fault_set(why, ERR_UNSUPPORTED, "I05", "TIFF 6.0", 0, "%.100s", text);
    if (pixels_init(&page->picture.pixels, s->width, s->height, 4, 8, why) != OK) {
        TIFFRGBAImageEnd(&image);
        return why == NULL ? ERR_LIMIT : why->code;
    }
    image.req_orientation = image.orientation;
    done = TIFFRGBAImageGet(&image, (uint32_t *)(void *)page->picture.pixels.at, s->width, s->height);
    page->associated = image.alpha != 0;
    TIFFRGBAImageEnd(&image);
    if (!done)
        return tiff_file_fail(f, why);
    if (!page->associated)
        drop_alpha(&page->picture.pixels);
    page->picture.depth = 8;
    return OK;
}

/* --- after decoding --- */

static void recolour_palette(struct icc *icc, struct png_picture *p)
{
    for (unsigned i = 0; i < p->colours; i++) {
        uint8_t rgb[3] = {p->palette[i].r, p->palette[i].g, p->palette[i].b};

        icc_colours(icc, rgb, rgb, 1);
        p->palette[i] = (struct png_colour){rgb[0], rgb[1], rgb[2], 255};
    }
}

static enum err recolour(struct tiff_file *f, const struct shape *s, struct tiff_page *page, struct fault *why)
{
    bool ink = s->plain && s->photometric == PHOTOMETRIC_SEPARATED;
    unsigned channels = ink ? 4 : page->picture.indexed || page->picture.pixels.channels >= 3 ? 3 : 1;
    struct icc *icc = NULL;
    uint32_t len = 0;
    void *profile = NULL;
    enum err code = OK;

    if (page->picture.depth > 1 && TIFFGetField(f->lib, TIFFTAG_ICCPROFILE, &len, &profile) &&
        icc_open((struct bytes){profile, len}, channels, &icc, NULL) == OK && !icc_is_identity(icc)) {
        page->recoloured = true;
        if (page->picture.indexed)
            recolour_palette(icc, &page->picture);
        else
            code = icc_pixels(icc, &page->picture.pixels, why);
        page->picture.depth = 8;
    } else if (ink) {
        page->recoloured = true;
        code = pixels_ink_to_rgb(&page->picture.pixels, why);
    }
    icc_close(icc);
    return code;
}

/* Kept to a hundredth, so that a fraction written and read again is the same number. */
static float steady(float v)
{
    return v >= 0.01f && v <= 1000000.0f ? (float)((double)(uint64_t)((double)v * 100 + 0.5) / 100) : 0;
}

static void take_resolution(struct tiff_file *f, struct tiff_page *page)
{
    uint16_t unit = RESUNIT_INCH;
    float x = 0, y = 0;

    if (!TIFFGetField(f->lib, TIFFTAG_XRESOLUTION, &x) || !TIFFGetField(f->lib, TIFFTAG_YRESOLUTION, &y))
        return;
    (void)TIFFGetFieldDefaulted(f->lib, TIFFTAG_RESOLUTIONUNIT, &unit);
    page->x_resolution = steady(x);
    page->y_resolution = steady(y);
    page->resolution_unit = unit >= 1 && unit <= 3 ? unit : RESUNIT_INCH;
}

static enum err read_into(struct tiff_file *f, struct tiff_page *page, struct fault *why)
{
    struct shape s = {0};

    TRY(take_shape(f, &s, why));
    page->lossy = s.compression == COMPRESSION_JPEG || s.compression == COMPRESSION_OJPEG;
    TRY(s.plain ? read_plain(f, &s, page, why) : read_rgba(f, &s, page, why));
    if (s.plain && s.photometric == PHOTOMETRIC_PALETTE)
        TRY(take_palette(f, &s, &page->picture, why));
    TRY(recolour(f, &s, page, why));
    take_resolution(f, page);
    if (page->picture.indexed) {
        png_write_tidy(&page->picture);
        page->picture.depth = 8;
    }
    page->turned = s.orientation >= 2 && s.orientation <= 8;
    pixels_orient(&page->picture.pixels, s.orientation);
    if (pixels_swaps(s.orientation)) {
        float x = page->x_resolution;

        page->x_resolution = page->y_resolution;
        page->y_resolution = x;
    }
    return OK;
}

enum err tiff_page_read(struct tiff_file *f, struct tiff_page *ret_page, struct fault *why)
{
    struct tiff_page page = {.damaged = false};
    enum err code = read_into(f, &page, why);

    if (code != OK) {
        tiff_page_done(&page);
        return code;
    }
    *ret_page = page;
    return OK;
}
