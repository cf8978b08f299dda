/* CCITT facsimile codings: Group 3 one- and two-dimensional, Group 4 (MMR). */
#pragma once

#include "base/buf.h"
#include "base/err.h"

/* The entries of a PDF /CCITTFaxDecode parameter dictionary, with fax_params_default() their defaults. */
struct fax_params {
    int32_t k;         /* < 0 Group 4, 0 Group 3 1-D, > 0 Group 3 2-D mixed */
    uint32_t columns;  /* 1728 */
    uint32_t rows;     /* 0 = until the end; set it to /Height when /Rows is missing */
    bool black_is_1;   /* false: 0 is black */
    bool byte_align;   /* each row begins at a byte */
    bool end_of_line;  /* rows may have an EOL in front; it is understood in any case */
    bool end_of_block; /* true: an end code ends the picture */
};

void fax_params_default(struct fax_params *p);

/* Decode a picture.
 *
 * ret_bits  initialised by the caller with its maximum; on OK rows of (columns + 7) / 8 bytes, padding
 *           bits 0.  With p->rows > 0 exactly that many: missing ones are white.
 *
 * A damaged row is completed from the row above, decoding goes on at the next EOL (Group 3) or ends (Group 4).
 *
 * Errors:  MALFORMED    row P18: no row could be read
 *          UNSUPPORTED  row P18: columns 0 or more than 65535 × 2
 *          LIMIT        larger than the maximum of ret_bits
 * Rule:    ISO 32000-2 7.4.6; ITU-T T.4, T.6. */
enum err fax_decode(struct bytes in, const struct fax_params *p, struct buf *ret_bits, struct fault *why) must_use;

/* One picture in MMR coding as JBIG2 uses it: rows × columns, 1 is black, no end code needed.
 *
 * stride    bytes of a row of `rows_at`, which has room for rows × stride zeroed bytes
 * ret_used  bytes of `in` that were read, an end code included
 *
 * Errors:  MALFORMED  row P18: a code that does not exist (rows before it are set)
 * Rule:    ITU-T T.88 6.2.6. */
enum err fax_mmr(struct bytes in, uint32_t columns, uint32_t rows, uint8_t *rows_at, size_t stride, size_t *ret_used,
                 struct fault *why) must_use;
