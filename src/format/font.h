/* Font programs inside documents: checked table by table and written afresh.
 *
 * Only what a renderer needs is copied; offsets, lengths, check sums and padding are made anew, so
 * no byte of the input survives outside a table that was understood.  Instructions and outlines
 * (glyf, charstrings, fpgm) are kept as they are inside verified bounds. */
#pragma once

#include "base/buf.h"
#include "base/err.h"

enum font_kind {
    FONT_TYPE1,    /* PDF /FontFile */
    FONT_TRUETYPE, /* PDF /FontFile2 */
    FONT_CFF,      /* PDF /FontFile3 /Type1C: bare CFF, glyphs by name */
    FONT_CID_CFF,  /* PDF /FontFile3 /CIDFontType0C: bare CFF, usually with a ROS */
    FONT_OPENTYPE, /* PDF /FontFile3 /OpenType: sfnt with glyf or CFF outlines */
};

struct font_info {
    enum font_kind kind; /* what the program is; may differ from what the document said */
    uint32_t glyphs;
    bool cid;            /* CFF with a ROS: charset holds CIDs */
    uint32_t lengths[3]; /* Type 1: /Length1 /Length2 /Length3 of what was written; TrueType: [0] = all */
};

/* Check a font program and write it afresh.
 *
 * kind         what the document says it is; the content decides (a CFF under /FontFile is seen)
 * program      the decoded stream, borrowed
 * ret_program  initialised by the caller with its maximum; holds the program on OK, is undefined otherwise
 * ret_info     set on OK
 *
 * The output given in again comes out byte for byte.
 *
 * Errors:  MALFORMED    row P17: a needed table is missing or its offsets leave the program
 *          UNSUPPORTED  row P17: not a font program we know (TTC, WOFF, Type 42 …), or multiple masters
 *          LIMIT        larger than the maximum of ret_program
 * Rule:    ISO 32000-2 9.9; ISO/IEC 14496-22; Adobe TN 5176 (CFF); Adobe Type 1 Font Format. */
enum err font_check(enum font_kind kind, struct bytes program, struct buf *ret_program, struct font_info *ret_info,
                    struct fault *why) must_use;
