#include "sanitize/svg_graph.h"

/* HOLD: what is inside or used; TIMES: drawn so many times, MARKS: so many markers; SHAPES, CORNERS: paint and
 * markers for each one of `through`. */
enum { HOLD, TIMES, MARKS, SHAPES, CORNERS };
enum { EDGES_MAX = 3 << 20, NODES_MAX = 3 << 20, ROUNDS_MAX = 64 << 20 };

static uint32_t bounded(uint64_t sum)
{
    return sum > SVG_GRAPH_COST_MAX ? SVG_GRAPH_COST_MAX + 1 : (uint32_t)sum;
}

static uint32_t add_node(struct svg_graph *g)
{
    if (g->node_count == NODES_MAX) {
        g->full = true;
        return 0;
    }
    if (g->node_count == g->node_cap) {
        size_t cap = g->node_cap == 0 ? 64 : g->node_cap * 2;
        struct svg_node *list = arena_array(g->arena, cap, sizeof(*list));

        if (g->node_count > 0)
            memcpy(list, g->nodes, g->node_count * sizeof(*list));
        g->nodes = list;
        g->node_cap = cap;
    }
    return (uint32_t)g->node_count++;
}

static void add_edge(struct svg_graph *g, struct svg_edge edge)
{
    if (g->edge_count == EDGES_MAX) {
        g->full = true;
        return;
    }
    if (g->edge_count == g->edge_cap) {
        size_t cap = g->edge_cap == 0 ? 64 : g->edge_cap * 2;
        struct svg_edge *list = arena_array(g->arena, cap, sizeof(*list));

        if (g->edge_count > 0)
            memcpy(list, g->edges, g->edge_count * sizeof(*list));
        g->edges = list;
        g->edge_cap = cap;
    }
    g->edges[g->edge_count++] = edge;
    g->nodes[edge.to].last = (uint32_t)g->edge_count;
}

static void add_kind(struct svg_graph *g, uint32_t from, uint32_t to, uint64_t times, uint8_t kind)
{
    uint32_t last = g->nodes[to].last;

    if (last > 0 && g->edges[last - 1].from == from && g->edges[last - 1].kind == kind)
        g->edges[last - 1].times = bounded(g->edges[last - 1].times + times);
    else
        add_edge(g, (struct svg_edge){.from = from, .to = to, .kind = kind, .times = bounded(times)});
}

static void add_times(struct svg_graph *g, uint32_t from, uint32_t to, uint64_t times)
{
    add_kind(g, from, to, times, TIMES);
}

/* The node of a name, made when it is not known yet. */
static uint32_t find(struct svg_graph *g, struct bytes name)
{
    void **at = map_at(&g->names, name);

    if (*at == NULL)
        *at = (void *)(uintptr_t)(add_node(g) + 1);
    g->nodes[(uintptr_t)*at - 1].referred = true;
    return (uint32_t)((uintptr_t)*at - 1);
}

void svg_graph_init(struct svg_graph *g, struct arena *a)
{
    *g = (struct svg_graph){.arena = a};
    map_init(&g->names, a);
    (void)add_node(g);
}

uint32_t svg_graph_node(struct svg_graph *g, uint32_t parent, struct bytes name)
{
    uint32_t node = add_node(g);
    void **at = map_at(&g->names, name);
    uint32_t known = *at == NULL ? node : (uint32_t)((uintptr_t)*at - 1);

    *at = (void *)(uintptr_t)(known + 1);
    add_edge(g, (struct svg_edge){.from = parent, .to = node, .kind = HOLD});
    if (known != node && !g->nodes[known].defined) /* of two with one name readers take the first */
        add_edge(g, (struct svg_edge){.from = known, .to = node, .kind = HOLD});
    g->nodes[known].defined = true;
    return node;
}

/* --- contexts: two nodes, what is drawn for each shape and for each corner --- */

enum { KEY_MAX = 512 };

