/* Promises of jpx.h: samples of exactly the size that is told, never more pixels than allowed. */
#include <stdlib.h>

#include "format/jpx.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { MAX_PIXELS = 1 << 18 };
    struct buf samples, alpha;
    struct jpx_image p;

    buf_init(&samples, 1 << 24);
    buf_init(&alpha, 1 << 24);
    if (jpx_decode((struct bytes){data, size}, MAX_PIXELS, &p, &samples, &alpha, NULL) == OK) {
        size_t plane = (size_t)p.width * p.height * (p.bits / 8);

        if ((uint64_t)p.width * p.height > MAX_PIXELS || p.colours < 1 || p.colours > 4 ||
            samples.len != plane * p.colours || alpha.len != (p.alpha ? plane : 0))
            abort();
    }
    buf_done(&samples);
    buf_done(&alpha);
    return 0;
}
