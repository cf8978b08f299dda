#include "sanitize/promise.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    (void)promise_check(TYPE_jpeg, clean_jpeg, (struct bytes){data, size}, "picture.jpg");
    return 0;
}
