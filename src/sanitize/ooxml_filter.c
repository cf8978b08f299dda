#include "sanitize/ooxml_filter.h"

#include "sanitize/ooxml_attr.h"
#include "sanitize/ooxml_field.h"
#include "sanitize/ooxml_formula.h"
#include "sanitize/ooxml_vocab.h"

enum { LEVELS = 512, JUDGE_MAX = 1 << 20, SCRATCH_BUDGET = 256 << 20, WHOLE_MAX = 16 << 20 };

void ooxml_filter_found(struct ooxml_filter *f, enum row row, enum act act, struct bytes what)
{
    clean_found(f->c, row, act, "%.*s: %.*s", (int)f->part->name.len, (const char *)f->part->name.at, (int)what.len,
                (const char *)what.at);
}

/* A kept element or a text: the elements around it that were waiting for one have it. */
static void settle(struct ooxml_filter *f)
{
    for (uint32_t i = f->depth; i-- > 0;) {
        struct ooxml_level *l = &f->levels[i];

        if (l->settled || (l->held && l->rule->whole))
            break;
        if (l->held) {
            l->held = false;
            xml_write_let(&f->w);
        }
        l->settled = true;
    }
}

static void child_lost(struct ooxml_filter *f)
{
    if (f->depth > 0)
        f->levels[f->depth - 1].lost_child = true;
}

static bool declared(const struct xml_tag *tag, struct bytes prefix)
{
    for (size_t i = 0; i < tag->decl_count; i++)
        if (bytes_equal(tag->decls[i].prefix, prefix))
            return true;
    return false;
}

/* The declarations of unwrapped elements directly around go to the tag; an inner one hides an outer one. */
static void move_decls(struct ooxml_filter *f, struct xml_tag *tag)
{
    struct xml_decl *own = tag->decls;
    size_t most = tag->decl_count;

    for (uint32_t i = f->depth; i-- > 0 && f->levels[i].written == NULL;)
        most += f->levels[i].decl_count;
    if (most == tag->decl_count)
        return;
    tag->decls = arena_array(f->scratch, most, sizeof(*tag->decls));
    if (tag->decl_count > 0)
        memcpy(tag->decls, own, tag->decl_count * sizeof(*own));
    for (uint32_t i = f->depth; i-- > 0 && f->levels[i].written == NULL;)
        for (size_t k = 0; k < f->levels[i].decl_count; k++)
            if (!declared(tag, f->levels[i].decls[k].prefix))
                tag->decls[tag->decl_count++] = f->levels[i].decls[k];
}

static void save_decls(struct ooxml_filter *f, struct ooxml_level *l, const struct xml_tag *tag)
{
    if (tag->decl_count == 0)
        return;
    l->decls = arena_array(f->scratch, tag->decl_count, sizeof(*l->decls));
    l->decl_count = tag->decl_count;
    memcpy(l->decls, tag->decls, tag->decl_count * sizeof(*l->decls));
}

static enum err push(struct ooxml_filter *f, struct xml_tag *tag, enum ooxml_what what, struct fault *why)
{
    const struct ooxml_rule *rule = f->next.rule;
    struct ooxml_level *l;

    if (f->depth >= LEVELS)
        return fault_set(why, ERR_LIMIT, "G06", "nesting of XML", tag->at, "nested too deep");
    f->next.written = what == OOXML_KEEP ? tag->name : NULL;
    if (what != OOXML_KEEP || rule->start != NULL || rule->prune || rule->whole)
        save_decls(f, &f->next, tag);
    if (what == OOXML_KEEP) {
        move_decls(f, tag);
        if (rule->prune || rule->whole || rule->judge != NULL) {
            f->next.held = true;
            f->next.mark = xml_write_hold(&f->w);
        } else {
            settle(f);
            f->next.settled = true;
        }
        TRY(xml_write_start(&f->w, tag, why));
    }
    l = &f->levels[f->depth++];
    *l = f->next;
    if (rule->judge != NULL) {
        f->collecting = true;
        buf_reset(&f->text);
    }
    return OK;
}

static enum err drop(struct ooxml_filter *f, const struct xml_tag *tag, enum ooxml_what what, struct fault *why)
{
    if (f->depth == 0)
        return fault_set(why, ERR_DENIED, rule_id(f->next.rule->row), "ECMA-376 Part 1 8.4", tag->at,
                         "%.*s: the root %.*s is none of a part that may stay", (int)f->part->name.len,
                         (const char *)f->part->name.at, (int)tag->name->qname.len, (const char *)tag->name->qname.at);
    if (what == OOXML_DROP)
        ooxml_filter_found(f, f->next.rule->row, ACT_REMOVED, tag->name->qname);
    child_lost(f);
    f->skipping = 1;
    return OK;
}

/* What the element around says to a child. */
static enum err ask_parent(struct ooxml_filter *f, struct xml_tag *tag, enum ooxml_what *what, struct fault *why)
{
    struct ooxml_level *l = ooxml_filter_level(f);

