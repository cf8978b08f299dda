/* Names inside an archive made safe: paths, and which of them are taken. */
#pragma once

#include <stdbool.h>

#include "base/map.h"

struct archive_path {
    struct bytes path;     /* UTF-8, components separated by /, no slash at its ends; may be empty for a folder */
    struct bytes last;     /* its last component */
    bool folder;
    bool unsafe;           /* led out of the folder, had drives, backslashes, empty components (A02) */
    bool misleading;       /* a component was changed by text/filename.h (G05) */
    bool recoded;          /* was not UTF-8, or not composed */
};

enum { ARCHIVE_PATH_PARTS = 32 }; /* deeper paths lose their first components */

/* Make the path of an entry safe.
 *
 * raw   as it stands in the archive; slashes and backslashes separate
 * Rule  A02, G05 */
struct archive_path archive_name_path(struct arena *a, struct bytes raw);

/* The names given away so far; two that some system takes for the same are never given twice. */
struct archive_names {
    struct arena *arena;
    struct map nodes;
};

void archive_names_init(struct archive_names *n, struct arena *a);

/* Give away a name.
 *
 * path       safe, not empty
 * ret_clash  set when the name is not as wished: a number was added, or a folder is spelled otherwise
 * Returns    the name to use, in the arena */
struct bytes archive_name_take(struct archive_names *n, struct bytes path, bool folder, bool *ret_clash);

/* Whether a folder given away holds nothing. */
bool archive_name_is_empty(const struct archive_names *n, struct bytes folder);
