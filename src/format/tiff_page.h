/* One page of a TIFF file, decoded. */
#pragma once

#include "format/png_write.h"
#include "format/tiff_file.h"

struct tiff_page {
    struct png_picture picture; /* depth 1: bilevel, 1 is white; indexed: 8 bits; else 8 or 16 bits */
    bool associated;            /* colours are multiplied with alpha already */
    float x_resolution, y_resolution; /* 0: unknown */
    unsigned resolution_unit;   /* 1 none, 2 inch, 3 cm */
    bool recoloured, turned, damaged;
    bool lossy;                 /* the input was JPEG coded */
};

static inline void tiff_page_done(struct tiff_page *p)
{
    png_picture_done(&p->picture);
}

/* Width and height of the page libtiff stands at. */
enum err tiff_page_size(struct tiff_file *f, uint32_t *ret_width, uint32_t *ret_height, struct fault *why) must_use;

/* Whether it is a thumbnail or a mask of another page. */
bool tiff_page_is_extra(struct tiff_file *f);

/* Decode it; upright, in sRGB.
 *
 * Errors:  MALFORMED    no row can be read
 *          UNSUPPORTED  (I05) a coding of scientists: floating point, 32 bits, five inks */
enum err tiff_page_read(struct tiff_file *f, struct tiff_page *ret_page, struct fault *why) must_use;