    *what = OOXML_KEEP;
    if (l == NULL)
        return OK;
    if (f->collecting || l->drop_rest)
        *what = OOXML_DROP_SILENT;
    else if (l->rule->child != NULL)
        return l->rule->child(f, tag, what, why);
    return OK;
}

static enum err on_start(void *ctx, struct xml_tag *tag, struct fault *why)
{
    struct ooxml_filter *f = ctx;
    const struct ooxml_rule *rule;
    enum ooxml_what what;

    if (f->skipping > 0) {
        f->skipping++;
        return OK;
    }
    if (f->hidden.count > 0)
        TRY(ooxml_hidden_end(f, why));
    rule = ooxml_vocab_rule(tag->name);
    TRY(ask_parent(f, tag, &what, why));
    if (what == OOXML_KEEP)
        what = rule->what;
    f->next = (struct ooxml_level){.rule = rule, .read = tag->name};
    f->lost = false;
    if (what == OOXML_DROP || what == OOXML_DROP_SILENT)
        return drop(f, tag, what, why);
    TRY(ooxml_attr_filter(f, tag, rule, why));
    if (f->lost)
        what = rule->lost == OOXML_KEEP ? OOXML_DROP_SILENT : rule->lost == OOXML_STRIP ? what : rule->lost;
    if (rule->start != NULL)
        TRY(rule->start(f, tag, &what, why));
    if (what == OOXML_DROP || what == OOXML_DROP_SILENT)
        return drop(f, tag, what, why);
    if (what == OOXML_UNWRAP)
        ooxml_filter_found(f, rule->row, ACT_NEUTRALIZED, tag->name->qname);
    return push(f, tag, what, why);
}

/* The text of a judged element is whole: it is written, or it never was. */
static enum err judge(struct ooxml_filter *f, struct ooxml_level *l, struct fault *why)
{
    enum ooxml_what what = OOXML_KEEP;

    f->collecting = false;
    TRY(buf_check(&f->text, why));
    TRY(l->rule->judge(f, &f->text, &what, why));
    if (what == OOXML_KEEP)
        return xml_write_text(&f->w, buf_bytes(&f->text), why);
    if (what == OOXML_DROP)
        ooxml_filter_found(f, l->rule->row, ACT_REMOVED, l->read->qname);
    l->lost_child = true; /* like a pruned one: its start tag is taken back below */
    return OK;
}

static enum err on_end(void *ctx, struct xml_name *name, struct fault *why)
{
    struct ooxml_filter *f = ctx;
    struct ooxml_level *l;

    (void)name;
    if (f->skipping > 0) {
        f->skipping--;
        return OK;
    }
    if (f->hidden.count > 0)
        TRY(ooxml_hidden_end(f, why));
    l = &f->levels[f->depth - 1];
    if (l->rule->judge != NULL && l->written != NULL)
        TRY(judge(f, l, why));
    if (l->rule->end != NULL)
        TRY(l->rule->end(f, why));
    f->depth--;
    if (l->held && (l->doomed || (l->lost_child && !l->rule->whole))) {
        xml_write_back(&f->w, l->mark);
        child_lost(f);
        return OK;
    }
    if (l->held) {
        xml_write_let(&f->w);
        settle(f);
    }
    return l->written == NULL ? OK : xml_write_end(&f->w, l->written, why);
}

static bool blank(struct bytes text)
{
    return bytes_trim(text).len == 0;
}

static enum err on_text(void *ctx, struct bytes text, struct fault *why)
{
    struct ooxml_filter *f = ctx;
    struct ooxml_level *l = ooxml_filter_level(f);
    bool keep = true;

    if (f->skipping > 0 || l == NULL)
        return OK;
    if (f->collecting) {
        buf_put(&f->text, text);
        return OK;
    }
    if (l->rule->text != NULL)
        TRY(l->rule->text(f, text, &keep, why));
    if (!keep)
        return OK;
    if (!l->settled && !blank(text))
        settle(f);
    return ooxml_hidden_text(f, text, why);
}

static const struct xml_handler filter_handler = {.start = on_start, .end = on_end, .text = on_text};

static enum err feed(void *ctx, struct bytes chunk, struct fault *why)
{
    struct ooxml_filter *f = ctx;

    return xml_push(f->x, chunk, why);
}

enum err ooxml_filter_feed(struct ooxml_filter *f, struct fault *why)
{
    if (f->whole.at != NULL)
        TRY(xml_push(f->x, f->whole, why));
    else
        TRY(ooxml_package_stream(f->package, f->part->entry, feed, f, why));
    return xml_end(f->x, why);
}

void ooxml_filter_init(struct ooxml_filter *f, struct clean *c, struct ooxml_package *package)
{
    *f = (struct ooxml_filter){.c = c, .package = package, .x = package->x};
    f->levels = arena_array(c->arena, LEVELS, sizeof(*f->levels));
    f->scratch = ARENA_NEW(c->arena, struct arena);
    arena_init(f->scratch, SCRATCH_BUDGET);
    xml_write_init(&f->w, c->arena);
    buf_init(&f->text, JUDGE_MAX);
}

