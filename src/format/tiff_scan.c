#include "format/tiff_scan.h"

#include <stdlib.h>

#include "base/limit.h"

enum { ENTRIES_MAX = 4096, RANGES_MAX = 1 << 20, COUNTED_GAP = 16 };

/* Fields of pictures: read by the decoder or implied by what is written. */
static const uint16_t picture_tags[] = {
    254, 255, 256, 257, 258, 259, 262, 263, 264, 265, 266, 273, 274, 277, 278, 279, 280, 281, 282, 283, 284,
    286, 287, 288, 289, 290, 291, 292, 293, 296, 297, 301, 317, 318, 319, 320, 321, 322, 323, 324, 325, 332, 334,
    338, 339, 340, 341, 342, 347, 512, 513, 514, 515, 517, 518, 519, 520, 521, 529, 530, 531, 532};

struct name {
    uint16_t tag;
    bool personal;
    const char *text;
};
static const struct name names[] = {
    {269, true, "document name"},    {270, true, "description"},     {271, true, "camera maker"},
    {272, true, "camera model"},     {285, true, "page name"},       {305, true, "software"},
    {306, true, "date"},             {315, true, "artist"},          {316, true, "host computer"},
    {330, false, "hidden pictures (SubIFD)"},                        {700, true, "XMP"},
    {33432, true, "copyright"},      {33550, false, "GeoTIFF"},      {33723, true, "IPTC"},
    {33922, false, "GeoTIFF"},       {34264, false, "GeoTIFF"},      {34377, true, "Photoshop data"},
    {34665, true, "EXIF"},           {34675, true, "ICC profile"},   {34735, false, "GeoTIFF"},
    {34736, false, "GeoTIFF"},       {34737, false, "GeoTIFF"},      {34853, true, "EXIF: GPS position"},
    {37724, true, "Photoshop layers"},
};

struct range {
    uint64_t from, to;
};

struct walk {
    struct reader r;
    bool swapped, big; /* big end first; BigTIFF */
    struct tiff_scan *scan;
    struct range *ranges;
    size_t count, room;
    uint64_t strips[2], lens[2]; /* where the two arrays are and how many entries they have */
    unsigned types[2];
};

static uint64_t get(struct walk *w, unsigned width)
{
    switch (width) {
    case 1: return reader_u8(&w->r);
    case 2: return w->swapped ? reader_u16be(&w->r) : reader_u16le(&w->r);
    case 4: return w->swapped ? reader_u32be(&w->r) : reader_u32le(&w->r);
    default: return w->swapped ? reader_u64be(&w->r) : reader_u64le(&w->r);
    }
}

static void use(struct walk *w, uint64_t from, uint64_t len)
{
    uint64_t all = w->r.in.len;

    if (from >= all || len == 0 || w->count == RANGES_MAX)
        return;
    if (len > all - from)
        len = all - from;
    if (w->count == w->room) {
        w->room = w->room == 0 ? 256 : w->room * 2;
        w->ranges = realloc(w->ranges, w->room * sizeof(*w->ranges));
        if (w->ranges == NULL)
            limit_exit();
    }
    w->ranges[w->count++] = (struct range){from, from + len};
}

static unsigned type_width(unsigned type)
{
    static const uint8_t widths[19] = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};

    return type < countof(widths) ? widths[type] : 0;
}

static void note_tag(struct tiff_scan *s, unsigned tag)
{
    for (size_t i = 0; i < countof(picture_tags); i++)
        if (picture_tags[i] == tag)
            return;
    for (unsigned i = 0; i < s->tag_count; i++)
        if (s->tags[i] == tag)
            return;
    if (s->tag_count < TIFF_TAGS_MAX)
        s->tags[s->tag_count++] = tag;
}

/* Strips and tiles: offsets in one field, lengths in another. */
static void note_arrays(struct walk *w, unsigned tag, unsigned type, uint64_t count, uint64_t at)
{
    unsigned which = tag == 273 || tag == 324 ? 0 : 1;

    if (tag != 273 && tag != 324 && tag != 279 && tag != 325)
        return;
    w->strips[which] = at;
    w->lens[which] = count;
    w->types[which] = type;
}

