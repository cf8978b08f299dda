#include "format/cmap.h"

bool cmap_predefined(struct bytes name)
{
    return bytes_equal(name, BYTES("Identity-H")) || bytes_equal(name, BYTES("Identity-V"));
}

enum err cmap_rewrite(enum cmap_kind kind, struct bytes in, struct buf *ret_stream, struct cmap_info *ret_info,
                      struct fault *why)
{
    (void)kind, (void)in, (void)ret_stream, (void)ret_info;
    return fault_set(why, ERR_UNSUPPORTED, "P17", "ISO 32000-2 9.7.5", 0, "CMap not understood");
}
