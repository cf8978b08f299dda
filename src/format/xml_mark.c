#include "format/xml_mark.h"

enum xml_mark xml_mark_of(struct bytes rest)
{
    static const struct {
        struct bytes head;
        enum xml_mark kind;
    } heads[] = {{{(const uint8_t *)"<!--", 4}, XML_MARK_COMMENT},
                 {{(const uint8_t *)"<![CDATA[", 9}, XML_MARK_CDATA},
                 {{(const uint8_t *)"<!DOCTYPE", 9}, XML_MARK_DOCTYPE}};

    if (rest.len < 2)
        return XML_MARK_SHORT;
    if (rest.at[1] == '/')
        return XML_MARK_END;
    if (rest.at[1] == '?')
        return XML_MARK_PI;
    if (rest.at[1] != '!')
        return XML_MARK_START;
    for (size_t i = 0; i < countof(heads); i++) {
        if (bytes_starts(rest, heads[i].head))
            return heads[i].kind;
        if (bytes_starts(heads[i].head, rest))
            return XML_MARK_SHORT;
    }
    return XML_MARK_WRONG;
}

/* Where a start tag that begins at `from` ends ('>'), quotes respected; NULL when not in the window. */
static const uint8_t *tag_end(const uint8_t *from, const uint8_t *end)
{
    for (const uint8_t *c = from; c < end; c++) {
        if (*c == '>' || *c == '<')
            return c;
        if (*c == '"' || *c == '\'') {
            c = memchr(c + 1, *c, (size_t)(end - c) - 1);
            if (c == NULL)
                return NULL;
        }
    }
    return NULL;
}

const uint8_t *xml_mark_end(enum xml_mark kind, struct bytes rest)
{
    struct bytes mark = kind == XML_MARK_PI ? BYTES("?>") : kind == XML_MARK_COMMENT ? BYTES("-->") : BYTES(">");
    size_t found;

    if (kind == XML_MARK_START)
        return tag_end(rest.at + 1, rest.at + rest.len);
    found = bytes_find(rest, mark, kind == XML_MARK_COMMENT ? 4 : 2);
    return found == SIZE_MAX ? NULL : rest.at + found + mark.len - 1;
}

struct bytes xml_mark_value(struct bytes decl, struct bytes name)
{
    size_t at = bytes_find(decl, name, 0);
    struct bytes rest;
    size_t end;

    if (at == SIZE_MAX || at == 0 || decl.at[at - 1] > ' ')
        return (struct bytes){0};
    rest = bytes_trim(bytes_from(decl, at + name.len));
    if (rest.len == 0 || rest.at[0] != '=')
        return (struct bytes){0};
    rest = bytes_trim(bytes_from(rest, 1));
    if (rest.len < 2 || (rest.at[0] != '"' && rest.at[0] != '\''))
        return (struct bytes){0};
    end = bytes_find_byte(rest, rest.at[0], 1);
    return end == SIZE_MAX ? (struct bytes){0} : bytes_part(rest, 1, end - 1);
}
