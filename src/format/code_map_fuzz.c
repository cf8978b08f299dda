/* Promises of code_map.h and cjk_code.h: codes are not longer than the string, texts are UTF-8. */
#include <stdlib.h>

#include "format/cjk_code.h"
#include "format/code_map.h"
#include "text/charset.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_text(const struct code_map *m, uint32_t code)
{
    struct buf text, copy;

    buf_init(&text, 1 << 12);
    buf_init(&copy, 1 << 12);
    if (code_map_text(m, code, &text) && bytes_find_byte(buf_bytes(&text), 0, 0) == SIZE_MAX &&
        charset_to_utf8(buf_bytes(&text), CHARSET_utf8, &copy, NULL) != OK)
        abort();
    buf_done(&text);
    buf_done(&copy);
}

static void check_codes(const struct code_map *m, struct bytes string)
{
    uint32_t cid;

    while (string.len > 0) {
        size_t len = code_map_len(m, string);

        if (len == 0 || len > string.len)
            abort();
        check_text(m, string.at[0]);
        (void)code_map_cid(m, string.at[0], &cid);
        string = bytes_from(string, len);
    }
}

static void check_predefined(const char *name, struct bytes string)
{
    struct cjk_code e;

    if (!cjk_code_find(bytes_of(name), &e))
        abort();
    while (string.len > 0) {
        struct cjk_char c = cjk_code_next(&e, string);

        if (c.len == 0 || c.len > string.len || c.c > 0x10ffff || (c.c >= 0xd800 && c.c < 0xe000))
            abort();
        (void)cjk_code_japan(c.cid);
        string = bytes_from(string, c.len);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {"90ms-RKSJ-H",   "EUC-V",         "H",        "UniJIS-UCS2-HW-H", "UniJIS-UTF8-H",
                                        "UniJIS-UTF16-H", "UniJIS-UTF32-V", "GBK-EUC-H", "Identity-H"};
    struct bytes in = {data, size};
    struct arena a;
    struct code_map m;

    arena_init(&a, 256 << 20);
    code_map_read(&a, in, &m);
    for (size_t i = 0; i < m.texts.count && i < 64; i++)
        check_text(&m, m.texts.ranges[i].to);
    check_codes(&m, bytes_part(in, 0, 4096));
    for (size_t i = 0; i < countof(names); i++)
        check_predefined(names[i], bytes_part(in, 0, 4096));
    arena_done(&a);
    return 0;
}
