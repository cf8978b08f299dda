#include "format/cmap.h"

#include "format/ps.h"

enum {
    MAPPINGS_MAX = 1 << 20,
    SECTION_MAX = 100,
    CODE_DIGITS = 8,
    TEXT_DIGITS = 1024,
    CODESPACES_MAX = 100,
    NAME_LEN = 63
};

/* ISO 32000-2 table 116, each with -H and -V; and names that have no such pair. */
static const char *const pairs[] = {
    "GB-EUC",          "GBpc-EUC",         "GBK-EUC",          "GBKp-EUC",          "GBK2K",
    "UniGB-UCS2",      "UniGB-UTF8",       "UniGB-UTF16",      "UniGB-UTF32",       "B5pc",
    "HKscs-B5",        "ETen-B5",          "ETenms-B5",        "CNS-EUC",           "UniCNS-UCS2",
    "UniCNS-UTF8",     "UniCNS-UTF16",     "UniCNS-UTF32",     "83pv-RKSJ",         "90ms-RKSJ",
    "90msp-RKSJ",      "90pv-RKSJ",        "Add-RKSJ",         "Ext-RKSJ",          "EUC",
    "UniJIS-UCS2",     "UniJIS-UCS2-HW",   "UniJIS-UTF8",      "UniJIS-UTF16",      "UniJIS-UTF32",
    "UniJIS2004-UTF8", "UniJIS2004-UTF16", "UniJIS2004-UTF32", "UniJISX0213-UTF32", "KSC-EUC",
    "KSCms-UHC",       "KSCms-UHC-HW",     "KSCpc-EUC",        "UniKS-UCS2",        "UniKS-UTF8",
    "UniKS-UTF16",     "UniKS-UTF32",      "Identity",
};
static const char *const singles[] = {
    "H", "V", "Adobe-Japan1-UCS2", "Adobe-GB1-UCS2", "Adobe-CNS1-UCS2", "Adobe-Korea1-UCS2", "Adobe-KR-UCS2",
};

bool cmap_predefined(struct bytes name)
{
    for (size_t i = 0; i < countof(singles); i++)
        if (bytes_equal(name, bytes_of(singles[i])))
            return true;
    if (!bytes_ends(name, BYTES("-H")) && !bytes_ends(name, BYTES("-V")))
        return false;
    for (size_t i = 0; i < countof(pairs); i++)
        if (bytes_equal(bytes_part(name, 0, name.len - 2), bytes_of(pairs[i])))
            return true;
    return false;
}

/* The sections there are, and what one entry of each is made of.  Readers take both kinds in either
 * CMap (a ToUnicode with cidrange is met), so neither is left out. */
enum section { BFCHAR, BFRANGE, CIDCHAR, CIDRANGE, NOTDEFCHAR, NOTDEFRANGE, SECTIONS };

static const struct {
    const char *begin, *end;
    enum cmap_kind kind;
    bool range;
} sections[SECTIONS] = {
    {"beginbfchar", "endbfchar", CMAP_TO_UNICODE, false},
    {"beginbfrange", "endbfrange", CMAP_TO_UNICODE, true},
    {"begincidchar", "endcidchar", CMAP_ENCODING, false},
    {"begincidrange", "endcidrange", CMAP_ENCODING, true},
    {"beginnotdefchar", "endnotdefchar", CMAP_ENCODING, false},
    {"beginnotdefrange", "endnotdefrange", CMAP_ENCODING, true},
};

struct work {
    enum cmap_kind kind;
    struct ps in;
    struct buf body, open, line, spaces; /* open: entries of the section being filled */
    enum section section;
    uint32_t open_count, mappings, space_count;
    char registry[NAME_LEN + 1], ordering[NAME_LEN + 1], name[NAME_LEN + 1], uses[NAME_LEN + 1];
    int32_t supplement;
    bool vertical;
};

static void work_done(struct work *w)
{
    buf_done(&w->body);
    buf_done(&w->open);
    buf_done(&w->line);
    buf_done(&w->spaces);
}

/* The digits of <…> in capitals, blanks left out; how many digits there are is kept, readers count them.
 * False when there is none, something else, or more than `max`. */
