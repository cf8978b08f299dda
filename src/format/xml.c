#include "format/xml.h"

#include "format/xml_input.h"
#include "format/xml_lex.h"
#include "format/xml_mark.h"
#include "format/xml_name.h"

enum { WINDOW_FIRST = 192 * 1024 };

struct open_tag {
    struct xml_name *name;
    size_t bindings;
    uint32_t scope;
};

/* An attribute as written, before its prefix can be known. */
struct raw_attr {
    struct bytes qname;
    uint32_t hash;
};

struct xml {
    struct arena *arena;
    struct xml_options opt;
    const struct xml_handler *handler;
    void *ctx;
    struct xml_names names;
    struct xml_input input;
    uint8_t *window;           /* decoded bytes not yet read: [from, end) */
    size_t cap, from, end;
    size_t need;               /* no use in trying before so many bytes are there */
    uint64_t before;           /* decoded bytes before the window */
    bool last;                 /* no more bytes will come */
    bool started, rooted, in_cdata;
    struct open_tag *open;
    uint32_t depth;
    struct xml_attr *attrs;
    struct xml_decl *decls;
    struct raw_attr *raw;
};

struct xml *xml_new(struct arena *a, const struct xml_options *options)
{
    struct xml *x = ARENA_NEW(a, struct xml);

    x->arena = a;
    x->opt = *options;
    if (x->opt.row == NULL)
        x->opt.row = "O19";
    if (x->opt.depth_max == 0)
        x->opt.depth_max = 512;
    if (x->opt.attr_max == 0)
        x->opt.attr_max = 500;
    if (x->opt.tag_max == 0)
        x->opt.tag_max = 16u << 20;
    xml_name_init(&x->names, a);
    x->cap = WINDOW_FIRST;
    x->window = arena_alloc(a, x->cap);
    x->open = arena_array(a, x->opt.depth_max + 1, sizeof(*x->open));
    x->attrs = arena_array(a, x->opt.attr_max, sizeof(*x->attrs));
    x->raw = arena_array(a, x->opt.attr_max, sizeof(*x->raw));
    x->decls = arena_array(a, x->opt.attr_max, sizeof(*x->decls));
    return x;
}

void xml_begin(struct xml *x, const struct xml_handler *handler, void *ctx)
{
    x->handler = handler;
    x->ctx = ctx;
    x->input = (struct xml_input){0};
    x->from = x->end = x->need = 0;
    x->before = 0;
    x->last = x->started = x->rooted = x->in_cdata = false;
    x->depth = 0;
    xml_name_reset(&x->names);
}

struct xml_ns *xml_ns_of(struct xml *x, struct bytes uri)
{
    return xml_name_space(&x->names, uri);
}

struct xml_name *xml_name_of(struct xml *x, struct xml_ns *ns, struct bytes prefix, struct bytes local)
{
    return xml_name_intern(&x->names, ns, prefix, local);
}

struct xml_ns *xml_prefix(const struct xml *x, struct bytes prefix)
{
    return xml_name_bound(&x->names, prefix);
}

static size_t offset(const struct xml *x, const uint8_t *at)
{
    return (size_t)x->before + (size_t)(at - x->window);
}

static enum err broken(const struct xml *x, const uint8_t *at, const char *rule, const char *text, struct fault *why)
{
    return fault_set(why, ERR_MALFORMED, NULL, rule, offset(x, at), "%s", text);
}

static enum err attr_value(const struct xml *x, uint8_t *from, const uint8_t *to, struct bytes *ret_value,
                           struct fault *why)
{
    size_t len = (size_t)(to - from);

    for (uint8_t *c = from; c < to; c++) {
        if (*c == '<')
            return broken(x, c, "XML 1.0 2.3", "a < in an attribute", why);
        if (*c < 0x20)
            *c = ' ';
    }
    TRY(xml_lex_unescape(from, &len, x->opt.row, offset(x, from), why));
    *ret_value = (struct bytes){from, len};
    return OK;
}

