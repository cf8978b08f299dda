#include <stdlib.h>

#include "inspect/sniff.h"

/* The same bytes and name give the same type; the name never makes a program or a shortcut into something that is
 * rebuilt, but for a plain text, which may quote one and is printed by whoever opens it. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {"a", "a.txt", "a.csv", "a.docx", "a.pdf", "a.svgz", "a.json", "a.xml", "a.jpg", "."};
    struct bytes in = {data, size};

    for (size_t i = 0; i < countof(names); i++) {
        enum type type = sniff_type(in, bytes_of(names[i]));

        if (type >= TYPE_COUNT || sniff_type(in, bytes_of(names[i])) != type)
            abort();
        if (type_row(sniff_type(in, BYTES("a"))) == ROW_G03 && type_mode(type) == TYPE_REBUILD && type != TYPE_txt)
            abort();
        (void)sniff_name_lies(type, bytes_of(names[i]));
    }
    return 0;
}
