/* PresentationML. */
#include "sanitize/ooxml_vocab.h"

static const char *const p_uris[] = {
    "http://schemas.openxmlformats.org/presentationml/2006/main",
    "http://purl.oclc.org/ooxml/presentationml/main",
    NULL};

static const char *const p_more_uris[] = {
    "http://schemas.microsoft.com/office/powerpoint/2010/main",
    "http://schemas.microsoft.com/office/powerpoint/2012/main",
    "http://schemas.microsoft.com/office/powerpoint/2012/roamingSettings",
    "http://schemas.microsoft.com/office/powerpoint/2015/09/main",
    "http://schemas.microsoft.com/office/powerpoint/2018/8/main",
    NULL};

const struct ooxml_vocab ooxml_p = {.uris = p_uris};
const struct ooxml_vocab ooxml_p_more = {.uris = p_more_uris};
