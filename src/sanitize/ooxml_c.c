/* Charts and the drawings on them.  The points stay as cached; what they were computed from goes.
 * Source: ECMA-376 Part 1 21.2, 21.3; MS-ODRAWXML 2.24.  Rows O08, O10, O15. */
#include "sanitize/ooxml_judge.h"
#include "sanitize/ooxml_vocab.h"

static const char *const c_uris[] = {"http://schemas.openxmlformats.org/drawingml/2006/chart",
                                     "http://purl.oclc.org/ooxml/drawingml/chart",
                                     "http://schemas.openxmlformats.org/drawingml/2006/chartDrawing",
                                     "http://purl.oclc.org/ooxml/drawingml/chartDrawing", NULL};

static const char *const more_uris[] = {
    "http://schemas.microsoft.com/office/drawing/2007/8/2/chart",
    "http://schemas.microsoft.com/office/drawing/2012/chart",
    "http://schemas.microsoft.com/office/drawing/2012/chartStyle",
    "http://schemas.microsoft.com/office/drawing/2014/chart",
    "http://schemas.microsoft.com/office/drawing/2014/chart/ac",
    "http://schemas.microsoft.com/office/drawing/2014/chartex",
    "http://schemas.microsoft.com/office/drawing/2015/06/chart",
    "http://schemas.microsoft.com/office/drawing/2015/9/8/chartex",
    "http://schemas.microsoft.com/office/drawing/2015/10/21/chartex",
    "http://schemas.microsoft.com/office/drawing/2016/5/9/chartex",
    "http://schemas.microsoft.com/office/drawing/2016/5/10/chartex",
    "http://schemas.microsoft.com/office/drawing/2016/5/11/chartex",
    "http://schemas.microsoft.com/office/drawing/2016/5/12/chartex",
    "http://schemas.microsoft.com/office/drawing/2016/5/13/chartex",
    "http://schemas.microsoft.com/office/drawing/2016/5/14/chartex",
    "http://schemas.microsoft.com/office/drawing/2017/03/chart",
    NULL};

static const char *const c_names[] = {
    "absSizeAnchor", "applyToEnd", "applyToFront", "applyToSides", "area3DChart", "areaChart", "auto",
    "autoTitleDeleted", "axId", "axPos", "b", "backWall", "backward", "bandFmt", "bandFmts", "bar3DChart", "barChart",
    "barDir", "baseTimeUnit", "blipFill", "bubble3D", "bubbleChart", "bubbleScale", "bubbleSize", "builtInUnit",
    "cNvCxnSpPr", "cNvGraphicFramePr", "cNvGrpSpPr", "cNvPicPr", "cNvPr", "cNvSpPr", "cat", "catAx", "chart",
    "chartObject", "chartSpace", "clrMapOvr", "copies", "crossAx", "crossBetween", "crosses", "crossesAt", "custSplit",
    "custUnit", "cxnSp", "dLbl", "dLblPos", "dLbls", "dPt", "dTable", "data", "date1904", "dateAx", "delete",
    "depthPercent", "dispBlanksAs", "dispEq", "dispRSqr", "dispUnits", "dispUnitsLbl", "doughnutChart", "downBars",
    "dropLines", "errBarType", "errBars", "errDir", "errValType", "evenFooter", "evenHeader", "explosion", "ext",
    "extLst", "f", "firstFooter", "firstHeader", "firstSliceAng", "floor", "fmtId", "footer", "formatCode",
    "formatting", "forward", "from", "gapDepth", "gapWidth", "graphicFrame", "grouping", "grpSp", "grpSpPr", "h",
    "hMode", "hPercent", "header", "headerFooter", "hiLowLines", "holeSize", "idx", "intercept", "invertIfNegative",
    "l", "lang", "layout", "layoutTarget", "lblAlgn", "lblOffset", "leaderLines", "legacyDrawingHF", "legend",
    "legendEntry", "legendPos", "line3DChart", "lineChart", "logBase", "lvl", "majorGridlines", "majorTickMark",
    "majorTimeUnit", "majorUnit", "manualLayout", "marker", "max", "min", "minorGridlines", "minorTickMark",
    "minorTimeUnit", "minorUnit", "minus", "multiLvlStrCache", "multiLvlStrRef", "name", "noEndCap", "noMultiLvlLbl",
    "numCache", "numFmt", "numLit", "numRef", "nvCxnSpPr", "nvGraphicFramePr", "nvGrpSpPr", "nvPicPr", "nvSpPr",
    "oddFooter", "oddHeader", "ofPieChart", "ofPieType", "order", "orientation", "overlap", "overlay", "pageMargins",
    "pageSetup", "paperSize", "period", "perspective", "pic", "pictureFormat", "pictureOptions", "pictureStackUnit",
    "pie3DChart", "pieChart", "pivotFmt", "pivotFmts", "pivotSource", "plotArea", "plotVisOnly", "plus",
    "printSettings", "protection", "pt", "ptCount", "r", "rAngAx", "radarChart", "radarStyle", "relSizeAnchor", "rich",
    "rotX", "rotY", "roundedCorners", "scaling", "scatterChart", "scatterStyle", "secondPiePt", "secondPieSize",
    "selection", "separator", "ser", "serAx", "serLines", "shape", "showBubbleSize", "showCatName", "showDLblsOverMax",
    "showHorzBorder", "showKeys", "showLeaderLines", "showLegendKey", "showNegBubbles", "showOutline", "showPercent",
    "showSerName", "showVal", "showVertBorder", "sideWall", "size", "sizeRepresents", "smooth", "sp", "spPr",
    "splitPos", "splitType", "stockChart", "strCache", "strLit", "strRef", "style", "surface3DChart", "surfaceChart",
    "symbol", "t", "thickness", "tickLblPos", "tickLblSkip", "tickMarkSkip", "title", "to", "trendline", "trendlineLbl",
    "trendlineType", "tx", "txBody", "txPr", "upBars", "upDownBars", "userInterface", "userShapes", "v", "val", "valAx",
    "varyColors", "view3D", "w", "wMode", "wireframe", "x", "xMode", "xVal", "xfrm", "y", "yMode", "yVal",
};

