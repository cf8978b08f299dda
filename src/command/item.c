#define _GNU_SOURCE
#include "command/item.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/limit.h"
#include "os/digest.h"
#include "os/fd.h"

enum { REPORT_MEMORY = 64 << 20 };

void item_init(struct item *i, const struct walk_file *file)
{
    *i = (struct item){.file = file, .input = -1, .output = -1};
    arena_init(&i->arena, REPORT_MEMORY);
}

void item_done(struct item *i)
{
    fd_done(&i->input);
    fd_done(&i->output);
    arena_done(&i->arena);
}

const char *item_outcome(enum outcome o)
{
    static const char *const names[] = {"clean", "held", "refused"};

    return names[o];
}

static void finish(struct item *i, enum outcome outcome, const char *reason, const char *rule, const char *text)
{
    i->finished = true;
    i->outcome = outcome;
    i->reason = reason;
    i->rule = rule;
    i->text = arena_text(&i->arena, bytes_of(text));
    if (rule_find(bytes_of(reason), &i->row))
        i->has_row = true;
}

void item_found(struct item *i, enum row row, enum act act, const char *where)
{
    struct work_finding f = {.row = row, .act = act, .count = 1};

    work_plain(f.where, bytes_part(bytes_of(where), 0, WORK_TEXT_MAX));
    lane_add_finding(&i->result, &f);
}

void item_fail(struct item *i, const struct fault *why)
{
    i->own_failure = true;
    finish(i, OUTCOME_HELD, "system", "system call", why->text);
}

static enum err open_input(struct item *i, struct fault *why)
{
    bool stdin_given = strcmp(i->file->path, "-") == 0;
    int fd = stdin_given ? dup(STDIN_FILENO) : open(i->file->path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

    if (fd < 0 || fstat(fd, &i->before) != 0) {
        fd_done(&fd);
        return fault_sys(why, i->file->path);
    }
    i->input = fd;
    if (S_ISREG(i->before.st_mode) && !stdin_given)
        return OK;
    fd = -1;
    TRY(fd_spool(i->input, &fd, why)); /* a pipe is read once, so it is kept first */
    fd_done(&i->input);
    i->input = fd;
    return fstat(fd, &i->before) == 0 ? OK : fault_sys(why, i->file->path);
}

bool item_open(struct item *i, uint64_t size_limit)
{
    struct fault why;

    if (i->file->link || i->file->special) {
        finish(i, OUTCOME_REFUSED, "A03", "links are not followed",
               i->file->link ? "a symbolic link inside a folder" : "not a regular file");
        return false;
    }
    if (open_input(i, &why) != OK) {
        item_fail(i, &why);
        return false;
    }
    i->size = (uint64_t)i->before.st_size;
    if (i->size > size_limit) {
        finish(i, OUTCOME_REFUSED, "G06", "profile limit size", "larger than the profile allows");
        return false;
    }
    if (digest_file(i->input, i->sha256, &i->size, &why) != OK) {
        item_fail(i, &why);
        return false;
    }
    return true;
}

void item_job(const struct item *i, const struct profile *profile, bool inspect, struct work_job *ret)
{
    const char *slash = strrchr(i->file->relative, '/');
    const char *name = slash == NULL ? i->file->relative : slash + 1;

    ret->profile = *profile;
    ret->inspect = inspect;
    (void)snprintf(ret->name, sizeof(ret->name), "%s", strcmp(i->file->path, "-") == 0 ? "" : name);
}

/* A worker that did not leave by itself. */
static void judge_end(struct item *i)
{
    int status = i->result.finish.status;
    int sig = WIFSIGNALED(status) ? WTERMSIG(status) : 0;

    if (i->result.finish.timed_out || sig == SIGXCPU)
        finish(i, OUTCOME_HELD, "G06", "profile limit time_ms", "took longer than the time limit");
    else if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_LIMIT)
        finish(i, OUTCOME_HELD, "G06", "profile limit memory", "needs more memory than the limit");
    else if (sig == SIGXFSZ)
        finish(i, OUTCOME_HELD, "G06", "profile limit output", "larger than the limit when rebuilt");
    else if (sig == SIGSYS)
        finish(i, OUTCOME_HELD, "crash", "confinement", "the worker tried a forbidden system call and was stopped");
    else
        finish(i, OUTCOME_HELD, "crash", "could not be rebuilt", "the worker crashed on this document");
}

static void judge_fault(struct item *i)
{
    const struct work_done *said = &i->result.said;
    const char *reason = said->has_row ? rule_id(said->row) : err_name(said->code);
    bool held = said->code == ERR_SYSTEM || said->code == ERR_STATE || (said->has_row && said->row == ROW_G07);

    i->own_failure = said->code == ERR_SYSTEM;
    finish(i, held ? OUTCOME_HELD : OUTCOME_REFUSED, reason, said->rule, said->text);
}

static bool input_changed(const struct item *i)
{
    struct stat now;

    return fstat(i->input, &now) != 0 || now.st_size != i->before.st_size ||
           now.st_mtim.tv_sec != i->before.st_mtim.tv_sec || now.st_mtim.tv_nsec != i->before.st_mtim.tv_nsec;
}

static bool output_whole(const struct item *i, bool inspect)
{
    struct stat st;

    return inspect || (fstat(i->output, &st) == 0 && (uint64_t)st.st_size == i->result.said.size);
}

void item_judge(struct item *i, bool inspect)
{
    const struct lane_result *r = &i->result;

    i->type = r->done ? r->said.type : r->type;
    i->output_type = r->said.output_type;
    if (!r->ended || !WIFEXITED(r->finish.status) || WEXITSTATUS(r->finish.status) != 0 || r->finish.timed_out)
        judge_end(i);
    else if (r->broken || !r->done)
        finish(i, OUTCOME_HELD, "crash", "wire/work", "the worker's report could not be read");
    else if (input_changed(i))
        finish(i, OUTCOME_HELD, "changed", "input", "the file changed while it was read; try again");
    else if (r->said.code != OK)
        judge_fault(i);
    else if (!output_whole(i, inspect))
        finish(i, OUTCOME_HELD, "crash", "output size", "the output is not what the worker said");
    else {
        i->outcome = OUTCOME_CLEAN;
        i->finished = true;
    }
}
