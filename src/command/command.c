#define _GNU_SOURCE
#include "command/command.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "command/batch.h"
#include "os/fd.h"

enum { LIST_MEMORY = 1 << 30, PROFILE_MAX = 1 << 16 };

static int complain(const struct fault *why, int status)
{
    (void)fprintf(stderr, "sekisho: %s\n", why->text);
    return status;
}

/* Beside the installed program, or in the source tree of a build in build/NAME/src. */
static const char *const profile_places[] = {"../share/sekisho/profiles", "../../../share/profiles"};

static int open_profile(const char *name)
{
    char exe[2048], path[4096];
    ssize_t n = readlink("/proc/self/exe", exe, sizeof(exe) - 1);
    char *slash;

    if (strchr(name, '/') != NULL)
        return open(name, O_RDONLY | O_CLOEXEC);
    exe[n < 0 ? 0 : n] = '\0';
    slash = strrchr(exe, '/');
    if (slash != NULL)
        *slash = '\0';
    for (size_t i = 0; i < countof(profile_places); i++) {
        int fd;

        (void)snprintf(path, sizeof(path), "%s/%s/%.200s.conf", exe, profile_places[i], name);
        fd = open(path, O_RDONLY | O_CLOEXEC);
        if (fd >= 0)
            return fd;
    }
    return -1;
}

static enum err read_profile(const char *name, struct profile *ret, struct fault *why)
{
    _cleanup_(fd_done) int fd = open_profile(name);
    char text[PROFILE_MAX];
    ssize_t n;

    if (fd < 0)
        return fault_set(why, ERR_MISSING, NULL, "usage", 0,
                         "no profile \"%.60s\": expected standard, strict, text-only or a path", name);
    n = read(fd, text, sizeof(text));
    if (n < 0)
        return fault_sys(why, name);
    if (n == sizeof(text))
        return fault_set(why, ERR_LIMIT, NULL, "usage", 0, "profile %.60s is too long", name);
    return profile_parse((struct bytes){(const uint8_t *)text, (size_t)n}, ret, why);
}

static enum err open_report(const struct options *o, FILE **ret, struct fault *why)
{
    *ret = NULL;
    if (o->report == NULL)
        return OK;
    *ret = strcmp(o->report, "-") == 0 ? stdout : fopen(o->report, "we");
    return *ret == NULL ? fault_sys(why, o->report) : OK;
}

static bool takes_stdout(const struct options *o)
{
    bool document = strcmp(o->paths[0], "-") == 0 && !o->inspect;

    return document || (o->report != NULL && strcmp(o->report, "-") == 0);
}

static enum err run(const struct options *o, struct batch *b, struct arena *arena, struct fault *why)
{
    struct walk walk = {.arena = arena};
    struct deliver deliver = {.folder = -1};
    struct screen screen = {.to = takes_stdout(o) ? stderr : stdout, .japanese = o->japanese, .inspect = o->inspect,
                            .bar = o->tty && !o->quiet, .table = !o->quiet};
    bool writes = !o->inspect && strcmp(o->paths[0], "-") != 0;
    enum err code;

    for (size_t i = 0; i < o->path_count; i++)
        TRY(walk_add(&walk, o->paths[i], writes ? o->out : NULL, why));
    if (writes)
        TRY(deliver_open(&deliver, o->out, o->replace, why));
    screen.total = walk.count;
    b->walk = &walk;
    b->deliver = writes ? &deliver : NULL;
    b->screen = &screen;
    code = batch_run(b, why);
    if (code == OK)
        screen_end(&screen, writes ? o->out : NULL);
    deliver_close(&deliver);
    return code;
}

static int clean_or_inspect(int argc, char **argv, bool inspect)
{
    struct options o;
    struct profile profile;
    struct batch b = {.options = &o, .profile = &profile};
    struct fault why = {0};
    struct arena arena;
    enum err code;

    if (options_read(argc, argv, inspect, &o, &why) != OK || read_profile(o.profile, &profile, &why) != OK)
        return complain(&why, EXIT_USAGE);
    if (open_report(&o, &b.report, &why) != OK)
        return complain(&why, EXIT_OWN);
    arena_init(&arena, LIST_MEMORY);
    code = run(&o, &b, &arena, &why);
    arena_done(&arena);
    if (b.report != NULL && fflush(b.report) != 0 && code == OK)
        code = fault_sys(&why, "report");
    if (fflush(stdout) != 0 && code == OK)
        code = fault_sys(&why, "standard output");
    if (code != OK)
        return complain(&why, EXIT_OWN);
    return b.own_failure ? EXIT_OWN : b.not_all_clean ? EXIT_NOT_ALL : EXIT_CLEAN;
}

int command_main(int argc, char **argv)
{
    const char *word = argc > 1 ? argv[1] : "";

    (void)signal(SIGPIPE, SIG_IGN);
    if (strcmp(word, "--version") == 0)
        return puts("sekisho " SEKISHO_VERSION) < 0 ? EXIT_OWN : EXIT_CLEAN;
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0)
        return fputs(options_help(options_japanese()), stdout) < 0 ? EXIT_OWN : EXIT_CLEAN;
    for (int i = 2; i < argc && (strcmp(word, "clean") == 0 || strcmp(word, "inspect") == 0); i++)
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
            return fputs(options_help(options_japanese()), stdout) < 0 ? EXIT_OWN : EXIT_CLEAN;
    if (strcmp(word, "clean") == 0)
        return clean_or_inspect(argc - 1, argv + 1, false);
    if (strcmp(word, "inspect") == 0)
        return clean_or_inspect(argc - 1, argv + 1, true);
    (void)fputs(options_help(options_japanese()), stderr);
    return EXIT_USAGE;
}
