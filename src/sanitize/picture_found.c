#include "sanitize/picture_found.h"

#include "inspect/sniff.h"

void picture_found_exif(struct clean *c, const struct exif *exif)
{
    clean_found(c, ROW_I01, ACT_REMOVED, "EXIF");
    if (exif->gps)
        clean_found(c, ROW_I01, ACT_REMOVED, "EXIF: GPS position");
    if (exif->thumbnail)
        clean_found(c, ROW_I01, ACT_REMOVED, "EXIF: thumbnail");
    if (exif->maker_note)
        clean_found(c, ROW_I01, ACT_REMOVED, "EXIF: maker's note");
}

/* Fewer bytes than this are no second format, unless they begin like one. */
enum { SHORT_TAIL = 16 };

static bool is_padding(struct bytes tail)
{
    for (size_t i = 0; i < tail.len; i++)
        if (tail.at[i] != 0 && tail.at[i] != 0xff && tail.at[i] != '\n' && tail.at[i] != '\r')
            return false;
    return true;
}

void picture_found_tail(struct clean *c, enum row row, struct bytes in, size_t at)
{
    struct bytes tail = bytes_from(in, at);
    enum type type;

    if (tail.len == 0 || tail.at == NULL)
        return;
    clean_found(c, row, ACT_REMOVED, "%zu bytes after the end", tail.len);
    type = sniff_type(tail, (struct bytes){0});
    if (is_padding(tail) || (tail.len < SHORT_TAIL && (type == TYPE_unknown || type == TYPE_txt)))
        return;
    clean_found(c, ROW_G04, ACT_REMOVED, "offset %zu: %s", at,
                type == TYPE_unknown ? "data" : type_name(type, false));
}
