#include "format/xml_write.h"

void xml_write_init(struct xml_write *w, struct arena *a)
{
    *w = (struct xml_write){.arena = a, .at = arena_alloc(a, XML_WRITE_CHUNK), .cap = XML_WRITE_CHUNK};
}

static enum err flush(struct xml_write *w, struct fault *why)
{
    struct bytes waiting = {w->at, TAKE(w->len, 0)};

    return waiting.len == 0 ? OK : sink_put(w->out, waiting, why);
}

static enum err grow(struct xml_write *w, size_t need, struct fault *why)
{
    size_t cap = w->cap;
    uint8_t *more;

    while (cap - w->len < need && cap <= XML_WRITE_HELD_MAX)
        cap *= 2;
    if (cap - w->len < need)
        return fault_set(why, ERR_LIMIT, "G06", "XML held back", 0, "an element of more than %d bytes that must be seen whole",
                         XML_WRITE_HELD_MAX);
    more = arena_alloc(w->arena, cap);
    memcpy(more, w->at, w->len);
    w->at = more;
    w->cap = cap;
    return OK;
}

static enum err put_long(struct xml_write *w, struct bytes b, struct fault *why)
{
    if (w->holds > 0)
        TRY(grow(w, b.len, why));
    else
        TRY(flush(w, why));
    if (b.len > w->cap - w->len)
        return sink_put(w->out, b, why);
    memcpy(w->at + w->len, b.at, b.len);
    w->len += b.len;
    return OK;
}

static inline enum err put(struct xml_write *w, struct bytes b, struct fault *why)
{
    if (b.len > w->cap - w->len)
        return put_long(w, b, why);
    if (b.len > 0)
        memcpy(w->at + w->len, b.at, b.len);
    w->len += b.len;
    return OK;
}

static inline enum err put_byte(struct xml_write *w, uint8_t c, struct fault *why)
{
    if (w->len == w->cap)
        return put_long(w, (struct bytes){&c, 1}, why);
    w->at[w->len++] = c;
    return OK;
}

/* What stands for a byte that may not stand for itself; empty for the others.  In text a quote may stand. */
static struct bytes escape_of(uint8_t c)
{
    switch (c) {
    case '&':
        return BYTES("&amp;");
    case '<':
        return BYTES("&lt;");
    case '>':
        return BYTES("&gt;");
    case '"':
        return BYTES("&quot;");
    case '\r':
        return BYTES("&#13;");
    case '\n':
        return BYTES("&#10;");
    case '\t':
        return BYTES("&#9;");
    default:
        return (struct bytes){0};
    }
}

enum { IN_TEXT = 1, IN_VALUE = 2 };

static const uint8_t special[256] = {['&'] = IN_TEXT | IN_VALUE, ['<'] = IN_TEXT | IN_VALUE, ['>'] = IN_TEXT,
                                     ['\r'] = IN_TEXT | IN_VALUE, ['"'] = IN_VALUE, ['\n'] = IN_VALUE,
                                     ['\t'] = IN_VALUE};

static enum err put_escaped(struct xml_write *w, struct bytes text, uint8_t where, struct fault *why)
{
    size_t from = 0;

    for (size_t i = 0; i < text.len; i++) {
        if ((special[text.at[i]] & where) == 0)
            continue;
        TRY(put(w, bytes_part(text, from, i - from), why));
        TRY(put(w, escape_of(text.at[i]), why));
        from = i + 1;
    }
    return put(w, bytes_from(text, from), why);
}

static enum err close_start(struct xml_write *w, struct fault *why)
{
    if (!w->open)
        return OK;
    w->open = false;
    return put_byte(w, '>', why);
}

enum err xml_write_begin(struct xml_write *w, struct sink *out, enum xml_write_head head, struct fault *why)
{
    w->out = out;
    w->len = 0;
    w->open = false;
    w->holds = 0;
    if (head == XML_WRITE_BARE)
        return OK;
    TRY(put(w, BYTES("<?xml version=\"1.0\" encoding=\"UTF-8\""), why));
    if (head == XML_WRITE_STANDALONE)
        TRY(put(w, BYTES(" standalone=\"yes\""), why));
    return put(w, BYTES("?>\n"), why);
}

static enum err put_decl(struct xml_write *w, const struct xml_decl *d, struct fault *why)
{
    TRY(put(w, BYTES(" xmlns"), why));
    if (d->prefix.len > 0)
        TRY(put_byte(w, ':', why));
    TRY(put(w, d->prefix, why));
    TRY(put(w, BYTES("=\""), why));
    TRY(put_escaped(w, d->ns->uri, IN_VALUE, why));
    return put_byte(w, '"', why);
}

enum err xml_write_start(struct xml_write *w, const struct xml_tag *tag, struct fault *why)
{
    TRY(close_start(w, why));
    TRY(put_byte(w, '<', why));
    TRY(put(w, tag->name->qname, why));
    for (size_t i = 0; i < tag->decl_count; i++)
        TRY(put_decl(w, &tag->decls[i], why));
    for (size_t i = 0; i < tag->attr_count; i++) {
        TRY(put_byte(w, ' ', why));
        TRY(put(w, tag->attrs[i].name->qname, why));
        TRY(put(w, BYTES("=\""), why));
        TRY(put_escaped(w, tag->attrs[i].value, IN_VALUE, why));
        TRY(put_byte(w, '"', why));
    }
    w->open = true;
    return OK;
}

enum err xml_write_end(struct xml_write *w, const struct xml_name *name, struct fault *why)
{
    if (w->open) {
        w->open = false;
        return put(w, BYTES("/>"), why);
    }
    TRY(put(w, BYTES("</"), why));
    TRY(put(w, name->qname, why));
    return put_byte(w, '>', why);
}

enum err xml_write_text(struct xml_write *w, struct bytes text, struct fault *why)
{
    if (text.len == 0)
        return OK;
    TRY(close_start(w, why));
    return put_escaped(w, text, IN_TEXT, why);
}

enum err xml_write_raw(struct xml_write *w, struct bytes xml, struct fault *why)
{
    TRY(close_start(w, why));
    return put(w, xml, why);
}

enum err xml_write_value(struct xml_write *w, struct bytes value, struct fault *why)
{
    TRY(close_start(w, why));
    return put_escaped(w, value, IN_VALUE, why);
}

struct xml_write_mark xml_write_hold(struct xml_write *w)
{
    w->holds++;
    return (struct xml_write_mark){w->len, w->open};
}

void xml_write_let(struct xml_write *w)
{
    w->holds--;
}

void xml_write_back(struct xml_write *w, struct xml_write_mark mark)
{
    w->holds--;
    w->len = mark.len;
    w->open = mark.open;
}

enum err xml_write_done(struct xml_write *w, struct fault *why)
{
    TRY(close_start(w, why));
    return flush(w, why);
}
