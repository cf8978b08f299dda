/* Which character set a text is written in, from its bytes.
 *
 * A byte order mark decides; then what only one set could mean, UTF-8 first; then, between EUC-JP and
 * CP932, the reading that is less surprising in Japanese office text.
 *
 * in       the whole text; at most CHARSET_SAMPLE bytes from the first one that is not ASCII are looked at
 * Returns  CHARSET_none when it is not text in any set: the sample decodes strictly in the set returned,
 *          the rest may still fail
 * Rule:    T03. */
#pragma once

#include "text/charset.h"

enum { CHARSET_SAMPLE = 128 << 10 };

enum charset charset_guess(struct bytes in);

/* For a text that is in no set: the furthest byte that can be reached in any, and in which. */
size_t charset_guess_furthest(struct bytes in, enum charset *ret_set);
