#include "sanitize/ooxml_attr.h"

#include "sanitize/ooxml_vocab.h"

#define XSI_URI "http://www.w3.org/2001/XMLSchema-instance"

/* What an attribute name in a namespace is, hung on its mark at first sight. */
enum attr_class { CLASS_NEW, CLASS_PLAIN, CLASS_REL, CLASS_XML, CLASS_XML_BASE, CLASS_XSI, CLASS_UNKNOWN, CLASS_RULED, CLASS_FREE };

/* Whether a vocabulary has a rule for this attribute on some element. */
static bool spoken_of(const struct ooxml_vocab *v, struct bytes local)
{
    for (size_t i = 0; i < v->attr_count; i++)
        if (bytes_equal(local, bytes_of(v->attrs[i].name)))
            return true;
    return false;
}

static enum attr_class classify(struct xml_name *name)
{
    const struct ooxml_vocab *v;

    if (name->prefix.len == 0) {
        for (size_t i = 0; ooxml_vocabs[i] != NULL; i++)
            if (spoken_of(ooxml_vocabs[i], name->local))
                return CLASS_PLAIN;
        return CLASS_FREE;
    }
    if (bytes_equal(name->prefix, BYTES("xml")))
        return bytes_equal(name->local, BYTES("space")) || bytes_equal(name->local, BYTES("lang")) ? CLASS_XML
                                                                                                   : CLASS_XML_BASE;
    if (bytes_equal(name->ns->uri, BYTES(XSI_URI)))
        return CLASS_XSI;
    v = ooxml_vocab_of(name->ns);
    if (v == NULL || (v->names_attrs && !ooxml_vocab_lists(v, name->local)))
        return CLASS_UNKNOWN;
    return v == &ooxml_r ? CLASS_REL : spoken_of(v, name->local) ? CLASS_RULED : CLASS_FREE;
}

static enum attr_class class_of(struct xml_name *name)
{
    if (name->attr_mark == NULL)
        name->attr_mark = (void *)(uintptr_t)classify(name);
    return (enum attr_class)(uintptr_t)name->attr_mark;
}

static enum err by_rule(struct ooxml_filter *f, struct xml_tag *tag, struct xml_attr *attr,
                        const struct ooxml_vocab *v, bool *keep, struct fault *why)
{
    const struct ooxml_attr_rule *r = ooxml_vocab_attr(v, tag->name->local, attr->name->local);

    if (r == NULL)
        return OK;
    if (r->fn == NULL)
        *keep = false;
    else
        TRY(r->fn(f, tag, attr, keep, why));
    if (!*keep && !r->silent)
        ooxml_filter_found(f, r->row, ACT_REMOVED, attr->name->qname);
    return OK;
}

/* onclick, o:onmouseover: what a browser would run in VML or in the HTML of its boxes.  o:oned is the look of a line. */
static bool is_event(const struct ooxml_vocab *v, struct bytes local)
{
    return (v == &ooxml_v || v == &ooxml_o || v == &ooxml_vx || v == &ooxml_none) && local.len > 2 &&
           bytes_starts_fold(local, BYTES("on")) && !bytes_equal(local, BYTES("oned"));
}

static enum err one(struct ooxml_filter *f, struct xml_tag *tag, struct xml_attr *attr, const struct ooxml_vocab *v,
                    bool *keep, struct fault *why)
{
    if (is_event(v, attr->name->local)) {
        ooxml_filter_found(f, ROW_O08, ACT_REMOVED, attr->name->qname);
        *keep = false;
        return OK;
    }
    switch (class_of(attr->name)) {
    case CLASS_REL:
        return ooxml_filter_attr_rel(f, tag, attr, keep, why);
    case CLASS_XML:
    case CLASS_FREE: /* no rule speaks of it */
        return OK;
    case CLASS_XML_BASE:
    case CLASS_XSI:
        ooxml_filter_found(f, ROW_O12, ACT_REMOVED, attr->name->qname);
        *keep = false;
        return OK;
    case CLASS_UNKNOWN:
        ooxml_filter_found(f, ROW_O17, ACT_REMOVED, attr->name->qname);
        *keep = false;
        return OK;
    case CLASS_RULED:
        return by_rule(f, tag, attr, ooxml_vocab_of(attr->name->ns), keep, why);
    default:
        return v == NULL || v->attr_count == 0 ? OK : by_rule(f, tag, attr, v, keep, why);
    }
}

enum err ooxml_attr_filter(struct ooxml_filter *f, struct xml_tag *tag, const struct ooxml_rule *rule,
                           struct fault *why)
{
    const struct ooxml_vocab *v = ooxml_vocab_of(tag->name->ns);
    size_t kept = 0;

    (void)rule;
    for (size_t i = 0; i < tag->attr_count; i++) {
        bool keep = true;

        TRY(one(f, tag, &tag->attrs[i], v, &keep, why));
        if (keep)
            tag->attrs[kept++] = tag->attrs[i];
    }
    tag->attr_count = kept;
    kept = 0;
    for (size_t i = 0; i < tag->decl_count; i++) /* nothing in the others is left, so nothing needs their prefix */
        if (ooxml_vocab_of(tag->decls[i].ns) != NULL)
            tag->decls[kept++] = tag->decls[i];
    tag->decl_count = kept;
    return OK;
}

struct bytes ooxml_attr_prefixes(struct ooxml_filter *f, struct bytes list, bool *ret_all)
{
    uint8_t *out = arena_alloc(f->scratch, list.len + 1);
    size_t len = 0;

    *ret_all = true;
    for (size_t at = 0; at < list.len;) {
        size_t from = at;
        struct bytes prefix;
        struct xml_ns *ns;

        while (at < list.len && list.at[at] > ' ')
            at++;
        prefix = bytes_part(list, from, at - from);
        at++;
        if (prefix.len == 0)
            continue;
        ns = xml_prefix(f->x, prefix);
        if (ns == NULL || ooxml_vocab_of(ns) == NULL) {
            *ret_all = false;
            continue;
        }
        if (len > 0)
            out[len++] = ' ';
        memcpy(out + len, prefix.at, prefix.len);
        len += prefix.len;
    }
    return (struct bytes){out, len};
}
