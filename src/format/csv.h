/* Tables of delimited text, cut into cells as they are pushed in.
 *
 * A quote opens a cell only at its start; inside, a doubled quote is a quote; what stands between the closing
 * quote and the delimiter is part of the cell, as spreadsheets read it.  Rows end at LF, CRLF or a lone CR.
 *
 * Rule: RFC 4180 2; deviations are read as spreadsheets read them and never guessed otherwise. */
#pragma once

#include "base/buf.h"

enum csv_end { CSV_OPEN, CSV_LF, CSV_CRLF }; /* how a row ended: at the end of the text, or with a line end */

struct csv_cell {
    struct bytes text; /* quotes taken off; valid for the call */
    bool quoted;
    uint64_t row;      /* from 1 */
    uint32_t column;   /* from 1 */
};

/* What is called; an error ends the reading and is returned by csv_push. */
struct csv_handler {
    enum err (*cell)(void *ctx, const struct csv_cell *cell, struct fault *why);
    enum err (*row)(void *ctx, enum csv_end end, struct fault *why);
};

struct csv {
    const struct csv_handler *handler;
    void *ctx;
    struct buf cell;
    uint64_t row;
    uint32_t column;
    uint8_t delimiter, state;
    bool quoted, after_cr;
};

/* cell_max  longer cells are refused (LIMIT, G06) */
void csv_init(struct csv *c, uint8_t delimiter, size_t cell_max, const struct csv_handler *handler, void *ctx);
void csv_done(struct csv *c);

/* The next piece of the text, in any ASCII-compatible coding; then the end. */
enum err csv_push(struct csv *c, struct bytes piece, struct fault *why) must_use;
enum err csv_end(struct csv *c, struct fault *why) must_use;

/* The delimiter a table is likely written with: which of comma, semicolon and TAB its first row has most of
 * outside of quotes; the comma when it has none or as many. */
uint8_t csv_delimiter(struct bytes head);

/* Length of the first row with its line end (a quoted line end does not end it), or 0 when it does not end. */
size_t csv_first_row(struct bytes head);
