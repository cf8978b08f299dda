#include "format/zip_end.h"

enum {
    END_LEN = 22,
    LOCATOR_LEN = 20,
    END64_LEN = 56,
    COMMENT_MAX = 65535,
};

static enum err refuse(struct fault *why, uint64_t at, const char *rule, const char *what)
{
    return fault_set(why, ERR_MALFORMED, "A04", rule, (size_t)at, "%s", what);
}

/* The fields of the end record, classic or with the long form laid over it. */
struct fields {
    uint32_t disk, directory_disk;
    uint64_t entries_here, entries, len, at;
    uint64_t end64_at; /* where the locator says the long record is, or 0 */
};

static struct reader reader_at(struct bytes file, uint64_t at, size_t len)
{
    return reader_of(at > file.len ? (struct bytes){0} : bytes_part(file, (size_t)at, len));
}

static bool magic_at(struct bytes file, uint64_t at, struct bytes magic)
{
    return at <= file.len && bytes_starts(bytes_from(file, (size_t)at), magic);
}

/* A field of the classic record that is full points to the long one; any other must agree with it. */
static bool overlay(uint64_t *field, uint64_t full, uint64_t long_value)
{
    bool agree = *field == full || *field == long_value;

    *field = long_value;
    return agree;
}

/* Lay the ZIP64 end record over the classic one; `ret_at` is moved to where the long record begins. */
static enum err read_long(struct bytes file, uint64_t *ret_at, struct fields *f, struct fault *why)
{
    uint64_t locator = *ret_at - LOCATOR_LEN, at;
    struct reader r = reader_at(file, locator + 4, LOCATOR_LEN - 4);
    uint32_t disk = reader_u32le(&r);
    uint64_t said = reader_u64le(&r), disk64, directory_disk64;
    bool agree;

    if (disk != 0 || reader_u32le(&r) > 1)
        return fault_set(why, ERR_UNSUPPORTED, "A04", "APPNOTE 4.3.15", (size_t)locator, "split over several volumes");
    at = locator >= END64_LEN ? locator - END64_LEN : 0;
    if (!magic_at(file, at, BYTES("PK\x06\x06")) || said > at)
        return refuse(why, locator, "APPNOTE 4.3.14", "the ZIP64 end record is not where it should be");
    r = reader_at(file, at + 4, END64_LEN - 4);
    if (reader_u64le(&r) != END64_LEN - 12)
        return refuse(why, at, "APPNOTE 4.3.14", "the ZIP64 end record has a wrong size");
    reader_skip(&r, 4);
    disk64 = reader_u32le(&r);
    directory_disk64 = reader_u32le(&r);
    if (disk64 != 0 || directory_disk64 != 0)
        return fault_set(why, ERR_UNSUPPORTED, "A04", "APPNOTE 4.3.14", (size_t)at, "split over several volumes");
    f->disk = f->disk == 0xffff ? 0 : f->disk;
    f->directory_disk = f->directory_disk == 0xffff ? 0 : f->directory_disk;
    agree = overlay(&f->entries_here, 0xffff, reader_u64le(&r));
    agree = overlay(&f->entries, 0xffff, reader_u64le(&r)) && agree;
    agree = overlay(&f->len, 0xffffffff, reader_u64le(&r)) && agree;
    agree = overlay(&f->at, 0xffffffff, reader_u64le(&r)) && agree;
    if (!agree)
        return refuse(why, at, "APPNOTE 4.4.1.4", "the two end records disagree");
    f->end64_at = said;
    *ret_at = at;
    return OK;
}

static enum err read_end(struct bytes file, uint64_t at, struct zip_end *ret_end, struct fault *why)
{
    struct reader r = reader_at(file, at + 4, END_LEN - 4);
    struct zip_end e = {.at = at, .records_end = at};
    struct fields f = {0};
    uint16_t comment;

