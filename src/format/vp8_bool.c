#include "format/vp8_bool.h"

static uint32_t next_byte(struct vp8_bool *b)
{
    uint32_t v = b->at < b->in.len ? b->in.at[b->at] : 0;

    b->at++;
    return v;
}

void vp8_bool_init(struct vp8_bool *b, struct bytes in)
{
    *b = (struct vp8_bool){.in = in, .range = 255, .out_range = 255, .out_bits = 24};
    b->value = next_byte(b) << 8;
    b->value |= next_byte(b);
    b->impossible = b->value >= b->range << 8;
    buf_init(&b->out, UINT32_MAX / 2);
}

void vp8_bool_done(struct vp8_bool *b)
{
    buf_done(&b->out);
}

/* A carry runs back over bytes that are full already. */
static void add_one(struct buf *out)
{
    size_t at = out->len;

    while (at > 0 && ++out->at[--at] == 0)
        ;
}

static void put(struct vp8_bool *b, unsigned split, unsigned bit)
{
    if (bit != 0) {
        b->bottom += split;
        b->out_range -= split;
    } else {
        b->out_range = split;
    }
    while (b->out_range < 128) {
        b->out_range <<= 1;
        if ((b->bottom & 0x80000000u) != 0)
            add_one(&b->out);
        b->bottom <<= 1;
        if (--b->out_bits == 0) {
            buf_put_u8(&b->out, (uint8_t)(b->bottom >> 24));
            b->bottom &= 0xffffff;
            b->out_bits = 8;
        }
    }
}

unsigned vp8_bool_get(struct vp8_bool *b, unsigned prob)
{
    uint32_t split = 1 + (((b->range - 1) * prob) >> 8);
    unsigned bit = b->value >= split << 8;

    if (bit != 0) {
        b->value -= split << 8;
        b->range -= split;
    } else {
        b->range = split;
    }
    while (b->range < 128) {
        b->value <<= 1;
        b->range <<= 1;
        if (++b->shifts == 8) {
            b->shifts = 0;
            b->value |= next_byte(b);
        }
    }
    put(b, 1 + (((b->out_range - 1) * prob) >> 8), bit);
    return bit;
}

unsigned vp8_bool_value(struct vp8_bool *b, unsigned bits)
{
    unsigned v = 0;

    while (bits-- > 0)
        v = v << 1 | vp8_bool_get(b, 128);
    return v;
}

void vp8_bool_flush(struct vp8_bool *b)
{
    uint32_t v = b->bottom;
    int count = b->out_bits;

    if ((v & (uint32_t)1 << (32 - count)) != 0)
        add_one(&b->out);
    v <<= count & 7;
    for (int i = count >> 3; i > 0; i--)
        v <<= 8;
    for (int i = 0; i < 4; i++, v <<= 8)
        buf_put_u8(&b->out, (uint8_t)(v >> 24));
}
