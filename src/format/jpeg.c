#include "format/jpeg.h"

#include <stdlib.h>
#include <turbojpeg.h>

#include "base/limit.h"
#include "format/icc.h"
#include "format/jpeg_code.h"

struct job {
    struct bytes in;
    const struct jpeg_options *options;
    struct jpeg_info *info;
    struct jpeg_head head;
    struct jpeg_decoder decoder;
    struct icc *icc; /* NULL: the numbers stay */
    unsigned orientation;
    struct sink *out;
    struct fault *why;
};

static enum err check_head(struct job *j)
{
    uint64_t pixels = (uint64_t)j->head.width * j->head.height;

    if (pixels > j->options->pixels_max)
        return fault_set(j->why, ERR_LIMIT, "I08", "profile limit pixels", 0, "%u × %u pixels", j->head.width,
                         j->head.height);
    if (j->head.components == 2 && !j->options->keep_colours)
        return fault_set(j->why, ERR_UNSUPPORTED, "I03", "JFIF 1.02", 0, "two components");
    return OK;
}

/* The profile of the input, if it can be used and changes anything. */
static void open_icc(struct job *j)
{
    const struct jpeg_scan *s = &j->info->scan;
    struct buf profile;

    if (!s->has_icc || j->options->keep_colours)
        return;
    buf_init(&profile, ICC_PROFILE_MAX);
    for (unsigned i = 0; i < s->icc_parts; i++)
        buf_put(&profile, s->icc[i]);
    if (icc_open(buf_bytes(&profile), j->head.components, &j->icc, NULL) != OK)
        j->icc = NULL;
    if (j->icc != NULL && icc_is_identity(j->icc)) {
        icc_close(j->icc);
        j->icc = NULL;
    }
    buf_done(&profile);
}

static unsigned whole(double dpi)
{
    return dpi >= 1 && dpi < 65535 ? (unsigned)(dpi + 0.5) : 0;
}

/* JFIF says it, or EXIF does. */
static struct jpeg_density density_of(const struct job *j, bool swapped)
{
    struct jpeg_density d = j->head.density;
    unsigned x = whole(j->info->scan.exif.x_dpi), y = whole(j->info->scan.exif.y_dpi);

    if (d.unit == 0 && d.x == d.y && x > 0 && y > 0)
        d = (struct jpeg_density){1, x, y};
    if (swapped)
        d = (struct jpeg_density){d.unit, d.y, d.x};
    return d;
}

static enum err copy_into(struct job *j, struct jpeg_decoder *d, bool swapped)
{
    struct jpeg_form form = {.bare = j->options->keep_colours, .density = density_of(j, swapped)};

    return jpeg_code_copy(d, &form, j->out, j->why);
}

/* What was coded a moment ago is coded again like any input, so that a second pass has nothing to change. */
static enum err copy_again(struct job *j, struct bytes coded, bool swapped)
{
    struct jpeg_decoder d;
    struct jpeg_head head;
    enum err code = jpeg_code_open(&d, coded, &head, j->why);

    if (code == OK)
        code = copy_into(j, &d, swapped);
    jpeg_code_close(&d);
    if (code != OK)
        return code;
    j->info->width = head.width;
    j->info->height = head.height;
    j->info->components = head.components;
    j->info->adobe = head.adobe;
    j->info->adobe_transform = head.adobe_transform;
    return OK;
}

/* Turn whole blocks without decoding; false when the picture does not end on whole blocks. */
static bool turn_blocks(struct job *j, struct buf *ret_coded)
{
    static const int how[9] = {TJXOP_NONE,      TJXOP_NONE,  TJXOP_HFLIP,      TJXOP_ROT180, TJXOP_VFLIP,
                               TJXOP_TRANSPOSE, TJXOP_ROT90, TJXOP_TRANSVERSE, TJXOP_ROT270};
    tjtransform transform = {.op = how[j->orientation], .options = TJXOPT_PERFECT | TJXOPT_COPYNONE};
    tjhandle handle = tjInitTransform();
    unsigned char *made = NULL;
    unsigned long len = 0;
    int status;

    if (handle == NULL)
        limit_exit();
    status = tjTransform(handle, j->in.at, j->in.len, 1, &made, &len, &transform, 0);
    if (status == 0)
        buf_put(ret_coded, (struct bytes){made, len});
    tjFree(made);
    (void)tjDestroy(handle);
    return status == 0 && !ret_coded->full;
}

