/* JBIG2 pictures as PDF embeds them, decoded to pixels by code written for this purpose.
 *
 * Every segment is checked before memory is asked for: sizes in 64 bits, references only to
 * segments that exist and are of the right kind, and one budget for pixels, symbols and instances
 * (what CVE-2021-30860 "FORCEDENTRY" had to overflow). */
#pragma once

#include "base/buf.h"
#include "base/err.h"

/* Decode one page.
 *
 * globals        decoded /JBIG2Globals stream, or empty
 * data           the stream, embedded organisation (no file header)
 * width, height  of the image dictionary: what is given out has this size whatever the page says
 *                (cut, or filled with white)
 * ret_bits       initialised by the caller with its maximum; holds height rows of (width + 7) / 8 bytes
 *                on OK.  As the PDF filter gives it: 0 is black, 1 is white; padding bits are 0.
 *
 * A segment that is damaged ends the page: what was drawn before it is given out, as viewers do,
 * unless nothing was.
 *
 * Errors:  MALFORMED    row P18: no page, or nothing could be drawn
 *          UNSUPPORTED  row P18: colour extension
 *          LIMIT        row P18: over the budget for pixels, symbols or instances
 * Rule:    ISO 32000-2 7.4.7; ITU-T T.88 (08/2018). */
enum err jbig2_decode(struct bytes globals, struct bytes data, uint32_t width, uint32_t height, struct buf *ret_bits,
                      struct fault *why) must_use;
