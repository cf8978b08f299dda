#include "sanitize/pdf_part.h"

/* ICC.1:2010 7.2, 7.3: a header of 128 bytes and a table of tags inside the profile. */
enum { HEADER = 128, TAGS_MAX = 200 };

static uint32_t be32(struct bytes b, size_t at)
{
    struct reader r = reader_of(b);

    reader_seek(&r, at);
    return reader_u32be(&r);
}

static unsigned space_components(uint32_t space)
{
    switch (space) {
    case 0x47524159: /* GRAY */
        return 1;
    case 0x52474220: /* RGB */
    case 0x4c616220: /* Lab */
    case 0x58595a20: /* XYZ */
    case 0x59436272: /* YCbr */
    case 0x48535620: /* HSV */
    case 0x484c5320: /* HLS */
        return 3;
    case 0x434d594b: /* CMYK */
        return 4;
    default:
        return 0;
    }
}

bool pdf_icc_fits(struct bytes profile, unsigned components)
{
    uint32_t size, tags;

    if (profile.len < HEADER + 4)
        return false;
    size = be32(profile, 0);
    tags = be32(profile, HEADER);
    if (size > profile.len || size < HEADER + 4 || be32(profile, 36) != 0x61637370 /* acsp */ || tags > TAGS_MAX ||
        HEADER + 4 + 12 * (size_t)tags > size || space_components(be32(profile, 16)) != components)
        return false;
    for (uint32_t i = 0; i < tags; i++) {
        uint32_t from = be32(profile, HEADER + 8 + 12 * (size_t)i), len = be32(profile, HEADER + 12 + 12 * (size_t)i);

        if (from > size || len > size - from || len < 8)
            return false;
    }
    return true;
}
