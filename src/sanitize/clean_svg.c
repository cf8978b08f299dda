/* SVG and SVGZ: elements, attributes and styles are read and those of the list written again.
 * Rule: I09, I08.  Why no pixels are made of it: docs/decisions. */
#include <stdlib.h>

#include "format/xml_write.h"
#include "sanitize/clean.h"
#include "sanitize/picture_found.h"
#include "sanitize/svg_allow.h"
#include "sanitize/svg_css.h"
#include "sanitize/svg_data.h"
#include "sanitize/svg_graph.h"
#include "sanitize/svg_input.h"

#define SVG_NS "http://www.w3.org/2000/svg"
#define XLINK_NS "http://www.w3.org/1999/xlink"

enum { DEPTH_MAX = 256, STYLE_MAX = 4 << 20, ATTRS_MAX = 512, STEPS_MAX = 50, STEPS_ALL_MAX = 500 };

/* What was decided about a name once. */
struct verdict {
    enum svg_element kind;
    bool pass;
    struct xml_name *out;
};

struct open_element {
    struct xml_name *out;
    enum svg_element kind;
    uint32_t node;    /* nearest one with a name, itself included */
    uint32_t context; /* svg_graph */
    uint32_t steps;   /* of a filter */
};

struct filter {
    struct clean *c;
    struct xml *xml;
    struct xml_write write;
    struct xml_ns *none, *svg, *xlink, *xml_ns;
    struct xml_name *href, *style;
    struct svg_graph graph;
    struct svg_css css;
    struct open_element open[DEPTH_MAX];
    uint32_t steps;       /* of all filters */
    uint32_t depth, skip; /* open elements; elements open inside a dropped one */
    struct xml_attr attrs[ATTRS_MAX];
    size_t attr_count;
    struct buf value, sheet; /* of the tag, one attribute after the other; of the style element */
    bool bare;               /* the root is in no namespace: readers of HTML take it for SVG all the same */
};

/* --- names --- */

static bool is_svg(const struct filter *f, const struct xml_name *name)
{
    return name->ns == f->svg || (f->bare && name->ns == f->none);
}

static struct verdict *element_verdict(struct filter *f, struct xml_name *name)
{
    struct verdict *v = name->tag_mark;

    if (v != NULL)
        return v;
    v = ARENA_NEW(f->c->arena, struct verdict);
    v->kind = is_svg(f, name) ? svg_allow_element(name->local) : SVG_UNKNOWN;
    v->out = xml_name_of(f->xml, f->svg, (struct bytes){0}, name->local);
    name->tag_mark = v;
    return v;
}

static struct verdict *attr_verdict(struct filter *f, struct xml_name *name)
{
    struct verdict *v = name->attr_mark;

    if (v != NULL)
        return v;
    v = ARENA_NEW(f->c->arena, struct verdict);
    v->out = name;
    v->pass = name->ns == f->none && svg_allow_attribute(name->local);
    if (name->ns == f->xml_ns)
        v->pass = bytes_equal(name->local, BYTES("space")) || bytes_equal(name->local, BYTES("lang"));
    name->attr_mark = v;
    return v;
}

/* --- what was found --- */

static void found_element(struct filter *f, const struct xml_name *name, enum svg_element kind)
{
    if (!is_svg(f, name) && !bytes_equal(name->ns->uri, BYTES("http://www.w3.org/1999/xhtml")))
        clean_found(f->c, ROW_I01, ACT_REMOVED, "data of a drawing program");
    else if (kind == SVG_META)
        clean_found(f->c, ROW_I01, ACT_REMOVED, "<metadata>");
    else
        clean_found(f->c, ROW_I09, ACT_REMOVED, "<%.*s>", (int)name->local.len, (const char *)name->local.at);
}

static void found_attr(struct filter *f, const struct xml_name *name)
{
    if (name->ns != f->none && name->ns != f->xlink && name->ns != f->xml_ns)
        clean_found(f->c, ROW_I01, ACT_REMOVED, "data of a drawing program");
    else if (bytes_starts_fold(name->local, BYTES("on")))
        clean_found(f->c, ROW_I09, ACT_REMOVED, "event %.*s", (int)name->local.len, (const char *)name->local.at);
    else
        clean_found(f->c, ROW_I09, ACT_REMOVED, "attribute %.*s", (int)name->qname.len, (const char *)name->qname.at);
}

