/* The tables of an sfnt font checked against each other. */
#pragma once

#include "base/buf.h"
#include "base/err.h"

/* Check a TrueType or OpenType program and write it afresh (see font_check()).
 *
 * out         initialised by the caller with its maximum
 * ret_glyphs  how many glyphs it has; set on OK
 * ret_cff     whether its outlines are CFF; set on OK
 *
 * Errors:  MALFORMED  row P17: head, hhea, maxp, hmtx or the outlines are missing or senseless
 *          LIMIT      larger than the maximum
 * Rule:    ISO/IEC 14496-22 5; ISO 32000-2 9.9.1 (which tables a document's font needs) */
enum err truetype_check(struct bytes program, struct buf *out, uint32_t *ret_glyphs, bool *ret_cff,
                        struct fault *why) must_use;
