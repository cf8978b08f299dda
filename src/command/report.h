/* The report for machines: one JSON object a line, keys in a fixed order. */
#pragma once

#include <stdio.h>

#include "command/item.h"

/* Write the line of a finished item and flush it. */
enum err report_item(FILE *to, const struct item *i, const char *profile, struct fault *why) must_use;
