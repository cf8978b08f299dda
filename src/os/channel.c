#define _GNU_SOURCE
#include "os/channel.h"

#include <errno.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "os/fd.h"

union control {
    struct cmsghdr head;
    char room[CMSG_SPACE(sizeof(int) * CHANNEL_FDS)];
};

enum err channel_pair(int ret_fd[2], struct fault *why)
{
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ret_fd) != 0)
        return fault_sys(why, "socketpair");
    return OK;
}

static void attach(struct msghdr *m, union control *c, const int *fds, size_t count)
{
    if (count == 0)
        return;
    m->msg_control = c;
    m->msg_controllen = CMSG_SPACE(sizeof(int) * count);
    c->head.cmsg_level = SOL_SOCKET;
    c->head.cmsg_type = SCM_RIGHTS;
    c->head.cmsg_len = CMSG_LEN(sizeof(int) * count);
    memcpy(CMSG_DATA(&c->head), fds, sizeof(int) * count);
}

enum err channel_send(int fd, struct bytes message, const int *fds, size_t fd_count, struct fault *why)
{
    struct iovec piece = {(void *)(uintptr_t)message.at, message.len};
    struct msghdr m = {.msg_iov = &piece, .msg_iovlen = 1};
    union control c = {0};

    attach(&m, &c, fds, fd_count);
    for (;;) {
        ssize_t n = sendmsg(fd, &m, MSG_NOSIGNAL);

        if (n == (ssize_t)message.len)
            return OK;
        if (n < 0 && errno == EINTR)
            continue;
        return fault_sys(why, "sendmsg");
    }
}

static void collect(struct msghdr *m, int ret_fds[CHANNEL_FDS])
{
    struct cmsghdr *c = CMSG_FIRSTHDR(m);
    size_t count;

    if (c == NULL || c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS)
        return;
    count = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    memcpy(ret_fds, CMSG_DATA(c), (count < CHANNEL_FDS ? count : CHANNEL_FDS) * sizeof(int));
}

enum err channel_receive(int fd, uint8_t *room, size_t *ret_len, int ret_fds[CHANNEL_FDS], struct fault *why)
{
    struct iovec piece = {room, CHANNEL_MAX};
    union control c = {0};
    struct msghdr m = {.msg_iov = &piece, .msg_iovlen = 1, .msg_control = &c, .msg_controllen = sizeof(c)};
    ssize_t n;

    for (size_t i = 0; i < CHANNEL_FDS; i++)
        ret_fds[i] = -1;
    do
        n = recvmsg(fd, &m, MSG_CMSG_CLOEXEC);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return fault_sys(why, "recvmsg");
    collect(&m, ret_fds);
    if ((m.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0) {
        for (size_t i = 0; i < CHANNEL_FDS; i++)
            fd_done(&ret_fds[i]);
        return fault_set(why, ERR_MALFORMED, NULL, "channel", 0, "message too long");
    }
    *ret_len = (size_t)n;
    return OK;
}
