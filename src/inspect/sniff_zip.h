/* What a ZIP container is: an Office package, an OpenDocument, a book, a program package, or an archive.
 *
 * An Office package is what the content type of its main part says, found through the package
 * relationships (ISO/IEC 29500-2), so that a renamed docm is still a docm.  A container that zip_open()
 * refuses is given the type its names promise; whoever rebuilds it meets the same refusal.
 *
 * name     last path component; asked only for containers without a mark of their own
 * Returns  TYPE_zip when it is just an archive, TYPE_zip_locked when one with encrypted entries
 * Rule:    G01, G03, G07, O01. */
#pragma once

#include "base/bytes.h"
#include "rule/type.h"

enum type sniff_zip_type(struct bytes file, struct bytes name);
