#include "wire/work.h"

#include <string.h>

enum { MARK = 0x534b }; /* "KS": a message of ours */

static void put_head(struct buf *b, enum work_kind kind)
{
    buf_put_u16le(b, MARK);
    buf_put_u16le(b, (uint16_t)kind);
}

static void put_text(struct buf *b, const char *text, size_t max)
{
    size_t len = strnlen(text, max);

    buf_put_u16le(b, (uint16_t)len);
    buf_put(b, (struct bytes){(const uint8_t *)text, len});
}

/* The length of the UTF-8 character at the start of b, 0 when there is none. */
static size_t character(struct bytes b)
{
    uint8_t c = b.at[0];
    size_t len = c < 0x80 ? 1 : c >= 0xc2 && c <= 0xdf ? 2 : (c & 0xf0) == 0xe0 ? 3 : c >= 0xf0 && c <= 0xf4 ? 4 : 0;

    if (len == 0 || len > b.len)
        return 0;
    for (size_t i = 1; i < len; i++)
        if ((b.at[i] & 0xc0) != 0x80)
            return 0;
    if ((c == 0xe0 && b.at[1] < 0xa0) || (c == 0xed && b.at[1] > 0x9f) || (c == 0xf0 && b.at[1] < 0x90) ||
        (c == 0xf4 && b.at[1] > 0x8f))
        return 0;
    return len;
}

/* C0 and C1 controls, and the marks that turn the direction of writing. */
static bool is_control(struct bytes c)
{
    if (c.at[0] < 0x20 || c.at[0] == 0x7f || (c.at[0] == 0xc2 && c.at[1] < 0xa0))
        return true;
    return c.at[0] == 0xe2 && ((c.at[1] == 0x80 && ((c.at[2] >= 0xaa && c.at[2] <= 0xae) || c.at[2] == 0x8e ||
                                                   c.at[2] == 0x8f || c.at[2] == 0xa8 || c.at[2] == 0xa9)) ||
                               (c.at[1] == 0x81 && c.at[2] >= 0xa6 && c.at[2] <= 0xa9));
}

void work_plain(char *to, struct bytes from)
{
    size_t at = 0;

    while (from.len > 0) {
        size_t len = character(from);

        if (len == 0 || is_control(from)) {
            to[at++] = '?';
            len = len == 0 ? 1 : len;
        } else {
            memcpy(to + at, from.at, len);
            at += len;
        }
        from = bytes_from(from, len);
    }
    to[at] = '\0';
}

static void get_text(struct reader *r, char *ret, size_t max)
{
    size_t len = reader_u16le(r);

    if (len > max)
        r->past = true;
    else
        work_plain(ret, reader_take(r, len));
}

/* A file name is bytes: it is used for its ending, and may not be UTF-8. */
static void get_name(struct reader *r, char *ret, size_t max)
{
    size_t len = reader_u16le(r);
    struct bytes raw = len > max ? (struct bytes){0} : reader_take(r, len);

    r->past = r->past || len > max;
    if (raw.len > 0)
        memcpy(ret, raw.at, raw.len);
    ret[raw.len] = '\0';
}

enum work_kind work_kind(struct bytes message)
{
    struct reader r = reader_of(message);
    uint16_t mark = reader_u16le(&r);
    uint16_t kind = reader_u16le(&r);

    return r.past || mark != MARK || kind > WORK_ENDED ? (enum work_kind)0 : (enum work_kind)kind;
}

static struct reader body(struct bytes message, enum work_kind kind)
{
    struct reader r = reader_of(message);

    reader_skip(&r, 4);
    if (work_kind(message) != kind)
        r.past = true;
    return r;
}

static bool whole(const struct reader *r)
{
    return !r->past && reader_left(r) == 0;
}

/* A number that must be below `count`; too large a one spoils the message. */
static unsigned get_below(struct reader *r, unsigned count)
{
    unsigned v = reader_u16le(r);

    if (v >= count) {
        r->past = true;
        return 0;
    }
    return v;
}

static bool get_bool(struct reader *r)
{
    uint8_t v = reader_u8(r);

    r->past = r->past || v > 1;
    return v == 1;
}

static uint32_t get_u32_wide(struct reader *r)
{
    uint64_t v = reader_u64le(r);

    r->past = r->past || v > UINT32_MAX;
    return (uint32_t)v;
}

static void put_limits(struct buf *b, const struct limits *l)
{
    const uint64_t values[] = {l->size,  l->unpacked, l->output,  l->pixels, l->entries,
                               l->depth, l->ratio,    l->time_ms, l->memory};

    for (size_t i = 0; i < countof(values); i++)
        buf_put_u64le(b, values[i]);
}

