/* The encodings every reader of PDF knows: one byte, one character.
 *
 * Rule:    ISO 32000-1 Annex D */
#pragma once

#include "base/buf.h"

enum pdf_encoding {
    PDF_ENCODING_NONE,
    PDF_ENCODING_STANDARD,
    PDF_ENCODING_WIN,
    PDF_ENCODING_MAC,
    PDF_ENCODING_SYMBOL,   /* of the font Symbol */
    PDF_ENCODING_DINGBATS, /* of the font ZapfDingbats */
    PDF_ENCODING_DOCUMENT, /* text strings outside of content */
};

/* By the name in /Encoding; NONE if it is no base encoding. */
enum pdf_encoding pdf_encoding_find(struct bytes name);

/* The character of a code; 0 when there is none. */
uint32_t pdf_encoding_char(enum pdf_encoding e, uint8_t code);

/* A text string (7.9.2.2: UTF-16 or UTF-8 behind a mark, else PDFDocEncoding) as UTF-8, appended. */
void pdf_encoding_text(struct bytes string, struct buf *out);

/* UTF-16BE as UTF-8, appended; half a pair becomes U+FFFD. */
void pdf_encoding_utf16(struct bytes units, struct buf *out);
