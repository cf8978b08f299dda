/* What becomes of single characters of a file name (filename.h). */
#pragma once

#include <stdbool.h>

#include "base/buf.h"
#include "base/bytes.h"

enum filename_char_fate {
    FILENAME_CHAR_KEEP,
    FILENAME_CHAR_DROP,       /* nobody sees it */
    FILENAME_CHAR_SPACE,
    FILENAME_CHAR_UNDERSCORE, /* a control, a separator, or forbidden on some system */
    FILENAME_CHAR_WIDE,       /* ¥ and ₩: some code pages make a backslash of them */
};

/* The character at *at of a UTF-8 text; moves on. */
int32_t filename_char_next(struct bytes text, size_t *at);

/* before  the character in front, 0 at the beginning */
enum filename_char_fate filename_char_fate(int32_t c, int32_t before);

/* CJK compatibility ideographs: names of people and places depend on them, composition would replace them. */
bool filename_char_is_compatible(int32_t c);

/* Whether a text may not be cut at this byte: inside a character, or before a mark that belongs to one. */
bool filename_char_joins(struct bytes text, size_t at);

/* Bytes of a name of unknown encoding to UTF-8: UTF-8 if they are that, CP932 if that, else %XX for each
 * byte that is not ASCII.
 *
 * out  empty */
void filename_char_decode(struct bytes name, struct buf *out);
