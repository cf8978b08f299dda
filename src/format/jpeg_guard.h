/* libjpeg reports errors by not returning; this is the one place that deals with it. */
#pragma once

#include <stdio.h> /* jpeglib.h needs it */

#include <jpeglib.h>
#include <setjmp.h>

#include "base/err.h"

struct jpeg_guard {
    struct jpeg_error_mgr mgr; /* first: libjpeg knows this part */
    struct jpeg_progress_mgr progress;
    jmp_buf jump;
    struct fault *why;
    enum err code;
    long warnings; /* places libjpeg had to guess at */
};

/* Make the error manager for `cinfo->err`; warnings are counted and print nothing. */
struct jpeg_error_mgr *jpeg_guard_init(struct jpeg_guard *guard, struct fault *why);

/* Have a decoder leave with LIMIT (row I08) when it meets more than JPEG_SCANS_MAX scans. */
void jpeg_guard_watch(struct jpeg_guard *guard, j_decompress_ptr cinfo);

/* Leave the step under way unless the code is OK (the fault is set already). */
void jpeg_guard_check(struct jpeg_guard *guard, enum err code);

/* Run a step that calls libjpeg.  Memory of the codec's own is freed by the caller's jpeg_destroy_x;
 * the step must own nothing else that an error would leak.
 *
 * Errors:  UNSUPPORTED (row I03), LIMIT, MALFORMED after the message of libjpeg */
enum err jpeg_guard_run(struct jpeg_guard *guard, void (*step)(void *ctx), void *ctx) must_use;
