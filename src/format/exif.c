#include "format/exif.h"

enum {
    TAG_ORIENTATION = 274,
    TAG_X_RESOLUTION = 282,
    TAG_Y_RESOLUTION = 283,
    TAG_RESOLUTION_UNIT = 296,
    TAG_EXIF_DIRECTORY = 34665,
    TAG_GPS_DIRECTORY = 34853,
    TAG_MAKER_NOTE = 37500,
    ENTRIES_MAX = 1000,
};

struct block {
    struct reader r;
    bool big;
};

static uint16_t get_u16(struct block *b)
{
    return b->big ? reader_u16be(&b->r) : reader_u16le(&b->r);
}

static uint32_t get_u32(struct block *b)
{
    return b->big ? reader_u32be(&b->r) : reader_u32le(&b->r);
}

static double rational(const struct block *from, size_t at)
{
    struct block b = *from;
    uint32_t over, under;

    reader_seek(&b.r, at);
    over = get_u32(&b);
    under = get_u32(&b);
    return b.r.past || under == 0 ? 0 : (double)over / under;
}

struct directory {
    uint32_t exif, next;
    unsigned unit;
};

static void take_entry(struct block *b, struct exif *e, struct directory *d)
{
    unsigned tag = get_u16(b), type = get_u16(b);
    uint32_t value;

    reader_skip(&b->r, 4);
    if (type == 3) {
        value = get_u16(b);
        reader_skip(&b->r, 2);
    } else {
        value = get_u32(b);
    }
    switch (tag) {
    case TAG_ORIENTATION:
        if (value >= 1 && value <= 8)
            e->orientation = value;
        break;
    case TAG_X_RESOLUTION: e->x_dpi = rational(b, value); break;
    case TAG_Y_RESOLUTION: e->y_dpi = rational(b, value); break;
    case TAG_RESOLUTION_UNIT: d->unit = value; break;
    case TAG_EXIF_DIRECTORY: d->exif = value; break;
    case TAG_GPS_DIRECTORY: e->gps = true; break;
    case TAG_MAKER_NOTE: e->maker_note = true; break;
    default: break;
    }
}

static struct directory read_directory(struct block *b, uint32_t at, struct exif *e)
{
    struct directory d = {.unit = 2};
    unsigned count;

    reader_seek(&b->r, at);
    count = get_u16(b);
    for (unsigned i = 0; i < count && i < ENTRIES_MAX && !b->r.past; i++)
        take_entry(b, e, &d);
    d.next = get_u32(b);
    return d;
}

struct exif exif_read(struct bytes block)
{
    struct exif e = {.orientation = 1}, inner = {0};
    struct directory d;
    struct block b;

    if (bytes_starts(block, BYTES("Exif\0")))
        block = bytes_from(block, 6);
    b = (struct block){.r = reader_of(block), .big = bytes_starts(block, BYTES("MM"))};
    if (!b.big && !bytes_starts(block, BYTES("II")))
        return e;
    reader_skip(&b.r, 4);
    d = read_directory(&b, get_u32(&b), &e);
    if (d.unit == 3) {
        e.x_dpi *= 2.54;
        e.y_dpi *= 2.54;
    } else if (d.unit != 2) {
        e.x_dpi = e.y_dpi = 0;
    }
    e.thumbnail = d.next != 0 && d.next < block.len;
    if (d.exif != 0)
        (void)read_directory(&b, d.exif, &inner);
    e.maker_note |= inner.maker_note;
    return e;
}