static enum err declare(struct xml *x, struct xml_tag *tag, struct bytes qname, struct bytes uri, struct fault *why)
{
    struct bytes prefix = qname.len > 6 ? bytes_from(qname, 6) : (struct bytes){qname.at, 0};
    bool xml = bytes_equal(prefix, BYTES("xml"));
    struct xml_ns *ns;

    for (size_t i = 0; i < tag->decl_count; i++)
        if (bytes_equal(tag->decls[i].prefix, prefix))
            return broken(x, qname.at, "XML 1.0 3.1", "a prefix declared twice", why);
    if (x->names.spaces.count >= XML_NAMES_MAX / 10 || x->names.names.count >= XML_NAMES_MAX)
        return fault_set(why, ERR_LIMIT, "G06", "names of one package", offset(x, qname.at), "too many namespaces");
    ns = xml_name_space(&x->names, uri);
    if ((prefix.len > 0 && uri.len == 0) || bytes_equal(prefix, BYTES("xmlns")) || xml != (ns == x->names.xml) ||
        bytes_find_byte(prefix, ':', 0) != SIZE_MAX || bytes_equal(uri, BYTES("http://www.w3.org/2000/xmlns/")))
        return broken(x, qname.at, "Namespaces in XML 3", "a namespace declaration that is not allowed", why);
    prefix = xml_name_intern(&x->names, x->names.none, (struct bytes){prefix.at, 0}, prefix)->local;
    xml_name_bind(&x->names, prefix, ns);
    tag->decls[tag->decl_count++] = (struct xml_decl){prefix, ns};
    return OK;
}

/* The attributes as written; declarations are put in force, names are resolved after them. */
static enum err take_attrs(struct xml *x, struct xml_tag *tag, uint8_t *c, const uint8_t *end,
                           struct fault *why)
{
    for (;;) {
        const uint8_t *before = c, *quote;
        struct raw_attr a;
        struct bytes value;

        c += xml_lex_spaces(c);
        if (c == end)
            return OK;
        a.qname = xml_lex_name(c, &a.hash);
        if (a.qname.len == 0 || c == before)
            return broken(x, c, "XML 1.0 3.1", "not an attribute", why);
        c += a.qname.len;
        c += xml_lex_spaces(c);
        if (*c != '=')
            return broken(x, c, "XML 1.0 3.1", "an attribute without a value", why);
        c++;
        c += xml_lex_spaces(c);
        if (*c != '"' && *c != '\'')
            return broken(x, c, "XML 1.0 2.3", "an attribute without quotes", why);
        quote = memchr(c + 1, *c, (size_t)(end - c) - 1);
        if (quote == NULL)
            return broken(x, c, "XML 1.0 2.3", "an attribute without its end", why);
        TRY(attr_value(x, c + 1, quote, &value, why));
        c += quote - c + 1;
        if (tag->attr_count + tag->decl_count >= x->opt.attr_max)
            return fault_set(why, ERR_LIMIT, "G06", "attributes of one tag", offset(x, c), "more than %u attributes",
                             x->opt.attr_max);
        if (bytes_starts(a.qname, BYTES("xmlns")) && (a.qname.len == 5 || a.qname.at[5] == ':')) {
            TRY(declare(x, tag, a.qname, value, why));
            continue;
        }
        x->raw[tag->attr_count] = a;
        tag->attrs[tag->attr_count++].value = value;
    }
}

static enum err resolve_attrs(struct xml *x, struct xml_tag *tag, struct fault *why)
{
    const struct raw_attr *raw = x->raw;

    for (size_t i = 0; i < tag->attr_count; i++) {
        struct xml_name *name = NULL;

        TRY(xml_name_find(&x->names, raw[i].qname, raw[i].hash, true, offset(x, raw[i].qname.at), &name, why));
        for (size_t k = 0; k < i; k++)
            if (tag->attrs[k].name == name ||
                (tag->attrs[k].name->ns == name->ns && bytes_equal(tag->attrs[k].name->local, name->local)))
                return broken(x, raw[i].qname.at, "XML 1.0 3.1", "an attribute given twice", why);
        tag->attrs[i].name = name;
    }
    return OK;
}

