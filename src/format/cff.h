/* Compact Font Format, version 1: bare in PDF, or as a table of OpenType. */
#pragma once

#include "base/buf.h"
#include "base/err.h"

struct cff_info {
    uint32_t glyphs;
    bool cid; /* with a ROS: glyphs are chosen by CID */
};

/* Check a CFF font set and write its first font afresh: only what is referenced, laid out anew.
 *
 * out       initialised by the caller with its maximum
 * ret_info  set on OK
 *
 * Dictionary operators that are not in the list (embedded PostScript, multiple masters, unique ids)
 * are left out; operands are kept as they are written.
 *
 * Errors:  MALFORMED    row P17: an index, dictionary, charset, encoding or selector leaves the program
 *          UNSUPPORTED  row P17: another major version, or charstrings of type 1
 *          LIMIT        larger than the maximum
 * Rule:    Adobe TN 5176 */
enum err cff_check(struct bytes program, struct buf *out, struct cff_info *ret_info, struct fault *why) must_use;
