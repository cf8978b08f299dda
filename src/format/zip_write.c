#include "format/zip_write.h"

#include "format/zip.h"

enum {
    FLAG_UTF8 = 1 << 11,
    VERSION = 20,
    VERSION_ZIP64 = 45,
    DATE = 0x21, /* 1980-01-01 */
    RATIO_FROM = 1 << 20, /* readers judge the ratio of entries over this length */
    PROBE_FROM = 128 << 10,
    PROBE_LEN = 32 << 10,
};
static const uint64_t full = UINT32_MAX; /* a field with this value points to its ZIP64 form */

void zip_write_init(struct zip_write *w, struct sink *out, uint32_t ratio)
{
    *w = (struct zip_write){.out = out, .from = out->len, .ratio = ratio};
    deflate_init(&w->deflate);
    buf_init(&w->held, ZIP_WRITE_HELD);
    buf_init(&w->packed, SIZE_MAX >> 1);
    buf_init(&w->directory, SIZE_MAX >> 1);
    buf_init(&w->name, UINT16_MAX);
}

void zip_write_done(struct zip_write *w)
{
    deflate_done(&w->deflate);
    deflate_stream_done(&w->stream);
    buf_done(&w->held);
    buf_done(&w->packed);
    buf_done(&w->directory);
    buf_done(&w->name);
}

static enum err put_buf(struct zip_write *w, struct buf *b, struct fault *why)
{
    enum err code = sink_put(w->out, buf_bytes(b), why);

    buf_reset(b);
    return code;
}

/* The fields both headers share, from the version on. */
static void put_fields(const struct zip_write *w, struct buf *b, uint16_t version)
{
    buf_put_u16le(b, version);
    buf_put_u16le(b, FLAG_UTF8);
    buf_put_u16le(b, w->method);
    buf_put_u16le(b, 0);
    buf_put_u16le(b, DATE);
    buf_put_u32le(b, w->crc);
    buf_put_u32le(b, (uint32_t)w->packed_len);
    buf_put_u32le(b, (uint32_t)w->size);
    buf_put_u16le(b, (uint16_t)w->name.len);
}

static void put_local(const struct zip_write *w, struct buf *b)
{
    buf_put_text(b, "PK\x03\x04");
    put_fields(w, b, VERSION);
    buf_put_u16le(b, 0);
    buf_put(b, buf_bytes(&w->name));
}

static void put_central(struct zip_write *w)
{
    struct buf *b = &w->directory;
    uint64_t at = w->at - w->from;
    bool wide = at >= full;

    buf_put_text(b, "PK\x01\x02");
    buf_put_u16le(b, VERSION);
    put_fields(w, b, wide ? VERSION_ZIP64 : VERSION);
    buf_put_u16le(b, wide ? 12 : 0);
    buf_put(b, BYTES("\0\0\0\0\0\0\0\0\0\0")); /* comment, volume, attributes */
    buf_put_u32le(b, (uint32_t)(wide ? full : at));
    buf_put(b, buf_bytes(&w->name));
    if (wide) {
        buf_put_u16le(b, 1);
        buf_put_u16le(b, 8);
        buf_put_u64le(b, at);
    }
    w->count++;
}

enum err zip_write_begin(struct zip_write *w, struct bytes name, struct fault *why)
{
    if (w->open || name.len == 0 || name.len > UINT16_MAX)
        return fault_set(why, ERR_STATE, NULL, "zip_write", 0, "an entry cannot begin here");
    w->open = true;
    w->at = w->out->len;
    w->size = 0;
    w->crc = 0;
    buf_reset(&w->held);
    buf_reset(&w->name);
    buf_put(&w->name, name);
    return OK;
}

