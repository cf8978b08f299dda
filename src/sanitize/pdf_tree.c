#include <stdlib.h>

#include "sanitize/pdf_part.h"

/* Name and number trees (ISO 32000-1 7.9.6, 7.9.7): gone through once, sorted, and written as one level of leaves. */

enum { ENTRIES_MAX = 500000, LEAF = 256 };

struct entry {
    const struct pdf_value *key, *value; /* key resolved, value as it stands */
    uint32_t order;
};

struct tree {
    struct buf entries; /* of struct entry */
    struct buf stack;   /* of struct pdf_value *: nodes to look at */
    struct map seen;
    bool names;
};

static int entry_order(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    size_t len;
    int order;

    if (x->key->kind == PDF_INT && y->key->kind == PDF_INT) {
        if (x->key->num != y->key->num)
            return x->key->num < y->key->num ? -1 : 1;
        return x->order < y->order ? -1 : 1;
    }
    len = x->key->len < y->key->len ? x->key->len : y->key->len;
    order = len == 0 ? 0 : memcmp(x->key->text, y->key->text, len);
    if (order == 0)
        order = (x->key->len > y->key->len) - (x->key->len < y->key->len);
    return order != 0 ? order : x->order < y->order ? -1 : 1;
}

static void take_pairs(struct pdf_walk *w, struct tree *t, const struct pdf_value *pairs)
{
    enum pdf_kind wanted = t->names ? PDF_STRING : PDF_INT;

    if (pairs == NULL || pairs->kind != PDF_ARRAY)
        return;
    for (uint32_t i = 0; i + 1 < pairs->count; i += 2) {
        uint32_t count = (uint32_t)(t->entries.len / sizeof(struct entry));
        struct entry e = {pdf_resolve(&w->pdf, &pairs->items[i], NULL), &pairs->items[i + 1], count};

        if (count >= ENTRIES_MAX) {
            pdf_walk_fail(w, fault_set(w->why, ERR_LIMIT, "P27", "limit of names", 0, "more than %d entries in a tree", ENTRIES_MAX));
            return;
        }
        if (e.key != NULL && e.key->kind == wanted)
            buf_put(&t->entries, (struct bytes){(const uint8_t *)&e, sizeof(e)});
    }
}

static void push_kids(struct pdf_walk *w, struct tree *t, const struct pdf_value *kids)
{
    if (kids == NULL || kids->kind != PDF_ARRAY)
        return;
    for (uint32_t i = kids->count; i-- > 0;) {
        const struct pdf_object *o;
        const struct pdf_value *kid = pdf_resolve(&w->pdf, &kids->items[i], &o);
        struct pdf_id_key key = pdf_walk_id(o == NULL ? 0 : o->id);
        void **seen;

        if (kid == NULL || kid->kind != PDF_DICT || o == NULL)
            continue;
        seen = map_at(&t->seen, (struct bytes){key.at, sizeof(key.at)});
        if (*seen != NULL)
            continue;
        *seen = t;
        buf_put(&t->stack, (struct bytes){(const uint8_t *)&kid, sizeof(const struct pdf_value *)});
    }
}

static void collect(struct pdf_walk *w, struct tree *t, const struct pdf_value *root)
{
    const struct pdf_value *node = root;

    buf_put(&t->stack, (struct bytes){(const uint8_t *)&node, sizeof(const struct pdf_value *)});
    while (t->stack.len > 0 && w->err == OK) {
        t->stack.len -= sizeof(const struct pdf_value *);
        memcpy(&node, t->stack.at + t->stack.len, sizeof(const struct pdf_value *));
        take_pairs(w, t, pdf_get_key(&w->pdf, node, t->names ? "Names" : "Nums"));
        push_kids(w, t, pdf_get_key(&w->pdf, node, "Kids"));
    }
    if (t->entries.len > 0)
        qsort(t->entries.at, t->entries.len / sizeof(struct entry), sizeof(struct entry), entry_order);
}

/* Leaves being filled: `body` holds the pairs of the one at hand. */
struct writer {
    struct tree *tree;
    struct buf body, kids;
    const struct pdf_value *first, *last;
    uint32_t in_leaf, leaves;
};

static void leaf_close(struct pdf_walk *w, struct writer *t)
{
    struct buf b;
    uint32_t number = pdf_walk_number(w);

    buf_init(&b, SIZE_MAX / 2);
    buf_put(&b, BYTES("<</Limits["));
    pdf_write_scalar(&b, t->first);
    pdf_write_scalar(&b, t->last);
    buf_put_text(&b, t->tree->names ? "]/Names[" : "]/Nums[");
    buf_put(&b, buf_bytes(&t->body));
    buf_put(&b, BYTES("]>>"));
    pdf_walk_write(w, number, &b);
    pdf_write_ref(&t->kids, number);
    t->leaves++;
    t->in_leaf = 0;
    buf_reset(&t->body);
    buf_done(&b);
}

