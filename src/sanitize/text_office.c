#include "sanitize/text_office.h"

#include "sanitize/ooxml_vocab.h"

enum { COLUMNS_MAX = 16384 };

struct book {
    struct text_office *t;
    struct bytes *strings; /* the shared ones */
    size_t string_count, string_cap;
    struct ooxml_part **sheets;
    struct bytes *names;
    size_t sheet_count, sheet_cap;
    struct buf cell;      /* text of the string or cell at hand */
    uint32_t phonetic;    /* inside so many readings (rPh), which are not text of the cell */
    bool taking, shared;
    uint32_t column;      /* where the row is */
    uint32_t cell_column;
};

struct bytes text_office_attr(const struct xml_tag *tag, const char *local)
{
    for (size_t i = 0; i < tag->attr_count; i++)
        if (bytes_equal(tag->attrs[i].name->local, bytes_of(local)))
            return tag->attrs[i].value;
    return (struct bytes){0};
}

static enum err feed(void *ctx, struct bytes chunk, struct fault *why)
{
    return xml_push(ctx, chunk, why);
}

enum err text_office_read(struct text_office *t, const struct ooxml_part *part, const struct xml_handler *handler,
                          void *ctx, struct fault *why)
{
    xml_begin(t->package.x, handler, ctx);
    TRY(ooxml_package_stream(&t->package, part->entry, feed, t->package.x, why));
    return xml_end(t->package.x, why);
}

static bool is(const struct xml_name *name, const char *local)
{
    return ooxml_filter_is(name, &ooxml_x, local);
}

/* ---- shared strings ---- */

static void string_put(struct book *b)
{
    if (b->string_count == b->string_cap) {
        size_t cap = b->string_cap == 0 ? 256 : b->string_cap * 2;
        struct bytes *more = arena_array(b->t->package.c->arena, cap, sizeof(*more));

        if (b->string_count > 0)
            memcpy(more, b->strings, b->string_count * sizeof(*more));
        b->strings = more;
        b->string_cap = cap;
    }
    b->strings[b->string_count++] = arena_copy(b->t->package.c->arena, buf_bytes(&b->cell));
    buf_reset(&b->cell);
}

static enum err strings_start(void *ctx, struct xml_tag *tag, struct fault *why)
{
    struct book *b = ctx;

    (void)why;
    b->phonetic += is(tag->name, "rPh");
    b->taking = b->phonetic == 0 && is(tag->name, "t");
    return OK;
}

static enum err strings_end(void *ctx, struct xml_name *name, struct fault *why)
{
    struct book *b = ctx;

    (void)why;
    b->taking = false;
    b->phonetic -= b->phonetic > 0 && is(name, "rPh");
    if (is(name, "si"))
        string_put(b);
    return OK;
}

static enum err take_text(void *ctx, struct bytes text, struct fault *why)
{
    struct book *b = ctx;

    if (!b->taking)
        return OK;
    buf_put(&b->cell, text);
    return buf_check(&b->cell, why);
}

/* ---- the workbook: which sheets, in which order ---- */

static enum err book_start(void *ctx, struct xml_tag *tag, struct fault *why)
{
    struct book *b = ctx;
    const struct ooxml_rel *r = NULL;

    (void)why;
    if (!is(tag->name, "sheet") || b->sheet_count == b->sheet_cap)
        return OK;
    for (size_t i = 0; i < tag->attr_count && r == NULL; i++)
        if (ooxml_vocab_of(tag->attrs[i].name->ns) == &ooxml_r)
            r = ooxml_package_rel(b->t->package.main, tag->attrs[i].value);
    if (r == NULL || r->part == NULL || r->part->kind != OOXML_SHEET)
        return OK;
    b->names[b->sheet_count] = arena_copy(b->t->package.c->arena, text_office_attr(tag, "name"));
    b->sheets[b->sheet_count++] = r->part;
    return OK;
}

