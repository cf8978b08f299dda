/* The run codes of T.4, spread into tables for one look-up each. */
#pragma once

#include <stddef.h>
#include <stdint.h>

enum { FAX_CODE_BITS = 13 };

struct fax_code {
    uint16_t run[2][1 << FAX_CODE_BITS]; /* white, black: run << 4 | length of the code; 0 = no code */
};

void fax_code_init(struct fax_code *c);
