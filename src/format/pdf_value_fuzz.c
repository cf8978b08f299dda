/* Promise of pdf_value.h and pdf_write.h: a scalar that was written is read as itself; dictionaries are sorted. */
#include <stdlib.h>

#include "format/pdf_value.h"
#include "format/pdf_write.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_scalar(struct arena *a, struct buf *stack, const struct pdf_value *v)
{
    struct buf once, twice;
    struct pdf_value again;

    buf_init(&once, 1 << 22);
    buf_init(&twice, 1 << 22);
    pdf_write_scalar(&once, v);
    again = pdf_value_parse(a, stack, buf_bytes(&once));
    pdf_write_scalar(&twice, &again);
    if (!bytes_equal(buf_bytes(&once), buf_bytes(&twice)) || again.kind != v->kind)
        abort();
    buf_done(&once);
    buf_done(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a;
    struct buf stack;
    struct pdf_value v;

    arena_init(&a, 64 << 20);
    buf_init(&stack, 16 << 20);
    v = pdf_value_parse(&a, &stack, (struct bytes){data, size});
    if (v.kind == PDF_ARRAY || v.kind == PDF_DICT) {
        size_t count = v.kind == PDF_DICT ? 2 * (size_t)v.count : v.count;

        for (size_t i = 0; i < count; i++)
            if (v.items[i].kind != PDF_ARRAY && v.items[i].kind != PDF_DICT && v.items[i].kind != PDF_REF)
                check_scalar(&a, &stack, &v.items[i]);
        for (size_t i = 0; v.kind == PDF_DICT && i < v.count; i++)
            if (pdf_value_find(&v, pdf_value_text(&v.items[2 * i])) != &v.items[2 * i + 1])
                abort();
    } else if (v.kind != PDF_REF) {
        check_scalar(&a, &stack, &v);
    }
    buf_done(&stack);
    arena_done(&a);
    return 0;
}
