#include "sanitize/promise.h"

/* The promises of the sanitizer, for both kinds of table. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes in = {data, size};

    (void)promise_check(TYPE_csv, clean_csv, in, "a.csv");
    (void)promise_check(TYPE_tsv, clean_csv, in, "a.tsv");
    return 0;
}
