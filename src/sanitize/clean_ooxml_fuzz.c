/* The promises of the sanitizer for Office packages. */
#include <stdint.h>

#include "inspect/sniff.h"
#include "sanitize/promise.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes in = {data, size};
    enum type type = sniff_type(in, (struct bytes){0});

    if (type < TYPE_docx || type > TYPE_potm)
        type = TYPE_docx;
    (void)promise_check(type, clean_ooxml, in, "seed");
    return 0;
}
