/* TIFF: pages are decoded and coded again, other fields go.  Rule: I01, I05, I08. */
#include "format/tiff.h"
#include "sanitize/clean.h"
#include "sanitize/picture_found.h"

static void report_tags(struct clean *c, const struct tiff_scan *s)
{
    for (unsigned i = 0; i < s->tag_count; i++) {
        const char *name = tiff_scan_name(s->tags[i]);
        enum row row = tiff_scan_personal(s->tags[i]) ? ROW_I01 : ROW_I05;

        if (name != NULL)
            clean_found(c, row, ACT_REMOVED, "%s", name);
        else
            clean_found(c, row, ACT_REMOVED, "field %u", s->tags[i]);
    }
}

static void report(struct clean *c, struct bytes in, const struct tiff_info *info)
{
    const struct {
        uint32_t count;
        enum row row;
        enum act act;
        const char *what;
    } list[] = {
        {info->extras, ROW_I01, ACT_REMOVED, "thumbnails and masks"},
        {info->scan.gaps > 0, ROW_I05, ACT_REMOVED, "bytes that belong to no page"},
        {info->lossy, ROW_I05, ACT_REBUILT, "JPEG coded pages"},
        {info->damaged, ROW_I05, ACT_REBUILT, "damaged picture data"},
        {info->turned, ROW_I01, ACT_REBUILT, "orientation applied"},
        {info->recoloured, ROW_I01, ACT_REBUILT, "colours converted to sRGB"},
    };

    report_tags(c, &info->scan);
    for (size_t i = 0; i < countof(list); i++)
        if (list[i].count > 0)
            clean_found(c, list[i].row, list[i].act, "%s × %u", list[i].what, list[i].count);
    picture_found_tail(c, ROW_I05, in, info->scan.end);
}

enum err clean_tiff(struct clean *c, struct bytes in, struct sink *out, struct fault *why)
{
    struct tiff_info info;

    TRY(tiff_rebuild(in, c->budget->pixels, out, &info, why));
    TRY(clean_allow_pixels(c, info.pixels, why));
    report(c, in, &info);
    return OK;
}