/* ---- a sheet ---- */

/* The column in a cell's name, "C12" → 3; 0 when it has none. */
static uint32_t column_of(struct bytes ref)
{
    uint32_t column = 0;

    for (size_t i = 0; i < ref.len && (ref.at[i] | 32) >= 'a' && (ref.at[i] | 32) <= 'z' && column < COLUMNS_MAX; i++)
        column = column * 26 + (uint32_t)(ref.at[i] | 32) - 'a' + 1;
    return column <= COLUMNS_MAX ? column : 0;
}

static enum err sheet_start(void *ctx, struct xml_tag *tag, struct fault *why)
{
    struct book *b = ctx;

    (void)why;
    b->phonetic += is(tag->name, "rPh");
    b->taking = b->phonetic == 0 && (is(tag->name, "v") || is(tag->name, "t"));
    if (is(tag->name, "row"))
        b->column = 1;
    if (!is(tag->name, "c"))
        return OK;
    b->cell_column = column_of(text_office_attr(tag, "r"));
    b->shared = bytes_equal(text_office_attr(tag, "t"), BYTES("s"));
    buf_reset(&b->cell);
    return OK;
}

/* A cell may not break the line or the cells of the table. */
static void put_cell(struct buf *out, struct bytes text)
{
    for (size_t i = 0; i < text.len; i++)
        buf_put_u8(out, text.at[i] == '\n' || text.at[i] == '\t' || text.at[i] == '\r' ? ' ' : text.at[i]);
}

static void cell_end(struct book *b)
{
    struct bytes text = buf_bytes(&b->cell);
    uint64_t index;

    if (b->shared)
        text = bytes_to_u64(text, &index) && index < b->string_count ? b->strings[index] : (struct bytes){0};
    if (b->cell_column == 0)
        b->cell_column = b->column;
    if (text.len == 0)
        return;
    for (; b->column < b->cell_column; b->column++)
        buf_put_u8(&b->t->out, '\t');
    put_cell(&b->t->out, text);
}

static enum err sheet_end(void *ctx, struct xml_name *name, struct fault *why)
{
    struct book *b = ctx;

    b->taking = false;
    b->phonetic -= b->phonetic > 0 && is(name, "rPh");
    if (is(name, "c"))
        cell_end(b);
    else if (is(name, "row"))
        buf_put_u8(&b->t->out, '\n');
    return buf_check(&b->t->out, why);
}

static enum err take_sheets(struct book *b, struct fault *why)
{
    static const struct xml_handler strings = {.start = strings_start, .end = strings_end, .text = take_text};
    static const struct xml_handler book = {.start = book_start};
    static const struct xml_handler sheet = {.start = sheet_start, .end = sheet_end, .text = take_text};
    const struct ooxml_part *shared = ooxml_package_kind(&b->t->package, OOXML_SHARED_STRINGS);

    if (shared != NULL)
        TRY(text_office_read(b->t, shared, &strings, b, why));
    TRY(text_office_read(b->t, b->t->package.main, &book, b, why));
    for (size_t i = 0; i < b->sheet_count; i++) {
        buf_put_text(&b->t->out, i > 0 ? "\n[" : "[");
        put_cell(&b->t->out, b->names[i]);
        buf_put_text(&b->t->out, "]\n");
        TRY(text_office_read(b->t, b->sheets[i], &sheet, b, why));
    }
    return OK;
}

enum err text_office_book(struct text_office *t, struct fault *why)
{
    struct arena *a = t->package.c->arena;
    struct book b = {.t = t, .sheet_cap = t->package.part_count};
    enum err code;

    b.sheets = arena_array(a, b.sheet_cap, sizeof(struct ooxml_part *));
    b.names = arena_array(a, b.sheet_cap, sizeof(*b.names));
    buf_init(&b.cell, 1 << 20);
    code = take_sheets(&b, why);
    buf_done(&b.cell);
    return code;
}
