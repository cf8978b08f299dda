/* PresentationML: slides, masters, notes, timing.
 * Source: ECMA-376 Part 1 19; MS-PPTX 2.  Rows O09, O10, O16, O18, O20, O22. */
#include "sanitize/ooxml_judge.h"
#include "sanitize/ooxml_vocab.h"

static const char *const p_uris[] = {"http://schemas.openxmlformats.org/presentationml/2006/main",
                                     "http://purl.oclc.org/ooxml/presentationml/main", NULL};

static const char *const more_uris[] = {
    "http://schemas.microsoft.com/office/powerpoint/2010/main",
    "http://schemas.microsoft.com/office/powerpoint/2012/main",
    "http://schemas.microsoft.com/office/powerpoint/2015/09/main",
    "http://schemas.microsoft.com/office/powerpoint/2018/8/main",
    "http://schemas.microsoft.com/office/powerpoint/2013/main/command", /* where a comment is attached */
    "http://schemas.microsoft.com/office/drawing/2013/main/command",
    NULL};

static const char *const p_names[] = {
    "anim", "animClr", "animEffect", "animMotion", "animRot", "animScale", "attrName", "attrNameLst", "bg", "bgPr",
    "bgRef", "bldAsOne", "bldDgm", "bldGraphic", "bldLst", "bldP", "bldSub", "blinds", "blipFill", "bodyStyle", "bold",
    "boldItalic", "boolVal", "browse", "by", "cBhvr", "cNvCxnSpPr", "cNvGraphicFramePr", "cNvGrpSpPr", "cNvPicPr",
    "cNvPr", "cNvSpPr", "cSld", "cSldViewPr", "cTn", "cViewPr", "charRg", "checker", "childTnLst", "circle", "clrMap",
    "clrMapOvr", "clrMru", "clrVal", "cm", "cmAuthor", "cmAuthorLst", "cmLst", "comb", "cond", "cover", "custShow",
    "custShowLst", "cut", "cxnSp", "defaultTextStyle", "diamond", "dissolve", "embeddedFont", "embeddedFontLst", "end",
    "endCondLst", "endSync", "excl", "ext", "extLst", "fade", "firstSlideNum", "fltVal", "font", "from", "graphicEl",
    "graphicFrame", "gridSpacing", "grpId", "grpSp", "grpSpPr", "guide", "guideLst", "handoutMaster", "handoutMasterId",
    "handoutMasterIdLst", "hf", "hsl", "intVal", "italic", "iterate", "kinsoku", "kiosk", "lvl", "modifyVerifier",
    "name", "newsflash", "nextCondLst", "normalViewPr", "notes", "notesMaster", "notesMasterId", "notesMasterIdLst",
    "notesStyle", "notesSz", "notesTextViewPr", "notesViewPr", "nvCxnSpPr", "nvGraphicFramePr", "nvGrpSpPr", "nvPicPr",
    "nvPr", "nvSpPr", "origin", "otherStyle", "outlineViewPr", "pRg", "par", "penClr", "ph", "photoAlbum", "pic",
    "plus", "pos", "present", "presentation", "presentationPr", "prevCondLst", "prnPr", "progress", "pull", "push",
    "rAng", "rCtr", "random", "randomBar", "regular", "restoredLeft", "restoredTop", "rgb", "rtn", "scale", "seq",
    "set", "showPr", "sld", "sldAll", "sldId", "sldIdLst", "sldLayout", "sldLayoutId", "sldLayoutIdLst", "sldLst",
    "sldMaster", "sldMasterId", "sldMasterIdLst", "sldRg", "sldSz", "sldTgt", "slideViewPr", "sorterViewPr", "sp",
    "spPr", "spTgt", "spTree", "spd", "split", "stCondLst", "strVal", "strips", "style", "subSp", "subTnLst", "tav",
    "tavLst", "text", "tgtEl", "timing", "titleStyle", "tmAbs", "tmPct", "tmpl", "tmplLst", "tn", "tnLst", "to",
    "transition", "txBody", "txEl", "txStyles", "val", "viewPr", "wedge", "wheel", "wipe", "xfrm", "zoom",
};

