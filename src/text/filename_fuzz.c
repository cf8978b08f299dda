/* Promises of filename.h: short, UTF-8, nothing forbidden left, and a clean name stays as it is. */
#include <stdlib.h>
#include <utf8proc.h>

#include "text/filename.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void need(bool ok)
{
    if (!ok)
        abort();
}

static void check(struct arena *a, struct bytes name)
{
    bool changed;

    need(name.len > 0 && name.len <= FILENAME_MAX_LEN);
    for (size_t i = 0; i < name.len; i++)
        need(name.at[i] >= 0x20 && strchr("\"*/:<>?\\|\x7f", name.at[i]) == NULL);
    need(name.at[0] != '.' && name.at[0] != ' ' && name.at[name.len - 1] != '.' && name.at[name.len - 1] != ' ');
    for (size_t at = 0; at < name.len;) {
        utf8proc_int32_t c;
        utf8proc_ssize_t len = utf8proc_iterate(name.at + at, (utf8proc_ssize_t)(name.len - at), &c);

        need(len > 0);
        need(!(c >= 0x202a && c <= 0x202e) && !(c >= 0x2066 && c <= 0x2069) && c != 0xfeff);
        at += (size_t)len;
    }
    need(bytes_equal(name, filename_clean(a, name, &changed)) && !changed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes name = {data, size}, swapped;
    struct arena a;
    bool changed;

    arena_init(&a, 64 << 20);
    check(&a, filename_clean(&a, name, &changed));
    swapped = filename_with_extension(&a, name, BYTES("docx"));
    check(&a, swapped);
    need(bytes_ends(swapped, BYTES("docx")));
    arena_done(&a);
    return 0;
}
