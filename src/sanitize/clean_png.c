/* PNG: pixels and palette are written afresh, everything else goes.  Rule: I01, I02, I08. */
#include "format/png.h"
#include "sanitize/clean.h"
#include "sanitize/picture_found.h"

static void report(struct clean *c, struct bytes in, const struct png_scan *s, const struct png_changes *changes)
{
    if (s->has_exif)
        picture_found_exif(c, &s->exif);
    if (s->has_profile)
        clean_found(c, ROW_I01, ACT_REMOVED, "ICC profile");
    for (unsigned i = 0; i < s->kind_count; i++)
        if (strcmp(s->kinds[i].name, "eXIf") != 0 && strcmp(s->kinds[i].name, "iCCP") != 0)
            clean_found(c, ROW_I02, ACT_REMOVED, "chunk %s × %u", s->kinds[i].name, s->kinds[i].count);
    if (s->animated)
        clean_found(c, ROW_I02, ACT_REMOVED, "animation; the first picture stays");
    if (changes->damaged)
        clean_found(c, ROW_I02, ACT_REBUILT, "damaged picture data");
    if (changes->turned)
        clean_found(c, ROW_I01, ACT_REBUILT, "orientation %u applied", s->exif.orientation);
    if (changes->recoloured)
        clean_found(c, ROW_I01, ACT_REBUILT, "colours converted to sRGB");
    picture_found_tail(c, ROW_I02, in, s->end);
}

enum err clean_png(struct clean *c, struct bytes in, struct sink *out, struct fault *why)
{
    struct png_picture picture;
    struct png_changes changes;
    struct png_scan scan;
    enum err code;

    TRY(png_scan(in, &scan, why));
    TRY(clean_allow_pixels(c, (uint64_t)scan.width * scan.height, why));
    TRY(png_read(in, &scan, &picture, &changes, why));
    code = png_write(&picture, out, why);
    png_picture_done(&picture);
    TRY(code);
    report(c, in, &scan, &changes);
    return OK;
}
