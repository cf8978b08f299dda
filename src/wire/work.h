/* What command, prototype and worker say to each other.
 *
 *     command   → prototype  JOB, with three descriptors: channel, input, output
 *     worker    → command    TYPE, FINDING…, DONE, on the channel of the job
 *     prototype → command    ENDED, after the worker is gone
 *
 * A worker has met a stranger's document: what it says is decoded with suspicion, and a broken
 * message costs it the job.  Numbers are little-endian; texts are UTF-8 with their length in front. */
#pragma once

#include "base/buf.h"
#include "rule/profile.h"

enum work_kind { WORK_JOB = 1, WORK_TYPE, WORK_FINDING, WORK_DONE, WORK_ENDED };

enum { WORK_NAME_MAX = 1024, WORK_TEXT_MAX = 512 };

struct work_job {
    struct profile profile;
    bool inspect; /* findings only: nothing is written */
    char name[WORK_NAME_MAX + 1];
};

struct work_finding {
    enum row row;
    enum act act;
    uint32_t count;
    char where[WORK_TEXT_MAX + 1];
};

struct work_done {
    enum err code;
    enum type type, output_type;
    bool has_row;
    enum row row;  /* why it was not passed; only when has_row */
    uint64_t at;   /* byte offset, or 0 */
    uint64_t size; /* bytes written to the output */
    char rule[WORK_TEXT_MAX + 1];
    char text[WORK_TEXT_MAX + 1];
};

struct work_ended {
    int32_t status; /* as of waitpid() */
    bool timed_out;
    uint32_t wall_ms, cpu_ms, peak_kb;
};

/* The kind of a message; 0 for none of ours. */
enum work_kind work_kind(struct bytes message);

void work_put_job(struct buf *b, const struct work_job *m);
void work_put_type(struct buf *b, enum type type);
void work_put_finding(struct buf *b, const struct work_finding *m);
void work_put_done(struct buf *b, const struct work_done *m);
void work_put_ended(struct buf *b, const struct work_ended *m);

/* Decode; false when the message is not exactly one of its kind with every value in range.
 * Texts come back as UTF-8 without control characters whatever was sent. */
bool work_get_job(struct bytes message, struct work_job *ret);
bool work_get_type(struct bytes message, enum type *ret);
bool work_get_finding(struct bytes message, struct work_finding *ret);
bool work_get_done(struct bytes message, struct work_done *ret);
bool work_get_ended(struct bytes message, struct work_ended *ret);

/* Copy any bytes as a person may see them: UTF-8, anything else a question mark.
 * `to` has room for from.len + 1 bytes. */
void work_plain(char *to, struct bytes from);
