/* DrawingML: shapes, pictures, text, themes, diagrams.
 * Source: ECMA-376 Part 1 20, 21.4; MS-ODRAWXML 2.  Rows O11, O17, O18, O20. */
#include "sanitize/ooxml_judge.h"
#include "sanitize/ooxml_vocab.h"

static const char *const a_uris[] = {"http://schemas.openxmlformats.org/drawingml/2006/main",
                                     "http://purl.oclc.org/ooxml/drawingml/main", NULL};

static const char *const more_uris[] = {
    "http://schemas.microsoft.com/office/drawing/2010/main",
    "http://schemas.microsoft.com/office/drawing/2012/main",
    "http://schemas.microsoft.com/office/drawing/2014/main",
    "http://schemas.microsoft.com/office/drawing/2016/11/main",
    "http://schemas.microsoft.com/office/drawing/2017/decorative",
    "http://schemas.microsoft.com/office/drawing/2018/sketchyshapes",
    "http://schemas.microsoft.com/office/thememl/2012/main",
    "http://schemas.openxmlformats.org/drawingml/2006/lockedCanvas",
    "http://schemas.openxmlformats.org/drawingml/2006/compatibility",
    NULL};

static const char *const pic_uris[] = {"http://schemas.openxmlformats.org/drawingml/2006/picture",
                                       "http://purl.oclc.org/ooxml/drawingml/picture", NULL};

static const char *const dgm_uris[] = {
    "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    "http://purl.oclc.org/ooxml/drawingml/diagram",
    "http://schemas.microsoft.com/office/drawing/2008/diagram",
    "http://schemas.microsoft.com/office/drawing/2010/diagram",
    "http://schemas.microsoft.com/office/drawing/2016/12/diagram",
    NULL};

static const char *const a_names[] = {
    "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "ahLst", "ahPolar", "ahXY", "alpha",
    "alphaBiLevel", "alphaCeiling", "alphaFloor", "alphaInv", "alphaMod", "alphaModFix", "alphaOff", "alphaOutset",
    "alphaRepl", "arcTo", "avLst", "backdrop", "band1H", "band1V", "band2H", "band2V", "bevel", "bevelB", "bevelT",
    "bgClr", "bgFillStyleLst", "biLevel", "bldChart", "bldDgm", "blend", "blip", "blipFill", "blue", "blueMod",
    "blueOff", "blur", "bodyPr", "bottom", "br", "buAutoNum", "buBlip", "buChar", "buClr", "buClrTx", "buFont",
    "buFontTx", "buNone", "buSzPct", "buSzPts", "buSzTx", "cNvCxnSpPr", "cNvGraphicFramePr", "cNvGrpSpPr", "cNvPicPr",
    "cNvPr", "cNvSpPr", "camera", "cell3D", "chExt", "chOff", "chart", "close", "clrChange", "clrFrom", "clrMap",
    "clrRepl", "clrScheme", "clrTo", "comp", "cont", "contourClr", "cs", "cubicBezTo", "custClr", "custClrLst",
    "custDash", "custGeom", "cxn", "cxnLst", "cxnSp", "cxnSpLocks", "d", "defPPr", "defRPr", "dgm", "dk1", "dk2", "ds",
    "duotone", "ea", "effect", "effectDag", "effectLst", "effectRef", "effectStyle", "effectStyleLst", "end", "endCxn",
    "endParaRPr", "ext", "extLst", "extraClrScheme", "extraClrSchemeLst", "extrusionClr", "fgClr", "fill",
    "fillOverlay", "fillRect", "fillRef", "fillStyleLst", "fillToRect", "firstCol", "firstRow", "flatTx", "fld",
    "fmtScheme", "folHlink", "font", "fontRef", "fontScheme", "gamma", "gd", "gdLst", "glow", "gradFill", "graphic",
    "graphicData", "graphicFrame", "graphicFrameLocks", "gray", "grayscl", "green", "greenMod", "greenOff", "gridCol",
    "grpFill", "grpSp", "grpSpLocks", "grpSpPr", "gs", "gsLst", "headEnd", "highlight", "hlink", "hlinkClick",
    "hlinkHover", "hlinkMouseOver", "hsl", "hslClr", "hue", "hueMod", "hueOff", "innerShdw", "insideH", "insideV",
    "inv", "invGamma", "lastCol", "lastRow", "latin", "left", "lightRig", "lin", "ln", "lnB", "lnBlToTr", "lnDef",
    "lnL", "lnR", "lnRef", "lnSpc", "lnStyleLst", "lnT", "lnTlToBr", "lnTo", "lstStyle", "lt1", "lt2", "lum", "lumMod",
    "lumOff", "lvl1pPr", "lvl2pPr", "lvl3pPr", "lvl4pPr", "lvl5pPr", "lvl6pPr", "lvl7pPr", "lvl8pPr", "lvl9pPr",
    "majorFont", "masterClrMapping", "minorFont", "miter", "moveTo", "neCell", "noAutofit", "noFill", "norm",
    "normAutofit", "nvCxnSpPr", "nvGraphicFramePr", "nvGrpSpPr", "nvPicPr", "nvSpPr", "nwCell", "objectDefaults", "off",
    "outerShdw", "overrideClrMapping", "p", "pPr", "path", "pathLst", "pattFill", "pic", "picLocks", "pos", "prstClr",
    "prstDash", "prstGeom", "prstShdw", "prstTxWarp", "pt", "quadBezTo", "r", "rPr", "rect", "red", "redMod", "redOff",
    "reflection", "relOff", "right", "rot", "round", "rtl", "sat", "satMod", "satOff", "scene3d", "schemeClr",
    "scrgbClr", "seCell", "shade", "softEdge", "solidFill", "sp", "sp3d", "spAutoFit", "spDef", "spLocks", "spPr",
    "spcAft", "spcBef", "spcPct", "spcPts", "srcRect", "srgbClr", "st", "stCxn", "stretch", "style", "swCell", "sx",
    "sy", "sym", "sysClr", "t", "tab", "tabLst", "tableStyle", "tableStyleId", "tailEnd", "tbl", "tblBg", "tblGrid",
    "tblPr", "tblStyle", "tblStyleLst", "tc", "tcBdr", "tcPr", "tcStyle", "tcTxStyle", "theme", "themeElements",
    "themeManager", "themeOverride", "tile", "tileRect", "tint", "tl2br", "top", "tr", "tr2bl", "txBody", "txDef",
    "txSp", "uFill", "uFillTx", "uLn", "uLnTx", "up", "useSpRect", "val", "wholeTbl", "xfrm",
};

