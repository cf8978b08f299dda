/* Tables of text: every cell is written afresh and none is computed.
 *
 * UTF-8 with a byte order mark, so that spreadsheets do not guess; line ends as after the first row.  A `sep=`
 * line goes and the table is written with commas; what a spreadsheet would take for SYLK or DIF is quoted.
 * Rule: T01, T02, T03, T04. */
#include "format/csv.h"
#include "sanitize/csv_lead.h"
#include "sanitize/text_in.h"

enum { HEAD_MAX = 4 << 20, CELL_MAX = 1 << 20, FLUSH = 64 << 10 };

struct table {
    struct clean *clean;
    struct sink *sink;
    struct text_in in;
    struct csv csv;
    struct buf out, cell, head;
    bool text_mode; /* words only: TAB between cells, one line a row */
    uint8_t delimiter; /* of the output */
    enum csv_end end;  /* how the first row ended */
};

static enum err flush(struct table *t, size_t least, struct fault *why)
{
    if (t->out.len < least)
        return OK;
    TRY(sink_put(t->sink, buf_bytes(&t->out), why));
    buf_reset(&t->out);
    return OK;
}

/* SYLK begins with "ID", DIF with "TABLE": a spreadsheet looks at the first bytes and not at the name. */
static bool is_taken_for_other(struct bytes cell)
{
    return bytes_starts(cell, BYTES("ID")) || bytes_equal(cell, BYTES("TABLE"));
}

static bool needs_quotes(const struct table *t, struct bytes cell, bool first_row)
{
    for (size_t i = 0; i < cell.len; i++) {
        uint8_t b = cell.at[i];

        if (b == t->delimiter || b == '"' || b == '\n' || b == '\r')
            return true;
        if (first_row && (b == ',' || b == ';' || b == '\t')) /* so that nobody takes it for the delimiter */
            return true;
    }
    return false;
}

/* In quotes, those inside doubled; a lone CR becomes a LF. */
static void put_quoted(struct buf *out, struct bytes cell)
{
    buf_put_u8(out, '"');
    for (size_t i = 0; i < cell.len; i++) {
        bool lone = cell.at[i] == '\r' && !(i + 1 < cell.len && cell.at[i + 1] == '\n');

        if (cell.at[i] == '"')
            buf_put_u8(out, '"');
        buf_put_u8(out, lone ? '\n' : cell.at[i]);
    }
    buf_put_u8(out, '"');
}

static void put_words(struct buf *out, struct bytes cell)
{
    for (size_t i = 0; i < cell.len; i++)
        buf_put_u8(out, cell.at[i] == '\t' || cell.at[i] == '\n' || cell.at[i] == '\r' ? ' ' : cell.at[i]);
}

/* The cell as it may pass: unchanged, or made harmless in `t->cell`. */
static struct bytes harmless(struct table *t, const struct csv_cell *cell)
{
    buf_reset(&t->cell);
    if (!csv_lead_neutralize(cell->text, &t->cell))
        return cell->text;
    clean_found(t->clean, ROW_T01, ACT_NEUTRALIZED, "row %llu, column %u", (unsigned long long)cell->row, cell->column);
    return buf_bytes(&t->cell);
}

static bool is_separator_line(struct bytes line)
{
    while (line.len > 0 && (line.at[0] == '"' || line.at[0] == ' '))
        line = bytes_from(line, 1);
    while (line.len > 0 && strchr("\" \r\n", line.at[line.len - 1]) != NULL && line.len > 4)
        line.len--;
    return bytes_starts_fold(line, BYTES("sep=")) && line.len <= 5;
}

static enum err see_cell(void *ctx, const struct csv_cell *cell, struct fault *why)
{
    struct table *t = ctx;
    bool first = cell->row == 1 && cell->column == 1, other;
    struct bytes text;

    if (cell->column > 1)
        buf_put_u8(&t->out, t->text_mode ? '\t' : t->delimiter);
    if (t->text_mode) {
        put_words(&t->out, cell->text);
        return flush(t, FLUSH, why);
    }
    text = harmless(t, cell);
    other = first && is_taken_for_other(text);
    if (other && !cell->quoted)
        clean_found(t->clean, ROW_T02, ACT_NEUTRALIZED, "first cell");
    if (cell->quoted || other || needs_quotes(t, text, cell->row == 1))
        put_quoted(&t->out, text);
    else
        buf_put(&t->out, text);
    return flush(t, FLUSH, why);
}

