#include "base/sink.h"

static enum err buf_sink_put(struct sink *s, struct bytes data, struct fault *why)
{
    struct buf *b = s->ctx;

    buf_put(b, data);
    return buf_check(b, why);
}

static enum err buf_sink_patch(struct sink *s, uint64_t at, struct bytes data, struct fault *why)
{
    struct buf *b = s->ctx;

    if (at > b->len || data.len > b->len - at)
        return fault_set(why, ERR_STATE, NULL, "sink_patch", (size_t)at, "patch beyond what was written");
    memcpy(b->at + at, data.at, data.len);
    return OK;
}

static enum err nothing_put(struct sink *s, struct bytes data, struct fault *why)
{
    (void)s, (void)data, (void)why;
    return OK;
}

static enum err nothing_patch(struct sink *s, uint64_t at, struct bytes data, struct fault *why)
{
    (void)s, (void)at, (void)data, (void)why;
    return OK;
}

struct sink sink_to_buf(struct buf *b)
{
    return (struct sink){.put = buf_sink_put, .patch = buf_sink_patch, .ctx = b};
}

struct sink sink_to_nothing(void)
{
    return (struct sink){.put = nothing_put, .patch = nothing_patch};
}
