/* The directory of a compound file (OLE structured storage): names, class ids and heads of streams.
 *
 * Enough to tell what program wrote the file; it allocates nothing, and every walk is bounded by the
 * number of sectors the file can hold.  A damaged directory gives fewer entries, never an error later.
 *
 * Rule: MS-CFB 2.2 (header), 2.3 (FAT), 2.5 (DIFAT), 2.6 (directory). */
#pragma once

#include "base/bytes.h"
#include "base/err.h"

enum { CFB_DIR_SECTORS = 2048, CFB_NAME = 97, CFB_WALK = 64 };

enum cfb_kind { CFB_FREE = 0, CFB_STORAGE = 1, CFB_STREAM = 2, CFB_ROOT = 5 };

struct cfb_entry {
    char name[CFB_NAME]; /* UTF-8, ends with NUL; control characters as they stand */
    enum cfb_kind kind;
    uint32_t left, right, child; /* entry numbers, or CFB_NONE */
    uint8_t clsid[16];           /* as in the file */
    uint32_t start;
    uint64_t size;
};

#define CFB_NONE 0xffffffffu

struct cfb {
    struct bytes file;
    uint32_t shift, mini_shift; /* of the size of a sector */
    uint32_t mini_cutoff, mini_fat, difat_first;
    uint32_t dir[CFB_DIR_SECTORS]; /* the directory's sectors */
    uint32_t dir_count, entry_count;
    uint32_t mini_start; /* the stream of small streams */
};

/* Read the header and find the directory.
 *
 * Errors:  MALFORMED  no compound file, or its directory is not in the file */
enum err cfb_open(struct bytes file, struct cfb *ret_cfb, struct fault *why) must_use;

/* Entry number `index`; false when there is none or it is free. */
bool cfb_entry(const struct cfb *c, uint32_t index, struct cfb_entry *ret_entry);

/* The children of a storage, in any order.  Start with cfb_walk(c, parent's `child`). */
struct cfb_walk {
    const struct cfb *c;
    uint32_t wait[CFB_WALK];
    uint32_t depth, steps;
};

struct cfb_walk cfb_walk(const struct cfb *c, uint32_t child);
bool cfb_walk_next(struct cfb_walk *w, struct cfb_entry *ret_entry);

/* The first bytes of a stream: how many could be read, at most `len`. */
size_t cfb_head(const struct cfb *c, const struct cfb_entry *e, uint8_t *to, size_t len);
