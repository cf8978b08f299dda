/* Runs of characters nobody sees in the text of a document: they can carry a message to a machine (row G10).
 *
 * One joiner or selector belongs to many scripts and stays; SCRUB_HIDDEN_RUN of them in a row belong to none.
 * The row's choice decides whether such a run is only reported or goes. */
#pragma once

#include "base/bytes.h"
#include "base/err.h"

struct ooxml_filter;

/* A run at hand; it may go on in the next piece of the same text. */
struct ooxml_hidden {
    uint32_t count;      /* characters of it */
    uint32_t len;        /* bytes held back while it is still short (only when runs go) */
    uint8_t pending[64];
};

/* Write a piece of text. */
enum err ooxml_hidden_text(struct ooxml_filter *f, struct bytes text, struct fault *why) must_use;

/* The text is over: what was held back is written. */
enum err ooxml_hidden_end(struct ooxml_filter *f, struct fault *why) must_use;
