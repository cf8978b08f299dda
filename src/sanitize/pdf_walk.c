#include "sanitize/pdf_walk.h"

#include <stdio.h>

#include "sanitize/pdf_part.h"

enum { FRAMES_MAX = PDF_VALUE_DEPTH + 2, NEST_MAX = 12, OBJECTS_MAX = 1 << 22 };

/* Where a source object went in one role. */
struct pdf_link {
    struct pdf_link *next;
    const struct pdf_value *local; /* of roles with PDF_FLAG_LOCAL: the resources it was met with */
    uint32_t number;               /* 0: it does not pass, or is being tried */
    uint16_t role;
};

struct pdf_job {
    struct pdf_job *next;
    const struct pdf_object *object;
    const struct pdf_value *resources;
    uint32_t number;
    enum pdf_role role;
    bool joined;        /* not an object, but content joined from parts */
    struct buf content;
};

void pdf_walk_init(struct pdf_walk *w, struct clean *c, struct fault *why)
{
    *w = (struct pdf_walk){.c = c, .why = why};
    deflate_init(&w->deflate);
    pdf_cycle_init(&w->cycle, c->arena);
    map_init(&w->names, c->arena);
    map_init(&w->page_of, c->arena);
    map_init(&w->annots, c->arena);
    map_init(&w->fields, c->arena);
    map_init(&w->elements, c->arena);
    map_init(&w->hidden, c->arena);
    map_init(&w->font_keys, c->arena);
    w->form_removed = profile_choice(c->profile, ROW_P10) == CHOICE_REMOVE;
}

void pdf_walk_done(struct pdf_walk *w)
{
    deflate_done(&w->deflate);
    pdf_close(&w->pdf);
}

void pdf_walk_fail(struct pdf_walk *w, enum err err)
{
    if (w->err == OK)
        w->err = err;
}

void pdf_walk_found(struct pdf_walk *w, enum row row, enum act act, const char *what)
{
    if (row == ROW_COUNT || w->quiet)
        return;
    if (row == ROW_P07 && profile_choice(w->c->profile, ROW_P07) == CHOICE_REFUSE)
        pdf_walk_fail(w, fault_set(w->why, ERR_DENIED, "P07", "profile", 0, "the document carries files"));
    if (w->from == NULL)
        clean_found(w->c, row, act, "%s", what);
    else
        clean_found(w->c, row, act, "object %u %s", w->from->id, what);
}

void pdf_walk_found_key(struct pdf_walk *w, enum row row, enum act act, struct bytes key)
{
    char text[80];
    size_t n = 1;

    /* Keys are names of any bytes: only the printable ones go into a report. */
    text[0] = '/';
    for (size_t i = 0; i < key.len && n < 60; i++)
        text[n++] = key.at[i] > ' ' && key.at[i] < 0x7f ? (char)key.at[i] : '?';
    text[n] = '\0';
    pdf_walk_found(w, row, act, text);
}

struct pdf_id_key pdf_walk_id(uint32_t id)
{
    return (struct pdf_id_key){{(uint8_t)id, (uint8_t)(id >> 8), (uint8_t)(id >> 16), (uint8_t)(id >> 24)}};
}

uint32_t pdf_walk_number(struct pdf_walk *w)
{
    if (w->number >= OBJECTS_MAX) {
        pdf_walk_fail(w, fault_set(w->why, ERR_LIMIT, "P27", "limit of objects", 0, "more than %d objects", OBJECTS_MAX));
        return w->number;
    }
    return ++w->number;
}

/* --- numbers and the queue --- */

static struct pdf_link *link_find(struct pdf_walk *w, uint32_t id, enum pdf_role role, const struct pdf_value *local)
{
    if (id >= w->links_cap)
        return NULL;
    for (struct pdf_link *l = w->links[id]; l != NULL; l = l->next)
        if (l->role == (uint16_t)role && l->local == local)
            return l;
    return NULL;
}

static struct pdf_link *link_new(struct pdf_walk *w, uint32_t id, enum pdf_role role, const struct pdf_value *local)
{
    struct pdf_link *l = ARENA_NEW(w->c->arena, struct pdf_link);

    if (id >= w->links_cap) {
        size_t cap = w->links_cap < 256 ? 256 : w->links_cap;
        struct pdf_link **grown;

        while (cap <= id)
            cap *= 2;
        grown = arena_array(w->c->arena, cap, sizeof(struct pdf_link *));
        if (w->links_cap > 0)
            memcpy(grown, w->links, w->links_cap * sizeof(struct pdf_link *));
        w->links = grown;
        w->links_cap = cap;
    }
    *l = (struct pdf_link){.next = w->links[id], .local = local, .role = (uint16_t)role};
    w->links[id] = l;
    return l;
}

