/* JPEG: the picture is coded again, everything around it goes.  Rule: I01, I03, I08. */
#include "format/jpeg.h"
#include "sanitize/clean.h"
#include "sanitize/picture_found.h"

static void report_metadata(struct clean *c, const struct jpeg_scan *s)
{
    const struct {
        bool there;
        enum row row;
        const char *what;
    } list[] = {
        {s->has_xmp, ROW_I01, "XMP"},
        {s->has_photoshop, ROW_I01, "Photoshop data (IPTC)"},
        {s->has_icc, ROW_I01, "ICC profile"},
        {s->has_mpf, ROW_I01, "further pictures (MPF)"},
        {s->has_c2pa, ROW_I01, "provenance (C2PA)"},
        {s->has_thumbnail && !s->exif.thumbnail, ROW_I01, "thumbnail"},
        {s->has_comment, ROW_I03, "comment"},
        {s->has_other, ROW_I03, "unknown segment"},
        {s->has_gap, ROW_I03, "bytes between segments"},
    };

    if (s->has_exif)
        picture_found_exif(c, &s->exif);
    for (size_t i = 0; i < countof(list); i++)
        if (list[i].there)
            clean_found(c, list[i].row, ACT_REMOVED, "%s", list[i].what);
}

static void report(struct clean *c, struct bytes in, const struct jpeg_info *info)
{
    report_metadata(c, &info->scan);
    picture_found_tail(c, ROW_I03, in, info->scan.end);
    if (info->scan.arithmetic)
        clean_found(c, ROW_I03, ACT_REBUILT, "arithmetic coding");
    if (info->damage > 0)
        clean_found(c, ROW_I03, ACT_REBUILT, "damaged picture data");
    if (info->turned)
        clean_found(c, ROW_I01, ACT_REBUILT, "orientation %u applied", info->scan.exif.orientation);
    if (info->recoloured)
        clean_found(c, ROW_I01, ACT_REBUILT, "colours converted to sRGB");
}

enum err clean_jpeg(struct clean *c, struct bytes in, struct sink *out, struct fault *why)
{
    struct jpeg_options options = {.orient = true, .pixels_max = UINT64_MAX};
    struct jpeg_info info;
    uint32_t width, height;
    unsigned components;

    TRY(jpeg_size(in, &width, &height, &components, why));
    TRY(clean_allow_pixels(c, (uint64_t)width * height, why));
    TRY(jpeg_rebuild(in, &options, out, &info, why));
    report(c, in, &info);
    return OK;
}
