#include "format/pdf_lex.h"

#include <stdio.h>

enum { REGULAR = 0, SPACE = 1, DELIMITER = 2 };

static const uint8_t classes[256] = {
    [0] = SPACE,         ['\t'] = SPACE,      ['\n'] = SPACE,      ['\f'] = SPACE,      ['\r'] = SPACE,
    [' '] = SPACE,       ['('] = DELIMITER,   [')'] = DELIMITER,   ['<'] = DELIMITER,   ['>'] = DELIMITER,
    ['['] = DELIMITER,   [']'] = DELIMITER,   ['{'] = DELIMITER,   ['}'] = DELIMITER,   ['/'] = DELIMITER,
    ['%'] = DELIMITER,
};

bool pdf_lex_is_space(uint8_t c)
{
    return classes[c] == SPACE;
}

bool pdf_lex_is_regular(uint8_t c)
{
    return classes[c] == REGULAR;
}

void pdf_lex_init(struct pdf_lex *l, struct bytes in)
{
    *l = (struct pdf_lex){.in = in};
    buf_init(&l->text, SIZE_MAX / 2);
}

void pdf_lex_done(struct pdf_lex *l)
{
    buf_done(&l->text);
}

static void skip_space(struct pdf_lex *l)
{
    const uint8_t *p = l->in.at;
    size_t at = l->at, len = l->in.len;

    for (; at < len; at++) {
        if (p[at] == '%') {
            while (at < len && p[at] != '\n' && p[at] != '\r')
                at++;
            if (at == len)
                break;
        } else if (classes[p[at]] != SPACE) {
            break;
        }
    }
    l->at = at;
}

