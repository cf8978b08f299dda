#include "sanitize/ooxml_plan.h"

#include "sanitize/ooxml_vocab.h"

static void lose_rels(struct ooxml_part *from, const struct ooxml_part *part)
{
    for (size_t i = 0; i < from->rel_count; i++) {
        struct ooxml_rel *r = &from->rels[i];

        if (r->part != part)
            continue;
        r->kept = false;
        r->part = NULL;
        *map_at(&from->rel_by_id, r->id) = NULL;
    }
}

void ooxml_plan_lose(struct ooxml_package *p, struct ooxml_part *part)
{
    for (size_t i = 0; i < p->part_count; i++)
        lose_rels(p->parts[i], part);
}

void ooxml_plan_sweep(struct ooxml_package *p)
{
    struct ooxml_part **queue = arena_array(p->c->arena, p->part_count + 1, sizeof(*queue));
    struct map seen;
    size_t count = 0, kept = 0;

    map_init(&seen, p->c->arena);
    queue[count++] = &p->root;
    for (size_t at = 0; at < count; at++) {
        for (size_t i = 0; i < queue[at]->rel_count; i++) {
            struct ooxml_part *to = queue[at]->rels[i].part;
            void **place;

            if (to == NULL || !queue[at]->rels[i].kept)
                continue;
            place = map_at(&seen, to->name_out);
            if (*place == NULL)
                queue[count++] = to;
            *place = to;
        }
    }
    for (size_t i = 0; i < p->part_count; i++)
        if (map_get(&seen, p->parts[i]->name_out) != NULL)
            p->parts[kept++] = p->parts[i];
    p->part_count = kept;
}

static void found(struct ooxml_package *p, enum row row, const struct ooxml_part *part)
{
    clean_found(p->c, row, ACT_REMOVED, "%.*s", (int)part->name.len, (const char *)part->name.at);
}

/* ---- pivot caches ---- */

static bool has_rel(const struct xml_tag *tag)
{
    for (size_t i = 0; i < tag->attr_count; i++)
        if (ooxml_vocab_of(tag->attrs[i].name->ns) == &ooxml_r && tag->attrs[i].value.len > 0)
            return true;
    return false;
}

static enum err source_start(void *ctx, struct xml_tag *tag, struct fault *why)
{
    bool *outside = ctx;

    (void)why;
    if (ooxml_filter_is(tag->name, &ooxml_x, "cacheSource"))
        *outside = *outside || ooxml_filter_attr_is(tag, "type", "external");
    else if (ooxml_filter_is(tag->name, &ooxml_x, "worksheetSource") || ooxml_filter_is(tag->name, &ooxml_x, "rangeSet"))
        *outside = *outside || has_rel(tag);
    return OK;
}

static bool leads_to(const struct ooxml_part *from, const struct ooxml_part *part)
{
    for (size_t i = 0; i < from->rel_count; i++)
        if (from->rels[i].part == part)
            return true;
    return false;
}

/* The cells keep what the pivot table showed. */
static void lose_pivots(struct ooxml_package *p, struct ooxml_part *cache)
{
    for (size_t i = 0; i < p->part_count; i++)
        if (p->parts[i]->kind == OOXML_PIVOT_TABLE && leads_to(p->parts[i], cache))
            ooxml_plan_lose(p, p->parts[i]);
    found(p, ROW_O16, cache);
    ooxml_plan_lose(p, cache);
}

static enum err plan_pivot(struct ooxml_package *p, struct ooxml_part *cache, bool *ret_lost, struct fault *why)
{
    static const struct xml_handler handler = {.start = source_start};
    struct bytes content;
    bool outside = false;

    TRY(ooxml_package_read(p, cache->entry, &content, why));
    TRY(xml_read(p->x, &handler, &outside, content, why));
    if (!outside)
        return OK;
    lose_pivots(p, cache);
    *ret_lost = true;
    return OK;
}

/* ---- hidden slides ---- */

/* Only the root is looked at: the reading is ended there. */
static enum err slide_start(void *ctx, struct xml_tag *tag, struct fault *why)
{
    bool *hidden = ctx;

    (void)why;
    *hidden = ooxml_filter_attr_is(tag, "show", "0") || ooxml_filter_attr_is(tag, "show", "false");
    return ERR_STATE;
}

static enum err plan_slide(struct ooxml_package *p, struct ooxml_part *slide, bool *ret_lost, struct fault *why)
{
    static const struct xml_handler handler = {.start = slide_start};
    struct bytes content;
    bool hidden = false;
    enum err code;

    TRY(ooxml_package_read(p, slide->entry, &content, why));
    code = xml_read(p->x, &handler, &hidden, content, why);
    if (code != ERR_STATE)
        return code;
    if (!hidden)
        return OK;
    found(p, ROW_O22, slide);
    ooxml_plan_lose(p, slide);
    *ret_lost = true;
    return OK;
}

/* VML beside a slide holds the previews of objects and controls, which are gone; no element refers to it. */
static bool plan_vml(struct ooxml_package *p, struct ooxml_part *part)
{
    if (part->kind != OOXML_VML || p->main->kind != OOXML_PRESENTATION)
        return false;
    ooxml_plan_lose(p, part);
    return true;
}

enum err ooxml_plan(struct ooxml_package *p, struct ooxml_plan_lost *ret_lost, struct fault *why)
{
    bool strict = profile_choice(p->c->profile, ROW_O22) == CHOICE_REMOVE, vml = false;

    *ret_lost = (struct ooxml_plan_lost){0};
    for (size_t i = 0; i < p->part_count; i++) {
        if (p->parts[i]->kind == OOXML_PIVOT_CACHE)
            TRY(plan_pivot(p, p->parts[i], &ret_lost->pivots, why));
        if (p->parts[i]->kind == OOXML_SLIDE && strict)
            TRY(plan_slide(p, p->parts[i], &ret_lost->slides, why));
        vml = plan_vml(p, p->parts[i]) || vml;
    }
    if (ret_lost->pivots || ret_lost->slides || vml)
        ooxml_plan_sweep(p);
    return OK;
}
