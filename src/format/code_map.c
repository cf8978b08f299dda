#include "format/code_map.h"

#include <stdlib.h>

#include "format/pdf_encoding.h"
#include "format/ps.h"

enum { MAPPINGS_MAX = 1 << 17, UNITS_MAX = 128, LOOK_BACK = 8 };

enum section { BFCHAR, BFRANGE, CIDCHAR, CIDRANGE, SECTIONS };

static const struct {
    const char *begin, *end;
    bool range, cid;
} sections[SECTIONS] = {
    {"beginbfchar", "endbfchar", false, false},
    {"beginbfrange", "endbfrange", true, false},
    {"begincidchar", "endcidchar", false, true},
    {"begincidrange", "endcidrange", true, true},
};

struct work {
    struct arena *arena;
    struct ps in;
    struct code_map *map;
    struct buf texts, cids; /* struct code_range */
    size_t mappings;
};

static int hex_value(uint8_t c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The number in <…> and how many bytes it fills. */
static bool take_code(struct ps_token t, uint32_t *ret_code, uint8_t *ret_len)
{
    size_t digits = 0;

    *ret_code = 0;
    if (t.kind != PS_HEX)
        return false;
    for (size_t i = 0; i < t.text.len; i++) {
        int v = hex_value(t.text.at[i]);

        if (v < 0)
            continue;
        if (digits++ == 8)
            return false;
        *ret_code = *ret_code << 4 | (uint32_t)v;
    }
    *ret_len = (uint8_t)((digits + 1) / 2);
    return digits > 0;
}

/* The text in <…> as whole UTF-16 units: one byte alone is a unit of its own. */
static bool take_text(struct work *w, struct ps_token t, struct bytes *ret_text)
{
    uint8_t units[2 * UNITS_MAX + 1];
    size_t digits = 0;

    if (t.kind != PS_HEX)
        return false;
    for (size_t i = 0; i < t.text.len && digits < (size_t)4 * UNITS_MAX; i++) {
        int v = hex_value(t.text.at[i]);

        if (v < 0)
            continue;
        if (digits % 2 == 0)
            units[digits / 2] = (uint8_t)(v << 4);
        else
            units[digits / 2] = (uint8_t)(units[digits / 2] | v);
        digits++;
    }
    if (digits > 0 && digits <= 2) {
        units[1] = digits == 1 ? (uint8_t)(units[0] >> 4) : units[0];
        units[0] = 0;
        digits = 4;
    }
    *ret_text = arena_copy(w->arena, (struct bytes){units, digits / 4 * 2});
    return digits > 0;
}

static void add(struct work *w, bool cid, const struct code_range *r)
{
    if (w->mappings++ < MAPPINGS_MAX)
        buf_put(cid ? &w->cids : &w->texts, (struct bytes){(const uint8_t *)r, sizeof(*r)});
}

/* A list of texts, one a code. */
static void read_list(struct work *w, struct code_range r)
{
    uint32_t last = r.to;

    for (struct ps_token t = ps_next(&w->in); t.kind != PS_CLOSE && t.kind != PS_END; t = ps_next(&w->in)) {
        r.to = r.from;
        if (r.from <= last && take_text(w, t, &r.text))
            add(w, false, &r);
        r.from++;
    }
}

static void read_entry(struct work *w, enum section s, struct ps_token first)
{
    struct code_range r = {0};
    struct ps_token t;
    uint8_t len;
    int32_t cid;

    if (!take_code(first, &r.from, &len))
        return;
    r.to = r.from;
    if (sections[s].range && !take_code(ps_next(&w->in), &r.to, &len))
        return;
    t = ps_next(&w->in);
    if (r.to < r.from || r.to - r.from > 0xffff)
        return;
    if (sections[s].cid) {
        if (!ps_int(t, &cid) || cid < 0)
            return;
        r.cid = (uint32_t)cid;
        add(w, true, &r);
    } else if (t.kind == PS_OPEN) {
        read_list(w, r);
    } else if (take_text(w, t, &r.text)) {
        add(w, false, &r);
    }
}

static void read_section(struct work *w, enum section s)
{
    for (;;) {
        size_t back = w->in.at;
        struct ps_token t = ps_next(&w->in);

        if (t.kind == PS_END || t.kind == PS_WORD || t.kind == PS_NAME) {
            if (!ps_is(t, sections[s].end))
                w->in.at = back; /* the section ended without its word */
            return;
        }
        read_entry(w, s, t);
    }
}

static void read_spaces(struct work *w)
{
    for (struct ps_token t = ps_next(&w->in); t.kind == PS_HEX; t = ps_next(&w->in)) {
        struct code_space s;

        if (!take_code(t, &s.from, &s.len) || !take_code(ps_next(&w->in), &s.to, &s.len))
            continue;
        if (w->map->space_count < CODE_MAP_SPACES && s.len <= 4)
            w->map->spaces[w->map->space_count++] = s;
    }
}

static int by_code(const void *a, const void *b)
{
    const struct code_range *x = a, *y = b;

    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return (x->text.at > y->text.at) - (x->text.at < y->text.at);
}

static struct code_list finish(struct arena *a, struct buf *ranges)
{
    struct code_list l = {.count = ranges->len / sizeof(struct code_range)};

    l.ranges = arena_array(a, l.count + 1, sizeof(*l.ranges));
    if (l.count > 0) {
        memcpy(l.ranges, ranges->at, ranges->len);
        qsort(l.ranges, l.count, sizeof(*l.ranges), by_code);
    }
    buf_done(ranges);
    return l;
}

void code_map_read(struct arena *a, struct bytes in, struct code_map *ret_map)
{
    struct work w = {.arena = a, .in = {.in = in}, .map = ret_map};
    struct bytes key = {0};
    int32_t n;

    *ret_map = (struct code_map){0};
    buf_init(&w.texts, SIZE_MAX / 2);
    buf_init(&w.cids, SIZE_MAX / 2);
    for (struct ps_token t = ps_next(&w.in); t.kind != PS_END && w.mappings < MAPPINGS_MAX; t = ps_next(&w.in)) {
        if (bytes_equal(key, BYTES("WMode")) && ps_int(t, &n))
            ret_map->vertical = n == 1;
        if (ps_is(t, "usecmap") && key.len > 0)
            ret_map->uses = arena_copy(a, key);
        key = t.kind == PS_NAME ? t.text : (struct bytes){0};
        if (ps_is(t, "begincodespacerange"))
            read_spaces(&w);
        for (size_t s = 0; s < SECTIONS; s++)
            if (ps_is(t, sections[s].begin))
                read_section(&w, (enum section)s);
    }
    ret_map->texts = finish(a, &w.texts);
    ret_map->cids = finish(a, &w.cids);
}

/* The last range that begins at or before the code and reaches it; ranges may overlap a little. */
static const struct code_range *find(const struct code_list *l, uint32_t code)
{
    size_t low = 0, high = l->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (l->ranges[middle].from <= code)
            low = middle + 1;
        else
            high = middle;
    }
    for (size_t i = low; i > 0 && low - i < LOOK_BACK; i--)
        if (l->ranges[i - 1].to >= code)
            return &l->ranges[i - 1];
    return NULL;
}

