#include "format/font.h"

#include "format/cff.h"
#include "format/sfnt.h"
#include "format/truetype.h"
#include "format/type1.h"

static enum err check_sfnt(enum font_kind said, struct bytes program, struct buf *out, struct font_info *info,
                           struct fault *why)
{
    bool cff = false;

    TRY(truetype_check(program, out, &info->glyphs, &cff, why));
    info->kind = cff || said == FONT_OPENTYPE ? FONT_OPENTYPE : FONT_TRUETYPE;
    info->lengths[0] = (uint32_t)out->len;
    return OK;
}

static enum err check_cff(struct bytes program, struct buf *out, struct font_info *info, struct fault *why)
{
    struct cff_info cff;

    TRY(cff_check(program, out, &cff, why));
    info->glyphs = cff.glyphs;
    info->cid = cff.cid;
    return OK;
}

enum err font_check(enum font_kind kind, struct bytes program, struct buf *ret_program, struct font_info *ret_info,
                    struct fault *why)
{
    struct font_info info = {.kind = kind};

    if (sfnt_is(program)) {
        TRY(check_sfnt(kind, program, ret_program, &info, why));
    } else if (type1_is(program)) {
        info.kind = FONT_TYPE1;
        TRY(type1_check(program, ret_program, &info.glyphs, info.lengths, why));
    } else if (bytes_starts(program, BYTES("\1")) && program.len > 4) {
        TRY(check_cff(program, ret_program, &info, why));
        info.kind = info.cid || kind == FONT_CID_CFF ? FONT_CID_CFF : FONT_CFF;
    } else {
        return fault_set(why, ERR_UNSUPPORTED, "P17", "ISO 32000-2 9.9", 0, "font program of an unknown kind");
    }
    *ret_info = info;
    return OK;
}
