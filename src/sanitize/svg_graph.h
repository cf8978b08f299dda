/* What refers to what inside a drawing, to tell how much it draws once every reference is followed:
 * ten uses of ten uses of ten uses … are few bytes and many shapes. */
#pragma once

#include "base/map.h"

enum { SVG_GRAPH_COST_MAX = 5 * 1000 * 1000 };

struct svg_node {
    uint32_t parent;
    uint32_t elements; /* in it, those of nodes inside it apart */
    uint32_t first;    /* its edges, while they are measured */
    uint64_t cost;
    uint8_t state;
};

struct svg_edge {
    uint32_t from;
    struct bytes name; /* of what is referred to, in the arena */
};

struct svg_graph {
    struct arena *arena;
    struct map names; /* name → index + 1 */
    struct svg_node *nodes;
    struct svg_edge *edges;
    size_t node_count, node_cap, edge_count, edge_cap;
};

void svg_graph_init(struct svg_graph *g, struct arena *a);

/* An element with a name begins; its index is for the calls below.  Index 0 is the drawing itself. */
uint32_t svg_graph_node(struct svg_graph *g, uint32_t parent, struct bytes name);
void svg_graph_element(struct svg_graph *g, uint32_t node);
void svg_graph_refer(struct svg_graph *g, uint32_t node, struct bytes name);

/* How many elements are drawn with all references followed; more than SVG_GRAPH_COST_MAX is not told apart.
 * A circle of references counts once. */
uint64_t svg_graph_cost(struct svg_graph *g);