static void take_entry(struct walk *w)
{
    unsigned tag = (unsigned)get(w, 2), type = (unsigned)get(w, 2), inside = w->big ? 8 : 4;
    uint64_t count = get(w, inside), at = w->r.at, bytes;

    bytes = count > w->r.in.len ? w->r.in.len : count * type_width(type);
    if (bytes > inside) {
        at = get(w, inside);
        use(w, at, bytes);
    } else {
        reader_skip(&w->r, inside);
    }
    note_tag(w->scan, tag);
    note_arrays(w, tag, type, count, at);
    if (tag == 513) /* old JPEG: data until the end of what field 514 says; taken as a whole */
        use(w, at, 1);
}

static uint64_t element(struct walk *w, unsigned which, uint64_t i)
{
    unsigned width = type_width(w->types[which]);

    reader_seek(&w->r, (size_t)(w->strips[which] + i * width));
    return get(w, width);
}

static void use_arrays(struct walk *w)
{
    uint64_t count = w->lens[0] < w->lens[1] ? w->lens[0] : w->lens[1];

    for (uint64_t i = 0; i < count && i < RANGES_MAX && !w->r.past; i++) {
        uint64_t from = element(w, 0, i);

        use(w, from, element(w, 1, i));
    }
    w->r.past = false;
}

static uint64_t take_directory(struct walk *w, uint64_t at)
{
    uint64_t count, next;
    size_t end;

    w->lens[0] = w->lens[1] = 0;
    reader_seek(&w->r, at > w->r.in.len ? w->r.in.len : (size_t)at);
    count = get(w, w->big ? 8 : 2);
    for (uint64_t i = 0; i < count && i < ENTRIES_MAX && !w->r.past; i++)
        take_entry(w);
    next = get(w, w->big ? 8 : 4);
    end = w->r.at;
    if (w->r.past)
        return 0;
    use(w, at, end - at);
    use_arrays(w);
    return next;
}

static int by_place(const void *left, const void *right)
{
    const struct range *a = left, *b = right;

    return a->from < b->from ? -1 : a->from > b->from ? 1 : 0;
}

static void measure(struct walk *w)
{
    uint64_t end = 0;

    if (w->count == 0 || w->count == RANGES_MAX) { /* too many to say */
        w->scan->end = w->r.in.len;
        return;
    }
    qsort(w->ranges, w->count, sizeof(*w->ranges), by_place);
    for (size_t i = 0; i < w->count; i++) {
        if (w->ranges[i].from > end + COUNTED_GAP)
            w->scan->gaps += w->ranges[i].from - end;
        if (w->ranges[i].to > end)
            end = w->ranges[i].to;
    }
    w->scan->end = (size_t)end;
    if (w->r.in.len - w->scan->end <= 1) /* files end on a word */
        w->scan->end = w->r.in.len;
}

void tiff_scan_read(struct bytes in, struct tiff_scan *ret_scan)
{
    struct walk w = {.r = reader_of(in), .scan = ret_scan};
    uint64_t at;

    *ret_scan = (struct tiff_scan){.exif = exif_read(in), .end = in.len};
    w.swapped = bytes_starts(in, BYTES("MM"));
    reader_skip(&w.r, 2);
    w.big = get(&w, 2) == 43;
    if (w.big)
        reader_skip(&w.r, 4);
    at = get(&w, w.big ? 8 : 4);
    use(&w, 0, w.r.at);
    while (at != 0 && ret_scan->pages < TIFF_PAGES_MAX) {
        at = take_directory(&w, at);
        ret_scan->pages++;
    }
    measure(&w);
    free(w.ranges);
}

static const struct name *find(unsigned tag)
{
    for (size_t i = 0; i < countof(names); i++)
        if (names[i].tag == tag)
            return &names[i];
    return NULL;
}

const char *tiff_scan_name(unsigned tag)
{
    const struct name *n = find(tag);

    return n == NULL ? NULL : n->text;
}

bool tiff_scan_personal(unsigned tag)
{
    const struct name *n = find(tag);

    return n != NULL && n->personal;
}
