/* File names that mislead nobody and that every system can store. */
#pragma once

#include <stdbool.h>

#include "base/arena.h"
#include "base/bytes.h"

enum { FILENAME_MAX_LEN = 255 }; /* bytes of UTF-8, ending included */

/* One component of a path made safe, so that what a person reads is what a system does.
 *
 *  - bytes that are not UTF-8 are read as CP932, and written as %XX where they are not that either
 *  - canonical composition (か + ゛ becomes が), but CJK compatibility ideographs stay as they are
 *  - direction marks and characters without width go; variation selectors stay behind ideographs
 *  - controls, path separators, the characters < > : " | ? * become _; ¥ and ₩, which code pages turn into a
 *    separator, become their wide forms; unusual spaces become a space
 *  - dots and spaces at both ends go, and spaces before the ending
 *  - an ending of a program before another ending loses its dot (report.exe.pdf: report_exe.pdf)
 *  - a device name of Windows gets _ in front (CON.txt: _CON.txt)
 *  - more than FILENAME_MAX_LEN bytes are cut before the ending, between characters
 *  - nothing left: _
 *
 * ret_changed  whether a byte differs; may be NULL
 * Returns      the name, in the arena; making it safe again changes nothing
 * Rule:        catalogue row G05 */
struct bytes filename_clean(struct arena *a, struct bytes name, bool *ret_changed);

/* The ending without its dot; empty when the name has none. */
struct bytes filename_extension(struct bytes name);

/* The name with another ending (docm: docx), cut to length again.  A name without an ending gets one;
 * what looks like no ending (longer than 12 bytes, or with a space) counts as part of the name. */
struct bytes filename_with_extension(struct arena *a, struct bytes name, struct bytes extension);

/* Whether this is an ending that a system runs. */
bool filename_runs(struct bytes extension);

/* Bytes of a name or path of unknown encoding as composed UTF-8, by the first two rules above; nothing else is
 * changed. */
struct bytes filename_decode(struct arena *a, struct bytes name);

/* What systems compare when they take two names for the same: case folded, composed.  No name for people. */
struct bytes filename_fold(struct arena *a, struct bytes name);

/* The name with a number before its ending, "plan (2).docx", of the right length and safe. */
struct bytes filename_numbered(struct arena *a, struct bytes name, unsigned number);
