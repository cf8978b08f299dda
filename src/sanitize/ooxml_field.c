#include "sanitize/ooxml_field.h"

#include "sanitize/ooxml_instr.h"
#include "sanitize/ooxml_vocab.h"

enum { INSTR_MAX = 4096, NESTING_MAX = 64, FIELDS_MAX = 1 << 20, NAME_MAX = 24 };

/* A field begun and not yet ended, in the first pass. */
struct reading {
    uint32_t ordinal;
    bool in_result;
    bool too_long;
    size_t nested; /* where the first field inside its instruction stands */
    size_t len;
    uint8_t instr[INSTR_MAX];
};

struct verdict {
    enum ooxml_instr is;
    bool closed; /* one that never ends has no instruction to hide: what follows is shown */
    char name[NAME_MAX];
};

/* The same in the second pass. */
struct passing {
    uint32_t ordinal;
    bool bad, in_result;
};

struct field_state {
    struct verdict *verdicts;
    uint32_t count, cap;
    struct reading *open;
    struct passing *passing;
    uint32_t depth;
    bool in_instr; /* first pass: inside w:instrText */
    uint32_t next; /* second pass */
    struct arena *arena;
};

static struct field_state *state_of(const struct ooxml_filter *f)
{
    return f->state[OOXML_STATE_WORD];
}

/* ---- first pass ---- */

static enum err too_many(const struct xml_tag *tag, struct fault *why)
{
    return fault_set(why, ERR_LIMIT, "G06", "fields of a part", tag->at, "too many fields, or nested too deep");
}

static enum err field_begin(struct field_state *s, const struct xml_tag *tag, struct fault *why)
{
    struct reading *r;

    if (s->depth >= NESTING_MAX || s->count >= FIELDS_MAX)
        return too_many(tag, why);
    if (s->depth > 0 && !s->open[s->depth - 1].in_result && s->open[s->depth - 1].nested == SIZE_MAX)
        s->open[s->depth - 1].nested = s->open[s->depth - 1].len;
    if (s->count == s->cap) {
        uint32_t cap = s->cap == 0 ? 64 : s->cap * 2;
        struct verdict *more = arena_array(s->arena, cap, sizeof(*more));

        if (s->count > 0)
            memcpy(more, s->verdicts, s->count * sizeof(*more));
        s->verdicts = more;
        s->cap = cap;
    }
    r = &s->open[s->depth++];
    r->ordinal = s->count;
    r->in_result = r->too_long = false;
    r->nested = SIZE_MAX;
    r->len = 0;
    s->verdicts[s->count++] = (struct verdict){.is = OOXML_INSTR_BAD};
    return OK;
}

static void field_end(struct field_state *s)
{
    struct reading *r = &s->open[--s->depth];
    struct verdict *v = &s->verdicts[r->ordinal];
    struct bytes name;

    v->closed = true;
    v->is = ooxml_instr_judge((struct bytes){r->instr, r->len}, r->nested, &name);
    if (r->too_long && (v->is == OOXML_INSTR_LINK || v->is == OOXML_INSTR_FINE))
        v->is = bytes_equal_fold(name, BYTES("HYPERLINK")) ? OOXML_INSTR_BAD_LINK : v->is;
    name = bytes_part(name, 0, NAME_MAX - 1);
    if (name.len > 0)
        memcpy(v->name, name.at, name.len);
}

static enum err scan_start(void *ctx, struct xml_tag *tag, struct fault *why)
{
    struct ooxml_filter *f = ctx;
    struct field_state *s = state_of(f);
    struct bytes local = tag->name->local;

    if (local.len < 7 || ooxml_vocab_of(tag->name->ns) != &ooxml_w)
        return OK;
    s->in_instr = bytes_equal(local, BYTES("instrText")) || bytes_equal(local, BYTES("delInstrText"));
    if (!bytes_equal(local, BYTES("fldChar")))
        return OK;
    if (ooxml_filter_attr_is(tag, "fldCharType", "begin"))
        return field_begin(s, tag, why);
    if (s->depth > 0 && ooxml_filter_attr_is(tag, "fldCharType", "separate"))
        s->open[s->depth - 1].in_result = true;
    else if (s->depth > 0 && ooxml_filter_attr_is(tag, "fldCharType", "end"))
        field_end(s);
    return OK;
}

static enum err scan_end(void *ctx, struct xml_name *name, struct fault *why)
{
    struct ooxml_filter *f = ctx;

    (void)name, (void)why;
    state_of(f)->in_instr = false;
    return OK;
}

static enum err scan_text(void *ctx, struct bytes text, struct fault *why)
{
    struct ooxml_filter *f = ctx;
    struct field_state *s = state_of(f);
    struct reading *r;

    (void)why;
    if (!s->in_instr || s->depth == 0)
        return OK;
    r = &s->open[s->depth - 1];
    if (r->in_result)
        return OK;
    if (text.len > INSTR_MAX - r->len) {
        r->too_long = true;
        text.len = INSTR_MAX - r->len;
    }
    memcpy(r->instr + r->len, text.at, text.len);
    r->len += text.len;
    return OK;
}

/* Whether a part can hold a field that may stay.  Names cannot be written otherwise, except in UTF-16.  Without a
 * first pass every field goes; in a long part that is not one of Word's, that is right. */
