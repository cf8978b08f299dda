#define _GNU_SOURCE
#include "os/confine.h"

#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "os/fd.h"

struct confine_filter {
    struct sock_fprog program;
};

/* The system calls of each word. */
static const int compute_calls[] = {
    SCMP_SYS(brk),            SCMP_SYS(munmap),       SCMP_SYS(mremap),          SCMP_SYS(madvise),
    SCMP_SYS(exit),           SCMP_SYS(exit_group),   SCMP_SYS(futex),           SCMP_SYS(clock_gettime),
    SCMP_SYS(gettimeofday),   SCMP_SYS(getrandom),    SCMP_SYS(getrusage),       SCMP_SYS(rt_sigreturn),
    SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigaction), SCMP_SYS(sched_yield),     SCMP_SYS(getpid),
    SCMP_SYS(gettid),         SCMP_SYS(time),         SCMP_SYS(restart_syscall),
};
static const int io_calls[] = {
    SCMP_SYS(read),   SCMP_SYS(write), SCMP_SYS(pread64), SCMP_SYS(pwrite64), SCMP_SYS(readv),
    SCMP_SYS(writev), SCMP_SYS(lseek), SCMP_SYS(fstat),   SCMP_SYS(close),
};
static const int channel_calls[] = {
    SCMP_SYS(sendmsg),
    SCMP_SYS(recvmsg),
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
};
static const int child_calls[] = {
    SCMP_SYS(clone),        SCMP_SYS(clone3),           SCMP_SYS(wait4),
    SCMP_SYS(pidfd_open),   SCMP_SYS(kill),             SCMP_SYS(prctl),
    SCMP_SYS(seccomp),      SCMP_SYS(prlimit64),        SCMP_SYS(dup3),
    SCMP_SYS(dup2),         SCMP_SYS(close_range),      SCMP_SYS(set_robust_list),
    SCMP_SYS(rseq),         SCMP_SYS(getppid),          SCMP_SYS(landlock_create_ruleset),
    SCMP_SYS(fcntl),        SCMP_SYS(set_tid_address),  SCMP_SYS(landlock_restrict_self),
};

struct word_calls {
    enum confine_word word;
    const int *calls;
    size_t count;
};
static const struct word_calls words_table[] = {
    {CONFINE_COMPUTE, compute_calls, countof(compute_calls)},
    {CONFINE_IO, io_calls, countof(io_calls)},
    {CONFINE_CHANNEL, channel_calls, countof(channel_calls)},
    {CONFINE_CHILDREN, child_calls, countof(child_calls)},
};

static int landlock_abi(void)
{
    return (int)syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
}

enum err confine_check(bool *ret_developing, struct fault *why)
{
    const char *option = getenv("SEKISHO_UNCONFINED");
    uint32_t action = SECCOMP_RET_KILL_PROCESS;
    const char *missing = NULL;

    *ret_developing = false;
    if (landlock_abi() < 1)
        missing = "Landlock (boot with lsm=landlock,…, Linux 5.13 or later)";
    else if (syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) != 0)
        missing = "seccomp (CONFIG_SECCOMP_FILTER)";
    if (missing == NULL)
        return OK;
    if (option != NULL && strcmp(option, "development") == 0) {
        *ret_developing = true;
        return OK;
    }
    return fault_set(why, ERR_UNSUPPORTED, NULL, "confinement", 0,
                     "this kernel lacks %s; documents are not opened without it", missing);
}

static int add_calls(scmp_filter_ctx ctx, unsigned words)
{
    int failed = 0;

    for (size_t w = 0; w < countof(words_table); w++) {
        if ((words & words_table[w].word) == 0)
            continue;
        for (size_t i = 0; i < words_table[w].count; i++)
            failed |= seccomp_rule_add(ctx, SCMP_ACT_ALLOW, words_table[w].calls[i], 0);
    }
    return failed;
}

