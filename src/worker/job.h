/* One document, once: what a worker does between fork and exit. */
#pragma once

#include "os/confine.h"
#include "sanitize/clean.h"
#include "wire/work.h"

/* The descriptors of a worker; it has no others.  0 to 2 are closed, so that a library that prints
 * is not heard. */
enum { JOB_CHANNEL_FD = 3, JOB_INPUT_FD = 4, JOB_OUTPUT_FD = 5 };

/* What all workers of a prototype share. */
struct job_means {
    clean_fn *rebuild; /* clean_document; the confinement test puts a hostile one here */
    const struct confine_filter *filter;
    bool developing; /* as of confine_check() */
};

/* Confine this process, rebuild the document, report, leave. */
_Noreturn void job_run(const struct work_job *job, const struct job_means *means);