void ooxml_filter_done(struct ooxml_filter *f)
{
    buf_done(&f->text);
    arena_done(f->scratch);
}

/* Excel writes the line breaks of a VML box as HTML does, <br> without an end: they get one. */
static void mend_breaks(struct ooxml_filter *f)
{
    struct bytes in = f->whole;
    size_t count = 0, len = 0;
    uint8_t *out;

    if (bytes_find_fold(in, BYTES("</br"), 0) != SIZE_MAX)
        return;
    for (size_t at = 0; (at = bytes_find_fold(in, BYTES("<br>"), at)) != SIZE_MAX; at += 4)
        count++;
    if (count == 0)
        return;
    out = arena_alloc(f->scratch, in.len + count);
    for (size_t i = 0; i < in.len; i++) {
        if (in.at[i] == '>' && i >= 3 && bytes_equal_fold(bytes_part(in, i - 3, 3), BYTES("<br")))
            out[len++] = '/';
        out[len++] = in.at[i];
    }
    f->whole = (struct bytes){out, len};
}

enum err ooxml_filter_part(struct ooxml_filter *f, struct ooxml_part *part, struct sink *out, struct fault *why)
{
    f->part = part;
    f->depth = f->skipping = 0;
    f->collecting = false;
    f->whole = (struct bytes){0};
    f->hidden = (struct ooxml_hidden){0};
    memset(f->state, 0, sizeof(f->state));
    arena_done(f->scratch);
    arena_init(f->scratch, SCRATCH_BUDGET);
    if (part->entry->size <= WHOLE_MAX)
        TRY(ooxml_package_read(f->package, part->entry, &f->whole, why));
    if (part->kind == OOXML_VML)
        mend_breaks(f);
    TRY(ooxml_field_scan(f, why));
    xml_begin(f->x, &filter_handler, f);
    TRY(xml_write_begin(&f->w, out, XML_WRITE_STANDALONE, why));
    TRY(ooxml_filter_feed(f, why));
    return xml_write_done(&f->w, why);
}

/* ---- small services for the functions of rules ---- */

struct xml_attr *ooxml_filter_attr_ns(const struct xml_tag *tag, const char *uri, const char *local)
{
    struct bytes space = uri == NULL ? (struct bytes){0} : bytes_of(uri);

    for (size_t i = 0; i < tag->attr_count; i++)
        if (bytes_equal(tag->attrs[i].name->local, bytes_of(local)) && bytes_equal(tag->attrs[i].name->ns->uri, space))
            return &tag->attrs[i];
    return NULL;
}

struct xml_attr *ooxml_filter_attr(const struct xml_tag *tag, const char *local)
{
    for (size_t i = 0; i < tag->attr_count; i++)
        if (bytes_equal(tag->attrs[i].name->local, bytes_of(local)) &&
            (tag->attrs[i].name->prefix.len == 0 || tag->attrs[i].name->ns == tag->name->ns))
            return &tag->attrs[i];
    return NULL;
}

bool ooxml_filter_attr_is(const struct xml_tag *tag, const char *local, const char *value)
{
    const struct xml_attr *a = ooxml_filter_attr(tag, local);

    return a != NULL && bytes_equal(a->value, bytes_of(value));
}

void ooxml_filter_attr_drop(struct xml_tag *tag, struct xml_attr *attr)
{
    size_t at = (size_t)(attr - tag->attrs);

    memmove(attr, attr + 1, (tag->attr_count - at - 1) * sizeof(*attr));
    tag->attr_count--;
}

struct xml_name *ooxml_filter_rename(struct ooxml_filter *f, const struct xml_name *name, const char *local)
{
    return xml_name_of(f->x, name->ns, name->prefix, bytes_of(local));
}

bool ooxml_filter_is(const struct xml_name *name, const struct ooxml_vocab *vocab, const char *local)
{
    return ooxml_vocab_of(name->ns) == vocab && bytes_equal(name->local, bytes_of(local));
}

bool ooxml_filter_inside(const struct ooxml_filter *f, const struct ooxml_vocab *vocab, const char *local)
{
    for (uint32_t i = f->depth; i-- > 0;)
        if (ooxml_filter_is(f->levels[i].read, vocab, local))
            return true;
    return false;
}

const struct ooxml_rel *ooxml_filter_rel(struct ooxml_filter *f, struct bytes id)
{
    return ooxml_package_rel(f->part, id);
}

enum err ooxml_filter_attr_rel(struct ooxml_filter *f, struct xml_tag *tag, struct xml_attr *attr, bool *keep,
                               struct fault *why)
{
    (void)tag, (void)why;
    if (attr->value.len > 0 && ooxml_filter_rel(f, attr->value) == NULL) {
        f->lost = true;
        *keep = false;
    }
    return OK;
}

bool ooxml_filter_link(const struct ooxml_filter *f, struct bytes address)
{
    return ooxml_formula_link(address, profile_choice(f->c->profile, ROW_O11) != CHOICE_REMOVE);
}