bool code_map_text(const struct code_map *m, uint32_t code, struct buf *out)
{
    const struct code_range *r = find(&m->texts, code);
    uint8_t units[2 * UNITS_MAX];
    uint32_t last;

    if (r == NULL || r->text.len < 2)
        return false;
    memcpy(units, r->text.at, r->text.len);
    last = ((uint32_t)units[r->text.len - 2] << 8 | units[r->text.len - 1]) + (code - r->from);
    units[r->text.len - 2] = (uint8_t)(last >> 8);
    units[r->text.len - 1] = (uint8_t)last;
    pdf_encoding_utf16((struct bytes){units, r->text.len}, out);
    return true;
}

bool code_map_cid(const struct code_map *m, uint32_t code, uint32_t *ret_cid)
{
    const struct code_range *r = find(&m->cids, code);

    if (r != NULL)
        *ret_cid = r->cid + (code - r->from);
    return r != NULL;
}

/* Every byte lies between those of the two ends. */
static bool inside(const struct code_space *s, struct bytes string)
{
    for (size_t i = 0; i < s->len; i++) {
        unsigned shift = 8 * (unsigned)(s->len - 1 - i);
        uint8_t b = string.at[i];

        if (b < (uint8_t)(s->from >> shift) || b > (uint8_t)(s->to >> shift))
            return false;
    }
    return true;
}

size_t code_map_len(const struct code_map *m, struct bytes string)
{
    size_t shortest = m->space_count == 0 ? 2 : 4, best = 0;

    for (size_t i = 0; i < m->space_count; i++) {
        const struct code_space *s = &m->spaces[i];

        if (s->len < shortest)
            shortest = s->len;
        if (s->len <= string.len && inside(s, string) && (best == 0 || s->len < best))
            best = s->len;
    }
    if (best == 0)
        best = shortest;
    return best < string.len ? best : string.len;
}
