/* The directories of a TIFF file, without decoding: which fields it has that are no part of a picture,
 * and which bytes belong to nothing. */
#pragma once

#include "format/exif.h"

enum { TIFF_PAGES_MAX = 1000, TIFF_TAGS_MAX = 64 };

struct tiff_scan {
    uint32_t pages;
    struct exif exif; /* of the first page: gps, maker_note */
    unsigned tags[TIFF_TAGS_MAX]; /* fields that will go, each once */
    unsigned tag_count;
    size_t end;       /* behind the last byte anything refers to */
    uint64_t gaps;    /* bytes before it that nothing refers to */
};

/* Never fails: what makes no sense has few facts.  Rule: TIFF 6.0 2; BigTIFF. */
void tiff_scan_read(struct bytes in, struct tiff_scan *ret_scan);

/* What a field is called, or NULL. */
const char *tiff_scan_name(unsigned tag);

/* Whether a field tells of people, places and programs rather than of pixels (I01). */
bool tiff_scan_personal(unsigned tag);
