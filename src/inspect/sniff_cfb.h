/* Which program wrote a compound file: by the names in its root storage and the root's class id.
 *
 * Returns  TYPE_cfb when nothing known is found, never TYPE_unknown
 * Rule:    G02, G03 (installers), G07 and O25 (encrypted packages, rights management). */
#pragma once

#include "base/bytes.h"
#include "rule/type.h"

enum type sniff_cfb_type(struct bytes file);