static const char *const more_names[] = {
    "author", "authorLst", "browseMode", "chartTrackingRefBased", "clr", "cm", "cmLst", "commentRel", "context",
    "conveyor", "creationId", "cxnSpMk", "cxnSpMkLst", "deMkLst", "defaultImageDpi", "dgMkLst", "discardImageEditData",
    "docMk", "docMkLst", "doors", "extLst", "ferris", "flash", "flip", "flythrough", "gallery", "glitter",
    "graphicFrameMk", "graphicFrameMkLst", "graphicParentMkLst", "gridColMkLst", "grpSpMk", "grpSpMkLst", "guide",
    "honeycomb", "laserClr", "modId", "morph", "notesGuideLst", "notesMkLst", "pan", "parentCm", "picMk", "picMkLst",
    "pos", "presenceInfo", "prism", "prstTrans", "reply", "replyLst", "reveal", "ripple", "section", "sectionLst",
    "showMediaCtrls", "shred", "sldGuideLst", "sldId", "sldIdLst", "sldLayoutMkLst", "sldMasterMkLst", "sldMk",
    "sldMkLst", "spMk", "spMkLst", "switch", "tblMkLst", "tcMkLst", "threadingInfo", "trMkLst", "txBody", "txBodyMkLst",
    "txMk", "txMkLst", "unknownAnchor", "vortex", "warp", "wheelReverse", "window",
};

/* The frame at hand: an embedded object is replaced by its picture, which takes its name and number, or by a grey
 * box of its size when it has none. */
struct frame {
    struct bytes id, name;
    struct bytes x, y, width, height;
    bool object, picture;
};

static struct frame *frame_of(struct ooxml_filter *f)
{
    struct frame *r = f->state[OOXML_STATE_SLIDE];

    if (r == NULL)
        r = f->state[OOXML_STATE_SLIDE] = ARENA_NEW(f->scratch, struct frame);
    return r;
}

static enum err frame_start(struct ooxml_filter *f, struct xml_tag *tag, enum ooxml_what *what, struct fault *why)
{
    (void)tag, (void)what, (void)why;
    *frame_of(f) = (struct frame){0};
    return OK;
}

static struct bytes number_of(struct ooxml_filter *f, const struct xml_tag *tag, const char *local)
{
    const struct xml_attr *a = ooxml_filter_attr(tag, local);
    uint64_t value;

    return a != NULL && bytes_to_u64(a->value, &value) ? arena_copy(f->scratch, a->value) : BYTES("0");
}

static enum err place_child(struct ooxml_filter *f, struct xml_tag *tag, enum ooxml_what *what, struct fault *why)
{
    struct frame *r = frame_of(f);

    (void)what, (void)why;
    if (bytes_equal(tag->name->local, BYTES("off"))) {
        r->x = number_of(f, tag, "x");
        r->y = number_of(f, tag, "y");
    } else if (bytes_equal(tag->name->local, BYTES("ext"))) {
        r->width = number_of(f, tag, "cx");
        r->height = number_of(f, tag, "cy");
    }
    return OK;
}

static enum err put_value(struct ooxml_filter *f, const char *before, struct bytes value, struct fault *why)
{
    TRY(xml_write_raw(&f->w, bytes_of(before), why));
    return xml_write_value(&f->w, value, why);
}

/* The prefixes are declared on the spot: the document may use them for something else. */
static enum err put_box(struct ooxml_filter *f, const struct frame *r, struct bytes space, struct fault *why)
{
    bool strict = bytes_equal(space, bytes_of(p_uris[1]));

