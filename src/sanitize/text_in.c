#include "sanitize/text_in.h"

/* Say where the reading that came furthest ended: a person looks there first. */
static enum err no_set(struct bytes in, struct fault *why)
{
    enum charset set;
    size_t at = charset_guess_furthest(in, &set);

    return fault_set(why, ERR_MALFORMED, "T03", "a known character set", at, "in no known character set; byte %zu is not %s", at,
                     charset_name(set));
}

enum err text_in_open(struct text_in *t, struct clean *c, struct bytes in, enum charset set, struct fault *why)
{
    t->clean = c;
    t->line_at = 1;
    buf_init(&t->run, CHARSET_RUN * 2);
    scrub_init(&t->scrub);
    if (set == CHARSET_none)
        set = charset_guess(in);
    if (set == CHARSET_none)
        return no_set(in, why);
    if (set != CHARSET_utf8)
        clean_found(c, ROW_T03, ACT_REBUILT, "%s", charset_name(set));
    charset_open(&t->reader, in, set);
    return OK;
}

void text_in_done(struct text_in *t)
{
    buf_done(&t->run);
}

static void report_taken(struct text_in *t)
{
    for (int k = 0; k < SCRUB_KINDS; k++) {
        if (t->scrub.count[k] > 0)
            clean_found(t->clean, ROW_T04, ACT_REMOVED, "line %llu: %s", (unsigned long long)t->scrub.first[k],
                        scrub_name((enum scrub_kind)k));
        t->scrub.count[k] = 0;
    }
    if (t->scrub.hidden_line != 0)
        clean_found(t->clean, ROW_G10, ACT_REMOVED, "line %llu: a run of invisible characters",
                    (unsigned long long)t->scrub.hidden_line);
    t->scrub.hidden_line = 0;
}

/* Words that speak to a machine reading along: reported, for they may as well be quoted by a person. */
static void report_prompt(struct text_in *t, struct bytes run)
{
    static const char *const phrases[] = {"指示を無視", "指示をすべて無視", "指示は無視", "previous instructions",
                                          "above instructions", "system prompt", "システムプロンプト"};

    for (size_t i = 0; i < countof(phrases); i++)
        if (bytes_find(run, bytes_of(phrases[i]), 0) != SIZE_MAX)
            clean_found(t->clean, ROW_G10, ACT_KEPT, "near line %llu: “%s”", (unsigned long long)t->line_at, phrases[i]);
}

enum err text_in_next(struct text_in *t, struct bytes *ret_run, bool *ret_end, struct fault *why)
{
    struct bytes text;

    buf_reset(&t->run);
    TRY(charset_next(&t->reader, &text, why));
    t->line_at = t->scrub.line;
    scrub_run(&t->scrub, text, &t->run);
    *ret_end = t->reader.at == t->reader.in.len;
    if (*ret_end)
        scrub_end(&t->scrub);
    report_taken(t);
    report_prompt(t, buf_bytes(&t->run));
    *ret_run = buf_bytes(&t->run);
    return OK;
}
