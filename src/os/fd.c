#define _GNU_SOURCE
#include "os/fd.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

void fd_done(int *fd)
{
    if (*fd >= 0)
        (void)close(*fd);
    *fd = -1;
}

enum err fd_write(int fd, struct bytes data, struct fault *why)
{
    while (data.len > 0) {
        ssize_t n = write(fd, data.at, data.len);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fault_sys(why, "write");
        data = bytes_from(data, (size_t)n);
    }
    return OK;
}

enum err fd_map(int fd, struct bytes *ret_file, struct fault *why)
{
    /* not fstat(): the C library turns it into a call that also takes paths, which a worker may not make */
    off_t size = lseek(fd, 0, SEEK_END);
    void *at;

    if (size < 0)
        return fault_sys(why, "lseek");
    *ret_file = (struct bytes){0};
    if (size == 0)
        return OK;
    at = mmap(NULL, (size_t)size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (at == MAP_FAILED)
        return fault_sys(why, "mmap");
    *ret_file = (struct bytes){at, (size_t)size};
    return OK;
}

enum err fd_nameless(int *ret_fd, struct fault *why)
{
    const char *folder = getenv("TMPDIR");
    int fd = open(folder != NULL ? folder : "/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

    if (fd < 0)
        fd = memfd_create("sekisho", MFD_CLOEXEC);
    if (fd < 0)
        return fault_sys(why, "temporary file");
    *ret_fd = fd;
    return OK;
}

/* The same file, which the reader may not change. */
static enum err read_only(int fd, int *ret_fd, struct fault *why)
{
    char path[64];

    (void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
    *ret_fd = open(path, O_RDONLY | O_CLOEXEC);
    return *ret_fd < 0 ? fault_sys(why, path) : OK;
}

enum err fd_spool(int in, int *ret_fd, struct fault *why)
{
    _cleanup_(fd_done) int out = -1;
    uint8_t chunk[65536];

    TRY(fd_nameless(&out, why));
    for (;;) {
        ssize_t n = read(in, chunk, sizeof(chunk));

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fault_sys(why, "read");
        if (n == 0)
            break;
        TRY(fd_write(out, (struct bytes){chunk, (size_t)n}, why));
    }
    return read_only(out, ret_fd, why);
}

void fd_close_from(unsigned from)
{
    (void)syscall(SYS_close_range, from, ~0u, 0);
}
