#include "sanitize/svg_css.h"

#include "sanitize/svg_allow.h"

static bool is_space(uint8_t c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool is_word(uint8_t c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' ||
           c >= 0x80;
}

bool svg_css_name(struct bytes name)
{
    for (size_t i = 0; i < name.len; i++)
        if (!is_word(name.at[i]) && name.at[i] != '.' && name.at[i] != ':')
            return false;
    return name.len > 0;
}

/* Behind the comment, string or single byte at `at`; SIZE_MAX when it does not end. */
static size_t past(struct bytes text, size_t at)
{
    uint8_t c = text.at[at];

    if (c == '/' && at + 1 < text.len && text.at[at + 1] == '*') {
        at = bytes_find(text, BYTES("*/"), at + 2);
        return at == SIZE_MAX ? SIZE_MAX : at + 2;
    }
    if (c == '"' || c == '\'') {
        at = bytes_find_byte(text, c, at + 1);
        return at == SIZE_MAX ? SIZE_MAX : at + 1;
    }
    return at + 1;
}

/* The first of the bytes `stops` outside strings, comments and parentheses; the end when there is none. */
static size_t find_stop(struct bytes text, size_t at, const char *stops)
{
    size_t depth = 0;

    while (at < text.len) {
        uint8_t c = text.at[at];

        if (c != '\0' && depth == 0 && strchr(stops, c) != NULL)
            return at;
        depth += c == '(';
        depth -= c == ')' && depth > 0;
        at = past(text, at);
        if (at == SIZE_MAX)
            return text.len;
    }
    return text.len;
}

/* --- values --- */

/* The word that ends at `at`, white space between allowed. */
static struct bytes word_before(struct bytes value, size_t at)
{
    size_t end = at, begin;

    while (end > 0 && is_space(value.at[end - 1]))
        end--;
    begin = end;
    while (begin > 0 && is_word(value.at[begin - 1]))
        begin--;
    return bytes_part(value, begin, end - begin);
}

/* The name in url( #name ), with or without quotes; sets `at` behind the parenthesis. */
static bool take_url(struct bytes value, size_t *at, struct bytes *ret_name)
{
    size_t end = bytes_find_byte(value, ')', *at);
    struct bytes inner;

    if (end == SIZE_MAX)
        return false;
    inner = bytes_trim(bytes_part(value, *at, end - *at));
    if (inner.len >= 2 && (inner.at[0] == '"' || inner.at[0] == '\'') && inner.at[inner.len - 1] == inner.at[0])
        inner = bytes_part(inner, 1, inner.len - 2);
    if (inner.len < 2 || inner.at[0] != '#' || !svg_css_name(bytes_from(inner, 1)))
        return false;
    *ret_name = bytes_from(inner, 1);
    *at = end + 1;
    return true;
}

static bool copy_string(struct svg_css *css, struct bytes value, size_t *at)
{
    size_t end = past(value, *at);
    struct bytes whole;

    if (end == SIZE_MAX)
        return false;
    whole = bytes_part(value, *at, end - *at);
    for (size_t i = 0; i < whole.len; i++)
        if (whole.at[i] < 0x20 || whole.at[i] == '\\' || whole.at[i] == '<')
            return false;
    buf_put(css->out, whole);
    *at = end;
    return true;
}

/* After "(": a function of the list, a group, or a reference within the file. */
static bool take_function(struct svg_css *css, struct bytes value, size_t *at)
{
    struct bytes word = word_before(value, *at), name;

    ++*at;
    if (bytes_equal_fold(word, BYTES("url"))) {
        if (!take_url(value, at, &name)) {
            css->lost_urls++;
            return false;
        }
        buf_put_text(css->out, "(#");
        buf_put(css->out, name);
        buf_put_u8(css->out, ')');
        css->ref(css->ctx, name);
        return true;
    }
    buf_put_u8(css->out, '(');
    return word.len == 0 || svg_allow_function(word);
}

static bool copy_value(struct svg_css *css, struct bytes value)
{
    size_t at = 0;

    while (at < value.len) {
        uint8_t c = value.at[at];

        if (c == '"' || c == '\'') {
            if (!copy_string(css, value, &at))
                return false;
        } else if (c == '(') {
            if (!take_function(css, value, &at))
                return false;
        } else if (c == '/' && at + 1 < value.len && value.at[at + 1] == '*') {
            at = past(value, at);
            if (at == SIZE_MAX)
                return false;
            buf_put_u8(css->out, ' ');
        } else if (is_space(c)) {
            buf_put_u8(css->out, ' ');
            at++;
        } else if (c < 0x20 || strchr("\\<>@{}", c) != NULL) {
            return false;
        } else {
            buf_put_u8(css->out, c);
            at++;
        }
    }
    return true;
}

static bool has_context(struct bytes value)
{
    for (size_t i = 0; i < value.len; i++)
        if ((value.at[i] | 0x20) == 'c' && bytes_starts_fold(bytes_from(value, i), BYTES("context-")))
            return true;
    return false;
}

bool svg_css_value(struct svg_css *css, struct bytes value)
{
    size_t len = css->out->len;
    uint32_t urls = css->lost_urls;

    if (copy_value(css, value)) {
        css->contexts = css->contexts || has_context(bytes_from(buf_bytes(css->out), len));
        return true;
    }
    css->out->len = len;
    css->lost_other += css->lost_urls == urls;
    return false;
}

/* --- declarations --- */

static void drop_spaces(struct buf *b, size_t from)
{
    while (b->len > from && is_space(b->at[b->len - 1]))
        b->len--;
}

static void put_lower(struct buf *b, struct bytes name)
{
    for (size_t i = 0; i < name.len; i++)
        buf_put_u8(b, (uint8_t)(name.at[i] >= 'A' && name.at[i] <= 'Z' ? name.at[i] + 32 : name.at[i]));
}

/* Without comments and white space in front. */
static struct bytes trim_comments(struct bytes text)
{
    for (;;) {
        size_t end;

        text = bytes_trim(text);
        if (!bytes_starts(text, BYTES("/*")))
            return text;
        end = past(text, 0);
        text = bytes_from(text, end);
    }
}

/* "name : value", appended with ";" in front of all but the first (at `first`). */
static void take_declaration(struct svg_css *css, struct bytes text, size_t first)
{
    size_t colon = bytes_find_byte(text, ':', 0), len = css->out->len, value;
    struct bytes name;

    if (text.len == 0)
        return;
    name = bytes_trim(bytes_part(text, 0, colon == SIZE_MAX ? 0 : colon));
    if (!svg_allow_property(name)) {
        /* vendor properties are no loss anybody sees; variables are */
        css->lost_other += name.len > 0 && (name.at[0] != '-' || bytes_starts(name, BYTES("--")));
        return;
    }
    if (len > first)
        buf_put_u8(css->out, ';');
    css->property = name;
    put_lower(css->out, name);
    buf_put_u8(css->out, ':');
    value = css->out->len;
    if (!svg_css_value(css, trim_comments(bytes_from(text, colon + 1)))) {
        css->out->len = len;
        return;
    }
    drop_spaces(css->out, value);
    if (css->out->len == value)
        css->out->len = len;
}

void svg_css_declarations(struct svg_css *css, struct bytes text)
{
    size_t at = 0, first = css->out->len;

    while (at < text.len) {
        size_t end = find_stop(text, at, ";");

        take_declaration(css, trim_comments(bytes_part(text, at, end - at)), first);
        at = end + 1;
    }
}

/* --- sheets --- */

static bool selector_fits(struct bytes s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.at[i] < 0x20 ? !is_space(s.at[i])
                           : s.at[i] < 0x80 && !is_word(s.at[i]) && !is_space(s.at[i]) && strchr(".#,>+~*:()[]=^$|\"'", s.at[i]) == NULL)
            return false;
    return s.len > 0;
}