/* No name begins with such a control character: these are never elements.  Long names share a node. */
static struct bytes make_key(uint8_t *to, uint8_t first, uint32_t number, uint8_t second, struct bytes name)
{
    size_t len = name.len < KEY_MAX ? name.len : KEY_MAX;

    to[0] = first;
    memcpy(to + 1, &number, sizeof(number));
    to[5] = second;
    if (len > 0)
        memcpy(to + 6, name.at, len);
    return (struct bytes){to, 6 + len};
}

static uint32_t make_context(struct svg_graph *g, uint32_t outer, uint32_t shapes, uint32_t corners)
{
    uint8_t text[KEY_MAX + 6], targets[8];
    void **at;
    uint32_t made;

    memcpy(targets, &shapes, 4), memcpy(targets + 4, &corners, 4);
    at = map_at(&g->names, make_key(text, 1, outer, 1, (struct bytes){targets, 8}));
    if (*at != NULL)
        return (uint32_t)((uintptr_t)*at - 1);
    made = add_node(g);
    if (add_node(g) != made + 1) /* full */
        return 0;
    *at = (void *)(uintptr_t)(made + 1);
    for (uint32_t i = 0; i < 2; i++) {
        uint32_t to = i == 0 ? shapes : corners;

        if (outer != 0)
            add_times(g, made + i, outer + i, 1);
        if (to != 0)
            add_times(g, made + i, to, 1);
    }
    return made;
}

uint32_t svg_graph_inherit(struct svg_graph *g, uint32_t context, struct bytes name, enum svg_often often)
{
    uint32_t target = find(g, name);

    return make_context(g, context, often == SVG_EACH_CORNER ? 0 : target, often == SVG_EACH_CORNER ? target : 0);
}

static uint32_t key_node(struct svg_graph *g, char kind, struct bytes name, bool corners)
{
    uint8_t text[KEY_MAX + 6];

    return find(g, make_key(text, corners ? 3 : 2, 0, (uint8_t)kind, name));
}

uint32_t svg_graph_key(struct svg_graph *g, uint32_t context, char kind, struct bytes name)
{
    uint8_t text[KEY_MAX + 6];

    if (!g->sheets)
        return context;
    /* identifiers are many: only those that rules have named already */
    if (kind == '#' && map_get(&g->names, make_key(text, 2, 0, '#', name)) == NULL)
        return context;
    return make_context(g, context, key_node(g, kind, name, false), key_node(g, kind, name, true));
}

void svg_graph_element(struct svg_graph *g, uint32_t node, uint32_t context, uint64_t corners)
{
    g->nodes[node].own_shapes++;
    g->nodes[node].own_corners = bounded(g->nodes[node].own_corners + corners);
    if (context == 0)
        return;
    add_times(g, node, context, 1);
    if (corners > 0)
        add_kind(g, node, context + 1, corners, MARKS);
}

void svg_graph_refer(struct svg_graph *g, uint32_t node, struct bytes name)
{
    add_times(g, node, find(g, name), 1);
}

void svg_graph_use(struct svg_graph *g, uint32_t node, uint32_t context, struct bytes name)
{
    uint32_t target = find(g, name);

    add_edge(g, (struct svg_edge){.from = node, .to = target, .kind = HOLD});
    if (context == 0)
        return;
    add_edge(g, (struct svg_edge){.from = node, .to = context, .through = target, .kind = SHAPES});
    add_edge(g, (struct svg_edge){.from = node, .to = context + 1, .through = target, .kind = CORNERS});
}

/* --- rules --- */

static bool ends_name(uint8_t c)
{
    return c <= ' ' || (c < 0x80 && strchr(".#>+~*:()[]=^$|\"'", c) != NULL);
}

/* What follows the mark `kind` in a compound selector; empty when there is none. */
static struct bytes part_after(struct bytes s, char kind)
{
    size_t at = bytes_find_byte(s, (uint8_t)kind, 0), end;

