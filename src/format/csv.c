#include "format/csv.h"

enum { START, BARE, QUOTED, QUOTE_SEEN };

void csv_init(struct csv *c, uint8_t delimiter, size_t cell_max, const struct csv_handler *handler, void *ctx)
{
    *c = (struct csv){.handler = handler, .ctx = ctx, .row = 1, .column = 1, .delimiter = delimiter, .state = START};
    buf_init(&c->cell, cell_max);
}

void csv_done(struct csv *c)
{
    buf_done(&c->cell);
}

static enum err give_cell(struct csv *c, struct bytes text, struct fault *why)
{
    struct csv_cell cell = {text, c->quoted, c->row, c->column};

    TRY(buf_check(&c->cell, why));
    TRY(c->handler->cell(c->ctx, &cell, why));
    buf_reset(&c->cell);
    c->column++;
    c->quoted = false;
    c->state = START;
    return OK;
}

static enum err give_row(struct csv *c, enum csv_end end, struct fault *why)
{
    TRY(c->handler->row(c->ctx, end, why));
    c->row++;
    c->column = 1;
    return OK;
}

/* Bytes ahead that are content in this state. */
static size_t content_len(const struct csv *c, const uint8_t *b, size_t left)
{
    size_t at = 0;

    if (c->state == QUOTED) {
        const uint8_t *quote = memchr(b, '"', left);

        return quote == NULL ? left : (size_t)(quote - b);
    }
    while (at < left && b[at] != c->delimiter && b[at] != '\n' && b[at] != '\r')
        at++;
    return at;
}

/* A delimiter or a line end outside of quotes.  `text` is the cell, in one piece where it was. */
static enum err at_mark(struct csv *c, uint8_t mark, struct bytes text, struct fault *why)
{
    TRY(give_cell(c, text, why));
    if (mark == '\n')
        return give_row(c, CSV_LF, why);
    c->after_cr = mark == '\r';
    return OK;
}

/* Behind a CR: a LF belongs to it, anything else begins a row. */
static enum err settle_cr(struct csv *c, bool lf, struct fault *why)
{
    c->after_cr = false;
    return give_row(c, lf ? CSV_CRLF : CSV_LF, why);
}

static enum err step(struct csv *c, struct bytes piece, size_t *at, struct fault *why)
{
    uint8_t b = piece.at[*at];
    size_t len;

    if (c->after_cr) {
        *at += b == '\n';
        return settle_cr(c, b == '\n', why);
    }
    if (c->state == START && b == '"') {
        c->quoted = true;
        c->state = QUOTED;
        *at += 1;
        return OK;
    }
    if (c->state == QUOTE_SEEN && b == '"') {
        buf_put_u8(&c->cell, '"');
        c->state = QUOTED;
        *at += 1;
        return OK;
    }
    if (c->state != QUOTED)
        c->state = BARE;
    len = content_len(c, piece.at + *at, piece.len - *at);
    if (*at + len < piece.len && c->state == BARE) {
        struct bytes text = bytes_part(piece, *at, len);

        if (c->cell.len > 0) {
            buf_put(&c->cell, text);
            text = buf_bytes(&c->cell);
        }
        *at += len + 1;
        return at_mark(c, piece.at[*at - 1], text, why);
    }
    buf_put(&c->cell, bytes_part(piece, *at, len));
    *at += len;
    if (c->state == QUOTED && *at < piece.len) {
        c->state = QUOTE_SEEN;
        *at += 1;
    }
    return buf_check(&c->cell, why);
}

enum err csv_push(struct csv *c, struct bytes piece, struct fault *why)
{
    for (size_t at = 0; at < piece.len;)
        TRY(step(c, piece, &at, why));
    return OK;
}

enum err csv_end(struct csv *c, struct fault *why)
{
    if (c->after_cr)
        return settle_cr(c, false, why);
    if (c->state == START && c->column == 1)
        return OK;
    TRY(give_cell(c, buf_bytes(&c->cell), why));
    return give_row(c, CSV_OPEN, why);
}

uint8_t csv_delimiter(struct bytes head)
{
    size_t commas = 0, semicolons = 0, tabs = 0;
    bool quoted = false;

    for (size_t i = 0; i < head.len && (quoted || (head.at[i] != '\n' && head.at[i] != '\r')); i++) {
        quoted ^= head.at[i] == '"';
        commas += !quoted && head.at[i] == ',';
        semicolons += !quoted && head.at[i] == ';';
        tabs += !quoted && head.at[i] == '\t';
    }
    if (semicolons > commas && semicolons >= tabs)
        return ';';
    return tabs > commas ? '\t' : ',';
}

size_t csv_first_row(struct bytes head)
{
    bool quoted = false;

    for (size_t i = 0; i < head.len; i++) {
        quoted ^= head.at[i] == '"';
        if (!quoted && head.at[i] == '\n')
            return i + 1;
        if (!quoted && head.at[i] == '\r')
            return i + 1 == head.len ? 0 : i + 1 + (head.at[i + 1] == '\n');
    }
    return 0;
}
