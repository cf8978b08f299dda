#include "format/jpeg_guard.h"

#include <jerror.h>

#include "format/jpeg_scan.h"

static enum err code_of(int message)
{
    switch (message) {
    case JERR_OUT_OF_MEMORY:
    case JERR_IMAGE_TOO_BIG:
    case JERR_WIDTH_OVERFLOW: return ERR_LIMIT;
    case JERR_SOF_UNSUPPORTED:
    case JERR_BAD_PRECISION:
    case JERR_ARITH_NOTIMPL:
    case JERR_CONVERSION_NOTIMPL:
    case JERR_COMPONENT_COUNT:
    case JERR_BAD_MCU_SIZE:
    case JERR_FRACT_SAMPLE_NOTIMPL:
    case JERR_CCIR601_NOTIMPL:
    case JERR_MISMATCHED_QUANT_TABLE: return ERR_UNSUPPORTED;
    default: return ERR_MALFORMED;
    }
}

static const char *row_of(enum err code, int message)
{
    if (code == ERR_LIMIT)
        return message == JERR_OUT_OF_MEMORY ? "G06" : "I08";
    return code == ERR_UNSUPPORTED ? "I03" : NULL;
}

_Noreturn static void leave(j_common_ptr cinfo)
{
    struct jpeg_guard *guard = (struct jpeg_guard *)cinfo->err;
    char text[JMSG_LENGTH_MAX];

    guard->mgr.format_message(cinfo, text);
    guard->code = code_of(guard->mgr.msg_code);
    (void)fault_set(guard->why, guard->code, row_of(guard->code, guard->mgr.msg_code), "ITU-T T.81", 0, "%.100s", text);
    longjmp(guard->jump, 1);
}

/* libjpeg's own count begins anew whenever a coder starts. */
static void count_warning(j_common_ptr cinfo, int level)
{
    struct jpeg_guard *guard = (struct jpeg_guard *)cinfo->err;

    if (level < 0)
        guard->warnings++;
}

static void count_scans(j_common_ptr cinfo)
{
    struct jpeg_guard *guard = (struct jpeg_guard *)cinfo->err;

    if (((j_decompress_ptr)cinfo)->input_scan_number <= JPEG_SCANS_MAX)
        return;
    guard->code = fault_set(guard->why, ERR_LIMIT, "I08", "ITU-T T.81 B.2.3", 0, "more than %d scans", JPEG_SCANS_MAX);
    longjmp(guard->jump, 1);
}

struct jpeg_error_mgr *jpeg_guard_init(struct jpeg_guard *guard, struct fault *why)
{
    *guard = (struct jpeg_guard){.why = why};
    (void)jpeg_std_error(&guard->mgr);
    guard->mgr.error_exit = leave;
    guard->mgr.emit_message = count_warning;
    return &guard->mgr;
}

void jpeg_guard_watch(struct jpeg_guard *guard, j_decompress_ptr cinfo)
{
    guard->progress.progress_monitor = count_scans;
    cinfo->progress = &guard->progress;
}

void jpeg_guard_check(struct jpeg_guard *guard, enum err code)
{
    if (code == OK)
        return;
    guard->code = code;
    longjmp(guard->jump, 1);
}

enum err jpeg_guard_run(struct jpeg_guard *guard, void (*step)(void *ctx), void *ctx)
{
    if (setjmp(guard->jump) != 0)
        return guard->code;
    step(ctx);
    return OK;
}