static void found_reference(struct filter *f, const struct xml_name *element)
{
    clean_found(f->c, ROW_I09, ACT_REMOVED, "reference of <%.*s>", (int)element->local.len,
                (const char *)element->local.at);
}

static void found_styles(struct filter *f)
{
    if (f->css.lost_urls > 0)
        clean_found(f->c, ROW_I09, ACT_REMOVED, "reference in a style");
    if (f->css.lost_rules > 0)
        clean_found(f->c, ROW_I09, ACT_REMOVED, "@-rule of a style");
    if (f->css.lost_other > 0)
        clean_found(f->c, ROW_I09, ACT_REMOVED, "part of a style");
    f->css.lost_urls = f->css.lost_rules = f->css.lost_other = 0;
}

/* --- attributes --- */

static uint32_t node_now(const struct filter *f)
{
    return f->depth == 0 ? 0 : f->open[f->depth - 1].node;
}

static uint32_t context_now(const struct filter *f)
{
    return f->depth == 0 ? 0 : f->open[f->depth - 1].context;
}

static void refer(void *ctx, struct bytes name)
{
    struct filter *f = ctx;
    struct bytes property = f->css.property;
    enum svg_often often = SVG_ONCE;

    if (bytes_starts_fold(property, BYTES("marker")))
        often = SVG_EACH_CORNER;
    else if (bytes_equal_fold(property, BYTES("fill")) || bytes_equal_fold(property, BYTES("stroke")))
        often = SVG_EACH_SHAPE;
    if (f->css.selector.len > 0)
        svg_graph_rule(&f->graph, f->css.selector, name, often);
    else if (often == SVG_ONCE || f->depth == 0)
        svg_graph_refer(&f->graph, node_now(f), name);
    else
        f->open[f->depth - 1].context = svg_graph_inherit(&f->graph, context_now(f), name, often);
}

/* Values lie in f->value, which may move: their place is kept until the tag is complete. */
static void add_attr(struct filter *f, struct xml_name *name, size_t from)
{
    if (f->attr_count < ATTRS_MAX)
        f->attrs[f->attr_count++] = (struct xml_attr){name, {(const uint8_t *)(uintptr_t)from, f->value.len - from}};
}

static void place_values(struct filter *f)
{
    for (size_t i = 0; i < f->attr_count; i++)
        f->attrs[i].value.at = f->value.at == NULL ? NULL : f->value.at + (uintptr_t)f->attrs[i].value.at;
}

static const char *media_type(enum type type)
{
    switch (type) {
    case TYPE_png: return "image/png";
    case TYPE_jpeg: return "image/jpeg";
    case TYPE_gif: return "image/gif";
    case TYPE_webp: return "image/webp";
    default: return NULL;
    }
}

/* A picture inside: rebuilt like any other.  *ret_kept is false when it is not one that passes. */
static enum err take_picture(struct filter *f, struct bytes address, bool *ret_kept, struct fault *why)
{
    struct buf in, out;
    struct sink sink = sink_to_buf(&out);
    enum type type = TYPE_unknown;
    enum err code = ERR_UNSUPPORTED;

    buf_init(&in, address.len + 4);
    buf_init(&out, (size_t)1 << 30);
    if (svg_data_read(address, &in) && in.len > 0)
        code = clean_picture(f->c, "<image>", buf_bytes(&in), &sink, &type, why);
    *ret_kept = code == OK && media_type(type) != NULL;
    if (*ret_kept)
        svg_data_write(media_type(type), buf_bytes(&out), &f->value);
    buf_done(&in), buf_done(&out);
    return code == ERR_LIMIT || code == ERR_SYSTEM ? code : OK;
}

/* Where an element points to: within the file, or a picture inside.  *ret_kept is false when neither. */
static enum err take_href(struct filter *f, enum svg_element kind, struct bytes value, bool *ret_kept,
                          struct fault *why)
{
    size_t from = f->value.len;

