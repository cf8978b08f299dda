/* SpreadsheetML: what may stand in a workbook, a sheet, a table, a pivot table.
 * Source: ECMA-376 Part 1 18; MS-XLSX 2.  Rows O07, O09, O10, O15, O16, O21, O22. */
#include "sanitize/ooxml_judge.h"
#include "sanitize/ooxml_vocab.h"

static const char *const uris[] = {"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                                   "http://purl.oclc.org/ooxml/spreadsheetml/main", NULL};

static const char *const names[] = {
    "alignment", "anchor", "author", "authors", "autoFilter", "autoSortScope", "b", "bgColor", "bk", "bookViews",
    "border", "borders", "bottom", "brk", "c", "cacheField", "cacheFields", "cacheHierarchies", "cacheHierarchy",
    "cacheSource", "calcPr", "calculatedColumnFormula", "calculatedItem", "calculatedItems", "calculatedMember",
    "calculatedMembers", "cellMetadata", "cellStyle", "cellStyleXfs", "cellStyles", "cellWatch", "cellWatches",
    "cellXfs", "cfRule", "cfvo", "charset", "chartFormat", "chartFormats", "chartsheet", "col", "colBreaks",
    "colFields", "colHierarchiesUsage", "colHierarchyUsage", "colItems", "color", "colorFilter", "colorScale", "colors",
    "cols", "comment", "commentList", "commentPr", "comments", "condense", "conditionalFormat", "conditionalFormats",
    "conditionalFormatting", "consolidation", "customFilter", "customFilters", "customSheetView", "customSheetViews",
    "customWorkbookView", "customWorkbookViews", "d", "dataBar", "dataConsolidate", "dataField", "dataFields",
    "dataRef", "dataRefs", "dataValidation", "dataValidations", "dateGroupItem", "definedName", "definedNames",
    "diagonal", "dimension", "dimensions", "discretePr", "drawing", "drawingHF", "dxf", "dxfs", "dynamicFilter", "e",
    "end", "entries", "evenFooter", "evenHeader", "ext", "extLst", "extend", "f", "family", "fgColor", "field",
    "fieldGroup", "fieldUsage", "fieldsUsage", "fileVersion", "fill", "fills", "filter", "filterColumn", "filters",
    "firstFooter", "firstHeader", "font", "fonts", "format", "formats", "formula", "formula1", "formula2", "from",
    "futureMetadata", "gradientFill", "group", "groupItems", "groupLevel", "groupLevels", "groupMember", "groupMembers",
    "groups", "headerFooter", "horizontal", "hyperlink", "hyperlinks", "i", "iconFilter", "iconSet", "ignoredError",
    "ignoredErrors", "indexedColors", "inputCells", "is", "item", "items", "k", "kpi", "kpis", "left", "legacyDrawing",
    "legacyDrawingHF", "location", "m", "map", "maps", "mdx", "mdxMetadata", "measureGroup", "measureGroups", "member",
    "members", "mergeCell", "mergeCells", "metadata", "metadataStrings", "metadataType", "metadataTypes", "mp", "mpMap",
    "mps", "mruColors", "ms", "n", "name", "numFmt", "numFmts", "oddFooter", "oddHeader", "outline", "outlinePr", "p",
    "page", "pageField", "pageFields", "pageItem", "pageMargins", "pageSetUpPr", "pageSetup", "pages", "pane",
    "patternFill", "phoneticPr", "picture", "pivotArea", "pivotAreas", "pivotCache", "pivotCacheDefinition",
    "pivotCacheRecords", "pivotCaches", "pivotField", "pivotFields", "pivotHierarchies", "pivotHierarchy",
    "pivotSelection", "pivotTableDefinition", "pivotTableStyleInfo", "printOptions", "protectedRange",
    "protectedRanges", "protection", "r", "rFont", "rPh", "rPr", "rangePr", "rangeSet", "rangeSets", "rc", "reference",
    "references", "rgbColor", "right", "row", "rowBreaks", "rowFields", "rowHierarchiesUsage", "rowHierarchyUsage",
    "rowItems", "s", "scenario", "scenarios", "scheme", "selection", "shadow", "sharedItems", "sheet", "sheetCalcPr",
    "sheetData", "sheetFormatPr", "sheetPr", "sheetProtection", "sheetView", "sheetViews", "sheets", "si",
    "sortCondition", "sortState", "sst", "start", "stop", "strike", "styleSheet", "sz", "t", "tabColor", "table",
    "tableColumn", "tableColumns", "tablePart", "tableParts", "tableStyle", "tableStyleElement", "tableStyleInfo",
    "tableStyles", "text", "to", "top", "top10", "totalsRowFormula", "tpl", "tpls", "u", "v", "valueMetadata",
    "vertAlign", "vertical", "workbook", "workbookPr", "workbookProtection", "workbookView", "worksheet",
    "worksheetSource", "x", "xf",
};

/* What is remembered of the part being filtered. */
struct sheet {
    char cell[16];        /* the address of the cell at hand */
    bool shared;          /* its formula is part of a shared one … */
    uint64_t group;       /* … with this number */
    struct map groups;    /* number → enum master */
    bool hidden_reported;
    struct bytes name;    /* of the defined name at hand */
};

/* What became of the cell that holds the text of a shared formula; kept as the value of a map. */
enum master { MASTER_UNSEEN, MASTER_STAYS, MASTER_GOES };

static struct bytes group_key(const uint64_t *group)
{
    return (struct bytes){(const uint8_t *)group, sizeof(*group)};
}

static struct sheet *sheet_of(struct ooxml_filter *f)
{
    struct sheet *s = f->state[OOXML_STATE_SHEET];

    if (s != NULL)
        return s;
    s = ARENA_NEW(f->scratch, struct sheet);
    map_init(&s->groups, f->scratch);
    f->state[OOXML_STATE_SHEET] = s;
    return s;
}

static bool is_true(const struct xml_tag *tag, const char *local)
{
    const struct xml_attr *a = ooxml_filter_attr(tag, local);

    return a != NULL && a->value.len > 0 && !bytes_equal(a->value, BYTES("0")) && !bytes_equal(a->value, BYTES("false"));
}

static enum err cell_start(struct ooxml_filter *f, struct xml_tag *tag, enum ooxml_what *what, struct fault *why)
{
    const struct xml_attr *r = ooxml_filter_attr(tag, "r");
    struct sheet *s = sheet_of(f);

    (void)what, (void)why;
    s->cell[0] = '\0';
    if (r == NULL || r->value.len >= sizeof(s->cell))
        return OK;
    memcpy(s->cell, r->value.at, r->value.len);
    s->cell[r->value.len] = '\0';
    return OK;
}

static enum err formula_start(struct ooxml_filter *f, struct xml_tag *tag, enum ooxml_what *what, struct fault *why)
{
    const struct xml_attr *si = ooxml_filter_attr(tag, "si");
    struct sheet *s = sheet_of(f);

    (void)what, (void)why;
    s->shared = ooxml_filter_attr_is(tag, "t", "shared");
    if (s->shared && (si == NULL || !bytes_to_u64(si->value, &s->group)))
        s->group = UINT64_MAX;
    return OK;
}

/* A cell of a shared formula has its text only at the master (18.3.1.40); what the master may not do, the
 * others may not either, and without a master there is nothing to share. */
static enum err formula_judge(struct ooxml_filter *f, struct buf *text, enum ooxml_what *what, struct fault *why)
{
    struct sheet *s = sheet_of(f);
    const char *hazard = ooxml_formula_hazard(buf_bytes(text), &ooxml_book_of(f)->scope);

    (void)why;
    if (s->shared && text->len > 0)
        *map_at(&s->groups, group_key(&s->group)) = (void *)(uintptr_t)(hazard == NULL ? MASTER_STAYS : MASTER_GOES);
    else if (s->shared && (uintptr_t)map_get(&s->groups, group_key(&s->group)) != MASTER_STAYS)
        hazard = "shared formula";
    if (hazard == NULL)
        return OK;
    ooxml_judge_found(f, s->cell, hazard);
    *what = OOXML_DROP_SILENT;
    return OK;
}

/* Rows and columns that are hidden hold values that formulas count: a profile that wants nothing hidden has them
 * shown, which changes no result. */
static enum err hidden_start(struct ooxml_filter *f, struct xml_tag *tag, enum ooxml_what *what, struct fault *why)
{
    struct sheet *s = sheet_of(f);
    bool show = profile_choice(f->c->profile, ROW_O22) == CHOICE_REMOVE;

    (void)what, (void)why;
    if (tag->attr_count == 0 || !is_true(tag, "hidden"))
        return OK;
    if (show)
        ooxml_filter_attr_drop(tag, ooxml_filter_attr(tag, "hidden"));
    if (!s->hidden_reported)
        ooxml_filter_found(f, ROW_O22, show ? ACT_NEUTRALIZED : ACT_KEPT, BYTES("hidden rows or columns"));
    s->hidden_reported = true;
    return OK;
}

static enum err sheet_start(struct ooxml_filter *f, struct xml_tag *tag, enum ooxml_what *what, struct fault *why)
{
    const struct xml_attr *name = ooxml_filter_attr(tag, "name");
    const struct xml_attr *state = ooxml_filter_attr(tag, "state");

    (void)why;
    if (*what == OOXML_KEEP && state != NULL && !bytes_equal(state->value, BYTES("visible")) && name != NULL)
        ooxml_filter_found(f, ROW_O22, ACT_KEPT, name->value);
    return OK;
}

static enum err name_start(struct ooxml_filter *f, struct xml_tag *tag, enum ooxml_what *what, struct fault *why)
{
    const struct ooxml_book *b = ooxml_book_of(f);
    enum ooxml_book_fate fate = ooxml_book_fate(b, tag);
    const struct xml_attr *name = ooxml_filter_attr(tag, "name");
    struct xml_attr *local = ooxml_filter_attr(tag, "localSheetId");
    struct sheet *s = sheet_of(f);
    uint32_t index;

    (void)why;
    s->name = name == NULL ? (struct bytes){0} : arena_copy(f->scratch, name->value);
    if (fate != OOXML_BOOK_STAYS) {
        if (fate != OOXML_BOOK_LOST_SHEET) /* the sheet has been reported */
            ooxml_filter_found(f, ROW_O07, ACT_REMOVED, s->name);
        *what = OOXML_DROP_SILENT;
        return OK;
    }
    if (local != NULL && ooxml_book_index(b, local->value, &index))
        local->value = bytes_of(arena_printf(f->scratch, "%u", index));
    return OK;
}

static enum err name_judge(struct ooxml_filter *f, struct buf *text, enum ooxml_what *what, struct fault *why)
{
    (void)why;
    if (ooxml_formula_hazard(buf_bytes(text), &ooxml_book_of(f)->scope) == NULL)
        return OK;
    ooxml_filter_found(f, ROW_O15, ACT_REMOVED, sheet_of(f)->name);
    *what = OOXML_DROP_SILENT;
    return OK;
}

/* Views of one person name sheets by number; when sheets went, the views go. */
static enum err views_start(struct ooxml_filter *f, struct xml_tag *tag, enum ooxml_what *what, struct fault *why)
{
    const struct ooxml_book *b = ooxml_book_of(f);

    (void)tag, (void)why;
    if (b->kept < b->sheet_count)
        *what = OOXML_DROP_SILENT;
    return OK;
}

static enum err tab(struct ooxml_filter *f, struct xml_tag *tag, struct xml_attr *attr, bool *keep, struct fault *why)
{
    const struct ooxml_book *b = ooxml_book_of(f);
    uint32_t index = 0;

    (void)tag, (void)keep, (void)why;
    if (b->kept == b->sheet_count)
        return OK;
    if (!ooxml_book_index(b, attr->value, &index))
        index = ooxml_book_first_visible(b);
    attr->value = bytes_of(arena_printf(f->scratch, "%u", index));
    return OK;
}

/* A place in this workbook, or nothing: another workbook or a program is not a place. */
static enum err hyperlink_start(struct ooxml_filter *f, struct xml_tag *tag, enum ooxml_what *what, struct fault *why)
{
    const struct xml_attr *location = ooxml_filter_attr(tag, "location");

    (void)f, (void)why;
    for (size_t i = 0; location != NULL && i < location->value.len; i++)
        if (strchr("[]|\\", location->value.at[i]) != NULL || location->value.at[i] == '\0')
            *what = OOXML_DROP;
    if (location != NULL && bytes_find(location->value, BYTES("://"), 0) != SIZE_MAX)
        *what = OOXML_DROP;
    return OK;
}

static enum err threshold(struct ooxml_filter *f, struct xml_tag *tag, struct xml_attr *attr, bool *keep,
                          struct fault *why)
{
    if (!ooxml_filter_attr_is(tag, "type", "formula"))
        return OK;
    TRY(ooxml_judge_attr(f, tag, attr, keep, why));
    if (!*keep)
        ooxml_judge_doom(f);
    return OK;
}

/* A calculated field cannot be without its formula. */
static enum err calculated(struct ooxml_filter *f, struct xml_tag *tag, struct xml_attr *attr, bool *keep,
                           struct fault *why)
{
    bool good = true;

    (void)keep;
    TRY(ooxml_judge_attr(f, tag, attr, &good, why));
    if (good)
        return OK;
    ooxml_filter_found(f, ROW_O15, ACT_NEUTRALIZED, tag->name->qname);
    attr->value = BYTES("0");
    return OK;
}

static enum err table_type(struct ooxml_filter *f, struct xml_tag *tag, struct xml_attr *attr, bool *keep,
                           struct fault *why)
{
    (void)f, (void)tag, (void)why;
    *keep = bytes_equal(attr->value, BYTES("worksheet"));
    return OK;
}

static const struct ooxml_rule rules[] = {
    {.name = "c", .start = cell_start},
    {.name = "f", .start = formula_start, .judge = formula_judge},
    {.name = "row", .start = hidden_start},
    {.name = "col", .start = hidden_start},
    {.name = "sheet", .start = sheet_start},
    {.name = "customWorkbookViews", .start = views_start},
    {.name = "customSheetViews", .start = views_start},
    {.name = "definedNames", .prune = true},
    {.name = "definedName", .start = name_start, .judge = name_judge},
    {.name = "dataValidations", .prune = true},
    {.name = "dataValidation", .whole = true},
    {.name = "formula", .judge = ooxml_judge_condition},
    {.name = "formula1", .judge = ooxml_judge_condition},
    {.name = "formula2", .judge = ooxml_judge_condition},
    {.name = "conditionalFormatting", .prune = true},
    {.name = "cfRule", .whole = true},
    {.name = "calculatedColumnFormula", .judge = ooxml_judge_formula},
    {.name = "totalsRowFormula", .judge = ooxml_judge_formula},
    {.name = "hyperlinks", .prune = true},
    {.name = "hyperlink", .row = ROW_O11, .start = hyperlink_start},
    {.name = "pageSetup", .lost = OOXML_STRIP},
    {.name = "worksheetSource", .lost = OOXML_STRIP},
    {.name = "tableParts", .prune = true},
    {.name = "pivotCaches", .prune = true},
    {.name = "dataRefs", .prune = true},
    {.name = "ext", .prune = true},
    {.name = "extLst", .prune = true},
    {.name = "dialogsheet", .what = OOXML_DROP, .row = ROW_O07},
    {.name = "externalReferences", .what = OOXML_DROP, .row = ROW_O16},
    {.name = "webPublishItems", .what = OOXML_DROP, .row = ROW_O16},
    {.name = "webPublishObjects", .what = OOXML_DROP, .row = ROW_O16},
    {.name = "webPublishing", .what = OOXML_DROP_SILENT},
    {.name = "xmlColumnPr", .what = OOXML_DROP, .row = ROW_O16},
    {.name = "functionGroups", .what = OOXML_DROP, .row = ROW_O07},
    {.name = "controls", .what = OOXML_DROP, .row = ROW_O09},
    {.name = "oleObjects", .what = OOXML_DROP, .row = ROW_O10},
    {.name = "oleSize", .what = OOXML_DROP_SILENT},
    {.name = "customProperties", .what = OOXML_DROP, .row = ROW_O21},
    {.name = "fileSharing", .what = OOXML_DROP, .row = ROW_O21},
    {.name = "fileRecoveryPr", .what = OOXML_DROP_SILENT},
    {.name = "smartTagPr", .what = OOXML_DROP_SILENT},
    {.name = "smartTags", .what = OOXML_DROP_SILENT},
    {.name = "smartTagTypes", .what = OOXML_DROP_SILENT},
};

static const struct ooxml_attr_rule attrs[] = {
    {"c", "vm", .silent = true},
    {"cfvo", "val", .row = ROW_O15, .fn = threshold},
    {"dataValidations", "count", .silent = true},
    {"tableParts", "count", .silent = true},
    {"workbookView", "activeTab", .fn = tab},
    {"workbookView", "firstSheet", .fn = tab},
    {"workbookPr", "updateLinks", .silent = true},
    {"workbookPr", "saveExternalLinkValues", .silent = true},
    {"workbookPr", "refreshAllConnections", .row = ROW_O16},
    {"cacheField", "formula", .fn = calculated},
    {"calculatedItem", "formula", .fn = calculated},
    {"cacheSource", "connectionId", .row = ROW_O16},
    {"pivotCacheDefinition", "refreshedBy", .row = ROW_O21},
    {"table", "tableType", .row = ROW_O16, .fn = table_type},
    {"table", "connectionId", .row = ROW_O16},
    {"tableColumn", "queryTableFieldId", .silent = true},
};

const struct ooxml_vocab ooxml_x = {
    .uris = uris, .names = names, .name_count = countof(names), .rules = rules, .rule_count = countof(rules),
    .attrs = attrs, .attr_count = countof(attrs)};
