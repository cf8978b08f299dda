#include "format/ps.h"

static bool is_space(uint8_t c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0;
}

static bool is_regular(uint8_t c)
{
    return !is_space(c) && (c == 0 || strchr("()<>[]{}/%", c) == NULL);
}

static bool is_digit(uint8_t c)
{
    return c >= '0' && c <= '9';
}

static void skip_space(struct ps *p)
{
    while (p->at < p->in.len) {
        uint8_t c = p->in.at[p->at];

        if (c == '%')
            while (p->at < p->in.len && p->in.at[p->at] != '\n' && p->in.at[p->at] != '\r')
                p->at++;
        else if (is_space(c) || c == ')' || c == '}') /* nothing is open that they could close */
            p->at++;
        else
            break;
    }
}

/* The end of a string whose '(' was read, at its ')' or the end of the input. */
static size_t string_end(struct bytes in, size_t at)
{
    size_t depth = 1;

    for (; at < in.len; at++) {
        if (in.at[at] == '\\')
            at++;
        else if (in.at[at] == '(')
            depth++;
        else if (in.at[at] == ')' && --depth == 0)
            break;
    }
    return at < in.len ? at : in.len;
}

/* The end of a procedure whose '{' was read, at its '}' or the end of the input. */
static size_t proc_end(struct bytes in, size_t at)
{
    size_t depth = 1;

    for (; at < in.len; at++) {
        uint8_t c = in.at[at];

        if (c == '(')
            at = string_end(in, at + 1);
        else if (c == '%')
            while (at + 1 < in.len && in.at[at] != '\n' && in.at[at] != '\r')
                at++;
        else if (c == '{')
            depth++;
        else if (c == '}' && --depth == 0)
            break;
    }
    return at < in.len ? at : in.len;
}

static size_t hex_end(struct bytes in, size_t at)
{
    size_t end = bytes_find_byte(in, '>', at);

    return end < in.len ? end : in.len;
}

static struct ps_token take(struct ps *p, enum ps_kind kind, size_t from, size_t end, size_t closing)
{
    p->at = end + closing < p->in.len ? end + closing : p->in.len;
    return (struct ps_token){kind, bytes_part(p->in, from, end - from)};
}

static struct ps_token take_regular(struct ps *p, enum ps_kind kind, size_t from)
{
    size_t end = from;

    while (end < p->in.len && is_regular(p->in.at[end]))
        end++;
    return take(p, kind, from, end, 0);
}

struct ps_token ps_next(struct ps *p)
{
    size_t from;
    uint8_t c, next;

    skip_space(p);
    from = p->at + 1;
    if (p->at >= p->in.len)
        return (struct ps_token){.kind = PS_END};
    c = p->in.at[p->at];
    next = from < p->in.len ? p->in.at[from] : 0;
    switch (c) {
    case '(':
        return take(p, PS_STRING, from, string_end(p->in, from), 1);
    case '{':
        return take(p, PS_PROC, from, proc_end(p->in, from), 1);
    case '<':
        if (next == '<')
            return take(p, PS_DICT_OPEN, from, from, 1);
        return take(p, PS_HEX, from, hex_end(p->in, from), 1);
    case '>':
        return take(p, PS_DICT_CLOSE, from, from, next == '>');
    case '[':
        return take(p, PS_OPEN, from, from, 0);
    case ']':
        return take(p, PS_CLOSE, from, from, 0);
    case '/':
        return take_regular(p, PS_NAME, next == '/' ? from + 1 : from);
    default:
        return take_regular(p, PS_WORD, p->at);
    }
}

int ps_hex(uint8_t c)
{
    if (is_digit(c))
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool ps_is(struct ps_token t, const char *word)
{
    return t.kind == PS_WORD && bytes_equal(t.text, bytes_of(word));
}

bool ps_int(struct ps_token t, int32_t *ret_value)
{
    bool minus = t.text.len > 0 && t.text.at[0] == '-';
    bool sign = minus || (t.text.len > 0 && t.text.at[0] == '+');
    uint64_t v;

    if (t.kind != PS_WORD || !bytes_to_u64(bytes_from(t.text, sign), &v) || v > INT32_MAX)
        return false;
    *ret_value = minus ? -(int32_t)v : (int32_t)v;
    return true;
}

bool ps_number(struct ps_token t)
{
    size_t i = 0, digits = 0;
    struct bytes b = t.text;

    if (t.kind != PS_WORD || b.len == 0 || b.len > 32)
        return false;
    i += b.at[0] == '-' || b.at[0] == '+';
    for (; i < b.len && is_digit(b.at[i]); i++)
        digits++;
    if (i < b.len && b.at[i] == '.')
        for (i++; i < b.len && is_digit(b.at[i]); i++)
            digits++;
    if (digits == 0)
        return false;
    if (i < b.len && (b.at[i] == 'e' || b.at[i] == 'E')) {
        i++;
        i += i < b.len && (b.at[i] == '-' || b.at[i] == '+');
        if (i == b.len)
            return false;
        while (i < b.len && is_digit(b.at[i]))
            i++;
    }
    return i == b.len;
}
