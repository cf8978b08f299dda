/* Mail, told by its header lines: a message, a box of them, or a saved web page (MHTML).
 *
 * head     the first bytes of the file
 * claimed  the type its name tells; a few lines that look like a header are mail only under such a name,
 *          and in a file that is to be read as plain text they are just text
 * Returns  TYPE_eml, TYPE_mbox, TYPE_mhtml or TYPE_unknown
 * Rule:    RFC 5322 2.2; RFC 2557; T06. */
#pragma once

#include "base/bytes.h"
#include "rule/type.h"

enum type sniff_mail_type(struct bytes head, enum type claimed);
