#define _GNU_SOURCE
#include "worker/prototype.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "os/channel.h"
#include "os/confine.h"
#include "os/fd.h"
#include "wire/work.h"
#include "worker/job.h"
#include "worker/warm.h"


static uint64_t now_ms(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

/* In the child: put the three descriptors at 3, 4, 5 and close the rest, the control channel too. */
static void keep_only(int fds[3])
{
    enum { AWAY = 64 };

    for (int i = 0; i < 3; i++)
        if (dup2(fds[i], AWAY + i) < 0)
            _exit(1);
    for (int i = 0; i < 3; i++)
        if (dup2(AWAY + i, JOB_CHANNEL_FD + i) < 0)
            _exit(1);
    for (int i = 0; i < 3; i++)
        (void)close(i);
    fd_close_from(JOB_OUTPUT_FD + 1);
}

/* Wait for the worker, at most `limit_ms`; then it is killed. */
static bool wait_or_kill(pid_t pid, uint32_t limit_ms)
{
    _cleanup_(fd_done) int fd = (int)syscall(SYS_pidfd_open, pid, 0);
    struct pollfd p = {.fd = fd, .events = POLLIN};
    uint64_t until = now_ms() + limit_ms;

    for (;;) {
        uint64_t now = now_ms();
        int n = fd < 0 || now >= until ? 0 : poll(&p, 1, (int)(until - now));

        if (n > 0)
            return false;
        if (n < 0 && errno == EINTR)
            continue;
        (void)kill(pid, SIGKILL);
        return true;
    }
}

static uint32_t milliseconds(struct timeval t)
{
    return (uint32_t)(t.tv_sec * 1000 + t.tv_usec / 1000);
}

static enum err await(pid_t pid, uint32_t limit_ms, uint64_t began, struct work_ended *ret, struct fault *why)
{
    struct rusage used;
    int status;

    ret->timed_out = wait_or_kill(pid, limit_ms);
    while (wait4(pid, &status, 0, &used) < 0)
        if (errno != EINTR)
            return fault_sys(why, "wait4");
    ret->status = status;
    ret->wall_ms = (uint32_t)(now_ms() - began);
    ret->cpu_ms = milliseconds(used.ru_utime) + milliseconds(used.ru_stime);
    ret->peak_kb = (uint32_t)used.ru_maxrss;
    return OK;
}

static enum err run_worker(const struct work_job *job, int fds[3], const struct job_means *means,
                           struct work_ended *ret, struct fault *why)
{
    uint64_t began = now_ms();
    pid_t parent = getpid();
    pid_t pid = fork();

    if (pid < 0)
        return fault_sys(why, "fork");
    if (pid == 0) {
        /* a worker never outlives its prototype */
        if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent)
            _exit(1);
        keep_only(fds);
        job_run(job, means);
    }
    return await(pid, job->profile.limits.time_ms, began, ret, why);
}

static enum err serve_one(int control, struct bytes message, int fds[CHANNEL_FDS], const struct job_means *means,
                          struct fault *why)
{
    struct work_job job;
    struct work_ended ended = {0};
    struct buf reply;
    enum err code;

    if (!work_get_job(message, &job) || fds[2] < 0)
        return fault_set(why, ERR_MALFORMED, NULL, "wire/work", 0, "not a job");
    TRY(run_worker(&job, fds, means, &ended, why));
    buf_init(&reply, CHANNEL_MAX);
    work_put_ended(&reply, &ended);
    code = channel_send(control, buf_bytes(&reply), NULL, 0, why);
    buf_done(&reply);
    return code;
}

enum err prototype_serve(int control, clean_fn *rebuild, bool developing, struct fault *why)
{
    struct confine_filter *own = NULL, *of_worker = NULL;
    struct job_means means;
    uint8_t room[CHANNEL_MAX];

    warm_libraries();
    TRY(confine_compile(CONFINE_COMPUTE | CONFINE_IO, &of_worker, why));
    TRY(confine_compile(CONFINE_COMPUTE | CONFINE_IO | CONFINE_CHANNEL | CONFINE_CHILDREN, &own, why));
    TRY(confine_enter(own, developing, why));
    means = (struct job_means){.rebuild = rebuild, .filter = of_worker, .developing = developing};
    for (;;) {
        int fds[CHANNEL_FDS];
        size_t len = 0;
        enum err code;

        TRY(channel_receive(control, room, &len, fds, why));
        if (len == 0)
            return OK;
        code = serve_one(control, (struct bytes){room, len}, fds, &means, why);
        for (size_t i = 0; i < CHANNEL_FDS; i++)
            fd_done(&fds[i]);
        TRY(code);
    }
}
