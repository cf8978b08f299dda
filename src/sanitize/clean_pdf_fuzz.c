#include "sanitize/promise.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Small pictures and streams only, so that inputs are many. */
static enum err clean_small(struct clean *c, struct bytes in, struct sink *out, struct fault *why)
{
    c->budget->pixels = 1 << 17;
    c->budget->unpacked = 4 << 20;
    return clean_pdf(c, in, out, why);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    (void)promise_check(TYPE_pdf, clean_small, (struct bytes){data, size}, "document.pdf");
    return 0;
}
