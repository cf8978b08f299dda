#include "format/zip_header.h"

enum {
    FLAG_ENCRYPTED = 1 << 0,
    FLAG_DESCRIPTOR = 1 << 3,
    FLAG_PATCH = 1 << 5,
    FLAG_STRONG = 1 << 6,
    FLAG_UTF8 = 1 << 11,
    FLAG_MASKED = 1 << 13,
    EXTRA_ZIP64 = 0x0001,
    EXTRA_UNICODE_PATH = 0x7075,
    METHOD_AES = 99,
    OWN_TIME = 0,
    OWN_DATE = 0x21, /* 1980-01-01 */
};

/* What stands in both headers. */
struct header {
    uint16_t version, flags, method, time, date;
    uint32_t crc;
    uint64_t packed, size;
    uint16_t name_len, extra_len;
};

static enum err refuse(struct fault *why, uint64_t at, const char *rule, const char *what)
{
    return fault_set(why, ERR_MALFORMED, "A04", rule, (size_t)at, "%s", what);
}

static void read_header(struct reader *r, struct header *h)
{
    h->version = reader_u16le(r);
    h->flags = reader_u16le(r);
    h->method = reader_u16le(r);
    h->time = reader_u16le(r);
    h->date = reader_u16le(r);
    h->crc = reader_u32le(r);
    h->packed = reader_u32le(r);
    h->size = reader_u32le(r);
    h->name_len = reader_u16le(r);
    h->extra_len = reader_u16le(r);
}

/* The extra field with this id; empty when there is none.  Padding that is no field ends the list. */
static struct bytes find_extra(struct bytes extra, uint16_t id)
{
    struct reader r = reader_of(extra);

    while (reader_left(&r) >= 4) {
        uint16_t this_id = reader_u16le(&r);
        uint16_t len = reader_u16le(&r);
        struct bytes field = reader_take(&r, len);

        if (r.past)
            break;
        if (this_id == id)
            return field;
    }
    return (struct bytes){0};
}

/* Fill the fields that are full in the header from the ZIP64 extra field, in their fixed order. */
static bool widen(struct bytes extra, struct header *h, uint64_t *at)
{
    struct reader r = reader_of(find_extra(extra, EXTRA_ZIP64));

    if (h->size == UINT32_MAX)
        h->size = reader_u64le(&r);
    if (h->packed == UINT32_MAX)
        h->packed = reader_u64le(&r);
    if (at != NULL && *at == UINT32_MAX)
        *at = reader_u64le(&r);
    return !r.past;
}

/* Rule: Info-ZIP Unicode Path Extra Field: version 1, CRC of the name it replaces, UTF-8 (APPNOTE 4.6.9). */
static struct bytes unicode_path(struct bytes extra, struct bytes name)
{
    struct reader r = reader_of(find_extra(extra, EXTRA_UNICODE_PATH));
    uint8_t version = reader_u8(&r);
    uint32_t crc = reader_u32le(&r);

    if (r.past || version != 1 || crc != deflate_crc(0, name))
        return (struct bytes){0};
    return reader_take(&r, reader_left(&r));
}

/* The mode of Unix is the upper half of the external attributes; readers believe it whatever system is named. */
static enum zip_kind kind_of(struct bytes name, uint32_t mode)
{
    switch (mode & 0170000) {
    case 0120000:
        return ZIP_LINK;
    case 0020000:
    case 0060000:
    case 0010000:
    case 0140000:
        return ZIP_SPECIAL;
    default:
        return bytes_ends(name, BYTES("/")) ? ZIP_FOLDER : ZIP_FILE;
    }
}

enum err zip_header_central(struct reader *r, uint64_t shift, struct zip_entry *ret_entry, struct fault *why)
{
    size_t from = r->at;
    struct bytes magic = reader_take(r, 4), extra;
    uint16_t comment_len, disk, internal;
    uint32_t attributes;
    uint64_t at;
    struct zip_entry e = {0};
    struct header h;

    reader_skip(r, 2); /* version made by */
    read_header(r, &h);
    comment_len = reader_u16le(r);
    disk = reader_u16le(r);
    internal = reader_u16le(r);
    attributes = reader_u32le(r);
    at = reader_u32le(r);
    e.name = reader_take(r, h.name_len);
    extra = reader_take(r, h.extra_len);
    reader_skip(r, comment_len);
    if (r->past || !bytes_equal(magic, BYTES("PK\x01\x02")))
        return refuse(why, from, "APPNOTE 4.3.12", "the directory is shorter than its entries");
    if (!widen(extra, &h, &at))
        return refuse(why, from, "APPNOTE 4.5.3", "ZIP64 sizes are missing");
    if (disk != 0 && disk != 0xffff)
        return refuse(why, from, "ISO/IEC 21320-1 4", "an entry on another volume");
    if ((h.flags & FLAG_MASKED) != 0)
        return fault_set(why, ERR_DENIED, "G07", "APPNOTE 4.4.4", from, "the headers are encrypted");
    if ((h.flags & FLAG_PATCH) != 0)
        return refuse(why, from, "APPNOTE 4.4.4", "patch data");
    if (e.name.len == 0)
        return refuse(why, from, "APPNOTE 4.4.17", "an entry without a name");
    if (__builtin_add_overflow(at, shift, &e.at))
        return refuse(why, from, "APPNOTE 4.4.16", "an offset out of the file");
    e.unicode = unicode_path(extra, e.name);
    e.utf8 = (h.flags & FLAG_UTF8) != 0;
    e.encrypted = (h.flags & (FLAG_ENCRYPTED | FLAG_STRONG)) != 0 || h.method == METHOD_AES;
    e.plain = extra.len == 0 && comment_len == 0 && attributes == 0 && internal == 0 && h.time == OWN_TIME &&
              h.date == OWN_DATE;
    e.kind = kind_of(e.name, attributes >> 16);
    e.privileged = (attributes >> 16 & 07000) != 0;
    e.method = h.method;
    e.crc = h.crc;
    e.size = h.size;
    e.packed.len = (size_t)h.packed;
    *ret_entry = e;
    return OK;
}

