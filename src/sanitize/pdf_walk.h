/* Walking a PDF from its roots and writing what the schema lets pass.
 *
 * An object gets its number when something that passes first refers to it in a role, and is written when its turn
 * in the queue comes; so numbers follow the walk, and the walk over an output meets everything in the same
 * order.  The same source object in two roles becomes two objects.
 *
 * Errors are kept in `err` (the first one) and everything after it does nothing of importance: the caller looks at
 * the end. */
#pragma once

#include "format/deflate.h"
#include "format/pdf_write.h"
#include "sanitize/clean.h"
#include "sanitize/pdf_cycle.h"
#include "sanitize/pdf_schema.h"

struct pdf_link;
struct pdf_job;

/* A page as found in the tree: its dictionary with what it inherits. */
struct pdf_page {
    const struct pdf_object *object;
    struct pdf_value dict;
    uint32_t number;
};

struct pdf_walk {
    struct clean *c;
    struct pdf pdf;
    struct pdf_write out;
    struct deflate deflate;
    struct fault *why;
    enum err err;

    struct pdf_link **links; /* by source id */
    size_t links_cap;
    struct pdf_job *first, *last, *spare;
    struct pdf_cycle cycle;

    uint32_t number;                   /* last object number given */
    uint32_t current;                  /* being composed */
    const struct pdf_object *from;     /* its source, for findings */
    const struct pdf_value *resources; /* of the content being looked at */
    struct map names;                  /* resources that passed: (resources, category, name) */
    unsigned nest;                     /* hooks within hooks */

    enum row deny;                     /* why the last pick said no; ROW_COUNT: the role's own row */
    enum act deny_act;

    struct pdf_page *pages;
    uint32_t page_count, pages_number;
    struct map page_of;     /* source id → struct pdf_page */
    struct map annots;      /* source ids of annotations on pages */
    struct map fields;      /* source id of a field → source id of its parent (both as struct pdf_object *) */
    struct map elements;    /* source id of a structure element → its parent */
    struct map font_keys;   /* source id of a font program → what it turned out to be */
    struct map hidden;      /* source ids of layers not shown */
    bool quiet;             /* a pick only looks: nothing is reported */
    const struct pdf_object *struct_root_object;
    bool in_form;           /* /Fields of the form is being written */
    bool form_removed;      /* profile: P10 remove */
};

void pdf_walk_init(struct pdf_walk *w, struct clean *c, struct fault *why);
void pdf_walk_done(struct pdf_walk *w);

/* Write a value in a role, as it is or as a reference; false (nothing written) when it does not pass. */
bool pdf_walk_value(struct pdf_walk *w, struct buf *b, const struct pdf_value *v, enum pdf_role role);

/* The same with a key in front; reports what does not pass. */
bool pdf_walk_pair(struct pdf_walk *w, struct buf *b, struct bytes key, const struct pdf_value *v, enum pdf_role role);

/* The pairs of a dictionary that pass in a role, without the brackets. */
void pdf_walk_pairs(struct pdf_walk *w, struct buf *b, const struct pdf_value *dict, enum pdf_role role);

/* The number under which an object appears in a role; 0 when it does not. */
uint32_t pdf_walk_object(struct pdf_walk *w, const struct pdf_object *o, enum pdf_role role);

/* The same, but 0 when nothing asked for it yet. */
uint32_t pdf_walk_known(struct pdf_walk *w, const struct pdf_object *o, enum pdf_role role);

/* Content joined from several streams, to be looked at when its resources have been written. */
void pdf_walk_later(struct pdf_walk *w, uint32_t number, struct buf *take_content);

/* A fresh number for something made by us, and the object itself. */
uint32_t pdf_walk_number(struct pdf_walk *w);
void pdf_walk_write(struct pdf_walk *w, uint32_t number, const struct buf *body);

/* A stream packed with Flate; `keys` are its pairs without filter and length. */
void pdf_walk_write_flate(struct pdf_walk *w, uint32_t number, struct buf *keys, struct bytes data);

/* Write everything that waits in the queue. */
void pdf_walk_drain(struct pdf_walk *w);

/* Whether a name passed in a category of these resources. */
bool pdf_walk_has(struct pdf_walk *w, const struct pdf_value *resources, enum pdf_role category, struct bytes name);

/* Report something about the object at hand. */
void pdf_walk_found(struct pdf_walk *w, enum row row, enum act act, const char *what);
void pdf_walk_found_key(struct pdf_walk *w, enum row row, enum act act, struct bytes key);

/* Keep the first error. */
void pdf_walk_fail(struct pdf_walk *w, enum err err);

/* The id of an object as the key of a map. */
struct pdf_id_key {
    uint8_t at[4];
};
struct pdf_id_key pdf_walk_id(uint32_t id);

/* --- decided elsewhere, by role --- */

/* The role a value would pass in, or NONE (then deny and deny_act say why).
 *
 * v  resolved, not NULL;  o  the object it was found in, or NULL */
enum pdf_role pdf_pick_role(struct pdf_walk *w, enum pdf_role role, const struct pdf_value *v,
                            const struct pdf_object *o);

/* Say no in a pick. */
enum pdf_role pdf_pick_deny(struct pdf_walk *w, enum row row, enum act act);

/* Of roles with PDF_FORM_HOOK or PDF_FLAG_PICK: in what role the value passes. */
enum pdf_role pdf_hook_pick(struct pdf_walk *w, enum pdf_role role, const struct pdf_value *v,
                            const struct pdf_object *o);

/* Of roles with PDF_FORM_HOOK: write it; false when nothing was written. */
bool pdf_hook_put(struct pdf_walk *w, struct buf *b, enum pdf_role role, const struct pdf_value *v,
                  const struct pdf_object *o);

/* Write a stream object in its role. */
void pdf_stream_write(struct pdf_walk *w, uint32_t number, enum pdf_role role, const struct pdf_object *o);

void pdf_stream_write_content(struct pdf_walk *w, uint32_t number, struct bytes content);

/* Of eager roles: write it now if it can be used; the number, or 0. */
uint32_t pdf_stream_eager(struct pdf_walk *w, enum pdf_role role, const struct pdf_object *o);