static bool take_hex(struct ps_token t, size_t max, struct buf *out, uint32_t *ret_value)
{
    size_t digits = 0;
    uint32_t value = 0;

    if (t.kind != PS_HEX)
        return false;
    buf_put_u8(out, '<');
    for (size_t i = 0; i < t.text.len; i++) {
        int v = ps_hex(t.text.at[i]);

        if (v < 0 && strchr(" \t\r\n\f", t.text.at[i]) != NULL)
            continue;
        if (v < 0 || digits++ >= max)
            return false;
        value = value << 4 | (uint32_t)v;
        buf_put_u8(out, (uint8_t) "0123456789ABCDEF"[v]);
    }
    buf_put_u8(out, '>');
    *ret_value = value;
    return digits > 0;
}

static void flush(struct work *w)
{
    if (w->open_count == 0)
        return;
    buf_putf(&w->body, "%u %s\n", w->open_count, sections[w->section].begin);
    buf_put(&w->body, buf_bytes(&w->open));
    buf_putf(&w->body, "%s\n", sections[w->section].end);
    buf_reset(&w->open);
    w->open_count = 0;
}

/* What a code means: text, or a list of texts for a range, or a number. */
static bool take_meaning(struct work *w, enum section section, struct ps_token t)
{
    uint32_t ignored;
    int32_t cid;

    if (sections[section].kind == CMAP_ENCODING) {
        if (!ps_int(t, &cid) || cid < 0 || cid > 65535)
            return false;
        buf_putf(&w->line, "%d", (int)cid);
        return true;
    }
    if (t.kind == PS_HEX || section == BFCHAR)
        return take_hex(t, TEXT_DIGITS, &w->line, &ignored);
    if (t.kind != PS_OPEN)
        return false;
    buf_put_text(&w->line, "[");
    for (t = ps_next(&w->in); t.kind == PS_HEX; t = ps_next(&w->in)) {
        size_t before = w->line.len;

        if (++w->mappings > MAPPINGS_MAX)
            return false;
        if (before > 1 && w->line.at[before - 1] == '>')
            buf_put_u8(&w->line, ' ');
        if (!take_hex(t, TEXT_DIGITS, &w->line, &ignored)) {
            w->line.len = before; /* its place in the list must stay taken */
            buf_put_text(&w->line, before > 1 && w->line.at[before - 1] == '>' ? " <FFFD>" : "<FFFD>");
        }
    }
    buf_put_text(&w->line, "]");
    return t.kind == PS_CLOSE;
}

/* One entry whose first token is read; what cannot be read is left out. */
static bool take_entry(struct work *w, enum section section, struct ps_token first)
{
    uint32_t from, to;

    buf_reset(&w->line);
    if (!take_hex(first, CODE_DIGITS, &w->line, &from))
        return false;
    buf_put_text(&w->line, " ");
    if (sections[section].range) {
        if (!take_hex(ps_next(&w->in), CODE_DIGITS, &w->line, &to))
            return false;
        buf_put_text(&w->line, " ");
        if (!take_meaning(w, section, ps_next(&w->in)))
            return false;
        return from <= to && (section != BFRANGE || to - from <= 0xFFFF);
    }
    return take_meaning(w, section, ps_next(&w->in));
}

static void read_section(struct work *w, enum section section)
{
    for (;;) {
        size_t back = w->in.at;
        struct ps_token t = ps_next(&w->in);

        if (t.kind == PS_END || t.kind == PS_WORD || t.kind == PS_NAME) {
            if (!ps_is(t, sections[section].end))
                w->in.at = back; /* the section ended without its word */
            return;
        }
        if (!take_entry(w, section, t))
            continue;
        if (w->section != section || w->open_count == SECTION_MAX)
            flush(w);
        w->section = section;
        w->open_count++;
        if (++w->mappings > MAPPINGS_MAX || w->body.full)
            return;
        buf_put_u8(&w->line, '\n');
        buf_put(&w->open, buf_bytes(&w->line));
    }
}

static void read_spaces(struct work *w)
{
    struct ps_token t = ps_next(&w->in);

    for (; t.kind == PS_HEX; t = ps_next(&w->in)) {
        uint32_t from, to;

        buf_reset(&w->line);
        if (!take_hex(t, CODE_DIGITS, &w->line, &from))
            continue;
        buf_put_u8(&w->line, ' ');
        if (!take_hex(ps_next(&w->in), CODE_DIGITS, &w->line, &to) || from > to || w->space_count == CODESPACES_MAX)
            continue;
        buf_put_u8(&w->line, '\n');
        buf_put(&w->spaces, buf_bytes(&w->line));
        w->space_count++;
    }
}