    *ret_kept = false;
    value = bytes_trim(value);
    if (value.len > 1 && value.at[0] == '#' && svg_css_name(bytes_from(value, 1))) {
        if (kind == SVG_USE || kind == SVG_IMAGE)
            svg_graph_use(&f->graph, node_now(f), context_now(f), bytes_from(value, 1));
        else
            svg_graph_refer(&f->graph, node_now(f), bytes_from(value, 1));
        buf_put(&f->value, value);
        *ret_kept = true;
    } else if (kind == SVG_IMAGE) {
        TRY(take_picture(f, value, ret_kept, why));
    }
    if (*ret_kept)
        add_attr(f, f->href, from);
    return OK;
}

static void take_style(struct filter *f, struct bytes value)
{
    size_t from = f->value.len;

    svg_css_declarations(&f->css, value);
    found_styles(f);
    if (f->value.len > from)
        add_attr(f, f->style, from);
}

static void take_plain(struct filter *f, const struct xml_attr *a)
{
    size_t from = f->value.len;

    if (!attr_verdict(f, a->name)->pass) {
        found_attr(f, a->name);
        return;
    }
    f->css.property = a->name->local;
    if (svg_css_value(&f->css, a->value))
        add_attr(f, a->name, from);
    found_styles(f);
}

static bool is_href(const struct filter *f, const struct xml_name *name)
{
    return (name->ns == f->none || name->ns == f->xlink) && bytes_equal(name->local, BYTES("href"));
}

/* Of two hrefs the one without a namespace counts (SVG 2 16.1.3). */
static const struct xml_attr *find_href(const struct filter *f, const struct xml_tag *tag)
{
    const struct xml_attr *found = NULL;

    for (size_t i = 0; i < tag->attr_count; i++)
        if (is_href(f, tag->attrs[i].name) && (found == NULL || tag->attrs[i].name->ns == f->none))
            found = &tag->attrs[i];
    return found;
}

/* All attributes of a tag into f->attrs.  *ret_kept is false when the element is nothing without its
 * reference, and that had to go. */
static enum err take_attrs(struct filter *f, const struct xml_tag *tag, enum svg_element kind, bool *ret_kept,
                           struct fault *why)
{
    const struct xml_attr *href = find_href(f, tag);
    bool kept = false;

    *ret_kept = true;
    for (size_t i = 0; i < tag->attr_count; i++) {
        const struct xml_attr *a = &tag->attrs[i];

        if (a->name->ns == f->none && bytes_equal(a->name->local, BYTES("style")))
            take_style(f, a->value);
        else if (!is_href(f, a->name))
            take_plain(f, a);
    }
    if (href == NULL)
        return OK;
    TRY(take_href(f, kind, href->value, &kept, why));
    if (!kept)
        found_reference(f, tag->name);
    *ret_kept = kept || (kind != SVG_USE && kind != SVG_IMAGE);
    return OK;
}

/* --- elements --- */

static struct bytes plain_value(const struct filter *f, const struct xml_tag *tag, const char *name)
{
    for (size_t i = 0; i < tag->attr_count; i++)
        if (tag->attrs[i].name->ns == f->none && bytes_equal(tag->attrs[i].name->local, bytes_of(name)))
            return tag->attrs[i].value;
    return (struct bytes){0};
}

/* By what a style sheet may reach an element; that of an identifier last, for it is no other's. */
static uint32_t context_of(struct filter *f, const struct xml_tag *tag)
{
    struct svg_graph *g = &f->graph;
    struct bytes words = plain_value(f, tag, "class"), id = plain_value(f, tag, "id");
    uint32_t context = f->depth == 0 ? svg_graph_key(g, 0, '*', (struct bytes){0}) : context_now(f);

    context = svg_graph_key(g, context, 'e', tag->name->local);
    while ((words = bytes_trim(words)).len > 0) {
        size_t end = 0;

        while (end < words.len && words.at[end] > ' ')
            end++;
        context = svg_graph_key(g, context, '.', bytes_part(words, 0, end));
        words = bytes_from(words, end);
    }
    return id.len > 0 ? svg_graph_key(g, context, '#', id) : context;
}

static uint32_t named_node(struct filter *f, const struct xml_tag *tag)
{
    struct bytes id = plain_value(f, tag, "id");

    return id.len > 0 ? svg_graph_node(&f->graph, node_now(f), id) : node_now(f);
}

