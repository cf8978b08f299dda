/* Attributes only: ids of relationships. */
#include "sanitize/ooxml_vocab.h"

static const char *const r_uris[] = {"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                                     "http://purl.oclc.org/ooxml/officeDocument/relationships", NULL};
static const char *const r_names[] = {""};

const struct ooxml_vocab ooxml_r = {.uris = r_uris, .names = r_names, .name_count = 0};