/* Memory may be mapped and changed, but never become code; the only signal to itself is abort's. */
static int add_guarded(scmp_filter_ctx ctx)
{
    struct scmp_arg_cmp no_code = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);

    return seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, no_code) |
           seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, no_code) |
           seccomp_rule_add(ctx, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, SCMP_A2(SCMP_CMP_EQ, SIGABRT));
}

static enum err read_program(scmp_filter_ctx ctx, struct confine_filter *f, struct fault *why)
{
    _cleanup_(fd_done) int fd = memfd_create("filter", MFD_CLOEXEC);
    off_t size;
    void *code;

    if (fd < 0 || seccomp_export_bpf(ctx, fd) != 0 || (size = lseek(fd, 0, SEEK_END)) <= 0)
        return fault_sys(why, "seccomp filter");
    code = malloc((size_t)size);
    if (code == NULL || pread(fd, code, (size_t)size, 0) != size) {
        free(code);
        return fault_sys(why, "seccomp filter");
    }
    f->program.len = (unsigned short)((size_t)size / sizeof(struct sock_filter));
    f->program.filter = code;
    return OK;
}

enum err confine_compile(unsigned words, struct confine_filter **ret_filter, struct fault *why)
{
    scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_KILL_PROCESS);
    struct confine_filter *f = calloc(1, sizeof(*f));
    enum err code;

    if (ctx == NULL || f == NULL || seccomp_attr_set(ctx, SCMP_FLTATR_CTL_OPTIMIZE, 2) != 0 ||
        add_calls(ctx, words) != 0 || add_guarded(ctx) != 0) {
        seccomp_release(ctx);
        free(f);
        return fault_set(why, ERR_SYSTEM, NULL, "confinement", 0, "the seccomp filter could not be made");
    }
    code = read_program(ctx, f, why);
    seccomp_release(ctx);
    if (code != OK) {
        free(f);
        return code;
    }
    *ret_filter = f;
    return OK;
}

/* Every right the running kernel knows is handled, and no rule grants one. */
static enum err forbid_files(struct fault *why)
{
    struct landlock_ruleset_attr attr = {.handled_access_fs = LANDLOCK_ACCESS_FS_MAKE_SYM * 2 - 1};
    _cleanup_(fd_done) int fd = -1;

    if (landlock_abi() >= 2)
        attr.handled_access_fs |= 1ull << 13; /* REFER */
    if (landlock_abi() >= 3)
        attr.handled_access_fs |= 1ull << 14; /* TRUNCATE */
    fd = (int)syscall(SYS_landlock_create_ruleset, &attr, sizeof(attr), 0);
    if (fd < 0)
        return fault_sys(why, "landlock_create_ruleset");
    if (syscall(SYS_landlock_restrict_self, fd, 0) != 0)
        return fault_sys(why, "landlock_restrict_self");
    return OK;
}

enum err confine_enter(const struct confine_filter *filter, bool developing, struct fault *why)
{
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        return fault_sys(why, "prctl");
    if (developing)
        return OK;
    TRY(forbid_files(why));
    if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter->program) != 0)
        return fault_sys(why, "seccomp");
    return OK;
}

static bool set_limit(__rlimit_resource_t which, uint64_t soft, uint64_t hard)
{
    struct rlimit limit = {.rlim_cur = soft, .rlim_max = hard};

    return setrlimit(which, &limit) == 0;
}

enum err confine_limit(const struct confine_limits *l, struct fault *why)
{
    /* one second between the signal that says "time is up" and the one that cannot be ignored */
    if (!set_limit(RLIMIT_AS, l->memory, l->memory) || !set_limit(RLIMIT_FSIZE, l->output, l->output) ||
        !set_limit(RLIMIT_CPU, l->cpu_s, l->cpu_s + 1) || !set_limit(RLIMIT_CORE, 0, 0))
        return fault_sys(why, "setrlimit");
    return OK;
}