    if (at == SIZE_MAX)
        return (struct bytes){0};
    for (end = ++at; end < s.len && !ends_name(s.at[end]);)
        end++;
    return bytes_part(s, at, end - at);
}

/* The key an element must have for a selector to fit: a class, an identifier, its own name, or any. */
static uint32_t selector_key(struct svg_graph *g, struct bytes s, bool corners)
{
    size_t from, end = 0;
    struct bytes name;

    s = bytes_trim(s);
    for (from = s.len; from > 0 && s.at[from - 1] > ' ' && strchr(">+~", s.at[from - 1]) == NULL;)
        from--;
    s = bytes_from(s, from);
    if ((name = part_after(s, '.')).len > 0)
        return key_node(g, '.', name, corners);
    if ((name = part_after(s, '#')).len > 0) {
        const void *element = map_get(&g->names, name);

        if (element != NULL && g->nodes[(uintptr_t)element - 1].defined)
            return key_node(g, '*', (struct bytes){0}, corners);
        (void)key_node(g, '#', name, !corners);
        return key_node(g, '#', name, corners);
    }
    while (end < s.len && !ends_name(s.at[end]))
        end++;
    return end > 0 ? key_node(g, 'e', bytes_part(s, 0, end), corners) : key_node(g, '*', (struct bytes){0}, corners);
}

void svg_graph_rule(struct svg_graph *g, struct bytes selector, struct bytes name, enum svg_often often)
{
    uint32_t target = find(g, name);
    bool corners = often == SVG_EACH_CORNER;

    for (size_t i = 0; i < selector.len; i++)
        if (selector.at[i] != 0 && strchr("[(|\"'", selector.at[i]) != NULL) { /* not read here: may fit any */
            add_times(g, key_node(g, '*', (struct bytes){0}, corners), target, 1);
            return;
        }
    for (size_t at = 0; at <= selector.len;) {
        size_t comma = bytes_find_byte(selector, ',', at);
        size_t end = comma == SIZE_MAX ? selector.len : comma;

        add_times(g, selector_key(g, bytes_part(selector, at, end - at), corners), target, 1);
        at = end + 1;
    }
}

/* --- the measure --- */

static uint32_t product(uint32_t a, uint32_t b)
{
    return bounded((uint64_t)a * b);
}

/* The edges in rows, one for each node. */
static struct svg_edge *make_rows(struct svg_graph *g)
{
    struct svg_edge *rows = arena_array(g->arena, g->edge_count + 1, sizeof(*rows));
    uint32_t sum = 0;

    for (size_t i = 0; i < g->edge_count; i++)
        g->nodes[g->edges[i].from].end++;
    for (size_t i = 0; i < g->node_count; i++) {
        uint32_t count = g->nodes[i].end;

        g->nodes[i].first = g->nodes[i].next = g->nodes[i].end = sum;
        sum += count;
    }
    for (size_t i = 0; i < g->edge_count; i++)
        rows[g->nodes[g->edges[i].from].end++] = g->edges[i];
    return rows;
}

/* The sums of a node, from what is known of its targets; true when they grew. */
static bool sum_up(struct svg_graph *g, const struct svg_edge *rows, uint32_t at)
{
    struct svg_node *n = &g->nodes[at];
    uint32_t cost = bounded(n->own_shapes), shapes = cost, corners = n->own_corners;
    bool grew;

    for (uint32_t i = n->first; i < n->end; i++) {
        const struct svg_edge *e = &rows[i];
        const struct svg_node *to = &g->nodes[e->to], *through = &g->nodes[e->through];
        uint32_t drawn;

        if (e->to == at)
            continue;
        if (e->kind == HOLD)
            shapes = bounded(shapes + to->shapes), corners = bounded(corners + to->corners);
        drawn = product(to->cost, e->kind == HOLD     ? 1
                                  : e->kind <= MARKS  ? e->times
                                  : e->kind == SHAPES ? through->shapes
                                                      : through->corners);
        if (g->contexts && (e->kind == MARKS || e->kind == CORNERS)) /* the paint's node is before the markers' */
            drawn = product(drawn, 1 + g->nodes[e->to - 1].cost);
        cost = bounded(cost + drawn);
    }
    grew = cost > n->cost || shapes > n->shapes || corners > n->corners;
    n->cost = cost, n->shapes = shapes, n->corners = corners;
    return grew;
}