static struct pdf_job *enqueue(struct pdf_walk *w, const struct pdf_object *o, enum pdf_role role, uint32_t number)
{
    struct pdf_job *job = w->spare;

    if (job != NULL)
        w->spare = job->next;
    else
        job = ARENA_NEW(w->c->arena, struct pdf_job);
    *job = (struct pdf_job){.object = o, .role = role, .number = number, .resources = w->resources};
    if (w->last != NULL)
        w->last->next = job;
    else
        w->first = job;
    w->last = job;
    return job;
}

void pdf_walk_later(struct pdf_walk *w, uint32_t number, struct buf *take_content)
{
    struct pdf_job *job = enqueue(w, w->from, PDF_ROLE_CONTENT, number);

    job->joined = true;
    job->content = *take_content;
    *take_content = (struct buf){0};
}

static void compose(struct pdf_walk *w, const struct pdf_object *o, enum pdf_role role, uint32_t number);

/* A reference that would lead back to who makes it is not made. */
static bool cycle_free(struct pdf_walk *w, uint32_t number, bool fresh)
{
    bool free = w->current == 0 || pdf_cycle_add(&w->cycle, w->current, number, fresh);

    if (w->cycle.steps > PDF_CYCLE_STEPS_MAX)
        pdf_walk_fail(w, fault_set(w->why, ERR_LIMIT, "P27", "limit of references", 0,
                                   "objects refer to each other too often"));
    return free;
}

uint32_t pdf_walk_object(struct pdf_walk *w, const struct pdf_object *o, enum pdf_role role)
{
    unsigned flags = pdf_schema_role(role)->flags;
    const struct pdf_value *local = (flags & PDF_FLAG_LOCAL) != 0 ? w->resources : NULL;
    struct pdf_link *link = link_find(w, o->id, role, local);
    bool fresh = link == NULL;

    if (w->err != OK)
        return 0;
    if (fresh) {
        link = link_new(w, o->id, role, local);
        if (role == PDF_ROLE_RESOURCES) {
            link->number = pdf_walk_number(w);
            compose(w, o, role, link->number);
        } else if ((flags & PDF_FLAG_EAGER) != 0) {
            link->number = pdf_stream_eager(w, role, o);
        } else {
            link->number = pdf_walk_number(w);
            (void)enqueue(w, o, role, link->number);
        }
    }
    if (link->number != 0 && (flags & PDF_FLAG_CYCLE) != 0 && !cycle_free(w, link->number, fresh)) {
        pdf_walk_found(w, ROW_P21, ACT_REMOVED, "leads back to itself");
        return 0;
    }
    return link->number;
}

static void compose_content(struct pdf_walk *w, struct pdf_job *job)
{
    w->from = job->object;
    w->current = job->number;
    pdf_stream_write_content(w, job->number, buf_bytes(&job->content));
    buf_done(&job->content);
    w->current = 0;
    w->from = NULL;
}

uint32_t pdf_walk_known(struct pdf_walk *w, const struct pdf_object *o, enum pdf_role role)
{
    const struct pdf_link *link = link_find(w, o->id, role, NULL);

    return link == NULL ? 0 : link->number;
}

void pdf_walk_drain(struct pdf_walk *w)
{
    while (w->first != NULL) {
        struct pdf_job job = *w->first, *done = w->first;

        w->first = done->next;
        if (w->first == NULL)
            w->last = NULL;
        done->next = w->spare;
        w->spare = done;
        w->resources = job.resources;
        if (job.joined)
            compose_content(w, &job);
        else if (w->err == OK)
            compose(w, job.object, job.role, job.number);
    }
}

/* --- writing --- */

void pdf_walk_write(struct pdf_walk *w, uint32_t number, const struct buf *body)
{
    if (w->err != OK)
        return;
    pdf_walk_fail(w, pdf_write_object(&w->out, number, buf_bytes(body), w->why));
}

void pdf_walk_write_flate(struct pdf_walk *w, uint32_t number, struct buf *keys, struct bytes data)
{
    if (w->err == OK)
        pdf_walk_fail(w, pdf_write_flate(&w->out, &w->deflate, number, buf_bytes(keys), data, w->why));
}

struct frame {
    const struct pdf_value *v;
    const struct pdf_role_def *def;
    enum pdf_role role;
    uint32_t next;
    bool program; /* a font program was written */
};

enum { NAME_MAX_KEPT = 128 };

struct name_key {
    uint8_t at[sizeof(void *) + 1 + NAME_MAX_KEPT];
};

