#include "format/jpeg_make.h"

#include <turbojpeg.h>

#include "base/limit.h"

enum err jpeg_make(struct bytes samples, uint32_t width, uint32_t height, unsigned components, struct buf *out,
                   struct fault *why)
{
    unsigned char *made = NULL;
    unsigned long len = 0;
    tjhandle tj;
    int failed;

    if (width == 0 || height == 0 || width > JPEG_MAKE_SIDE || height > JPEG_MAKE_SIDE)
        return fault_set(why, ERR_LIMIT, "I08", "ITU-T T.81 B.2.2", 0, "%u × %u pixels", width, height);
    if ((components != 1 && components != 3) || samples.len < (size_t)width * height * components)
        return fault_set(why, ERR_MALFORMED, NULL, "jpeg_make", 0, "not as many samples as pixels");
    tj = tjInitCompress();
    if (tj == NULL)
        limit_exit();
    failed = tjCompress2(tj, samples.at, (int)width, 0, (int)height, components == 1 ? TJPF_GRAY : TJPF_RGB, &made, &len,
                         components == 1 ? TJSAMP_GRAY : TJSAMP_444, JPEG_MAKE_QUALITY, TJFLAG_ACCURATEDCT);
    if (!failed)
        buf_put(out, (struct bytes){made, len});
    tjFree(made);
    (void)tjDestroy(tj);
    if (failed)
        return fault_set(why, ERR_SYSTEM, NULL, "libturbojpeg", 0, "the picture cannot be coded");
    return buf_check(out, why);
}
