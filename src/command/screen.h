/* What a person sees: a progress bar while it runs, then a table, in Japanese or English. */
#pragma once

#include <stdio.h>

#include "command/item.h"

struct screen {
    FILE *to;
    bool japanese, bar, table, inspect;
    size_t total;
    size_t clean, held, refused;
};

/* Draw the bar: `done` of `total`, and what is being done now. */
void screen_progress(struct screen *s, size_t done, const char *now);

/* Add a finished item to the table. */
void screen_item(struct screen *s, const struct item *i);

/* The last line: how many of each. */
void screen_end(struct screen *s, const char *out);
