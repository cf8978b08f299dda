/* BMP: read by a decoder of our own, written afresh.
 *
 * Read: headers of 12, 16…64, 40, 52, 56, 108 and 124 bytes; 1, 2, 4, 8, 16, 24, 32 bits; RLE4, RLE8, bit fields.
 * Written: 1, 4, 8 bits with a palette of the colours in use, 24 bits, or 32 bits with alpha. */
#pragma once

#include "format/png_write.h"

struct bmp_scan {
    uint32_t width, height;
    unsigned bits, compression, header_len;
    bool top_down;
    uint32_t mask[4]; /* red, green, blue, alpha, of 16 and 32 bits */
    uint32_t x_density, y_density; /* per metre, 0 unknown */
    size_t palette, palette_entry, colours; /* where, bytes of an entry, how many */
    size_t data;
    struct bytes profile; /* ICC, or empty */
    bool linked_profile;  /* the name of a profile file outside */
    bool gap;             /* bytes between header, palette and pixels */
    bool reserved;        /* fields that must be zero are not */
};

/* Read the headers.
 *
 * Errors:  MALFORMED    nonsense; UNSUPPORTED (I07)  an embedded JPEG or PNG, or an unknown coding
 * Rule:    MS-WMF 2.2.2.3…5 (DIB headers); I07 */
enum err bmp_scan(struct bytes in, struct bmp_scan *ret_scan, struct fault *why) must_use;

struct bmp_changes {
    bool recoloured, damaged;
    size_t end; /* behind the pixel data */
};

/* Decode.  ret_picture is given to the caller: indexed, 3 or 4 channels. */
enum err bmp_read(struct bytes in, const struct bmp_scan *scan, struct png_picture *ret_picture,
                  struct bmp_changes *ret_changes, struct fault *why) must_use;

/* Write an indexed, 3- or 4-channel picture of 8 bits. */
enum err bmp_write(const struct png_picture *p, struct sink *out, struct fault *why) must_use;
