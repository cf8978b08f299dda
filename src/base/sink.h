/* Where written bytes go: a buffer, a descriptor (os/fd_sink), or nowhere.
 *
 * A sink counts what it is given; `patch` rewrites bytes already put (a length in a header). */
#pragma once

#include "base/buf.h"

struct sink {
    enum err (*put)(struct sink *s, struct bytes data, struct fault *why);
    enum err (*patch)(struct sink *s, uint64_t at, struct bytes data, struct fault *why);
    uint64_t len; /* bytes put so far */
    void *ctx;
};

static inline must_use enum err sink_put(struct sink *s, struct bytes data, struct fault *why)
{
    TRY(s->put(s, data, why));
    s->len += data.len;
    return OK;
}

/* Overwrite [at, at + data.len), which must already have been put. */
static inline must_use enum err sink_patch(struct sink *s, uint64_t at, struct bytes data, struct fault *why)
{
    return s->patch(s, at, data, why);
}

/* A sink that appends to a buffer (borrowed); and one that keeps nothing. */
struct sink sink_to_buf(struct buf *b);
struct sink sink_to_nothing(void);
