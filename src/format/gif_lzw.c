#include "format/gif_lzw.h"

enum { CODES = 4096, NONE = CODES, SLOTS = 8192, LEAST_MAX = 11 };

/* --- sub-blocks read bit by bit --- */

struct bits_in {
    struct reader r;
    struct bytes block;
    size_t at;
    uint32_t held;
    unsigned count;
    bool end; /* terminator or end of input met */
};

static bool next_block(struct bits_in *b)
{
    size_t len = reader_u8(&b->r);

    if (len > reader_left(&b->r))
        len = reader_left(&b->r);
    b->block = reader_take(&b->r, len);
    b->at = 0;
    b->end = len == 0;
    return !b->end;
}

static unsigned take_code(struct bits_in *b, unsigned size)
{
    unsigned code;

    while (b->count < size) {
        if (b->at == b->block.len && (b->end || !next_block(b)))
            return NONE;
        b->held |= (uint32_t)b->block.at[b->at++] << b->count;
        b->count += 8;
    }
    code = b->held & ((1u << size) - 1);
    b->held >>= size;
    b->count -= size;
    return code;
}

/* Past the terminator; whether something stood before it. */
static bool skip_rest(struct bits_in *b)
{
    bool slack = b->at < b->block.len;

    while (!b->end && next_block(b))
        slack = true;
    return slack;
}

struct decoder {
    uint16_t prefix[CODES];
    uint8_t suffix[CODES], first[CODES];
    uint16_t length[CODES];
    unsigned clear, next, size;
    uint8_t *to;
    size_t len, made;
};

static void start_over(struct decoder *d)
{
    d->next = d->clear + 2;
    d->size = 1;
    while (1u << d->size < d->next)
        d->size++;
}

/* Write the string of a code from its end; what does not fit is dropped. */
static void emit(struct decoder *d, unsigned code)
{
    size_t end = d->made + d->length[code];

    for (size_t i = end; i > d->made; i--, code = d->prefix[code])
        if (i - 1 < d->len)
            d->to[i - 1] = d->suffix[code];
    d->made = end < d->len ? end : d->len;
}

static void add_code(struct decoder *d, unsigned prefix, uint8_t suffix)
{
    if (d->next == CODES)
        return;
    d->prefix[d->next] = (uint16_t)prefix;
    d->suffix[d->next] = suffix;
    d->first[d->next] = d->first[prefix];
    d->length[d->next] = (uint16_t)(d->length[prefix] + 1);
    d->next++;
    if (d->next == 1u << d->size && d->size < 12)
        d->size++;
}

static void decode_codes(struct decoder *d, struct bits_in *b)
{
    unsigned last = NONE;

    while (d->made < d->len) {
        unsigned code = take_code(b, d->size);

        if (code == d->clear) {
            start_over(d);
            last = NONE;
            continue;
        }
        if (code == NONE || code == d->clear + 1 || code > d->next || (code == d->next && last == NONE))
            return;
        if (last != NONE)
            add_code(d, last, code == d->next ? d->first[last] : d->first[code]);
        if (code >= d->next)
            return;
        emit(d, code);
        last = code;
    }
}

struct gif_lzw_end gif_lzw_decode(struct bytes in, uint8_t *to, size_t len)
{
    struct bits_in b = {.r = reader_of(in)};
    unsigned least = reader_u8(&b.r);
    struct decoder d;
    unsigned code = NONE;
    bool slack;

    d.to = to;
    d.len = len;
    d.made = 0;
    d.size = 0;
    d.clear = 1u << (least & 15);
    for (unsigned i = 0; least >= 1 && least <= LEAST_MAX && i < d.clear + 2; i++) {
        d.suffix[i] = d.first[i] = (uint8_t)i;
        d.length[i] = 1;
        d.prefix[i] = 0;
    }
    if (least >= 1 && least <= LEAST_MAX) {
        start_over(&d);
        decode_codes(&d, &b);
    }
    if (d.made == len && d.size > 0)
        code = take_code(&b, d.size);
    if (code == d.clear) { /* some writers clear before they end */
        start_over(&d);
        code = take_code(&b, d.size);
    }
    slack = code != d.clear + 1 && code != NONE;
    slack = skip_rest(&b) || slack;
    return (struct gif_lzw_end){d.made, b.r.at, slack};
}

/* --- coding --- */

struct bits_out {
    struct buf *out;
    uint8_t block[255];
    unsigned filled, count;
    uint32_t held;
};

static void put_block(struct bits_out *b)
{
    if (b->filled == 0)
        return;
    buf_put_u8(b->out, (uint8_t)b->filled);
    buf_put(b->out, (struct bytes){b->block, b->filled});
    b->filled = 0;
}

static void put_byte(struct bits_out *b, uint8_t v)
{
    b->block[b->filled++] = v;
    if (b->filled == sizeof(b->block))
        put_block(b);
}

static void put_code(struct bits_out *b, unsigned code, unsigned size)
{
    b->held |= (uint32_t)code << b->count;
    b->count += size;
    while (b->count >= 8) {
        put_byte(b, (uint8_t)b->held);
        b->held >>= 8;
        b->count -= 8;
    }
}

struct encoder {
    struct bits_out bits;
    uint32_t key[SLOTS]; /* prefix << 8 | suffix, + 1; 0 = free */
    uint16_t code[SLOTS];
    unsigned clear, next, size;
};

static void restart(struct encoder *e)
{
    memset(e->key, 0, sizeof(e->key));
    e->next = e->clear + 2;
    e->size = 1;
    while (1u << e->size < e->next)
        e->size++;
}

static unsigned slot_of(const struct encoder *e, uint32_t key)
{
    unsigned slot = (key * 2654435761u) >> 19;

    while (e->key[slot] != 0 && e->key[slot] != key)
        slot = (slot + 1) % SLOTS;
    return slot;
}

/* A new string: the reader's table is one code behind, so the size grows when it has caught up. */
static void learn(struct encoder *e, unsigned slot, uint32_t key)
{
    if (e->next == CODES) {
        put_code(&e->bits, e->clear, e->size);
        restart(e);
        return;
    }
    e->key[slot] = key;
    e->code[slot] = (uint16_t)e->next;
    if (e->next == 1u << e->size)
        e->size++;
    e->next++;
}

void gif_lzw_encode(const uint8_t *from, size_t len, unsigned bits, struct buf *out)
{
    struct encoder e = {.clear = 1u << bits};
    unsigned prefix;

    e.bits.out = out;
    buf_put_u8(out, (uint8_t)bits);
    restart(&e);
    put_code(&e.bits, e.clear, e.size);
    prefix = len > 0 ? from[0] : 0;
    for (size_t i = 1; i < len; i++) {
        uint32_t key = (prefix << 8 | from[i]) + 1;
        unsigned slot = slot_of(&e, key);

        if (e.key[slot] != 0) {
            prefix = e.code[slot];
            continue;
        }
        put_code(&e.bits, prefix, e.size);
        learn(&e, slot, key);
        prefix = from[i];
    }
    put_code(&e.bits, prefix, e.size);
    if (e.next == 1u << e.size && e.size < 12) /* the reader learns from the last code too */
        e.size++;
    put_code(&e.bits, e.clear + 1, e.size);
    if (e.bits.count > 0)
        put_byte(&e.bits, (uint8_t)e.bits.held);
    put_block(&e.bits);
    buf_put_u8(out, 0);
}
