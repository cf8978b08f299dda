/* The words of XML: names, white space, references.  Works on checked UTF-8 that ends with a byte
 * which is neither a name character nor white space (the reader's window always does). */
#pragma once

#include "base/bytes.h"
#include "base/err.h"

static inline bool xml_lex_space(uint8_t c)
{
    return c == ' ' || c == '\n' || c == '\t';
}

static inline size_t xml_lex_spaces(const uint8_t *at)
{
    size_t n = 0;

    while (xml_lex_space(at[n]))
        n++;
    return n;
}

/* The name at `at` (empty when there is none) and its hash for xml_name_find. */
struct bytes xml_lex_name(const uint8_t *at, uint32_t *ret_hash);

/* Decode the references in a text where it stands: it only gets shorter.
 *
 * row  of a reference to an entity other than the five of XML
 * at   offset of the text, for the fault
 *
 * Errors:  DENIED     an entity
 *          MALFORMED  a lone & or a reference to no character of XML */
enum err xml_lex_unescape(uint8_t *text, size_t *len, const char *row, size_t at, struct fault *why) must_use;
