/* VML and what Word, Excel and PowerPoint put into it.
 * Source: ECMA-376 Part 4 19; MS-OI29500 2.2.  Rows O08, O10, O11, O17. */
#include "sanitize/ooxml_judge.h"
#include "sanitize/ooxml_vocab.h"

static const char *const v_uris[] = {"urn:schemas-microsoft-com:vml", NULL};
static const char *const o_uris[] = {"urn:schemas-microsoft-com:office:office", NULL};
static const char *const vx_uris[] = {"urn:schemas-microsoft-com:office:word",
                                      "urn:schemas-microsoft-com:office:excel",
                                      "urn:schemas-microsoft-com:office:powerpoint", NULL};
static const char *const none_uris[] = {"", NULL};

static const char *const v_names[] = {
    "arc", "background", "curve", "f", "fill", "formulas", "group", "h", "handles", "image", "imagedata", "line",
    "oval", "path", "polyline", "rect", "roundrect", "shadow", "shape", "shapetype", "stroke", "textbox", "textpath",
};

static const char *const o_names[] = {
    "bottom", "callout", "clippath", "colormenu", "colormru", "column", "complex", "diagram", "entry", "extrusion",
    "fill", "idmap", "left", "lock", "proxy", "r", "regrouptable", "rel", "relationtable", "right", "rules",
    "shapedefaults", "shapelayout", "skew", "top",
};

static const char *const vx_names[] = {
    "Accel", "Accel2", "Anchor", "AutoFill", "AutoLine", "AutoPict", "AutoScale", "CF", "Camera", "Cancel", "Checked",
    "ClientData", "ColHidden", "Colored", "Column", "Default", "DefaultSize", "Disabled", "Dismiss", "DropLines",
    "DropStyle", "Dx", "FirstButton", "FmlaGroup", "FmlaLink", "FmlaPict", "FmlaRange", "FmlaTxbx", "Help", "Horiz",
    "Inc", "JustLastX", "LCT", "ListItem", "LockText", "Locked", "Max", "Min", "MoveWithCells", "MultiLine", "MultiSel",
    "NoThreeD", "NoThreeD2", "ObjectType", "Page", "PrintObject", "RecalcAlways", "Row", "RowHidden", "SecretEdit",
    "Sel", "SelType", "SizeWithCells", "TextHAlign", "TextVAlign", "UIObj", "VScroll", "VTEdit", "Val", "ValidIds",
    "Visible", "WidthMin", "anchorlock", "borderbottom", "borderleft", "borderright", "bordertop", "iscomment", "wrap",
};

/* Text in a VML box of a sheet is HTML without a namespace; the root of a VML part has none either. */
static const char *const none_names[] = {"b",    "br", "center", "div",    "font", "i",   "p",   "s",
                                         "span", "strike", "sub", "sup", "u", "xml"};

static enum err style(struct ooxml_filter *f, struct xml_tag *tag, struct xml_attr *attr, bool *keep, struct fault *why)
{
    (void)f, (void)tag, (void)why;
    *keep = bytes_find_fold(attr->value, BYTES("url("), 0) == SIZE_MAX &&
            bytes_find_fold(attr->value, BYTES("expression"), 0) == SIZE_MAX &&
            bytes_find_fold(attr->value, BYTES("behavior"), 0) == SIZE_MAX;
    return OK;
}

static enum err link(struct ooxml_filter *f, struct xml_tag *tag, struct xml_attr *attr, bool *keep, struct fault *why)
{
    (void)tag, (void)why;
    *keep = ooxml_filter_link(f, attr->value);
    return OK;
}

static const struct ooxml_rule v_rules[] = {
    {.name = "imagedata", .lost = OOXML_STRIP},
    {.name = "image", .lost = OOXML_STRIP},
    {.name = "fill", .lost = OOXML_STRIP},
    {.name = "stroke", .lost = OOXML_STRIP},
    {.name = "shape", .lost = OOXML_STRIP},
};