static void get_limits(struct reader *r, struct limits *l)
{
    l->size = reader_u64le(r);
    l->unpacked = reader_u64le(r);
    l->output = reader_u64le(r);
    l->pixels = reader_u64le(r);
    l->entries = get_u32_wide(r);
    l->depth = get_u32_wide(r);
    l->ratio = get_u32_wide(r);
    l->time_ms = get_u32_wide(r);
    l->memory = reader_u64le(r);
}

void work_put_job(struct buf *b, const struct work_job *m)
{
    put_head(b, WORK_JOB);
    buf_put_u8(b, m->inspect);
    put_text(b, m->profile.name, sizeof(m->profile.name) - 1);
    buf_put(b, (struct bytes){m->profile.choice, sizeof(m->profile.choice)});
    buf_put(b, (struct bytes){m->profile.mode, sizeof(m->profile.mode)});
    put_limits(b, &m->profile.limits);
    put_text(b, m->name, WORK_NAME_MAX);
}

bool work_get_job(struct bytes message, struct work_job *ret)
{
    struct reader r = body(message, WORK_JOB);
    struct bytes choice, mode;

    *ret = (struct work_job){0};
    ret->inspect = get_bool(&r);
    get_text(&r, ret->profile.name, sizeof(ret->profile.name) - 1);
    choice = reader_take(&r, sizeof(ret->profile.choice));
    mode = reader_take(&r, sizeof(ret->profile.mode));
    get_limits(&r, &ret->profile.limits);
    get_name(&r, ret->name, WORK_NAME_MAX);
    if (!whole(&r))
        return false;
    memcpy(ret->profile.choice, choice.at, choice.len);
    memcpy(ret->profile.mode, mode.at, mode.len);
    return true;
}

void work_put_type(struct buf *b, enum type type)
{
    put_head(b, WORK_TYPE);
    buf_put_u16le(b, (uint16_t)type);
}

bool work_get_type(struct bytes message, enum type *ret)
{
    struct reader r = body(message, WORK_TYPE);

    *ret = (enum type)get_below(&r, TYPE_COUNT);
    return whole(&r);
}

void work_put_finding(struct buf *b, const struct work_finding *m)
{
    put_head(b, WORK_FINDING);
    buf_put_u16le(b, (uint16_t)m->row);
    buf_put_u16le(b, (uint16_t)m->act);
    buf_put_u32le(b, m->count);
    put_text(b, m->where, WORK_TEXT_MAX);
}

bool work_get_finding(struct bytes message, struct work_finding *ret)
{
    struct reader r = body(message, WORK_FINDING);

    *ret = (struct work_finding){0};
    ret->row = (enum row)get_below(&r, ROW_COUNT);
    ret->act = (enum act)get_below(&r, ACT_COUNT);
    ret->count = reader_u32le(&r);
    get_text(&r, ret->where, WORK_TEXT_MAX);
    return whole(&r);
}

void work_put_done(struct buf *b, const struct work_done *m)
{
    put_head(b, WORK_DONE);
    buf_put_u16le(b, (uint16_t)m->code);
    buf_put_u16le(b, (uint16_t)m->type);
    buf_put_u16le(b, (uint16_t)m->output_type);
    buf_put_u8(b, m->has_row);
    buf_put_u16le(b, (uint16_t)m->row);
    buf_put_u64le(b, m->at);
    buf_put_u64le(b, m->size);
    put_text(b, m->rule, WORK_TEXT_MAX);
    put_text(b, m->text, WORK_TEXT_MAX);
}

bool work_get_done(struct bytes message, struct work_done *ret)
{
    struct reader r = body(message, WORK_DONE);

    *ret = (struct work_done){0};
    ret->code = (enum err)get_below(&r, ERR_SYSTEM + 1);
    ret->type = (enum type)get_below(&r, TYPE_COUNT);
    ret->output_type = (enum type)get_below(&r, TYPE_COUNT);
    ret->has_row = get_bool(&r);
    ret->row = (enum row)get_below(&r, ROW_COUNT);
    ret->at = reader_u64le(&r);
    ret->size = reader_u64le(&r);
    get_text(&r, ret->rule, WORK_TEXT_MAX);
    get_text(&r, ret->text, WORK_TEXT_MAX);
    return whole(&r);
}

void work_put_ended(struct buf *b, const struct work_ended *m)
{
    put_head(b, WORK_ENDED);
    buf_put_u32le(b, (uint32_t)m->status);
    buf_put_u8(b, m->timed_out);
    buf_put_u32le(b, m->wall_ms);
    buf_put_u32le(b, m->cpu_ms);
    buf_put_u32le(b, m->peak_kb);
}

bool work_get_ended(struct bytes message, struct work_ended *ret)
{
    struct reader r = body(message, WORK_ENDED);

    *ret = (struct work_ended){0};
    ret->status = (int32_t)reader_u32le(&r);
    ret->timed_out = get_bool(&r);
    ret->wall_ms = reader_u32le(&r);
    ret->cpu_ms = reader_u32le(&r);
    ret->peak_kb = reader_u32le(&r);
    return whole(&r);
}
