#include "format/icc.h"

#include <lcms2.h>
#include <stdlib.h>

#include "base/limit.h"

struct icc {
    cmsContext context;
    cmsHTRANSFORM transform;
    unsigned from, to; /* colour channels */
};

static bool is_device(cmsHPROFILE profile)
{
    switch (cmsGetDeviceClass(profile)) {
    case cmsSigInputClass:
    case cmsSigDisplayClass:
    case cmsSigOutputClass:
    case cmsSigColorSpaceClass: return true;
    default: return false;
    }
}

static bool fits(cmsHPROFILE profile, unsigned channels)
{
    cmsColorSpaceSignature space = cmsGetColorSpace(profile);

    if (!is_device(profile))
        return false;
    return (channels == 1 && space == cmsSigGrayData) || (channels == 3 && space == cmsSigRgbData) ||
           (channels == 4 && space == cmsSigCmykData);
}

static cmsHPROFILE gray_srgb(cmsContext context)
{
    /* The curve of IEC 61966-2-1, as lcms types it (parametric type 4). */
    static const cmsFloat64Number curve[5] = {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045};
    cmsToneCurve *tone = cmsBuildParametricToneCurve(context, 4, curve);
    cmsHPROFILE profile;

    if (tone == NULL)
        limit_exit();
    profile = cmsCreateGrayProfileTHR(context, cmsD50_xyY(), tone);
    cmsFreeToneCurve(tone);
    return profile;
}

static cmsUInt32Number format_of(unsigned channels)
{
    return channels == 1 ? TYPE_GRAY_8 : channels == 3 ? TYPE_RGB_8 : TYPE_CMYK_8_REV;
}

/* Swallows the profile and the context. */
static enum err join(cmsContext context, cmsHPROFILE take_profile, unsigned channels, struct icc **ret_icc,
                     struct fault *why)
{
    cmsHPROFILE target = channels == 1 ? gray_srgb(context) : cmsCreate_sRGBProfileTHR(context);
    cmsHTRANSFORM transform = NULL;
    unsigned to = channels == 1 ? 1 : 3;
    struct icc *icc;

    if (take_profile != NULL && target != NULL && fits(take_profile, channels))
        transform = cmsCreateTransformTHR(context, take_profile, format_of(channels), target, format_of(to),
                                          INTENT_PERCEPTUAL, 0);
    if (take_profile != NULL)
        cmsCloseProfile(take_profile);
    if (target != NULL)
        cmsCloseProfile(target);
    if (transform == NULL) {
        cmsDeleteContext(context);
        return fault_set(why, ERR_UNSUPPORTED, NULL, "ICC.1 7.2", 0, "the colour profile cannot be used");
    }
    icc = malloc(sizeof(*icc));
    if (icc == NULL)
        limit_exit();
    *icc = (struct icc){context, transform, channels, to};
    *ret_icc = icc;
    return OK;
}

static cmsContext new_context(void)
{
    cmsContext context = cmsCreateContext(NULL, NULL);

    if (context == NULL)
        limit_exit();
    return context;
}

enum err icc_open(struct bytes profile, unsigned channels, struct icc **ret_icc, struct fault *why)
{
    cmsContext context;

    if (profile.len < 128 || profile.len > ICC_PROFILE_MAX)
        return fault_set(why, ERR_UNSUPPORTED, NULL, "ICC.1 7.2", 0, "colour profile of %zu bytes", profile.len);
    context = new_context();
    return join(context, cmsOpenProfileFromMemTHR(context, profile.at, (cmsUInt32Number)profile.len), channels,
                ret_icc, why);
}

static cmsHPROFILE gamma_profile(cmsContext context, cmsToneCurve *tone, const double *chroma, unsigned channels)
{
    static const double srgb[8] = {0.3127, 0.3290, 0.64, 0.33, 0.30, 0.60, 0.15, 0.06};
    const double *c = chroma == NULL ? srgb : chroma;
    cmsCIExyY white = {c[0], c[1], 1};
    cmsCIExyYTRIPLE primaries = {{c[2], c[3], 1}, {c[4], c[5], 1}, {c[6], c[7], 1}};
    cmsToneCurve *tones[3] = {tone, tone, tone};

    if (channels == 1)
        return cmsCreateGrayProfileTHR(context, cmsD50_xyY(), tone);
    return cmsCreateRGBProfileTHR(context, &white, &primaries, tones);
}

