#include "sanitize/promise.h"

/* The promises of the sanitizer for JSON. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    (void)promise_check(TYPE_json, clean_json, (struct bytes){data, size}, "a.json");
    return 0;
}
