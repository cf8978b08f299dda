#include "text/width.h"

#include <utf8proc.h>

/* One character: its bytes and its columns. */
static size_t step(struct bytes text, size_t *ret_columns)
{
    utf8proc_int32_t point = 0;
    utf8proc_ssize_t len = utf8proc_iterate(text.at, (utf8proc_ssize_t)text.len, &point);

    if (len <= 0) {
        *ret_columns = 1;
        return 1;
    }
    *ret_columns = (size_t)utf8proc_charwidth(point);
    return (size_t)len;
}

size_t width_of(struct bytes text)
{
    size_t total = 0;

    while (text.len > 0) {
        size_t columns;

        text = bytes_from(text, step(text, &columns));
        total += columns;
    }
    return total;
}

struct bytes width_clip(struct bytes text, size_t columns)
{
    struct bytes rest = text;
    size_t used = 0;

    while (rest.len > 0) {
        size_t wide;
        size_t len = step(rest, &wide);

        if (used + wide > columns)
            break;
        used += wide;
        rest = bytes_from(rest, len);
    }
    return bytes_part(text, 0, text.len - rest.len);
}
