/* The few facts of an EXIF block that matter once the block is gone. */
#pragma once

#include "base/bytes.h"

struct exif {
    unsigned orientation; /* 1…8; 1 when absent or nonsense */
    double x_dpi, y_dpi;  /* 0 when absent */
    bool gps, thumbnail;
    bool maker_note;
};

/* Read a block (a TIFF header and its directories, "Exif\0\0" in front allowed).  Never fails: what
 * cannot be read is absent.  Rule: Exif 2.32 4.6. */
struct exif exif_read(struct bytes block);