static const char *const more_names[] = {
    "artisticBlur", "artisticCement", "artisticChalkSketch", "artisticCrisscrossEtching", "artisticCutout",
    "artisticFilmGrain", "artisticGlass", "artisticGlowDiffused", "artisticGlowEdges", "artisticLightScreen",
    "artisticLineDrawing", "artisticMarker", "artisticMosiaicBubbles", "artisticPaintBrush", "artisticPaintStrokes",
    "artisticPastelsSmooth", "artisticPencilGrayscale", "artisticPencilSketch", "artisticPhotocopy",
    "artisticPlasticWrap", "artisticTexturizer", "artisticWatercolorSponge", "backgroundPr", "brightnessContrast",
    "colId", "colorTemperature", "compatExt", "creationId", "cxnDERefs", "decorative", "hiddenEffects", "hiddenFill",
    "hiddenLine", "hiddenScene3d", "hiddenSp3d", "imgEffect", "imgLayer", "imgProps", "isCanvas", "legacyDrawing",
    "lineSketchCurvedProps", "lineSketchFreehandProps", "lineSketchNoneProps", "lineSketchScribbleProps",
    "lineSketchSeed", "lineSketchStyleProps", "lockedCanvas", "m", "predDERef", "rowId", "saturation", "shadowObscured",
    "sharpenSoften", "themeFamily", "useLocalDpi",
};

static const char *const pic_names[] = {
    "blipFill", "cNvPicPr", "cNvPr", "nvPicPr", "pic", "spPr",
};

static const char *const dgm_names[] = {
    "adj", "adjLst", "alg", "animLvl", "animOne", "autoBuNodeInfo", "autoBuNodeInfoLst", "bg", "blip", "buPr",
    "bulletEnabled", "cNvGrpSpPr", "cNvPr", "cNvSpPr", "cat", "catLst", "chMax", "chPref", "choose", "clrData",
    "colorsDef", "colorsDefHdr", "colorsDefHdrLst", "constr", "constrLst", "cs", "cxn", "cxnLst", "dataModel",
    "dataModelExt", "desc", "dir", "dm", "drawing", "effectClrLst", "else", "ext", "extLst", "fillClrLst", "forEach",
    "grpSp", "grpSpPr", "hierBranch", "if", "layoutDef", "layoutDefHdr", "layoutDefHdrLst", "layoutNode", "linClrLst",
    "lo", "lstStyle", "minVer", "modelId", "name", "nvGrpSpPr", "nvSpPr", "orgChart", "parTransId", "param", "prSet",
    "presLayoutVars", "presOf", "pt", "ptLst", "qs", "relIds", "resizeHandles", "rule", "ruleLst", "sampData",
    "scene3d", "shape", "sp", "sp3d", "spPr", "spTree", "style", "styleData", "styleDef", "styleDefHdr",
    "styleDefHdrLst", "styleLbl", "t", "title", "txBody", "txEffectClrLst", "txFillClrLst", "txLinClrLst", "txPr",
    "txXfrm", "varLst", "whole",
};

