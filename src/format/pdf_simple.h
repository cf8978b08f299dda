/* Simple fonts: what their 256 codes mean and how wide each is.  Part of pdf_glyphs.h.
 *
 * Rule:    ISO 32000-1 9.6, 9.10.2 */
#pragma once

#include "format/pdf_filter.h"
#include "format/pdf_glyphs.h"

/* Errors:  LIMIT P27 */
enum err pdf_simple_read(struct pdf *p, const struct pdf_value *font, uint64_t *left, struct pdf_glyphs *g,
                         struct fault *why) must_use;

/* A stream unpacked within the buffer's maximum and what is left; empty when its filters are not known. */
enum err pdf_simple_stream(struct pdf *p, const struct pdf_object *o, uint64_t *left, struct buf *out,
                           struct pdf_coding *ret_coding, struct fault *why) must_use;
