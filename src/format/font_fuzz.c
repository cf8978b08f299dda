/* Promises of font.h: what is written is accepted again and comes out byte for byte, with the same facts. */
#include <stdlib.h>

#include "format/font.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf once, twice;
    struct font_info first, second;

    if (size < 1)
        return 0;
    buf_init(&once, 1 << 24);
    buf_init(&twice, 1 << 24);
    if (font_check((enum font_kind)(data[0] % 5), (struct bytes){data + 1, size - 1}, &once, &first, NULL) == OK) {
        if (font_check(first.kind, buf_bytes(&once), &twice, &second, NULL) != OK ||
            !bytes_equal(buf_bytes(&once), buf_bytes(&twice)) || first.kind != second.kind ||
            first.glyphs != second.glyphs || first.cid != second.cid ||
            memcmp(first.lengths, second.lengths, sizeof(first.lengths)) != 0)
            abort();
        if (first.kind == FONT_TYPE1 && first.lengths[0] + first.lengths[1] + first.lengths[2] != once.len)
            abort();
    }
    buf_done(&once);
    buf_done(&twice);
    return 0;
}
