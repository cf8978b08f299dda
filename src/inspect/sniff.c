#include "inspect/sniff.h"

#include "inspect/magic.h"
#include "inspect/sniff_text.h"

static bool holds(struct bytes file, const char *part)
{
    return bytes_find(file, bytes_of(part), 0) != SIZE_MAX;
}

/* Thin: the names in the directory tell the kind. */
static enum type zip_type(struct bytes file)
{
    bool macros = holds(file, "vbaProject.bin");

    if (!holds(file, "[Content_Types].xml"))
        return TYPE_zip;
    if (holds(file, "word/"))
        return macros ? TYPE_docm : TYPE_docx;
    if (holds(file, "xl/"))
        return macros ? TYPE_xlsm : TYPE_xlsx;
    if (holds(file, "ppt/"))
        return macros ? TYPE_pptm : TYPE_pptx;
    return TYPE_zip;
}

enum type sniff_type(struct bytes file, struct bytes name)
{
    enum type type = magic_type(file);

    if (type == TYPE_zip)
        return zip_type(file);
    if (type != TYPE_unknown)
        return type;
    if (bytes_find(bytes_part(file, 0, 1024), BYTES("%PDF-"), 0) != SIZE_MAX)
        return TYPE_pdf;
    return sniff_text_type(file, name);
}

/* The name's ending without the dot; empty when it has none. */
static struct bytes ending(struct bytes name)
{
    size_t dot = bytes_find_last(name, BYTES("."));

    return dot == SIZE_MAX ? (struct bytes){0} : bytes_from(name, dot + 1);
}

/* Endings any program gives to anything: they promise nothing. */
static bool is_vague(struct bytes ending)
{
    static const char *const vague[] = {"dat", "bin", "db", "asc", "a", "in", "z", "job", "sys"};

    for (size_t i = 0; i < countof(vague); i++)
        if (bytes_equal_fold(ending, bytes_of(vague[i])))
            return true;
    return false;
}

bool sniff_name_lies(enum type type, struct bytes name)
{
    struct bytes end = ending(name);

    if (end.len == 0 || is_vague(end) || type == TYPE_unknown || type_may_end(type, end))
        return false;
    return type_by_extension(end) != TYPE_unknown;
}
