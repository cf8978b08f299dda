/* Markup compatibility: every branch of an alternative is filtered; a choice for which no vocabulary is
 * known goes, and when none is left the fallback stands alone.  Rule: ECMA-376 Part 3; row O17. */
#include "sanitize/ooxml_attr.h"
#include "sanitize/ooxml_vocab.h"

static const char *const uris[] = {"http://schemas.openxmlformats.org/markup-compatibility/2006", NULL};

static enum err choice_start(struct ooxml_filter *f, struct xml_tag *tag, enum ooxml_what *what, struct fault *why)
{
    struct xml_attr *requires = ooxml_filter_attr(tag, "Requires");
    bool all = false;

    (void)why;
    if (requires != NULL)
        (void)ooxml_attr_prefixes(f, requires->value, &all);
    if (!all)
        *what = OOXML_DROP;
    return OK;
}

/* The alternative around is still waiting: no choice has survived.  Its tags are taken back. */
static enum err fallback_start(struct ooxml_filter *f, struct xml_tag *tag, enum ooxml_what *what, struct fault *why)
{
    struct ooxml_level *around = ooxml_filter_level(f);

    (void)tag, (void)why;
    if (around == NULL || !ooxml_filter_is(around->read, &ooxml_mc, "AlternateContent") ||
        (around->written != NULL && !around->held))
        return OK;
    if (around->held) {
        ooxml_hold_drop(f, around->mark);
        around->held = false;
        around->written = NULL;
    }
    *what = OOXML_UNWRAP_SILENT;
    return OK;
}

static enum err prefixes(struct ooxml_filter *f, struct xml_tag *tag, struct xml_attr *attr, bool *keep,
                         struct fault *why)
{
    bool all;

    (void)tag, (void)why;
    attr->value = ooxml_attr_prefixes(f, attr->value, &all);
    *keep = attr->value.len > 0;
    return OK;
}

static const struct ooxml_rule rules[] = {
    {.name = "AlternateContent", .prune = true},
    {.name = "Choice", .row = ROW_O17, .prune = true, .start = choice_start},
    {.name = "Fallback", .start = fallback_start},
};

static const struct ooxml_attr_rule attrs[] = {
    {.name = "Ignorable", .silent = true, .fn = prefixes},
    {.name = "MustUnderstand", .silent = true, .fn = prefixes},
    {.name = "ProcessContent", .silent = true},
    {.name = "PreserveElements", .silent = true},
    {.name = "PreserveAttributes", .silent = true},
};

static const char *const none[] = {""};

const struct ooxml_vocab ooxml_mc = {
    .uris = uris, .names = none, .name_count = 0, .rules = rules, .rule_count = countof(rules), .attrs = attrs,
    .attr_count = countof(attrs)};
