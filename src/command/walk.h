/* The files to be done: paths and folders of the command line as one list, in a stable order. */
#pragma once

#include "base/arena.h"
#include "base/err.h"

struct walk_file {
    const char *path;     /* to be opened; "-" for standard input */
    const char *relative; /* below the output folder: "a.docx", "folder/b.pdf" */
    bool link;            /* a symbolic link inside a folder, which is not followed */
    bool special;         /* a device, socket or named pipe inside a folder */
};

struct walk {
    struct arena *arena;
    struct walk_file *files;
    size_t count, cap;
};

/* Add a path; a folder with everything in it, sorted by name.
 *
 * skip     the output folder, left out when it lies inside; or NULL
 *
 * Errors:  SYSTEM  not there, or may not be read */
enum err walk_add(struct walk *w, const char *path, const char *skip, struct fault *why) must_use;
