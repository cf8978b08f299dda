#include "sanitize/svg_graph.h"

enum { NEW, OPEN, DONE };

void svg_graph_init(struct svg_graph *g, struct arena *a)
{
    *g = (struct svg_graph){.arena = a};
    map_init(&g->names, a);
    (void)svg_graph_node(g, 0, (struct bytes){0});
}

uint32_t svg_graph_node(struct svg_graph *g, uint32_t parent, struct bytes name)
{
    if (g->node_count == g->node_cap) {
        size_t cap = g->node_cap == 0 ? 64 : g->node_cap * 2;
        struct svg_node *list = arena_array(g->arena, cap, sizeof(*list));

        if (g->node_count > 0)
            memcpy(list, g->nodes, g->node_count * sizeof(*list));
        g->nodes = list;
        g->node_cap = cap;
    }
    g->nodes[g->node_count] = (struct svg_node){.parent = parent};
    if (name.len > 0) {
        void **at = map_at(&g->names, name);

        if (*at == NULL) /* of two with one name readers take the first */
            *at = (void *)(uintptr_t)(g->node_count + 1);
    }
    return (uint32_t)g->node_count++;
}

void svg_graph_element(struct svg_graph *g, uint32_t node)
{
    g->nodes[node].elements++;
}

void svg_graph_refer(struct svg_graph *g, uint32_t node, struct bytes name)
{
    if (g->edge_count == g->edge_cap) {
        size_t cap = g->edge_cap == 0 ? 64 : g->edge_cap * 2;
        struct svg_edge *list = arena_array(g->arena, cap, sizeof(*list));

        if (g->edge_count > 0)
            memcpy(list, g->edges, g->edge_count * sizeof(*list));
        g->edges = list;
        g->edge_cap = cap;
    }
    g->edges[g->edge_count++] = (struct svg_edge){node, arena_copy(g->arena, name)};
}

/* Edges in a row for each node: what is inside it, then what it refers to. */
struct rows {
    uint32_t *to;
    uint32_t *end; /* of each node's row */
};

static uint32_t target(const struct svg_graph *g, const struct svg_edge *e)
{
    return (uint32_t)(uintptr_t)map_get(&g->names, e->name);
}

static struct rows make_rows(struct svg_graph *g)
{
    struct rows r = {arena_array(g->arena, g->node_count + g->edge_count, sizeof(uint32_t)),
                     arena_array(g->arena, g->node_count + 1, sizeof(uint32_t))};
    uint32_t sum = 0;

    for (size_t i = 1; i < g->node_count; i++)
        r.end[g->nodes[i].parent]++;
    for (size_t i = 0; i < g->edge_count; i++)
        r.end[g->edges[i].from] += target(g, &g->edges[i]) != 0;
    for (size_t i = 0; i < g->node_count; i++) {
        g->nodes[i].first = sum;
        sum += r.end[i];
        r.end[i] = g->nodes[i].first;
    }
    for (size_t i = 1; i < g->node_count; i++)
        r.to[r.end[g->nodes[i].parent]++] = (uint32_t)i;
    for (size_t i = 0; i < g->edge_count; i++) {
        uint32_t to = target(g, &g->edges[i]);

        if (to != 0)
            r.to[r.end[g->edges[i].from]++] = to - 1;
    }
    return r;
}

static uint64_t bounded(uint64_t cost)
{
    return cost > SVG_GRAPH_COST_MAX ? SVG_GRAPH_COST_MAX + 1 : cost;
}

uint64_t svg_graph_cost(struct svg_graph *g)
{
    struct rows r = make_rows(g);
    uint32_t *stack = arena_array(g->arena, g->node_count + 1, sizeof(*stack));
    size_t depth = 1;

    while (depth > 0) { /* depth first, each node once */
        uint32_t at = stack[depth - 1];
        struct svg_node *n = &g->nodes[at];

        if (n->state == NEW) {
            n->state = OPEN;
            n->cost = n->elements;
        }
        if (n->first < r.end[at]) {
            struct svg_node *next = &g->nodes[r.to[n->first]];

            if (next->state == NEW) {
                stack[depth++] = r.to[n->first]; /* comes back here when it is done */
                continue;
            }
            if (next->state == DONE)
                n->cost = bounded(n->cost + next->cost);
            n->first++;
            continue;
        }
        n->state = DONE;
        depth--;
    }
    return g->nodes[0].cost;
}
