/* XML data written afresh in UTF-8: elements, attributes and text; nothing that tells a program what to do.
 *
 * A DOCTYPE is refused (by the reader).  Processing instructions, comments, schema locations, base addresses and
 * XInclude go; so do drawings and scripts of the web that a browser would run in any XML, whose words stay.  A
 * transformation (XSLT) is a program and is refused, and so are a build, a scheduled task and a window of Windows.
 * Rule: T03, T04, T07. */
#include "format/xml_write.h"
#include "sanitize/clean.h"
#include "text/charset_guess.h"
#include "text/scrub.h"

/* What happens to the elements of a namespace that is not data. */
enum fate { FATE_STAYS, FATE_GOES, FATE_WORDS, FATE_REFUSED };

struct rewrite {
    struct clean *clean;
    struct xml_write write;
    struct scrub scrub;
    struct buf text, values;
    uint32_t skipped; /* open elements of a subtree that goes */
};

static enum fate fate_of(const struct xml_ns *ns)
{
    static const struct {
        const char *uri;
        enum fate fate;
    } fates[] = {
        {"http://www.w3.org/2001/XInclude", FATE_GOES},
        {"http://www.w3.org/2003/XInclude", FATE_GOES},
        {"http://www.w3.org/2000/svg", FATE_GOES},
        {"http://www.w3.org/1998/Math/MathML", FATE_WORDS},
        {"http://www.w3.org/1999/xhtml", FATE_WORDS},
        {"http://www.w3.org/1999/XSL/Transform", FATE_REFUSED},
        {"http://www.w3.org/TR/WD-xsl", FATE_REFUSED},
        {"urn:schemas-microsoft-com:xslt", FATE_REFUSED},
        {"http://schemas.microsoft.com/developer/msbuild/2003", FATE_REFUSED},
        {"http://schemas.microsoft.com/windows/2004/02/mit/task", FATE_REFUSED},
        {"http://schemas.microsoft.com/winfx/2006/xaml/presentation", FATE_REFUSED},
        {"http://www.w3.org/2001/xml-events", FATE_GOES},
        {"http://www.mozilla.org/xbl", FATE_GOES},
        {"http://www.mozilla.org/keymaster/gatekeeper/there.is.only.xul", FATE_GOES},
    };

    for (size_t i = 0; i < countof(fates); i++)
        if (bytes_equal(ns->uri, bytes_of(fates[i].uri)))
            return fates[i].fate;
    return FATE_STAYS;
}

/* Elements of the web whose words are not for people. */
static bool is_code(struct bytes local)
{
    static const char *const names[] = {"script", "style", "iframe", "object", "embed", "applet", "template", "noscript",
                                        "base", "link", "meta", "svg", "math"};

    for (size_t i = 0; i < countof(names); i++)
        if (bytes_equal_fold(local, bytes_of(names[i])))
            return true;
    return false;
}

static enum fate fate_of_name(const struct xml_name *name)
{
    enum fate fate = fate_of(name->ns);

    return fate == FATE_WORDS && is_code(name->local) ? FATE_GOES : fate;
}

static void found_removed(struct rewrite *r, const char *what, struct bytes name)
{
    clean_found(r->clean, ROW_T07, ACT_REMOVED, "%s %.*s", what, (int)(name.len > 60 ? 60 : name.len), (const char *)name.at);
}

static void report_taken(struct rewrite *r)
{
    for (int k = 0; k < SCRUB_KINDS; k++) {
        if (r->scrub.count[k] > 0)
            clean_found(r->clean, ROW_T04, ACT_REMOVED, "%s", scrub_name((enum scrub_kind)k));
        r->scrub.count[k] = 0;
    }
    if (r->scrub.hidden_line != 0)
        clean_found(r->clean, ROW_G10, ACT_REMOVED, "a run of invisible characters");
    r->scrub.hidden_line = 0;
}

/* Attributes that point a program somewhere. */
static bool is_pointer(const struct xml_attr *a)
{
    struct bytes ns = a->name->ns->uri, local = a->name->local;

    if (bytes_equal(ns, BYTES("http://www.w3.org/2001/XMLSchema-instance")))
        return bytes_equal(local, BYTES("schemaLocation")) || bytes_equal(local, BYTES("noNamespaceSchemaLocation"));
    return bytes_equal(a->name->qname, BYTES("xml:base")) || fate_of(a->name->ns) != FATE_STAYS;
}

/* Values are scrubbed one by one into one buffer; the slices are set when it does not move any more. */
static void filter_attrs(struct rewrite *r, struct xml_tag *tag)
{
    size_t kept = 0, at = 0;

    buf_reset(&r->values);
    for (size_t i = 0; i < tag->attr_count; i++) {
        struct xml_attr *a = &tag->attrs[i];
        size_t from = r->values.len;

        if (is_pointer(a)) {
            found_removed(r, "attribute", a->name->qname);
            continue;
        }
        scrub_init(&r->scrub);
        scrub_run(&r->scrub, a->value, &r->values);
        scrub_end(&r->scrub);
        report_taken(r);
        a->value.len = r->values.len - from;
        tag->attrs[kept++] = *a;
    }
    tag->attr_count = kept;
    for (size_t i = 0; i < kept; i++) {
        tag->attrs[i].value.at = r->values.at == NULL ? NULL : r->values.at + at;
        at += tag->attrs[i].value.len;
    }
}

