/* Promise of pdf_calc.h: what was written is read as the same program. */
#include <stdlib.h>

#include "format/pdf_calc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf once, twice;

    buf_init(&once, PDF_CALC_MAX);
    buf_init(&twice, PDF_CALC_MAX);
    if (!pdf_calc_rewrite((struct bytes){data, size}, &once) &&
        (pdf_calc_rewrite(buf_bytes(&once), &twice) || !bytes_equal(buf_bytes(&once), buf_bytes(&twice))))
        abort();
    buf_done(&once);
    buf_done(&twice);
    return 0;
}
