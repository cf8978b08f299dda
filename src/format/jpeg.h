/* JPEG written afresh: nothing but the picture itself goes through.
 *
 * Usually the coefficients are decoded and coded again with tables of our own, so the picture does not
 * change and no byte of the input is copied; the form is always sequential, Huffman coded, 8 bits.
 * When colours must be converted or a picture turned that does not end on whole blocks, the pixels are
 * decoded and coded again with the quantisation of the input. */
#pragma once

#include "base/err.h"
#include "base/sink.h"
#include "format/jpeg_scan.h"

struct jpeg_options {
    bool keep_colours; /* components, Adobe marker and numbers stay as they are (DCT data in a PDF) */
    bool orient;       /* apply the EXIF orientation */
    uint64_t pixels_max;
};

struct jpeg_info {
    uint32_t width, height; /* of the output */
    unsigned components;    /* of the output: 1, 3 or 4 (2 with keep_colours) */
    unsigned components_in;
    bool adobe;             /* the output has an Adobe marker, with this transform: 0 none, 1 YCbCr, 2 YCCK */
    unsigned adobe_transform;
    bool turned;            /* orientation was applied */
    bool recoloured;        /* pixels were converted to sRGB */
    long damage;            /* places libjpeg had to guess; the picture is cut or has errors */
    struct jpeg_scan scan;  /* of the input */
};

/* Width, height and components without decoding. */
enum err jpeg_size(struct bytes in, uint32_t *ret_width, uint32_t *ret_height, unsigned *ret_components,
                   struct fault *why) must_use;

/* Rebuild one JPEG picture (the first, when more follow).
 *
 * in        the file, from SOI on; what follows EOI is ignored (info.scan.end)
 * out       given the new file; on an error what was put there is worthless
 * ret_info  filled on OK
 *
 * Errors:  MALFORMED    no picture can be read
 *          UNSUPPORTED  lossless, hierarchical or 12-bit coding (row I03)
 *          LIMIT        more pixels than allowed (I08), too many scans (I08), memory (G06)
 * Rule:    ITU-T T.81; I01, I03. */
enum err jpeg_rebuild(struct bytes in, const struct jpeg_options *o, struct sink *out, struct jpeg_info *ret_info,
                      struct fault *why) must_use;
