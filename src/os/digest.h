/* SHA-256 of a file (FIPS 180-4), by libcrypto. */
#pragma once

#include <stdint.h>

#include "base/err.h"

enum { DIGEST_HEX = 65 }; /* 64 digits and a NUL */

/* The digest of a whole seekable file as lower-case hexadecimal, and how many bytes it was of.
 * The file's position is left alone.  Errors: SYSTEM */
enum err digest_file(int fd, char ret_hex[DIGEST_HEX], uint64_t *ret_size, struct fault *why) must_use;
