/* The sfnt container of TrueType and OpenType: a directory of tables. */
#pragma once

#include "base/buf.h"
#include "base/err.h"

/* The tables a renderer of documents needs, in the order of their tags.  All others are left out. */
enum sfnt_table {
    SFNT_CFF,
    SFNT_OS2,
    SFNT_CMAP,
    SFNT_CVT,
    SFNT_FPGM,
    SFNT_GASP,
    SFNT_GLYF,
    SFNT_HEAD,
    SFNT_HHEA,
    SFNT_HMTX,
    SFNT_LOCA,
    SFNT_MAXP,
    SFNT_POST,
    SFNT_PREP,
    SFNT_VHEA,
    SFNT_VMTX,
    SFNT_COUNT
};

struct sfnt {
    struct bytes table[SFNT_COUNT]; /* empty when not there */
};

/* Whether a program begins like an sfnt with one font. */
bool sfnt_is(struct bytes program);

/* Read the directory.  A table that runs over the end of the program is cut there; of two with the
 * same tag the first counts.
 *
 * ret_font  slices of `program`
 *
 * Errors:  MALFORMED  row P17: no directory, or more than 256 tables
 * Rule:    ISO/IEC 14496-22 4.5 */
enum err sfnt_read(struct bytes program, struct sfnt *ret_font, struct fault *why) must_use;

/* Write directory and tables: sorted, aligned to four bytes, padded with zeros, check sums made anew
 * (that of the whole goes into the head table, which must be there with its field zero). */
void sfnt_write(const struct sfnt *font, struct buf *out);
