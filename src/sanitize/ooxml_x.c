/* SpreadsheetML. */
#include "sanitize/ooxml_vocab.h"

static const char *const x_uris[] = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
    NULL};

static const char *const x_more_uris[] = {
    "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main",
    "http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac",
    "http://schemas.microsoft.com/office/spreadsheetml/2010/11/main",
    "http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac",
    "http://schemas.microsoft.com/office/spreadsheetml/2014/revision",
    "http://schemas.microsoft.com/office/spreadsheetml/2015/revision2",
    "http://schemas.microsoft.com/office/spreadsheetml/2016/revision3",
    "http://schemas.microsoft.com/office/spreadsheetml/2016/revision6",
    "http://schemas.microsoft.com/office/spreadsheetml/2016/revision10",
    "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments",
    "http://schemas.microsoft.com/office/spreadsheetml/2018/calcfeatures",
    "http://schemas.microsoft.com/office/spreadsheetml/2014/11/main",
    "http://schemas.microsoft.com/office/excel/2006/main",
    NULL};

static const char *const xdr_uris[] = {
    "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
    "http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing",
    NULL};

const struct ooxml_vocab ooxml_x = {.uris = x_uris};
const struct ooxml_vocab ooxml_x_more = {.uris = x_more_uris};
const struct ooxml_vocab ooxml_xdr = {.uris = xdr_uris};
