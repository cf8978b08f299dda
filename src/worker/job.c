#include "worker/job.h"

#include <stdio.h>
#include <unistd.h>

#include "base/limit.h"
#include "inspect/sniff.h"
#include "os/fd.h"
#include "os/fd_sink.h"
#include "text/filename.h"

enum { MESSAGE_MAX = 4096 };

/* write() and not sendmsg(): a worker may not even send descriptors. */
static void say(struct buf *message)
{
    struct fault why;

    if (fd_write(JOB_CHANNEL_FD, buf_bytes(message), &why) != OK)
        _exit(1);
    buf_reset(message);
}

static void say_findings(const struct findings *found, struct buf *message)
{
    for (size_t i = 0; i < found->count; i++) {
        const struct finding *f = &found->list[i];
        struct work_finding m = {.row = f->row, .act = f->act, .count = f->count};

        (void)snprintf(m.where, sizeof(m.where), "%.*s", (int)f->where.len, (const char *)f->where.at);
        work_put_finding(message, &m);
        say(message);
    }
}

static void say_done(const struct clean *c, enum err code, const struct fault *why, uint64_t size, struct buf *message)
{
    struct work_done m = {.code = code, .type = c->type, .output_type = c->ret_type, .size = size};

    if (code != OK) {
        m.has_row = why->row != NULL && rule_find(bytes_of(why->row), &m.row);
        m.at = why->at;
        (void)snprintf(m.rule, sizeof(m.rule), "%s", why->rule != NULL ? why->rule : "");
        (void)snprintf(m.text, sizeof(m.text), "%s", why->text);
    }
    work_put_done(message, &m);
    say(message);
}

/* Read back what was written: it must be of the type it was made as. */
static enum err check_output(struct clean *c, struct fault *why)
{
    struct bytes made, name = c->name, ending = type_extension(c->ret_type);

    if (name.len > 0 && ending.len > 0 && !type_may_end(c->ret_type, filename_extension(name)))
        name = filename_with_extension(c->arena, name, ending);
    TRY(fd_map(JOB_OUTPUT_FD, &made, why));
    return clean_check_made(made, name, c->ret_type, why);
}

static enum err rebuild(struct clean *c, const struct work_job *job, clean_fn *fn, struct buf *message,
                        uint64_t *ret_size, struct fault *why)
{
    struct fd_sink file;
    struct sink out;
    struct bytes in;

    TRY(fd_map(JOB_INPUT_FD, &in, why));
    /* said before the document is opened, so that a crash can be reported with its type */
    work_put_type(message, sniff_type(in, c->name));
    say(message);
    if (job->inspect) {
        out = sink_to_nothing();
        return fn(c, in, &out, why);
    }
    fd_sink_init(&file, JOB_OUTPUT_FD, job->profile.limits.output, &out);
    TRY(fn(c, in, &out, why));
    TRY(fd_sink_flush(&file, why));
    *ret_size = out.len;
    return check_output(c, why);
}

static void confine(const struct work_job *job, const struct job_means *means)
{
    const struct limits *l = &job->profile.limits;
    struct confine_limits limits = {.memory = l->memory, .output = l->output, .cpu_s = l->time_ms / 1000 + 1};
    struct fault why;

    if (confine_limit(&limits, &why) != OK || confine_enter(means->filter, means->developing, &why) != OK)
        _exit(1);
}

_Noreturn void job_run(const struct work_job *job, const struct job_means *means)
{
    struct fault why = {0};
    struct arena arena;
    struct findings found;
    struct budget budget = {.unpacked = job->profile.limits.unpacked,
                            .pixels = job->profile.limits.pixels,
                            .entries = job->profile.limits.entries};
    struct clean c = {.profile = &job->profile, .arena = &arena, .findings = &found, .budget = &budget,
                      .name = bytes_of(job->name), .where = ""};
    struct buf message;
    uint64_t size = 0;
    enum err code;

    confine(job, means);
    arena_init(&arena, job->profile.limits.memory);
    finding_init(&found, &arena);
    buf_init(&message, MESSAGE_MAX);
    code = rebuild(&c, job, means->rebuild, &message, &size, &why);
    say_findings(&found, &message);
    say_done(&c, code, &why, size, &message);
    _exit(0);
}
