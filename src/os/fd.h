/* Descriptors: close themselves, move whole buffers, map files. */
#pragma once

#include "base/bytes.h"
#include "base/err.h"

/* Close and forget; for _cleanup_(fd_done). */
void fd_done(int *fd);

/* Move a descriptor out of a variable. */
#define fd_take(var) TAKE(*(var), -1)

/* Write everything, or say why not.  fault.sys is ENOSPC, EDQUOT or EFBIG when the place is full. */
enum err fd_write(int fd, struct bytes data, struct fault *why) must_use;

/* Map a whole regular file for reading; an empty file gives an empty slice.
 * The map is never undone: the caller is a process with one document. */
enum err fd_map(int fd, struct bytes *ret_file, struct fault *why) must_use;

/* A seekable nameless copy of what a pipe says, in the folder for temporary files or in memory. */
enum err fd_spool(int in, int *ret_fd, struct fault *why) must_use;

/* A nameless file for reading and writing that belongs to no folder. */
enum err fd_nameless(int *ret_fd, struct fault *why) must_use;

/* Close every descriptor at or above `from`. */
void fd_close_from(unsigned from);
