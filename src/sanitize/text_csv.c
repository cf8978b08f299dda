/* The words of a table: one line a row, TAB between cells, UTF-8 with LF.  Nothing computes a text. */
#include "sanitize/csv_table.h"

enum { FLUSH = 64 << 10 };

struct words {
    struct sink *sink;
    struct buf out;
};

static enum err see_cell(void *ctx, const struct csv_cell *cell, struct fault *why)
{
    struct words *w = ctx;

    (void)why;
    if (cell->column > 1)
        buf_put_u8(&w->out, '\t');
    for (size_t i = 0; i < cell->text.len; i++) {
        uint8_t b = cell->text.at[i];

        buf_put_u8(&w->out, b == '\t' || b == '\n' || b == '\r' ? ' ' : b);
    }
    return OK;
}

static enum err see_row(void *ctx, enum csv_end end, struct fault *why)
{
    struct words *w = ctx;

    (void)end;
    buf_put_u8(&w->out, '\n');
    if (w->out.len < FLUSH)
        return OK;
    TRY(buf_check(&w->out, why));
    TRY(sink_put(w->sink, buf_bytes(&w->out), why));
    buf_reset(&w->out);
    return OK;
}

enum err text_csv(struct clean *c, struct bytes in, struct sink *out, struct fault *why)
{
    static const struct csv_handler handler = {see_cell, see_row};
    struct words w = {.sink = out};
    struct csv_shape shape;
    enum err code;

    buf_init(&w.out, 64 << 20);
    code = csv_table_read(c, in, &shape, &handler, &w, why);
    if (code == OK)
        code = sink_put(out, buf_bytes(&w.out), why);
    buf_done(&w.out);
    return code;
}
