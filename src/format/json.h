/* A streaming JSON reader: tokens as they come, the grammar enforced to the letter.
 *
 * Several values are taken when each begins on a line of its own (as logs are written).  Numbers are given
 * as they are written, so that none loses a digit; strings unescaped, in pieces.
 *
 * Rule: RFC 8259 2–7; row T08 for what is outside of it or of the limits below. */
#pragma once

#include "base/buf.h"

enum { JSON_DEPTH_MAX = 128, JSON_NUMBER_MAX = 128, JSON_EXPONENT_MAX = 3 /* digits */ };

enum json_token {
    JSON_SPACE,  /* white space between tokens, as it stands */
    JSON_MARK,   /* one of { } [ ] , : */
    JSON_NUMBER, /* as it stands; also true, false and null */
    JSON_BEGIN,  /* a string begins … */
    JSON_PART,   /* … its next piece, unescaped UTF-8 … */
    JSON_END,    /* … and ends */
};

/* key  the string is the name of a member
 * An error ends the reading and is returned by json_push. */
typedef enum err json_see_fn(void *ctx, enum json_token token, bool key, struct bytes text, struct fault *why);

struct json {
    json_see_fn *see;
    void *ctx;
    uint64_t at, line;               /* of the next byte; the line from 1 */
    uint8_t state, hex_left, depth;
    bool key, line_passed;
    uint32_t code, high;             /* of \u escapes */
    uint8_t open[JSON_DEPTH_MAX];    /* '{' or '[' */
    uint8_t word[JSON_NUMBER_MAX];   /* a number or literal being read */
    size_t word_len;
};

void json_init(struct json *j, json_see_fn *see, void *ctx);

/* The next piece (whole characters of valid UTF-8), then the end.
 *
 * Errors:  MALFORMED  T08, with the line
 *          LIMIT      T08: too deep, a number too long */
enum err json_push(struct json *j, struct bytes piece, struct fault *why) must_use;
enum err json_end(struct json *j, struct fault *why) must_use;
