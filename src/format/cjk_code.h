/* The predefined CMaps: how strings in them fall into codes, and what the Japanese and Unicode ones mean.
 *
 * Rule:    ISO 32000-2 9.7.5.2 (table 116); Adobe TN 5078 (the Adobe-Japan1 collection) */
#pragma once

#include "base/bytes.h"

enum cjk_family {
    CJK_NONE,
    CJK_IDENTITY, /* two bytes, the CID itself */
    CJK_RKSJ,     /* Shift_JIS */
    CJK_EUC,
    CJK_JIS,      /* seven-bit pairs */
    CJK_UTF8,
    CJK_UTF16,
    CJK_UTF32,
    CJK_OTHER,    /* Chinese and Korean codes: lengths are known, meanings of ASCII only */
};

struct cjk_code {
    enum cjk_family family;
    bool vertical;
    bool half; /* Latin letters are half as wide as kanji, not proportional */
};

struct cjk_char {
    uint32_t code, c; /* c: Unicode, 0 = not known */
    uint32_t cid;     /* in Adobe-Japan1 (of IDENTITY: as it is); 0 = not known */
    size_t len;       /* bytes */
};

/* By name; false when it is no predefined CMap. */
bool cjk_code_find(struct bytes name, struct cjk_code *ret_code);

/* The first character of a string, which is not empty. */
struct cjk_char cjk_code_next(const struct cjk_code *e, struct bytes string);

/* What a CID of Adobe-Japan1 stands for; 0 when it is not known. */
uint32_t cjk_code_japan(uint32_t cid);
