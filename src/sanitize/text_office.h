/* Taking the text of an Office package, part by part (profile mode "text"). */
#pragma once

#include "sanitize/ooxml_package.h"

/* A text being collected. */
struct text_office {
    struct ooxml_package package;
    struct buf out;
};

/* Give a part to a handler, in chunks. */
enum err text_office_read(struct text_office *t, const struct ooxml_part *part, const struct xml_handler *handler,
                          void *ctx, struct fault *why) must_use;

/* The text of a workbook: a line a row, cells between tabs, a line with the name before each sheet. */
enum err text_office_book(struct text_office *t, struct fault *why) must_use;

/* An attribute without namespace (or with any) by its local name; empty when it is not there. */
struct bytes text_office_attr(const struct xml_tag *tag, const char *local);
