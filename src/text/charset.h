/* Character sets of Japanese practice, decoded strictly to UTF-8.
 *
 *   utf8       RFC 3629, with or without a byte order mark
 *   utf16le/be Unicode 3.10, surrogates paired
 *   cp932      Windows code page 932: Shift_JIS with NEC and IBM extensions and user-defined rows
 *   eucjp      as CP51932 writes it (the same extensions), and JIS X 0212 behind SS3
 *   iso2022jp  as CP50220 and CP50221 write it: also half-width kana, NEC and IBM extensions
 *
 * Nothing is guessed or replaced while decoding: a byte that means nothing is an error, and so is NUL.
 * UTF-7 is not known on purpose: it hides markup from readers.  Rule: T03. */
#pragma once

#include "base/buf.h"

enum charset {
    CHARSET_none,
    CHARSET_utf8,
    CHARSET_utf16le,
    CHARSET_utf16be,
    CHARSET_cp932,
    CHARSET_eucjp,
    CHARSET_iso2022jp,
    CHARSET_COUNT
};

/* "UTF-8", "CP932", … for people; and the set meant by a label ("Shift_JIS", "x-sjis"), none if unknown. */
const char *charset_name(enum charset set);
enum charset charset_by_name(struct bytes label);

/* Length of the byte order mark that stands at the start and belongs to the set; 0 when there is none. */
size_t charset_mark(struct bytes in, enum charset set);

/* A pass over a text: runs of whole characters, a byte order mark at the start left out. */
enum { CHARSET_RUN = 16384 };

struct charset_reader {
    struct bytes in;
    size_t at; /* next byte of the input */
    enum charset set;
    uint8_t mode; /* of iso2022jp */
    bool shifted; /* SO seen */
    uint8_t run[CHARSET_RUN + 16];
};

void charset_open(struct charset_reader *r, struct bytes in, enum charset set);

/* The next run as UTF-8; empty at the end.
 *
 * ret_text  valid until the next call; at most CHARSET_RUN bytes
 * Errors:   MALFORMED T03 with the offset of the byte that has no meaning */
enum err charset_next(struct charset_reader *r, struct bytes *ret_text, struct fault *why) must_use;

/* The whole text at once, appended.  Errors as above, and LIMIT when the buffer is full. */
enum err charset_to_utf8(struct bytes in, enum charset set, struct buf *out, struct fault *why) must_use;

/* Put one character as UTF-8 at `to` (room for 4) and return its length; the other way around, read the
 * character that begins `text` (known to be valid UTF-8, not empty) and its length. */
size_t charset_put(uint8_t *to, uint32_t c);
uint32_t charset_get(struct bytes text, size_t *ret_len);
