#include "format/formula.h"

static bool is_letter(uint8_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* Characters of names and cells; everything outside ASCII may be part of a name. */
static bool is_word(uint8_t c)
{
    return is_letter(c) || (c >= '0' && c <= '9') || c >= 0x80 || c == '_' || c == '.' || c == '\\' || c == '?' ||
           c == '$';
}

static bool is_space(uint8_t c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static uint8_t peek(const struct formula *f, size_t at)
{
    return at < f->in.len ? f->in.at[at] : 0;
}

/* Past the end of a quoted piece beginning at `at`, whose own quote is doubled inside; 0 when it does not end. */
static size_t quoted_end(const struct formula *f, size_t at)
{
    uint8_t quote = f->in.at[at];

    for (size_t i = at + 1; i < f->in.len; i++) {
        if (f->in.at[i] != quote)
            continue;
        if (peek(f, i + 1) != quote)
            return i + 1;
        i++;
    }
    return 0;
}

/* Past the bracket that closes the one at `at`; an apostrophe takes the meaning from the next character
 * (18.17.6.2, special characters in column names); 0 when it does not close. */
static size_t bracket_end(const struct formula *f, size_t at)
{
    size_t depth = 0;

    for (size_t i = at; i < f->in.len; i++) {
        uint8_t c = f->in.at[i];

        if (c == '\'')
            i++;
        else if (c == '[')
            depth++;
        else if (c == ']' && --depth == 0)
            return i + 1;
    }
    return 0;
}

static size_t word_end(const struct formula *f, size_t at)
{
    while (at < f->in.len && is_word(f->in.at[at]))
        at++;
    return at;
}

/* A program that folds width would read full-width ！（｜ as the marks they look like. */
static bool word_is_disguised(struct bytes word)
{
    for (size_t i = 0; i + 2 < word.len; i++) {
        if (word.at[i] != 0xef)
            continue;
        if (word.at[i + 1] == 0xbc && (word.at[i + 2] == 0x81 || word.at[i + 2] == 0x88))
            return true;
        if (word.at[i + 1] == 0xbd && word.at[i + 2] == 0x9c)
            return true;
    }
    return false;
}

static enum formula_kind word_kind(const struct formula *f, size_t end)
{
    size_t next = end;

    while (is_space(peek(f, next)))
        next++;
    if (peek(f, next) == '(')
        return FORMULA_FUNCTION;
    return peek(f, next) == '|' ? FORMULA_DDE : FORMULA_WORD;
}

static size_t take_word(struct formula *f, enum formula_kind *ret_kind)
{
    size_t end = word_end(f, f->at);

    *ret_kind = word_kind(f, end);
    if (peek(f, end) == '!') {
        *ret_kind = FORMULA_SHEET;
        end++;
    }
    if (word_is_disguised(bytes_part(f->in, f->at, end - f->at)))
        *ret_kind = FORMULA_BAD;
    return end;
}

/* 'a sheet'! or 'service'|; an apostrophe anywhere else is not of the language. */
static size_t take_quoted_name(struct formula *f, enum formula_kind *ret_kind)
{
    size_t end = quoted_end(f, f->at);
    size_t next = end;

    *ret_kind = FORMULA_BAD;
    if (end == 0)
        return f->in.len;
    while (is_space(peek(f, next)))
        next++;
    if (peek(f, next) == '|')
        *ret_kind = FORMULA_DDE;
    if (peek(f, end) != '!')
        return end;
    *ret_kind = FORMULA_SHEET;
    return end + 1;
}

static size_t take_string(struct formula *f, enum formula_kind *ret_kind)
{
    size_t end = quoted_end(f, f->at);

    *ret_kind = end == 0 ? FORMULA_BAD : FORMULA_STRING;
    return end == 0 ? f->in.len : end;
}

/* What a bracket holds is a column when nothing is named behind it, and a book when a sheet or name is. */
static size_t take_bracket(struct formula *f, enum formula_kind *ret_kind)
{
    size_t end = bracket_end(f, f->at);
    uint8_t next;

    *ret_kind = FORMULA_BAD;
    if (end == 0)
        return f->in.len;
    next = peek(f, end);
    *ret_kind = next == '!' || next == '\'' || is_word(next) ? FORMULA_BOOK : FORMULA_TABLE;
    return next == '!' ? end + 1 : end;
}

/* One of the error values (18.17.3 and later additions of Excel), or the single # after a cell that spills.
 * Anything else behind # is not a formula: a reader might see the end of a range and the name of a function. */
static size_t take_hash(struct formula *f, enum formula_kind *ret_kind)
{
    static const char *const errors[] = {"REF!",  "N/A",     "DIV/0!",   "NAME?",    "VALUE!",   "NUM!",
                                         "NULL!", "SPILL!",  "CALC!",    "FIELD!",   "BLOCKED!", "CONNECT!",
                                         "BUSY!", "PYTHON!", "UNKNOWN!", "EXTERNAL!", "GETTING_DATA"};
    size_t at = f->at + 1;

    for (size_t i = 0; i < countof(errors); i++)
        if (bytes_starts_fold(bytes_from(f->in, at), bytes_of(errors[i]))) {
            *ret_kind = FORMULA_ERROR;
            return at + bytes_of(errors[i]).len;
        }
    *ret_kind = is_letter(peek(f, at)) ? FORMULA_BAD : FORMULA_OTHER;
    return at;
}

static enum formula_kind mark_kind(uint8_t c)
{
    switch (c) {
    case '(':
        return FORMULA_OPEN;
    case ')':
        return FORMULA_CLOSE;
    case ',':
    case ';':
        return FORMULA_COMMA;
    case '&':
        return FORMULA_JOIN;
    case '|':
        return FORMULA_DDE;
    case ' ':
    case '\t':
    case '\n':
    case '\r':
        return FORMULA_SPACE;
    case '+':
    case '-':
    case '*':
    case '/':
    case '^':
    case '=':
    case '<':
    case '>':
    case '%':
    case ':':
    case '{':
    case '}':
    case '@':
        return FORMULA_OTHER;
    default:
        return FORMULA_BAD;
    }
}

bool formula_next(struct formula *f, struct formula_token *ret_token)
{
    size_t from = f->at;
    uint8_t c = peek(f, from);

    if (from >= f->in.len)
        return false;
    if (is_word(c))
        f->at = take_word(f, &ret_token->kind);
    else if (c == '"')
        f->at = take_string(f, &ret_token->kind);
    else if (c == '\'')
        f->at = take_quoted_name(f, &ret_token->kind);
    else if (c == '[')
        f->at = take_bracket(f, &ret_token->kind);
    else if (c == '#')
        f->at = take_hash(f, &ret_token->kind);
    else {
        ret_token->kind = mark_kind(c);
        f->at++;
    }
    ret_token->text = bytes_part(f->in, from, f->at - from);
    return true;
}

struct bytes formula_plain(struct bytes token, struct buf *scratch)
{
    uint8_t quote = token.len > 0 ? token.at[0] : 0;

    if (token.len > 0 && token.at[token.len - 1] == '!')
        token.len--;
    if ((quote != '\'' && quote != '"') || token.len < 2)
        return token;
    token = bytes_part(token, 1, token.len - 2);
    if (bytes_find_byte(token, quote, 0) == SIZE_MAX)
        return token;
    buf_reset(scratch);
    for (size_t i = 0; i < token.len; i++) {
        buf_put_u8(scratch, token.at[i]);
        if (token.at[i] == quote)
            i++;
    }
    return buf_bytes(scratch);
}
