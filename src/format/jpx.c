#include "format/jpx.h"

enum err jpx_decode(struct bytes in, uint64_t max_pixels, struct jpx_image *ret_image, struct buf *ret_samples,
                    struct buf *ret_alpha, struct fault *why)
{
    (void)in, (void)max_pixels, (void)ret_image, (void)ret_samples, (void)ret_alpha;
    return fault_set(why, ERR_UNSUPPORTED, "P18", "ISO/IEC 15444-1", 0, "code stream not understood");
}
