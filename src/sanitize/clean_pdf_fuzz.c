#include "sanitize/promise.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Small pictures and streams only, so that inputs are many. */
static enum err clean_small(struct clean *c, struct bytes in, struct sink *out, struct fault *why)
{
    c->budget->pixels = 1 << 17;
    c->budget->unpacked = 4 << 20;
    return clean_pdf(c, in, out, why);
}

/* The same with everything removed that a profile may remove. */
static enum err clean_strict(struct clean *c, struct bytes in, struct sink *out, struct fault *why)
{
    static const enum row rows[] = {ROW_P05, ROW_P09, ROW_P10, ROW_P12, ROW_P25};
    struct profile *strict = ARENA_NEW(c->arena, struct profile);

    *strict = *c->profile;
    for (size_t i = 0; i < countof(rows); i++)
        strict->choice[rows[i]] = CHOICE_REMOVE;
    c->profile = strict;
    return clean_small(c, in, out, why);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    (void)promise_check(TYPE_pdf, size & 1 ? clean_strict : clean_small, (struct bytes){data, size}, "document.pdf");
    return 0;
}