/* A click may turn pages and nothing else; without an action it is a link, whose relationship has been judged. */
static enum err click_start(struct ooxml_filter *f, struct xml_tag *tag, enum ooxml_what *what, struct fault *why)
{
    static const char *const allowed[] = {"ppaction://noaction", "ppaction://hlinksldjump"};
    const struct xml_attr *action = ooxml_filter_attr(tag, "action");

    (void)f, (void)why;
    if (action == NULL || action->value.len == 0 || *what != OOXML_KEEP)
        return OK;
    for (size_t i = 0; i < countof(allowed); i++)
        if (bytes_equal(action->value, bytes_of(allowed[i])))
            return OK;
    if (!bytes_starts(action->value, BYTES("ppaction://hlinkshowjump?jump=")))
        *what = OOXML_DROP;
    return OK;
}

/* A frame whose content goes means nothing: it goes with it. */
static enum err data_end(struct ooxml_filter *f, struct fault *why)
{
    const struct ooxml_level *l = ooxml_filter_level(f);

    (void)why;
    if (l->held && l->lost_child)
        ooxml_judge_doom(f);
    return OK;
}

static const struct ooxml_rule a_rules[] = {
    {.name = "hlinkClick", .row = ROW_O18, .start = click_start},
    {.name = "hlinkHover", .row = ROW_O18, .start = click_start},
    {.name = "hlinkMouseOver", .row = ROW_O18, .start = click_start},
    {.name = "blip", .lost = OOXML_STRIP},
    {.name = "graphic", .prune = true},
    {.name = "graphicData", .prune = true, .end = data_end},
    {.name = "ext", .prune = true},
    {.name = "extLst", .prune = true},
    {.name = "audioCd", .what = OOXML_DROP, .row = ROW_O20},
    {.name = "audioFile", .what = OOXML_DROP, .row = ROW_O20},
    {.name = "wavAudioFile", .what = OOXML_DROP, .row = ROW_O20},
    {.name = "videoFile", .what = OOXML_DROP, .row = ROW_O20},
    {.name = "quickTimeFile", .what = OOXML_DROP, .row = ROW_O20},
    {.name = "snd", .what = OOXML_DROP, .row = ROW_O20},
};

static const struct ooxml_attr_rule a_attrs[] = {
    {"hlinkClick", "invalidUrl", .row = ROW_O11},      {"hlinkHover", "invalidUrl", .row = ROW_O11},
    {"hlinkMouseOver", "invalidUrl", .row = ROW_O11},  {"hlinkClick", "tgtFrame", .row = ROW_O11},
    {"hlinkHover", "tgtFrame", .row = ROW_O11},        {"hlinkMouseOver", "tgtFrame", .row = ROW_O11},
};

/* The layers behind a picture with artistic effects are HD Photo; the picture itself has the effect applied. */
static const struct ooxml_rule more_rules[] = {
    {.name = "imgProps", .prune = true},
    {.name = "ext", .prune = true},
    {.name = "extLst", .prune = true},
};

static const struct ooxml_rule dgm_rules[] = {
    {.name = "ext", .prune = true},
    {.name = "extLst", .prune = true},
};

const struct ooxml_vocab ooxml_a = {
    .uris = a_uris, .names = a_names, .name_count = countof(a_names), .rules = a_rules,
    .rule_count = countof(a_rules), .attrs = a_attrs, .attr_count = countof(a_attrs)};

const struct ooxml_vocab ooxml_a_more = {
    .uris = more_uris, .names = more_names, .name_count = countof(more_names), .rules = more_rules,
    .rule_count = countof(more_rules)};

const struct ooxml_vocab ooxml_pic = {.uris = pic_uris, .names = pic_names, .name_count = countof(pic_names)};

const struct ooxml_vocab ooxml_dgm = {
    .uris = dgm_uris, .names = dgm_names, .name_count = countof(dgm_names), .rules = dgm_rules,
    .rule_count = countof(dgm_rules)};
