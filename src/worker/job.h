/* One document, once: what a worker does between fork and exit. */
#pragma once

#include "os/confine.h"
#include "wire/work.h"

/* The descriptors of a worker; it has no others.  0 to 2 are closed, so that a library that prints
 * is not heard. */
enum { JOB_CHANNEL_FD = 3, JOB_INPUT_FD = 4, JOB_OUTPUT_FD = 5 };

/* Confine this process, rebuild the document, report, leave. */
_Noreturn void job_run(const struct work_job *job, const struct confine_filter *filter, bool developing);
