#include "rule/type.h"

struct entry {
    const char *code, *extensions, *en, *ja;
    enum type output;
    enum type_mode mode;
    enum row row;
};

#define REBUILD TYPE_REBUILD
#define REFUSED TYPE_REFUSED
#define HELD TYPE_HELD
static const struct entry entries[TYPE_COUNT] = {
#define TYPE(code, output, mode, row, extensions, en, ja) \
    {#code, extensions, en, ja, TYPE_##output, mode, ROW_##row},
#include "rule/type.def"
#undef TYPE
};

const char *type_code(enum type type)
{
    return entries[type].code;
}

const char *type_name(enum type type, bool japanese)
{
    return japanese ? entries[type].ja : entries[type].en;
}

enum type type_output(enum type type)
{
    return entries[type].output;
}

enum type_mode type_mode(enum type type)
{
    return entries[type].mode;
}

enum row type_row(enum type type)
{
    return entries[type].row;
}

/* The ending that begins at `*at` in a list separated by spaces; moves on. */
static struct bytes next_ending(struct bytes list, size_t *at)
{
    size_t end = bytes_find_byte(list, ' ', *at);
    struct bytes word;

    if (end == SIZE_MAX)
        end = list.len;
    word = bytes_part(list, *at, end - *at);
    *at = end + 1;
    return word;
}

struct bytes type_extension(enum type type)
{
    size_t at = 0;

    return next_ending(bytes_of(entries[type].extensions), &at);
}

bool type_may_end(enum type type, struct bytes extension)
{
    struct bytes list = bytes_of(entries[type].extensions);

    for (size_t at = 0; at < list.len;)
        if (bytes_equal_fold(next_ending(list, &at), extension))
            return true;
    return false;
}

enum type type_by_extension(struct bytes extension)
{
    for (unsigned i = 1; i < TYPE_COUNT; i++)
        if (type_may_end((enum type)i, extension))
            return (enum type)i;
    return TYPE_unknown;
}
