#include "sanitize/ooxml_book.h"

#include "sanitize/ooxml_plan.h"
#include "sanitize/ooxml_vocab.h"

enum { NAME_TEXT_MAX = 64 * 1024, ROUNDS = 4 };

/* The workbook being read. */
struct reading {
    struct ooxml_book *book;
    struct ooxml_package *package;
    struct ooxml_book_name *name; /* the definedName that is open */
    struct buf text;
};

static void *grown(struct arena *a, void *list, size_t count, size_t *cap, size_t size)
{
    void *more;

    if (count < *cap)
        return list;
    *cap = *cap == 0 ? 16 : *cap * 2;
    more = arena_array(a, *cap, size);
    if (count > 0)
        memcpy(more, list, count * size);
    return more;
}

static struct bytes value(const struct xml_tag *tag, const char *local)
{
    const struct xml_attr *a = ooxml_filter_attr(tag, local);

    return a == NULL ? (struct bytes){0} : a->value;
}

static bool is_true(const struct xml_tag *tag, const char *local)
{
    struct bytes v = value(tag, local);

    return v.len > 0 && !bytes_equal(v, BYTES("0")) && !bytes_equal(v, BYTES("false"));
}

static struct bytes rel_id(const struct xml_tag *tag)
{
    for (size_t i = 0; i < tag->attr_count; i++)
        if (ooxml_vocab_of(tag->attrs[i].name->ns) == &ooxml_r && bytes_equal(tag->attrs[i].name->local, BYTES("id")))
            return tag->attrs[i].value;
    return (struct bytes){0};
}

static void add_sheet(struct reading *r, const struct xml_tag *tag)
{
    struct ooxml_book *b = r->book;
    struct bytes state = value(tag, "state");
    const struct ooxml_rel *rel = ooxml_package_rel(r->package->main, rel_id(tag));
    struct ooxml_book_sheet *s;

    b->sheets = grown(b->arena, b->sheets, b->sheet_count, &b->sheet_cap, sizeof(*b->sheets));
    s = &b->sheets[b->sheet_count++];
    s->name = arena_copy(b->arena, value(tag, "name"));
    s->very_hidden = bytes_equal(state, BYTES("veryHidden"));
    s->hidden = s->very_hidden || bytes_equal(state, BYTES("hidden"));
    s->kept = rel != NULL && rel->part != NULL &&
              (rel->part->kind == OOXML_SHEET || rel->part->kind == OOXML_CHARTSHEET);
    if (s->kept && s->hidden && profile_choice(r->package->c->profile, ROW_O22) == CHOICE_REMOVE) {
        clean_found(r->package->c, ROW_O22, ACT_REMOVED, "%.*s", (int)s->name.len, (const char *)s->name.at);
        ooxml_plan_lose(r->package, rel->part);
        s->kept = false;
    }
    if (!s->kept)
        return;
    s->index = b->kept++;
    *map_at(&b->sheet_map, ooxml_formula_key(s->name, &b->scratch)) = s->name.len > 0 ? b : NULL;
}

bool ooxml_book_index(const struct ooxml_book *b, struct bytes index, uint32_t *ret_index)
{
    uint64_t i;

    if (!bytes_to_u64(bytes_trim(index), &i) || i >= b->sheet_count || !b->sheets[i].kept)
        return false;
    *ret_index = b->sheets[i].index;
    return true;
}

/* 18.2.5: a name with these attributes is a macro or a command, not a value.  `function` alone marks names
 * of functions of a macro sheet or an add-in. */
enum ooxml_book_fate ooxml_book_fate(const struct ooxml_book *b, const struct xml_tag *tag)
{
    const struct xml_attr *local = ooxml_filter_attr(tag, "localSheetId");
    uint32_t ignored;
    struct bytes name = value(tag, "name");

    if (bytes_starts_fold(name, BYTES("_xlnm.")))
        name = bytes_from(name, 6);
    if (bytes_starts_fold(name, BYTES("Auto_")))
        return OOXML_BOOK_AUTO;
    if (is_true(tag, "xlm") || is_true(tag, "vbProcedure") || is_true(tag, "function"))
        return OOXML_BOOK_MACRO;
    return local == NULL || ooxml_book_index(b, local->value, &ignored) ? OOXML_BOOK_STAYS : OOXML_BOOK_LOST_SHEET;
}

static void add_name(struct reading *r, const struct xml_tag *tag)
{
    struct ooxml_book *b = r->book;

    b->names = grown(b->arena, b->names, b->name_count, &b->name_cap, sizeof(*b->names));
    r->name = &b->names[b->name_count++];
    r->name->name = arena_copy(b->arena, value(tag, "name"));
    r->name->fate = ooxml_book_fate(b, tag);
    buf_reset(&r->text);
}

