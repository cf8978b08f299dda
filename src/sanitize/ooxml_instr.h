/* One field instruction, judged. */
#pragma once

#include "base/bytes.h"

enum ooxml_instr {
    OOXML_INSTR_FINE,
    OOXML_INSTR_LINK,     /* a hyperlink to http, https or mailto: the profile decides (O11) */
    OOXML_INSTR_BAD_LINK, /* a hyperlink to anything else (O11) */
    OOXML_INSTR_BAD,      /* not on the list (O13) */
};

/* Judge an instruction by the list of fields that show something of the document itself.
 *
 * instr   the text of the instruction without what other fields inside it give
 * nested  where the first field inside it stands in `instr`, SIZE_MAX when there is none: a name or an
 *         address that another field builds is not known, and so not allowed
 * ret_name  its name, for the report; a part of `instr`
 * Rule: ECMA-376 Part 1 17.16.5; row O13. */
enum ooxml_instr ooxml_instr_judge(struct bytes instr, size_t nested, struct bytes *ret_name);
