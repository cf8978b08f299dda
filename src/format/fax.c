#include "format/fax.h"

void fax_params_default(struct fax_params *p)
{
    *p = (struct fax_params){.columns = 1728, .end_of_block = true};
}

enum err fax_decode(struct bytes in, const struct fax_params *p, struct buf *ret_bits, struct fault *why)
{
    (void)in, (void)p, (void)ret_bits;
    return fault_set(why, ERR_UNSUPPORTED, "P18", "ISO 32000-2 7.4.6", 0, "coding not understood");
}

enum err fax_mmr(struct bytes in, uint32_t columns, uint32_t rows, uint8_t *rows_at, size_t stride, size_t *ret_used,
                 struct fault *why)
{
    (void)in, (void)columns, (void)rows, (void)rows_at, (void)stride, (void)ret_used;
    return fault_set(why, ERR_UNSUPPORTED, "P18", "ITU-T T.88 6.2.6", 0, "coding not understood");
}
