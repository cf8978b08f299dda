#include "format/cff_index.h"

#include "format/be.h"

enum err cff_index_read(struct bytes program, size_t at, struct cff_index *ret_index, struct fault *why)
{
    struct cff_index index = {.count = be_u16(program, at), .offset_size = be_u8(program, at + 2)};
    size_t table = at + 3, first;

    if (at > program.len || program.len - at < 2)
        return fault_set(why, ERR_MALFORMED, "P17", "Adobe TN 5176 5", at, "index outside the font");
    if (index.count == 0) {
        *ret_index = (struct cff_index){.end = at + 2};
        return OK;
    }
    if (index.offset_size < 1 || index.offset_size > 4 || (index.count + 1) * index.offset_size > program.len - at - 3)
        return fault_set(why, ERR_MALFORMED, "P17", "Adobe TN 5176 5", at, "index longer than the font");
    index.offsets = bytes_part(program, table, (index.count + 1) * index.offset_size);
    first = table + index.offsets.len - 1;
    index.data =
        bytes_part(program, first, be_sized(index.offsets, index.count * index.offset_size, index.offset_size));
    index.end = first + index.data.len;
    *ret_index = index;
    return OK;
}

struct bytes cff_index_at(const struct cff_index *index, size_t i)
{
    size_t from, to;

    if (i >= index->count)
        return (struct bytes){0};
    from = be_sized(index->offsets, i * index->offset_size, index->offset_size);
    to = be_sized(index->offsets, (i + 1) * index->offset_size, index->offset_size);
    if (from < 1 || to < from || to > index->data.len)
        return (struct bytes){0};
    return bytes_part(index->data, from, to - from);
}

/* The elements that are written: in ascending places only. */
static struct bytes element(const struct cff_index *index, const uint8_t *keep, size_t i, const uint8_t **last)
{
    struct bytes b = cff_index_at(index, i);

    if (b.len == 0 || (keep != NULL && keep[i] == 0) || (*last != NULL && b.at < *last))
        return (struct bytes){0};
    *last = b.at + b.len;
    return b;
}

static unsigned size_for(size_t last)
{
    return last <= 0xFF ? 1 : last <= 0xFFFF ? 2 : last <= 0xFFFFFF ? 3 : 4;
}

static void put_offset(struct buf *out, size_t v, unsigned size)
{
    while (size-- > 0)
        buf_put_u8(out, (uint8_t)(v >> (8 * size)));
}

void cff_index_put(const struct cff_index *index, const uint8_t *keep, struct buf *out)
{
    const uint8_t *last = NULL;
    size_t at = 1;
    unsigned size;

    for (size_t i = 0; i < index->count; i++)
        at += element(index, keep, i, &last).len;
    buf_put_u16be(out, (uint16_t)index->count);
    if (index->count == 0)
        return;
    size = size_for(at);
    buf_put_u8(out, (uint8_t)size);
    at = 1;
    last = NULL;
    put_offset(out, at, size);
    for (size_t i = 0; i < index->count; i++) {
        at += element(index, keep, i, &last).len;
        put_offset(out, at, size);
    }
    last = NULL;
    for (size_t i = 0; i < index->count; i++)
        buf_put(out, element(index, keep, i, &last));
}

void cff_index_put_one(struct bytes element, struct buf *out)
{
    unsigned size = size_for(element.len + 1);

    buf_put_u16be(out, 1);
    buf_put_u8(out, (uint8_t)size);
    put_offset(out, 1, size);
    put_offset(out, element.len + 1, size);
    buf_put(out, element);
}
