#include "format/tiff.h"

#include "format/tiff_write.h"

static enum err spend(struct tiff_file *in, struct tiff_info *info, uint64_t pixels_max, struct fault *why)
{
    uint32_t width, height;

    TRY(tiff_page_size(in, &width, &height, why));
    info->pages++;
    info->pixels += (uint64_t)width * height;
    if (info->pages > TIFF_PAGES_MAX)
        return fault_set(why, ERR_LIMIT, "I08", "page cap", 0, "more than %d pages", TIFF_PAGES_MAX);
    if (info->pixels > pixels_max)
        return fault_set(why, ERR_LIMIT, "I08", "profile limit pixels", 0, "%u × %u pixels on page %u", width, height,
                         info->pages);
    return OK;
}

static enum err copy_page(struct tiff_file *in, struct tiff_file *out, struct tiff_info *info, uint64_t pixels_max,
                          struct fault *why)
{
    struct tiff_page page;
    enum err code;

    TRY(spend(in, info, pixels_max, why));
    TRY(tiff_page_read(in, &page, why));
    info->lossy += page.lossy;
    info->turned += page.turned;
    info->recoloured += page.recoloured;
    info->damaged += page.damaged;
    code = tiff_write_page(out, &page, why);
    tiff_page_done(&page);
    return code;
}

static enum err copy_pages(struct tiff_file *in, struct tiff_file *out, struct tiff_info *info, uint64_t pixels_max,
                           struct fault *why)
{
    do {
        if (info->pages > 0 && tiff_page_is_extra(in)) {
            if (++info->extras > TIFF_PAGES_MAX)
                return fault_set(why, ERR_LIMIT, "I08", "page cap", 0, "too many thumbnails");
            continue;
        }
        TRY(copy_page(in, out, info, pixels_max, why));
    } while (TIFFReadDirectory(in->lib));
    return OK;
}

enum err tiff_rebuild(struct bytes in, uint64_t pixels_max, struct sink *out, struct tiff_info *ret_info,
                      struct fault *why)
{
    struct tiff_info info = {.pages = 0};
    struct tiff_file from, to = {.lib = NULL};
    struct buf made;
    enum err code;

    tiff_scan_read(in, &info.scan);
    buf_init(&made, UINT32_MAX);
    code = tiff_file_read(&from, in, why);
    if (code == OK)
        code = tiff_file_write(&to, &made, why);
    if (code == OK)
        code = copy_pages(&from, &to, &info, pixels_max, why);
    tiff_file_close(&from);
    tiff_file_close(&to);
    if (code == OK)
        code = buf_check(&made, why);
    if (code == OK)
        code = sink_put(out, buf_bytes(&made), why);
    buf_done(&made);
    if (code == OK)
        *ret_info = info;
    return code;
}
