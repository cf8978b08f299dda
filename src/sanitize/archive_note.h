/* The note that stands in an archive where an entry was not passed (A07). */
#pragma once

#include "sanitize/clean.h"

/* The name of the note for an entry: virus.exe gives virus_exe.txt. */
struct bytes archive_note_name(struct arena *a, struct bytes name);

/* Write the note: a plain text in Japanese and English that says why, of a form that a second pass leaves as it is.
 *
 * c     of the archive; nothing is added to its findings
 * code  why the entry was not passed
 * row   the row that says so; ROW_A07 when there is none
 * out   appended to */
enum err archive_note_write(const struct clean *c, struct bytes name, enum err code, enum row row, struct buf *out,
                            struct fault *why) must_use;
