#include <stdlib.h>

#include "text/charset_guess.h"

/* What decodes is valid UTF-8, decodes to itself, and does not depend on the cut into runs; what is
 * guessed decodes, as far as the sample goes. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(struct bytes in, enum charset set)
{
    struct buf once, again;

    buf_init(&once, in.len * 4 + 16);
    buf_init(&again, in.len * 4 + 16);
    if (charset_to_utf8(in, set, &once, NULL) == OK) {
        size_t mark = charset_mark(buf_bytes(&once), CHARSET_utf8);

        if (charset_to_utf8(buf_bytes(&once), CHARSET_utf8, &again, NULL) != OK)
            abort();
        if (!bytes_equal(bytes_from(buf_bytes(&once), mark), buf_bytes(&again)))
            abort();
    } else if (charset_guess(in) == set && in.len <= CHARSET_SAMPLE) {
        abort();
    }
    buf_done(&once);
    buf_done(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    for (int set = CHARSET_utf8; set < CHARSET_COUNT; set++)
        check((struct bytes){data, size}, (enum charset)set);
    return 0;
}
