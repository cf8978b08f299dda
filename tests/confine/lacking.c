/* A kernel without Landlock, for one program: the call answers "not implemented", then the program runs.
 *
 * usage: lacking PROGRAM [ARGUMENT...] */
#define _GNU_SOURCE
#include <errno.h>
#include <seccomp.h>
#include <stdio.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    scmp_filter_ctx ctx = seccomp_init(SCMP_ACT_ALLOW);

    if (argc < 2 || ctx == NULL ||
        seccomp_rule_add(ctx, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(landlock_create_ruleset), 0) != 0 ||
        seccomp_load(ctx) != 0) {
        (void)fputs("lacking: cannot set up\n", stderr);
        return 9;
    }
    (void)execv(argv[1], argv + 1);
    return 9;
}
