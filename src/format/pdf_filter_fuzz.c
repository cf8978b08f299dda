/* Promise of pdf_filter.h: never more than the maximum, never more input than there is. */
#include <stdlib.h>

#include "format/pdf_filter.h"
#include "format/pdf_predict.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const enum pdf_filter filters[] = {PDF_FILTER_FLATE, PDF_FILTER_LZW, PDF_FILTER_HEX, PDF_FILTER_A85,
                                              PDF_FILTER_RUN};
    static const int bits[] = {1, 2, 4, 8, 16};
    enum { MAX = 1 << 18 };
    struct pdf_predictor predictor;
    struct buf out;
    size_t used = 0;

    if (size < 4)
        return 0;
    buf_init(&out, MAX);
    (void)pdf_filter_undo(filters[data[0] % countof(filters)], (struct bytes){data + 4, size - 4}, MAX, &out, &used);
    if (out.len > MAX || used > size - 4)
        abort();
    predictor = (struct pdf_predictor){data[1] & 16 ? 15 : 2, data[1] % 5 + 1, bits[data[2] % countof(bits)], data[3] + 1};
    used = out.len;
    pdf_predict_undo(&predictor, &out);
    if (out.len > used)
        abort();
    buf_done(&out);
    return 0;
}
