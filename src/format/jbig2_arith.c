#include "format/jbig2_arith.h"

/* Table E.1: estimate of the less probable symbol, next states, whether the symbols change places. */
struct state {
    uint16_t qe;
    uint8_t more, less;
    bool swap;
};

static const struct state states[] = {
    {0x5601, 1, 1, true},    {0x3401, 2, 6, false},   {0x1801, 3, 9, false},   {0x0AC1, 4, 12, false},
    {0x0521, 5, 29, false},  {0x0221, 38, 33, false}, {0x5601, 7, 6, true},    {0x5401, 8, 14, false},
    {0x4801, 9, 14, false},  {0x3801, 10, 14, false}, {0x3001, 11, 17, false}, {0x2401, 12, 18, false},
    {0x1C01, 13, 20, false}, {0x1601, 29, 21, false}, {0x5601, 15, 14, true},  {0x5401, 16, 14, false},
    {0x5101, 17, 15, false}, {0x4801, 18, 16, false}, {0x3801, 19, 17, false}, {0x3401, 20, 18, false},
    {0x3001, 21, 19, false}, {0x2801, 22, 19, false}, {0x2401, 23, 20, false}, {0x2201, 24, 21, false},
    {0x1C01, 25, 22, false}, {0x1801, 26, 23, false}, {0x1601, 27, 24, false}, {0x1401, 28, 25, false},
    {0x1201, 29, 26, false}, {0x1101, 30, 27, false}, {0x0AC1, 31, 28, false}, {0x09C1, 32, 29, false},
    {0x08A1, 33, 30, false}, {0x0521, 34, 31, false}, {0x0441, 35, 32, false}, {0x02A1, 36, 33, false},
    {0x0221, 37, 34, false}, {0x0141, 38, 35, false}, {0x0111, 39, 36, false}, {0x0085, 40, 37, false},
    {0x0049, 41, 38, false}, {0x0025, 42, 39, false}, {0x0015, 43, 40, false}, {0x0009, 44, 41, false},
    {0x0005, 45, 42, false}, {0x0001, 45, 43, false}, {0x5601, 46, 46, false},
};

/* Past the end the data is as if ended by a marker. */
static uint32_t byte_at(const struct jbig2_arith *d, size_t at)
{
    return at < d->in.len ? d->in.at[at] : 0xFF;
}

static void take_byte(struct jbig2_arith *d)
{
    if (byte_at(d, d->at) == 0xFF) {
        uint32_t next = byte_at(d, d->at + 1);

        if (next > 0x8F) {
            d->c += 0xFF00;
            d->count = 8;
            return;
        }
        d->at++;
        d->c += next << 9;
        d->count = 7;
        return;
    }
    d->at++;
    d->c += byte_at(d, d->at) << 8;
    d->count = 8;
}

void jbig2_arith_init(struct jbig2_arith *d, struct bytes in)
{
    *d = (struct jbig2_arith){.in = in};
    d->c = byte_at(d, 0) << 16;
    take_byte(d);
    d->c <<= 7;
    d->count -= 7;
    d->a = 0x8000;
}

static void renormalize(struct jbig2_arith *d)
{
    do {
        if (d->count == 0)
            take_byte(d);
        d->a <<= 1;
        d->c <<= 1;
        d->count--;
    } while ((d->a & 0x8000) == 0);
}

unsigned jbig2_arith_bit(struct jbig2_arith *d, uint8_t *context)
{
    const struct state *s = &states[*context >> 1];
    unsigned more = *context & 1;
    bool less;

    d->a -= s->qe;
    if (d->c >> 16 >= s->qe) {
        d->c -= (uint32_t)s->qe << 16;
        if (d->a & 0x8000)
            return more;
        less = d->a < s->qe;
    } else {
        less = d->a >= s->qe;
        d->a = s->qe;
    }
    *context = (uint8_t)(less ? s->less << 1 | (more ^ s->swap) : s->more << 1 | more);
    renormalize(d);
    return less ? 1 - more : more;
}

/* A bit of a number; its context is what was read of the number so far. */
static unsigned number_bit(struct jbig2_arith *d, uint8_t *contexts, uint32_t *before)
{
    unsigned bit = jbig2_arith_bit(d, &contexts[*before]);

    *before = *before < 256 ? *before << 1 | bit : ((*before << 1 | bit) & 511) | 256;
    return bit;
}

bool jbig2_arith_number(struct jbig2_arith *d, uint8_t *contexts, int64_t *ret_value)
{
    static const struct {
        uint8_t bits;
        uint16_t from;
    } classes[] = {{2, 0}, {4, 4}, {6, 20}, {8, 84}, {12, 340}, {32, 4436}};
    uint32_t before = 1;
    unsigned negative = number_bit(d, contexts, &before);
    size_t class = 0;
    int64_t value = 0;

    while (class < 5 && number_bit(d, contexts, &before))
        class ++;
    for (unsigned i = 0; i < classes[class].bits; i++)
        value = value << 1 | number_bit(d, contexts, &before);
    value += classes[class].from;
    if (negative && value == 0)
        return false;
    *ret_value = negative ? -value : value;
    return true;
}

uint32_t jbig2_arith_id(struct jbig2_arith *d, uint8_t *contexts, unsigned len)
{
    uint32_t value = 1;

    for (unsigned i = 0; i < len; i++)
        value = value << 1 | jbig2_arith_bit(d, &contexts[value]);
    return value - (1u << len);
}
