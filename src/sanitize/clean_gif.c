/* GIF: frames are decoded and coded again; extensions other than timing go.  Rule: I04, I08. */
#include "format/gif.h"
#include "sanitize/clean.h"
#include "sanitize/picture_found.h"

static void report(struct clean *c, struct bytes in, const struct gif_info *info)
{
    const struct {
        uint32_t count;
        enum row row;
        const char *what;
    } list[] = {
        {info->comments, ROW_I04, "comment"},
        {info->texts, ROW_I04, "plain text extension"},
        {info->xmp, ROW_I01, "XMP"},
        {info->icc, ROW_I01, "ICC profile"},
        {info->applications - info->xmp - info->icc, ROW_I04, "application extension"},
        {info->others, ROW_I04, "unknown extension"},
        {info->slack, ROW_I04, "bytes inside picture data"},
    };

    for (size_t i = 0; i < countof(list); i++)
        if (list[i].count > 0)
            clean_found(c, list[i].row, ACT_REMOVED, "%s × %u", list[i].what, list[i].count);
    if (info->damaged)
        clean_found(c, ROW_I04, ACT_REBUILT, "damaged picture data");
    picture_found_tail(c, ROW_I04, in, info->end);
}

enum err clean_gif(struct clean *c, struct bytes in, struct sink *out, struct fault *why)
{
    struct gif_info info;

    TRY(gif_rebuild(in, c->budget->pixels, out, &info, why));
    TRY(clean_allow_pixels(c, info.pixels, why));
    report(c, in, &info);
    return OK;
}
