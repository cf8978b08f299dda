/* TIFF written afresh, page by page: bilevel as G4, gray, palette and RGB as deflate, anything else as RGB.
 *
 * Resolution stays; orientation and colour profile are applied; thumbnails and masks, every field that is
 * no part of a picture, and every byte nobody refers to go. */
#pragma once

#include "base/sink.h"
#include "format/tiff_scan.h"

struct tiff_info {
    uint32_t pages, extras; /* written; thumbnails and masks left out */
    uint32_t lossy;         /* pages that were JPEG coded and are not any more */
    uint32_t turned, recoloured, damaged;
    uint64_t pixels;
    struct tiff_scan scan;
};

/* pixels_max  of all pages together, asked before each is decoded
 *
 * Errors:  MALFORMED    no page can be read
 *          UNSUPPORTED  a coding of scientists (I05)
 *          LIMIT        more than pixels_max, or TIFF_PAGES_MAX pages (I08)
 * Rule:    TIFF 6.0; I05, I08 */
enum err tiff_rebuild(struct bytes in, uint64_t pixels_max, struct sink *out, struct tiff_info *ret_info,
                      struct fault *why) must_use;
