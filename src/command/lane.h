/* A lane: one prototype, and one document at a time through it. */
#pragma once

#include <stdbool.h>
#include <sys/types.h>

#include "base/arena.h"
#include "wire/work.h"

/* What came back of one document. */
struct lane_result {
    struct arena *arena; /* findings live here; lent by the caller */
    struct work_finding *findings;
    size_t finding_count, finding_cap;
    bool typed, done, ended, broken;
    enum type type;
    struct work_done said;     /* only when done */
    struct work_ended finish;  /* only when ended */
};

struct lane {
    pid_t pid;
    int control; /* to the prototype */
    int channel; /* of the running job, or -1 */
    struct lane_result *result; /* of the running job, or NULL */
};

/* Append to the findings of a document. */
void lane_add_finding(struct lane_result *r, const struct work_finding *f);

/* Start a prototype.
 *
 * Errors:  SYSTEM  sekisho-worker is not beside sekisho, or cannot be started */
enum err lane_open(struct lane *l, struct fault *why) must_use;

/* End the prototype and wait for it; returns its status as of waitpid(), 0 when there was none. */
int lane_close(struct lane *l);

/* Exit status of a prototype that cannot work here and has said why on standard error. */
enum { LANE_CANNOT_WORK = 3 };

/* Give it a document: descriptors are borrowed and may be closed at once.  The lane must be idle. */
enum err lane_start(struct lane *l, const struct work_job *job, int input, int output, struct lane_result *result,
                    struct fault *why) must_use;

/* Take what has arrived on the channel or on the control descriptor.
 * After the prototype's last word result->ended is true and the lane is idle.
 *
 * Errors:  STATE  the prototype itself is gone (result->broken is set, the lane must be opened anew) */
enum err lane_hear_channel(struct lane *l, struct fault *why) must_use;
enum err lane_hear_control(struct lane *l, struct fault *why) must_use;
