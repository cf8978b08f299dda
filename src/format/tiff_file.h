/* libtiff over memory, quiet and with a bound on what one allocation may take. */
#pragma once

#include <tiffio.h>

#include "base/buf.h"

enum { TIFF_ALLOCATION_MAX = 1 << 29 };

struct tiff_file {
    TIFF *lib;
    struct bytes in;  /* reading */
    struct buf *out;  /* writing */
    uint64_t at;
    char text[120];   /* the first complaint of libtiff */
};

/* Open for reading; NULL `lib` and MALFORMED when libtiff does not take it.  tiff_file_close() in any case. */
enum err tiff_file_read(struct tiff_file *f, struct bytes in, struct fault *why) must_use;

/* Open for writing into a buffer. */
enum err tiff_file_write(struct tiff_file *f, struct buf *out, struct fault *why) must_use;
void tiff_file_close(struct tiff_file *f);

/* MALFORMED with the complaint of libtiff. */
enum err tiff_file_fail(const struct tiff_file *f, struct fault *why);
