/* The tokens of PostScript, for formats that are PostScript by form (Type 1 fonts, CMaps).
 * Nothing is ever run. */
#pragma once

#include "base/bytes.h"

enum ps_kind {
    PS_END,
    PS_WORD,       /* an executable name or a number */
    PS_NAME,       /* /name */
    PS_STRING,     /* (…), escapes as they are */
    PS_HEX,        /* <…> */
    PS_PROC,       /* {…}, whole */
    PS_OPEN,       /* [ */
    PS_CLOSE,      /* ] */
    PS_DICT_OPEN,  /* << */
    PS_DICT_CLOSE, /* >> */
};

struct ps {
    struct bytes in;
    size_t at;
};

struct ps_token {
    enum ps_kind kind;
    struct bytes text; /* without its delimiters */
};

/* The next token; comments are skipped.  What is opened and never closed goes to the end of the input. */
struct ps_token ps_next(struct ps *p);

bool ps_is(struct ps_token t, const char *word);

/* What a hexadecimal digit stands for; -1 when it is none. */
int ps_hex(uint8_t c);

/* A whole number that fills the token. */
bool ps_int(struct ps_token t, int32_t *ret_value);

/* Whether the token is a number, whole or with a fraction, at most 32 characters. */
bool ps_number(struct ps_token t);
