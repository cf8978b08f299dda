#include "format/pixels.h"

#include <stdlib.h>

#include "base/limit.h"

enum { PIXELS_BYTES_MAX = 1 << 30 };

enum err pixels_init(struct pixels *p, uint32_t width, uint32_t height, unsigned channels, unsigned bits,
                     struct fault *why)
{
    uint64_t row = (uint64_t)width * channels * (bits / 8);

    *p = (struct pixels){.width = width, .height = height, .channels = channels, .bits = bits};
    if (width == 0 || height == 0)
        return fault_set(why, ERR_MALFORMED, NULL, "a picture has pixels", 0, "%u × %u pixels", width, height);
    if (row > PIXELS_BYTES_MAX || row * height > PIXELS_BYTES_MAX)
        return fault_set(why, ERR_LIMIT, "I08", "pixel memory", 0, "%u × %u pixels are too many", width, height);
    p->at = calloc(height, row);
    if (p->at == NULL)
        limit_exit();
    return OK;
}

void pixels_done(struct pixels *p)
{
    free(p->at);
    *p = (struct pixels){0};
}

/* For a walk over the upright picture: where it begins in the stored one and how it steps. */
struct walk {
    ptrdiff_t begin, step_x, step_y; /* in pixels */
};

static struct walk walk_of(const struct pixels *p, unsigned orientation)
{
    ptrdiff_t w = (ptrdiff_t)p->width, last_x = w - 1, last_y = ((ptrdiff_t)p->height - 1) * w;

    switch (orientation) {
    case 2: return (struct walk){last_x, -1, w};
    case 3: return (struct walk){last_y + last_x, -1, -w};
    case 4: return (struct walk){last_y, 1, -w};
    case 5: return (struct walk){0, w, 1};
    case 6: return (struct walk){last_y, -w, 1};
    case 7: return (struct walk){last_y + last_x, -w, -1};
    case 8: return (struct walk){last_x, w, -1};
    default: return (struct walk){0, 1, w};
    }
}

void pixels_orient(struct pixels *p, unsigned orientation)
{
    struct walk walk = walk_of(p, orientation);
    struct pixels new = *p;
    ptrdiff_t unit = (ptrdiff_t)pixels_unit(p);
    uint8_t *to;

    if (orientation < 2 || orientation > 8)
        return;
    if (pixels_swaps(orientation)) {
        new.width = p->height;
        new.height = p->width;
    }
    new.at = malloc(pixels_stride(p) * p->height);
    if (new.at == NULL)
        limit_exit();
    to = new.at;
    for (ptrdiff_t y = 0; y < (ptrdiff_t)new.height; y++) {
        const uint8_t *from = p->at + (walk.begin + y * walk.step_y) * unit;

        for (uint32_t x = 0; x < new.width; x++, to += unit, from += walk.step_x * unit)
            memcpy(to, from, (size_t)unit);
    }
    free(p->at);
    *p = new;
}

enum err pixels_ink_to_rgb(struct pixels *p, struct fault *why)
{
    struct pixels new;

    TRY(pixels_init(&new, p->width, p->height, 3, 8, why));
    for (size_t i = 0; i < (size_t)p->width * p->height; i++)
        for (unsigned k = 0; k < 3; k++)
            new.at[i * 3 + k] = (uint8_t)((p->at[i * 4 + k] * p->at[i * 4 + 3] + 127) / 255);
    pixels_done(p);
    *p = new;
    return OK;
}
