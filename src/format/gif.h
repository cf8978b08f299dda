/* GIF written afresh: canvas, palettes, frames with their place, delay and disposal, and the loop count.
 *
 * Palettes are cut to the colours in use and sorted, frames are never interlaced. */
#pragma once

#include "base/err.h"
#include "base/sink.h"

enum { GIF_FRAMES_MAX = 5000 };

struct gif_info {
    uint32_t width, height; /* of the canvas */
    uint32_t frames;
    uint64_t pixels;        /* of all frames together */
    uint32_t comments, texts, applications; /* extensions that were left out (the loop count is not one) */
    uint32_t others;
    uint32_t xmp, icc;      /* of these applications */
    bool slack;   /* bytes inside image data that mean nothing */
    bool damaged; /* data broke off, or did not fill its frame */
    size_t end;   /* behind the trailer */
};

/* Rebuild a picture or an animation.
 *
 * pixels_max  of all frames together, asked before each is decoded
 * out         given the whole file at the end
 *
 * Errors:  MALFORMED  no frame can be read
 *          LIMIT      more than pixels_max, or GIF_FRAMES_MAX frames (I08)
 * Rule:    GIF89a; I04, I08 */
enum err gif_rebuild(struct bytes in, uint64_t pixels_max, struct sink *out, struct gif_info *ret_info,
                     struct fault *why) must_use;
