#include "sanitize/pdf_part.h"

#include <stdlib.h>

/* The page tree becomes a list: each page with what it inherits, under one node. */

enum { PAGES_MAX = 100000, NODES_MAX = 400000, DEPTH_MAX = 256, SIDE_MAX = 1000000 };

/* What is handed down (ISO 32000-1 table 30), sorted. */
static const char *const inherited[] = {"CropBox", "MediaBox", "Resources", "Rotate"};

struct level {
    const struct pdf_value *kids;
    uint32_t next;
    struct pdf_value down[countof(inherited)]; /* PDF_NULL when nothing is handed down */
    const struct pdf_object *node;
};

static bool is_box(struct pdf_walk *w, const struct pdf_value *v)
{
    v = pdf_resolve(&w->pdf, v, NULL);
    if (v == NULL || v->kind != PDF_ARRAY || v->count != 4)
        return false;
    for (uint32_t i = 0; i < 4; i++)
        if (!pdf_value_is_number(pdf_resolve(&w->pdf, &v->items[i], NULL)))
            return false;
    return true;
}

static void inherit(const struct pdf_value *dict, struct pdf_value *down)
{
    for (size_t i = 0; i < countof(inherited); i++) {
        const struct pdf_value *own = pdf_value_get(dict, inherited[i]);

        if (own != NULL)
            down[i] = *own;
    }
}

static int key_order(const void *a, const void *b)
{
    const struct pdf_value *x = a, *y = b;
    size_t len = x->len < y->len ? x->len : y->len;
    int order = len == 0 ? 0 : memcmp(x->text, y->text, len);

    return order != 0 ? order : (x->len > y->len) - (x->len < y->len);
}

/* A dictionary of its own with the inherited pairs put in; Letter when no size is known, as readers have it. */
static struct pdf_value page_dict(struct pdf_walk *w, const struct pdf_value *dict, const struct pdf_value *down)
{
    static const struct pdf_value letter[] = {{.kind = PDF_INT, .num = 0}, {.kind = PDF_INT, .num = 0},
                                          {.kind = PDF_INT, .num = 612}, {.kind = PDF_INT, .num = 792}};
    struct pdf_value *items = arena_array(w->c->arena, 2 * ((size_t)dict->count + countof(inherited)), sizeof(*items));
    bool sized = is_box(w, pdf_value_get(dict, "MediaBox"));
    uint32_t count = 0;

    for (uint32_t i = 0; i < dict->count; i++) {
        if (!sized && pdf_value_is_name(&dict->items[2 * i], "MediaBox"))
            continue;
        items[2 * count] = dict->items[2 * i];
        items[2 * count++ + 1] = dict->items[2 * i + 1];
    }
    for (size_t i = 0; i < countof(inherited); i++) {
        struct pdf_value v = down[i];

        if (i == 1 ? sized : pdf_value_get(dict, inherited[i]) != NULL)
            continue;
        if (i == 1 && !is_box(w, &v))
            v = (struct pdf_value){.kind = PDF_ARRAY, .count = 4, .items = letter};
        if (v.kind == PDF_NULL)
            continue;
        items[2 * count] = (struct pdf_value){.kind = PDF_NAME, .text = (const uint8_t *)inherited[i],
                                              .len = (uint32_t)strlen(inherited[i])};
        items[2 * count + 1] = v;
        count++;
    }
    qsort(items, count, 2 * sizeof(*items), key_order);
    return (struct pdf_value){.kind = PDF_DICT, .count = count, .items = items};
}

static void page_add(struct pdf_walk *w, struct buf *pages, const struct pdf_object *o, const struct pdf_value *down)
{
    struct pdf_page page = {.object = o, .dict = page_dict(w, &o->value, down)};

    if (w->page_count >= PAGES_MAX) {
        pdf_walk_fail(w, fault_set(w->why, ERR_LIMIT, "P27", "limit of pages", 0, "more than %d pages", PAGES_MAX));
        return;
    }
    buf_put(pages, (struct bytes){(const uint8_t *)&page, sizeof(page)});
    w->page_count++;
}

