/* A CMap read for use: what character codes mean, as text or as numbers of glyphs (CIDs).
 *
 * Sloppy input is tolerated: what cannot be read as a mapping means nothing.
 *
 * Rule:    ISO 32000-2 9.7.5, 9.10.3; Adobe TN 5014, 5411 */
#pragma once

#include "base/arena.h"
#include "base/buf.h"

struct code_range {
    uint32_t from, to;
    uint32_t cid;      /* of `from`, in the list of CIDs */
    struct bytes text; /* UTF-16BE of `from`, in the list of texts; its last unit counts on */
};

struct code_list {
    struct code_range *ranges; /* sorted by `from`; of equal ones the later in the CMap is last */
    size_t count;
};

struct code_space {
    uint32_t from, to;
    uint8_t len; /* bytes of a code */
};

enum { CODE_MAP_SPACES = 32, CODE_MAP_TEXT = 256 /* UTF-8 bytes of one code, at most */ };

struct code_map {
    struct code_list texts, cids;
    struct code_space spaces[CODE_MAP_SPACES];
    size_t space_count;
    struct bytes uses; /* name before usecmap; empty when there is none */
    bool vertical;
};

/* Read a CMap stream; everything is kept in the arena (at most 2^17 mappings, the rest is left out). */
void code_map_read(struct arena *a, struct bytes in, struct code_map *ret_map);

/* The text of a code as UTF-8, appended; false when it has none. */
bool code_map_text(const struct code_map *m, uint32_t code, struct buf *out);

/* The CID of a code; false when it has none. */
bool code_map_cid(const struct code_map *m, uint32_t code, uint32_t *ret_cid);

/* Length in bytes of the code that begins a string (not empty) by the code spaces; what fits none has the length
 * of the shortest. */
size_t code_map_len(const struct code_map *m, struct bytes string);