/* White space as single spaces. */
static void put_selector(struct buf *b, struct bytes s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!is_space(s.at[i]))
            buf_put_u8(b, s.at[i]);
        else if (!is_space(s.at[i - 1]))
            buf_put_u8(b, ' ');
}

/* Behind the block whose "{" is at `at`, blocks inside included. */
static size_t past_block(struct bytes text, size_t at)
{
    size_t depth = 0;

    while (at < text.len) {
        depth += text.at[at] == '{';
        if (text.at[at] == '}' && --depth == 0)
            return at + 1;
        at = past(text, at);
        if (at == SIZE_MAX)
            break;
    }
    return text.len;
}

static void take_rule(struct svg_css *css, struct bytes selector, struct bytes block)
{
    size_t len = css->out->len, inner;

    if (!selector_fits(selector)) {
        css->lost_other++;
        return;
    }
    put_selector(css->out, selector);
    buf_put_u8(css->out, '{');
    inner = css->out->len;
    css->selector = selector;
    svg_css_declarations(css, block);
    css->selector = (struct bytes){0};
    if (css->out->len == inner)
        css->out->len = len; /* an empty rule says nothing */
    else
        buf_put_u8(css->out, '}');
}

/* The words that hide a sheet from HTML readers of long ago mean nothing. */
static struct bytes trim_cdo(struct bytes text)
{
    for (;;) {
        text = trim_comments(text);
        if (bytes_starts(text, BYTES("<!--")))
            text = bytes_from(text, 4);
        else if (bytes_starts(text, BYTES("-->")))
            text = bytes_from(text, 3);
        else
            return text;
    }
}

void svg_css_sheet(struct svg_css *css, struct bytes text)
{
    for (text = trim_cdo(text); text.len > 0; text = trim_cdo(text)) {
        size_t open = find_stop(text, 0, text.at[0] == '@' ? "{;" : "{"), end;

        if (open == text.len) {
            css->lost_other++;
            return;
        }
        if (text.at[open] == ';') {
            css->lost_rules++;
            text = bytes_from(text, open + 1);
            continue;
        }
        end = past_block(text, open);
        if (text.at[0] == '@')
            css->lost_rules++;
        else
            take_rule(css, bytes_trim(bytes_part(text, 0, open)),
                      bytes_part(text, open + 1, end - open - (end > open + 1 && text.at[end - 1] == '}' ? 2 : 1)));
        text = bytes_from(text, end);
    }
}
