/* Tables of text: every cell is written afresh and none is computed.
 *
 * UTF-8 with a byte order mark, so that spreadsheets do not guess; line ends as after the first row.  A `sep=`
 * line goes and the table is written with commas; what a spreadsheet would take for SYLK or DIF is quoted.
 * Rule: T01, T02, T03, T04. */
#include "sanitize/csv_lead.h"
#include "sanitize/csv_table.h"

enum { FLUSH = 64 << 10 };

struct rewrite {
    struct clean *clean;
    struct sink *sink;
    struct csv_shape shape;
    struct buf out, cell;
    enum csv_end end; /* how the first row ended */
};

static enum err flush(struct rewrite *r, size_t least, struct fault *why)
{
    if (r->out.len < least)
        return OK;
    TRY(sink_put(r->sink, buf_bytes(&r->out), why));
    buf_reset(&r->out);
    return OK;
}

/* SYLK begins with "ID", DIF with "TABLE": a spreadsheet looks at the first bytes and not at the name. */
static bool is_taken_for_other(struct bytes cell)
{
    return bytes_starts(cell, BYTES("ID")) || bytes_equal(cell, BYTES("TABLE"));
}

/* A first cell that a spreadsheet could take for a `sep=` line, now that it is written plainly. */
static bool is_separator(struct bytes cell)
{
    while (cell.len > 0 && (cell.at[0] == '"' || cell.at[0] == ' '))
        cell = bytes_from(cell, 1);
    return bytes_starts_fold(cell, BYTES("sep="));
}

static bool needs_quotes(const struct rewrite *r, struct bytes cell, bool first_row)
{
    for (size_t i = 0; i < cell.len; i++) {
        uint8_t b = cell.at[i];

        if (b == r->shape.delimiter || b == '"' || b == '\n' || b == '\r')
            return true;
        if (first_row && (b == ',' || b == ';' || b == '\t')) /* so that nobody takes it for the delimiter */
            return true;
    }
    return false;
}

/* In quotes, those inside doubled; a lone CR becomes a LF. */
static void put_quoted(struct buf *out, struct bytes cell, bool apostrophe)
{
    buf_put_text(out, apostrophe ? "\"'" : "\"");
    for (size_t i = 0; i < cell.len; i++) {
        bool lone = cell.at[i] == '\r' && !(i + 1 < cell.len && cell.at[i + 1] == '\n');

        if (cell.at[i] == '"')
            buf_put_u8(out, '"');
        buf_put_u8(out, lone ? '\n' : cell.at[i]);
    }
    buf_put_u8(out, '"');
}

/* The cell as it may pass: unchanged, or made harmless in `r->cell`. */
static struct bytes harmless(struct rewrite *r, const struct csv_cell *cell)
{
    buf_reset(&r->cell);
    if (!csv_lead_neutralize(cell->text, &r->cell))
        return cell->text;
    clean_found(r->clean, ROW_T01, ACT_NEUTRALIZED, "row %llu, column %u", (unsigned long long)cell->row, cell->column);
    return buf_bytes(&r->cell);
}

static enum err see_cell(void *ctx, const struct csv_cell *cell, struct fault *why)
{
    struct rewrite *r = ctx;
    struct bytes text = harmless(r, cell);
    bool first = cell->row == 1 && cell->column == 1;
    bool other = first && is_taken_for_other(text), separator = first && is_separator(text);

    if (separator || (other && !cell->quoted))
        clean_found(r->clean, ROW_T02, ACT_NEUTRALIZED, "first cell");
    if (cell->column > 1)
        buf_put_u8(&r->out, r->shape.delimiter);
    if (cell->quoted || other || needs_quotes(r, text, cell->row == 1)) {
        put_quoted(&r->out, text, separator);
    } else {
        buf_put_text(&r->out, separator ? "'" : "");
        buf_put(&r->out, text);
    }
    return flush(r, FLUSH, why);
}

static enum err see_row(void *ctx, enum csv_end end, struct fault *why)
{
    struct rewrite *r = ctx;

    if (r->end == CSV_OPEN)
        r->end = end;
    if (end != CSV_OPEN)
        buf_put_text(&r->out, r->end == CSV_LF ? "\n" : "\r\n");
    return flush(r, FLUSH, why);
}

enum err clean_csv(struct clean *c, struct bytes in, struct sink *out, struct fault *why)
{
    static const struct csv_handler handler = {see_cell, see_row};
    struct rewrite r = {.clean = c, .sink = out, .end = CSV_OPEN};
    enum err code;

    buf_init(&r.out, CSV_TABLE_CELL * 8);
    buf_init(&r.cell, CSV_TABLE_CELL * 4);
    buf_put_text(&r.out, "\xef\xbb\xbf");
    code = csv_table_read(c, in, &r.shape, &handler, &r, why);
    if (code == OK && r.shape.set == CHARSET_utf8 && !r.shape.marked)
        clean_found(c, ROW_T03, ACT_REBUILT, "byte order mark");
    if (code == OK)
        code = flush(&r, 0, why);
    buf_done(&r.cell);
    buf_done(&r.out);
    return code;
}
