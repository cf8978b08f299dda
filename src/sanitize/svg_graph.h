/* What refers to what inside a drawing, to tell how much it draws once every reference is followed:
 * ten uses of ten uses of ten uses … are few bytes and many shapes.
 *
 * A pattern or marker is drawn for each shape that has it, and shapes inherit it, also those a <use> brings.
 * Hence every element lies in a context: the references of the elements around it and the keys by which rules
 * of a style sheet (known late) may reach it.  The count is an upper bound: nothing that is inherited is taken
 * for overruled, and of a selector only one name of its last part is read.  Rule: I08; SVG 2 13.2, 5.6. */
#pragma once

#include "base/map.h"

enum { SVG_GRAPH_COST_MAX = 5 * 1000 * 1000 };

/* How often the target is drawn: once, or for each shape (fill, stroke) or corner (marker) below. */
enum svg_often { SVG_ONCE, SVG_EACH_SHAPE, SVG_EACH_CORNER };

struct svg_node {
    uint32_t cost, shapes, corners;   /* while measuring: sums with references followed */
    uint32_t own_shapes, own_corners; /* in it, those of nodes inside it apart */
    uint32_t last;                    /* the newest edge that leads here + 1 */
    uint32_t first, end, next;        /* its edges, in order */
    uint32_t seen, low;               /* for finding circles */
    bool defined, referred, done;
};

struct svg_edge {
    uint32_t from, to, through, times;
    uint8_t kind;
};

struct svg_graph {
    struct arena *arena;
    struct map names; /* of elements, rules and contexts → index + 1 */
    struct svg_node *nodes;
    struct svg_edge *edges;
    size_t node_count, node_cap, edge_count, edge_cap;
    bool sheets; /* there are style sheets: set before the first element when that may be */
    bool contexts; /* markers take over the paint of what they stand on: set before measuring */
    bool full;   /* more references than are counted */
};

void svg_graph_init(struct svg_graph *g, struct arena *a);

/* An element with a name begins; its index is for the calls below.  Index 0 is the drawing itself. */
uint32_t svg_graph_node(struct svg_graph *g, uint32_t parent, struct bytes name);

/* A context inside another (0 is the empty one): of a reference, and of what rules are looked up by: one of
 * '.', '#' and 'e' (element) with the name. */
uint32_t svg_graph_inherit(struct svg_graph *g, uint32_t context, struct bytes name, enum svg_often often);
uint32_t svg_graph_key(struct svg_graph *g, uint32_t context, char kind, struct bytes name);

/* An element of a node, in its context, with so many corners that a marker may stand at. */
void svg_graph_element(struct svg_graph *g, uint32_t node, uint32_t context, uint64_t corners);

/* A reference that is drawn once; and one whose target inherits from the element (<use>). */
void svg_graph_refer(struct svg_graph *g, uint32_t node, struct bytes name);
void svg_graph_use(struct svg_graph *g, uint32_t node, uint32_t context, struct bytes name);

/* A reference in a rule of a style sheet.  Identifiers of elements already seen count as any element. */
void svg_graph_rule(struct svg_graph *g, struct bytes selector, struct bytes name, enum svg_often often);

/* How many elements are drawn with all references followed; more than SVG_GRAPH_COST_MAX is not told apart.
 * In a circle of references none is followed into itself. */
uint64_t svg_graph_cost(struct svg_graph *g);