static bool is_node(struct pdf_walk *w, const struct pdf_value *v)
{
    const struct pdf_value *kids = pdf_get_key(&w->pdf, v, "Kids");

    return kids != NULL && kids->kind == PDF_ARRAY && !pdf_value_is_name(pdf_get_key(&w->pdf, v, "Type"), "Page");
}

static bool above(const struct level *levels, size_t depth, const struct pdf_object *o)
{
    for (size_t i = 0; i < depth; i++)
        if (levels[i].node == o)
            return true;
    return false;
}

/* The tree from the top; a node met below itself is a loop; pages too deep to be met must not be lost. */
static void descend(struct pdf_walk *w, const struct pdf_object *root, struct buf *pages)
{
    struct level *levels = arena_array(w->c->arena, DEPTH_MAX, sizeof(*levels));
    size_t depth = 1, nodes = 0;

    levels[0].node = root;
    levels[0].kids = pdf_get_key(&w->pdf, &root->value, "Kids");
    inherit(&root->value, levels[0].down);
    while (depth > 0 && w->err == OK) {
        struct level *l = &levels[depth - 1];
        const struct pdf_object *o;
        const struct pdf_value *v;

        if (l->next >= l->kids->count) {
            depth--;
            continue;
        }
        v = pdf_resolve(&w->pdf, &l->kids->items[l->next++], &o);
        if (v == NULL || v->kind != PDF_DICT || o == NULL || v != &o->value || o->stream)
            continue;
        if (++nodes > NODES_MAX) {
            pdf_walk_fail(w, fault_set(w->why, ERR_LIMIT, "P27", "limit of pages", 0, "too many nodes of pages"));
            return;
        }
        if (!is_node(w, v)) {
            page_add(w, pages, o, l->down);
            continue;
        }
        if (depth == DEPTH_MAX) {
            pdf_walk_fail(w, fault_set(w->why, ERR_LIMIT, "P27", "limit of pages", 0, "pages deeper than %d nodes", DEPTH_MAX));
            return;
        }
        if (above(levels, depth, o)) {
            clean_found(w->c, ROW_P21, ACT_REMOVED, "page tree leads back to itself");
            continue;
        }
        levels[depth] = (struct level){.node = o, .kids = pdf_get_key(&w->pdf, v, "Kids")};
        memcpy(levels[depth].down, l->down, sizeof(l->down));
        inherit(v, levels[depth].down);
        depth++;
    }
}

void pdf_pages_collect(struct pdf_walk *w, const struct pdf_value *catalog)
{
    const struct pdf_object *root = NULL;
    const struct pdf_value *v = pdf_resolve(&w->pdf, pdf_value_get(catalog, "Pages"), &root);
    static const struct pdf_value nothing[countof(inherited)];
    struct buf pages;

    buf_init(&pages, SIZE_MAX / 2);
    if (v != NULL && root != NULL && v == &root->value && is_node(w, v))
        descend(w, root, &pages);
    else if (v != NULL && root != NULL && pdf_value_is_name(pdf_get_key(&w->pdf, v, "Type"), "Page"))
        page_add(w, &pages, root, nothing);
    w->pages = arena_array(w->c->arena, (size_t)w->page_count + 1, sizeof(*w->pages));
    if (w->page_count > 0)
        memcpy(w->pages, pages.at, pages.len);
    buf_done(&pages);
    w->pages_number = pdf_walk_number(w);
    for (uint32_t i = 0; i < w->page_count; i++) {
        struct pdf_id_key key = pdf_walk_id(w->pages[i].object->id);
        void **place = map_at(&w->page_of, (struct bytes){key.at, sizeof(key.at)});

        w->pages[i].number = pdf_walk_number(w);
        if (*place == NULL)
            *place = &w->pages[i];
    }
}

