/* Promises of fax.h: whole rows only, exactly as many as asked for, padding bits 0, never over the maximum. */
#include <stdlib.h>

#include "format/fax.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_rows(const struct fax_params *p, const struct buf *out)
{
    size_t stride = ((size_t)p->columns + 7) / 8;
    uint8_t padding = p->columns % 8 == 0 ? 0 : (uint8_t)(0xFF >> (p->columns % 8));

    if (out->len % stride != 0 || (p->rows > 0 && out->len != p->rows * stride) || out->len > out->max)
        abort();
    for (size_t at = stride - 1; at < out->len; at += stride)
        if (out->at[at] & padding)
            abort();
}

static void check_mmr(struct bytes in, uint32_t columns, uint32_t rows)
{
    size_t stride = ((size_t)columns + 7) / 8, used = 0;
    uint8_t *pixels = calloc(rows, stride);

    if (pixels == NULL)
        abort();
    if (fax_mmr(in, columns, rows, pixels, stride, &used, NULL) == OK && used > in.len)
        abort();
    free(pixels);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fax_params p;
    struct buf out;
    struct bytes in;

    if (size < 5)
        return 0;
    in = (struct bytes){data + 5, size - 5};
    fax_params_default(&p);
    p.k = data[0] % 3 - 1;
    p.byte_align = data[0] & 8;
    p.end_of_block = data[0] & 16;
    p.black_is_1 = data[0] & 32;
    p.columns = 1u + data[1] + 256u * (data[2] & 15);
    p.rows = data[3] + 256u * (data[4] & 3);
    buf_init(&out, 1 << 20);
    if (fax_decode(in, &p, &out, NULL) == OK)
        check_rows(&p, &out);
    buf_done(&out);
    check_mmr(in, p.columns, 1 + p.rows % 256);
    return 0;
}
