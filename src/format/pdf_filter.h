/* The general filters of PDF streams, undone one after another within a limit.
 *
 * Picture codings (DCT, JPX, JBIG2, CCITT) are not undone here: what is left is named.
 *
 * Rule:    ISO 32000-1 7.4 (filters) */
#pragma once

#include "base/buf.h"
#include "base/err.h"
#include "format/pdf.h"

enum pdf_filter {
    PDF_FILTER_NONE,
    PDF_FILTER_FLATE, PDF_FILTER_LZW, PDF_FILTER_HEX, PDF_FILTER_A85, PDF_FILTER_RUN, PDF_FILTER_CRYPT,
    PDF_FILTER_DCT, PDF_FILTER_JPX, PDF_FILTER_JBIG2, PDF_FILTER_CCITT, /* picture codings, from here */
    PDF_FILTER_UNKNOWN,
};

/* By its name, long or as abbreviated in inline images. */
enum pdf_filter pdf_filter_find(struct bytes name);

/* A predictor as its stream names it. */
struct pdf_predictor {
    int64_t predictor; /* 1 none, 2 TIFF, 10 and more PNG */
    int64_t colors, bits, columns;
};

struct pdf_coding {
    enum pdf_filter left;          /* the picture coding still on the data, or NONE */
    const struct pdf_value *parms; /* its /DecodeParms dictionary, or NULL */
    bool png;                      /* data still has its PNG predictor: asked for with keep_png */
    struct pdf_predictor predictor;
    bool stacked; /* more filters than one */
    bool damaged; /* the data ended early or was broken; what could be read is there */
};

/* One filter by itself: for inline images.
 *
 * max       largest result
 * ret_used  bytes of the input taken, with the end mark
 * Returns false when something is broken; what could be read is in `out`. */
bool pdf_filter_undo(enum pdf_filter f, struct bytes in, size_t max, struct buf *out, size_t *ret_used);

/* Undo the filters of a stream.
 *
 * max       largest result of any step
 * keep_png  leave a PNG predictor on when it comes last (the rows go back to a picture as they are)
 * out       reset and filled
 *
 * Errors:  LIMIT        more than max, or more than 8 filters: P27
 *          UNSUPPORTED  a filter nobody knows */
enum err pdf_filter_stream(struct pdf *p, const struct pdf_object *o, size_t max, bool keep_png, struct buf *out,
                           struct pdf_coding *ret_coding, struct fault *why) must_use;