    TRY(put_value(f, "<p:sp xmlns:p=\"", space, why));
    TRY(put_value(f, "\" xmlns:a=\"", bytes_of(ooxml_a.uris[strict]), why));
    TRY(put_value(f, "\"><p:nvSpPr><p:cNvPr id=\"", r->id, why));
    TRY(put_value(f, "\" name=\"", r->name, why));
    TRY(put_value(f, "\"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x=\"", r->x, why));
    TRY(put_value(f, "\" y=\"", r->y, why));
    TRY(put_value(f, "\"/><a:ext cx=\"", r->width, why));
    TRY(put_value(f, "\" cy=\"", r->height, why));
    return xml_write_raw(&f->w, BYTES("\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr "
                                      "val=\"D9D9D9\"/></a:solidFill></p:spPr></p:sp>"), why);
}

static enum err frame_end(struct ooxml_filter *f, struct fault *why)
{
    struct ooxml_level *l = ooxml_filter_level(f);
    struct frame r = *frame_of(f);

    *frame_of(f) = (struct frame){0};
    if (!r.object || r.picture || !l->held || r.id.len == 0 || r.width.len == 0)
        return OK;
    ooxml_hold_drop(f, l->mark);
    l->held = false;
    l->written = NULL;
    return put_box(f, &r, l->read->ns->uri, why);
}

/* A hidden shape is shown by a profile that wants nothing hidden: others on the slide may be tied to it. */
static void hidden_shape(struct ooxml_filter *f, struct xml_tag *tag)
{
    bool show = profile_choice(f->c->profile, ROW_O22) == CHOICE_REMOVE;
    struct xml_attr *hidden = ooxml_filter_attr(tag, "hidden");

    if (hidden == NULL || (!bytes_equal(hidden->value, BYTES("1")) && !bytes_equal(hidden->value, BYTES("true"))))
        return;
    ooxml_filter_found(f, ROW_O22, show ? ACT_NEUTRALIZED : ACT_KEPT, BYTES("hidden shape"));
    if (show)
        ooxml_filter_attr_drop(tag, hidden);
}

static enum err properties_start(struct ooxml_filter *f, struct xml_tag *tag, enum ooxml_what *what, struct fault *why)
{
    struct frame *r = frame_of(f);
    struct xml_attr *id, *name;

    (void)what, (void)why;
    hidden_shape(f, tag);
    id = ooxml_filter_attr(tag, "id");
    name = ooxml_filter_attr(tag, "name");
    if (id == NULL || name == NULL)
        return OK;
    if (ooxml_filter_is(ooxml_filter_level(f)->read, &ooxml_p, "nvGraphicFramePr")) {
        r->id = arena_copy(f->scratch, id->value);
        r->name = arena_copy(f->scratch, name->value);
    } else if (r->picture && r->id.len > 0 && ooxml_filter_inside(f, &ooxml_p, "oleObj")) {
        id->value = r->id;
        name->value = r->name;
    }
    return OK;
}

static enum err object_start(struct ooxml_filter *f, struct xml_tag *tag, enum ooxml_what *what, struct fault *why)
{
    struct frame *r = frame_of(f);

    (void)tag, (void)why;
    *what = r->object ? OOXML_UNWRAP_SILENT : OOXML_UNWRAP;
    r->object = true;
    return OK;
}

/* Without a picture nothing inside the frame is left. */
static enum err object_end(struct ooxml_filter *f, struct fault *why)
{
    (void)why;
    if (!frame_of(f)->picture && f->depth >= 2)
        f->levels[f->depth - 2].lost_child = true;
    return OK;
}

/* The picture stands where the frame would have stood: everything written of the frame is taken back. */
static enum err picture_start(struct ooxml_filter *f, struct xml_tag *tag, enum ooxml_what *what, struct fault *why)
{
    struct frame *r = frame_of(f);

    (void)tag, (void)why;
    if (!ooxml_filter_inside(f, &ooxml_p, "oleObj"))
        return OK;
    if (r->picture) {
        *what = OOXML_DROP_SILENT;
        return OK;
    }
    r->picture = true;
    for (uint32_t i = f->depth; i-- > 0;) {
        struct ooxml_level *l = &f->levels[i];

        if (l->held)
            ooxml_hold_drop(f, l->mark);
        l->held = l->settled = false;
        l->written = NULL;
        if (ooxml_filter_is(l->read, &ooxml_p, "graphicFrame"))
            return OK;
    }
    return OK;
}

