/* Attributes and namespace declarations of one tag, filtered. */
#pragma once

#include "sanitize/ooxml_filter.h"

/* Drop what may not stay.  A relationship id that stands for nothing kept is dropped and sets f->lost.
 * Rule: O04, O12, O17, and the attribute rules of the vocabularies. */
enum err ooxml_attr_filter(struct ooxml_filter *f, struct xml_tag *tag, const struct ooxml_rule *rule,
                           struct fault *why) must_use;

/* Keep of a list of prefixes (mc:Ignorable, Requires) those that stand for a vocabulary.
 *
 * ret_all  whether all of them do
 * Returns  the list that stays, in the scratch arena or as it was */
struct bytes ooxml_attr_prefixes(struct ooxml_filter *f, struct bytes list, bool *ret_all);
