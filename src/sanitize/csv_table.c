#include "sanitize/csv_table.h"

#include "sanitize/text_in.h"

enum { HEAD_MAX = 4 << 20 };

struct table {
    struct clean *clean;
    struct text_in in;
    struct csv csv;
    struct buf head;
    struct bytes left; /* of the head */
    bool end;          /* the text is read */
};

/* Read on until the first row is whole: it tells the delimiter.  The look is taken anew when there is twice as much. */
static enum err read_head(struct table *t, struct fault *why)
{
    size_t look = 0;

    while (!t->end && t->head.len < HEAD_MAX) {
        struct bytes run;

        if (t->head.len >= look) {
            if (csv_first_row(buf_bytes(&t->head)) != 0)
                break;
            look = t->head.len * 2;
        }
        TRY(text_in_next(&t->in, &run, &t->end, why));
        buf_put(&t->head, run);
    }
    t->left = buf_bytes(&t->head);
    return OK;
}

static bool is_separator_line(struct bytes line)
{
    while (line.len > 0 && (line.at[0] == '"' || line.at[0] == ' '))
        line = bytes_from(line, 1);
    while (line.len > 4 && strchr("\" \r\n", line.at[line.len - 1]) != NULL)
        line.len--;
    return bytes_starts_fold(line, BYTES("sep=")) && line.len <= 5;
}

/* The delimiter a separator line names; 0 when it names none that can be one. */
static uint8_t named_by(struct bytes line)
{
    size_t sign = bytes_find_byte(line, '=', 0) + 1;
    uint8_t b = sign < line.len ? line.at[sign] : 0;

    return b == '\t' || (b > ' ' && b < 0x7f && b != '"') ? b : 0;
}

/* What is left of the head moves to its start, and reading goes on. */
static enum err read_more(struct table *t, struct fault *why)
{
    struct buf rest;

    if (csv_first_row(t->left) != 0 || t->end)
        return OK;
    buf_init(&rest, HEAD_MAX * 2);
    buf_put(&rest, t->left);
    buf_done(&t->head);
    t->head = rest;
    return read_head(t, why);
}

/* Take `sep=` lines off, however many: each would count once those before it are gone. */
static enum err drop_separators(struct table *t, uint8_t *ret_named, struct fault *why)
{
    for (;;) {
        size_t len = csv_first_row(t->left);
        struct bytes line = bytes_part(t->left, 0, len == 0 ? t->left.len : len);
        uint8_t named = named_by(line);

        if (!is_separator_line(line))
            return OK;
        *ret_named = named != 0 ? named : *ret_named;
        clean_found(t->clean, ROW_T02, ACT_REMOVED, "sep= line");
        t->left = bytes_from(t->left, line.len);
        TRY(read_more(t, why));
    }
}

static enum err pass(struct table *t, struct csv_shape *ret_shape, struct fault *why)
{
    uint8_t named = 0, likely;

    TRY(read_head(t, why));
    TRY(drop_separators(t, &named, why));
    likely = t->clean->type == TYPE_tsv ? '\t' : csv_delimiter(t->left);
    ret_shape->delimiter = named != 0 && t->clean->type != TYPE_tsv ? ',' : likely;
    t->csv.delimiter = named != 0 ? named : likely;
    TRY(csv_push(&t->csv, t->left, why));
    while (!t->end) {
        struct bytes run;

        TRY(text_in_next(&t->in, &run, &t->end, why));
        TRY(csv_push(&t->csv, run, why));
    }
    return csv_end(&t->csv, why);
}

enum err csv_table_read(struct clean *c, struct bytes in, struct csv_shape *ret_shape, const struct csv_handler *handler,
                        void *ctx, struct fault *why)
{
    struct table t = {.clean = c};
    enum err code;

    buf_init(&t.head, HEAD_MAX * 2);
    csv_init(&t.csv, ',', CSV_TABLE_CELL, handler, ctx);
    code = text_in_open(&t.in, c, in, CHARSET_none, why);
    if (code == OK) {
        ret_shape->set = t.in.reader.set;
        ret_shape->marked = charset_mark(in, t.in.reader.set) > 0;
        code = pass(&t, ret_shape, why);
    }
    text_in_done(&t.in);
    csv_done(&t.csv);
    buf_done(&t.head);
    return code;
}