static enum err close_tag(struct xml *x, struct fault *why)
{
    struct open_tag *o = &x->open[--x->depth];

    if (x->handler->end != NULL)
        TRY(x->handler->end(x->ctx, o->name, why));
    x->names.binding_count = o->bindings;
    x->names.scope = o->scope;
    return OK;
}

/* A start tag in [at, end), end at its '>'. */
static enum err start_tag(struct xml *x, uint8_t *at, uint8_t *end, struct fault *why)
{
    bool empty = end[-1] == '/';
    uint32_t hash = 0;
    struct bytes qname = xml_lex_name(at + 1, &hash);
    struct open_tag *o = &x->open[x->depth];
    struct xml_tag tag = {.attrs = x->attrs, .decls = x->decls, .depth = x->depth + 1, .at = offset(x, at)};
    uint8_t *after = at + 1 + qname.len;

    if (*end != '>' || qname.len == 0 || (x->depth == 0 && x->rooted) ||
        !(after == end - empty || xml_lex_space(*after)))
        return broken(x, at, "XML 1.0 3.1", "not a start tag, or a second root", why);
    if (x->depth >= x->opt.depth_max)
        return fault_set(why, ERR_LIMIT, "G06", "nesting of XML", tag.at, "nested deeper than %u", x->opt.depth_max);
    *o = (struct open_tag){.bindings = x->names.binding_count, .scope = x->names.scope};
    TRY(take_attrs(x, &tag, after, end - empty, why));
    TRY(xml_name_find(&x->names, qname, hash, false, tag.at, &tag.name, why));
    TRY(resolve_attrs(x, &tag, why));
    o->name = tag.name;
    x->depth++;
    x->rooted = true;
    if (x->handler->start != NULL)
        TRY(x->handler->start(x->ctx, &tag, why));
    return empty ? close_tag(x, why) : OK;
}

static enum err end_tag(struct xml *x, const uint8_t *at, const uint8_t *end, struct fault *why)
{
    struct bytes name = {at + 2, (size_t)(end - at) - 2};

    while (name.len > 0 && xml_lex_space(name.at[name.len - 1]))
        name.len--;
    if (x->depth == 0 || !bytes_equal(name, x->open[x->depth - 1].name->qname))
        return broken(x, at, "XML 1.0 3.1", "an end tag that closes another element", why);
    return close_tag(x, why);
}

/* ---- declaration and instructions ---- */

struct bytes xml_declared_encoding(struct bytes head)
{
    size_t end = bytes_find(head, BYTES("?>"), 0);

    if (bytes_starts(head, BYTES("\xef\xbb\xbf")))
        head = bytes_from(head, 3), end = end == SIZE_MAX ? end : end - 3;
    if (!bytes_starts(head, BYTES("<?xml")) || end == SIZE_MAX)
        return (struct bytes){0};
    return xml_mark_value(bytes_part(head, 5, end - 5), BYTES("encoding"));
}

static bool encoding_right(const struct xml *x, struct bytes name)
{
    if (name.len == 0 || x->opt.decoded)
        return true;
    if (x->input.coding == XML_UTF8)
        return bytes_equal_fold(name, BYTES("utf-8")) || bytes_equal_fold(name, BYTES("utf8"));
    return bytes_equal_fold(name, BYTES("utf-16")) ||
           bytes_equal_fold(name, x->input.coding == XML_UTF16LE ? BYTES("utf-16le") : BYTES("utf-16be"));
}

static enum err declaration(struct xml *x, const uint8_t *at, struct bytes data, struct fault *why)
{
    struct bytes version = xml_mark_value(data, BYTES("version")), encoding = xml_mark_value(data, BYTES("encoding"));

    if (x->started)
        return broken(x, at, "XML 1.0 2.8", "an XML declaration that is not at the head", why);
    if (!bytes_starts(version, BYTES("1.")))
        return broken(x, at, "XML 1.0 2.8", "an XML declaration without a version 1", why);
    if (!encoding_right(x, encoding))
        return fault_set(why, ERR_DENIED, x->opt.row, "declared encoding", 0, "the declared encoding %.*s is not what the bytes are",
                         (int)(encoding.len < 40 ? encoding.len : 40), (const char *)encoding.at);
    return OK;
}

