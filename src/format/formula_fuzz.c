/* Promise: the tokens follow each other without a gap and cover the whole text. */
#include <stdlib.h>

#include "format/formula.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct formula f = formula_of((struct bytes){data, size});
    struct formula_token t;
    struct buf scratch;
    const uint8_t *at = data;

    buf_init(&scratch, size + 1);
    while (formula_next(&f, &t)) {
        if (t.text.at != at || t.text.len == 0)
            abort();
        at += t.text.len;
        if (formula_plain(t.text, &scratch).len > t.text.len)
            abort();
    }
    if (at != data + size)
        abort();
    buf_done(&scratch);
    return 0;
}
