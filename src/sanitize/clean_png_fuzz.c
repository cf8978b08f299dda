#include "sanitize/promise.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    (void)promise_check(TYPE_png, clean_png, (struct bytes){data, size}, "picture.png");
    return 0;
}
