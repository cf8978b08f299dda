/* A ZIP archive written: the same entries give the same bytes.
 *
 * Names are UTF-8 (flag 11 set), dates are 1980-01-01, no attributes, comments or extra fields.  Content is
 * deflated, or stored where that is shorter.  Order of the entries is the order of writing.
 *
 *     struct zip_write w;
 *     zip_write_init(&w, sink, 250);
 *     TRY(zip_write_whole(&w, BYTES("a.txt"), content, why));
 *     TRY(zip_write_begin(&w, BYTES("b.xml"), why));
 *     TRY(zip_write_more(&w, chunk, why));     any number of times, any length
 *     TRY(zip_write_end(&w, why));
 *     TRY(zip_write_finish(&w, why));
 *     zip_write_done(&w);                      in every case */
#pragma once

#include <stdbool.h>

#include "base/sink.h"
#include "format/deflate.h"

enum {
    ZIP_WRITE_HELD = 8 << 20, /* an entry up to this length is held in memory, a longer one is streamed */
};

struct zip_write {
    struct sink *out;
    uint64_t from; /* length of the sink at the beginning */
    uint32_t ratio;
    struct deflate deflate;
    struct buf held, packed, directory, name;
    uint64_t count;
    /* the entry being written */
    uint64_t at, size, packed_len;
    uint32_t crc;
    uint16_t method;
    struct deflate_stream stream;
    bool open;
};

/* out    borrowed until zip_write_done()
 * ratio  no entry over 1 MiB is written smaller than its content divided by this, so that a reader with
 *        that limit accepts it; 0 = no such limit */
void zip_write_init(struct zip_write *w, struct sink *out, uint32_t ratio);
void zip_write_done(struct zip_write *w);

/* Begin an entry; a name that ends with a slash is a folder, which has no content.
 *
 * Errors:  STATE  another entry is open, or the name is empty or over 65535 bytes
 *          those of the sink */
enum err zip_write_begin(struct zip_write *w, struct bytes name, struct fault *why) must_use;

/* More content of the open entry.  How it is cut does not change what is written.
 *
 * Errors:  LIMIT  G06: the entry is larger than 4 GiB */
enum err zip_write_more(struct zip_write *w, struct bytes content, struct fault *why) must_use;
enum err zip_write_end(struct zip_write *w, struct fault *why) must_use;

/* A whole entry at once. */
enum err zip_write_whole(struct zip_write *w, struct bytes name, struct bytes content, struct fault *why) must_use;

/* An entry that is stored whatever its content: the first one of an EPUB or OpenDocument package. */
enum err zip_write_stored(struct zip_write *w, struct bytes name, struct bytes content, struct fault *why) must_use;

/* The directory and the end record; nothing may be written after it. */
enum err zip_write_finish(struct zip_write *w, struct fault *why) must_use;

/* A sink that writes into the open entry (put only). */
struct sink zip_write_sink(struct zip_write *w);
