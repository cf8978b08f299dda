/* Pictures inside a drawing: data: addresses in and out. */
#pragma once

#include "base/buf.h"

/* The bytes of "data:…;base64,…": appended to `out`; false when it is anything else. */
bool svg_data_read(struct bytes address, struct buf *out);

/* A data: address of this media type. */
void svg_data_write(const char *media_type, struct bytes data, struct buf *out);
