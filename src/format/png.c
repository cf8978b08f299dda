#include "format/png.h"

#include <spng.h>
#include <stdlib.h>

#include "base/limit.h"
#include "format/icc.h"

/* What the decoder is shown; it never meets any other chunk. */
static const char shown[][5] = {"IHDR", "PLTE", "IDAT", "IEND", "tRNS", "pHYs", "gAMA", "cHRM", "sRGB", "iCCP"};

struct job {
    struct reader in;
    size_t left; /* of the piece being shown */
    spng_ctx *spng;
    struct spng_ihdr head;
    const struct png_scan *scan;
    struct png_picture *picture;
    struct png_changes changes;
    struct fault *why;
};

static enum err fail(struct job *j, int error)
{
    if (error == SPNG_EMEM)
        limit_exit();
    return fault_set(j->why, ERR_MALFORMED, NULL, "W3C PNG", 0, "%.100s", spng_strerror(error));
}

static bool is_shown(struct bytes type)
{
    for (size_t i = 0; i < countof(shown); i++)
        if (bytes_equal(type, bytes_of(shown[i])))
            return true;
    return false;
}

/* Find the next chunk to show; its head, data and checksum are one piece. */
static bool next_piece(struct job *j)
{
    while (reader_left(&j->in) >= 12) {
        struct reader look = j->in;
        uint32_t len = reader_u32be(&look);
        struct bytes type = reader_take(&look, 4);
        size_t whole = (size_t)len + 12;

        if (is_shown(type) && !(bytes_equal(type, BYTES("iCCP")) && len > ICC_PROFILE_MAX)) {
            j->left = whole;
            return true;
        }
        reader_skip(&j->in, whole);
    }
    return false;
}

/* Of a chunk that is cut off the missing bytes are shown as zeros, so that its rows are not lost. */
static int show(spng_ctx *ctx, void *user, void *to, size_t len)
{
    struct job *j = user;
    uint8_t *at = to;

    (void)ctx;
    while (len > 0) {
        size_t part, there;

        if (j->left == 0 && !next_piece(j))
            return SPNG_IO_EOF;
        part = len < j->left ? len : j->left;
        there = part < reader_left(&j->in) ? part : reader_left(&j->in);
        memset(at, 0, part);
        if (there > 0)
            memcpy(at, reader_take(&j->in, there).at, there);
        j->left -= part;
        at += part;
        len -= part;
    }
    return SPNG_OK;
}

static unsigned channels_of(unsigned colour_type)
{
    return colour_type == 2 ? 3 : colour_type == 4 ? 2 : colour_type == 6 ? 4 : 1;
}

static enum err open_spng(struct job *j)
{
    int error;

    j->spng = spng_ctx_new(0);
    if (j->spng == NULL)
        limit_exit();
    (void)spng_set_chunk_limits(j->spng, ICC_PROFILE_MAX, (size_t)2 * ICC_PROFILE_MAX);
    j->left = 8;
    error = spng_set_png_stream(j->spng, show, j);
    if (error == 0)
        error = spng_get_ihdr(j->spng, &j->head);
    return error == 0 ? OK : fail(j, error);
}

/* Rows as they come, of the passes of an interlaced picture too; returns how many came. */
static uint32_t decode_rows(struct job *j, uint8_t *to, size_t stride)
{
    struct spng_row_info info;
    uint32_t rows = 0;
    int error = spng_decode_image(j->spng, NULL, 0, SPNG_FMT_PNG, SPNG_DECODE_PROGRESSIVE);

    while (error == 0) {
        error = spng_get_row_info(j->spng, &info);
        if (error == 0)
            error = spng_decode_row(j->spng, to + info.row_num * stride, stride);
        if (error == 0 || error == SPNG_EOI)
            rows++;
    }
    j->changes.damaged = error != SPNG_EOI;
    if (rows == 0)
        (void)fail(j, error);
    return rows;
}

static void unpack(struct png_picture *p, const uint8_t *packed, size_t stride)
{
    unsigned mask = (1u << p->depth) - 1;

    for (uint32_t y = 0; y < p->pixels.height; y++, packed += stride) {
        uint8_t *to = pixels_row(&p->pixels, y);

        for (uint32_t x = 0; x < p->pixels.width; x++) {
            size_t bit = (size_t)x * p->depth;

            to[x] = (uint8_t)(packed[bit / 8] >> (8 - p->depth - bit % 8) & mask);
        }
    }
}

