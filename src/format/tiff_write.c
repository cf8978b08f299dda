#include "format/tiff_write.h"

#include <stdlib.h>

#include "base/limit.h"

enum { STRIP_BYTES = 1 << 18 };

static void set_palette(TIFF *lib, const struct png_picture *p)
{
    uint16_t r[256] = {0}, g[256] = {0}, b[256] = {0};

    for (unsigned i = 0; i < p->colours; i++) {
        r[i] = (uint16_t)(p->palette[i].r * 257u);
        g[i] = (uint16_t)(p->palette[i].g * 257u);
        b[i] = (uint16_t)(p->palette[i].b * 257u);
    }
    (void)TIFFSetField(lib, TIFFTAG_COLORMAP, r, g, b);
}

static unsigned photometric_of(const struct png_picture *p)
{
    if (p->indexed)
        return PHOTOMETRIC_PALETTE;
    if (p->pixels.channels >= 3)
        return PHOTOMETRIC_RGB;
    return p->depth == 1 ? PHOTOMETRIC_MINISWHITE : PHOTOMETRIC_MINISBLACK;
}

static void set_fields(TIFF *lib, const struct tiff_page *page)
{
    const struct png_picture *p = &page->picture;
    uint16_t extra = page->associated ? EXTRASAMPLE_ASSOCALPHA : EXTRASAMPLE_UNASSALPHA;

    (void)TIFFSetField(lib, TIFFTAG_IMAGEWIDTH, p->pixels.width);
    (void)TIFFSetField(lib, TIFFTAG_IMAGELENGTH, p->pixels.height);
    (void)TIFFSetField(lib, TIFFTAG_BITSPERSAMPLE, p->depth);
    (void)TIFFSetField(lib, TIFFTAG_SAMPLESPERPIXEL, p->pixels.channels);
    (void)TIFFSetField(lib, TIFFTAG_PHOTOMETRIC, photometric_of(p));
    (void)TIFFSetField(lib, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    (void)TIFFSetField(lib, TIFFTAG_ORIENTATION, ORIENTATION_TOPLEFT);
    (void)TIFFSetField(lib, TIFFTAG_COMPRESSION, p->depth == 1 ? COMPRESSION_CCITTFAX4 : COMPRESSION_ADOBE_DEFLATE);
    if (p->indexed)
        set_palette(lib, p);
    else if (p->depth > 1)
        (void)TIFFSetField(lib, TIFFTAG_PREDICTOR, PREDICTOR_HORIZONTAL);
    if (p->pixels.channels == 2 || p->pixels.channels == 4)
        (void)TIFFSetField(lib, TIFFTAG_EXTRASAMPLES, 1, &extra);
    if (page->x_resolution > 0 && page->y_resolution > 0) {
        (void)TIFFSetField(lib, TIFFTAG_XRESOLUTION, (double)page->x_resolution);
        (void)TIFFSetField(lib, TIFFTAG_YRESOLUTION, (double)page->y_resolution);
        (void)TIFFSetField(lib, TIFFTAG_RESOLUTIONUNIT, page->resolution_unit);
    }
}

/* Rows [y, y + count) as the file has them. */
static void pack_rows(const struct png_picture *p, uint32_t y, uint32_t count, size_t stride, uint8_t *to)
{
    for (uint32_t i = 0; i < count; i++, to += stride) {
        const uint8_t *from = pixels_row(&p->pixels, y + i);

        if (p->depth > 1) {
            memcpy(to, from, stride);
            continue;
        }
        memset(to, 0, stride);
        for (uint32_t x = 0; x < p->pixels.width; x++)
            if (from[x] == 0)
                to[x / 8] |= (uint8_t)(0x80 >> x % 8);
    }
}

enum err tiff_write_page(struct tiff_file *f, const struct tiff_page *page, struct fault *why)
{
    const struct png_picture *p = &page->picture;
    size_t stride = p->depth == 1 ? ((size_t)p->pixels.width + 7) / 8 : pixels_stride(&p->pixels);
    uint32_t height = p->pixels.height, rows = height, strip = 0;
    bool done = true;
    uint8_t *packed;

    if (p->depth > 1 && stride * height > STRIP_BYTES)
        rows = stride >= STRIP_BYTES ? 1 : (uint32_t)(STRIP_BYTES / stride);
    set_fields(f->lib, page);
    (void)TIFFSetField(f->lib, TIFFTAG_ROWSPERSTRIP, rows);
    packed = malloc(stride * rows);
    if (packed == NULL)
        limit_exit();
    for (uint32_t y = 0; y < height && done; y += rows, strip++) {
        uint32_t count = height - y < rows ? height - y : rows;

        pack_rows(p, y, count, stride, packed);
        done = TIFFWriteEncodedStrip(f->lib, strip, packed, (tmsize_t)(stride * count)) >= 0;
    }
    free(packed);
    done = done && TIFFWriteDirectory(f->lib);
    if (!done)
        return fault_set(why, ERR_LIMIT, "G06", "TIFF 6.0", 0, "cannot be written: %.90s", f->text);
    return OK;
}