/* Keep a short text of letters, digits and the marks names are made of; the first one counts. */
static void keep_text(struct bytes text, char *place)
{
    if (place[0] != 0 || text.len == 0 || text.len > NAME_LEN)
        return;
    for (size_t i = 0; i < text.len; i++)
        if (text.at[i] <= ' ' || text.at[i] > '~' || strchr("()<>[]{}/%\\", text.at[i]) != NULL)
            return;
    memcpy(place, text.at, text.len);
    place[text.len] = 0;
}

static void read_definition(struct work *w, struct bytes key, struct ps_token value)
{
    int32_t n;

    if (bytes_equal(key, BYTES("Registry")) && value.kind == PS_STRING)
        keep_text(value.text, w->registry);
    else if (bytes_equal(key, BYTES("Ordering")) && value.kind == PS_STRING)
        keep_text(value.text, w->ordering);
    else if (bytes_equal(key, BYTES("CMapName")) && value.kind == PS_NAME)
        keep_text(value.text, w->name);
    else if (bytes_equal(key, BYTES("Supplement")) && ps_int(value, &n) && n >= 0 && n < 100)
        w->supplement = n;
    else if (bytes_equal(key, BYTES("WMode")) && ps_int(value, &n))
        w->vertical = n == 1;
}

static void read_all(struct work *w)
{
    struct bytes key = {0};

    for (struct ps_token t = ps_next(&w->in); t.kind != PS_END && w->mappings <= MAPPINGS_MAX && !w->body.full;
         t = ps_next(&w->in)) {
        if (key.len > 0)
            read_definition(w, key, t);
        if (ps_is(t, "usecmap") && cmap_predefined(key))
            keep_text(key, w->uses);
        key = t.kind == PS_NAME ? t.text : (struct bytes){0};
        if (ps_is(t, "begincodespacerange"))
            read_spaces(w);
        for (size_t s = 0; s < SECTIONS; s++)
            if (ps_is(t, sections[s].begin))
                read_section(w, (enum section)s);
    }
    flush(w);
}

static const char *or_else(const char *text, const char *other)
{
    return text[0] != 0 ? text : other;
}

static void write_all(const struct work *w, struct buf *out)
{
    bool unicode = w->kind == CMAP_TO_UNICODE;

    buf_put_text(out, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n");
    if (w->uses[0] != 0)
        buf_putf(out, "/%s usecmap\n", w->uses);
    buf_putf(out, "/CIDSystemInfo << /Registry (%s) /Ordering (%s) /Supplement %d >> def\n",
             or_else(w->registry, "Adobe"), or_else(w->ordering, unicode ? "UCS" : "Identity"), (int)w->supplement);
    buf_putf(out, "/CMapName /%s def\n/CMapType %d def\n", or_else(w->name, unicode ? "Adobe-Identity-UCS" : "Custom"),
             unicode ? 2 : 1);
    if (!unicode || w->vertical)
        buf_putf(out, "/WMode %d def\n", w->vertical);
    if (w->space_count > 0) {
        buf_putf(out, "%u begincodespacerange\n", w->space_count);
        buf_put(out, buf_bytes(&w->spaces));
        buf_put_text(out, "endcodespacerange\n");
    }
    buf_put(out, buf_bytes(&w->body));
    buf_put_text(out, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
}

enum err cmap_rewrite(enum cmap_kind kind, struct bytes in, struct buf *ret_stream, struct cmap_info *ret_info,
                      struct fault *why)
{
    _cleanup_(work_done) struct work w = {.kind = kind};

    w.in.in = in;
    buf_init(&w.body, ret_stream->max);
    buf_init(&w.open, ret_stream->max);
    buf_init(&w.line, ret_stream->max);
    buf_init(&w.spaces, ret_stream->max);
    read_all(&w);
    if (w.mappings > MAPPINGS_MAX)
        return fault_set(why, ERR_LIMIT, "P17", "ISO 32000-2 9.7.5", w.in.at, "CMap with more than %d mappings",
                         MAPPINGS_MAX);
    TRY(buf_check(&w.body, why));
    TRY(buf_check(&w.open, why));
    write_all(&w, ret_stream);
    TRY(buf_check(ret_stream, why));
    if (ret_info != NULL) {
        *ret_info = (struct cmap_info){.vertical = w.vertical, .mappings = w.mappings};
        memcpy(ret_info->uses, w.uses, sizeof(w.uses));
    }
    return OK;
}
