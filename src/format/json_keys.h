/* The names of the members of all objects that are open: a second member of the same name is noticed.
 *
 * Memory is what the open objects' names take; it is given back as they close.  Rule: RFC 8259 4, T08. */
#pragma once

#include "base/arena.h"
#include "base/buf.h"

struct json_key {
    uint64_t hash;
    size_t at, len; /* in `text` */
    uint32_t object;
};

struct json_keys {
    struct buf text, keys, objects; /* bytes; struct json_key; uint32_t: first key of each open object */
    uint32_t *slots;                /* key number + 1; a power of two of them */
    size_t slot_count;
};

/* max  bytes of all open names together */
void json_keys_init(struct json_keys *k, size_t max);
void json_keys_done(struct json_keys *k);

void json_keys_enter(struct json_keys *k);
void json_keys_leave(struct json_keys *k);

/* A member of the innermost object: MALFORMED T08 when it has one of this name, LIMIT when out of room. */
enum err json_keys_add(struct json_keys *k, struct bytes name, struct fault *why) must_use;