/* The length of the data descriptor at the cursor: with or without its mark, sizes of 4 or 8 bytes; 0 when
 * none of these forms says what the directory says. */
static size_t descriptor_len(struct bytes at, const struct zip_entry *e)
{
    for (unsigned form = 0; form < 4; form++) {
        struct reader r = reader_of(at);
        bool wide = (form & 1) != 0;
        uint64_t packed, size;
        uint32_t crc;

        if (form < 2 && !bytes_equal(reader_take(&r, 4), BYTES("PK\x07\x08")))
            continue;
        crc = reader_u32le(&r);
        packed = wide ? reader_u64le(&r) : reader_u32le(&r);
        size = wide ? reader_u64le(&r) : reader_u32le(&r);
        if (!r.past && crc == e->crc && packed == e->packed.len && size == e->size)
            return r.at;
    }
    return 0;
}

/* Rule: both headers say the same; sizes may be left to the data descriptor, which must then be there. */
static enum err compare(const struct header *h, struct bytes name, struct bytes extra, const struct zip_entry *e,
                        struct fault *why)
{
    bool later = (h->flags & FLAG_DESCRIPTOR) != 0;
    bool local_encrypted = (h->flags & (FLAG_ENCRYPTED | FLAG_STRONG)) != 0 || h->method == METHOD_AES;
    struct bytes unicode = unicode_path(extra, name);

    if (!bytes_equal(name, e->name))
        return refuse(why, e->at, "APPNOTE 4.3.7", "the name differs between header and directory");
    if (unicode.len > 0 && e->unicode.len > 0 && !bytes_equal(unicode, e->unicode))
        return refuse(why, e->at, "APPNOTE 4.6.9", "the Unicode name differs between header and directory");
    if (h->method != e->method || local_encrypted != e->encrypted)
        return refuse(why, e->at, "APPNOTE 4.3.7", "the method differs between header and directory");
    if ((h->crc != e->crc && !(later && h->crc == 0)) || (h->packed != e->packed.len && !(later && h->packed == 0)) ||
        (h->size != e->size && !(later && h->size == 0)))
        return refuse(why, e->at, "APPNOTE 4.3.7", "size or CRC differ between header and directory");
    return OK;
}

enum err zip_header_local(struct bytes file, uint64_t limit, struct zip_entry *entry, struct fault *why)
{
    struct reader r = reader_of(bytes_part(file, 0, (size_t)limit));
    struct header h;
    struct bytes magic, name, extra;
    bool stated;

    if (entry->at >= limit)
        return refuse(why, entry->at, "APPNOTE 4.4.16", "an entry out of the file");
    reader_seek(&r, (size_t)entry->at);
    magic = reader_take(&r, 4);
    read_header(&r, &h);
    name = reader_take(&r, h.name_len);
    extra = reader_take(&r, h.extra_len);
    if (r.past || !bytes_equal(magic, BYTES("PK\x03\x04")))
        return refuse(why, entry->at, "APPNOTE 4.3.7", "no entry where the directory says");
    if (!widen(extra, &h, NULL))
        return refuse(why, entry->at, "APPNOTE 4.5.3", "ZIP64 sizes are missing");
    TRY(compare(&h, name, extra, entry, why));
    entry->plain = entry->plain && extra.len == 0;
    entry->packed = reader_take(&r, entry->packed.len);
    if (r.past)
        return refuse(why, entry->at, "APPNOTE 4.3.8", "the data is cut off");
    if ((h.flags & FLAG_DESCRIPTOR) != 0) {
        size_t len = descriptor_len(bytes_part(r.in, r.at, 24), entry);

        /* Some programs set the flag, know the sizes beforehand and write no descriptor. */
        stated = h.crc == entry->crc && h.size == entry->size && h.packed == entry->packed.len;
        if (len == 0 && !stated)
            return refuse(why, r.at, "APPNOTE 4.3.9", "the data descriptor disagrees with the directory");
        r.at += len;
        entry->plain = false;
    }
    entry->end = r.at;
    if (entry->kind == ZIP_FOLDER && entry->size > 0)
        return refuse(why, entry->at, "APPNOTE 4.3.8", "a folder with content");
    return OK;
}
