#include "sanitize/promise.h"

/* The promises of the sanitizer for XML data. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    (void)promise_check(TYPE_xml, clean_xml, (struct bytes){data, size}, "a.xml");
    return 0;
}
