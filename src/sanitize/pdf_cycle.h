/* Who refers to whom among the objects written, so that nothing is ever drawn inside itself.
 *
 * Rule:    P19 (recursion bounded), P21 (loops) */
#pragma once

#include "base/arena.h"

struct pdf_edge;

struct pdf_cycle {
    struct arena *arena;
    struct pdf_edge **edges; /* by object number */
    uint32_t *stamps;        /* when a node was last looked at */
    size_t cap;
    uint32_t stamp;
    uint64_t steps; /* edges looked at so far: the caller stops at PDF_CYCLE_STEPS_MAX */
};

enum { PDF_CYCLE_STEPS_MAX = 50 * 1000 * 1000 };

void pdf_cycle_init(struct pdf_cycle *c, struct arena *a);

/* Note that `from` refers to `to`; false (and not noted) when that would close a circle.
 *
 * fresh  nothing has left `to` yet, so it cannot lead anywhere */
bool pdf_cycle_add(struct pdf_cycle *c, uint32_t from, uint32_t to, bool fresh) must_use;
