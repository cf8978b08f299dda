/* PNG read into memory: the picture, and what else the file holds. */
#pragma once

#include "format/exif.h"
#include "format/png_write.h"

enum { PNG_KINDS_MAX = 32 };

/* A kind of chunk that is no part of the picture. */
struct png_kind {
    char name[5]; /* letters, or "?" */
    uint32_t count;
};

struct png_scan {
    uint32_t width, height;
    struct png_kind kinds[PNG_KINDS_MAX];
    unsigned kind_count;
    struct exif exif;
    bool has_exif, has_profile, animated, interlaced;
    size_t end;        /* just behind IEND */
};

/* Walk over the chunks; nothing is decoded.
 *
 * Errors:  MALFORMED  no signature, or IHDR is not first
 * Rule:    W3C PNG 5 */
enum err png_scan(struct bytes in, struct png_scan *ret_scan, struct fault *why) must_use;

struct png_changes {
    bool recoloured; /* converted to sRGB */
    bool turned;     /* the EXIF orientation was applied */
    bool damaged;    /* the pixel data broke off; the rest is blank */
};

/* Decode.  An animation gives its default image; an index beyond the palette is black.
 *
 * scan         of the same bytes
 * ret_picture  given to the caller, colours in sRGB, upright
 *
 * Errors:  MALFORMED  no row of pixels can be read; LIMIT (I08) too large for memory */
enum err png_read(struct bytes in, const struct png_scan *scan, struct png_picture *ret_picture,
                  struct png_changes *ret_changes, struct fault *why) must_use;
