/* Tables made at build time by tools/charset_table.c from the system's iconv; nothing is loaded at run time. */
#pragma once

#include <stdint.h>

enum { TABLE_CELLS = 94, TABLE_ROWS = 120 };

/* JIS X 0208 in its CP932 form, rows 1–120 (NEC row 13, NEC and IBM extensions, user-defined rows);
 * 0 = no character. */
extern const uint16_t charset_jis[TABLE_ROWS * TABLE_CELLS];

/* JIS X 0212, rows 1–94. */
extern const uint16_t charset_jis2[TABLE_CELLS * TABLE_CELLS];

/* How surprising a character is in Japanese office text, in half bits; index as charset_jis. */
extern const uint8_t charset_cost[TABLE_ROWS * TABLE_CELLS];
