/* The prototype: a process that has loaded every library and never met a document.
 *
 * It hears jobs on one descriptor, forks one worker a document, waits for it with a limit of wall-clock
 * time, and says how it ended.  It never reads the input, the output or the channel of a job. */
#pragma once

#include <stdbool.h>

#include "sanitize/clean.h"

/* Serve jobs until the other side closes.
 *
 * control     SEQPACKET, see wire/work.h; borrowed
 * rebuild     clean_document; the confinement test puts a hostile function here
 * developing  as of confine_check()
 *
 * Errors:  SYSTEM  the kernel refused what the prototype itself needs */
enum err prototype_serve(int control, clean_fn *rebuild, bool developing, struct fault *why) must_use;