/* Resources are told apart by their pairs: pages that inherit the same ones have a copy of the dictionary each. */
static struct bytes name_key(struct name_key *key, const struct pdf_value *resources, enum pdf_role category, struct bytes name)
{
    const void *pairs = resources->items;
    size_t len = name.len < NAME_MAX_KEPT ? name.len : NAME_MAX_KEPT;

    memcpy(key->at, &pairs, sizeof(pairs));
    key->at[sizeof(pairs)] = (uint8_t)category;
    if (len > 0)
        memcpy(key->at + sizeof(pairs) + 1, name.at, len);
    return (struct bytes){key->at, sizeof(pairs) + 1 + len};
}

static void name_passed(struct pdf_walk *w, const struct pdf_value *resources, enum pdf_role category, struct bytes name)
{
    struct name_key key;

    *map_at(&w->names, name_key(&key, resources, category, name)) = w;
}

bool pdf_walk_has(struct pdf_walk *w, const struct pdf_value *resources, enum pdf_role category, struct bytes name)
{
    struct name_key key;

    return resources != NULL && resources->kind == PDF_DICT &&
           map_get(&w->names, name_key(&key, resources, category, name)) != NULL;
}

static enum pdf_role child_role(const struct frame *f, struct bytes key)
{
    switch (f->def->form) {
    case PDF_FORM_LIST:
    case PDF_FORM_MAP:
        return (enum pdf_role)f->def->item;
    case PDF_FORM_DICT:
    case PDF_FORM_STREAM:
        return pdf_schema_key(f->role, key);
    default:
        return PDF_ROLE_NONE;
    }
}

static void put_numbers(struct pdf_walk *w, struct buf *b, const struct pdf_value *v)
{
    buf_put_u8(b, '[');
    for (uint32_t i = 0; i < v->count; i++)
        pdf_write_scalar(b, pdf_resolve(&w->pdf, &v->items[i], NULL));
    buf_put_u8(b, ']');
}

/* Anything but an array or dictionary to be gone through: true when it was written.  `ret_open` is set when it
 * is one of those. */
static bool put_closed(struct pdf_walk *w, struct buf *b, const struct pdf_value *v, const struct pdf_object *o,
                       enum pdf_role role, bool *ret_open)
{
    const struct pdf_role_def *def = pdf_schema_role(role);
    bool container = v->kind == PDF_ARRAY || v->kind == PDF_DICT;

    *ret_open = false;
    if (container && o != NULL && v == &o->value && (def->flags & PDF_FLAG_INLINE) == 0 &&
        (def->form != PDF_FORM_HOOK || (def->flags & PDF_FLAG_CYCLE) != 0)) {
        uint32_t number = pdf_walk_object(w, o, role);

        if (number != 0)
            pdf_write_ref(b, number);
        return number != 0;
    }
    if (def->form == PDF_FORM_HOOK) {
        bool put = false;

        if (w->nest < NEST_MAX) {
            w->nest++;
            put = pdf_hook_put(w, b, role, v, o);
            w->nest--;
        }
        return put;
    }
    if (def->form == PDF_FORM_NUMS)
        put_numbers(w, b, v);
    else if (container)
        *ret_open = true;
    else
        pdf_write_scalar(b, v);
    return true;
}

static bool frame_open(struct frame *frames, size_t *depth, const struct pdf_value *v, enum pdf_role role)
{
    if (*depth == FRAMES_MAX)
        return false;
    frames[(*depth)++] = (struct frame){.v = v, .def = pdf_schema_role(role), .role = role};
    return true;
}

static void report_misfit(struct pdf_walk *w, const struct frame *f, struct bytes key, enum pdf_role role)
{
    enum row row = w->deny;

    if (row == ROW_COUNT && f->def->form == PDF_FORM_LIST)
        row = pdf_schema_role(role)->row;
    if (row == ROW_COUNT) {
        row = pdf_schema_row(f->role, key);
        if (row == ROW_P13 || row == ROW_COUNT)
            row = pdf_schema_role(role)->row;
    }
    pdf_walk_found_key(w, row, w->deny_act, key);
}

