#include "format/tiff_file.h"

#include <stdio.h>

#include "base/limit.h"

static tmsize_t do_read(thandle_t handle, void *to, tmsize_t len)
{
    struct tiff_file *f = handle;
    struct bytes all = f->out != NULL ? buf_bytes(f->out) : f->in;
    struct bytes part = bytes_part(all, f->at > all.len ? all.len : (size_t)f->at, len < 0 ? 0 : (size_t)len);

    if (part.len > 0 && part.at != NULL)
        memcpy(to, part.at, part.len);
    f->at += part.len;
    return (tmsize_t)part.len;
}

static tmsize_t do_write(thandle_t handle, void *from, tmsize_t len)
{
    struct tiff_file *f = handle;
    size_t count = len < 0 ? 0 : (size_t)len;

    if (f->out == NULL || f->at > SIZE_MAX / 2)
        return 0;
    while (f->out->len < f->at && !f->out->full) /* never left empty by libtiff, but must not be ours */
        buf_put_u8(f->out, 0);
    if (f->at < f->out->len) {
        size_t part = f->out->len - (size_t)f->at < count ? f->out->len - (size_t)f->at : count;

        memcpy(f->out->at + f->at, from, part);
        buf_put(f->out, bytes_from((struct bytes){from, count}, part));
    } else {
        buf_put(f->out, (struct bytes){from, count});
    }
    f->at += count;
    return f->out->full ? 0 : len;
}

static uint64_t length(const struct tiff_file *f)
{
    return f->out != NULL ? f->out->len : f->in.len;
}

static toff_t do_seek(thandle_t handle, toff_t to, int whence)
{
    struct tiff_file *f = handle;

    f->at = whence == SEEK_CUR ? f->at + to : whence == SEEK_END ? length(f) + to : to;
    return f->at;
}

static toff_t do_size(thandle_t handle)
{
    return length(handle);
}

static int do_close(thandle_t handle)
{
    (void)handle;
    return 0;
}

static int complain(TIFF *lib, void *user, const char *module, const char *format, va_list args)
{
    struct tiff_file *f = user;

    (void)lib, (void)module;
    if (f->text[0] == '\0')
        (void)vsnprintf(f->text, sizeof(f->text), format, args);
    return 1;
}

static int be_quiet(TIFF *lib, void *user, const char *module, const char *format, va_list args)
{
    (void)lib, (void)user, (void)module, (void)format, (void)args;
    return 1;
}

static enum err open_file(struct tiff_file *f, const char *mode, struct fault *why)
{
    TIFFOpenOptions *options = TIFFOpenOptionsAlloc();

    if (options == NULL)
        limit_exit();
    TIFFOpenOptionsSetMaxSingleMemAlloc(options, TIFF_ALLOCATION_MAX);
    TIFFOpenOptionsSetErrorHandlerExtR(options, complain, f);
    TIFFOpenOptionsSetWarningHandlerExtR(options, be_quiet, f);
    f->lib = TIFFClientOpenExt("picture", mode, f, do_read, do_write, do_seek, do_close, do_size, NULL, NULL, options);
    TIFFOpenOptionsFree(options);
    return f->lib == NULL ? tiff_file_fail(f, why) : OK;
}

enum err tiff_file_read(struct tiff_file *f, struct bytes in, struct fault *why)
{
    *f = (struct tiff_file){.in = in};
    return open_file(f, "rm", why);
}

enum err tiff_file_write(struct tiff_file *f, struct buf *out, struct fault *why)
{
    *f = (struct tiff_file){.out = out};
    return open_file(f, "wlm", why);
}

void tiff_file_close(struct tiff_file *f)
{
    if (f->lib != NULL)
        TIFFClose(f->lib);
    f->lib = NULL;
}

enum err tiff_file_fail(const struct tiff_file *f, struct fault *why)
{
    return fault_set(why, ERR_MALFORMED, NULL, "TIFF 6.0", 0, "%.100s", f->text[0] == '\0' ? "not readable" : f->text);
}
