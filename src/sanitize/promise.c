#include "sanitize/promise.h"

#include <stdio.h>
#include <stdlib.h>

enum { ARENA_BUDGET = 512 << 20, OUTPUT_BUDGET = 256 << 20 };

enum err promise_run(struct arena *a, enum type type, clean_fn *fn, struct bytes in, const char *name,
                     struct buf *ret_out, struct findings *ret_findings, enum type *ret_type, struct fault *why)
{
    struct profile *profile = ARENA_NEW(a, struct profile);
    struct budget budget;
    struct sink sink;
    struct clean c;
    enum err code;

    profile_default(profile);
    profile->limits.unpacked = 256 << 20;
    profile->limits.pixels = 16 << 20;
    budget = (struct budget){profile->limits.unpacked, profile->limits.pixels, profile->limits.entries};
    finding_init(ret_findings, a);
    buf_init(ret_out, OUTPUT_BUDGET);
    sink = sink_to_buf(ret_out);
    c = (struct clean){.profile = profile, .arena = a, .findings = ret_findings, .budget = &budget,
                       .name = bytes_of(name), .where = "", .type = type, .ret_type = type_output(type)};
    code = fn(&c, in, &sink, why);
    *ret_type = c.ret_type;
    return code;
}

uint32_t promise_count(const struct findings *f, enum row row, enum act act)
{
    uint32_t count = 0;

    for (size_t i = 0; i < f->count; i++)
        if (f->list[i].row == row && f->list[i].act == act)
            count += f->list[i].count;
    return count;
}

static void broken(const char *promise, const char *name, const char *detail)
{
    (void)fprintf(stderr, "promise broken: %s: %s (%s)\n", promise, name, detail);
    abort();
}

static void no_findings(const struct findings *f, const char *name)
{
    for (size_t i = 0; i < f->count; i++) {
        char text[FINDING_WHERE_MAX + 40];

        if (f->list[i].act == ACT_KEPT)
            continue;
        (void)snprintf(text, sizeof(text), "%s %s at %.*s", rule_id(f->list[i].row), rule_act(f->list[i].act),
                       (int)f->list[i].where.len, (const char *)f->list[i].where.at);
        broken("a clean file re-reads with no finding", name, text);
    }
}

static void same_again(enum type type, clean_fn *fn, struct bytes in, const char *name, struct bytes first,
                       const char *promise, bool look)
{
    struct arena a;
    struct buf out;
    struct findings found;
    struct fault why = {0};
    enum type made;

    arena_init(&a, ARENA_BUDGET);
    if (promise_run(&a, type, fn, in, name, &out, &found, &made, &why) != OK)
        broken(promise, name, why.text);
    if (!bytes_equal(buf_bytes(&out), first))
        broken(promise, name, "bytes differ");
    if (look)
        no_findings(&found, name);
    buf_done(&out);
    arena_done(&a);
}

bool promise_check(enum type type, clean_fn *fn, struct bytes in, const char *name)
{
    struct arena a;
    struct buf out;
    struct findings found;
    struct fault why = {0};
    enum type made;
    bool ok;

    arena_init(&a, ARENA_BUDGET);
    ok = promise_run(&a, type, fn, in, name, &out, &found, &made, &why) == OK;
    if (ok) {
        same_again(type, fn, in, name, buf_bytes(&out), "same input, same bytes", false);
        same_again(made, fn, buf_bytes(&out), name, buf_bytes(&out), "clean(clean(x)) = clean(x)", true);
    }
    buf_done(&out);
    arena_done(&a);
    return ok;
}
