/* Content streams, token by token: what the operator list knows is written afresh, the rest is not.
 *
 * Every operand is counted and typed, names must be found in the resources, q/Q, BT/ET and
 * BMC/EMC are balanced at the end, inline images are measured and written in hexadecimal so that no
 * reader has to guess where they end.  The output of an output is itself.
 *
 * Rule:    ISO 32000-1 7.8.2 (content streams), 8.9.7 (inline images), Annex A */
#pragma once

#include "base/buf.h"

enum pdf_resource {
    PDF_RESOURCE_NONE,
    PDF_RESOURCE_XOBJECT, PDF_RESOURCE_FONT, PDF_RESOURCE_GSTATE, PDF_RESOURCE_COLOR_SPACE,
    PDF_RESOURCE_PATTERN, PDF_RESOURCE_SHADING, PDF_RESOURCE_PROPERTIES,
};

/* What the caller knows about the resources of this stream, and what it wants. */
struct pdf_token_rules {
    void *ctx;

    /* Whether a name stands for something; NULL = every name does. */
    bool (*has)(void *ctx, enum pdf_resource kind, struct bytes name);

    /* Colour components of a named colour space; 0 = not known. */
    unsigned (*components)(void *ctx, struct bytes name);

    /* Rebuild the DCT data of an inline image; false = drop the image.  NULL = none pass. */
    bool (*picture)(void *ctx, struct bytes data, struct buf *out);

    /* Whether a marked section of optional content (the name in /Properties) is to be left out; NULL = none is. */
    bool (*hidden)(void *ctx, struct bytes name);

    bool drop_invisible; /* leave out text shown in render mode 3, and replacement text */
    bool one_line;       /* spaces instead of line ends: for /DA strings */
};

/* What was met. */
struct pdf_token_seen {
    uint32_t unknown;    /* operators that are not in the list, wrong operands, stray tokens */
    uint32_t unbalanced; /* brackets opened or closed by us */
    uint32_t missing;    /* names the resources do not have */
    uint32_t postscript; /* PS operators */
    uint32_t images;     /* inline images dropped */
    uint32_t invisible;  /* text shown in render mode 3 */
    uint32_t instead;    /* replacement text: /ActualText, /Alt, /E */
    uint32_t hidden;     /* sections left out by rules->hidden */
};

enum { PDF_TOKEN_NEST = 256 }; /* deeper q or BMC are dropped with their other half */

/* Rewrite a content stream.
 *
 * out  appended to
 *
 * Cannot fail: an empty stream is a content stream. */
void pdf_token_rewrite(struct bytes in, const struct pdf_token_rules *rules, struct buf *out,
                       struct pdf_token_seen *ret_seen);
