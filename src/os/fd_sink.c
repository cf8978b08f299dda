#define _GNU_SOURCE
#include "os/fd_sink.h"

#include <errno.h>
#include <unistd.h>

#include "os/fd.h"

enum { PENDING_MAX = 1 << 18 };

enum err fd_sink_flush(struct fd_sink *f, struct fault *why)
{
    TRY(fd_write(f->fd, buf_bytes(&f->pending), why));
    f->written += f->pending.len;
    buf_reset(&f->pending);
    return OK;
}

static enum err file_put(struct sink *s, struct bytes data, struct fault *why)
{
    struct fd_sink *f = s->ctx;

    if (data.len > f->max - s->len)
        return fault_set(why, ERR_LIMIT, "G06", "profile limit output", 0, "larger than %llu bytes when rebuilt",
                         (unsigned long long)f->max);
    if (data.len > PENDING_MAX - f->pending.len)
        TRY(fd_sink_flush(f, why));
    if (data.len <= PENDING_MAX) {
        buf_put(&f->pending, data);
        return OK;
    }
    TRY(fd_write(f->fd, data, why));
    f->written += data.len;
    return OK;
}

static enum err patch_written(struct fd_sink *f, uint64_t at, struct bytes data, struct fault *why)
{
    while (data.len > 0) {
        ssize_t n = pwrite(f->fd, data.at, data.len, (off_t)at);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fault_sys(why, "pwrite");
        data = bytes_from(data, (size_t)n);
        at += (uint64_t)n;
    }
    return OK;
}

static enum err file_patch(struct sink *s, uint64_t at, struct bytes data, struct fault *why)
{
    struct fd_sink *f = s->ctx;

    if (at > s->len || data.len > s->len - at)
        return fault_set(why, ERR_STATE, NULL, "sink_patch", (size_t)at, "patch beyond what was written");
    if (at >= f->written) {
        memcpy(f->pending.at + (at - f->written), data.at, data.len);
        return OK;
    }
    if (at + data.len > f->written)
        TRY(fd_sink_flush(f, why));
    return patch_written(f, at, data, why);
}

void fd_sink_init(struct fd_sink *f, int fd, uint64_t max, struct sink *ret_out)
{
    *f = (struct fd_sink){.fd = fd, .max = max};
    buf_init(&f->pending, PENDING_MAX);
    *ret_out = (struct sink){.put = file_put, .patch = file_patch, .ctx = f};
}
