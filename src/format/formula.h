/* The tokens of a spreadsheet formula, as far as they decide what the formula can reach.
 *
 * This is not a parser: nothing is evaluated and precedence does not matter.  What matters is told
 * apart without guessing: text in quotes, the name of a function, a sheet, another book, a DDE topic.
 *
 *     struct formula f = formula_of(text);
 *     while (formula_next(&f, &token)) …
 *
 * The tokens follow each other without a gap and cover the whole text, whatever it holds.
 * Rule: ECMA-376 Part 1 18.17.2 (syntax), 18.17.7 (function names are followed by a parenthesis);
 * MS-XLSX 2.2.2 (prefixes _xlfn. _xll. _xludf., spill and intersection operators). */
#pragma once

#include "base/buf.h"

enum formula_kind {
    FORMULA_OTHER,    /* operator, number, white space, separator, array brace */
    FORMULA_OPEN,     /* ( */
    FORMULA_CLOSE,    /* ) */
    FORMULA_COMMA,    /* , or ; */
    FORMULA_JOIN,     /* & */
    FORMULA_SPACE,
    FORMULA_STRING,   /* "text", quotes included */
    FORMULA_ERROR,    /* #REF! and its kin */
    FORMULA_WORD,     /* cell, number, TRUE or defined name */
    FORMULA_FUNCTION, /* a word before a parenthesis; white space may stand between */
    FORMULA_SHEET,    /* 'a sheet'! or a:sheet!, the exclamation mark included */
    FORMULA_TABLE,    /* [column] of a structured reference */
    FORMULA_BOOK,     /* [1] before a sheet or a name: another workbook */
    FORMULA_DDE,      /* service| or 'service'| */
    FORMULA_BAD,      /* no token of the language: a quote that does not end, a control character */
};

struct formula_token {
    enum formula_kind kind;
    struct bytes text; /* borrowed from the formula */
};

struct formula {
    struct bytes in;
    size_t at;
};

/* text  UTF-8, entities resolved, with or without the leading equals sign; borrowed */
static inline struct formula formula_of(struct bytes text)
{
    return (struct formula){.in = text};
}

/* The next token; false at the end of the text. */
bool formula_next(struct formula *f, struct formula_token *ret_token);

/* The name in a SHEET token without quotes and exclamation mark, or the text of a STRING token,
 * doubled quotes made one.
 *
 * scratch  used when quotes have to be undoubled
 * Returns a slice of the token or of `scratch`, valid until either changes. */
struct bytes formula_plain(struct bytes token, struct buf *scratch);
