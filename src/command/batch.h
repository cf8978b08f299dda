/* Many documents through several lanes, delivered and reported in the order of the list. */
#pragma once

#include <stdio.h>

#include "command/deliver.h"
#include "command/options.h"
#include "command/report.h"
#include "command/screen.h"

struct batch {
    const struct options *options;
    const struct profile *profile;
    const struct walk *walk;
    struct deliver *deliver; /* NULL when nothing is written */
    FILE *report;                  /* or NULL */
    struct screen *screen;
    bool own_failure, not_all_clean; /* set by batch_run */
};

/* Do them all.
 *
 * Errors:  SYSTEM  a worker cannot be started, or the report cannot be written */
enum err batch_run(struct batch *b, struct fault *why) must_use;
