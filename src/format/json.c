#include "format/json.h"

enum { VALUE, VALUE_OR_END, KEY_OR_END, KEY, COLON, AFTER, TOP, STRING, ESCAPE, HEX, WORD };

void json_init(struct json *j, json_see_fn *see, void *ctx)
{
    *j = (struct json){.see = see, .ctx = ctx, .line = 1, .state = VALUE};
}

static enum err wrong(const struct json *j, struct fault *why, const char *what)
{
    return fault_set(why, ERR_MALFORMED, "T08", "RFC 8259", (size_t)j->at, "line %llu: %s", (unsigned long long)j->line, what);
}

static enum err give(struct json *j, enum json_token token, struct bytes text, struct fault *why)
{
    return j->see(j->ctx, token, j->key, text, why);
}

static bool is_space(uint8_t c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

static bool is_digit(uint8_t c)
{
    return c >= '0' && c <= '9';
}

static size_t digits(struct bytes w, size_t at)
{
    size_t from = at;

    while (at < w.len && is_digit(w.at[at]))
        at++;
    return at - from;
}

/* RFC 8259 6.  Returns 1 when it is a number, 0 when not, -1 when its exponent is out of bounds. */
static int number(struct bytes w)
{
    size_t at = w.len > 0 && w.at[0] == '-', len = digits(w, at);

    if (len == 0 || (len > 1 && w.at[at] == '0'))
        return 0;
    at += len;
    if (at < w.len && w.at[at] == '.') {
        len = digits(w, at + 1);
        at += 1 + len;
        if (len == 0)
            return 0;
    }
    if (at < w.len && (w.at[at] == 'e' || w.at[at] == 'E')) {
        at++;
        at += at < w.len && (w.at[at] == '+' || w.at[at] == '-');
        len = digits(w, at);
        at += len;
        if (len == 0)
            return 0;
        if (len > JSON_EXPONENT_MAX && at == w.len)
            return -1;
    }
    return at == w.len;
}

static void after_value(struct json *j)
{
    j->state = j->depth > 0 ? AFTER : TOP;
    j->line_passed = false;
}

static enum err end_word(struct json *j, struct fault *why)
{
    struct bytes w = {j->word, j->word_len};
    int good = number(w);

    if (good < 0)
        return fault_set(why, ERR_LIMIT, "T08", "size of numbers", (size_t)j->at, "line %llu: an exponent of more than %d digits",
                         (unsigned long long)j->line, JSON_EXPONENT_MAX);
    if (good == 0 && !bytes_equal(w, BYTES("true")) && !bytes_equal(w, BYTES("false")) && !bytes_equal(w, BYTES("null")))
        return wrong(j, why, "neither a number nor true, false or null");
    after_value(j);
    j->word_len = 0;
    return give(j, JSON_NUMBER, w, why);
}

static bool in_word(uint8_t c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || c == 'E' || c == '-' || c == '+' || c == '.';
}

static enum err more_word(struct json *j, uint8_t c, struct fault *why)
{
    if (j->word_len == JSON_NUMBER_MAX)
        return fault_set(why, ERR_LIMIT, "T08", "size of numbers", (size_t)j->at, "line %llu: more than %d digits",
                         (unsigned long long)j->line, JSON_NUMBER_MAX);
    j->word[j->word_len++] = c;
    return OK;
}

static enum err open_value(struct json *j, uint8_t c, struct fault *why)
{
    if (j->depth == JSON_DEPTH_MAX)
        return fault_set(why, ERR_LIMIT, "T08", "depth", (size_t)j->at, "nested deeper than %d", JSON_DEPTH_MAX);
    j->open[j->depth++] = c;
    j->state = c == '{' ? KEY_OR_END : VALUE_OR_END;
    return give(j, JSON_MARK, (struct bytes){&c, 1}, why);
}

static enum err close_value(struct json *j, uint8_t c, struct fault *why)
{
    if (j->depth == 0 || j->open[j->depth - 1] != (c == '}' ? '{' : '['))
        return wrong(j, why, "closed what was not open");
    j->depth--;
    after_value(j);
    return give(j, JSON_MARK, (struct bytes){&c, 1}, why);
}

static enum err begin_value(struct json *j, uint8_t c, struct fault *why)
{
    if (c == '{' || c == '[')
        return open_value(j, c, why);
    if (c == '"') {
        j->state = STRING;
        j->key = false;
        return give(j, JSON_BEGIN, (struct bytes){0}, why);
    }
    if (!in_word(c))
        return wrong(j, why, "a value was expected");
    j->state = WORD;
    return more_word(j, c, why);
}

static enum err begin_key(struct json *j, uint8_t c, struct fault *why)
{
    if (c != '"')
        return wrong(j, why, "the name of a member was expected");
    j->state = STRING;
    j->key = true;
    return give(j, JSON_BEGIN, (struct bytes){0}, why);
}

static enum err after(struct json *j, uint8_t c, struct fault *why)
{
    if (c != ',')
        return close_value(j, c, why);
    j->state = j->open[j->depth - 1] == '{' ? KEY : VALUE;
    return give(j, JSON_MARK, BYTES(","), why);
}

/* A mark or the first byte of a value. */
static enum err structure(struct json *j, uint8_t c, struct fault *why)
{
    switch (j->state) {
    case VALUE:
        return begin_value(j, c, why);
    case VALUE_OR_END:
        return c == ']' ? close_value(j, c, why) : begin_value(j, c, why);
    case KEY_OR_END:
        return c == '}' ? close_value(j, c, why) : begin_key(j, c, why);
    case KEY:
        return begin_key(j, c, why);
    case COLON:
        if (c != ':')
            return wrong(j, why, "a colon was expected");
        j->state = VALUE;
        return give(j, JSON_MARK, BYTES(":"), why);
    case AFTER:
        return c == ',' || c == '}' || c == ']' ? after(j, c, why) : wrong(j, why, "a comma or the end was expected");
    default:
        return j->line_passed ? begin_value(j, c, why) : wrong(j, why, "something follows the value");
    }
}

static enum err end_string(struct json *j, struct fault *why)
{
    if (j->key)
        j->state = COLON;
    else
        after_value(j);
    return give(j, JSON_END, (struct bytes){0}, why);
}

static enum err give_code(struct json *j, uint32_t c, struct fault *why)
{
    uint8_t utf8[4];
    size_t len = 0;

    if (c < 0x80) {
        utf8[len++] = (uint8_t)c;
    } else if (c < 0x800) {
        utf8[len++] = (uint8_t)(0xc0 | c >> 6);
    } else if (c < 0x10000) {
        utf8[len++] = (uint8_t)(0xe0 | c >> 12);
        utf8[len++] = (uint8_t)(0x80 | (c >> 6 & 63));
    } else {
        utf8[len++] = (uint8_t)(0xf0 | c >> 18);
        utf8[len++] = (uint8_t)(0x80 | (c >> 12 & 63));
        utf8[len++] = (uint8_t)(0x80 | (c >> 6 & 63));
    }
    if (c >= 0x80)
        utf8[len++] = (uint8_t)(0x80 | (c & 63));
    j->state = STRING;
    return give(j, JSON_PART, (struct bytes){utf8, len}, why);
}

static enum err escape(struct json *j, uint8_t c, struct fault *why)
{
    static const char names[] = "\"\\/bfnrt", codes[] = "\"\\/\b\f\n\r\t";
    const char *at = c == 0 ? NULL : strchr(names, c);

    if (c == 'u') {
        j->state = HEX;
        j->hex_left = 4;
        j->code = 0;
        return OK;
    }
    if (at == NULL || j->high != 0)
        return wrong(j, why, "no such escape");
    return give_code(j, (uint8_t)codes[at - names], why);
}

static enum err hex(struct json *j, uint8_t c, struct fault *why)
{
    uint32_t digit = is_digit(c) ? c - (uint32_t)'0' : (c | 32u) - 'a' + 10u;

    if (!is_digit(c) && ((c | 32) < 'a' || (c | 32) > 'f'))
        return wrong(j, why, "no hexadecimal digit");
    j->code = j->code << 4 | digit;
    if (--j->hex_left > 0)
        return OK;
    if (j->high != 0) {
        uint32_t high = j->high;

        j->high = 0;
        if (j->code < 0xdc00 || j->code > 0xdfff)
            return wrong(j, why, "half of a surrogate pair");
        return give_code(j, 0x10000 + ((high - 0xd800) << 10) + (j->code - 0xdc00), why);
    }
    if (j->code >= 0xdc00 && j->code <= 0xdfff)
        return wrong(j, why, "half of a surrogate pair");
    if (j->code < 0xd800 || j->code > 0xdfff)
        return give_code(j, j->code, why);
    j->high = j->code;
    j->state = STRING;
    return OK;
}

static size_t plain_len(const uint8_t *b, size_t left)
{
    size_t at = 0;

    while (at < left && b[at] != '"' && b[at] != '\\' && b[at] >= ' ')
        at++;
    return at;
}

static enum err in_string(struct json *j, struct bytes piece, size_t *ret_used, struct fault *why)
{
    uint8_t c = piece.at[0];
    size_t len = plain_len(piece.at, piece.len);

    *ret_used = 1;
    if (j->high != 0 && c != '\\')
        return wrong(j, why, "half of a surrogate pair");
    if (len > 0) {
        *ret_used = len;
        return give(j, JSON_PART, bytes_part(piece, 0, len), why);
    }
    if (c == '"')
        return end_string(j, why);
    if (c == '\\') {
        j->state = ESCAPE;
        return OK;
    }
    return wrong(j, why, "a control character in a string");
}

static enum err spaces(struct json *j, struct bytes piece, size_t *ret_used, struct fault *why)
{
    size_t len = 0;

    while (len < piece.len && is_space(piece.at[len])) {
        j->line += piece.at[len] == '\n';
        j->line_passed |= piece.at[len] == '\n' || piece.at[len] == '\r';
        len++;
    }
    *ret_used = len;
    return give(j, JSON_SPACE, bytes_part(piece, 0, len), why);
}

static enum err step(struct json *j, struct bytes piece, size_t *ret_used, struct fault *why)
{
    uint8_t c = piece.at[0];

    *ret_used = 1;
    switch (j->state) {
    case STRING:
        return in_string(j, piece, ret_used, why);
    case ESCAPE:
        return escape(j, c, why);
    case HEX:
        return hex(j, c, why);
    case WORD:
        if (in_word(c))
            return more_word(j, c, why);
        *ret_used = 0;
        return end_word(j, why);
    default:
        return is_space(c) ? spaces(j, piece, ret_used, why) : structure(j, c, why);
    }
}

enum err json_push(struct json *j, struct bytes piece, struct fault *why)
{
    while (piece.len > 0) {
        size_t used;

        TRY(step(j, piece, &used, why));
        j->at += used;
        piece = bytes_from(piece, used);
    }
    return OK;
}

enum err json_end(struct json *j, struct fault *why)
{
    if (j->state == WORD)
        TRY(end_word(j, why));
    return j->state == TOP ? OK : wrong(j, why, "the text ends too early");
}
