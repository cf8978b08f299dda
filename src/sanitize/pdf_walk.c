#include "sanitize/pdf_walk.h"

#include <stdio.h>

#include "sanitize/pdf_part.h"

enum { FRAMES_MAX = PDF_VALUE_DEPTH + 2, NEST_MAX = 12, EDGE_STEPS_MAX = 50 * 1000 * 1000, OBJECTS_MAX = 1 << 22 };

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

struct pdf_edge {
    struct pdf_edge *next;
    uint32_t to;
};

void pdf_walk_init(struct pdf_walk *w, struct clean *c, struct fault *why)
{
    *w = (struct pdf_walk){.c = c, .why = why};
    deflate_init(&w->deflate);
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

enum pdf_role pdf_walk_deny(struct pdf_walk *w, enum row row, enum act act)
{
    w->deny = row;
    w->deny_act = act;
    return PDF_ROLE_NONE;
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

/* --- what may pass --- */

static bool all_numbers(struct pdf_walk *w, const struct pdf_value *v, int max)
{
    if (v->kind != PDF_ARRAY || v->count > (uint32_t)max)
        return false;
    for (uint32_t i = 0; i < v->count; i++)
        if (!pdf_value_is_number(pdf_resolve(&w->pdf, &v->items[i], NULL)))
            return false;
    return true;
}

static enum pdf_role pick_alternative(struct pdf_walk *w, const struct pdf_role_def *def, const struct pdf_value *v,
                                      const struct pdf_object *o)
{
    for (size_t i = 0; i < def->key_count; i++) {
        enum pdf_role found = pdf_walk_pick(w, def->keys[i].role, v, o);

        if (found != PDF_ROLE_NONE)
            return found;
    }
    return PDF_ROLE_NONE;
}

static bool form_fits(struct pdf_walk *w, const struct pdf_role_def *def, const struct pdf_value *v, bool stream)
{
    switch (def->form) {
    case PDF_FORM_BOOL:
        return v->kind == PDF_BOOL;
    case PDF_FORM_INT:
        return v->kind == PDF_INT;
    case PDF_FORM_NUM:
        return v->kind == PDF_INT || v->kind == PDF_REAL;
    case PDF_FORM_NAME:
        return v->kind == PDF_NAME;
    case PDF_FORM_STRING:
        return v->kind == PDF_STRING;
    case PDF_FORM_NUMS:
        return all_numbers(w, v, def->item);
    case PDF_FORM_LIST:
        return v->kind == PDF_ARRAY;
    case PDF_FORM_MAP:
    case PDF_FORM_DICT:
        return v->kind == PDF_DICT && !stream;
    case PDF_FORM_STREAM:
        return stream;
    default:
        return true;
    }
}

enum pdf_role pdf_walk_pick(struct pdf_walk *w, enum pdf_role role, const struct pdf_value *v,
                            const struct pdf_object *o)
{
    const struct pdf_role_def *def = pdf_schema_role(role);
    bool stream = o != NULL && o->stream && v == &o->value;

    w->deny = ROW_COUNT;
    w->deny_act = ACT_REMOVED;
    if (def->form == PDF_FORM_ALT)
        return pick_alternative(w, def, v, o);
    if (!form_fits(w, def, v, stream))
        return PDF_ROLE_NONE;
    if (def->form == PDF_FORM_HOOK || (def->flags & PDF_FLAG_PICK) != 0)
        return pdf_hook_pick(w, role, v, o);
    return role;
}

/* --- cycles --- */

static void edges_grow(struct pdf_walk *w, uint32_t number)
{
    size_t cap = w->edges_cap < 256 ? 256 : w->edges_cap;
    struct pdf_edge **edges;
    uint32_t *stamps;

    while (cap <= number)
        cap *= 2;
    edges = arena_array(w->c->arena, cap, sizeof(struct pdf_edge *));
    stamps = arena_array(w->c->arena, cap, sizeof(*stamps));
    if (w->edges_cap > 0) {
        memcpy(edges, w->edges, w->edges_cap * sizeof(struct pdf_edge *));
        memcpy(stamps, w->stamps, w->edges_cap * sizeof(*stamps));
    }
    w->edges = edges;
    w->stamps = stamps;
    w->edges_cap = cap;
}

/* Whether `to` can be reached from `from`; every node is looked at once. */
static bool reaches(struct pdf_walk *w, uint32_t from, uint32_t to)
{
    struct buf stack;
    bool found = from == to;

    if (from >= w->edges_cap || w->edges[from] == NULL)
        return found;
    buf_init(&stack, SIZE_MAX / 2);
    w->stamp++;
    buf_put_u32le(&stack, from);
    while (stack.len > 0 && !found) {
        uint32_t at;

        stack.len -= 4;
        memcpy(&at, stack.at + stack.len, 4);
        for (const struct pdf_edge *e = at < w->edges_cap ? w->edges[at] : NULL; e != NULL; e = e->next) {
            w->edge_steps++;
            if (e->to == to)
                found = true;
            if (e->to < w->edges_cap && w->stamps[e->to] != w->stamp) {
                w->stamps[e->to] = w->stamp;
                buf_put_u32le(&stack, e->to);
            }
        }
    }
    buf_done(&stack);
    if (w->edge_steps > EDGE_STEPS_MAX)
        pdf_walk_fail(w, fault_set(w->why, ERR_LIMIT, "P27", "limit of references", 0, "objects refer to each other too often"));
    return found;
}

/* Note that `current` refers to `number`; false when that would close a circle. */
static bool edge_allowed(struct pdf_walk *w, uint32_t number, bool fresh)
{
    struct pdf_edge *e;

    if (w->current == 0)
        return true;
    if (!fresh && reaches(w, number, w->current))
        return false;
    if (number >= w->edges_cap || w->current >= w->edges_cap)
        edges_grow(w, number > w->current ? number : w->current);
    e = ARENA_NEW(w->c->arena, struct pdf_edge);
    e->to = number;
    e->next = w->edges[w->current];
    w->edges[w->current] = e;
    return true;
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
    if (link->number != 0 && (flags & PDF_FLAG_CYCLE) != 0 && !edge_allowed(w, link->number, fresh)) {
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

static void name_passed(struct pdf_walk *w, const struct pdf_value *resources, enum pdf_role category, struct bytes name)
{
    uint8_t key[sizeof(resources) + 1 + 128];
    size_t len = name.len < 128 ? name.len : 128;

    memcpy(key, &resources, sizeof(resources));
    key[sizeof(resources)] = (uint8_t)category;
    memcpy(key + sizeof(resources) + 1, name.at, len);
    *map_at(&w->names, (struct bytes){key, sizeof(resources) + 1 + len}) = w;
}

bool pdf_walk_has(struct pdf_walk *w, const struct pdf_value *resources, enum pdf_role category, struct bytes name)
{
    uint8_t key[sizeof(resources) + 1 + 128];
    size_t len = name.len < 128 ? name.len : 128;

    memcpy(key, &resources, sizeof(resources));
    key[sizeof(resources)] = (uint8_t)category;
    memcpy(key + sizeof(resources) + 1, name.at, len);
    return map_get(&w->names, (struct bytes){key, sizeof(resources) + 1 + len}) != NULL;
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
    concrete = pdf_walk_pick(w, role, v, o);
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
    role = v == NULL ? PDF_ROLE_NONE : pdf_walk_pick(w, role, v, o);
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
