/* VML and what Office adds to it. */
#include "sanitize/ooxml_vocab.h"

static const char *const v_uris[] = {
    "urn:schemas-microsoft-com:vml",
    NULL};

static const char *const o_uris[] = {
    "urn:schemas-microsoft-com:office:office",
    NULL};

static const char *const vx_uris[] = {
    "urn:schemas-microsoft-com:office:word",
    "urn:schemas-microsoft-com:office:excel",
    "urn:schemas-microsoft-com:office:powerpoint",
    NULL};

const struct ooxml_vocab ooxml_v = {.uris = v_uris};
const struct ooxml_vocab ooxml_o = {.uris = o_uris};
const struct ooxml_vocab ooxml_vx = {.uris = vx_uris};