/* Whether a piece from the middle says that packing is in vain: pictures and archives. */
static bool is_dense(struct zip_write *w, struct bytes content)
{
    struct bytes probe = bytes_part(content, content.len / 2, PROBE_LEN);
    size_t made;

    if (content.len < PROBE_FROM)
        return false;
    deflate_pack(&w->deflate, probe, &w->packed);
    made = w->packed.len;
    buf_reset(&w->packed);
    return made >= probe.len - probe.len / 64;
}

/* Pack into w->packed; false when the content is better stored. */
static bool pack(struct zip_write *w, struct bytes content)
{
    buf_reset(&w->packed);
    if (content.len == 0 || is_dense(w, content))
        return false;
    deflate_pack(&w->deflate, content, &w->packed);
    if (w->packed.len >= content.len)
        return false;
    return w->ratio == 0 || content.len <= RATIO_FROM || content.len / w->ratio < w->packed.len;
}

static enum err put_entry(struct zip_write *w, struct bytes content, bool deflated, struct fault *why)
{
    struct bytes body = deflated ? buf_bytes(&w->packed) : content;
    struct buf head;
    enum err code;

    w->method = deflated ? ZIP_DEFLATED : ZIP_STORED;
    w->packed_len = body.len;
    buf_init(&head, SIZE_MAX >> 1);
    put_local(w, &head);
    code = put_buf(w, &head, why);
    buf_done(&head);
    TRY(code);
    TRY(sink_put(w->out, body, why));
    put_central(w);
    w->open = false;
    return OK;
}

/* The block in hand goes out packed. */
static enum err stream_block(struct zip_write *w, struct bytes block, struct fault *why)
{
    buf_reset(&w->packed);
    deflate_stream_block(&w->stream, block, &w->packed);
    w->packed_len += w->packed.len;
    return put_buf(w, &w->packed, why);
}

/* The entry has outgrown what is held: its header goes out with the sizes still to be patched. */
static enum err stream_begin(struct zip_write *w, struct fault *why)
{
    w->method = ZIP_DEFLATED;
    w->packed_len = 0;
    buf_reset(&w->packed);
    put_local(w, &w->packed);
    TRY(put_buf(w, &w->packed, why));
    deflate_stream_init(&w->stream, w->ratio);
    for (size_t at = 0; at < w->held.len; at += DEFLATE_BLOCK)
        TRY(stream_block(w, bytes_part(buf_bytes(&w->held), at, DEFLATE_BLOCK), why));
    buf_reset(&w->held);
    return OK;
}

static enum err stream_end(struct zip_write *w, struct fault *why)
{
    struct buf head;
    enum err code;

    TRY(stream_block(w, buf_bytes(&w->held), why));
    buf_reset(&w->packed);
    deflate_stream_end(&w->stream, &w->packed);
    w->packed_len += w->packed.len;
    TRY(put_buf(w, &w->packed, why));
    deflate_stream_done(&w->stream);
    if (w->packed_len >= full)
        return fault_set(why, ERR_LIMIT, "G06", "zip_write", 0, "an entry larger than 4 GiB");
    buf_init(&head, SIZE_MAX >> 1);
    put_local(w, &head);
    code = sink_patch(w->out, w->at, buf_bytes(&head), why);
    buf_done(&head);
    TRY(code);
    put_central(w);
    w->open = false;
    return OK;
}

/* What is held has a fixed length whenever it goes out, so that the cuts of the caller do not show. */
enum err zip_write_more(struct zip_write *w, struct bytes content, struct fault *why)
{
    if (!w->open)
        return fault_set(why, ERR_STATE, NULL, "zip_write", 0, "no entry is open");
    if (content.len >= full || w->size + content.len >= full)
        return fault_set(why, ERR_LIMIT, "G06", "zip_write", 0, "an entry larger than 4 GiB");
    w->size += content.len;
    w->crc = deflate_crc(w->crc, content);
    while (content.len > 0) {
        size_t max = w->stream.z == NULL ? (size_t)ZIP_WRITE_HELD : (size_t)DEFLATE_BLOCK;
        struct bytes part = bytes_part(content, 0, max - w->held.len);

        if (part.len == 0) { /* full, and more is to come */
            if (w->stream.z == NULL)
                TRY(stream_begin(w, why));
            else
                TRY(stream_block(w, buf_bytes(&w->held), why));
            buf_reset(&w->held);
            continue;
        }
        buf_put(&w->held, part);
        content = bytes_from(content, part.len);
    }
    return OK;
}

