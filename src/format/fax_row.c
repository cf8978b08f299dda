#include "format/fax_row.h"

enum { SENTINELS = 4 };

enum mode { MODE_NONE, MODE_PASS, MODE_HORIZONTAL, MODE_VERTICAL };

static void row_close(struct fax_row *row, uint32_t columns)
{
    for (size_t i = 0; i < SENTINELS; i++)
        row->change[row->count + i] = columns;
}

void fax_row_init(struct fax_rows *f, struct bytes in, uint32_t columns, struct arena *a)
{
    fax_code_init(&f->codes);
    f->in = (struct bitread){.in = in};
    f->columns = columns;
    f->above = (struct fax_row){.change = arena_array(a, (size_t)columns + SENTINELS + 1, sizeof(uint32_t))};
    f->row = (struct fax_row){.change = arena_array(a, (size_t)columns + SENTINELS + 1, sizeof(uint32_t))};
    row_close(&f->above, columns);
    row_close(&f->row, columns);
}

/* Note a change; one at the same place as the last takes that back, which keeps the list ascending and
 * the colour the parity of its length. */
static void row_add(struct fax_row *row, uint32_t column, uint32_t columns)
{
    if (row->count > 0 && row->change[row->count - 1] == column)
        row->count--;
    else if (column < columns)
        row->change[row->count++] = column;
}

/* A run: make-up codes, then one terminating code; SIZE_MAX when there is no such code. */
static size_t take_run(struct fax_rows *f, size_t colour)
{
    size_t run = 0;

    for (;;) {
        uint16_t code = f->codes.run[colour][bitread_peek(&f->in, FAX_CODE_BITS)];

        if (code == 0 || bitread_past(&f->in))
            return SIZE_MAX;
        bitread_skip(&f->in, code & 15);
        run += code >> 4;
        if (code >> 4 < 64)
            return run;
        if (run > f->columns)
            return SIZE_MAX;
    }
}

/* What could not be read is taken from the row above, from column a0 on. */
static bool row_break(struct fax_rows *f, uint32_t a0)
{
    size_t i = 0;

    while (i < f->above.count && f->above.change[i] <= a0)
        i++;
    if ((i & 1) != (f->row.count & 1))
        row_add(&f->row, a0, f->columns);
    for (; i < f->above.count; i++)
        row_add(&f->row, f->above.change[i], f->columns);
    row_close(&f->row, f->columns);
    return false;
}

bool fax_row_1d(struct fax_rows *f)
{
    uint32_t a0 = 0;

    f->row.count = 0;
    for (size_t colour = 0; a0 < f->columns; colour ^= 1) {
        size_t run = take_run(f, colour);

        if (run > f->columns - a0)
            return row_break(f, a0);
        a0 += (uint32_t)run;
        row_add(&f->row, a0, f->columns);
    }
    row_close(&f->row, f->columns);
    return true;
}

static enum mode take_mode(struct bitread *in, int32_t *ret_shift)
{
    static const struct {
        uint8_t len, bits, mode;
        int32_t shift;
    } modes[] = {
        {1, 1, MODE_VERTICAL, 0},   {3, 3, MODE_VERTICAL, 1}, {3, 2, MODE_VERTICAL, -1},
        {3, 1, MODE_HORIZONTAL, 0}, {4, 1, MODE_PASS, 0},     {6, 3, MODE_VERTICAL, 2},
        {6, 2, MODE_VERTICAL, -2},  {7, 3, MODE_VERTICAL, 3}, {7, 2, MODE_VERTICAL, -3},
    };
    uint32_t next = bitread_peek(in, 7);

    for (size_t i = 0; i < countof(modes); i++) {
        if (next >> (7 - modes[i].len) != modes[i].bits)
            continue;
        bitread_skip(in, modes[i].len);
        *ret_shift = modes[i].shift;
        return bitread_past(in) ? MODE_NONE : (enum mode)modes[i].mode;
    }
    return MODE_NONE;
}

static bool take_horizontal(struct fax_rows *f, uint32_t *a0)
{
    size_t colour = f->row.count & 1;

    for (size_t i = 0; i < 2; i++) {
        size_t run = take_run(f, colour ^ i);

        if (run > f->columns - *a0)
            return false;
        *a0 += (uint32_t)run;
        row_add(&f->row, *a0, f->columns);
    }
    return true;
}

bool fax_row_2d(struct fax_rows *f)
{
    const uint32_t *above = f->above.change;
    uint32_t a0 = 0;
    bool begin = true; /* the first change may lie at column 0 itself */
    size_t b1 = 0;     /* the change above, right of a0, away from our colour */

    f->row.count = 0;
    while (a0 < f->columns) {
        int32_t shift = 0;
        int64_t a1;

        if ((b1 & 1) != (f->row.count & 1))
            b1 = b1 > 0 ? b1 - 1 : 1;
        while (above[b1] < f->columns && (begin ? above[b1] < a0 : above[b1] <= a0))
            b1 += 2;
        switch (take_mode(&f->in, &shift)) {
        case MODE_PASS:
            a0 = above[b1 + 1];
            break;
        case MODE_HORIZONTAL:
            if (!take_horizontal(f, &a0))
                return row_break(f, a0);
            break;
        case MODE_VERTICAL:
            a1 = (int64_t)above[b1] + shift;
            if (a1 < a0 || a1 > f->columns)
                return row_break(f, a0);
            a0 = (uint32_t)a1;
            row_add(&f->row, a0, f->columns);
            break;
        case MODE_NONE:
            return row_break(f, a0);
        }
        begin = false;
    }
    row_close(&f->row, f->columns);
    return true;
}

void fax_row_next(struct fax_rows *f)
{
    struct fax_row above = f->above;

    f->above = f->row;
    f->row = above;
}

static void paint(uint8_t *at, uint32_t from, uint32_t to)
{
    size_t first = from / 8, last = to / 8;
    uint8_t head = (uint8_t)(0xFF >> (from % 8)), tail = (uint8_t) ~(0xFF >> (to % 8));

    if (first == last) {
        at[first] |= head & tail;
        return;
    }
    at[first] |= head;
    memset(at + first + 1, 0xFF, last - first - 1);
    if (tail != 0)
        at[last] |= tail;
}

void fax_row_paint(const struct fax_row *row, uint32_t columns, uint8_t *at)
{
    for (size_t i = 0; i < row->count; i += 2)
        paint(at, row->change[i], i + 1 < row->count ? row->change[i + 1] : columns);
}
