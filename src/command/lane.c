#define _GNU_SOURCE
#include "command/lane.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "os/channel.h"
#include "os/fd.h"

enum { CONTROL_FD = 3 };

/* sekisho-worker lies beside the program that runs now. */
static enum err worker_path(char *ret_path, size_t size, struct fault *why)
{
    ssize_t n = readlink("/proc/self/exe", ret_path, size - 1);
    char *slash;

    if (n < 0)
        return fault_sys(why, "/proc/self/exe");
    ret_path[n] = '\0';
    slash = strrchr(ret_path, '/');
    if (slash == NULL || (size_t)(slash - ret_path) + sizeof("/sekisho-worker") > size)
        return fault_set(why, ERR_SYSTEM, NULL, "lane", 0, "path of sekisho-worker is too long");
    (void)snprintf(slash, size - (size_t)(slash - ret_path), "/sekisho-worker");
    if (access(ret_path, X_OK) != 0)
        return fault_sys(why, ret_path);
    return OK;
}

static _Noreturn void become_worker(const char *path, int control)
{
    char *const argv[] = {(char *)(uintptr_t)path, (char *)(uintptr_t) "--serve", NULL};

    if (control == CONTROL_FD) {
        /* already there, but it would be closed by exec */
        int copy = dup(control);
        (void)close(control);
        control = copy;
    }
    if (dup2(control, CONTROL_FD) < 0)
        _exit(3);
    fd_close_from(CONTROL_FD + 1);
    (void)execv(path, argv);
    _exit(3);
}

enum err lane_open(struct lane *l, struct fault *why)
{
    char path[4096];
    int pair[2];

    *l = (struct lane){.control = -1, .channel = -1};
    TRY(worker_path(path, sizeof(path), why));
    TRY(channel_pair(pair, why));
    l->pid = fork();
    if (l->pid < 0) {
        fd_done(&pair[0]);
        fd_done(&pair[1]);
        return fault_sys(why, "fork");
    }
    if (l->pid == 0)
        become_worker(path, pair[1]);
    fd_done(&pair[1]);
    l->control = pair[0];
    return OK;
}

int lane_close(struct lane *l)
{
    int status = 0;

    fd_done(&l->channel);
    fd_done(&l->control);
    if (l->pid > 0)
        while (waitpid(l->pid, &status, 0) < 0 && errno == EINTR)
            continue;
    l->pid = 0;
    return status;
}

enum err lane_start(struct lane *l, const struct work_job *job, int input, int output, struct lane_result *result,
                    struct fault *why)
{
    int pair[2];
    struct buf message;
    enum err code;

    TRY(channel_pair(pair, why));
    buf_init(&message, CHANNEL_MAX);
    work_put_job(&message, job);
    code = channel_send(l->control, buf_bytes(&message), (int[]){pair[1], input, output}, 3, why);
    buf_done(&message);
    fd_done(&pair[1]);
    if (code != OK) {
        fd_done(&pair[0]);
        return code;
    }
    l->channel = pair[0];
    l->result = result;
    return OK;
}

void lane_add_finding(struct lane_result *r, const struct work_finding *f)
{
    if (r->finding_count == r->finding_cap) {
        size_t cap = r->finding_cap == 0 ? 16 : r->finding_cap * 2;
        struct work_finding *list = arena_array(r->arena, cap, sizeof(*list));

        if (r->finding_count > 0)
            memcpy(list, r->findings, r->finding_count * sizeof(*list));
        r->findings = list;
        r->finding_cap = cap;
    }
    r->findings[r->finding_count++] = *f;
}

/* A worker may send this many findings; more is a worker that lies. */
enum { FINDINGS_MAX = 4096 };

static void hear(struct lane_result *r, struct bytes message)
{
    struct work_finding finding;

    switch (work_kind(message)) {
    case WORK_TYPE:
        r->broken |= r->typed || !work_get_type(message, &r->type);
        r->typed = true;
        return;
    case WORK_FINDING:
        if (r->finding_count < FINDINGS_MAX && !r->done && work_get_finding(message, &finding))
            lane_add_finding(r, &finding);
        else
            r->broken = true;
        return;
    case WORK_DONE:
        r->broken |= r->done || !work_get_done(message, &r->said);
        r->done = true;
        return;
    default:
        r->broken = true;
    }
}

/* One message; descriptors, which nobody sends this way, are closed. */
static enum err receive_plain(int fd, uint8_t *room, size_t *ret_len, struct fault *why)
{
    int fds[CHANNEL_FDS];
    enum err code = channel_receive(fd, room, ret_len, fds, why);

    for (size_t i = 0; i < CHANNEL_FDS; i++)
        fd_done(&fds[i]);
    return code;
}

enum err lane_hear_channel(struct lane *l, struct fault *why)
{
    uint8_t room[CHANNEL_MAX];
    size_t len = 0;
    enum err code = receive_plain(l->channel, room, &len, why);

    if (code != OK || len == 0) {
        l->result->broken |= code != OK;
        fd_done(&l->channel);
        return OK;
    }
    hear(l->result, (struct bytes){room, len});
    return OK;
}

enum err lane_hear_control(struct lane *l, struct fault *why)
{
    uint8_t room[CHANNEL_MAX];
    size_t len = 0;
    enum err code = receive_plain(l->control, room, &len, why);

    if (code != OK || len == 0 || l->result == NULL ||
        !work_get_ended((struct bytes){room, len}, &l->result->finish)) {
        if (l->result != NULL)
            l->result->broken = true;
        return fault_set(why, ERR_STATE, NULL, "lane", 0, "the worker's prototype has ended");
    }
    while (l->channel >= 0) /* the worker is gone: what it said is all there */
        TRY(lane_hear_channel(l, why));
    l->result->ended = true;
    l->result = NULL;
    return OK;
}