static void filter_decls(struct xml_tag *tag)
{
    size_t kept = 0;

    for (size_t i = 0; i < tag->decl_count; i++)
        if (fate_of(tag->decls[i].ns) == FATE_STAYS)
            tag->decls[kept++] = tag->decls[i];
    tag->decl_count = kept;
}

/* The text before a tag is over: what waited in the scrubber does not pass. */
static void end_text(struct rewrite *r)
{
    scrub_end(&r->scrub);
    report_taken(r);
    scrub_init(&r->scrub);
}

static enum err see_start(void *ctx, struct xml_tag *tag, struct fault *why)
{
    struct rewrite *r = ctx;
    enum fate fate = fate_of_name(tag->name);

    if (r->skipped > 0) {
        r->skipped++;
        return OK;
    }
    end_text(r);
    if (fate == FATE_REFUSED || (fate != FATE_STAYS && tag->depth == 1))
        return fault_set(why, ERR_DENIED, "T07", "XML is data", tag->at, "an element <%.*s> that is a program or a page",
                         (int)(tag->name->qname.len > 60 ? 60 : tag->name->qname.len), (const char *)tag->name->qname.at);
    if (fate != FATE_STAYS)
        found_removed(r, "element", tag->name->qname);
    r->skipped += fate == FATE_GOES;
    if (fate != FATE_STAYS)
        return OK;
    filter_attrs(r, tag);
    filter_decls(tag);
    TRY(buf_check(&r->values, why));
    TRY(xml_write_start(&r->write, tag, why));
    scrub_init(&r->scrub);
    return OK;
}

static enum err see_end(void *ctx, struct xml_name *name, struct fault *why)
{
    struct rewrite *r = ctx;

    if (r->skipped > 0) {
        r->skipped--;
        return OK;
    }
    end_text(r);
    return fate_of_name(name) == FATE_STAYS ? xml_write_end(&r->write, name, why) : OK;
}

static enum err see_text(void *ctx, struct bytes text, struct fault *why)
{
    struct rewrite *r = ctx;

    if (r->skipped > 0)
        return OK;
    buf_reset(&r->text);
    scrub_run(&r->scrub, text, &r->text);
    report_taken(r);
    TRY(buf_check(&r->text, why));
    return xml_write_text(&r->write, buf_bytes(&r->text), why);
}

static enum err see_pi(void *ctx, struct bytes target, struct bytes data, struct fault *why)
{
    (void)data, (void)why;
    found_removed(ctx, "processing instruction", target);
    return OK;
}

static enum err see_comment(void *ctx, struct bytes text, struct fault *why)
{
    (void)text, (void)why;
    found_removed(ctx, "comment", BYTES("<!--"));
    return OK;
}

/* The character set: the mark at the head, then what is declared, then UTF-8; they must not disagree. */
static enum err find_set(struct bytes in, enum charset *ret_set, struct fault *why)
{
    struct bytes label = xml_declared_encoding(bytes_part(in, 0, 512));
    enum charset declared = charset_by_name(label), marked = CHARSET_none;

    for (enum charset s = CHARSET_utf8; s <= CHARSET_utf16be && marked == CHARSET_none; s++)
        if (charset_mark(in, s) > 0)
            marked = s;
    if (marked == CHARSET_none && bytes_starts(in, BYTES("<\0")))
        marked = CHARSET_utf16le;
    if (marked == CHARSET_none && bytes_starts(in, BYTES("\0<")))
        marked = CHARSET_utf16be;
    if (label.len > 0 && (declared == CHARSET_none || declared == CHARSET_utf16le || declared == CHARSET_utf16be ||
                          (marked != CHARSET_none && marked != declared)))
        return fault_set(why, ERR_DENIED, "T07", "XML 1.0 4.3.3", 0, "an encoding is declared that is not there or not known");
    *ret_set = marked != CHARSET_none ? marked : declared != CHARSET_none ? declared : CHARSET_utf8;
    return OK;
}

static enum err pass(struct rewrite *r, struct bytes in, struct sink *out, struct fault *why)
{
    static const struct xml_handler handler = {see_start, see_end, see_text, see_pi, see_comment};
    struct xml *x = xml_new(r->clean->arena, &(struct xml_options){.row = "T07", .decoded = true});
    struct charset_reader reader;
    enum charset set = CHARSET_none;
    struct bytes run;

    TRY(find_set(in, &set, why));
    if (set != CHARSET_utf8 || charset_mark(in, set) > 0)
        clean_found(r->clean, ROW_T03, ACT_REBUILT, "%s", set == CHARSET_utf8 ? "byte order mark" : charset_name(set));
    TRY(xml_write_begin(&r->write, out, XML_WRITE_PLAIN, why));
    xml_begin(x, &handler, r);
    charset_open(&reader, in, set);
    do {
        TRY(charset_next(&reader, &run, why));
        TRY(xml_push(x, run, why));
    } while (reader.at < in.len);
    TRY(xml_end(x, why));
    return xml_write_done(&r->write, why);
}

enum err clean_xml(struct clean *c, struct bytes in, struct sink *out, struct fault *why)
{
    struct rewrite r = {.clean = c};
    enum err code;

    xml_write_init(&r.write, c->arena);
    scrub_init(&r.scrub);
    buf_init(&r.text, 1 << 20);
    buf_init(&r.values, 32 << 20);
    code = pass(&r, in, out, why);
    buf_done(&r.values);
    buf_done(&r.text);
    return code;
}
