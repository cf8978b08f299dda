/* PDF objects as bytes: one spelling for each value, one table of objects, one trailer.
 *
 * Rule:    ISO 32000-1 7.3 (objects), 7.5 (file structure) */
#pragma once

#include "base/arena.h"
#include "base/sink.h"
#include "format/deflate.h"
#include "format/pdf_value.h"

/* Spellings, appended to a buffer without white space around them. */
void pdf_write_name(struct buf *b, struct bytes name);     /* with the slash; #xx only where needed */
void pdf_write_string(struct buf *b, struct bytes string); /* literal if printable ASCII, hexadecimal otherwise */
void pdf_write_int(struct buf *b, int64_t num);
void pdf_write_ref(struct buf *b, uint32_t number);

/* A value that is neither container nor reference (nothing for those). */
void pdf_write_scalar(struct buf *b, const struct pdf_value *v);

/* A space if the last byte would run together with a word or number. */
void pdf_write_gap(struct buf *b);

/* The file being written.  Objects are numbered by the caller from 1 and may come in any order. */
struct pdf_write {
    struct sink *sink;
    struct arena *arena;
    uint64_t *offsets; /* by object number; 0 = not written */
    size_t cap;
    uint32_t highest;
    uint64_t digest[2]; /* of what was put, for /ID */
};

/* Begin a file; the header names version 1.7. */
enum err pdf_write_begin(struct pdf_write *w, struct sink *sink, struct arena *a, struct fault *why) must_use;

/* One object; `body` is its spelling. */
enum err pdf_write_object(struct pdf_write *w, uint32_t number, struct bytes body, struct fault *why) must_use;

/* A stream; `keys` are the pairs of its dictionary without << >> and without /Length. */
enum err pdf_write_stream(struct pdf_write *w, uint32_t number, struct bytes keys, struct bytes data,
                          struct fault *why) must_use;

/* A stream packed with Flate; `keys` as above, without /Filter. */
enum err pdf_write_flate(struct pdf_write *w, struct deflate *d, uint32_t number, struct bytes keys, struct bytes data,
                         struct fault *why) must_use;

/* The table and the trailer; a number never written becomes a free entry. */
enum err pdf_write_end(struct pdf_write *w, uint32_t root, struct fault *why) must_use;
