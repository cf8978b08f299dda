#include "sanitize/ooxml_judge.h"

#include <stdio.h>

void ooxml_judge_doom(struct ooxml_filter *f)
{
    for (uint32_t i = f->depth; i-- > 0;) {
        if (!f->levels[i].rule->whole)
            continue;
        f->levels[i].doomed = true;
        return;
    }
}

void ooxml_judge_found(struct ooxml_filter *f, const char *place, const char *hazard)
{
    clean_found(f->c, ROW_O15, ACT_NEUTRALIZED, "%.*s: %s: %s", (int)f->part->name.len, (const char *)f->part->name.at,
                place, hazard);
}

static const char *hazard_of(struct ooxml_filter *f, struct bytes text)
{
    return ooxml_formula_hazard(text, &ooxml_book_of(f)->scope);
}

static bool judge(struct ooxml_filter *f, struct bytes text)
{
    const char *hazard = hazard_of(f, text);
    struct bytes name = ooxml_filter_level(f)->read->local;
    char place[40];

    if (hazard == NULL)
        return true;
    (void)snprintf(place, sizeof(place), "%.*s", (int)(name.len < 30 ? name.len : 30), (const char *)name.at);
    ooxml_judge_found(f, place, hazard);
    return false;
}

enum err ooxml_judge_formula(struct ooxml_filter *f, struct buf *text, enum ooxml_what *what, struct fault *why)
{
    (void)why;
    if (!judge(f, buf_bytes(text)))
        *what = OOXML_DROP_SILENT;
    return OK;
}

enum err ooxml_judge_condition(struct ooxml_filter *f, struct buf *text, enum ooxml_what *what, struct fault *why)
{
    TRY(ooxml_judge_formula(f, text, what, why));
    if (*what != OOXML_KEEP)
        ooxml_judge_doom(f);
    return OK;
}

enum err ooxml_judge_series(struct ooxml_filter *f, struct buf *text, enum ooxml_what *what, struct fault *why)
{
    (void)what, (void)why;
    if (judge(f, buf_bytes(text)))
        return OK;
    buf_reset(text);
    buf_put(text, BYTES("#REF!"));
    return OK;
}

enum err ooxml_judge_attr(struct ooxml_filter *f, struct xml_tag *tag, struct xml_attr *attr, bool *keep,
                          struct fault *why)
{
    (void)tag, (void)why;
    *keep = hazard_of(f, attr->value) == NULL;
    return OK;
}

enum err ooxml_judge_macro(struct ooxml_filter *f, struct xml_tag *tag, struct xml_attr *attr, bool *keep,
                           struct fault *why)
{
    (void)tag, (void)keep, (void)why;
    if (attr->value.len == 0)
        return OK;
    ooxml_filter_found(f, ROW_O08, ACT_REMOVED, attr->value);
    attr->value = (struct bytes){0};
    return OK;
}

enum err ooxml_judge_child_lost(struct ooxml_filter *f, struct fault *why)
{
    struct ooxml_level *l = ooxml_filter_level(f);

    (void)why;
    if (l->lost_child)
        l->doomed = true;
    return OK;
}
