/* CMap streams (ToUnicode and embedded encodings): read as data, never run, and written afresh.
 *
 * A CMap is a PostScript program by form.  Here it is a list of ranges: tokens outside the known
 * sections are dropped, and what is written has one fixed frame. */
#pragma once

#include "base/buf.h"
#include "base/err.h"

enum cmap_kind {
    CMAP_TO_UNICODE, /* a /ToUnicode stream */
    CMAP_ENCODING,   /* the /Encoding of a composite font */
};

struct cmap_info {
    bool vertical;     /* WMode 1 */
    uint32_t mappings; /* characters and ranges written */
    char uses[64];     /* predefined CMap named by usecmap; "" when none, or not in the list (then dropped) */
};

/* Whether this is one of the predefined CMaps of ISO 32000-2 table 116 (Identity-H, UniJIS-UTF16-H …),
 * or one of the Adobe-*-UCS2 maps. */
bool cmap_predefined(struct bytes name);

/* Read a CMap and write it afresh.
 *
 * in          the decoded stream, borrowed
 * ret_stream  initialised by the caller with its maximum; holds the CMap on OK, is undefined otherwise
 * ret_info    set on OK; may be NULL
 *
 * Sloppy input is tolerated: what cannot be read as a mapping is left out.  An input without any
 * mapping gives a CMap without any.  The output given in again comes out byte for byte.
 *
 * Errors:  LIMIT  row P17: more than 2^20 mappings, or larger than the maximum
 * Rule:    ISO 32000-2 9.7.5, 9.10.3; Adobe TN 5014, 5411. */
enum err cmap_rewrite(enum cmap_kind kind, struct bytes in, struct buf *ret_stream, struct cmap_info *ret_info,
                      struct fault *why) must_use;
