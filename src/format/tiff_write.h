/* A page of a TIFF file written afresh. */
#pragma once

#include "format/tiff_page.h"

/* Write a page as the next one: G4 for bilevel, else deflate.  LIMIT (G06) when it does not fit. */
enum err tiff_write_page(struct tiff_file *f, const struct tiff_page *page, struct fault *why) must_use;
