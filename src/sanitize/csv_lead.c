#include "sanitize/csv_lead.h"

#include "text/charset.h"

enum { UNIT_MAX = 8, LETTERS_MAX = 4 };

/* Full-width forms of ASCII (U+FF01–FF5E) read as what they show; the ideographic space as a space. */
static uint32_t narrow(uint32_t c)
{
    if (c >= 0xff01 && c <= 0xff5e)
        return c - 0xfee0;
    if (c == 0x3000 || c == 0xa0)
        return ' ';
    return c == 0x2212 ? '-' : c == 0xffe5 ? 0xa5 : c;
}

/* The character at `*at`, narrowed; moves on. */
static uint32_t next(struct bytes cell, size_t *at)
{
    size_t len;
    uint32_t c = charset_get(bytes_from(cell, *at), &len);

    *at += len;
    return narrow(c);
}

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_space(uint32_t c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool is_sign(uint32_t c)
{
    return c == '=' || c == '+' || c == '-' || c == '@';
}

/* Where the first character stands that decides. */
static size_t skip(struct bytes cell, bool quotes)
{
    size_t at = 0;

    while (at < cell.len) {
        size_t was = at;
        uint32_t c = next(cell, &at);

        if (!is_space(c) && !(quotes && c == '"'))
            return was;
    }
    return cell.len;
}

/* ASCII that stands in numbers, dates and telephone numbers; nothing of it calls or refers. */
static bool in_number(uint32_t c)
{
    return is_digit(c) || c == ',' || c == '.' || c == '(' || c == ')' || c == '-' || c == '/' || c == ':' || c == ' ' ||
           c == '%' || c == '$' || c == '\\' || c == 0xa5;
}

/* A unit behind a number: a few letters, or a few characters of Japanese. */
static bool is_unit(struct bytes rest)
{
    unsigned count = 0, letters = 0;

    for (size_t at = 0; at < rest.len; count++) {
        uint32_t c = next(rest, &at);

        letters += is_letter(c);
        if (!is_letter(c) && c != '%' && c != 0x2103 && c != 0x2109 && !(c >= 0x3000 && c < 0xa000) && !(c >= 0xff66 && c < 0xffa0))
            return false;
    }
    return count <= UNIT_MAX && letters <= LETTERS_MAX;
}

static bool is_number(struct bytes cell)
{
    bool digits = false, exponent = false;

    cell = bytes_trim(cell);
    for (size_t at = 0; at < cell.len;) {
        size_t was = at;
        uint32_t c = next(cell, &at);

        if (is_digit(c))
            digits = true;
        else if (was == 0 && (c == '+' || c == '-'))
            continue;
        else if ((c == 'e' || c == 'E') && digits && !exponent && at < cell.len &&
                 (cell.at[at] == '+' || cell.at[at] == '-' || is_digit(cell.at[at]))) {
            exponent = true;
            at += !is_digit(cell.at[at]);
        } else if (!in_number(c))
            return digits && is_unit(bytes_from(cell, was));
    }
    return digits;
}

/* "---" or "＝＝＝" draw a line. */
static bool is_ruler(struct bytes cell)
{
    for (size_t at = 0; at < cell.len;) {
        uint32_t c = next(cell, &at);

        if (!is_sign(c) && !is_space(c) && c != '*' && c != '_' && c != '.' && c != '~' && c != 0x30fc)
            return false;
    }
    return true;
}

/* ="…" with nothing inside that computes, quotes or separates. */
static bool is_text(struct bytes cell, struct bytes *ret_text)
{
    struct bytes text = {0};

    if (!bytes_starts(cell, BYTES("=\"")) || !bytes_ends(cell, BYTES("\"")) || cell.len < 4)
        return false;
    text = bytes_part(cell, 2, cell.len - 3);
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] < ' ' || strchr("\"',;&|!", text.at[i]) != NULL)
            return false;
    if (csv_lead(text, &(struct bytes){0}) != CSV_LEAD_NONE)
        return false;
    *ret_text = text;
    return true;
}

enum csv_lead csv_lead(struct bytes cell, struct bytes *ret_text)
{
    size_t at = skip(cell, true), after = at;

    if (cell.len == 0 || (cell.at[0] >= 'A' && cell.at[0] < 0x80))
        return CSV_LEAD_NONE;
    if (at == cell.len)
        return CSV_LEAD_NONE;
    if (!is_sign(next(cell, &after)))
        return (cell.at[0] == '\t' || cell.at[0] == '\r') && !is_number(cell) ? CSV_LEAD_FORMULA : CSV_LEAD_NONE;
    if (is_text(bytes_trim(cell), ret_text))
        return CSV_LEAD_TEXT;
    return is_number(bytes_from(cell, at)) || is_ruler(bytes_from(cell, at)) ? CSV_LEAD_NONE : CSV_LEAD_FORMULA;
}

static bool parts(uint8_t c)
{
    return c == ',' || c == ';' || c == '\t' || c == '\n' || c == '\r';
}

/* Inside a cell, a part that could begin one elsewhere: only what can call or refer is worth a change. */
static bool part_is_formula(struct bytes part)
{
    size_t at = skip(part, true), i = at;
    bool reaches = false;

    if (at == part.len || !is_sign(next(part, &i)))
        return false;
    while (i < part.len && !reaches) {
        uint32_t c = next(part, &i);

        reaches = c == '(' || c == '|' || c == '!' || c == '[';
    }
    return reaches && !is_number(bytes_from(part, at));
}

static bool put_parts(struct bytes cell, struct buf *out)
{
    bool changed = false;

    for (size_t at = 0; at < cell.len;) {
        size_t end = at;

        while (end < cell.len && !parts(cell.at[end]))
            end++;
        if (at > 0 && part_is_formula(bytes_part(cell, at, end - at))) {
            buf_put_u8(out, '\'');
            changed = true;
        }
        end += end < cell.len;
        buf_put(out, bytes_part(cell, at, end - at));
        at = end;
    }
    return changed;
}

static bool has_parts(struct bytes cell)
{
    for (size_t i = 0; i < cell.len; i++)
        if (parts(cell.at[i]))
            return true;
    return false;
}

/* An apostrophe in front of what was appended from `from` on. */
static void put_in_front(struct buf *out, size_t from)
{
    size_t len = out->len - from;

    buf_put_u8(out, '\'');
    if (out->full)
        return;
    memmove(out->at + from + 1, out->at + from, len);
    out->at[from] = '\'';
}

bool csv_lead_neutralize(struct bytes cell, struct buf *out)
{
    size_t from = out->len;
    bool changed = false;
    struct bytes text;
    enum csv_lead lead = csv_lead(cell, &text);

    if (lead == CSV_LEAD_TEXT) {
        buf_put(out, text);
        return true;
    }
    if (has_parts(cell))
        changed = put_parts(cell, out);
    else
        buf_put(out, cell);
    if (changed) /* what was a number may be none with an apostrophe inside */
        lead = csv_lead(bytes_from(buf_bytes(out), from), &text);
    if (lead == CSV_LEAD_NONE)
        return changed;
    put_in_front(out, from);
    return true;
}
