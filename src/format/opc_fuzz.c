/* A name that was resolved is in its one form, and the way to it leads there. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "format/opc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void broken(const char *promise)
{
    (void)fprintf(stderr, "promise broken: %s\n", promise);
    abort();
}

/* What refers to a part is a part itself, so its own name has been resolved. */
static void names(struct arena *a, struct bytes referrer, struct bytes target)
{
    struct bytes base = {0}, name, again;

    if (referrer.len > 0 && !opc_name_resolve(a, (struct bytes){0}, referrer, &base))
        return;
    if (!opc_name_resolve(a, base, target, &name))
        return;
    if (name.at[0] == '/' || bytes_find(name, BYTES("//"), 0) != SIZE_MAX || bytes_equal(name, BYTES("..")))
        broken("no empty segments");
    if (bytes_find_byte(name, '%', 0) != SIZE_MAX)
        return; /* a percent sign that encodes nothing is itself; written again it could be read otherwise */
    if (!opc_name_resolve(a, (struct bytes){0}, name, &again) || !bytes_equal(name, again))
        broken("a resolved name resolves to itself");
    if (!opc_name_resolve(a, base, opc_name_relative(a, base, name), &again) || !bytes_equal(name, again))
        broken("a relative way leads to the part");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes in = {data, size};
    size_t cut = bytes_find_byte(in, '\n', 0);
    struct arena a;
    struct opc_types types;
    struct opc_rel *rels = NULL;
    struct xml *x;
    size_t count = 0;

    arena_init(&a, 64 << 20);
    x = xml_new(&a, &(struct xml_options){0});
    if (opc_types_read(&a, x, in, &types, NULL) == OK)
        (void)opc_types_of(&types, BYTES("word/document.xml"));
    if (opc_rels_read(&a, x, in, &rels, &count, NULL) == OK)
        for (size_t i = 0; i < count; i++)
            if (rels[i].id.len == 0)
                broken("a relationship has an id");
    if (cut != SIZE_MAX)
        names(&a, bytes_part(in, 0, cut), bytes_from(in, cut + 1));
    arena_done(&a);
    return 0;
}
