#include "sanitize/pdf_part.h"

/* Bookmarks are lists of lists by First and Next.  They are gone through once, each object at most once,
 * and linked anew: loops, lost ends and wrong counts cannot survive. */

enum { ITEMS_MAX = 200000, DEPTH_MAX = 512, NOWHERE = UINT32_MAX };

struct item {
    const struct pdf_object *object;
    uint32_t parent, previous, next, first, last; /* places in the list, or NOWHERE */
    uint32_t children;                            /* visible ones below, as /Count has it */
    bool open;
};

struct outline {
    struct buf items; /* of struct item; 0 is the root */
    struct map seen;
};

static struct item *at(struct outline *t, uint32_t i)
{
    return (struct item *)(void *)t->items.at + i;
}

static uint32_t count_of(const struct outline *t)
{
    return (uint32_t)(t->items.len / sizeof(struct item));
}

static bool fresh(struct outline *t, const struct pdf_object *o)
{
    struct pdf_id_key key = pdf_walk_id(o->id);
    void **seen = map_at(&t->seen, (struct bytes){key.at, sizeof(key.at)});
    bool first = *seen == NULL;

    *seen = t;
    return first;
}

static const struct pdf_object *item_of(struct pdf_walk *w, const struct pdf_value *dict, const char *key)
{
    const struct pdf_object *o;
    const struct pdf_value *v = pdf_resolve(&w->pdf, pdf_value_get(dict, key), &o);

    return v != NULL && v->kind == PDF_DICT && o != NULL && v == &o->value ? o : NULL;
}

static uint32_t append(struct outline *t, const struct pdf_object *o, uint32_t parent, uint32_t previous)
{
    struct item item = {o, parent, previous, NOWHERE, NOWHERE, NOWHERE, 0, false};
    uint32_t i = count_of(t);

    buf_put(&t->items, (struct bytes){(const uint8_t *)&item, sizeof(item)});
    if (previous != NOWHERE)
        at(t, previous)->next = i;
    else if (parent != NOWHERE)
        at(t, parent)->first = i;
    if (parent != NOWHERE)
        at(t, parent)->last = i;
    return i;
}

/* Depth first: down by First, then along by Next, then up. */
static void collect(struct pdf_walk *w, struct outline *t, const struct pdf_value *root)
{
    const struct pdf_object *stack[DEPTH_MAX];
    uint32_t parents[DEPTH_MAX], previous[DEPTH_MAX];
    size_t depth = 0;

    (void)append(t, NULL, NOWHERE, NOWHERE);
    stack[0] = item_of(w, root, "First");
    parents[0] = 0;
    previous[0] = NOWHERE;
    for (depth = 1; depth > 0;) {
        const struct pdf_object *o = stack[depth - 1];
        const struct pdf_value *title;
        int64_t count = 0;
        uint32_t i;

        if (count_of(t) > ITEMS_MAX) {
            pdf_walk_fail(w, fault_set(w->why, ERR_LIMIT, "P27", "limit of bookmarks", 0, "more than %d bookmarks", ITEMS_MAX));
            return;
        }
        if (o == NULL || !fresh(t, o)) {
            depth--;
            continue;
        }
        stack[depth - 1] = item_of(w, &o->value, "Next");
        title = pdf_get_key(&w->pdf, &o->value, "Title");
        if (title == NULL || title->kind != PDF_STRING) {
            pdf_walk_found(w, ROW_P26, ACT_REMOVED, "bookmark without a title");
            continue;
        }
        i = append(t, o, parents[depth - 1], previous[depth - 1]);
        previous[depth - 1] = i;
        at(t, i)->open = pdf_value_int(pdf_get_key(&w->pdf, &o->value, "Count"), &count) && count > 0;
        if (depth < DEPTH_MAX) {
            stack[depth] = item_of(w, &o->value, "First");
            parents[depth] = i;
            previous[depth] = NOWHERE;
            depth++;
        } else if (item_of(w, &o->value, "First") != NULL) {
            pdf_walk_found(w, ROW_P26, ACT_REMOVED, "bookmarks too deep");
        }
    }
}

static void count_visible(struct outline *t)
{
    at(t, 0)->open = true;
    for (uint32_t i = count_of(t); i-- > 1;) {
        struct item *item = at(t, i);

        at(t, item->parent)->children += 1 + (item->open ? item->children : 0);
    }
}

static void put_link(struct buf *b, const char *key, uint32_t base, uint32_t i)
{
    if (i == NOWHERE)
        return;
    buf_put_text(b, key);
    pdf_write_ref(b, base + i);
}

static void put_item(struct pdf_walk *w, struct outline *t, uint32_t i, uint32_t base)
{
    const struct item *item = at(t, i);
    struct buf b;

    buf_init(&b, SIZE_MAX / 2);
    buf_put(&b, BYTES("<<"));
    w->from = item->object;
    if (item->object != NULL)
        pdf_walk_pairs(w, &b, &item->object->value, PDF_ROLE_OUTLINE_ITEM);
    else
        buf_put(&b, BYTES("/Type/Outlines"));
    if (item->children > 0) {
        buf_put(&b, BYTES("/Count"));
        buf_putf(&b, " %s%u", item->open ? "" : "-", item->children);
    }
    put_link(&b, "/First", base, item->first);
    put_link(&b, "/Last", base, item->last);
    put_link(&b, "/Next", base, item->next);
    put_link(&b, "/Parent", base, item->parent);
    put_link(&b, "/Prev", base, item->previous);
    buf_put(&b, BYTES(">>"));
    pdf_walk_write(w, base + i, &b);
    buf_done(&b);
}

bool pdf_outline_put(struct pdf_walk *w, struct buf *b, enum pdf_role role, const struct pdf_value *v,
                     const struct pdf_object *o)
{
    const struct pdf_object *outer = w->from;
    struct outline t;
    uint32_t base, count;

    (void)role, (void)o;
    buf_init(&t.items, SIZE_MAX / 2);
    map_init(&t.seen, w->c->arena);
    collect(w, &t, v);
    count = count_of(&t);
    if (count > 1) {
        count_visible(&t);
        base = w->number + 1;
        for (uint32_t i = 0; i < count; i++)
            (void)pdf_walk_number(w);
        for (uint32_t i = 0; i < count && w->err == OK; i++)
            put_item(w, &t, i, base);
        pdf_write_ref(b, base);
    }
    w->from = outer;
    buf_done(&t.items);
    return count > 1;
}
