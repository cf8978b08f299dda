#include <stdlib.h>

#include "format/cfb.h"

/* Every walk ends within its bound, names end, heads are never longer than asked or stated. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void look(const struct cfb *c, const struct cfb_entry *e)
{
    uint8_t head[600];
    size_t got = cfb_head(c, e, head, sizeof(head));

    if (got > sizeof(head) || got > e->size || memchr(e->name, 0, CFB_NAME) == NULL)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct cfb c;
    struct cfb_entry e;
    struct cfb_walk w;
    uint32_t seen = 0;

    if (cfb_open((struct bytes){data, size}, &c, NULL) != OK)
        return 0;
    if (!cfb_entry(&c, 0, &e))
        abort();
    w = cfb_walk(&c, e.child);
    while (cfb_walk_next(&w, &e)) {
        look(&c, &e);
        if (++seen > c.entry_count)
            abort();
    }
    return 0;
}
