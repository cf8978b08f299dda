/* The vocabularies of OOXML, and what they say about a name. */
#pragma once

#include "sanitize/ooxml_filter.h"

extern const struct ooxml_vocab ooxml_w, ooxml_w_more, ooxml_wp, ooxml_m, ooxml_mc, ooxml_r, ooxml_x, ooxml_x_more,
    ooxml_p, ooxml_p_more, ooxml_a, ooxml_a_more, ooxml_pic, ooxml_c, ooxml_c_more, ooxml_dgm, ooxml_xdr, ooxml_v,
    ooxml_o, ooxml_vx, ooxml_none;

/* The rule for an element: never NULL.  A name in no vocabulary, or not in the list of its own, has a rule
 * that drops it (O17). */
const struct ooxml_rule *ooxml_vocab_rule(struct xml_name *name);

/* The vocabulary of a namespace, NULL when it has none. */
const struct ooxml_vocab *ooxml_vocab_of(struct xml_ns *ns);

/* Whether a local name is in the list of a vocabulary (true when it has none). */
bool ooxml_vocab_lists(const struct ooxml_vocab *v, struct bytes local);

/* Rules for an attribute name in a vocabulary: the first one that speaks of it, or NULL. */
const struct ooxml_attr_rule *ooxml_vocab_attr(const struct ooxml_vocab *v, struct bytes element, struct bytes attr);
