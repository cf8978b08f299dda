/* A worker that has been taken over: the document names the forbidden thing it then tries.
 *
 * The real prototype, job and confinement around it are those of sekisho-worker; only the function that
 * would rebuild the document is replaced.  When the thing could be done, the document comes out "clean". */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "os/confine.h"
#include "wire/work.h"
#include "worker/job.h"
#include "worker/prototype.h"

static bool open_file(void)
{
    return open("/etc/passwd", O_RDONLY) >= 0;
}

static bool look_at_file(void)
{
    struct stat st;

    return stat("/etc/passwd", &st) == 0;
}

static bool make_file(void)
{
    return open("/tmp/sekisho-hostile", O_WRONLY | O_CREAT, 0600) >= 0;
}

static bool open_socket(void)
{
    return socket(AF_INET, SOCK_STREAM, 0) >= 0;
}

static bool open_pair(void)
{
    int fds[2];

    return socketpair(AF_UNIX, SOCK_STREAM, 0, fds) == 0;
}

static bool run_program(void)
{
    char *const argv[] = {(char *)(uintptr_t) "sh", NULL};

    return execv("/bin/sh", argv) == 0;
}

static bool fork_bomb(void)
{
    for (int i = 0; i < 1000; i++)
        if (fork() < 0)
            return false;
    return true;
}

static bool new_thread(void)
{
    return syscall(SYS_clone, CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD, 0, 0, 0, 0) >= 0;
}

static bool trace_parent(void)
{
    return ptrace(PTRACE_ATTACH, getppid(), 0, 0) == 0;
}

static bool kill_parent(void)
{
    return kill(getppid(), SIGKILL) == 0;
}

static bool read_other_memory(void)
{
    return syscall(SYS_process_vm_readv, 1, NULL, 0, NULL, 0, 0) == 0;
}

static bool map_code(void)
{
    return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;
}

static bool turn_into_code(void)
{
    void *at = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    return at != MAP_FAILED && mprotect(at, 4096, PROT_READ | PROT_EXEC) == 0;
}

static bool take_memory(void)
{
    volatile char *at = malloc(3ull << 30);

    if (at == NULL)
        return false;
    for (size_t i = 0; i < 3ull << 30; i += 4096)
        at[i] = 1;
    return true;
}

static bool never_end(void)
{
    volatile uint64_t i = 1;

    while (i != 0)
        i |= 1;
    return true;
}

static bool sleep_on(void)
{
    /* waits on a futex nobody wakes: no processor time is used, only the outer limit ends it */
    static uint32_t word;

    return syscall(SYS_futex, &word, 0, 0, NULL, NULL, 0) == 0;
}

static bool use_memory_device(void)
{
    return memfd_create("x", 0) >= 0;
}

static bool use_io_uring(void)
{
    return syscall(SYS_io_uring_setup, 8, NULL) >= 0;
}

static bool load_bpf(void)
{
    return syscall(SYS_bpf, 0, NULL, 0) >= 0;
}

static bool change_user(void)
{
    return setuid(0) == 0;
}

static bool mount_something(void)
{
    return mount("none", "/mnt", "tmpfs", 0, NULL) == 0;
}

static bool new_namespace(void)
{
    return unshare(CLONE_NEWUSER) == 0;
}

static bool remove_file(void)
{
    return unlink("/tmp/sekisho-hostile") == 0;
}

static bool loosen(void)
{
    return prctl(PR_SET_DUMPABLE, 1, 0, 0, 0) == 0;
}

static bool send_descriptor(void)
{
    struct msghdr m = {0};

    return sendmsg(JOB_CHANNEL_FD, &m, 0) >= 0;
}

/* Anything but the three descriptors would be a way out. */
static bool has_more_descriptors(void)
{
    struct stat st;

    for (int fd = 0; fd < 4096; fd++)
        if ((fd < JOB_CHANNEL_FD || fd > JOB_OUTPUT_FD) && syscall(SYS_fstat, fd, &st) == 0)
            return true;
    return false;
}

static bool change_input(void)
{
    return pwrite(JOB_INPUT_FD, "x", 1, 0) == 1;
}

static bool write_much(void)
{
    static uint8_t chunk[1 << 20];

    for (uint64_t n = 0; n < 10ull << 10; n++)
        if (write(JOB_OUTPUT_FD, chunk, sizeof(chunk)) < 0)
            return false;
    return true;
}