static const char *const more_names[] = {
    "address", "aggregation", "autoCat", "axis", "axisId", "axisTitle", "binCount", "binSize", "binary", "binning",
    "bodyPr", "bubble3D", "cat", "catScaling", "categoryAxis", "categoryFilterException", "categoryFilterExceptions",
    "chart", "chartArea", "chartData", "chartSpace", "chartStyle", "clear", "clrMapOvr", "colorStyle", "copyright",
    "copyrights", "dLbl", "data", "dataDisplayOptions16", "dataId", "dataLabel", "dataLabelCallout", "dataLabelHidden",
    "dataLabels", "dataPoint", "dataPoint3D", "dataPointLine", "dataPointMarker", "dataPointMarkerLayout",
    "dataPointWireframe", "dataPt", "dataSeries", "dataTable", "datalabelsRange", "datapointuniqueidmap", "defRPr",
    "dispNaAsBlank", "dlblFTEntry", "dlblFieldTable", "dlblFieldTableCache", "dlblRangeCache", "downBar", "dropLine",
    "dropZoneCategories", "dropZoneData", "dropZoneFilter", "dropZoneSeries", "dropZonesVisible", "effectRef",
    "entityType", "errorBar", "evenFooter", "evenHeader", "explosion", "ext", "extLst", "extremeValue", "f", "fillRef",
    "filteredAreaSeries", "filteredBarSeries", "filteredBubbleSeries", "filteredCategoryTitle", "filteredLineSeries",
    "filteredLitCache", "filteredPieSeries", "filteredRadarSeries", "filteredScatterSeries", "filteredSeriesTitle",
    "filteredSurfaceSeries", "firstFooter", "firstHeader", "floor", "fmtOvr", "fmtOvrs", "fontRef", "formulaRef",
    "fullRef", "geoCache", "geoChildEntities", "geoChildEntitiesQueryResult", "geoChildEntitiesQueryResults",
    "geoChildTypes", "geoData", "geoDataEntityQueryResult", "geoDataEntityQueryResults",
    "geoDataPointToEntityQueryResult", "geoDataPointToEntityQueryResults", "geoEntity", "geoHierarchyEntity",
    "geoLocation", "geoLocationQueryResult", "geoLocationQueryResults", "geoLocations", "geoParentEntitiesQueryResult",
    "geoParentEntitiesQueryResults", "geoParentEntity", "geoPolygon", "geoPolygons", "geography", "gridlineMajor",
    "gridlineMinor", "headerFooter", "hiLoLine", "idx", "inSketchMode", "invertIfNegative", "invertSolidFillFmt",
    "layout", "layoutPr", "leaderLine", "leaderLines", "legend", "levelRef", "lineWidthScale", "literalDataChart",
    "lnRef", "lvl", "majorGridlines", "majorTickMarks", "marker", "max", "maxColor", "mid", "midColor", "min",
    "minColor", "minorGridlines", "minorTickMarks", "multiLvlStrCache", "nf", "numCache", "numDim", "numFmt", "number",
    "oddFooter", "oddHeader", "pageMargins", "pageSetup", "parentLabelLayout", "percent", "pivotOptions",
    "pivotOptions16", "pivotSource", "plotArea", "plotArea3D", "plotAreaRegion", "plotSurface", "printSettings", "pt",
    "ptentry", "ptidx", "regionLabelLayout", "rich", "separator", "ser", "series", "seriesAxis", "seriesLine",
    "showDataLabelsRange", "showExpandCollapseFieldButtons", "showLeaderLines", "showSketchBtn", "sketchOptions",
    "spPr", "sqref", "statistics", "strCache", "strDim", "style", "styleClr", "subtotals", "tickLabels", "title",
    "trendline", "trendlineLabel", "tx", "txData", "txPr", "txfldGUID", "uniqueID", "uniqueId", "units", "unitsLabel",
    "upBar", "v", "valScaling", "valueAxis", "valueColorPositions", "valueColors", "variation", "view3D", "visibility",
    "wall", "xForSave",
};

