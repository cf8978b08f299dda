#include "format/zip.h"

#include <stdlib.h>

#include "format/zip_end.h"
#include "format/zip_header.h"

static enum err refuse(struct fault *why, uint64_t at, const char *rule, const char *what)
{
    return fault_set(why, ERR_MALFORMED, "A04", rule, (size_t)at, "%s", what);
}

static enum err read_directory(struct arena *a, const struct zip_end *end, struct zip *z, struct fault *why)
{
    struct reader r = reader_of(bytes_part(z->file, 0, (size_t)end->records_end));

    z->count = (size_t)end->entries;
    z->entries = arena_array(a, z->count, sizeof(*z->entries));
    reader_seek(&r, (size_t)end->directory_at);
    for (size_t i = 0; i < z->count; i++) {
        TRY(zip_header_central(&r, end->shift, &z->entries[i], why));
        TRY(zip_header_local(z->file, end->directory_at, &z->entries[i], why));
        z->encrypted |= z->entries[i].encrypted;
    }
    if (r.at != end->records_end)
        return refuse(why, r.at, "APPNOTE 4.3.12", "the directory is longer than its entries");
    if (bytes_find(bytes_part(z->file, (size_t)end->directory_at, (size_t)end->directory_len), BYTES("PK\x05\x06"),
                   0) != SIZE_MAX)
        return refuse(why, end->directory_at, "APPNOTE 4.3.16", "an end record hides in the directory");
    return OK;
}

static int by_place(const void *a, const void *b)
{
    const struct zip_entry *x = *(struct zip_entry *const *)a, *y = *(struct zip_entry *const *)b;

    return (x->at > y->at) - (x->at < y->at);
}

/* Rule: the ranges of the entries are disjoint; what lies between them is no archive. */
static enum err check_ranges(struct arena *a, const struct zip_end *end, struct zip *z, struct fault *why)
{
    struct zip_entry **sorted = arena_array(a, z->count + 1, sizeof(struct zip_entry *));
    uint64_t at = 0;

    for (size_t i = 0; i < z->count; i++)
        sorted[i] = &z->entries[i];
    if (z->count > 1)
        qsort(sorted, z->count, sizeof(struct zip_entry *), by_place);
    for (size_t i = 0; i <= z->count; i++) {
        uint64_t next = i < z->count ? sorted[i]->at : end->directory_at;

        if (next < at)
            return refuse(why, next, "APPNOTE 4.3.6", "entries overlap");
        if (next > at && zip_end_others(z->file, at, next))
            return refuse(why, at, "APPNOTE 4.3.6", "an entry or archive outside of the directory");
        if (next > at && i == 0)
            z->has_prefix = true;
        else if (next > at)
            z->has_gaps = true;
        at = i < z->count ? sorted[i]->end : at;
    }
    return OK;
}

static enum err check_names(struct arena *a, struct zip *z, struct fault *why)
{
    struct map folded;

    map_init(&z->index, a);
    map_init(&folded, a);
    for (size_t i = 0; i < z->count; i++) {
        struct bytes name = z->entries[i].name, low = arena_copy(a, name);
        void **seen = map_at(&z->index, name);

        if (*seen != NULL)
            return refuse(why, z->entries[i].at, "ISO/IEC 21320-1 4", "two entries have the same name");
        *seen = &z->entries[i];
        for (size_t k = 0; k < low.len; k++) {
            uint8_t *c = (uint8_t *)(uintptr_t)&low.at[k]; /* our own copy */

            *c = *c >= 'A' && *c <= 'Z' ? (uint8_t)(*c + 32) : *c;
        }
        seen = map_at(&folded, low);
        z->folded_duplicates |= *seen != NULL;
        *seen = &z->entries[i];
    }
    return OK;
}

static enum err check_end(const struct zip_end *end, struct zip *z, struct fault *why)
{
    uint64_t after = end->tail - end->comment.len;

    z->has_comment = end->comment.len > 0;
    z->has_suffix = end->tail < z->file.len;
    if (zip_end_others(z->file, after, z->file.len))
        return refuse(why, after, "APPNOTE 4.3.16", "an archive after the end of the archive");
    return OK;
}

/* An encrypted directory has a record of its own before it. */
static enum err check_encryption(const struct zip_end *end, const struct zip *z, struct fault *why)
{
    struct bytes head = bytes_part(z->file, 0, (size_t)end->directory_at);

    if (end->entries > 0 && bytes_starts(head, BYTES("PK\x06\x08")))
        return fault_set(why, ERR_DENIED, "G07", "APPNOTE 4.3.11", 0, "the directory is encrypted");
    return OK;
}

enum err zip_open(struct arena *a, struct bytes file, size_t max_entries, struct zip *ret_zip, struct fault *why)
{
    struct zip z = {.file = file};
    struct zip_end end;

    TRY(zip_end_find(file, &end, why));
    TRY(check_encryption(&end, &z, why));
    if (end.entries > max_entries)
        return fault_set(why, ERR_LIMIT, "A01", "profile limit entries", 0, "more than %zu entries", max_entries);
    TRY(read_directory(a, &end, &z, why));
    TRY(check_ranges(a, &end, &z, why));
    TRY(check_names(a, &z, why));
    TRY(check_end(&end, &z, why));
    deflate_init(&z.deflate);
    *ret_zip = z;
    return OK;
}

void zip_close(struct zip *z)
{
    deflate_done(&z->deflate);
}

const struct zip_entry *zip_find(const struct zip *z, struct bytes name)
{
    return map_get(&z->index, name);
}
