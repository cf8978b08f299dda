/* Findings that pictures of several formats share. */
#pragma once

#include "format/exif.h"
#include "sanitize/clean.h"

/* What an EXIF block held (I01): the block, a position, a thumbnail, a maker's note. */
void picture_found_exif(struct clean *c, const struct exif *exif);

/* Bytes from `at` to the end that belong to no picture: `row`, and G04 when they begin a format of their
 * own or are anything but padding. */
void picture_found_tail(struct clean *c, enum row row, struct bytes in, size_t at);