/* What follows in a frame that has become a picture has no place any more. */
static enum err extensions_start(struct ooxml_filter *f, struct xml_tag *tag, enum ooxml_what *what, struct fault *why)
{
    const struct ooxml_level *around = ooxml_filter_level(f);

    (void)tag, (void)why;
    if (around != NULL && around->written == NULL && ooxml_filter_is(around->read, &ooxml_p, "graphicFrame"))
        *what = OOXML_DROP_SILENT;
    return OK;
}

static enum err slide_start(struct ooxml_filter *f, struct xml_tag *tag, enum ooxml_what *what, struct fault *why)
{
    (void)what, (void)why;
    if (ooxml_filter_attr_is(tag, "show", "0") || ooxml_filter_attr_is(tag, "show", "false"))
        ooxml_filter_found(f, ROW_O22, ACT_KEPT, BYTES("hidden slide"));
    return OK;
}

/* Sections count slides; when some went, the counting goes too. */
static enum err sections_start(struct ooxml_filter *f, struct xml_tag *tag, enum ooxml_what *what, struct fault *why)
{
    (void)tag, (void)why;
    if (f->shared[OOXML_STATE_SLIDE] != NULL)
        *what = OOXML_DROP_SILENT;
    return OK;
}

static const struct ooxml_rule p_rules[] = {
    {.name = "sld", .start = slide_start},
    {.name = "graphicFrame", .whole = true, .start = frame_start, .end = frame_end},
    {.name = "xfrm", .child = place_child},
    {.name = "cNvPr", .start = properties_start},
    {.name = "oleObj", .row = ROW_O10, .lost = OOXML_STRIP, .start = object_start, .end = object_end},
    {.name = "embed", .what = OOXML_DROP_SILENT},
    {.name = "link", .what = OOXML_DROP_SILENT},
    {.name = "pic", .start = picture_start},
    {.name = "extLst", .prune = true, .start = extensions_start},
    {.name = "ext", .prune = true},
    {.name = "controls", .what = OOXML_DROP, .row = ROW_O09},
    {.name = "cmd", .what = OOXML_DROP, .row = ROW_O18},
    {.name = "audio", .what = OOXML_DROP, .row = ROW_O20},
    {.name = "video", .what = OOXML_DROP, .row = ROW_O20},
    {.name = "sldLst", .prune = true},
    {.name = "custShow", .whole = true, .end = ooxml_judge_child_lost},
    {.name = "custShowLst", .prune = true},
    {.name = "sndAc", .what = OOXML_DROP, .row = ROW_O20},
    {.name = "sndTgt", .what = OOXML_DROP, .row = ROW_O20},
    {.name = "childTnLst", .prune = true},
    {.name = "subTnLst", .prune = true},
    {.name = "bldLst", .prune = true},
    {.name = "custDataLst", .what = OOXML_DROP_SILENT}, /* its relationships are reported */
    {.name = "embeddedFontLst", .what = OOXML_DROP, .row = ROW_O21},
    {.name = "contentPart", .what = OOXML_DROP, .row = ROW_O17},
    {.name = "smartTags", .what = OOXML_DROP_SILENT},
    {.name = "htmlPubPr", .what = OOXML_DROP, .row = ROW_O16},
    {.name = "webPr", .what = OOXML_DROP, .row = ROW_O16},
};

static const struct ooxml_rule more_rules[] = {
    {.name = "sectionLst", .start = sections_start},
    {.name = "media", .what = OOXML_DROP, .row = ROW_O20},
    {.name = "ext", .prune = true},
    {.name = "extLst", .prune = true},
};

const struct ooxml_vocab ooxml_p = {
    .uris = p_uris, .names = p_names, .name_count = countof(p_names), .rules = p_rules,
    .rule_count = countof(p_rules)};

const struct ooxml_vocab ooxml_p_more = {
    .uris = more_uris, .names = more_names, .name_count = countof(more_names), .rules = more_rules,
    .rule_count = countof(more_rules)};
