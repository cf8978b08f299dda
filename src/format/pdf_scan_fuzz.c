/* Promise of pdf_scan.h: it ends, and what it counts lies in the file. */
#include <stdlib.h>

#include "format/pdf_scan.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pdf_scan seen = pdf_scan((struct bytes){data, size});

    if (seen.head > size || seen.tail > size || seen.again > size || seen.disguised > size)
        abort();
    return 0;
}
