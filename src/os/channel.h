/* Conversations between processes: SOCK_SEQPACKET, one message a packet, content as descriptors. */
#pragma once

#include "base/bytes.h"
#include "base/err.h"

enum {
    CHANNEL_MAX = 65536, /* bytes a message */
    CHANNEL_FDS = 4,     /* descriptors a message */
};

/* A connected pair, close-on-exec. */
enum err channel_pair(int ret_fd[2], struct fault *why) must_use;

/* Send one message with up to CHANNEL_FDS borrowed descriptors. */
enum err channel_send(int fd, struct bytes message, const int *fds, size_t fd_count, struct fault *why) must_use;

/* Receive one message into `room` (CHANNEL_MAX bytes).
 *
 * ret_len  0 when the other side has closed
 * ret_fds  CHANNEL_FDS entries, given to the caller, unused ones -1
 *
 * Errors:  MALFORMED  truncated, or more descriptors than there is room for */
enum err channel_receive(int fd, uint8_t *room, size_t *ret_len, int ret_fds[CHANNEL_FDS], struct fault *why) must_use;