static enum err decode(struct job *j)
{
    struct png_picture *p = j->picture;
    size_t stride = ((size_t)j->head.width * channels_of(j->head.color_type) * j->head.bit_depth + 7) / 8;
    uint32_t rows;

    p->depth = j->head.bit_depth;
    p->indexed = j->head.color_type == 3;
    TRY(pixels_init(&p->pixels, j->head.width, j->head.height, channels_of(j->head.color_type),
                    p->depth == 16 ? 16 : 8, j->why));
    if (p->depth >= 8) {
        rows = decode_rows(j, p->pixels.at, stride);
    } else {
        uint8_t *packed = calloc(j->head.height, stride);

        if (packed == NULL)
            limit_exit();
        rows = decode_rows(j, packed, stride);
        unpack(p, packed, stride);
        free(packed);
    }
    return rows == 0 ? ERR_MALFORMED : OK;
}

static enum err take_palette(struct job *j)
{
    struct spng_plte plte;
    struct spng_trns trns = {0};
    int error = spng_get_plte(j->spng, &plte);

    if (error != 0)
        return fail(j, error);
    (void)spng_get_trns(j->spng, &trns);
    j->picture->colours = plte.n_entries;
    for (unsigned i = 0; i < plte.n_entries; i++)
        j->picture->palette[i] = (struct png_colour){plte.entries[i].red, plte.entries[i].green, plte.entries[i].blue,
                                                     i < trns.n_type3_entries ? trns.type3_alpha[i] : 255};
    return OK;
}

static void take_key(struct job *j)
{
    struct spng_trns trns;
    unsigned mask = (1u << j->picture->depth) - 1;

    if ((j->head.color_type & ~2u) != 0 || spng_get_trns(j->spng, &trns) != 0)
        return;
    j->picture->keyed = true;
    j->picture->key[0] = (uint16_t)((j->head.color_type == 0 ? trns.gray : trns.red) & mask);
    j->picture->key[1] = (uint16_t)(trns.green & mask);
    j->picture->key[2] = (uint16_t)(trns.blue & mask);
}

static uint32_t per_metre(double dpi)
{
    return dpi >= 1 && dpi < 100000 ? (uint32_t)(dpi / 0.0254 + 0.5) : 0;
}

static void take_density(struct job *j)
{
    struct spng_phys phys;
    struct png_picture *p = j->picture;

    if (spng_get_phys(j->spng, &phys) == 0) {
        p->x_density = phys.ppu_x;
        p->y_density = phys.ppu_y;
        p->metric = phys.unit_specifier == 1;
    } else if (j->scan->exif.x_dpi > 0 && j->scan->exif.y_dpi > 0) {
        p->x_density = per_metre(j->scan->exif.x_dpi);
        p->y_density = per_metre(j->scan->exif.y_dpi);
        p->metric = true;
    }
}

/* --- colours --- */

/* The conversion the file asks for; NULL when its numbers are sRGB already, or near enough. */
static struct icc *open_icc(struct job *j)
{
    unsigned channels = (j->head.color_type & 2) != 0 ? 3 : 1;
    struct spng_iccp profile;
    struct spng_chrm c;
    struct icc *icc = NULL;
    uint8_t intent;
    double gamma;

    if (spng_get_iccp(j->spng, &profile) == 0) {
        if (icc_open((struct bytes){(uint8_t *)profile.profile, profile.profile_len}, channels, &icc, NULL) != OK)
            return NULL;
    } else if (spng_get_srgb(j->spng, &intent) != 0 && spng_get_gama(j->spng, &gamma) == 0) {
        bool chroma = spng_get_chrm(j->spng, &c) == 0;
        double xy[8] = {0};

        if (chroma)
            memcpy(xy,
                   (double[8]){c.white_point_x, c.white_point_y, c.red_x, c.red_y, c.green_x, c.green_y, c.blue_x,
                               c.blue_y},
                   sizeof(xy));
        if (icc_open_gamma(gamma, chroma ? xy : NULL, channels, &icc, NULL) != OK)
            return NULL;
    }
    if (icc != NULL && icc_is_identity(icc)) {
        icc_close(icc);
        return NULL;
    }
    return icc;
}