static enum err recolour(struct job *j, struct pixels *p)
{
    if (j->icc != NULL)
        return icc_pixels(j->icc, p, j->why);
    if (p->channels == 4)
        return pixels_ink_to_rgb(p, j->why); /* Adobe stores CMYK inverted */
    return OK;
}

static enum err code_pixels(struct job *j, struct buf *ret_coded)
{
    struct pixels p = {0};
    enum err code;

    code = jpeg_code_pixels(&j->decoder, &p, j->why);
    if (code == OK)
        code = recolour(j, &p);
    if (code == OK) {
        pixels_orient(&p, j->orientation);
        code = jpeg_code_encode(&p, &j->decoder, pixels_swaps(j->orientation), ret_coded, j->why);
    }
    pixels_done(&p);
    return code;
}

static enum err rebuild_open(struct job *j, struct buf *coded)
{
    bool cmyk = j->head.components == 4 && !j->options->keep_colours;
    bool swapped = pixels_swaps(j->orientation);
    enum err code;

    j->info->recoloured = cmyk || j->icc != NULL;
    j->info->turned = j->orientation != 1;
    if (!j->info->recoloured && !j->info->turned) {
        code = copy_into(j, &j->decoder, false);
        if (code != ERR_UNSUPPORTED || j->options->keep_colours)
            return code;
        /* A sampling that cannot be interleaved, or tables redefined on the way: take the pixels. */
        jpeg_code_close(&j->decoder);
        TRY(jpeg_code_open(&j->decoder, j->in, &j->head, j->why));
    } else if (!j->info->recoloured && turn_blocks(j, coded)) {
        return copy_again(j, buf_bytes(coded), swapped);
    }
    buf_reset(coded);
    TRY(code_pixels(j, coded));
    return copy_again(j, buf_bytes(coded), swapped);
}

static void describe(struct job *j)
{
    j->info->width = j->head.width;
    j->info->height = j->head.height;
    j->info->components = j->info->components_in = j->head.components;
    j->info->adobe = j->head.adobe;
    j->info->adobe_transform = j->head.adobe_transform;
    j->orientation = j->options->orient ? j->info->scan.exif.orientation : 1;
}

static enum err rebuild_into(struct job *j, struct buf *coded)
{
    enum err code = jpeg_code_open(&j->decoder, j->in, &j->head, j->why);

    if (code == OK)
        code = check_head(j);
    if (code == OK) {
        describe(j);
        open_icc(j);
        code = rebuild_open(j, coded);
        icc_close(j->icc);
    }
    j->info->damage = j->decoder.guard.warnings;
    jpeg_code_close(&j->decoder);
    return code;
}

enum err jpeg_rebuild(struct bytes in, const struct jpeg_options *o, struct sink *out, struct jpeg_info *ret_info,
                      struct fault *why)
{
    struct jpeg_info info = {0};
    struct job job = {.options = o, .info = &info, .out = out, .why = why};
    struct buf coded;
    enum err code;

    jpeg_scan_read(in, &info.scan);
    job.in = bytes_part(in, 0, info.scan.end);
    buf_init(&coded, SIZE_MAX);
    code = rebuild_into(&job, &coded);
    buf_done(&coded);
    if (code == OK)
        *ret_info = info;
    return code;
}

enum err jpeg_size(struct bytes in, uint32_t *ret_width, uint32_t *ret_height, unsigned *ret_components,
                   struct fault *why)
{
    struct jpeg_decoder d;
    struct jpeg_head head;
    enum err code = jpeg_code_open(&d, in, &head, why);

    jpeg_code_close(&d);
    TRY(code);
    *ret_width = head.width;
    *ret_height = head.height;
    *ret_components = head.components;
    return OK;
}