/* One item of the top frame; opens a frame for a container. */
static void put_item(struct pdf_walk *w, struct buf *b, struct frame *frames, size_t *depth)
{
    struct frame *f = &frames[*depth - 1];
    bool dict = f->v->kind == PDF_DICT, open = false;
    const struct pdf_value *item = dict ? &f->v->items[2 * f->next + 1] : &f->v->items[f->next];
    struct bytes key = dict ? pdf_value_text(&f->v->items[2 * f->next]) : (struct bytes){0};
    enum pdf_role role = child_role(f, key), concrete;
    const struct pdf_object *o;
    const struct pdf_value *v;
    size_t mark = b->len;

    f->next++;
    if (role == PDF_ROLE_NONE) {
        pdf_walk_found_key(w, pdf_schema_row(f->role, key), ACT_REMOVED, key);
        return;
    }
    v = pdf_resolve(&w->pdf, item, &o);
    if (v == NULL)
        return;
    concrete = pdf_pick_role(w, role, v, o);
    if (concrete == PDF_ROLE_NONE) {
        report_misfit(w, f, key, role);
        return;
    }
    if (concrete == PDF_ROLE_FONT_PROGRAM) {
        /* What the program is decides under which key it stands; one is enough. */
        if (!f->program && pdf_walk_object(w, o, concrete) != 0) {
            f->program = true;
            pdf_write_name(b, pdf_stream_font_key(w, o));
            pdf_write_ref(b, pdf_walk_object(w, o, concrete));
        }
        return;
    }
    if (dict)
        pdf_write_name(b, key);
    if (!put_closed(w, b, v, o, concrete, &open) || (open && !frame_open(frames, depth, v, concrete))) {
        b->len = mark;
        return;
    }
    if (open)
        buf_put(b, v->kind == PDF_DICT ? BYTES("<<") : BYTES("["));
    if (f->def->form == PDF_FORM_MAP && f > frames && f[-1].role == PDF_ROLE_RESOURCES)
        name_passed(w, f[-1].v, f->role, key);
}

static void put_all(struct pdf_walk *w, struct buf *b, const struct pdf_value *v, enum pdf_role role)
{
    struct frame frames[FRAMES_MAX];
    size_t depth = 0;

    (void)frame_open(frames, &depth, v, role);
    while (depth > 0) {
        struct frame *f = &frames[depth - 1];

        if (f->next < f->v->count) {
            put_item(w, b, frames, &depth);
            continue;
        }
        if (--depth > 0)
            buf_put(b, f->v->kind == PDF_DICT ? BYTES(">>") : BYTES("]"));
    }
}

void pdf_walk_pairs(struct pdf_walk *w, struct buf *b, const struct pdf_value *dict, enum pdf_role role)
{
    put_all(w, b, dict, role);
}

static void put_open(struct pdf_walk *w, struct buf *b, const struct pdf_value *v, enum pdf_role role)
{
    bool dict = v->kind == PDF_DICT;

    if (pdf_schema_role(role)->form == PDF_FORM_NUMS) {
        put_numbers(w, b, v);
        return;
    }
    buf_put(b, dict ? BYTES("<<") : BYTES("["));
    put_all(w, b, v, role);
    buf_put(b, dict ? BYTES(">>") : BYTES("]"));
}

bool pdf_walk_value(struct pdf_walk *w, struct buf *b, const struct pdf_value *v, enum pdf_role role)
{
    const struct pdf_object *o;
    bool open;
    size_t mark = b->len;

    v = pdf_resolve(&w->pdf, v, &o);
    role = v == NULL ? PDF_ROLE_NONE : pdf_pick_role(w, role, v, o);
    if (role == PDF_ROLE_NONE)
        return false;
    if (!put_closed(w, b, v, o, role, &open)) {
        b->len = mark;
        return false;
    }
    if (open)
        put_open(w, b, v, role);
    return true;
}

bool pdf_walk_pair(struct pdf_walk *w, struct buf *b, struct bytes key, const struct pdf_value *v, enum pdf_role role)
{
    size_t mark = b->len;

    if (pdf_resolve(&w->pdf, v, NULL) == NULL)
        return false;
    pdf_write_name(b, key);
    if (pdf_walk_value(w, b, v, role))
        return true;
    b->len = mark;
    pdf_walk_found_key(w, w->deny != ROW_COUNT ? w->deny : pdf_schema_role(role)->row, w->deny_act, key);
    return false;
}

/* One object that is not written by its referrer. */
static void compose(struct pdf_walk *w, const struct pdf_object *o, enum pdf_role role, uint32_t number)
{
    uint32_t outer = w->current;
    const struct pdf_object *outer_from = w->from;
    const struct pdf_value *outer_resources = w->resources;
    struct buf b;

    w->current = number;
    w->from = o;
    if (o->stream) {
        pdf_stream_write(w, number, role, o);
    } else {
        if (role == PDF_ROLE_FONT_TYPE3)
            w->resources = pdf_get_key(&w->pdf, &o->value, "Resources");
        buf_init(&b, SIZE_MAX / 2);
        if (pdf_schema_role(role)->form == PDF_FORM_HOOK)
            (void)pdf_hook_put(w, &b, role, &o->value, o);
        else
            put_open(w, &b, &o->value, role);
        pdf_walk_write(w, number, &b);
        buf_done(&b);
    }
    w->current = outer;
    w->from = outer_from;
    w->resources = outer_resources;
}