typedef bool put_value_fn(struct pdf_walk *w, struct buf *b, const struct pdf_value *v);

/* An entry opens a new leaf only when it comes after a full one, so a tree that fits has none. */
static void put_entry(struct pdf_walk *w, struct writer *t, const struct entry *e, put_value_fn *put)
{
    struct buf value;

    buf_init(&value, SIZE_MAX / 2);
    if (put(w, &value, e->value)) {
        if (t->in_leaf == LEAF)
            leaf_close(w, t);
        if (t->in_leaf++ == 0)
            t->first = e->key;
        t->last = e->key;
        pdf_write_scalar(&t->body, e->key);
        if (value.len > 0 && value.at[0] != '/' && value.at[0] != '[' && value.at[0] != '<' && value.at[0] != '(')
            pdf_write_gap(&t->body);
        buf_put(&t->body, buf_bytes(&value));
    }
    buf_done(&value);
}

static bool put_tree(struct pdf_walk *w, struct buf *b, const struct pdf_value *v, bool names, put_value_fn *put)
{
    struct tree t = {.names = names};
    struct writer out = {.tree = &t};
    const struct pdf_value *before = NULL;
    bool any;

    buf_init(&t.entries, SIZE_MAX / 2);
    buf_init(&t.stack, SIZE_MAX / 2);
    map_init(&t.seen, w->c->arena);
    buf_init(&out.body, SIZE_MAX / 2);
    buf_init(&out.kids, SIZE_MAX / 2);
    collect(w, &t, v);
    for (size_t i = 0; i < t.entries.len / sizeof(struct entry); i++) {
        const struct entry *e = (const struct entry *)(const void *)t.entries.at + i;
        bool again = before != NULL && (names ? bytes_equal(pdf_value_text(before), pdf_value_text(e->key))
                                              : before->num == e->key->num);

        if (!again)
            put_entry(w, &out, e, put);
        before = e->key;
    }
    any = out.in_leaf > 0;
    if (out.leaves > 0) {
        leaf_close(w, &out);
        buf_put(b, BYTES("<</Kids["));
        buf_put(b, buf_bytes(&out.kids));
    } else if (any) {
        buf_put_text(b, names ? "<</Names[" : "<</Nums[");
        buf_put(b, buf_bytes(&out.body));
    }
    if (any)
        buf_put(b, BYTES("]>>"));
    buf_done(&out.kids);
    buf_done(&out.body);
    buf_done(&t.stack);
    buf_done(&t.entries);
    return any;
}

static bool put_dest(struct pdf_walk *w, struct buf *b, const struct pdf_value *v)
{
    bool put = pdf_walk_value(w, b, v, PDF_ROLE_DEST_VALUE);

    if (!put)
        pdf_walk_found(w, ROW_P26, ACT_REMOVED, "named destination");
    return put;
}

static bool put_label(struct pdf_walk *w, struct buf *b, const struct pdf_value *v)
{
    return pdf_walk_value(w, b, v, PDF_ROLE_PAGE_LABEL);
}

static bool put_element(struct pdf_walk *w, struct buf *b, const struct pdf_value *v)
{
    return pdf_walk_value(w, b, v, PDF_ROLE_STRUCT_REF);
}

/* The elements of a page by their number, in place; one that is gone is null, the others keep their places. */
static bool put_parents(struct pdf_walk *w, struct buf *b, const struct pdf_value *v)
{
    const struct pdf_value *list = pdf_resolve(&w->pdf, v, NULL);

    if (list == NULL || list->kind != PDF_ARRAY)
        return put_element(w, b, v);
    buf_put_u8(b, '[');
    for (uint32_t i = 0; i < list->count; i++) {
        if (put_element(w, b, &list->items[i]))
            continue;
        pdf_write_gap(b);
        buf_put(b, BYTES("null"));
    }
    buf_put_u8(b, ']');
    return true;
}

bool pdf_tree_dests_put(struct pdf_walk *w, struct buf *b, enum pdf_role role, const struct pdf_value *v,
                        const struct pdf_object *o)
{
    (void)role, (void)o;
    return put_tree(w, b, v, true, put_dest);
}

bool pdf_tree_labels_put(struct pdf_walk *w, struct buf *b, enum pdf_role role, const struct pdf_value *v,
                         const struct pdf_object *o)
{
    (void)role, (void)o;
    return put_tree(w, b, v, false, put_label);
}

bool pdf_tree_ids_put(struct pdf_walk *w, struct buf *b, enum pdf_role role, const struct pdf_value *v,
                      const struct pdf_object *o)
{
    (void)role, (void)o;
    return put_tree(w, b, v, true, put_element);
}

bool pdf_tree_parents_put(struct pdf_walk *w, struct buf *b, enum pdf_role role, const struct pdf_value *v,
                          const struct pdf_object *o)
{
    (void)role, (void)o;
    return put_tree(w, b, v, false, put_parents);
}
