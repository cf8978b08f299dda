#include "sanitize/ooxml_picture.h"

#include "inspect/sniff.h"

/* A grey square with a darker frame, 16 × 16 pixels, two bits each: the frame of the picture in the
 * document stretches it to the size the picture had. */
static const uint8_t placeholder[] = {
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00, 0x00, 0x10,
    0x00, 0x00, 0x00, 0x10, 0x02, 0x00, 0x00, 0x00, 0x00, 0x70, 0x28, 0xb8, 0x1c, 0x00, 0x00, 0x00, 0x15, 0x49, 0x44, 0x41,
    0x54, 0x78, 0xda, 0x63, 0x08, 0x05, 0x02, 0x86, 0xac, 0x55, 0xab, 0x56, 0x52, 0x4e, 0x80, 0x8c, 0x02, 0x00, 0xa7, 0x00,
    0x24, 0x4b, 0xc2, 0x82, 0xcb, 0x5b, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82};

const char *ooxml_picture_mime(enum type type)
{
    switch (type) {
    case TYPE_png:
        return "image/png";
    case TYPE_jpeg:
        return "image/jpeg";
    case TYPE_gif:
        return "image/gif";
    case TYPE_bmp:
        return "image/bmp";
    case TYPE_tiff:
        return "image/tiff";
    case TYPE_webp:
        return "image/webp";
    default:
        return NULL;
    }
}

static void found(struct ooxml_package *p, const struct ooxml_part *part, enum row row, enum act act, const char *what)
{
    clean_found(p->c, row, act, "%.*s: %s", (int)part->name.len, (const char *)part->name.at, what);
}

static void put_placeholder(struct bytes *ret_picture, enum type *ret_type)
{
    *ret_picture = (struct bytes){placeholder, sizeof(placeholder)};
    *ret_type = TYPE_png;
}

/* A metafile, PostScript or a damaged picture: its place stays, unless the profile wants it gone. */
static enum err stand_in(struct ooxml_package *p, const struct ooxml_part *part, enum type is, struct bytes *ret_picture,
                         enum type *ret_type, bool *ret_keep)
{
    *ret_keep = profile_choice(p->c->profile, ROW_O20) != CHOICE_REMOVE;
    found(p, part, ROW_O20, *ret_keep ? ACT_NEUTRALIZED : ACT_REMOVED, type_name(is, false));
    if (*ret_keep)
        put_placeholder(ret_picture, ret_type);
    return OK;
}

/* What a "picture" may be instead, and must not. */
static enum row impostor(enum type is)
{
    switch (is) {
    case TYPE_cfb:
    case TYPE_doc:
    case TYPE_xls:
    case TYPE_ppt:
        return ROW_O05;
    default:
        return type_row(is) == ROW_G03 ? ROW_G03 : ROW_COUNT;
    }
}

enum err ooxml_picture_clean(struct ooxml_package *p, const struct ooxml_part *part, struct bytes content,
                             struct bytes *ret_picture, enum type *ret_type, bool *ret_keep, struct fault *why)
{
    enum type is = sniff_type(content, (struct bytes){0});
    enum row row = impostor(is);
    struct sink sink;
    struct buf out;
    enum err code;

    *ret_keep = true;
    if (bytes_equal(content, (struct bytes){placeholder, sizeof(placeholder)})) {
        put_placeholder(ret_picture, ret_type);
        return OK;
    }
    if (row != ROW_COUNT || is == TYPE_svg || is == TYPE_svgz) {
        found(p, part, row != ROW_COUNT ? row : ROW_O20, ACT_REMOVED, type_name(is, false));
        *ret_keep = false;
        return OK;
    }
    if (ooxml_picture_mime(type_output(is)) == NULL)
        return stand_in(p, part, is, ret_picture, ret_type, ret_keep);
    buf_init(&out, (size_t)p->c->profile->limits.output);
    sink = sink_to_buf(&out);
    code = clean_picture(p->c, arena_text(p->c->arena, part->name), content, &sink, ret_type, why);
    if (code == OK && ooxml_picture_mime(*ret_type) != NULL)
        *ret_picture = arena_copy(p->c->arena, buf_bytes(&out));
    else if (code != ERR_LIMIT)
        code = stand_in(p, part, is, ret_picture, ret_type, ret_keep);
    buf_done(&out);
    return code;
}
