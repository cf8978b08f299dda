/* The end of a ZIP archive: the record every reading of it begins with. */
#pragma once

#include <stdbool.h>

#include "base/bytes.h"
#include "base/err.h"

struct zip_end {
    uint64_t at;            /* where the end record stands */
    uint64_t tail;          /* first byte after it and its comment */
    uint64_t directory_at;  /* the central directory, in the file */
    uint64_t directory_len;
    uint64_t records_end;   /* end of the directory: here stand the end records */
    uint64_t entries;
    uint64_t shift;         /* what to add to an offset of the directory (bytes put before the archive) */
    struct bytes comment;
};

/* Find the end record of an archive.
 *
 * file     the whole archive, borrowed
 * ret_end  set on OK, untouched otherwise
 *
 * A record counts only when a central directory ends where it begins.  Bytes after the archive are let
 * pass when exactly one record remains; a record of an archive stored inside as an entry is told apart
 * later, by zip_end_others().
 *
 * Errors:  MALFORMED    A04: none found, two that reach the end of the file, two directories that both fit
 *          UNSUPPORTED  A04: more than one disk
 * Rule:    APPNOTE 4.3.16, 4.3.14, 4.3.15; ISO/IEC 21320-1 4 (one volume only).  Two records that
 *          both fit are refused: readers would disagree on the content. */
enum err zip_end_find(struct bytes file, struct zip_end *ret_end, struct fault *why) must_use;

/* Whether the part [from, to) of a file, which belongs to no entry, holds a header of the format: then
 * another reading of the archive is possible. */
bool zip_end_others(struct bytes file, uint64_t from, uint64_t to);