enum err zip_write_end(struct zip_write *w, struct fault *why)
{
    if (!w->open)
        return fault_set(why, ERR_STATE, NULL, "zip_write", 0, "no entry is open");
    if (w->stream.z != NULL)
        return stream_end(w, why);
    return put_entry(w, buf_bytes(&w->held), pack(w, buf_bytes(&w->held)), why);
}

enum err zip_write_whole(struct zip_write *w, struct bytes name, struct bytes content, struct fault *why)
{
    TRY(zip_write_begin(w, name, why));
    if (content.len > ZIP_WRITE_HELD) {
        TRY(zip_write_more(w, content, why));
        return zip_write_end(w, why);
    }
    w->size = content.len;
    w->crc = deflate_crc(0, content);
    return put_entry(w, content, pack(w, content), why);
}

enum err zip_write_stored(struct zip_write *w, struct bytes name, struct bytes content, struct fault *why)
{
    TRY(zip_write_begin(w, name, why));
    if (content.len >= full)
        return fault_set(why, ERR_LIMIT, "G06", "zip_write", 0, "an entry larger than 4 GiB");
    w->size = content.len;
    w->crc = deflate_crc(0, content);
    return put_entry(w, content, false, why);
}

/* Rule: APPNOTE 4.3.14, 4.3.15. */
static void put_end64(struct zip_write *w, uint64_t at, uint64_t len)
{
    struct buf *b = &w->directory;

    buf_put_text(b, "PK\x06\x06");
    buf_put_u64le(b, 44);
    buf_put_u16le(b, VERSION_ZIP64);
    buf_put_u16le(b, VERSION_ZIP64);
    buf_put_u64le(b, 0);
    buf_put_u64le(b, w->count);
    buf_put_u64le(b, w->count);
    buf_put_u64le(b, len);
    buf_put_u64le(b, at);
    buf_put_text(b, "PK\x06\x07");
    buf_put_u32le(b, 0);
    buf_put_u64le(b, at + len);
    buf_put_u32le(b, 1);
}

enum err zip_write_finish(struct zip_write *w, struct fault *why)
{
    uint64_t at = w->out->len - w->from, len = w->directory.len;
    bool wide = at >= full || len >= full || w->count >= UINT16_MAX;

    if (w->open)
        return fault_set(why, ERR_STATE, NULL, "zip_write", 0, "an entry is still open");
    if (wide)
        put_end64(w, at, len);
    buf_put_text(&w->directory, "PK\x05\x06");
    buf_put_u32le(&w->directory, 0);
    buf_put_u16le(&w->directory, (uint16_t)(wide ? UINT16_MAX : w->count));
    buf_put_u16le(&w->directory, (uint16_t)(wide ? UINT16_MAX : w->count));
    buf_put_u32le(&w->directory, (uint32_t)(wide ? full : len));
    buf_put_u32le(&w->directory, (uint32_t)(wide ? full : at));
    buf_put_u16le(&w->directory, 0);
    return put_buf(w, &w->directory, why);
}

static enum err entry_put(struct sink *s, struct bytes data, struct fault *why)
{
    return zip_write_more(s->ctx, data, why);
}

static enum err entry_patch(struct sink *s, uint64_t at, struct bytes data, struct fault *why)
{
    (void)s, (void)data;
    return fault_set(why, ERR_STATE, NULL, "zip_write", (size_t)at, "an entry cannot be patched");
}

struct sink zip_write_sink(struct zip_write *w)
{
    return (struct sink){.put = entry_put, .patch = entry_patch, .ctx = w};
}
