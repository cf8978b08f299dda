/* Promises of jbig2.h: exactly the size asked for, padding bits 0, within the budget (or the engine times out). */
#include <stdlib.h>

#include "format/jbig2.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf out;
    uint32_t width, height;
    size_t stride, globals;

    if (size < 4)
        return 0;
    width = 1u + data[0];
    height = 1u + data[1];
    globals = ((size_t)data[2] << 8 | data[3]) % (size - 3);
    stride = (width + 7) / 8;
    buf_init(&out, 1 << 16);
    if (jbig2_decode((struct bytes){data + 4, globals}, (struct bytes){data + 4 + globals, size - 4 - globals}, width,
                     height, &out, NULL) == OK) {
        if (out.len != stride * height)
            abort();
        for (size_t y = 0; width % 8 != 0 && y < height; y++)
            if (out.at[(y + 1) * stride - 1] & 0xFF >> width % 8)
                abort();
    }
    buf_done(&out);
    return 0;
}
