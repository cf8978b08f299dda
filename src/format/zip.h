/* A ZIP archive, read strictly: one reading or none.
 *
 * The central directory, the local headers and the data descriptors must say the same, the entries must
 * not overlap, and nothing outside of them may look like another archive.  Names are given as they stand;
 * what a safe name is, is not the business of this file.
 *
 * Rule: APPNOTE 6.3.10; ISO/IEC 21320-1.  Catalogue row A04. */
#pragma once

#include <stdbool.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/map.h"
#include "format/deflate.h"

enum { ZIP_STORED = 0, ZIP_DEFLATED = 8 };

enum zip_kind {
    ZIP_FILE,
    ZIP_FOLDER,  /* the name ends with a slash */
    ZIP_LINK,    /* symbolic link of Unix; its content is the target */
    ZIP_SPECIAL, /* device, pipe or socket */
};

struct zip_entry {
    struct bytes name;    /* as in the directory, in the file */
    struct bytes unicode; /* UTF-8 name of the Info-ZIP extra field when it belongs to this name, else empty */
    bool utf8;            /* flag 11: `name` and comment are UTF-8 */
    bool encrypted;
    bool plain;           /* no comment, extra fields, attributes or time: as zip_write.h writes it */
    bool privileged;      /* set-user-id, set-group-id or sticky bit of Unix */
    enum zip_kind kind;
    uint16_t method;
    uint32_t crc;
    uint64_t size;        /* unpacked, as stated; true once the content was read */
    struct bytes packed;  /* the data, in the file */
    uint64_t at, end;     /* local header to the end of data and descriptor */
};

struct zip {
    struct bytes file;
    struct zip_entry *entries; /* in order of the directory, in the arena */
    size_t count;
    struct map index; /* name to entry */
    bool encrypted;   /* at least one entry is */
    bool has_comment; /* of the archive */
    bool has_prefix;  /* bytes before the first entry */
    bool has_suffix;  /* bytes after the end record and its comment */
    bool has_gaps;    /* bytes between entries that belong to none */
    bool folded_duplicates; /* two names differ only by the case of ASCII letters */
    struct deflate deflate;
};

/* Read the directory and check it against the whole file.
 *
 * a            where the entries are put
 * max_entries  more than this are refused before memory is spent on them
 * ret_zip      set on OK: zip_close() when done; borrows the file
 *
 * Errors:  MALFORMED    A04: two readings of the file are possible, or none
 *          UNSUPPORTED  A04: several volumes
 *          DENIED       G07: the directory itself is encrypted
 *          LIMIT        A01: too many entries */
enum err zip_open(struct arena *a, struct bytes file, size_t max_entries, struct zip *ret_zip,
                  struct fault *why) must_use;
void zip_close(struct zip *z);

/* The entry with exactly this name, or NULL. */
const struct zip_entry *zip_find(const struct zip *z, struct bytes name);

/* The whole content of an entry, checked against its size and CRC.
 *
 * scratch      emptied, then filled with the content if it had to be unpacked; its maximum is the limit
 * ret_content  set on OK: a part of the file or of `scratch`
 *
 * Errors:  MALFORMED    A04: the data is damaged or not of the stated size or CRC
 *          UNSUPPORTED  A05: another method than stored and Deflate
 *          DENIED       G07: encrypted
 *          LIMIT        G06: larger than the maximum of `scratch` */
enum err zip_entry_read(struct zip *z, const struct zip_entry *e, struct buf *scratch, struct bytes *ret_content,
                        struct fault *why) must_use;

/* The same in chunks of at most 64 KiB, for entries of any size.  What was put before an error is worthless. */
enum err zip_entry_stream(struct zip *z, const struct zip_entry *e, deflate_put_fn *put, void *ctx,
                          struct fault *why) must_use;
