/* Errors: `enum err` says what the caller can do, `struct fault` says why, where and by which rule. */
#pragma once

#include <stddef.h>

#include "base/macro.h"

enum err {
    OK = 0,
    ERR_MALFORMED,   /* the bytes break the format's own rule */
    ERR_UNSUPPORTED, /* well formed, but not something we rebuild */
    ERR_LIMIT,       /* larger, deeper or longer than the budget */
    ERR_DENIED,      /* forbidden by a rule, or locked with a password */
    ERR_STATE,       /* not possible now */
    ERR_MISSING,     /* not there */
    ERR_SYSTEM,      /* the kernel or a library failed; see fault.sys */
};

struct fault {
    enum err code;
    int sys;          /* errno, or 0 */
    size_t at;        /* byte offset in the input, or 0 */
    const char *row;  /* the catalogue row that decides the outcome ("G07"), or NULL; static storage */
    const char *rule; /* the sentence broken ("APPNOTE 4.3.16"); static storage, never NULL once set */
    char text[160];   /* for a person, in English, one line */
};

/* Fill a fault and return its code, so that `return fault_set(…)` reads as one thought.
 *
 * why   filled; may be NULL when the caller does not care
 * row   catalogue row (static string) or NULL
 * rule  the rule broken (static string)
 * at    byte offset in the input, or 0 */
enum err fault_set(struct fault *why, enum err code, const char *row, const char *rule, size_t at,
                   const char *fmt, ...) format_like(6, 7);

/* The same for a failed system call: code is ERR_SYSTEM, errno is kept. */
enum err fault_sys(struct fault *why, const char *what);

/* The name of a code, for reports: "malformed", "limit", … */
const char *err_name(enum err code);

/* Pass an error up. */
#define TRY(call)              \
    do {                       \
        enum err try_ = (call); \
        if (try_ != OK)        \
            return try_;       \
    } while (0)