static void say_raw(struct bytes message)
{
    if (write(JOB_CHANNEL_FD, message.at, message.len) < 0)
        _exit(9);
}

static bool speak_garbage(void)
{
    say_raw(BYTES("KS\x03\x00 this is no message"));
    return true;
}

/* Claims in the name of the prototype that all went well, then works on in the background. */
static bool forge_end(void)
{
    struct work_ended ended = {0};
    struct buf b;

    buf_init(&b, 4096);
    work_put_ended(&b, &ended);
    say_raw(buf_bytes(&b));
    return true;
}

/* Says "clean" twice, and a size that is not there. */
static bool lie_about_size(void)
{
    struct work_done done = {.type = TYPE_txt, .output_type = TYPE_txt, .size = 12345};
    struct buf b;

    buf_init(&b, 4096);
    work_put_done(&b, &done);
    say_raw(buf_bytes(&b));
    _exit(0);
}

static bool flood_findings(void)
{
    struct work_finding f = {.row = ROW_G01, .count = 1, .where = "x"};
    struct buf b;

    buf_init(&b, 4096);
    work_put_finding(&b, &f);
    for (int i = 0; i < 100000; i++)
        say_raw(buf_bytes(&b));
    return true;
}

static bool crash(void)
{
    abort();
}

static bool half_output(void)
{
    if (write(JOB_OUTPUT_FD, "half", 4) != 4)
        return false;
    (void)raise(SIGABRT);
    return true;
}

struct attempt {
    const char *name;
    bool (*tries)(void);
};

static const struct attempt acts[] = {
    {"open a file", open_file},
    {"look at a file", look_at_file},
    {"make a file", make_file},
    {"open a socket", open_socket},
    {"open a socket pair", open_pair},
    {"run a program", run_program},
    {"fork bomb", fork_bomb},
    {"new thread", new_thread},
    {"trace the parent", trace_parent},
    {"kill the parent", kill_parent},
    {"read other memory", read_other_memory},
    {"map code", map_code},
    {"turn memory into code", turn_into_code},
    {"take 3 GB", take_memory},
    {"never end", never_end},
    {"sleep on", sleep_on},
    {"memory file", use_memory_device},
    {"io_uring", use_io_uring},
    {"bpf", load_bpf},
    {"change user", change_user},
    {"mount", mount_something},
    {"new namespace", new_namespace},
    {"remove a file", remove_file},
    {"loosen itself", loosen},
    {"send a descriptor", send_descriptor},
    {"have more descriptors", has_more_descriptors},
    {"change the input", change_input},
    {"write 10 GB", write_much},
    {"speak garbage", speak_garbage},
    {"forge the end", forge_end},
    {"lie about the size", lie_about_size},
    {"flood findings", flood_findings},
    {"crash", crash},
    {"half an output", half_output},
};

static enum err hostile(struct clean *c, struct bytes in, struct sink *out, struct fault *why)
{
    c->type = c->ret_type = TYPE_txt;
    if (bytes_equal(in, BYTES("nothing")))
        return sink_put(out, in, why); /* shows that this worker can succeed */
    for (size_t i = 0; i < countof(acts); i++) {
        if (!bytes_equal(in, bytes_of(acts[i].name)))
            continue;
        if (acts[i].tries())
            return sink_put(out, BYTES("done"), why);
        return fault_set(why, ERR_DENIED, NULL, "confinement", 0, "%s: %s", acts[i].name, strerror(errno));
    }
    return fault_set(why, ERR_MISSING, NULL, "hostile", 0, "no such act");
}

int main(int argc, char **argv)
{
    struct fault why = {0};
    bool developing;

    if (argc == 2 && strcmp(argv[1], "--list") == 0) {
        for (size_t i = 0; i < countof(acts); i++)
            (void)puts(acts[i].name);
        return 0;
    }
    if (confine_check(&developing, &why) != OK)
        return 3;
    developing = getenv("SEKISHO_TEST_FREE") != NULL; /* shows that the attempts are real */
    if (prototype_serve(3, hostile, developing, &why) != OK) {
        (void)fprintf(stderr, "%s\n", why.text);
        return 3;
    }
    return 0;
}
