/* Type 1 font programs: PostScript by form, read as data and written afresh. */
#pragma once

#include "base/buf.h"
#include "base/err.h"

/* Whether a program begins like one (%! or a PFB segment). */
bool type1_is(struct bytes program);

/* Read the entries a renderer needs (name, matrix, box, encoding, hints, subroutines, glyphs) and
 * write a program with nothing else: no PostScript of the input gets through.
 *
 * out          initialised by the caller with its maximum
 * ret_glyphs   how many glyphs it has; set on OK
 * ret_lengths  clear text, encrypted part, trailer (0: none); set on OK
 *
 * PFB segment headers are taken off, hexadecimal eexec is made binary, glyphs keep their bytes.
 *
 * Errors:  MALFORMED    row P17: no eexec part, or no glyph in it
 *          UNSUPPORTED  row P17: multiple masters, whose glyphs are blended by PostScript
 *          LIMIT        row P17: more than 65536 glyphs or subroutines; larger than the maximum
 * Rule:    Adobe Type 1 Font Format; ISO 32000-2 9.9 (Length1, 2, 3) */
enum err type1_check(struct bytes program, struct buf *out, uint32_t *ret_glyphs, uint32_t ret_lengths[3],
                     struct fault *why) must_use;
