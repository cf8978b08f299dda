/* One document on its way: opened, hashed, handed to a lane, judged. */
#pragma once

#include <stdint.h>
#include <sys/stat.h>

#include "command/lane.h"
#include "command/walk.h"
#include "os/digest.h"

enum outcome { OUTCOME_CLEAN, OUTCOME_HELD, OUTCOME_REFUSED };

struct item {
    const struct walk_file *file;
    struct arena arena; /* of this document's report */
    int input, output;  /* -1 when not open */
    struct stat before; /* of the input when it was opened */
    char sha256[DIGEST_HEX], output_sha256[DIGEST_HEX];
    uint64_t size, output_size;
    struct lane_result result;
    bool finished; /* the verdict stands */

    enum outcome outcome;
    bool own_failure; /* nothing was wrong with the document: exit status 3 */
    const char *reason; /* row id or a word: "crash", "time", …; NULL when clean */
    const char *rule;
    const char *text; /* for a person, English */
    bool has_row;
    enum row row;
    enum type type, output_type;
    const char *output_name; /* below the output folder, NULL when nothing was written */
};

void item_init(struct item *i, const struct walk_file *file);
void item_done(struct item *i);

/* Open and hash the input.  When that fails the item is finished and false is returned. */
bool item_open(struct item *i, uint64_t size_limit);

/* What is said of this document to the worker. */
void item_job(const struct item *i, const struct profile *profile, bool inspect, struct work_job *ret);

/* Judge what came back: fail closed, whatever is missing or odd is held (invariant 10). */
void item_judge(struct item *i, bool inspect);

/* Add a finding of the program's own, beside those of the worker. */
void item_found(struct item *i, enum row row, enum act act, const char *where);

/* Finish as held because Sekisho itself failed. */
void item_fail(struct item *i, const struct fault *why);

const char *item_outcome(enum outcome o); /* "clean", "held", "refused" */
