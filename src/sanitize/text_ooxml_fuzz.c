/* The text of an Office package is the same every time, and plain text by its own rules. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "inspect/sniff.h"
#include "sanitize/promise.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes in = {data, size};
    enum type type = sniff_type(in, (struct bytes){0}), made;
    struct findings found;
    struct fault why = {0};
    struct arena a;
    struct buf text;

    if (type < TYPE_docx || type > TYPE_potm)
        return 0;
    arena_init(&a, 512 << 20);
    if (promise_run(&a, type, text_ooxml, in, "seed", &text, &found, &made, &why) == OK &&
        !promise_check(TYPE_txt, clean_text, buf_bytes(&text), "text")) {
        (void)fprintf(stderr, "the text is not plain text\n");
        abort();
    }
    buf_done(&text);
    arena_done(&a);
    return 0;
}
