/* A sink that writes to a regular file, buffered, never more than its maximum. */
#pragma once

#include "base/sink.h"

struct fd_sink {
    int fd;
    uint64_t max;
    struct buf pending; /* the last bytes put, not yet written */
    uint64_t written;
};

/* fd       borrowed, at its beginning
 * max      bytes; one more is LIMIT with row G06
 * ret_out  borrows `f` */
void fd_sink_init(struct fd_sink *f, int fd, uint64_t max, struct sink *ret_out);

/* Write what is pending. */
enum err fd_sink_flush(struct fd_sink *f, struct fault *why) must_use;
