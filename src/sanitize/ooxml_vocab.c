#include "sanitize/ooxml_vocab.h"

/* `r` stands first: its attributes are asked for most. */
const struct ooxml_vocab *const ooxml_vocabs[] = {
    &ooxml_r,   &ooxml_w,  &ooxml_x, &ooxml_a,  &ooxml_p,      &ooxml_wp,     &ooxml_pic,    &ooxml_c,
    &ooxml_xdr, &ooxml_mc, &ooxml_m, &ooxml_v,  &ooxml_o,      &ooxml_vx,     &ooxml_dgm,    &ooxml_w_more,
    &ooxml_x_more, &ooxml_p_more, &ooxml_a_more, &ooxml_c_more, &ooxml_none, NULL};

static const struct ooxml_rule keep = {.name = "*", .what = OOXML_KEEP};
static const struct ooxml_rule unknown = {.name = "*", .what = OOXML_DROP, .row = ROW_O17};
static const struct ooxml_vocab nobody = {0};

const struct ooxml_vocab *ooxml_vocab_of(struct xml_ns *ns)
{
    const struct ooxml_vocab *v = &nobody;

    if (ns->mark == NULL) {
        for (size_t i = 0; ooxml_vocabs[i] != NULL && v == &nobody; i++)
            for (size_t k = 0; ooxml_vocabs[i]->uris[k] != NULL; k++)
                if (bytes_equal(ns->uri, bytes_of(ooxml_vocabs[i]->uris[k])))
                    v = ooxml_vocabs[i];
        ns->mark = (void *)(uintptr_t)v;
    }
    return ns->mark == &nobody ? NULL : ns->mark;
}

static int compare(struct bytes a, const char *b)
{
    size_t len = strlen(b);
    int order = a.len == 0 || len == 0 ? 0 : memcmp(a.at, b, a.len < len ? a.len : len);

    return order != 0 ? order : (a.len > len) - (a.len < len);
}

bool ooxml_vocab_lists(const struct ooxml_vocab *v, struct bytes local)
{
    size_t low = 0, high = v->name_count;

    if (v->names == NULL)
        return true;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int order = compare(local, v->names[mid]);

        if (order == 0)
            return true;
        if (order < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return false;
}

static const struct ooxml_rule *find(struct xml_name *name)
{
    const struct ooxml_vocab *v = ooxml_vocab_of(name->ns);

    if (v == NULL)
        return &unknown;
    for (size_t i = 0; i < v->rule_count; i++)
        if (bytes_equal(name->local, bytes_of(v->rules[i].name)))
            return &v->rules[i];
    return ooxml_vocab_lists(v, name->local) ? &keep : &unknown;
}

const struct ooxml_rule *ooxml_vocab_rule(struct xml_name *name)
{
    if (name->tag_mark == NULL)
        name->tag_mark = (void *)(uintptr_t)find(name);
    return name->tag_mark;
}

const struct ooxml_attr_rule *ooxml_vocab_attr(const struct ooxml_vocab *v, struct bytes element, struct bytes attr)
{
    for (size_t i = 0; i < v->attr_count; i++) {
        const struct ooxml_attr_rule *r = &v->attrs[i];

        if (bytes_equal(attr, bytes_of(r->name)) && (r->element == NULL || bytes_equal(element, bytes_of(r->element))))
            return r;
    }
    return NULL;
}
