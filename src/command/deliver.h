/* Putting a clean file in its place: written without a name, synced, then linked.
 *
 * Whatever moment the process is killed at, the folder holds whole files only.  On a file system without
 * nameless files (O_TMPFILE) Sekisho refuses to write rather than leave parts behind. */
#pragma once

#include "base/map.h"
#include "command/item.h"

struct deliver {
    int folder;      /* the output folder */
    const char *path; /* its path, for messages */
    bool replace;
    struct arena arena; /* of the names given in this run */
    struct map given;   /* output name, letters folded → anything but NULL */
};

/* Make the folder if needed, and try that it can hold nameless files. */
enum err deliver_open(struct deliver *d, const char *path, bool replace, struct fault *why) must_use;
void deliver_close(struct deliver *d);

/* A nameless file in the folder. */
enum err deliver_nameless(const struct deliver *d, int *ret_fd, struct fault *why) must_use;

/* Sync and link the output of a clean item; sets output_name, output_size and output_sha256.
 *
 * Every component of the name is made safe (G05, recorded as a finding) and its ending is that of the output's
 * type.  A name given before in this run gets " (2)"; a file that was there before is left alone when its
 * content is the same, replaced with -f, and an error otherwise. */
enum err deliver_item(struct deliver *d, struct item *i, struct fault *why) must_use;

/* Send the output of a clean item to a descriptor. */
enum err deliver_copy(struct item *i, int to, struct fault *why) must_use;
