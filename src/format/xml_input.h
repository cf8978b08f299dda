/* The bytes of an XML part as checked UTF-8 with LF line ends: the first stage of the reader. */
#pragma once

#include "base/bytes.h"
#include "base/err.h"

enum xml_coding { XML_UNKNOWN, XML_UTF8, XML_UTF16LE, XML_UTF16BE };

struct xml_input {
    enum xml_coding coding;
    bool after_cr;
    uint8_t carry[4]; /* a character, or the head of the part, not yet complete */
    size_t carry_len;
    uint16_t high; /* a high surrogate that waits for its low one */
    uint64_t at;   /* bytes taken */
};

/* At most so many bytes are given at once, and at most so many come out. */
enum { XML_INPUT_MAX = 65536, XML_INPUT_ROOM = XML_INPUT_MAX * 3 / 2 + 64 };

/* Decode a piece of at most XML_INPUT_MAX bytes.
 *
 * to       room for XML_INPUT_ROOM bytes
 * ret_len  bytes written there
 *
 * Errors:  MALFORMED  not UTF-8 or UTF-16, or a character XML does not have
 * Rule:    XML 1.0 2.2 Char, 2.11 end-of-line, appendix F (byte order mark) */
enum err xml_input_decode(struct xml_input *in, struct bytes piece, uint8_t *to, size_t *ret_len,
                          struct fault *why) must_use;

/* No more bytes: what was carried must be nothing. */
enum err xml_input_end(struct xml_input *in, uint8_t *to, size_t *ret_len, struct fault *why) must_use;