/* Whether it is an element that something refers to. */
static bool is_name(const struct svg_node *n)
{
    return n->defined && n->referred;
}

/* Sums of the nodes of one kind, names or all others; true when one grew. */
static bool sum_up_kind(struct svg_graph *g, const struct svg_edge *rows, const uint32_t *nodes, size_t count,
                        bool names, uint64_t *work)
{
    bool grew = false;

    for (size_t i = count; i-- > 0;) {
        if (is_name(&g->nodes[nodes[i]]) == names)
            grew |= sum_up(g, rows, nodes[i]);
        *work += 1 + g->nodes[nodes[i]].end - g->nodes[nodes[i]].first;
    }
    g->full |= *work > ROUNDS_MAX;
    return grew && !g->full;
}

/* Nodes that reach each other.  Every circle leads through a name, and readers follow no name within itself: so
 * many rounds as there are names, and in each the others are summed up until nothing grows. */
static void sum_up_circle(struct svg_graph *g, const struct svg_edge *rows, const uint32_t *nodes, size_t count)
{
    uint64_t work = 0;
    size_t rounds = 0;

    if (count == 1) {
        (void)sum_up(g, rows, nodes[0]);
        return;
    }
    for (size_t i = 0; i < count; i++)
        rounds += is_name(&g->nodes[nodes[i]]);
    do {
        while (sum_up_kind(g, rows, nodes, count, false, &work))
            continue;
    } while (rounds-- > 0 && sum_up_kind(g, rows, nodes, count, true, &work));
}

struct walk {
    uint32_t *path, *open; /* nodes being left, and nodes whose circle is not complete (Tarjan) */
    size_t depth, open_count;
    uint32_t count;
};

static void enter(struct svg_graph *g, struct walk *w, uint32_t at)
{
    g->nodes[at].seen = g->nodes[at].low = ++w->count;
    w->path[w->depth++] = w->open[w->open_count++] = at;
}

static void leave(struct svg_graph *g, const struct svg_edge *rows, struct walk *w, uint32_t at)
{
    size_t from = w->open_count;

    w->depth--;
    if (w->depth > 0 && g->nodes[at].low < g->nodes[w->path[w->depth - 1]].low)
        g->nodes[w->path[w->depth - 1]].low = g->nodes[at].low;
    if (g->nodes[at].low != g->nodes[at].seen)
        return;
    while (w->open[--from] != at)
        g->nodes[w->open[from]].done = true;
    g->nodes[at].done = true;
    sum_up_circle(g, rows, w->open + from, w->open_count - from);
    w->open_count = from;
}

uint64_t svg_graph_cost(struct svg_graph *g)
{
    const struct svg_edge *rows = make_rows(g);
    struct walk w = {arena_array(g->arena, g->node_count, sizeof(uint32_t)),
                     arena_array(g->arena, g->node_count, sizeof(uint32_t)), 0, 0, 0};

    enter(g, &w, 0);
    while (w.depth > 0) {
        uint32_t at = w.path[w.depth - 1];
        struct svg_node *n = &g->nodes[at];

        if (n->next < n->end) {
            const struct svg_node *to = &g->nodes[rows[n->next].to];

            if (to->seen == 0)
                enter(g, &w, rows[n->next].to);
            else if (!to->done && to->seen < n->low)
                n->low = to->seen;
            n->next++;
        } else {
            leave(g, rows, &w, at);
        }
    }
    return g->full ? SVG_GRAPH_COST_MAX + 1 : g->nodes[0].cost;
}