static bool may_have_fields(const struct ooxml_filter *f)
{
    struct bytes b = f->whole;

    if (b.at == NULL)
        return f->part->kind >= OOXML_WORD && f->part->kind <= OOXML_WORD_COMMENT_DATA;
    if (b.len >= 2 && (b.at[0] >= 0xfe || b.at[0] == 0 || b.at[1] == 0))
        return true;
    return bytes_find(b, BYTES("fldChar"), 0) != SIZE_MAX || bytes_find(b, BYTES("nstrText"), 0) != SIZE_MAX;
}

enum err ooxml_field_scan(struct ooxml_filter *f, struct fault *why)
{
    static const struct xml_handler handler = {.start = scan_start, .end = scan_end, .text = scan_text};
    struct field_state *s;

    if (!may_have_fields(f))
        return OK;
    s = ARENA_NEW(f->scratch, struct field_state);
    s->arena = f->scratch;
    s->open = arena_array(f->scratch, NESTING_MAX, sizeof(*s->open));
    s->passing = arena_array(f->scratch, NESTING_MAX, sizeof(*s->passing));
    f->state[OOXML_STATE_WORD] = s;
    xml_begin(f->x, &handler, f);
    TRY(ooxml_filter_feed(f, why));
    s->depth = 0;
    return OK;
}

/* ---- second pass ---- */

static void report(struct ooxml_filter *f, enum ooxml_instr is, const char *name)
{
    struct bytes shown = bytes_of(name[0] == 0 ? "field" : name);

    if (is == OOXML_INSTR_BAD)
        ooxml_filter_found(f, ROW_O13, ACT_NEUTRALIZED, shown);
    else if (is != OOXML_INSTR_FINE)
        ooxml_filter_found(f, ROW_O11, is == OOXML_INSTR_LINK ? ACT_KEPT : ACT_REMOVED, shown);
}

/* What the profile makes of a verdict. */
static enum ooxml_instr decide(const struct ooxml_filter *f, enum ooxml_instr is)
{
    bool links = profile_choice(f->c->profile, ROW_O11) != CHOICE_REMOVE;

    return is == OOXML_INSTR_LINK && !links ? OOXML_INSTR_BAD_LINK : is;
}

bool ooxml_field_hidden(const struct ooxml_filter *f)
{
    const struct field_state *s = state_of(f);

    for (uint32_t i = 0; s != NULL && i < s->depth; i++)
        if (s->passing[i].bad && !s->passing[i].in_result)
            return true;
    return false;
}

static enum err char_begin(struct ooxml_filter *f, struct field_state *s, const struct xml_tag *tag,
                           enum ooxml_what *what, struct fault *why)
{
    struct passing *p;
    const struct verdict *v;
    enum ooxml_instr is;

    if (s->next >= s->count || s->depth >= NESTING_MAX)
        return too_many(tag, why);
    v = &s->verdicts[s->next];
    is = decide(f, v->is);
    p = &s->passing[s->depth];
    *p = (struct passing){.ordinal = s->next++, .bad = is == OOXML_INSTR_BAD || is == OOXML_INSTR_BAD_LINK};
    p->in_result = !v->closed;
    if (ooxml_field_hidden(f)) {
        p->bad = true;
    } else {
        report(f, is, v->name);
    }
    s->depth++;
    if (p->bad)
        *what = OOXML_DROP_SILENT;
    return OK;
}

enum err ooxml_field_char(struct ooxml_filter *f, struct xml_tag *tag, enum ooxml_what *what, struct fault *why)
{
    struct field_state *s = state_of(f);
    bool separate = ooxml_filter_attr_is(tag, "fldCharType", "separate");
    struct passing *p;

    if (s != NULL && ooxml_filter_attr_is(tag, "fldCharType", "begin"))
        return char_begin(f, s, tag, what, why);
    if (s == NULL || s->depth == 0 || (!separate && !ooxml_filter_attr_is(tag, "fldCharType", "end"))) {
        *what = OOXML_DROP; /* belongs to no field */
        return OK;
    }
    p = &s->passing[s->depth - 1];
    if (p->bad || (separate && p->in_result))
        *what = OOXML_DROP_SILENT;
    if (separate)
        p->in_result = true;
    else
        s->depth--;
    return OK;
}

enum err ooxml_field_instr(struct ooxml_filter *f, struct xml_tag *tag, enum ooxml_what *what, struct fault *why)
{
    const struct field_state *s = state_of(f);

    (void)tag, (void)why;
    if (s == NULL || s->depth == 0 || s->passing[s->depth - 1].in_result)
        *what = OOXML_DROP; /* outside of an instruction */
    else if (s->passing[s->depth - 1].bad)
        *what = OOXML_DROP_SILENT;
    return OK;
}

enum err ooxml_field_simple(struct ooxml_filter *f, struct xml_tag *tag, enum ooxml_what *what, struct fault *why)
{
    const struct xml_attr *instr = ooxml_filter_attr(tag, "instr");
    char name[NAME_MAX] = "";
    enum ooxml_instr is = OOXML_INSTR_BAD;
    struct bytes found = {0};

    (void)why;
    if (instr != NULL)
        is = decide(f, ooxml_instr_judge(instr->value, SIZE_MAX, &found));
    if (found.len > 0)
        memcpy(name, found.at, found.len < NAME_MAX ? found.len : NAME_MAX - 1);
    if (ooxml_field_hidden(f)) {
        *what = OOXML_UNWRAP_SILENT;
        return OK;
    }
    report(f, is, name);
    if (is == OOXML_INSTR_BAD || is == OOXML_INSTR_BAD_LINK)
        *what = OOXML_UNWRAP_SILENT;
    return OK;
}
