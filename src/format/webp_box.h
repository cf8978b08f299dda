/* The RIFF container of WebP: which chunks there are. */
#pragma once

#include "format/webp.h"

/* One picture: its chunk, with the alpha chunk before it when there is one. */
struct webp_image {
    struct bytes data;     /* whole chunks, as the decoder wants them */
    struct bytes vp8;      /* content of the lossy chunk, empty when it is lossless */
    bool alpha;            /* an alpha chunk stands before it */
    uint32_t x, y;         /* of a frame */
    uint32_t duration_ms;
    unsigned flags;        /* bit 0 dispose, bit 1 do not blend */
    size_t at;
};

struct webp_box {
    struct webp_info *info;
    struct bytes profile;
    struct webp_image still; /* without frames: the picture */
    uint32_t background;
    unsigned loops;
    struct reader frames;  /* the chunks again, for webp_box_next() */
};

/* Walk over the chunks and fill box->info with what is told by them.
 *
 * Errors:  MALFORMED  no RIFF header, no picture */
enum err webp_box_open(struct bytes in, struct webp_info *info, struct webp_box *ret_box, struct fault *why) must_use;

/* The next frame of an animation; false at the end. */
bool webp_box_next(struct webp_box *box, struct webp_image *ret_image);
