#include "format/jbig2_segment.h"

#include "format/be.h"

enum { SEGMENTS_MAX = 1 << 16 };

/* An earlier segment by its number; the last one counts. */
static struct jbig2_segment *find(const struct jbig2_list *list, uint32_t number)
{
    for (uint32_t i = list->count; i-- > 0;)
        if (list->at[i]->number == number)
            return list->at[i];
    return NULL;
}

/* How many segments are referred to: three bits, or 29 with flags behind them. */
static uint32_t take_ref_count(struct reader *r)
{
    uint8_t first = reader_u8(r);
    uint32_t count = first >> 5;

    if (count != 7)
        return count;
    count = (uint32_t)(first & 0x1F) << 24;
    count |= (uint32_t)reader_u8(r) << 16;
    count |= reader_u16be(r);
    reader_skip(r, ((size_t)count + 8) / 8);
    return count;
}

static uint32_t take_ref(struct reader *r, uint32_t own)
{
    return own <= 256 ? reader_u8(r) : own <= 65536 ? reader_u16be(r) : reader_u32be(r);
}

static enum err take_refs(struct jbig2_work *w, struct reader *r, const struct jbig2_list *list,
                          struct jbig2_segment *s)
{
    uint32_t count = take_ref_count(r);

    if (r->past || count > reader_left(r))
        return jbig2_work_broken(w, "T.88 7.2.4", "more references than data");
    TRY(jbig2_work_array(w, (uint64_t)count + 1, sizeof(void *), &s->refs));
    TRY(jbig2_work_spend(w, (uint64_t)count * (list->count / 8 + 1)));
    for (uint32_t i = 0; i < count; i++) {
        uint32_t number = take_ref(r, s->number);
        struct jbig2_segment *other = number < s->number ? find(list, number) : NULL;

        if (other != NULL)
            s->refs[s->ref_count++] = other;
    }
    return OK;
}

/* A generic region may not say how long it is: it then ends with a marker and the number of rows. */
static size_t unknown_length(struct bytes rest)
{
    bool mmr = be_u8(rest, 17) & 1;
    size_t end = bytes_find(rest, mmr ? BYTES("\0\0") : BYTES("\xFF\xAC"), 18);

    return end == SIZE_MAX || rest.len - end < 6 ? rest.len : end + 6;
}

enum err jbig2_segment_read(struct jbig2_work *w, struct reader *r, const struct jbig2_list *list,
                            struct jbig2_segment **ret, bool *ret_end)
{
    struct jbig2_segment *s;
    uint8_t flags;
    uint32_t len;

    *ret_end = reader_left(r) < 11; /* the shortest header */
    if (*ret_end)
        return OK;
    TRY(jbig2_work_array(w, 1, sizeof(*s), &s));
    s->number = reader_u32be(r);
    flags = reader_u8(r);
    s->kind = flags & 0x3F;
    TRY(take_refs(w, r, list, s));
    reader_skip(r, flags & 0x40 ? 4 : 1); /* the page: there is only one */
    len = reader_u32be(r);
    if (r->past)
        return jbig2_work_broken(w, "T.88 7.2", "segment header that ends early");
    if (len == UINT32_MAX && s->kind - JBIG2_GENERIC <= 3)
        len = (uint32_t)unknown_length(bytes_from(r->in, r->at));
    if (len > reader_left(r))
        len = (uint32_t)reader_left(r);
    s->data = reader_take(r, len);
    *ret = s;
    return OK;
}

enum err jbig2_segment_keep(struct jbig2_work *w, struct jbig2_list *list, struct jbig2_segment *s)
{
    if (list->count == list->room) {
        struct jbig2_segment **more;

        if (list->count >= SEGMENTS_MAX)
            return jbig2_work_broken(w, "T.88 7.2", "too many segments");
        TRY(jbig2_work_array(w, 2 * (uint64_t)list->room + 64, sizeof(void *), &more));
        for (uint32_t i = 0; i < list->count; i++)
            more[i] = list->at[i];
        list->at = more;
        list->room = 2 * list->room + 64;
    }
    list->at[list->count++] = s;
    return OK;
}

enum err jbig2_segment_symbols(struct jbig2_work *w, const struct jbig2_segment *s, uint32_t more,
                               struct jbig2_bitmap ***ret, uint32_t *ret_count)
{
    uint64_t count = 0;
    uint32_t at = 0;

    for (uint32_t i = 0; i < s->ref_count; i++)
        if (s->refs[i]->kind == JBIG2_SYMBOLS && s->refs[i]->dict != NULL)
            count += s->refs[i]->dict->count;
    if (count + more > UINT32_MAX / 2)
        return jbig2_work_broken(w, "T.88 6.5", "too many symbols");
    TRY(jbig2_work_spend(w, count));
    TRY(jbig2_work_array(w, count + more + 1, sizeof(void *), ret));
    for (uint32_t i = 0; i < s->ref_count; i++) {
        const struct jbig2_dict *dict = s->refs[i]->kind == JBIG2_SYMBOLS ? s->refs[i]->dict : NULL;

        for (uint32_t k = 0; dict != NULL && k < dict->count; k++)
            (*ret)[at++] = dict->symbols[k];
    }
    *ret_count = at;
    return OK;
}

enum err jbig2_segment_table(struct jbig2_work *w, const struct jbig2_segment *s, const uint8_t choices[4],
                             unsigned choice, uint32_t *next, const struct jbig2_huff **ret)
{
    uint8_t number = choices[choice & 3];
    uint32_t seen = 0;
    struct jbig2_huff *table = NULL;

    if (number == 255)
        return jbig2_work_broken(w, "T.88 7.4", "Huffman table that does not exist");
    if (number > 0) {
        TRY(jbig2_huff_standard(w, number, &table));
        *ret = table;
        return OK;
    }
    for (uint32_t i = 0; i < s->ref_count; i++) {
        if (s->refs[i]->kind != JBIG2_TABLE || s->refs[i]->table == NULL || seen++ != *next)
            continue;
        *ret = s->refs[i]->table;
        ++*next;
        return OK;
    }
    return jbig2_work_broken(w, "T.88 7.4", "Huffman table that was not sent");
}
