#include "sanitize/promise.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    (void)promise_check(TYPE_bmp, clean_bmp, (struct bytes){data, size}, "picture.bmp");
    return 0;
}
