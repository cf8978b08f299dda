/* Types told by fixed bytes at a fixed place, the cheap first look at any file.
 *
 * Returns  a type, or TYPE_unknown.  Containers are only named here (TYPE_zip, TYPE_cfb, TYPE_gzip);
 *          who wants more looks into them.
 * Rule:    G03 for programs, images of disks and shortcuts; otherwise the first bytes as each format's
 *          own description gives them. */
#pragma once

#include "base/bytes.h"
#include "rule/type.h"

enum type magic_type(struct bytes file);