static enum err on_start(void *ctx, struct xml_tag *tag, struct fault *why)
{
    struct reading *r = ctx;

    (void)why;
    if (ooxml_filter_is(tag->name, &ooxml_x, "sheet"))
        add_sheet(r, tag);
    else if (ooxml_filter_is(tag->name, &ooxml_x, "definedName") && r->name == NULL)
        add_name(r, tag);
    return OK;
}

static enum err on_text(void *ctx, struct bytes text, struct fault *why)
{
    struct reading *r = ctx;

    (void)why;
    if (r->name != NULL)
        buf_put(&r->text, text);
    return OK;
}

static enum err on_end(void *ctx, struct xml_name *name, struct fault *why)
{
    struct reading *r = ctx;

    (void)why;
    if (r->name == NULL || !ooxml_filter_is(name, &ooxml_x, "definedName"))
        return OK;
    r->name->text = arena_copy(r->book->arena, buf_bytes(&r->text));
    if (r->text.full && r->name->fate == OOXML_BOOK_STAYS)
        r->name->fate = OOXML_BOOK_FORMULA;
    r->name = NULL;
    return OK;
}

static const struct xml_handler handler = {.start = on_start, .end = on_end, .text = on_text};

uint32_t ooxml_book_first_visible(const struct ooxml_book *b)
{
    for (size_t i = 0; i < b->sheet_count; i++)
        if (b->sheets[i].kept && !b->sheets[i].hidden)
            return b->sheets[i].index;
    return 0;
}

/* A name is known as removed only when no other name of the same spelling stays. */
static void note_names(struct ooxml_book *b)
{
    for (size_t i = 0; i < b->name_count; i++) {
        struct ooxml_book_name *n = &b->names[i];
        void **place = map_at(n->fate == OOXML_BOOK_STAYS ? &b->name_map : &b->removed_map,
                              ooxml_formula_key(n->name, &b->scratch));

        *place = b;
    }
    for (size_t i = 0; i < b->removed_map.count; i++)
        if (map_get(&b->name_map, b->removed_map.entries[i].key) != NULL)
            b->removed_map.entries[i].value = NULL;
}

static void judge_names(struct ooxml_book *b)
{
    bool more = true;

    for (int round = 0; more && round < ROUNDS; round++) {
        more = false;
        map_init(&b->name_map, b->arena);
        map_init(&b->removed_map, b->arena);
        note_names(b);
        for (size_t i = 0; i < b->name_count; i++) {
            if (b->names[i].fate != OOXML_BOOK_STAYS || ooxml_formula_hazard(b->names[i].text, &b->scope) == NULL)
                continue;
            b->names[i].fate = OOXML_BOOK_FORMULA;
            more = true;
        }
    }
}

static enum err read_book(struct ooxml_package *p, struct ooxml_book *b, struct fault *why)
{
    struct reading r = {.book = b, .package = p};
    struct bytes content;
    enum err code;

    TRY(ooxml_package_read(p, p->main->entry, &content, why));
    buf_init(&r.text, NAME_TEXT_MAX);
    code = xml_read(p->x, &handler, &r, content, why);
    buf_done(&r.text);
    if (code != OK)
        return code;
    if (b->kept == 0)
        return fault_set(why, ERR_DENIED, "O07", "ECMA-376 Part 1 18.2.20", 0, "no worksheet would be left");
    if (b->kept < b->sheet_count)
        ooxml_plan_sweep(p);
    b->scope.sheets = &b->sheet_map;
    judge_names(b);
    return OK;
}

enum err ooxml_book_new(struct ooxml_package *p, struct ooxml_book **ret_book, struct fault *why)
{
    struct ooxml_book *b = ARENA_NEW(p->c->arena, struct ooxml_book);

    b->arena = p->c->arena;
    map_init(&b->sheet_map, b->arena);
    map_init(&b->name_map, b->arena);
    map_init(&b->removed_map, b->arena);
    buf_init(&b->scratch, FORMULA_SCRATCH);
    b->scope = (struct ooxml_formula_scope){.names = &b->name_map, .removed = &b->removed_map, .scratch = &b->scratch};
    b->scope.links = profile_choice(p->c->profile, ROW_O11) != CHOICE_REMOVE;
    *ret_book = b;
    return p->main->kind == OOXML_WORKBOOK ? read_book(p, b, why) : OK;
}

void ooxml_book_done(struct ooxml_book *b)
{
    buf_done(&b->scratch);
}
