#include "format/font.h"

enum err font_check(enum font_kind kind, struct bytes program, struct buf *ret_program, struct font_info *ret_info,
                    struct fault *why)
{
    (void)kind, (void)program, (void)ret_program, (void)ret_info;
    return fault_set(why, ERR_UNSUPPORTED, "P17", "ISO 32000-2 9.9", 0, "font program of an unknown kind");
}
