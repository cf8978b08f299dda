/* What is read and written again reads the same again, in whatever pieces it comes. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "format/xml_write.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static enum err on_start(void *ctx, struct xml_tag *tag, struct fault *why)
{
    return xml_write_start(ctx, tag, why);
}

static enum err on_end(void *ctx, struct xml_name *name, struct fault *why)
{
    return xml_write_end(ctx, name, why);
}

static enum err on_text(void *ctx, struct bytes text, struct fault *why)
{
    return xml_write_text(ctx, text, why);
}

static const struct xml_handler copier = {.start = on_start, .end = on_end, .text = on_text};

static enum err copy(struct bytes in, size_t step, struct buf *out)
{
    struct arena a;
    struct sink sink = sink_to_buf(out);
    struct xml_write w;
    struct fault why = {0};
    struct xml *x;
    enum err code;

    arena_init(&a, 256 << 20);
    x = xml_new(&a, &(struct xml_options){.depth_max = 64});
    xml_write_init(&w, &a);
    xml_begin(x, &copier, &w);
    code = xml_write_begin(&w, &sink, XML_WRITE_BARE, &why);
    for (size_t at = 0; code == OK && at < in.len; at += step)
        code = xml_push(x, bytes_part(in, at, step), &why);
    if (code == OK)
        code = xml_end(x, &why);
    if (code == OK)
        code = xml_write_done(&w, &why);
    arena_done(&a);
    return code;
}

static void same(struct bytes in, size_t step, const struct buf *want)
{
    struct buf out;

    buf_init(&out, 64 << 20);
    if (copy(in, step, &out) != OK || !bytes_equal(buf_bytes(&out), buf_bytes(want))) {
        (void)fprintf(stderr, "reads differently in pieces of %zu\n", step);
        abort();
    }
    buf_done(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes in = {data, size};
    struct buf out, other;

    buf_init(&out, 64 << 20);
    buf_init(&other, 64 << 20);
    if (copy(in, 65536, &out) == OK) {
        same(in, 1, &out);
        same(in, 5, &out);
        same(buf_bytes(&out), 65536, &out);
    } else if (copy(in, 1, &other) == OK) {
        (void)fprintf(stderr, "accepted in pieces only\n");
        abort();
    }
    buf_done(&out);
    buf_done(&other);
    return 0;
}
