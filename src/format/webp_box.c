#include "format/webp_box.h"

struct chunk {
    struct bytes name, data, whole;
};

static bool next_chunk(struct reader *r, struct chunk *ret_chunk)
{
    size_t begin = r->at, len;

    if (reader_left(r) < 8)
        return false;
    ret_chunk->name = reader_take(r, 4);
    len = reader_u32le(r);
    ret_chunk->data = reader_take(r, len);
    if (r->past)
        return false;
    if ((len & 1) != 0 && reader_left(r) > 0)
        reader_skip(r, 1);
    ret_chunk->whole = bytes_part(r->in, begin, r->at - begin);
    return true;
}

static bool is(const struct chunk *c, const char *name)
{
    return bytes_equal(c->name, bytes_of(name));
}

static bool is_picture(const struct chunk *c)
{
    return is(c, "VP8 ") || is(c, "VP8L");
}

/* The alpha and picture chunks at the head of a frame, or of the file behind `from`. */
static void find_picture(struct bytes in, struct webp_image *image)
{
    struct reader r = reader_of(in);
    struct chunk c, alpha = {.whole = {0}};

    while (next_chunk(&r, &c)) {
        if (is(&c, "ALPH")) {
            alpha = c;
            continue;
        }
        if (!is_picture(&c))
            continue;
        image->data = c.whole;
        if (is(&c, "VP8L"))
            return;
        image->vp8 = c.data;
        image->alpha = alpha.whole.len > 0;
        if (image->alpha)
            image->data = (struct bytes){alpha.whole.at, (size_t)(c.whole.at + c.whole.len - alpha.whole.at)};
        return;
    }
}

static void take_chunk(struct webp_box *box, const struct chunk *c)
{
    struct reader r = reader_of(c->data);

    if (is(c, "EXIF")) {
        if (!box->info->has_exif)
            box->info->exif = exif_read(c->data);
        box->info->has_exif = true;
    } else if (is(c, "XMP ")) {
        box->info->has_xmp = true;
    } else if (is(c, "ICCP")) {
        box->info->has_icc = true;
        box->profile = c->data;
    } else if (is(c, "VP8X")) {
        reader_skip(&r, 4);
        box->info->width = (reader_u16le(&r) | (uint32_t)reader_u8(&r) << 16) + 1;
        box->info->height = (reader_u16le(&r) | (uint32_t)reader_u8(&r) << 16) + 1;
    } else if (is(c, "ANIM")) {
        box->background = reader_u32le(&r);
        box->loops = reader_u16le(&r);
    } else if (is(c, "ANMF")) {
        box->info->animated = true;
    } else if (!is_picture(c) && !is(c, "ALPH")) {
        box->info->others++;
    }
}

enum err webp_box_open(struct bytes in, struct webp_info *info, struct webp_box *ret_box, struct fault *why)
{
    struct webp_box box = {.info = info};
    struct reader r = reader_of(in);
    struct chunk c;
    size_t end;

    reader_skip(&r, 4);
    end = (size_t)reader_u32le(&r) + 8;
    if (!bytes_starts(in, BYTES("RIFF")) || !bytes_equal(bytes_part(in, 8, 4), BYTES("WEBP")))
        return fault_set(why, ERR_MALFORMED, NULL, "RFC 9649 2.4", 0, "no RIFF header");
    info->end = end < in.len ? end : in.len;
    r = reader_of(bytes_part(in, 0, info->end));
    reader_seek(&r, 12);
    box.frames = r;
    while (next_chunk(&r, &c))
        take_chunk(&box, &c);
    if (!info->animated)
        find_picture(bytes_from(box.frames.in, 12), &box.still);
    if (!info->animated && box.still.data.len == 0)
        return fault_set(why, ERR_MALFORMED, NULL, "RFC 9649 2.5", 12, "no picture");
    *ret_box = box;
    return OK;
}

bool webp_box_next(struct webp_box *box, struct webp_image *ret_image)
{
    struct webp_image image = {.flags = 0};
    struct chunk c;
    struct reader r;

    do {
        if (!next_chunk(&box->frames, &c))
            return false;
    } while (!is(&c, "ANMF"));
    r = reader_of(c.data);
    image.x = (reader_u16le(&r) | (uint32_t)reader_u8(&r) << 16) * 2;
    image.y = (reader_u16le(&r) | (uint32_t)reader_u8(&r) << 16) * 2;
    reader_skip(&r, 6);
    image.duration_ms = reader_u16le(&r) | (uint32_t)reader_u8(&r) << 16;
    image.flags = reader_u8(&r) & 3;
    image.at = box->frames.at - c.whole.len;
    find_picture(bytes_from(c.data, 16), &image);
    *ret_image = image;
    return true;
}
