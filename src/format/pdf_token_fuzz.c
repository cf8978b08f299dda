/* Promises of pdf_token.h: the output given in again comes out byte for byte, with nothing unknown in it, and
 * no name that the resources do not have. */
#include <stdlib.h>

#include "format/pdf_token.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool has(void *ctx, enum pdf_resource kind, struct bytes name)
{
    (void)ctx, (void)kind;
    return name.len > 0 && name.at[0] != 'X';
}

static unsigned components(void *ctx, struct bytes name)
{
    (void)ctx;
    return (unsigned)name.len & 3;
}

static bool picture(void *ctx, struct bytes data, struct buf *out)
{
    (void)ctx;
    buf_put(out, bytes_part(data, 0, 100));
    return data.len > 10;
}

static bool hidden(void *ctx, struct bytes name)
{
    (void)ctx;
    return name.len > 0 && name.at[0] == 'H';
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct pdf_token_rules rules = {.has = has, .components = components, .picture = picture};
    struct pdf_token_seen seen;
    struct buf once, twice;

    if (size < 1)
        return 0;
    rules.one_line = (data[0] & 1) != 0;
    rules.drop_invisible = (data[0] & 2) != 0;
    if ((data[0] & 4) != 0)
        rules.hidden = hidden;
    buf_init(&once, 1 << 22);
    buf_init(&twice, 1 << 23);
    pdf_token_rewrite((struct bytes){data + 1, size - 1}, &rules, &once, &seen);
    if (!once.full) {
        pdf_token_rewrite(buf_bytes(&once), &rules, &twice, &seen);
        if (!bytes_equal(buf_bytes(&once), buf_bytes(&twice)) || seen.unknown > 0 || seen.unbalanced > 0 ||
            seen.missing > 0 || seen.postscript > 0 || seen.images > 0)
            abort();
    }
    buf_done(&once);
    buf_done(&twice);
    return 0;
}
