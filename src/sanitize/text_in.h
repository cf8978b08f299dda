/* A text document on its way in: guessed, strictly decoded, scrubbed; UTF-8 in runs.
 *
 * What was taken out and the change of character set are recorded as findings.  Rule: T03, T04, G10. */
#pragma once

#include "sanitize/clean.h"
#include "text/charset_guess.h"
#include "text/scrub.h"

struct text_in {
    struct clean *clean;
    struct charset_reader reader;
    struct scrub scrub;
    struct buf run;
    uint64_t line_at; /* line on which the run begins */
};

/* Open a text (close it with text_in_done, whatever happened).
 *
 * set     the character set when it is known (XML says it), or CHARSET_none: it is guessed
 *
 * Errors: MALFORMED T03 when it is text in no known set */
enum err text_in_open(struct text_in *t, struct clean *c, struct bytes in, enum charset set, struct fault *why) must_use;
void text_in_done(struct text_in *t);

/* The next run, valid until the next call; `*ret_end` tells that nothing follows it. */
enum err text_in_next(struct text_in *t, struct bytes *ret_run, bool *ret_end, struct fault *why) must_use;