/* A chart of a pivot table that went is a chart of its cached points. */
static enum err pivot_start(struct ooxml_filter *f, struct xml_tag *tag, enum ooxml_what *what, struct fault *why)
{
    (void)tag, (void)why;
    if (f->shared[OOXML_STATE_DRAWING] != NULL)
        *what = OOXML_DROP_SILENT;
    return OK;
}

static const struct ooxml_rule c_rules[] = {
    {.name = "pivotSource", .start = pivot_start},
    {.name = "pivotFmts", .start = pivot_start},
    {.name = "f", .judge = ooxml_judge_series},
    {.name = "externalData", .what = OOXML_DROP_SILENT}, /* its relationship is reported */
    {.name = "autoUpdate", .what = OOXML_DROP_SILENT},
    {.name = "pageSetup", .lost = OOXML_STRIP},
    {.name = "relSizeAnchor", .whole = true, .end = ooxml_judge_child_lost},
    {.name = "absSizeAnchor", .whole = true, .end = ooxml_judge_child_lost},
    {.name = "graphicFrame", .whole = true, .end = ooxml_judge_child_lost},
    {.name = "ext", .prune = true},
    {.name = "extLst", .prune = true},
};

static const struct ooxml_attr_rule c_attrs[] = {
    {NULL, "macro", .row = ROW_O08, .fn = ooxml_judge_macro},
    {NULL, "textlink", .row = ROW_O15, .fn = ooxml_judge_attr},
    {NULL, "fPublished", .silent = true},
};

static const struct ooxml_rule more_rules[] = {
    {.name = "f", .judge = ooxml_judge_series},
    {.name = "sqref", .judge = ooxml_judge_series},
    {.name = "externalData", .what = OOXML_DROP_SILENT},
    {.name = "autoUpdate", .what = OOXML_DROP_SILENT},
    {.name = "pageSetup", .lost = OOXML_STRIP},
    {.name = "ext", .prune = true},
    {.name = "extLst", .prune = true},
};

const struct ooxml_vocab ooxml_c = {
    .uris = c_uris, .names = c_names, .name_count = countof(c_names), .rules = c_rules,
    .rule_count = countof(c_rules), .attrs = c_attrs, .attr_count = countof(c_attrs)};

const struct ooxml_vocab ooxml_c_more = {
    .uris = more_uris, .names = more_names, .name_count = countof(more_names), .rules = more_rules,
    .rule_count = countof(more_rules)};
