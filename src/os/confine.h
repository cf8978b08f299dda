/* What a process may do, as words at the top of its main; everything else kills it.
 *
 * The words become a seccomp allow-list (kill the process), Landlock without any rule, no_new_privs
 * and resource limits.  Where the kernel lacks seccomp or Landlock, Sekisho refuses to run, unless the
 * environment says SEKISHO_UNCONFINED=development, which is said loudly on standard error.
 * Rule: architecture, invariant 7 (a worker has nothing but its three descriptors). */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

enum confine_word {
    CONFINE_COMPUTE = 1,  /* memory without code, clocks, randomness, leaving */
    CONFINE_IO = 2,       /* read, write, map descriptors that are already open */
    CONFINE_CHANNEL = 4,  /* send and receive messages with descriptors, poll */
    CONFINE_CHILDREN = 8, /* fork, wait, kill own children, confine them further */
};

struct confine_filter; /* a compiled allow-list */

/* Resource limits of a process that meets a document. */
struct confine_limits {
    uint64_t memory; /* bytes of address space */
    uint64_t output; /* bytes of one file */
    uint32_t cpu_s;  /* seconds of processor time */
};

/* Whether the kernel has what is needed.
 *
 * ret_developing  set to true when it lacks something and the development option allows going on
 *
 * Errors:  UNSUPPORTED  names what is missing and what to do */
enum err confine_check(bool *ret_developing, struct fault *why) must_use;

/* Compile the allow-list for `words`; done once, before the first document, because it is slow. */
enum err confine_compile(unsigned words, struct confine_filter **ret_filter, struct fault *why) must_use;

/* Give up everything but the words of the filter; there is no way back. */
enum err confine_enter(const struct confine_filter *filter, bool developing, struct fault *why) must_use;

/* Set the limits of this process, and that it gets no descriptor more than it has. */
enum err confine_limit(const struct confine_limits *limits, struct fault *why) must_use;
