/* A profile: what the rules do for one direction.  Only rows with choices can be switched.
 *
 * A profile file has one statement a line; `#` begins a comment:
 *
 *     profile strict
 *     P05 remove           a row and one of its choices: keep sanitize remove refuse
 *     format pdf text      a family and what is made of it: rebuild text refuse
 *     limit size 500M      limits: size, entries, depth, pixels, time, memory, output, ratio
 */
#pragma once

#include "base/err.h"
#include "rule/rule.h"
#include "rule/type.h"

/* What is made of a family of formats. */
enum mode { MODE_REBUILD, MODE_TEXT, MODE_REFUSE, MODE_COUNT };

enum family { FAMILY_OFFICE, FAMILY_PDF, FAMILY_IMAGE, FAMILY_SVG, FAMILY_TEXT, FAMILY_DATA, FAMILY_ARCHIVE, FAMILY_COUNT };

struct limits {
    uint64_t size;      /* bytes of one input */
    uint64_t unpacked;  /* bytes taken out of containers, all levels together */
    uint64_t output;    /* bytes of one output */
    uint64_t pixels;    /* of one picture, all frames together */
    uint32_t entries;   /* of all archives in one submission */
    uint32_t depth;     /* archive in archive */
    uint32_t ratio;     /* unpacked : packed, for entries over 1 MiB */
    uint32_t time_ms;   /* of the wall clock */
    uint64_t memory;    /* address space of a worker */
};

struct profile {
    char name[32];
    uint8_t choice[ROW_COUNT]; /* enum choice */
    uint8_t mode[FAMILY_COUNT]; /* enum mode */
    struct limits limits;
};

/* The defaults of the catalogue under the name "standard". */
void profile_default(struct profile *p);

/* Read a profile file over the defaults.
 *
 * Errors:  MALFORMED  fault.text names line, column and what was expected
 *          DENIED     a row that can never be switched, or a choice it does not have */
enum err profile_parse(struct bytes text, struct profile *ret_profile, struct fault *why) must_use;

static inline enum choice profile_choice(const struct profile *p, enum row row)
{
    return (enum choice)p->choice[row];
}

enum family profile_family(enum type type);
