#include "inspect/sniff.h"

enum type sniff_type(struct bytes file, struct bytes name)
{
    (void)name;
    if (bytes_starts(file, BYTES("%PDF-")))
        return TYPE_pdf;
    return TYPE_unknown;
}

bool sniff_name_lies(enum type type, struct bytes name)
{
    (void)type, (void)name;
    return false;
}
