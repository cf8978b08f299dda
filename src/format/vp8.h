/* The lossy coding of WebP (VP8 key frames), copied decision by decision: header, modes and coefficients
 * are decoded and coded again, the picture does not change, and no byte is taken over. */
#pragma once

#include "base/buf.h"
#include "base/err.h"

/* Copy one frame.
 *
 * in   the content of a "VP8 " chunk
 * out  the new content is appended
 *
 * Errors:  MALFORMED  not a key frame, or its data breaks off
 * Rule:    RFC 6386 9, 11, 13, 19 */
enum err vp8_copy(struct bytes in, struct buf *out, struct fault *why) must_use;
