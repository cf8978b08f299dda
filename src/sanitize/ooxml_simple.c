/* Vocabularies that need no rules of their own: what they hold is inert. */
#include "sanitize/ooxml_vocab.h"

static const char *const r_uris[] = {
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
    NULL};

static const char *const m_uris[] = {
    "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "http://purl.oclc.org/ooxml/officeDocument/math",
    NULL};

const struct ooxml_vocab ooxml_r = {.uris = r_uris};
const struct ooxml_vocab ooxml_m = {.uris = m_uris};