static enum err see_row(void *ctx, enum csv_end end, struct fault *why)
{
    struct table *t = ctx;

    if (t->end == CSV_OPEN)
        t->end = end;
    if (t->text_mode || (end != CSV_OPEN && t->end == CSV_LF))
        buf_put_u8(&t->out, '\n');
    else if (end != CSV_OPEN)
        buf_put_text(&t->out, "\r\n");
    return flush(t, FLUSH, why);
}

/* Read on until the first row is whole: it tells the delimiter. */
static enum err read_head(struct table *t, bool *ret_end, struct fault *why)
{
    bool end = false;

    while (!end && csv_first_row(buf_bytes(&t->head)) == 0 && t->head.len < HEAD_MAX) {
        struct bytes run;

        TRY(text_in_next(&t->in, &run, &end, why));
        buf_put(&t->head, run);
    }
    *ret_end = end;
    return OK;
}

/* Take `sep=` lines off; the delimiter the last of them names, or 0. */
static enum err drop_separators(struct table *t, struct bytes *head, bool *end, uint8_t *ret_named, struct fault *why)
{
    for (;;) {
        size_t len = csv_first_row(*head), sign;
        struct bytes line = bytes_part(*head, 0, len == 0 ? head->len : len);

        if (!is_separator_line(line))
            return OK;
        sign = bytes_find_byte(line, '=', 0) + 1;
        *ret_named = sign < line.len && line.at[sign] > ' ' && line.at[sign] < 0x7f && line.at[sign] != '"' ? line.at[sign] : *ret_named;
        if (sign < line.len && line.at[sign] == '\t')
            *ret_named = '\t';
        clean_found(t->clean, ROW_T02, ACT_REMOVED, "sep= line");
        *head = bytes_from(*head, line.len);
        if (csv_first_row(*head) == 0 && !*end) {
            struct buf rest;

            buf_init(&rest, HEAD_MAX * 2);
            buf_put(&rest, *head);
            buf_done(&t->head);
            t->head = rest;
            TRY(read_head(t, end, why));
            *head = buf_bytes(&t->head);
        }
    }
}

static enum err pass(struct table *t, struct fault *why)
{
    static const struct csv_handler handler = {see_cell, see_row};
    struct bytes run;
    uint8_t named = 0;
    bool end;

    TRY(read_head(t, &end, why));
    run = buf_bytes(&t->head);
    TRY(drop_separators(t, &run, &end, &named, why));
    t->delimiter = t->clean->type == TYPE_tsv ? '\t' : named != 0 ? ',' : csv_delimiter(run);
    t->csv.delimiter = named != 0 ? named : t->delimiter;
    t->csv.handler = &handler;
    t->csv.ctx = t;
    TRY(csv_push(&t->csv, run, why));
    while (!end) {
        TRY(text_in_next(&t->in, &run, &end, why));
        TRY(csv_push(&t->csv, run, why));
    }
    TRY(csv_end(&t->csv, why));
    return flush(t, 0, why);
}

static enum err run(struct clean *c, struct bytes in, bool text_mode, struct sink *out, struct fault *why)
{
    struct table t = {.clean = c, .sink = out, .text_mode = text_mode, .end = CSV_OPEN};
    enum err code;

    buf_init(&t.out, CELL_MAX * 8);
    buf_init(&t.cell, CELL_MAX * 4);
    buf_init(&t.head, HEAD_MAX * 2);
    csv_init(&t.csv, ',', CELL_MAX, NULL, NULL);
    code = text_in_open(&t.in, c, in, CHARSET_none, why);
    if (code == OK && !text_mode) {
        buf_put_text(&t.out, "\xef\xbb\xbf");
        if (t.in.reader.set == CHARSET_utf8 && t.in.reader.at == 0)
            clean_found(c, ROW_T03, ACT_REBUILT, "byte order mark");
    }
    if (code == OK)
        code = pass(&t, why);
    text_in_done(&t.in);
    csv_done(&t.csv);
    buf_done(&t.head);
    buf_done(&t.cell);
    buf_done(&t.out);
    return code;
}

enum err clean_csv(struct clean *c, struct bytes in, struct sink *out, struct fault *why)
{
    return run(c, in, false, out, why);
}

enum err text_csv(struct clean *c, struct bytes in, struct sink *out, struct fault *why)
{
    return run(c, in, true, out, why);
}
