/* What a PDF file looks like from outside, before any reader repairs it: for the report only.
 *
 * Rule:    ISO 32000-1 7.5 (file structure), 7.3.5 (names) */
#pragma once

#include "base/bytes.h"

struct pdf_scan {
    size_t head;        /* bytes before %PDF- */
    size_t tail;        /* bytes after the last %%EOF that are not white space */
    uint32_t again;     /* objects whose number was given before */
    uint32_t disguised; /* names that spell a plain letter or digit as #xx */
    bool linearized;
};

/* Look through a file.  Never fails; what is damaged is passed over. */
struct pdf_scan pdf_scan(struct bytes in);
