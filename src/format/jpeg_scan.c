#include "format/jpeg_scan.h"

enum { M_SOF0 = 0xc0, M_SOF15 = 0xcf, M_DHT = 0xc4, M_JPG = 0xc8, M_DAC = 0xcc, M_RST0 = 0xd0, M_EOI = 0xd9,
       M_SOS = 0xda, M_APP0 = 0xe0, M_APP1 = 0xe1, M_APP2 = 0xe2, M_APP11 = 0xeb, M_APP13 = 0xed, M_APP14 = 0xee,
       M_APP15 = 0xef, M_COM = 0xfe };

static void take_icc(struct jpeg_scan *s, struct bytes data)
{
    unsigned number = data.len > 13 ? data.at[12] : 0;

    s->has_icc = true;
    if (number == 0 || data.at[13] == 0 || number > data.at[13])
        return;
    if (s->icc[number - 1].len == 0)
        s->icc[number - 1] = bytes_from(data, 14);
    if (s->icc_parts < data.at[13])
        s->icc_parts = data.at[13];
}

static void take_app(struct jpeg_scan *s, unsigned marker, struct bytes data)
{
    if (marker == M_APP0 && bytes_starts(data, BYTES("JFIF\0"))) {
        s->has_density = data.len >= 12 && data.at[7] <= 2;
        s->has_thumbnail |= data.len >= 14 && data.at[12] != 0 && data.at[13] != 0;
    } else if (marker == M_APP0 && bytes_starts(data, BYTES("JFXX\0"))) {
        s->has_thumbnail = true;
    } else if (marker == M_APP1 && bytes_starts(data, BYTES("Exif\0"))) {
        if (!s->has_exif)
            s->exif = exif_read(data);
        s->has_exif = true;
        s->has_thumbnail |= s->exif.thumbnail;
    } else if (marker == M_APP1 && bytes_starts(data, BYTES("http://ns.adobe.com/x"))) {
        s->has_xmp = true;
    } else if (marker == M_APP2 && bytes_starts(data, BYTES("ICC_PROFILE\0"))) {
        take_icc(s, data);
    } else if (marker == M_APP2 && bytes_starts(data, BYTES("MPF\0"))) {
        s->has_mpf = true;
    } else if (marker == M_APP11 && bytes_find(data, BYTES("jumb"), 0) != SIZE_MAX) {
        s->has_c2pa = true;
    } else if (marker == M_APP13) {
        s->has_photoshop = true;
    } else if (marker != M_APP14 || !bytes_starts(data, BYTES("Adobe")) || data.len != 12) {
        s->has_other = true;
    }
}

static void take_frame(struct jpeg_scan *s, unsigned marker)
{
    s->progressive |= (marker & 3) == 2;
    s->arithmetic |= marker > M_JPG;
}

/* Past coded data: to the next marker that is no restart and no stuffed zero. */
static size_t past_coded(struct bytes file, size_t at)
{
    for (;;) {
        at = bytes_find_byte(file, 0xff, at);
        if (at == SIZE_MAX || at + 1 >= file.len)
            return file.len;
        if (file.at[at + 1] == 0 || (file.at[at + 1] & 0xf8) == M_RST0)
            at += 2;
        else if (file.at[at + 1] == 0xff)
            at++;
        else
            return at;
    }
}

/* One marker segment at the cursor; false at the end of the picture. */
static bool take_segment(struct jpeg_scan *s, struct reader *r)
{
    size_t next = bytes_find_byte(r->in, 0xff, r->at);
    struct bytes data;
    unsigned marker, len;

    s->has_gap |= next != r->at && next != SIZE_MAX;
    if (next == SIZE_MAX || reader_left(r) < 2)
        return false;
    reader_seek(r, next);
    do
        marker = reader_u8(r);
    while (marker == 0xff && reader_left(r) > 0);
    if (marker == M_EOI || r->past) {
        s->end = r->at;
        return false;
    }
    if (marker < M_SOF0 || (marker & 0xf8) == M_RST0) {
        s->has_gap = true;
        return true;
    }
    len = reader_u16be(r);
    data = reader_take(r, len < 2 ? 0 : len - 2);
    if (marker >= M_APP0 && marker <= M_APP15)
        take_app(s, marker, data);
    else if (marker == M_COM)
        s->has_comment = true;
    else if (marker >= M_SOF0 && marker <= M_SOF15 && marker != M_DHT && marker != M_DAC && marker != M_JPG)
        take_frame(s, marker);
    if (marker == M_SOS) {
        s->scans++;
        reader_seek(r, past_coded(r->in, r->at));
    }
    return !r->past;
}

void jpeg_scan_read(struct bytes file, struct jpeg_scan *ret_scan)
{
    struct reader r = reader_of(file);

    *ret_scan = (struct jpeg_scan){.exif = {.orientation = 1}, .end = file.len};
    reader_skip(&r, 2);
    while (take_segment(ret_scan, &r))
        ;
}
