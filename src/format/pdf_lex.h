/* The lexical rules of PDF: numbers, names, strings and words out of bytes.
 *
 * Used for objects, content streams, calculator functions and CMaps alike.  It never fails: what is
 * no token of the standard comes out as a word, and unbalanced strings end with the input.
 *
 * Rule:    ISO 32000-1 7.2 (lexical conventions), 7.3 (objects) */
#pragma once

#include "base/buf.h"

enum pdf_tok {
    PDF_TOK_END,
    PDF_TOK_INT,
    PDF_TOK_REAL,
    PDF_TOK_NAME,   /* text without the slash, #xx decoded */
    PDF_TOK_STRING, /* text decoded */
    PDF_TOK_ARRAY, PDF_TOK_ARRAY_END,
    PDF_TOK_DICT, PDF_TOK_DICT_END,
    PDF_TOK_BRACE, PDF_TOK_BRACE_END,
    PDF_TOK_WORD,   /* keyword or operator, as it stands */
};

struct pdf_lex {
    struct bytes in;
    size_t at;       /* next byte to look at */
    struct buf text; /* of the last name or string that had escapes */
    char number[32]; /* of the last number, canonical */
};

struct pdf_token {
    enum pdf_tok kind;
    size_t at;         /* where it begins */
    struct bytes text; /* valid until the next token; a number in its shortest spelling */
    int64_t num;       /* of an INT */
};

void pdf_lex_init(struct pdf_lex *l, struct bytes in);
void pdf_lex_done(struct pdf_lex *l);

/* The next token; white space and comments are stepped over. */
struct pdf_token pdf_lex_next(struct pdf_lex *l);

bool pdf_lex_is_space(uint8_t c);
bool pdf_lex_is_regular(uint8_t c); /* neither white space nor a delimiter */