/* At most as many corners as a path or a list of points has characters. */
static void count_element(struct filter *f, const struct xml_tag *tag)
{
    uint64_t corners = plain_value(f, tag, "d").len + plain_value(f, tag, "points").len;

    corners += bytes_equal(tag->name->local, BYTES("line")) ? 2 : 0;
    svg_graph_element(&f->graph, node_now(f), context_now(f), corners);
}

/* Each step of a filter works on all pixels of what it is put on: there are only so many, in one filter (what is
 * more goes) and in all (whole filters go, for one without steps would hide what it is put on). */
static bool is_step_too_many(struct filter *f, enum svg_element kind)
{
    if (kind == SVG_FILTER)
        return f->steps >= STEPS_ALL_MAX;
    if (f->depth == 0 || f->open[f->depth - 1].kind != SVG_FILTER)
        return false;
    if (f->open[f->depth - 1].steps == STEPS_MAX)
        return true;
    f->open[f->depth - 1].steps++;
    f->steps++;
    return false;
}

static enum err write_tag(struct filter *f, struct xml_name *name, struct fault *why)
{
    struct xml_decl decls[2] = {{{0}, f->svg}, {BYTES("xlink"), f->xlink}};
    struct xml_tag tag = {.name = name, .attrs = f->attrs, .attr_count = f->attr_count, .decls = decls};

    tag.decl_count = f->depth == 1 ? 2 : 0;
    TRY(buf_check(&f->value, why));
    place_values(f);
    return xml_write_start(&f->write, &tag, why);
}

static enum err check_root(struct filter *f, const struct xml_tag *tag, struct fault *why)
{
    f->bare = tag->name->ns == f->none;
    if (!is_svg(f, tag->name) || !bytes_equal(tag->name->local, BYTES("svg")))
        return fault_set(why, ERR_MALFORMED, "I09", "SVG 1.1 5.1", tag->at, "the root is not svg");
    return OK;
}

static enum err start(void *ctx, struct xml_tag *tag, struct fault *why)
{
    struct filter *f = ctx;
    struct verdict *v;
    bool kept = true;

    if (f->skip > 0) {
        f->skip++;
        return OK;
    }
    if (f->depth == 0)
        TRY(check_root(f, tag, why));
    v = element_verdict(f, tag->name);
    if (v->kind == SVG_UNKNOWN || v->kind == SVG_META || (f->depth > 0 && f->open[f->depth - 1].kind == SVG_STYLE)) {
        found_element(f, tag->name, v->kind);
        f->skip = 1;
        return OK;
    }
    if (is_step_too_many(f, v->kind)) {
        clean_found(f->c, ROW_I09, ACT_REMOVED, "filters of more than %d steps, %d in all", STEPS_MAX, STEPS_ALL_MAX);
        f->skip = 1;
        return OK;
    }
    if (f->depth == DEPTH_MAX)
        return fault_set(why, ERR_LIMIT, "G06", "nesting of a drawing", tag->at, "deeper than %d", DEPTH_MAX);
    f->open[f->depth] = (struct open_element){v->out, v->kind, named_node(f, tag), context_of(f, tag), 0};
    f->depth++;
    f->attr_count = 0;
    buf_reset(&f->value);
    TRY(take_attrs(f, tag, v->kind, &kept, why));
    if (!kept) {
        f->depth--;
        f->skip = 1;
        return OK;
    }
    count_element(f, tag);
    buf_reset(&f->sheet);
    return v->kind == SVG_STYLE ? OK : write_tag(f, v->out, why);
}

/* A style sheet is written when it is complete; its attributes (type, media) mean nothing then. */
static enum err write_sheet(struct filter *f, struct xml_name *name, struct fault *why)
{
    f->attr_count = 0;
    buf_reset(&f->value);
    TRY(buf_check(&f->sheet, why));
    svg_css_sheet(&f->css, buf_bytes(&f->sheet));
    found_styles(f);
    if (f->value.len == 0)
        return OK;
    TRY(buf_check(&f->value, why));
    TRY(write_tag(f, name, why));
    TRY(xml_write_text(&f->write, buf_bytes(&f->value), why));
    return xml_write_end(&f->write, name, why);
}

