/* File types: the table of rule/type.def. */
#pragma once

#include <stdbool.h>

#include "base/bytes.h"
#include "rule/rule.h"

enum type {
#define TYPE(code, output, mode, row, extensions, en, ja) TYPE_##code,
#include "rule/type.def"
#undef TYPE
    TYPE_COUNT
};

enum type_mode { TYPE_REBUILD, TYPE_REFUSED, TYPE_HELD };

const char *type_code(enum type type);                /* "docx", as in the report */
const char *type_name(enum type type, bool japanese); /* for people */
enum type type_output(enum type type);                /* docm → docx; itself otherwise */
enum type_mode type_mode(enum type type);
enum row type_row(enum type type); /* why it is refused or held */

/* The usual ending without a dot, empty when there is none. */
struct bytes type_extension(enum type type);

/* Whether content of this type may bear this ending (no dot, any case). */
bool type_may_end(enum type type, struct bytes extension);

/* The first type that lists this ending; TYPE_unknown when none does. */
enum type type_by_extension(struct bytes extension);
