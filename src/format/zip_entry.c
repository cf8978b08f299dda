#include "format/zip.h"

/* No stored or deflated data of this length can unpack to the stated size. */
static enum err check_stated(const struct zip_entry *e, struct fault *why)
{
    if (e->encrypted)
        return fault_set(why, ERR_DENIED, "G07", "APPNOTE 6.1", (size_t)e->at, "encrypted");
    if (e->method != ZIP_STORED && e->method != ZIP_DEFLATED)
        return fault_set(why, ERR_UNSUPPORTED, "A05", "ISO/IEC 21320-1 4", (size_t)e->at, "compression method %u",
                         e->method);
    if (e->method == ZIP_STORED ? e->size != e->packed.len
                                : e->size / DEFLATE_RATIO_MAX > e->packed.len)
        return fault_set(why, ERR_MALFORMED, "A04", "APPNOTE 4.4.9", (size_t)e->at, "the stated size cannot be true");
    return OK;
}

static enum err check_crc(const struct zip_entry *e, uint32_t crc, struct fault *why)
{
    if (crc != e->crc)
        return fault_set(why, ERR_MALFORMED, "A04", "APPNOTE 4.4.7", (size_t)e->at, "the CRC is wrong");
    return OK;
}

enum err zip_entry_read(struct zip *z, const struct zip_entry *e, struct buf *scratch, struct bytes *ret_content,
                        struct fault *why)
{
    struct bytes content = e->packed;

    buf_reset(scratch);
    TRY(check_stated(e, why));
    if (e->size > scratch->max)
        return fault_set(why, ERR_LIMIT, "G06", "limit of an entry", (size_t)e->at, "larger than %zu bytes",
                         scratch->max);
    if (e->method == ZIP_DEFLATED) {
        uint8_t *room = buf_room(scratch, (size_t)e->size);

        TRY(deflate_unpack(&z->deflate, e->packed, room, (size_t)e->size, why));
        buf_grew(scratch, (size_t)e->size);
        content = buf_bytes(scratch);
    }
    TRY(check_crc(e, deflate_crc(0, content), why));
    *ret_content = content;
    return OK;
}

struct summing {
    deflate_put_fn *put;
    void *ctx;
    uint32_t crc;
};

static enum err sum_and_put(void *ctx, struct bytes chunk, struct fault *why)
{
    struct summing *s = ctx;

    s->crc = deflate_crc(s->crc, chunk);
    return s->put(s->ctx, chunk, why);
}

enum err zip_entry_stream(struct zip *z, const struct zip_entry *e, deflate_put_fn *put, void *ctx, struct fault *why)
{
    enum { CHUNK = 64 * 1024 };
    struct summing s = {.put = put, .ctx = ctx};

    (void)z;
    TRY(check_stated(e, why));
    if (e->method == ZIP_DEFLATED)
        TRY(deflate_unpack_chunks(e->packed, e->size, sum_and_put, &s, why));
    else
        for (size_t at = 0; at < e->packed.len; at += CHUNK)
            TRY(sum_and_put(&s, bytes_part(e->packed, at, CHUNK), why));
    return check_crc(e, s.crc, why);
}
