#include "format/png.h"

/* Chunks that are read for the picture; they are no finding. */
static const char picture_chunks[][5] = {"IHDR", "PLTE", "IDAT", "IEND", "tRNS", "pHYs", "gAMA", "cHRM", "sRGB"};

static bool is_picture(const uint8_t *type)
{
    for (size_t i = 0; i < countof(picture_chunks); i++)
        if (memcmp(type, picture_chunks[i], 4) == 0)
            return true;
    return false;
}

static bool is_letters(const uint8_t *type)
{
    for (unsigned i = 0; i < 4; i++)
        if ((type[i] | 0x20) < 'a' || (type[i] | 0x20) > 'z')
            return false;
    return true;
}

static void count_kind(struct png_scan *s, const uint8_t *type)
{
    char name[5] = "?";

    if (is_letters(type))
        memcpy(name, type, 4);
    for (unsigned i = 0; i < s->kind_count; i++)
        if (strcmp(s->kinds[i].name, name) == 0) {
            s->kinds[i].count++;
            return;
        }
    if (s->kind_count == PNG_KINDS_MAX)
        return;
    memcpy(s->kinds[s->kind_count].name, name, sizeof(name));
    s->kinds[s->kind_count++].count = 1;
}

static void take_chunk(struct png_scan *s, const uint8_t *type, struct bytes data)
{
    if (memcmp(type, "eXIf", 4) == 0) {
        if (!s->has_exif)
            s->exif = exif_read(data);
        s->has_exif = true;
    }
    s->has_profile |= memcmp(type, "iCCP", 4) == 0;
    s->animated |= memcmp(type, "acTL", 4) == 0;
    if (!is_picture(type))
        count_kind(s, type);
}

enum err png_scan(struct bytes in, struct png_scan *ret_scan, struct fault *why)
{
    struct png_scan s = {.exif = {.orientation = 1}, .end = in.len};
    struct reader r = reader_of(bytes_from(in, 8)), head = reader_of(bytes_from(in, 16));

    if (!bytes_starts(in, BYTES("\x89PNG\r\n\x1a\n")) || !bytes_equal(bytes_part(in, 12, 4), BYTES("IHDR")))
        return fault_set(why, ERR_MALFORMED, NULL, "PNG 5.2, 5.6", 0, "no signature or header");
    s.width = reader_u32be(&head);
    s.height = reader_u32be(&head);
    reader_skip(&head, 4);
    s.interlaced = reader_u8(&head) != 0;
    while (reader_left(&r) >= 12) {
        uint32_t len = reader_u32be(&r);
        struct bytes type = reader_take(&r, 4), data = reader_take(&r, len);

        reader_skip(&r, 4);
        if (r.past)
            break;
        take_chunk(&s, type.at, data);
        if (memcmp(type.at, "IEND", 4) == 0) {
            s.end = 8 + r.at;
            break;
        }
    }
    *ret_scan = s;
    return OK;
}