static enum err end(void *ctx, struct xml_name *name, struct fault *why)
{
    struct filter *f = ctx;
    struct open_element *e;

    (void)name;
    if (f->skip > 0) {
        f->skip--;
        return OK;
    }
    e = &f->open[f->depth - 1];
    if (e->kind == SVG_STYLE)
        TRY(write_sheet(f, e->out, why));
    else
        TRY(xml_write_end(&f->write, e->out, why));
    f->depth--;
    return OK;
}

static enum err text(void *ctx, struct bytes words, struct fault *why)
{
    struct filter *f = ctx;

    if (f->skip > 0 || f->depth == 0)
        return OK;
    if (f->open[f->depth - 1].kind == SVG_STYLE) {
        buf_put(&f->sheet, words);
        return OK;
    }
    if (f->open[f->depth - 1].kind == SVG_TEXT)
        return xml_write_text(&f->write, words, why);
    if (bytes_trim(words).len > 0)
        clean_found(f->c, ROW_I09, ACT_REMOVED, "words where none are drawn");
    return OK;
}

static enum err instruction(void *ctx, struct bytes target, struct bytes data, struct fault *why)
{
    struct filter *f = ctx;

    (void)data, (void)why;
    clean_found(f->c, ROW_I09, ACT_REMOVED, "instruction %.*s", (int)(target.len < 60 ? target.len : 60),
                (const char *)target.at);
    return OK;
}

static enum err comment(void *ctx, struct bytes words, struct fault *why)
{
    struct filter *f = ctx;

    (void)words, (void)why;
    clean_found(f->c, ROW_I01, ACT_REMOVED, "comments");
    return OK;
}

/* --- the whole --- */

static void open_filter(struct filter *f, struct clean *c, const struct svg_input *in)
{
    struct xml_options options = {.row = "I09", .depth_max = 4 * DEPTH_MAX, .decoded = in->decoded};

    f->c = c;
    f->xml = xml_new(c->arena, &options);
    f->none = xml_ns_of(f->xml, (struct bytes){0});
    f->svg = xml_ns_of(f->xml, BYTES(SVG_NS));
    f->xlink = xml_ns_of(f->xml, BYTES(XLINK_NS));
    f->xml_ns = xml_ns_of(f->xml, BYTES("http://www.w3.org/XML/1998/namespace"));
    f->href = xml_name_of(f->xml, f->xlink, BYTES("xlink"), BYTES("href"));
    f->style = xml_name_of(f->xml, f->none, (struct bytes){0}, BYTES("style"));
    buf_init(&f->value, (size_t)1 << 30);
    buf_init(&f->sheet, STYLE_MAX);
    f->css = (struct svg_css){.out = &f->value, .ref = refer, .ctx = f};
    svg_graph_init(&f->graph, c->arena);
    f->graph.sheets = in->sheets;
    xml_write_init(&f->write, c->arena);
}

static enum err rebuild(struct clean *c, struct svg_input *in, struct sink *out, struct fault *why)
{
    static const struct xml_handler handler = {start, end, text, instruction, comment};
    struct filter *f = ARENA_NEW(c->arena, struct filter);
    enum err code;

    open_filter(f, c, in);
    code = xml_write_begin(&f->write, out, XML_WRITE_PLAIN, why);
    xml_begin(f->xml, &handler, f);
    if (code == OK)
        code = svg_input_read(in, c, f->xml, why);
    buf_done(&f->value), buf_done(&f->sheet);
    f->graph.contexts = f->css.contexts;
    if (code == OK && svg_graph_cost(&f->graph) > SVG_GRAPH_COST_MAX)
        code = fault_set(why, ERR_LIMIT, "I08", "references in a drawing", 0, "draws more than %d elements",
                         SVG_GRAPH_COST_MAX);
    return code == OK ? xml_write_done(&f->write, why) : code;
}

enum err clean_svg(struct clean *c, struct bytes in, struct sink *out, struct fault *why)
{
    struct svg_input input;
    enum err code = svg_input_open(&input, c, in, why);

    if (code == OK)
        code = rebuild(c, &input, out, why);
    if (code == OK && input.packed)
        picture_found_tail(c, ROW_I09, in, input.used);
    svg_input_done(&input);
    return code;
}