static int hex_digit(uint8_t c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* A number in its shortest spelling: no plus sign, no idle zeros, at most ten digits before the point
 * and nine behind it, so that no reader meets one it cannot hold.  Whatever follows the number in the
 * same token ("12-34", "1.2.3") is dropped, as the common readers do. */
static struct pdf_token number(struct pdf_lex *l, struct pdf_token t, const uint8_t *p, const uint8_t *end)
{
    enum { WHOLE_MAX = 10, FRACTION_MAX = 9 };
    uint64_t whole = 0, fraction = 0;
    unsigned digits = 0, places = 0;
    bool minus = false, point = false;
    int len;

    for (; p < end && (*p == '+' || *p == '-'); p++)
        minus = minus || *p == '-';
    for (; p < end && *p >= '0' && *p <= '9'; p++)
        if (digits < WHOLE_MAX) {
            whole = whole * 10 + (uint64_t)(*p - '0');
            digits += whole != 0;
        } else {
            whole = INT32_MAX;
        }
    if (p < end && *p == '.') {
        point = true;
        for (p++; p < end && *p >= '0' && *p <= '9'; p++)
            if (places < FRACTION_MAX) {
                fraction = fraction * 10 + (uint64_t)(*p - '0');
                places++;
            }
        for (; places > 0 && fraction % 10 == 0; places--)
            fraction /= 10;
    }
    if (whole == 0 && fraction == 0)
        minus = false;
    if (places == 0)
        len = snprintf(l->number, sizeof(l->number), "%s%llu", minus ? "-" : "", (unsigned long long)whole);
    else if (whole == 0)
        len = snprintf(l->number, sizeof(l->number), "%s.%0*llu", minus ? "-" : "", (int)places,
                       (unsigned long long)fraction);
    else
        len = snprintf(l->number, sizeof(l->number), "%s%llu.%0*llu", minus ? "-" : "", (unsigned long long)whole,
                       (int)places, (unsigned long long)fraction);
    t.kind = point && places > 0 ? PDF_TOK_REAL : PDF_TOK_INT;
    t.num = minus ? -(int64_t)whole : (int64_t)whole;
    t.text = (struct bytes){(const uint8_t *)l->number, (size_t)len};
    return t;
}

/* The common case by hand: a plain whole number that is already in its shortest spelling. */
static bool plain_int(const uint8_t *p, size_t len, struct pdf_token *t)
{
    int64_t v = 0;
    size_t i = len > 1 && p[0] == '-' ? 1 : 0;

    if (len - i > 9 || (p[i] == '0' && (len - i > 1 || i == 1)))
        return false;
    for (size_t k = i; k < len; k++) {
        if (p[k] < '0' || p[k] > '9')
            return false;
        v = v * 10 + (p[k] - '0');
    }
    t->kind = PDF_TOK_INT;
    t->num = i == 1 ? -v : v;
    t->text = (struct bytes){p, len};
    return true;
}

/* And a plain decimal one. */
static bool plain_real(const uint8_t *p, size_t len, struct pdf_token *t)
{
    size_t i = len > 1 && p[0] == '-' ? 1 : 0, point;

    if (len > 12 || p[i] == '0')
        return false;
    for (point = i; point < len && p[point] >= '0' && p[point] <= '9'; point++)
        ;
    if (point == len || p[point] != '.' || point + 1 == len || p[len - 1] == '0' || len - point - 1 > 9)
        return false;
    for (size_t k = point + 1; k < len; k++)
        if (p[k] < '0' || p[k] > '9')
            return false;
    t->kind = PDF_TOK_REAL;
    t->text = (struct bytes){p, len};
    return true;
}

static struct pdf_token word(struct pdf_lex *l, struct pdf_token t)
{
    const uint8_t *p = l->in.at + l->at;
    size_t len = 0, left = l->in.len - l->at;
    bool digit = false;

    while (len < left && classes[p[len]] == REGULAR) {
        digit = digit || (p[len] >= '0' && p[len] <= '9');
        len++;
    }
    l->at += len;
    if ((p[0] >= '0' && p[0] <= '9') || p[0] == '+' || p[0] == '-' || p[0] == '.') {
        if (plain_int(p, len, &t) || plain_real(p, len, &t))
            return t;
        if (digit || len == 1)
            return number(l, t, p, p + len);
    }
    t.kind = PDF_TOK_WORD;
    t.text = (struct bytes){p, len};
    return t;
}

static struct pdf_token name(struct pdf_lex *l, struct pdf_token t)
{
    const uint8_t *p = l->in.at + ++l->at;
    size_t len = 0, left = l->in.len - l->at;
    bool escaped = false;

    while (len < left && classes[p[len]] == REGULAR) {
        escaped = escaped || p[len] == '#';
        len++;
    }
    l->at += len;
    t.kind = PDF_TOK_NAME;
    t.text = (struct bytes){p, len};
    if (!escaped)
        return t;
    buf_reset(&l->text);
    for (size_t i = 0; i < len; i++) {
        int high = p[i] == '#' && i + 2 < len ? hex_digit(p[i + 1]) : -1;
        int low = high >= 0 ? hex_digit(p[i + 2]) : -1;

        /* #00 is no character of a name: the sign stands for itself. */
        if (low >= 0 && (high | low) != 0) {
            buf_put_u8(&l->text, (uint8_t)(high << 4 | low));
            i += 2;
        } else {
            buf_put_u8(&l->text, p[i]);
        }
    }
    t.text = buf_bytes(&l->text);
    return t;
}

static struct pdf_token hex_string(struct pdf_lex *l, struct pdf_token t)
{
    const uint8_t *p = l->in.at;
    size_t at = l->at + 1;
    int half = -1;

    buf_reset(&l->text);
    (void)buf_room(&l->text, 64);
    for (; at < l->in.len && p[at] != '>'; at++) {
        int digit = hex_digit(p[at]);

        if (digit < 0)
            continue;
        if (half < 0) {
            half = digit;
            continue;
        }
        if (l->text.len < l->text.cap)
            l->text.at[l->text.len++] = (uint8_t)(half << 4 | digit);
        else
            buf_put_u8(&l->text, (uint8_t)(half << 4 | digit));
        half = -1;
    }
    if (half >= 0)
        buf_put_u8(&l->text, (uint8_t)(half << 4));
    l->at = at < l->in.len ? at + 1 : at;
    t.kind = PDF_TOK_STRING;
    t.text = buf_bytes(&l->text);
    return t;
}

/* What a backslash makes of the bytes behind it; returns how many it took. */
static size_t escape(struct buf *out, const uint8_t *p, size_t left)
{
    static const char from[] = "nrtbf", to[] = "\n\r\t\b\f";
    const char *known;
    unsigned octal = 0;
    size_t n = 0;

    if (left == 0)
        return 0;
    for (; n < 3 && n < left && p[n] >= '0' && p[n] <= '7'; n++)
        octal = octal * 8 + (unsigned)(p[n] - '0');
    if (n > 0) {
        buf_put_u8(out, (uint8_t)octal);
        return n;
    }
    if (p[0] == '\r')
        return left > 1 && p[1] == '\n' ? 2 : 1;
    if (p[0] == '\n')
        return 1;
    known = memchr(from, p[0], sizeof(from) - 1);
    buf_put_u8(out, known != NULL ? (uint8_t)to[known - from] : p[0]);
    return 1;
}

static struct pdf_token literal_string(struct pdf_lex *l, struct pdf_token t)
{
    const uint8_t *p = l->in.at;
    size_t at = l->at + 1, start = at, depth = 1;

    /* Without escapes and line ends the bytes stand for themselves. */
    while (at < l->in.len && p[at] != '\\' && p[at] != '(' && p[at] != ')' && p[at] != '\r')
        at++;
    t.kind = PDF_TOK_STRING;
    if (at < l->in.len && p[at] == ')') {
        t.text = (struct bytes){p + start, at - start};
        l->at = at + 1;
        return t;
    }
    buf_reset(&l->text);
    buf_put(&l->text, (struct bytes){p + start, at - start});
    while (at < l->in.len) {
        uint8_t c = p[at++];

        if (c == '\\') {
            at += escape(&l->text, p + at, l->in.len - at);
            continue;
        }
        if (c == '(')
            depth++;
        if (c == ')' && --depth == 0)
            break;
        if (c == '\r') {
            at += at < l->in.len && p[at] == '\n';
            c = '\n';
        }
        buf_put_u8(&l->text, c);
    }
    l->at = at;
    t.text = buf_bytes(&l->text);
    return t;
}

static struct pdf_token delimiter(struct pdf_lex *l, struct pdf_token t, enum pdf_tok kind, size_t len)
{
    t.kind = kind;
    t.text = bytes_part(l->in, l->at, len);
    l->at += len;
    return t;
}

struct pdf_token pdf_lex_next(struct pdf_lex *l)
{
    struct pdf_token t = {.kind = PDF_TOK_END};
    uint8_t c, second;

    skip_space(l);
    t.at = l->at;
    if (l->at >= l->in.len)
        return t;
    c = l->in.at[l->at];
    second = l->at + 1 < l->in.len ? l->in.at[l->at + 1] : 0;
    switch (c) {
    case '/':
        return name(l, t);
    case '(':
        return literal_string(l, t);
    case '<':
        return second == '<' ? delimiter(l, t, PDF_TOK_DICT, 2) : hex_string(l, t);
    case '>':
        return second == '>' ? delimiter(l, t, PDF_TOK_DICT_END, 2) : delimiter(l, t, PDF_TOK_WORD, 1);
    case '[':
        return delimiter(l, t, PDF_TOK_ARRAY, 1);
    case ']':
        return delimiter(l, t, PDF_TOK_ARRAY_END, 1);
    case '{':
        return delimiter(l, t, PDF_TOK_BRACE, 1);
    case '}':
        return delimiter(l, t, PDF_TOK_BRACE_END, 1);
    case ')':
        return delimiter(l, t, PDF_TOK_WORD, 1);
    default:
        return word(l, t);
    }
}