enum err icc_open_gamma(double file_gamma, const double chroma[8], unsigned channels, struct icc **ret_icc,
                        struct fault *why)
{
    cmsContext context = new_context();
    cmsToneCurve *tone;
    cmsHPROFILE profile = NULL;

    if (file_gamma < 0.05 || file_gamma > 5)
        file_gamma = 1 / 2.2;
    tone = cmsBuildGamma(context, 1 / file_gamma);
    if (tone == NULL)
        limit_exit();
    profile = gamma_profile(context, tone, chroma, channels);
    cmsFreeToneCurve(tone);
    return join(context, profile, channels, ret_icc, why);
}

void icc_close(struct icc *icc)
{
    if (icc == NULL)
        return;
    cmsDeleteTransform(icc->transform);
    cmsDeleteContext(icc->context);
    free(icc);
}

static bool same(struct icc *icc, const uint8_t *colours, size_t count)
{
    uint8_t made[256 * 3];

    icc_colours(icc, colours, made, count);
    for (size_t i = 0; i < count * icc->from; i++)
        if (made[i] > colours[i] + 2 || colours[i] > made[i] + 2)
            return false;
    return true;
}

bool icc_is_identity(struct icc *icc)
{
    uint8_t colours[256 * 3];

    if (icc->from == 4)
        return false;
    for (size_t i = 0; i < 256; i++)
        for (unsigned k = 0; k < icc->from; k++)
            colours[i * icc->from + k] = (uint8_t)i;
    if (!same(icc, colours, 256) || icc->from == 1)
        return same(icc, colours, 256);
    for (size_t i = 0; i < 216; i++) {
        colours[i * 3] = (uint8_t)(i % 6 * 51);
        colours[i * 3 + 1] = (uint8_t)(i / 6 % 6 * 51);
        colours[i * 3 + 2] = (uint8_t)(i / 36 * 51);
    }
    return same(icc, colours, 216);
}

void icc_colours(struct icc *icc, const uint8_t *from, uint8_t *to, size_t count)
{
    while (count > 0) {
        size_t part = count > 1 << 20 ? 1 << 20 : count;

        cmsDoTransform(icc->transform, from, to, (cmsUInt32Number)part);
        from += part * icc->from;
        to += part * icc->to;
        count -= part;
    }
}

static uint8_t sample(const struct pixels *p, const uint8_t *at, unsigned k)
{
    uint16_t v;

    if (p->bits == 8)
        return at[k];
    memcpy(&v, at + (size_t)2 * k, 2);
    return (uint8_t)((v * 255u + 32895u) >> 16);
}

/* One row: samples to 8 bits, colours through the transform, alpha beside. */
static void convert_row(struct icc *icc, const struct pixels *p, const uint8_t *from, uint8_t *to, uint8_t *colours)
{
    bool alpha = p->channels > icc->from;
    size_t unit = pixels_unit(p);
    unsigned to_unit = icc->to + (alpha ? 1 : 0);

    for (uint32_t x = 0; x < p->width; x++)
        for (unsigned k = 0; k < icc->from; k++)
            colours[(size_t)x * icc->from + k] = sample(p, from + x * unit, k);
    if (!alpha) {
        icc_colours(icc, colours, to, p->width);
        return;
    }
    icc_colours(icc, colours, colours, p->width);
    for (uint32_t x = 0; x < p->width; x++) {
        memcpy(to + (size_t)x * to_unit, colours + (size_t)x * icc->to, icc->to);
        to[(size_t)x * to_unit + icc->to] = sample(p, from + x * unit, icc->from);
    }
}

enum err icc_pixels(struct icc *icc, struct pixels *p, struct fault *why)
{
    unsigned to_unit = icc->to + (p->channels > icc->from ? 1 : 0);
    struct pixels new;
    uint8_t *colours;

    TRY(pixels_init(&new, p->width, p->height, to_unit, 8, why));
    colours = malloc((size_t)p->width * 4);
    if (colours == NULL)
        limit_exit();
    for (uint32_t y = 0; y < p->height; y++)
        convert_row(icc, p, pixels_row(p, y), pixels_row(&new, y), colours);
    free(colours);
    pixels_done(p);
    *p = new;
    return OK;
}
