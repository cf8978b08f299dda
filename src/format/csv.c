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

/* Walks a row without knowing its delimiter: a quote opens at the start of the row or behind any delimiter. */
struct walk {
    size_t at;
    bool quoted, fresh;
};

static struct walk walk_of(void)
{
    return (struct walk){.fresh = true};
}

static bool is_delimiter(uint8_t b)
{
    return b == ',' || b == ';' || b == '\t';
}

/* The next byte outside of quotes, or 0 at the end. */
static uint8_t walk_next(struct walk *w, struct bytes head)
{
    while (w->at < head.len) {
        uint8_t b = head.at[w->at++];

        if (w->quoted || (w->fresh && b == '"')) {
            w->quoted ^= b == '"';
            w->fresh = !w->quoted && w->at < head.len && head.at[w->at] == '"'; /* doubled: opens again */
            continue;
        }
        w->fresh = is_delimiter(b);
        if (b != 0)
            return b;
    }
    return 0;
}

/* Whether the first row has two cells when it is read with this delimiter. */
static bool divides(struct bytes head, uint8_t delimiter)
{
    bool quoted = head.len > 0 && head.at[0] == '"';

    for (size_t i = quoted; i < head.len && (quoted || (head.at[i] != '\n' && head.at[i] != '\r')); i++) {
        if (quoted && head.at[i] == '"') {
            bool doubled = i + 1 < head.len && head.at[i + 1] == '"';

            i += doubled;
            quoted = doubled;
        } else if (!quoted && head.at[i] == delimiter)
            return true;
    }
    return false;
}

uint8_t csv_delimiter(struct bytes head)
{
    size_t commas = 0, semicolons = 0, tabs = 0;
    struct walk w = walk_of();
    uint8_t b;

    for (b = walk_next(&w, head); b != 0 && b != '\n' && b != '\r'; b = walk_next(&w, head)) {
        commas += b == ',';
        semicolons += b == ';';
        tabs += b == '\t';
    }
    b = semicolons > commas && semicolons >= tabs ? ';' : tabs > commas ? '\t' : ',';
    return divides(head, b) ? b : ',';
}

size_t csv_first_row(struct bytes head)
{
    struct walk w = walk_of();

    for (uint8_t b = walk_next(&w, head); b != 0; b = walk_next(&w, head)) {
        if (b == '\n')
            return w.at;
        if (b == '\r')
            return w.at == head.len ? 0 : w.at + (head.at[w.at] == '\n');
    }
    return 0;
}
