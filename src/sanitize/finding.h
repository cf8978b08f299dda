/* What was found and what was done: merged by row, action and place, in order of first sight. */
#pragma once

#include "base/map.h"
#include "rule/rule.h"

struct finding {
    enum row row;
    enum act act;
    uint32_t count;
    struct bytes where; /* UTF-8, at most FINDING_WHERE_MAX bytes */
};

enum {
    FINDING_WHERE_MAX = 200,
    FINDING_MAX = 2000, /* more places than this are counted under "…" of their row */
};

struct findings {
    struct arena *arena;
    struct map index;
    struct finding *list;
    size_t count, cap;
};

void finding_init(struct findings *f, struct arena *a);
void finding_add(struct findings *f, enum row row, enum act act, struct bytes where);
