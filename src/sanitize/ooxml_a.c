/* DrawingML. */
#include "sanitize/ooxml_vocab.h"

static const char *const a_uris[] = {
    "http://schemas.openxmlformats.org/drawingml/2006/main",
    "http://purl.oclc.org/ooxml/drawingml/main",
    NULL};

static const char *const a_more_uris[] = {
    "http://schemas.microsoft.com/office/drawing/2010/main",
    "http://schemas.microsoft.com/office/drawing/2012/main",
    "http://schemas.microsoft.com/office/drawing/2014/main",
    "http://schemas.microsoft.com/office/drawing/2016/11/main",
    "http://schemas.microsoft.com/office/drawing/2017/decorative",
    "http://schemas.microsoft.com/office/drawing/2010/slicer",
    "http://schemas.microsoft.com/office/thememl/2012/main",
    "http://schemas.microsoft.com/office/drawing/2018/sketchyshapes",
    "http://schemas.openxmlformats.org/drawingml/2006/lockedCanvas",
    "http://schemas.openxmlformats.org/drawingml/2006/compatibility",
    NULL};

static const char *const pic_uris[] = {
    "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "http://purl.oclc.org/ooxml/drawingml/picture",
    NULL};

static const char *const dgm_uris[] = {
    "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    "http://purl.oclc.org/ooxml/drawingml/diagram",
    "http://schemas.microsoft.com/office/drawing/2008/diagram",
    "http://schemas.microsoft.com/office/drawing/2010/diagram",
    "http://schemas.microsoft.com/office/drawing/2016/12/diagram",
    NULL};

const struct ooxml_vocab ooxml_a = {.uris = a_uris};
const struct ooxml_vocab ooxml_a_more = {.uris = a_more_uris};
const struct ooxml_vocab ooxml_pic = {.uris = pic_uris};
const struct ooxml_vocab ooxml_dgm = {.uris = dgm_uris};