    f.disk = reader_u16le(&r);
    f.directory_disk = reader_u16le(&r);
    f.entries_here = reader_u16le(&r);
    f.entries = reader_u16le(&r);
    f.len = reader_u32le(&r);
    f.at = reader_u32le(&r);
    comment = reader_u16le(&r);
    if (r.past)
        return refuse(why, at, "APPNOTE 4.3.16", "the end record is cut off");
    if (at >= LOCATOR_LEN && magic_at(file, at - LOCATOR_LEN, BYTES("PK\x06\x07")))
        TRY(read_long(file, &e.records_end, &f, why));
    if (f.disk != 0 || f.directory_disk != 0 || f.entries_here != f.entries)
        return fault_set(why, ERR_UNSUPPORTED, "A04", "APPNOTE 4.3.16", (size_t)at, "split over several volumes");
    if (f.len > e.records_end || f.at > e.records_end - f.len)
        return refuse(why, at, "APPNOTE 4.3.16", "the directory does not lie before the end record");
    e.directory_len = f.len;
    e.directory_at = e.records_end - f.len;
    e.entries = f.entries;
    e.shift = e.directory_at - f.at;
    if (f.len > 0 && !magic_at(file, e.directory_at, BYTES("PK\x01\x02")))
        return refuse(why, at, "APPNOTE 4.3.12", "the directory does not end at the end record");
    if (e.records_end != at && e.records_end - f.end64_at != e.shift)
        return refuse(why, at, "APPNOTE 4.3.15", "the end records are not where they say");
    if (e.shift > 0 && f.len > 0 && magic_at(file, f.at, BYTES("PK\x01\x02")))
        return refuse(why, at, "APPNOTE 4.4.24", "two directories fit");
    e.tail = at + END_LEN + comment;
    if (e.tail > file.len)
        return refuse(why, at, "APPNOTE 4.4.12", "the comment is cut off");
    e.comment = bytes_part(file, (size_t)at + END_LEN, comment);
    *ret_end = e;
    return OK;
}

/* The last record before `before` that a comment of full length could still follow; SIZE_MAX when there is none. */
static size_t record_before(struct bytes file, size_t before)
{
    size_t first = file.len > END_LEN + COMMENT_MAX ? file.len - END_LEN - COMMENT_MAX : 0, at;

    at = before <= first ? SIZE_MAX : bytes_find_last(bytes_part(file, first, before - first), BYTES("PK\x05\x06"));
    return at == SIZE_MAX ? at : first + at;
}

enum err zip_end_find(struct bytes file, struct zip_end *ret_end, struct fault *why)
{
    size_t at = record_before(file, file.len);
    struct zip_end best = {0}, e = {0};
    struct fault first = {0};
    bool found = false; /* the last record wins; an earlier one must lie inside an entry */

    if (at == SIZE_MAX)
        return refuse(why, 0, "APPNOTE 4.3.16", "no end record");
    for (; at != SIZE_MAX; at = record_before(file, at)) {
        struct fault now = {0};

        if (read_end(file, at, &e, &now) != OK) {
            if (first.code == OK)
                first = now;
            continue;
        }
        if (found && e.tail == file.len)
            return refuse(why, at, "APPNOTE 4.3.16", "two end records reach the end of the file");
        if (!found)
            best = e;
        found = true;
    }
    if (!found) {
        if (why != NULL)
            *why = first;
        return first.code;
    }
    *ret_end = best;
    return OK;
}

bool zip_end_others(struct bytes file, uint64_t from, uint64_t to)
{
    static const char *const magics[] = {"PK\x01\x02", "PK\x03\x04", "PK\x05\x06", "PK\x06\x06", "PK\x06\x07"};
    struct bytes part;

    if (to <= from || from >= file.len)
        return false;
    part = bytes_part(file, (size_t)from, (size_t)(to - from));
    for (size_t i = 0; i < countof(magics); i++)
        if (bytes_find(part, bytes_of(magics[i]), 0) != SIZE_MAX)
            return true;
    return false;
}
