/* Promises of cmap.h: the output given in again comes out byte for byte, and no operator but the frame's is in it. */
#include <stdlib.h>

#include "format/cmap.h"
#include "format/ps.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_words(struct bytes out)
{
    static const char *const words[] = {
        "findresource", "begin", "dict", "begincmap", "usecmap", "def", "begincodespacerange", "endcodespacerange",
        "beginbfchar", "endbfchar", "beginbfrange", "endbfrange", "begincidchar", "endcidchar", "begincidrange",
        "endcidrange", "beginnotdefchar", "endnotdefchar", "beginnotdefrange", "endnotdefrange", "endcmap",
        "CMapName", "currentdict", "defineresource", "pop", "end",
    };
    struct ps p = {.in = out};

    for (struct ps_token t = ps_next(&p); t.kind != PS_END; t = ps_next(&p)) {
        int32_t number;
        bool known = t.kind != PS_WORD || ps_int(t, &number);

        for (size_t i = 0; i < countof(words) && !known; i++)
            known = ps_is(t, words[i]);
        if (!known || t.kind == PS_PROC)
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf once, twice;
    struct cmap_info first, second;
    enum cmap_kind kind;

    if (size < 1)
        return 0;
    kind = data[0] & 1 ? CMAP_ENCODING : CMAP_TO_UNICODE;
    buf_init(&once, 1 << 22);
    buf_init(&twice, 1 << 22);
    if (cmap_rewrite(kind, (struct bytes){data + 1, size - 1}, &once, &first, NULL) == OK) {
        check_words(buf_bytes(&once));
        if (cmap_rewrite(kind, buf_bytes(&once), &twice, &second, NULL) != OK ||
            !bytes_equal(buf_bytes(&once), buf_bytes(&twice)) || first.vertical != second.vertical ||
            strcmp(first.uses, second.uses) != 0)
            abort();
    }
    buf_done(&once);
    buf_done(&twice);
    return 0;
}
