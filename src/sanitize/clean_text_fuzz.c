#include "sanitize/promise.h"

/* The promises of the sanitizer for plain text. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    (void)promise_check(TYPE_txt, clean_text, (struct bytes){data, size}, "a.txt");
    return 0;
}
