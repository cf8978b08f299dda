/* What later versions of Excel put beside SpreadsheetML, and the anchors of drawings on sheets.
 * Source: MS-XLSX 2.6; ECMA-376 Part 1 20.5.  Rows O08, O15, O17. */
#include "sanitize/ooxml_judge.h"
#include "sanitize/ooxml_vocab.h"

static const char *const more_uris[] = {
    "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main",
    "http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac",
    "http://schemas.microsoft.com/office/spreadsheetml/2010/11/main",
    "http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac",
    "http://schemas.microsoft.com/office/spreadsheetml/2014/revision",
    "http://schemas.microsoft.com/office/spreadsheetml/2014/11/main",
    "http://schemas.microsoft.com/office/spreadsheetml/2015/revision2",
    "http://schemas.microsoft.com/office/spreadsheetml/2016/revision3",
    "http://schemas.microsoft.com/office/spreadsheetml/2016/revision6",
    "http://schemas.microsoft.com/office/spreadsheetml/2016/revision10",
    "http://schemas.microsoft.com/office/spreadsheetml/2017/dynamicarray",
    "http://schemas.microsoft.com/office/spreadsheetml/2018/calcfeatures",
    "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments",
    "http://schemas.microsoft.com/office/excel/2006/main",
    "http://schemas.microsoft.com/office/mac/excel/2008/main",
    "http://schemas.libreoffice.org/",
    NULL};

static const char *const xdr_uris[] = {"http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
                                       "http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing", NULL};

static const char *const more_names[] = {
    "ThreadedComments", "axisColor", "borderColor", "cacheField", "cacheHierarchy", "calcFeatures", "cfIcon", "cfRule",
    "cfvo", "color", "colorAxis", "colorFirst", "colorHigh", "colorLast", "colorLow", "colorMarkers", "colorNegative",
    "colorScale", "colorSeries", "conditionalFormatting", "conditionalFormattings", "customFilter", "customFilters",
    "dataBar", "dataField", "dataValidation", "dataValidations", "dxf", "dxfs", "dynamicArrayProperties", "ext",
    "extCalcPr", "extLst", "f", "feature", "fillColor", "filter", "formula1", "formula2", "iconFilter", "iconSet", "id",
    "ignoredError", "ignoredErrors", "mention", "mentions", "negativeBorderColor", "negativeFillColor", "person",
    "personList", "pivotCacheDefinition", "pivotField", "pivotHierarchy", "pivotTableDefinition", "protectedRange",
    "protectedRanges", "sortCondition", "sparkline", "sparklineGroup", "sparklineGroups", "sparklines", "sqref",
    "table", "text", "threadedComment", "workbookPr",
};

static const char *const xdr_names[] = {
    "absoluteAnchor", "blipFill", "cNvCxnSpPr", "cNvGraphicFramePr", "cNvGrpSpPr", "cNvPicPr", "cNvPr", "cNvSpPr",
    "clientData", "col", "colOff", "cxnSp", "ext", "from", "graphicFrame", "grpSp", "grpSpPr", "nvCxnSpPr",
    "nvGraphicFramePr", "nvGrpSpPr", "nvPicPr", "nvSpPr", "oneCellAnchor", "pic", "pos", "row", "rowOff", "sp", "spPr",
    "style", "to", "twoCellAnchor", "txBody", "wsDr", "xfrm",
};

static const struct ooxml_rule more_rules[] = {
    {.name = "macrosheet", .what = OOXML_DROP, .row = ROW_O07},
    {.name = "ArchID", .what = OOXML_DROP_SILENT},
    {.name = "PLV", .what = OOXML_DROP_SILENT}, /* the page layout view of another edition */
    {.name = "revisionPtr", .what = OOXML_DROP_SILENT},
    {.name = "slicerStyles", .what = OOXML_DROP_SILENT}, /* names of looks; slicers themselves are reported */
    {.name = "timelineStyles", .what = OOXML_DROP_SILENT},
    {.name = "absPath", .what = OOXML_DROP, .row = ROW_O21},
    {.name = "f", .judge = ooxml_judge_condition},
    {.name = "conditionalFormattings", .prune = true},
    {.name = "conditionalFormatting", .prune = true},
    {.name = "cfRule", .whole = true},
    {.name = "dataValidations", .prune = true},
    {.name = "dataValidation", .whole = true},
    {.name = "sparklineGroups", .prune = true},
    {.name = "sparklineGroup", .whole = true, .end = ooxml_judge_child_lost},
    {.name = "sparklines", .prune = true},
    {.name = "sparkline", .whole = true},
    {.name = "ignoredErrors", .prune = true},
    {.name = "ext", .prune = true},
    {.name = "extLst", .prune = true},
};

static const struct ooxml_attr_rule more_attrs[] = {
    {"dataValidations", "count", .silent = true},
};

static const struct ooxml_rule xdr_rules[] = {
    {.name = "twoCellAnchor", .whole = true, .end = ooxml_judge_child_lost},
    {.name = "oneCellAnchor", .whole = true, .end = ooxml_judge_child_lost},
    {.name = "absoluteAnchor", .whole = true, .end = ooxml_judge_child_lost},
    {.name = "graphicFrame", .whole = true, .end = ooxml_judge_child_lost},
    {.name = "contentPart", .what = OOXML_DROP, .row = ROW_O17},
};

static const struct ooxml_attr_rule xdr_attrs[] = {
    {NULL, "macro", .row = ROW_O08, .fn = ooxml_judge_macro},
    {NULL, "textlink", .row = ROW_O15, .fn = ooxml_judge_attr},
    {NULL, "fPublished", .silent = true},
};

const struct ooxml_vocab ooxml_x_more = {
    .uris = more_uris, .names = more_names, .name_count = countof(more_names), .rules = more_rules,
    .rule_count = countof(more_rules), .attrs = more_attrs, .attr_count = countof(more_attrs)};

const struct ooxml_vocab ooxml_xdr = {
    .uris = xdr_uris, .names = xdr_names, .name_count = countof(xdr_names), .rules = xdr_rules,
    .rule_count = countof(xdr_rules), .attrs = xdr_attrs, .attr_count = countof(xdr_attrs)};
