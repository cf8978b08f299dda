/* BMP: pixels and palette are written afresh, gaps and reserved fields go.  Rule: I07, I08. */
#include "format/bmp.h"
#include "sanitize/clean.h"
#include "sanitize/picture_found.h"

static void report(struct clean *c, struct bytes in, const struct bmp_scan *s, const struct bmp_changes *changes)
{
    if (s->gap)
        clean_found(c, ROW_I07, ACT_REMOVED, "bytes before the pixels");
    if (s->reserved)
        clean_found(c, ROW_I07, ACT_REMOVED, "reserved fields");
    if (s->profile.len > 0)
        clean_found(c, ROW_I01, ACT_REMOVED, "ICC profile");
    if (s->linked_profile)
        clean_found(c, ROW_I07, ACT_REMOVED, "colour profile outside the file");
    if (changes->damaged)
        clean_found(c, ROW_I07, ACT_REBUILT, "damaged picture data");
    if (changes->recoloured)
        clean_found(c, ROW_I01, ACT_REBUILT, "colours converted to sRGB");
    picture_found_tail(c, ROW_I07, in, changes->end);
}

enum err clean_bmp(struct clean *c, struct bytes in, struct sink *out, struct fault *why)
{
    struct png_picture picture;
    struct bmp_changes changes;
    struct bmp_scan scan;
    enum err code;

    TRY(bmp_scan(in, &scan, why));
    TRY(clean_allow_pixels(c, (uint64_t)scan.width * scan.height, why));
    TRY(bmp_read(in, &scan, &picture, &changes, why));
    code = bmp_write(&picture, out, why);
    png_picture_done(&picture);
    TRY(code);
    report(c, in, &scan, &changes);
    return OK;
}
