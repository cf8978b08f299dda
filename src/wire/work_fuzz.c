/* Promise: what decodes is in range, its texts are plain UTF-8, and encoding it again gives a message that
 * decodes to the same values. */
#include "wire/work.h"

#include <stdlib.h>

static void hold(bool ok)
{
    if (!ok)
        abort();
}

static void plain(const char *text)
{
    char again[WORK_TEXT_MAX + 1];

    work_plain(again, bytes_of(text));
    hold(strcmp(again, text) == 0);
}

static void finding(struct bytes in)
{
    struct work_finding a, b;
    struct buf out;

    if (!work_get_finding(in, &a))
        return;
    hold((unsigned)a.row < ROW_COUNT && (unsigned)a.act < ACT_COUNT);
    plain(a.where);
    buf_init(&out, 65536);
    work_put_finding(&out, &a);
    hold(work_get_finding(buf_bytes(&out), &b) && a.row == b.row && a.count == b.count);
    hold(strcmp(a.where, b.where) == 0);
    buf_done(&out);
}

static void done(struct bytes in)
{
    struct work_done a, b;
    struct buf out;

    if (!work_get_done(in, &a))
        return;
    hold((unsigned)a.type < TYPE_COUNT && (unsigned)a.output_type < TYPE_COUNT && (unsigned)a.row < ROW_COUNT);
    plain(a.text);
    plain(a.rule);
    buf_init(&out, 65536);
    work_put_done(&out, &a);
    hold(work_get_done(buf_bytes(&out), &b) && a.size == b.size && strcmp(a.text, b.text) == 0);
    buf_done(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes in = {data, size};
    struct work_job job;
    struct work_ended ended;
    enum type type;

    finding(in);
    done(in);
    hold(!work_get_type(in, &type) || (unsigned)type < TYPE_COUNT);
    (void)work_get_job(in, &job);
    (void)work_get_ended(in, &ended);
    return 0;
}
