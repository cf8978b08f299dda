/* WordprocessingML: what may stand in a Word document.
 * Source: ECMA-376 Part 1 17; MS-DOCX 2.  Rows O06, O08-O14, O21, O22. */
#include "sanitize/ooxml_field.h"
#include "sanitize/ooxml_vocab.h"
#include "sanitize/ooxml_w_name.h"

static const char *const w_uris[] = {"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                                     "http://purl.oclc.org/ooxml/wordprocessingml/main", NULL};

static bool removes(const struct ooxml_filter *f, enum row row)
{
    return profile_choice(f->c->profile, row) == CHOICE_REMOVE;
}

static bool is_w(const struct xml_name *name, const char *local)
{
    return ooxml_filter_is(name, &ooxml_w, local);
}

/* An on/off property: absent value and 1, true, on mean on. */
static bool is_on(const struct xml_tag *tag)
{
    const struct xml_attr *val = ooxml_filter_attr(tag, "val");

    return val == NULL || bytes_equal(val->value, BYTES("1")) || bytes_equal(val->value, BYTES("true")) ||
           bytes_equal(val->value, BYTES("on"));
}

/* A run: nothing of it is shown inside the instruction of a forbidden field, or in a deleted row. */
static enum err run_child(struct ooxml_filter *f, struct xml_tag *tag, enum ooxml_what *what, struct fault *why)
{
    (void)why;
    if (f->state[OOXML_STATE_WORD] == NULL || is_w(tag->name, "rPr") || is_w(tag->name, "fldChar"))
        return OK;
    if (ooxml_field_hidden(f))
        *what = OOXML_DROP_SILENT;
    return OK;
}

/* Hidden text: of a run it goes; what a style hides is shown, for who bears the style is not known here.  (Not
 * the mark of a paragraph, which only joins it to the next.) */
static enum err vanish(struct ooxml_filter *f, struct xml_tag *tag, enum ooxml_what *what, struct fault *why)
{
    bool run = f->depth >= 2 && is_w(f->levels[f->depth - 2].read, "r");

    (void)why;
    if (!is_on(tag) || (!run && !ooxml_filter_inside(f, &ooxml_w, "style")))
        return OK;
    ooxml_filter_found(f, ROW_O22, removes(f, ROW_O22) ? ACT_REMOVED : ACT_KEPT, tag->name->qname);
    if (!removes(f, ROW_O22))
        return OK;
    if (run)
        f->levels[f->depth - 2].drop_rest = true;
    *what = OOXML_DROP_SILENT; /* an empty run is not hidden text */
    return OK;
}

/* Tracked changes.  When they go, they are accepted: what was inserted stays, what was deleted goes. */
static enum err change(struct ooxml_filter *f, struct xml_tag *tag, enum ooxml_what *what, enum ooxml_what accepted)
{
    ooxml_filter_found(f, ROW_O21, removes(f, ROW_O21) ? ACT_REMOVED : ACT_KEPT, tag->name->qname);
    if (removes(f, ROW_O21))
        *what = accepted;
    return OK;
}

static enum err inserted(struct ooxml_filter *f, struct xml_tag *tag, enum ooxml_what *what, struct fault *why)
{
    (void)why;
    return change(f, tag, what, OOXML_UNWRAP_SILENT);
}

static enum err deleted(struct ooxml_filter *f, struct xml_tag *tag, enum ooxml_what *what, struct fault *why)
{
    const struct ooxml_level *around = ooxml_filter_level(f);

    (void)why;
    if (removes(f, ROW_O21) && around != NULL && is_w(around->read, "trPr") && f->depth >= 2)
        f->levels[f->depth - 2].note = 1; /* the row: its cells lose their text */
    return change(f, tag, what, OOXML_DROP_SILENT);
}

static enum err run_start(struct ooxml_filter *f, struct xml_tag *tag, enum ooxml_what *what, struct fault *why)
{
    (void)tag, (void)why;
    for (uint32_t i = f->depth; removes(f, ROW_O21) && i-- > 0;)
        if (f->levels[i].note != 0 && is_w(f->levels[i].read, "tr"))
            *what = OOXML_DROP_SILENT;
    return OK;
}

/* Anchors of comments go where the comments went. */
static enum err comment_anchor(struct ooxml_filter *f, struct xml_tag *tag, enum ooxml_what *what, struct fault *why)
{
    (void)tag, (void)why;
    if (removes(f, ROW_O21) || ooxml_package_kind(f->package, OOXML_WORD_COMMENTS) == NULL)
        *what = OOXML_DROP_SILENT;
    return OK;
}

/* The object is gone (O10): what is left is a picture. */
static enum err object_start(struct ooxml_filter *f, struct xml_tag *tag, enum ooxml_what *what, struct fault *why)
{
    (void)what, (void)why;
    ooxml_filter_found(f, ROW_O10, ACT_NEUTRALIZED, tag->name->qname);
    tag->name = ooxml_filter_rename(f, tag->name, "pict");
    tag->attr_count = 0;
    return OK;
}

#define GOES(tag, r) {.name = tag, .what = OOXML_DROP, .row = ROW_##r}
#define QUIET(tag) {.name = tag, .what = OOXML_DROP_SILENT}
#define CHANGE(tag, fn) {.name = tag, .row = ROW_O21, .start = fn}

static const struct ooxml_rule w_rules[] = {
    {.name = "r", .start = run_start, .child = run_child},
    {.name = "fldChar", .row = ROW_O13, .start = ooxml_field_char},
    {.name = "instrText", .row = ROW_O13, .start = ooxml_field_instr},
    {.name = "delInstrText", .row = ROW_O13, .start = ooxml_field_instr},
    {.name = "fldSimple", .row = ROW_O13, .start = ooxml_field_simple},
    {.name = "hyperlink", .row = ROW_O11, .lost = OOXML_UNWRAP_SILENT},
    {.name = "object", .row = ROW_O10, .prune = true, .start = object_start},
    {.name = "pict", .prune = true},
    {.name = "drawing", .prune = true},
    {.name = "vanish", .row = ROW_O22, .start = vanish},
    GOES("fldData", O13),
    GOES("entryMacro", O08),
    GOES("exitMacro", O08),
    GOES("control", O09),
    GOES("objectEmbed", O10),
    GOES("objectLink", O10),
    GOES("movie", O20),
    GOES("attachedTemplate", O11),
    GOES("mailMerge", O11),
    GOES("attachedSchema", O11),
    GOES("saveThroughXslt", O12),
    QUIET("useXSLTWhenSaving"),
    GOES("altChunk", O14),
    GOES("subDoc", O14),
    GOES("frameset", O14),
    GOES("contentPart", O17),
    GOES("docVars", O21),
    GOES("dataBinding", O21),
    QUIET("rsids"),
    QUIET("rsid"),
    {.name = "customXml", .what = OOXML_UNWRAP, .row = ROW_O21},
    {.name = "smartTag", .what = OOXML_UNWRAP, .row = ROW_O21},
    QUIET("customXmlPr"),
    QUIET("smartTagPr"),
    QUIET("smartTagType"),
    CHANGE("ins", inserted),
    CHANGE("moveTo", inserted),
    CHANGE("del", deleted),
    CHANGE("moveFrom", deleted),
    CHANGE("moveFromRangeStart", deleted),
    CHANGE("moveFromRangeEnd", deleted),
    CHANGE("moveToRangeStart", deleted),
    CHANGE("moveToRangeEnd", deleted),
    CHANGE("rPrChange", deleted),
    CHANGE("pPrChange", deleted),
    CHANGE("sectPrChange", deleted),
    CHANGE("tblPrChange", deleted),
    CHANGE("tblGridChange", deleted),
    CHANGE("tblPrExChange", deleted),
    CHANGE("trPrChange", deleted),
    CHANGE("tcPrChange", deleted),
    CHANGE("numberingChange", deleted),
    CHANGE("cellIns", deleted),
    CHANGE("cellDel", deleted),
    CHANGE("cellMerge", deleted),
    {.name = "commentRangeStart", .start = comment_anchor},
    {.name = "commentRangeEnd", .start = comment_anchor},
    {.name = "commentReference", .start = comment_anchor},
};

/* Marks of editing sessions say who wrote what together with whom (O21). */
#define SESSION(attr) {.name = attr, .row = ROW_O21, .silent = true}

/* A place in the document the link leads to, not another document. */
static enum err place(struct ooxml_filter *f, struct xml_tag *tag, struct xml_attr *attr, bool *keep, struct fault *why)
{
    (void)f, (void)tag, (void)why;
    for (size_t i = 0; i < attr->value.len; i++)
        if (attr->value.at[i] == '\\' || attr->value.at[i] == '/' || attr->value.at[i] == ':')
            *keep = false;
    return OK;
}

static const struct ooxml_attr_rule w_attrs[] = {
    {NULL, "docLocation", .row = ROW_O11, .fn = place},
    SESSION("rsidR"),   SESSION("rsidRPr"), SESSION("rsidRDefault"), SESSION("rsidP"),
    SESSION("rsidDel"), SESSION("rsidTr"),  SESSION("rsidSect"),
};

const struct ooxml_vocab ooxml_w = {
    .uris = w_uris, .names = ooxml_w_name, .name_count = countof(ooxml_w_name), .names_attrs = true, .rules = w_rules,
    .rule_count = countof(w_rules), .attrs = w_attrs, .attr_count = countof(w_attrs)};

/* ---- what later versions of Word added, and its drawings ---- */

static const char *const more_uris[] = {
    "http://schemas.microsoft.com/office/word/2010/wordml",
    "http://schemas.microsoft.com/office/word/2012/wordml",
    "http://schemas.microsoft.com/office/word/2015/wordml/symex",
    "http://schemas.microsoft.com/office/word/2016/wordml/cid",
    "http://schemas.microsoft.com/office/word/2018/wordml",
    "http://schemas.microsoft.com/office/word/2018/wordml/cex",
    "http://schemas.microsoft.com/office/word/2020/wordml/sdtdatahash",
    "http://schemas.microsoft.com/office/word/2023/wordml/word16du",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas",
    NULL};

static const struct ooxml_rule more_rules[] = {
    GOES("contentPart", O17),
    GOES("webExtensionLinked", O17),
    GOES("webExtensionCreated", O17),
    GOES("dataBinding", O21),
    {.name = "graphicFrame", .whole = true},
};

const struct ooxml_vocab ooxml_w_more = {
    .uris = more_uris, .names = ooxml_w_name_more, .name_count = countof(ooxml_w_name_more), .names_attrs = true, .rules = more_rules,
    .rule_count = countof(more_rules)};

static const char *const wp_uris[] = {"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
                                      "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing", NULL};

/* A drawing is what it shows: without it the anchor goes too. */
static const struct ooxml_rule wp_rules[] = {
    {.name = "inline", .whole = true},
    {.name = "anchor", .whole = true},
};

const struct ooxml_vocab ooxml_wp = {
    .uris = wp_uris, .names = ooxml_w_name_wp, .name_count = countof(ooxml_w_name_wp), .rules = wp_rules,
    .rule_count = countof(wp_rules)};

static const char *const m_uris[] = {"http://schemas.openxmlformats.org/officeDocument/2006/math",
                                     "http://purl.oclc.org/ooxml/officeDocument/math", NULL};

const struct ooxml_vocab ooxml_m = {
    .uris = m_uris, .names = ooxml_w_name_m, .name_count = countof(ooxml_w_name_m), .names_attrs = true};
