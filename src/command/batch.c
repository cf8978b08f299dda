#define _GNU_SOURCE
#include "command/batch.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/limit.h"
#include "os/fd.h"

/* A slot holds one document from its opening until its line is written.  More slots than lanes, so that one
 * slow document does not keep the others' lanes idle while order is kept. */
enum { SLOTS_PER_LANE = 8 };

struct run {
    struct batch *batch;
    struct lane *lanes;
    struct item **of_lane; /* what each lane works on, NULL when idle */
    unsigned lane_count;
    struct item *slots; /* a ring: item n of the list is in slot n % slot_count */
    size_t slot_count;
    size_t opened, delivered; /* of the list */
};

static bool is_stdin(const struct item *i)
{
    return strcmp(i->file->path, "-") == 0;
}

static enum err open_output(const struct run *r, struct item *i, struct fault *why)
{
    if (r->batch->deliver != NULL)
        return deliver_nameless(r->batch->deliver, &i->output, why);
    return fd_nameless(&i->output, why);
}

static enum err cannot_work(struct fault *why)
{
    return fault_set(why, ERR_SYSTEM, NULL, "lane", 0, "no document can be opened; sekisho-worker says why above");
}

/* Hand an opened item to an idle lane; a lane whose prototype is gone is opened anew once. */
static enum err give(struct run *r, unsigned lane, struct item *i, struct fault *why)
{
    struct work_job job;
    enum err code;

    TRY(open_output(r, i, why));
    item_job(i, r->batch->profile, r->batch->options->inspect, &job);
    i->result.arena = &i->arena;
    code = lane_start(&r->lanes[lane], &job, i->input, i->output, &i->result, why);
    if (code != OK) {
        int status = lane_close(&r->lanes[lane]);

        if (WIFEXITED(status) && WEXITSTATUS(status) == LANE_CANNOT_WORK)
            return cannot_work(why);
        TRY(lane_open(&r->lanes[lane], why));
        TRY(lane_start(&r->lanes[lane], &job, i->input, i->output, &i->result, why));
    }
    r->of_lane[lane] = i;
    return OK;
}

static void deliver(struct run *r, struct item *i)
{
    struct fault why = {0};
    enum err code = OK;

    if (i->outcome != OUTCOME_CLEAN || r->batch->options->inspect)
        return;
    if (is_stdin(i))
        code = deliver_copy(i, STDOUT_FILENO, &why);
    else
        code = deliver_item(r->batch->deliver, i, &why);
    if (code != OK)
        item_fail(i, &why);
}

/* Deliver and report everything that is finished, in order. */
static enum err flush(struct run *r, struct fault *why)
{
    struct batch *b = r->batch;

    while (r->delivered < r->opened) {
        struct item *i = &r->slots[r->delivered % r->slot_count];

        if (!i->finished)
            break;
        deliver(r, i);
        b->own_failure |= i->own_failure;
        b->not_all_clean |= i->outcome != OUTCOME_CLEAN;
        if (b->report != NULL)
            TRY(report_item(b->report, i, b->profile->name, why));
        screen_item(b->screen, i);
        item_done(i);
        r->delivered++;
        screen_progress(b->screen, r->delivered, i->file->relative);
    }
    return OK;
}

static unsigned idle_lane(const struct run *r)
{
    unsigned lane = 0;

    while (lane < r->lane_count && r->of_lane[lane] != NULL)
        lane++;
    return lane;
}

/* Open the next documents while a lane and a slot are free. */
static enum err feed(struct run *r, struct fault *why)
{
    const struct walk *w = r->batch->walk;

    while (r->opened < w->count && r->opened - r->delivered < r->slot_count) {
        unsigned lane = idle_lane(r);
        struct item *i = &r->slots[r->opened % r->slot_count];

        if (lane == r->lane_count)
            return OK;
        item_init(i, &w->files[r->opened++]);
        if (item_open(i, r->batch->profile->limits.size))
            TRY(give(r, lane, i, why));
        else
            TRY(flush(r, why));
    }
    return OK;
}

/* The prototype of a lane is gone: its document is held, the lane starts afresh. */
static enum err lost(struct run *r, unsigned lane, struct fault *why)
{
    struct item *i = r->of_lane[lane];
    int status = lane_close(&r->lanes[lane]);

    if (i == NULL || (WIFEXITED(status) && WEXITSTATUS(status) == LANE_CANNOT_WORK))
        return cannot_work(why);
    item_judge(i, r->batch->options->inspect);
    r->of_lane[lane] = NULL;
    return lane_open(&r->lanes[lane], why);
}

static enum err hear(struct run *r, unsigned lane, const struct pollfd *channel, const struct pollfd *control,
                     struct fault *why)
{
    struct lane *l = &r->lanes[lane];

    if (channel->fd >= 0 && channel->revents != 0 && l->channel >= 0)
        TRY(lane_hear_channel(l, why));
    if (control->revents == 0)
        return OK;
    if (lane_hear_control(l, why) != OK)
        return lost(r, lane, why);
    item_judge(r->of_lane[lane], r->batch->options->inspect);
    r->of_lane[lane] = NULL;
    return OK;
}

static enum err wait_and_hear(struct run *r, struct pollfd *p, struct fault *why)
{
    for (unsigned i = 0; i < r->lane_count; i++) {
        p[2 * i] = (struct pollfd){.fd = r->lanes[i].channel, .events = POLLIN};
        p[2 * i + 1] = (struct pollfd){.fd = r->lanes[i].control, .events = POLLIN};
    }
    if (poll(p, 2 * r->lane_count, -1) < 0)
        return errno == EINTR ? OK : fault_sys(why, "poll");
    for (unsigned i = 0; i < r->lane_count; i++)
        TRY(hear(r, i, &p[2 * i], &p[2 * i + 1], why));
    return OK;
}

static enum err loop(struct run *r, struct fault *why)
{
    struct pollfd *p = calloc(r->lane_count, 2 * sizeof(*p));
    enum err code = OK;

    if (p == NULL)
        limit_exit();
    while (code == OK && r->delivered < r->batch->walk->count) {
        code = feed(r, why);
        if (code == OK && r->delivered < r->opened)
            code = wait_and_hear(r, p, why);
        if (code == OK)
            code = flush(r, why);
    }
    free(p);
    return code;
}

static enum err open_lanes(struct run *r, struct fault *why)
{
    size_t wanted = r->batch->options->jobs;

    if (wanted > r->batch->walk->count)
        wanted = r->batch->walk->count;
    r->lanes = calloc(wanted, sizeof(*r->lanes));
    r->of_lane = calloc(wanted, sizeof(*r->of_lane));
    r->slot_count = wanted * SLOTS_PER_LANE;
    r->slots = calloc(r->slot_count, sizeof(*r->slots));
    if (r->lanes == NULL || r->of_lane == NULL || r->slots == NULL)
        limit_exit();
    for (; r->lane_count < wanted; r->lane_count++)
        TRY(lane_open(&r->lanes[r->lane_count], why));
    return OK;
}

enum err batch_run(struct batch *b, struct fault *why)
{
    struct run r = {.batch = b};
    enum err code = OK;

    if (b->walk->count == 0)
        return OK;
    code = open_lanes(&r, why);
    if (code == OK)
        code = loop(&r, why);
    for (unsigned i = 0; i < r.lane_count; i++)
        (void)lane_close(&r.lanes[i]);
    for (size_t n = r.delivered; n < r.opened; n++)
        item_done(&r.slots[n % r.slot_count]);
    free(r.lanes);
    free(r.of_lane);
    free(r.slots);
    return code;
}