static enum err instruction(struct xml *x, const uint8_t *at, const uint8_t *end, struct fault *why)
{
    uint32_t hash = 0;
    struct bytes target = xml_lex_name(at + 2, &hash);
    struct bytes data = {at + 2 + target.len, (size_t)(end - at) - 2 - target.len};

    if (target.len == 0 || (data.len > 0 && !xml_lex_space(data.at[0])))
        return broken(x, at, "XML 1.0 2.6", "not a processing instruction", why);
    if (bytes_equal(target, BYTES("xml")))
        return declaration(x, at, data, why);
    if (bytes_equal_fold(target, BYTES("xml")))
        return broken(x, at, "XML 1.0 2.6", "a reserved instruction", why);
    return x->handler->pi == NULL ? OK : x->handler->pi(x->ctx, target, bytes_trim(data), why);
}

static enum err comment(struct xml *x, const uint8_t *at, const uint8_t *end, struct fault *why)
{
    struct bytes text = {at + 4, (size_t)(end - at) - 4};

    if (bytes_find(text, BYTES("--"), 0) != SIZE_MAX || (text.len > 0 && text.at[text.len - 1] == '-'))
        return broken(x, at, "XML 1.0 2.5", "-- in a comment", why);
    return x->handler->comment == NULL ? OK : x->handler->comment(x->ctx, text, why);
}

/* ---- text ---- */

static enum err give_text(struct xml *x, struct bytes text, struct fault *why)
{
    if (x->depth == 0) {
        for (size_t i = 0; i < text.len; i++)
            if (!xml_lex_space(text.at[i]))
                return broken(x, text.at, "XML 1.0 2.1", "text outside the root", why);
        return OK;
    }
    if (text.len == 0 || x->handler->text == NULL)
        return OK;
    return x->handler->text(x->ctx, text, why);
}

/* How much of a text whose end is not in sight can be given now: not half a reference, not half a "]]>". */
static size_t safe_text(struct bytes text)
{
    size_t len = text.len;

    while (len > 0 && text.len - len < 2 && text.at[len - 1] == ']')
        len--;
    for (size_t back = 1; back <= 16 && back <= len; back++)
        if (text.at[len - back] == '&')
            return bytes_find_byte(text, ';', len - back) == SIZE_MAX ? len - back : len;
    return len;
}

/* Text up to the next '<' or the end of the window; `false` in ret_done asks for more bytes. */
static enum err take_text(struct xml *x, bool *ret_done, struct fault *why)
{
    uint8_t *at = x->window + x->from;
    const uint8_t *lt = memchr(at, '<', x->end - x->from);
    size_t len = lt != NULL ? (size_t)(lt - at) : x->end - x->from, taken;

    if (lt == NULL && !x->last)
        len = safe_text((struct bytes){at, len});
    taken = len;
    *ret_done = len > 0;
    if (bytes_find((struct bytes){at, len}, BYTES("]]>"), 0) != SIZE_MAX)
        return broken(x, at, "XML 1.0 2.4", "]]> in text", why);
    TRY(xml_lex_unescape(at, &len, x->opt.row, offset(x, at), why));
    if (x->depth == 0 && len != taken)
        return broken(x, at, "XML 1.0 2.1", "a reference outside the root", why);
    x->from += taken;
    return give_text(x, (struct bytes){at, len}, why);
}

static enum err take_cdata(struct xml *x, bool *ret_done, struct fault *why)
{
    struct bytes rest = {x->window + x->from, x->end - x->from};
    size_t end = bytes_find(rest, BYTES("]]>"), 0);
    size_t len = end != SIZE_MAX ? end : rest.len < 2 ? 0 : rest.len - 2;

    *ret_done = end != SIZE_MAX || len > 0;
    x->from += end != SIZE_MAX ? len + 3 : len;
    x->in_cdata = end == SIZE_MAX;
    return give_text(x, bytes_part(rest, 0, len), why);
}

/* ---- markup ---- */

