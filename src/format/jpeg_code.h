/* One decoder and one encoder of libjpeg, behind the guard: the steps jpeg.c is made of. */
#pragma once

#include "base/buf.h"
#include "base/sink.h"
#include "format/jpeg_guard.h"
#include "format/pixels.h"

enum { JPEG_CHUNK = 1 << 16 };

/* What the header says, kept apart from libjpeg's own structures. */
struct jpeg_head {
    uint32_t width, height;
    unsigned components;
    int colours; /* J_COLOR_SPACE */
    bool jfif, adobe;
    unsigned adobe_transform;
    struct jpeg_density {
        unsigned unit, x, y; /* JFIF: 0 ratio, 1 per inch, 2 per cm */
    } density;
};

/* How the second coding is to look. */
struct jpeg_form {
    bool bare; /* only the JFIF and Adobe markers the input had */
    struct jpeg_density density;
};

struct jpeg_decoder {
    struct jpeg_guard guard;
    struct jpeg_decompress_struct lib;
    struct bytes in;
    struct pixels *pixels; /* of the step under way */
};

/* Read the header.  jpeg_code_close() is needed after an error too. */
enum err jpeg_code_open(struct jpeg_decoder *d, struct bytes in, struct jpeg_head *ret_head, struct fault *why)
    must_use;
void jpeg_code_close(struct jpeg_decoder *d);

/* Decode the coefficients and code them again into `out`.  UNSUPPORTED comes before anything is put there. */
enum err jpeg_code_copy(struct jpeg_decoder *d, const struct jpeg_form *form, struct sink *out, struct fault *why)
    must_use;

/* Decode the pixels: 1, 3 (RGB) or 4 (CMYK, 255 = no ink) channels. */
enum err jpeg_code_pixels(struct jpeg_decoder *d, struct pixels *ret_pixels, struct fault *why) must_use;

/* Code 1 or 3 channels like the picture of the decoder was coded: its quantisation and sampling, when
 * the components match; `swapped` when width and height changed places since. */
enum err jpeg_code_encode(const struct pixels *p, const struct jpeg_decoder *like, bool swapped, struct buf *out,
                          struct fault *why) must_use;
