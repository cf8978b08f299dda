/* The command line of `sekisho clean` and `sekisho inspect`. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

struct options {
    bool inspect;        /* findings only */
    bool replace;        /* an output that is already there is replaced */
    bool japanese;       /* language of what people read */
    bool tty;            /* progress is drawn */
    bool quiet;          /* no table */
    const char *profile; /* name or path */
    const char *out;     /* folder of the outputs */
    const char *report;  /* path, "-" for standard output, or NULL */
    unsigned jobs;       /* workers at a time */
    char *const *paths;
    size_t path_count;
};

/* Read argv after the name of the subcommand.
 *
 * Errors:  MALFORMED  fault.text says which word and what was expected: exit status 2 */
enum err options_read(int argc, char **argv, bool inspect, struct options *ret, struct fault *why) must_use;

/* Whether the locale of the environment (LC_ALL, LC_MESSAGES, LANG) is Japanese. */
bool options_japanese(void);

const char *options_help(bool japanese);