static const struct ooxml_attr_rule v_attrs[] = {
    {NULL, "style", .row = ROW_O11, .fn = style},  {NULL, "href", .row = ROW_O11, .fn = link},
    {NULL, "target", .silent = true},              {NULL, "src", .row = ROW_O11},
    {NULL, "equationxml", .row = ROW_O17},         {NULL, "gfxdata", .silent = true},
    {NULL, "movie", .row = ROW_O20},               {NULL, "button", .row = ROW_O08},
};

static const struct ooxml_rule o_rules[] = {
    {.name = "OLEObject", .what = OOXML_DROP, .row = ROW_O10},
    {.name = "ink", .what = OOXML_DROP, .row = ROW_O17},
    {.name = "signatureline", .what = OOXML_DROP, .row = ROW_G08},
    {.name = "fill", .lost = OOXML_STRIP},
    {.name = "left", .lost = OOXML_STRIP},
    {.name = "top", .lost = OOXML_STRIP},
    {.name = "right", .lost = OOXML_STRIP},
    {.name = "bottom", .lost = OOXML_STRIP},
    {.name = "column", .lost = OOXML_STRIP},
};

/* On elements of any vocabulary.  gfxdata is a zip in base64 that nobody sees; the shape itself follows. */
static const struct ooxml_attr_rule o_attrs[] = {
    {NULL, "href", .row = ROW_O11},                        {NULL, "althref", .row = ROW_O11},
    {NULL, "relid", .silent = true, .fn = ooxml_filter_attr_rel},
    {NULL, "gfxdata", .silent = true},                     {NULL, "ole", .silent = true},
    {NULL, "oleicon", .silent = true},                     {NULL, "button", .row = ROW_O08},
    {NULL, "doubleclicknotify", .row = ROW_O08},           {NULL, "singleclick", .row = ROW_O08},
    {NULL, "movie", .row = ROW_O20},                       {NULL, "src", .row = ROW_O11},
    {NULL, "equationxml", .row = ROW_O17},
};

static const struct ooxml_rule vx_rules[] = {
    {.name = "FmlaMacro", .what = OOXML_DROP, .row = ROW_O08},
    {.name = "ScriptText", .what = OOXML_DROP, .row = ROW_O08},
    {.name = "ScriptExtended", .what = OOXML_DROP, .row = ROW_O08},
    {.name = "ScriptLanguage", .what = OOXML_DROP, .row = ROW_O08},
    {.name = "ScriptLocation", .what = OOXML_DROP, .row = ROW_O08},
    {.name = "MapOCX", .what = OOXML_DROP, .row = ROW_O09},
    {.name = "DDE", .what = OOXML_DROP, .row = ROW_O16},
    {.name = "FmlaLink", .judge = ooxml_judge_formula},
    {.name = "FmlaPict", .judge = ooxml_judge_formula},
    {.name = "FmlaRange", .judge = ooxml_judge_formula},
    {.name = "FmlaGroup", .judge = ooxml_judge_formula},
    {.name = "FmlaTxbx", .judge = ooxml_judge_formula},
    {.name = "textdata", .what = OOXML_DROP, .row = ROW_O10},
};

static const struct ooxml_attr_rule none_attrs[] = {
    {NULL, "style", .row = ROW_O11, .fn = style},
    {NULL, "href", .row = ROW_O11},
    {NULL, "src", .row = ROW_O11},
};

const struct ooxml_vocab ooxml_v = {
    .uris = v_uris, .names = v_names, .name_count = countof(v_names), .rules = v_rules,
    .rule_count = countof(v_rules), .attrs = v_attrs, .attr_count = countof(v_attrs)};

const struct ooxml_vocab ooxml_o = {
    .uris = o_uris, .names = o_names, .name_count = countof(o_names), .rules = o_rules,
    .rule_count = countof(o_rules), .attrs = o_attrs, .attr_count = countof(o_attrs)};

const struct ooxml_vocab ooxml_vx = {
    .uris = vx_uris, .names = vx_names, .name_count = countof(vx_names), .rules = vx_rules,
    .rule_count = countof(vx_rules)};

const struct ooxml_vocab ooxml_none = {
    .uris = none_uris, .names = none_names, .name_count = countof(none_names), .attrs = none_attrs,
    .attr_count = countof(none_attrs)};
