/* What a file really is, from its bytes alone.
 *
 * name     the file's last path component; used only to tell apart contents that have no mark of
 *          their own (csv, tsv, txt, json, scripts without #!) and never to trust a claim
 * Returns  a type of rule/type.def; TYPE_unknown when nothing fits
 * Rule:    G01, G02, G03.  Containers (zip, compound file) are looked into just far enough. */
#pragma once

#include "base/bytes.h"
#include "rule/type.h"

enum type sniff_type(struct bytes file, struct bytes name);

/* Whether the ending of the name contradicts the content (G01).  A name without a known ending
 * contradicts nothing. */
bool sniff_name_lies(enum type type, struct bytes name);
