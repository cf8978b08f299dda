#include <stdio.h>
#include <stdlib.h>

#include "sanitize/promise.h"

/* The text of a PDF is a clean text: taking it twice gives the same, cleaning it changes and finds nothing. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool held, const char *promise)
{
    if (held)
        return;
    (void)fprintf(stderr, "promise broken: %s\n", promise);
    abort();
}

static enum err run(struct arena *a, enum type type, clean_fn *fn, struct bytes in, struct buf *out, struct findings *found)
{
    struct fault why = {0};
    enum type made;

    return promise_run(a, type, fn, in, "a", out, found, &made, &why);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a;
    struct buf first, second, third;
    struct findings found;

    arena_init(&a, 1024 << 20);
    if (run(&a, TYPE_pdf, text_pdf, (struct bytes){data, size}, &first, &found) == OK) {
        must(first.len > 0 && first.at[first.len - 1] == '\n', "a text ends with a line end");
        must(run(&a, TYPE_pdf, text_pdf, (struct bytes){data, size}, &second, &found) == OK &&
                 bytes_equal(buf_bytes(&first), buf_bytes(&second)),
             "same input, same bytes");
        must(run(&a, TYPE_txt, clean_text, buf_bytes(&first), &third, &found) == OK &&
                 bytes_equal(buf_bytes(&first), buf_bytes(&third)),
             "cleaning the text changes nothing");
        for (size_t i = 0; i < found.count; i++)
            must(found.list[i].act == ACT_KEPT, "cleaning the text finds nothing");
        buf_done(&second);
        buf_done(&third);
    }
    buf_done(&first);
    arena_done(&a);
    return 0;
}
