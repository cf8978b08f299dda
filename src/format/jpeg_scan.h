/* What the segments of a JPEG file hold, without decoding it. */
#pragma once

#include "base/bytes.h"
#include "format/exif.h"

enum {
    JPEG_ICC_PARTS_MAX = 255,
    JPEG_SCANS_MAX = 128, /* more scans than this are a bomb: each is a walk over the whole picture */
};

struct jpeg_scan {
    struct exif exif;
    bool has_exif, has_xmp, has_photoshop, has_icc, has_mpf, has_comment, has_c2pa;
    bool has_other;   /* an APPn of none of these kinds (JFIF and Adobe apart) */
    bool has_thumbnail; /* in JFIF, JFXX or EXIF */
    bool has_gap;     /* bytes between segments that belong to none */
    bool has_density; /* JFIF, with a unit of density (0 ratio, 1 inch, 2 cm) */
    bool arithmetic, progressive;
    uint32_t scans;
    size_t end;       /* just behind EOI; the length of the file when EOI is missing */
    struct bytes icc[JPEG_ICC_PARTS_MAX]; /* by number, from 0 */
    unsigned icc_parts;
};

/* Walk from SOI to the first EOI.  Never fails: a file that makes no sense has few facts.
 * Rule: ITU-T T.81 B.1; JFIF 1.02; Exif 2.32 4.7; CIPA DC-007. */
void jpeg_scan_read(struct bytes file, struct jpeg_scan *ret_scan);
