/* How wide a text stands on a terminal: most Japanese characters take two columns. */
#pragma once

#include "base/bytes.h"

/* Columns of a UTF-8 text; bytes that are not UTF-8 count one each. */
size_t width_of(struct bytes text);

/* The longest beginning that fits into `columns`. */
struct bytes width_clip(struct bytes text, size_t columns);
