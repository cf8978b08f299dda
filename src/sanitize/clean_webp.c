/* WebP: pictures are decoded and coded again, other chunks go.  Rule: I01, I06, I08. */
#include "format/webp.h"
#include "sanitize/clean.h"
#include "sanitize/picture_found.h"

static void report(struct clean *c, struct bytes in, const struct webp_info *info)
{
    if (info->has_exif)
        picture_found_exif(c, &info->exif);
    if (info->has_xmp)
        clean_found(c, ROW_I01, ACT_REMOVED, "XMP");
    if (info->has_icc)
        clean_found(c, ROW_I01, ACT_REMOVED, "ICC profile");
    if (info->others > 0)
        clean_found(c, ROW_I06, ACT_REMOVED, "unknown chunk × %u", info->others);
    if (info->turned)
        clean_found(c, ROW_I01, ACT_REBUILT, "orientation %u applied", info->exif.orientation);
    if (info->recoloured)
        clean_found(c, ROW_I01, ACT_REBUILT, "colours converted to sRGB");
    picture_found_tail(c, ROW_I06, in, info->end);
}

enum err clean_webp(struct clean *c, struct bytes in, struct sink *out, struct fault *why)
{
    struct webp_info info;

    TRY(webp_rebuild(in, c->budget->pixels, out, &info, why));
    TRY(clean_allow_pixels(c, info.pixels, why));
    report(c, in, &info);
    return OK;
}
