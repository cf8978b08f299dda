#include "format/jbig2.h"

enum err jbig2_decode(struct bytes globals, struct bytes data, uint32_t width, uint32_t height, struct buf *ret_bits,
                      struct fault *why)
{
    (void)globals, (void)data, (void)width, (void)height, (void)ret_bits;
    return fault_set(why, ERR_UNSUPPORTED, "P18", "ITU-T T.88", 0, "segment not understood");
}