static enum err take_markup(struct xml *x, bool *ret_done, struct fault *why)
{
    uint8_t *at = x->window + x->from;
    struct bytes rest = {at, x->end - x->from};
    enum xml_mark kind = xml_mark_of(rest);
    const uint8_t *end;

    *ret_done = false;
    if (kind == XML_MARK_DOCTYPE)
        return fault_set(why, ERR_DENIED, x->opt.row, "no document type declaration", offset(x, at),
                         "a document type declaration");
    if (kind == XML_MARK_WRONG || (kind == XML_MARK_CDATA && x->depth == 0))
        return broken(x, at, "XML 1.0 2.1", "markup that may not stand here", why);
    if (kind == XML_MARK_SHORT)
        return OK;
    *ret_done = true;
    if (kind == XML_MARK_CDATA) {
        x->in_cdata = true;
        x->from += 9;
        return OK;
    }
    end = xml_mark_end(kind, rest);
    if (end == NULL) {
        *ret_done = false;
        return OK;
    }
    x->from += (size_t)(end - at) + 1;
    if (kind == XML_MARK_START)
        return start_tag(x, at, at + (end - at), why);
    if (kind == XML_MARK_END)
        return end_tag(x, at, end, why);
    return kind == XML_MARK_PI ? instruction(x, at, end - 1, why) : comment(x, at, end - 2, why);
}

/* Read what is in the window. */
static enum err drain(struct xml *x, struct fault *why)
{
    if (x->end - x->from < x->need && !x->last)
        return OK;
    x->need = 0;
    while (x->from < x->end) {
        bool done = false;

        if (x->in_cdata)
            TRY(take_cdata(x, &done, why));
        else if (x->window[x->from] == '<')
            TRY(take_markup(x, &done, why));
        else
            TRY(take_text(x, &done, why));
        if (!done) {
            x->need = (x->end - x->from) * 2; /* looking again at every piece would be quadratic */
            break;
        }
        x->started = true;
    }
    if (x->end - x->from > x->opt.tag_max)
        return fault_set(why, ERR_LIMIT, "G06", "length of a tag", offset(x, x->window + x->from),
                         "a tag or comment of more than %zu bytes", x->opt.tag_max);
    return OK;
}

/* Room for one more decoded piece behind what is in the window. */
static void make_room(struct xml *x)
{
    size_t left = x->end - x->from;

    if (x->cap - x->end >= XML_INPUT_ROOM + 1)
        return;
    x->before += x->from;
    if (x->cap - left >= XML_INPUT_ROOM + 1) {
        memmove(x->window, x->window + x->from, left);
    } else {
        uint8_t *more = arena_alloc(x->arena, x->cap * 2);

        memcpy(more, x->window + x->from, left);
        x->window = more;
        x->cap *= 2;
    }
    x->from = 0;
    x->end = left;
}

enum err xml_push(struct xml *x, struct bytes piece, struct fault *why)
{
    while (piece.len > 0) {
        struct bytes part = bytes_part(piece, 0, XML_INPUT_MAX);
        size_t len = 0;

        make_room(x);
        TRY(xml_input_decode(&x->input, part, x->window + x->end, &len, why));
        x->end += len;
        x->window[x->end] = 0;
        TRY(drain(x, why));
        piece = bytes_from(piece, part.len);
    }
    return OK;
}

enum err xml_end(struct xml *x, struct fault *why)
{
    size_t len = 0;

    make_room(x);
    TRY(xml_input_end(&x->input, x->window + x->end, &len, why));
    x->end += len;
    x->window[x->end] = 0;
    x->last = true;
    TRY(drain(x, why));
    if (x->from < x->end || x->depth > 0 || !x->rooted || x->in_cdata)
        return broken(x, x->window + x->from, "XML 1.0 2.1", "the document ends before its root does", why);
    return OK;
}

enum err xml_read(struct xml *x, const struct xml_handler *handler, void *ctx, struct bytes part, struct fault *why)
{
    xml_begin(x, handler, ctx);
    TRY(xml_push(x, part, why));
    return xml_end(x, why);
}