static void write_node(struct pdf_walk *w)
{
    struct buf b;

    buf_init(&b, SIZE_MAX / 2);
    buf_putf(&b, "<</Count %u/Kids[", w->page_count);
    for (uint32_t i = 0; i < w->page_count; i++)
        pdf_write_ref(&b, w->pages[i].number);
    buf_put(&b, BYTES("]/Type/Pages>>"));
    pdf_walk_write(w, w->pages_number, &b);
    buf_done(&b);
}

/* A page of a kilometre is a trap for whoever renders it. */
static void check_size(struct pdf_walk *w, const struct pdf_page *page)
{
    const struct pdf_value *box = pdf_get_key(&w->pdf, &page->dict, "MediaBox");

    for (uint32_t i = 0; box != NULL && box->kind == PDF_ARRAY && i < box->count; i++) {
        double v = pdf_value_number(pdf_resolve(&w->pdf, &box->items[i], NULL), 0);

        if (v > SIDE_MAX || v < -SIDE_MAX)
            pdf_walk_fail(w, fault_set(w->why, ERR_LIMIT, "P27", "limit of page size", 0, "a page larger than %d points",
                                       SIDE_MAX));
    }
}

static void write_page(struct pdf_walk *w, const struct pdf_page *page)
{
    struct buf b;

    check_size(w, page);
    buf_init(&b, SIZE_MAX / 2);
    buf_putf(&b, "<</Type/Page/Parent %u 0 R", w->pages_number);
    w->from = page->object;
    w->current = page->number;
    w->resources = pdf_get_key(&w->pdf, &page->dict, "Resources");
    pdf_walk_pairs(w, &b, &page->dict, PDF_ROLE_PAGE);
    buf_put(&b, BYTES(">>"));
    pdf_walk_write(w, page->number, &b);
    buf_done(&b);
    pdf_walk_drain(w);
    w->resources = NULL;
    w->current = 0;
}

void pdf_pages_write(struct pdf_walk *w)
{
    write_node(w);
    for (uint32_t i = 0; i < w->page_count && w->err == OK; i++)
        write_page(w, &w->pages[i]);
}

static bool is_content(const struct pdf_value *v, const struct pdf_object *o)
{
    return v != NULL && o != NULL && o->stream && v == &o->value;
}

/* The parts of a page's content are one stream to a reader, so they become one: an operator may begin in one part
 * and end in the next. */
static uint32_t join(struct pdf_walk *w, const struct pdf_value *list)
{
    struct pdf_coding coding;
    struct buf all, part;
    uint32_t number = pdf_walk_number(w);

    buf_init(&all, PDF_STREAM_MAX);
    buf_init(&part, PDF_STREAM_MAX);
    for (uint32_t i = 0; i < list->count && w->err == OK; i++) {
        const struct pdf_object *o;
        const struct pdf_value *v = pdf_resolve(&w->pdf, &list->items[i], &o);

        if (!is_content(v, o) || !pdf_stream_data(w, o, false, &part, &coding))
            continue;
        buf_put(&all, buf_bytes(&part));
        buf_put_u8(&all, '\n');
    }
    pdf_walk_fail(w, buf_check(&all, w->why));
    pdf_walk_later(w, number, &all);
    buf_done(&part);
    return number;
}

bool pdf_pages_contents_put(struct pdf_walk *w, struct buf *b, enum pdf_role role, const struct pdf_value *v,
                            const struct pdf_object *o)
{
    uint32_t number = 0;

    (void)role;
    if (v->kind == PDF_ARRAY && v->count == 1)
        v = pdf_resolve(&w->pdf, &v->items[0], &o);
    if (is_content(v, o))
        number = pdf_walk_object(w, o, PDF_ROLE_CONTENT);
    else if (v != NULL && v->kind == PDF_ARRAY && v->count > 0)
        number = join(w, v);
    if (number != 0)
        pdf_write_ref(b, number);
    return number != 0;
}
