/* Promises of zip.h and zip_write.h: whatever opens can be written again and then reads the same, without
 * anything outside of the entries; reading whole and in chunks agree. */
#include <stdlib.h>

#include "format/zip.h"
#include "format/zip_write.h"

enum { CONTENT_MAX = 1 << 20, ENTRIES_MAX = 1000 };

static void need(bool ok)
{
    if (!ok)
        abort();
}

static enum err append(void *ctx, struct bytes chunk, struct fault *why)
{
    buf_put(ctx, chunk);
    return buf_check(ctx, why);
}

/* Copy what can be read; the entries copied are remembered. */
static size_t copy(struct zip *z, struct zip_write *w, bool *copied)
{
    struct buf scratch, chunks;
    size_t count = 0;

    buf_init(&scratch, CONTENT_MAX);
    buf_init(&chunks, CONTENT_MAX);
    for (size_t i = 0; i < z->count; i++) {
        struct zip_entry *e = &z->entries[i];
        struct bytes content;
        bool whole = zip_entry_read(z, e, &scratch, &content, NULL) == OK;

        buf_reset(&chunks);
        need((zip_entry_stream(z, e, append, &chunks, NULL) == OK) == whole);
        need(!whole || bytes_equal(content, buf_bytes(&chunks)));
        copied[i] = whole;
        if (whole)
            need(zip_write_whole(w, e->name, content, NULL) == OK);
        count += whole;
    }
    buf_done(&scratch);
    buf_done(&chunks);
    return count;
}

static void compare(struct zip *z, const bool *copied, struct zip *again)
{
    size_t k = 0;

    need(!again->has_prefix && !again->has_suffix && !again->has_gaps && !again->has_comment);
    for (size_t i = 0; i < z->count; i++) {
        if (!copied[i])
            continue;
        need(bytes_equal(z->entries[i].name, again->entries[k].name));
        need(z->entries[i].crc == again->entries[k].crc && z->entries[i].size == again->entries[k].size);
        need(again->entries[k].plain && again->entries[k].utf8);
        k++;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static bool copied[ENTRIES_MAX];
    struct arena a;
    struct zip z, again;

    arena_init(&a, 64 << 20);
    if (zip_open(&a, (struct bytes){data, size}, ENTRIES_MAX, &z, NULL) == OK) {
        struct buf file;
        struct sink sink;
        struct zip_write w;
        size_t count;

        buf_init(&file, 256 << 20);
        sink = sink_to_buf(&file);
        zip_write_init(&w, &sink, 250);
        count = copy(&z, &w, copied);
        need(zip_write_finish(&w, NULL) == OK);
        need(zip_open(&a, buf_bytes(&file), ENTRIES_MAX, &again, NULL) == OK);
        need(again.count == count);
        compare(&z, copied, &again);
        zip_close(&again);
        zip_write_done(&w);
        buf_done(&file);
        zip_close(&z);
    }
    arena_done(&a);
    return 0;
}
