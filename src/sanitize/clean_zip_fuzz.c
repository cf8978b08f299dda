/* The promises of the sanitizer for archives and everything inside (promise.h).
 *
 * An input that begins like an archive is taken as one.  Any other is a recipe: pieces, each a length and so many bytes,
 * by turns the name and the content of an entry, from which a well-formed archive is made. */
#include <stdlib.h>

#include "format/zip_write.h"
#include "sanitize/promise.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct bytes piece(struct reader *r)
{
    size_t len = reader_u8(r);

    return reader_take(r, len < reader_left(r) ? len : reader_left(r));
}

static void cook(struct bytes recipe, struct buf *archive)
{
    struct sink sink = sink_to_buf(archive);
    struct reader r = reader_of(recipe);
    struct zip_write w;

    zip_write_init(&w, &sink, 0);
    while (reader_left(&r) > 0) {
        struct bytes name = piece(&r), content = piece(&r);

        if (name.len > 0 && zip_write_whole(&w, name, content, NULL) != OK)
            abort();
    }
    if (zip_write_finish(&w, NULL) != OK)
        abort();
    zip_write_done(&w);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes in = {data, size};
    struct buf archive;

    if (bytes_starts(in, BYTES("PK"))) {
        (void)promise_check(TYPE_zip, clean_zip, in, "a.zip");
        return 0;
    }
    buf_init(&archive, 64 << 20);
    cook(in, &archive);
    (void)promise_check(TYPE_zip, clean_zip, buf_bytes(&archive), "a.zip");
    buf_done(&archive);
    return 0;
}