static void recolour_palette(struct icc *icc, struct png_picture *p)
{
    uint8_t rgb[256 * 3];

    for (size_t i = 0; i < p->colours; i++)
        memcpy(rgb + i * 3, (uint8_t[3]){p->palette[i].r, p->palette[i].g, p->palette[i].b}, 3);
    icc_colours(icc, rgb, rgb, p->colours);
    for (size_t i = 0; i < p->colours; i++)
        p->palette[i] = (struct png_colour){rgb[i * 3], rgb[i * 3 + 1], rgb[i * 3 + 2], p->palette[i].a};
}

static uint16_t sample_at(const struct pixels *p, size_t i)
{
    uint16_t v;

    if (p->bits == 8)
        return p->at[i];
    memcpy(&v, p->at + 2 * i, 2);
    return v;
}

static void set_sample(struct pixels *p, size_t i, uint16_t v)
{
    if (p->bits == 8)
        p->at[i] = (uint8_t)v;
    else
        memcpy(p->at + 2 * i, &v, 2);
}

/* A key colour does not survive a conversion: make it alpha. */
static enum err key_to_alpha(struct job *j)
{
    struct png_picture *p = j->picture;
    size_t count = (size_t)p->pixels.width * p->pixels.height;
    unsigned n = p->pixels.channels;
    struct pixels new;

    TRY(pixels_init(&new, p->pixels.width, p->pixels.height, n + 1, p->pixels.bits, j->why));
    for (size_t i = 0; i < count; i++) {
        bool clear = true;

        for (unsigned k = 0; k < n; k++) {
            uint16_t v = sample_at(&p->pixels, i * n + k);

            clear = clear && v == p->key[k];
            set_sample(&new, i * (n + 1) + k, v);
        }
        set_sample(&new, i * (n + 1) + n, clear ? 0 : 0xffff);
    }
    pixels_done(&p->pixels);
    p->pixels = new;
    p->keyed = false;
    return OK;
}

/* Gray of 1, 2, 4 bits to 8. */
static void widen(struct png_picture *p)
{
    unsigned factor = 255u / ((1u << p->depth) - 1);
    size_t count = (size_t)p->pixels.width * p->pixels.height;

    for (size_t i = 0; i < count; i++)
        p->pixels.at[i] = (uint8_t)(p->pixels.at[i] * factor);
    p->key[0] = (uint16_t)(p->key[0] * factor);
    p->depth = 8;
}

static enum err recolour(struct job *j)
{
    struct png_picture *p = j->picture;
    struct icc *icc = open_icc(j);
    enum err code = OK;

    if (icc == NULL)
        return OK;
    j->changes.recoloured = true;
    if (p->indexed) {
        recolour_palette(icc, p);
    } else {
        if (p->depth < 8)
            widen(p);
        if (p->keyed)
            code = key_to_alpha(j);
        if (code == OK)
            code = icc_pixels(icc, &p->pixels, j->why);
        p->depth = 8;
    }
    icc_close(icc);
    return code;
}

static void turn(struct job *j)
{
    struct png_picture *p = j->picture;
    unsigned orientation = j->scan->exif.orientation;
    uint32_t x = p->x_density;

    j->changes.turned = orientation != 1;
    pixels_orient(&p->pixels, orientation);
    if (!pixels_swaps(orientation))
        return;
    p->x_density = p->y_density;
    p->y_density = x;
}

static enum err read_all(struct job *j)
{
    TRY(open_spng(j));
    TRY(decode(j));
    if (j->picture->indexed)
        TRY(take_palette(j));
    take_key(j);
    take_density(j);
    TRY(recolour(j));
    turn(j);
    if (j->picture->indexed)
        png_write_tidy(j->picture);
    return OK;
}

enum err png_read(struct bytes in, const struct png_scan *scan, struct png_picture *ret_picture,
                  struct png_changes *ret_changes, struct fault *why)
{
    struct png_picture picture = {0};
    struct job job = {.in = reader_of(in), .scan = scan, .picture = &picture, .why = why};
    enum err code = read_all(&job);

    spng_ctx_free(job.spng);
    if (code != OK) {
        png_picture_done(&picture);
        return code;
    }
    *ret_picture = picture;
    *ret_changes = job.changes;
    return OK;
}
