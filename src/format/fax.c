#include "format/fax.h"

#include "base/arena.h"
#include "format/fax_row.h"

enum { COLUMNS_MAX = 2 * 65535, EOL_BITS = 12, ARENA_MAX = 64 << 20 };

void fax_params_default(struct fax_params *p)
{
    *p = (struct fax_params){.columns = 1728, .end_of_block = true};
}

/* Take an end-of-line code and the zeros that fill the room in front of it. */
static bool take_eol(struct bitread *in)
{
    size_t back = in->at;

    while (bitread_peek(in, EOL_BITS) == 0 && in->at + EOL_BITS < 8 * in->in.len)
        in->at++;
    if (bitread_peek(in, EOL_BITS) == 1) {
        bitread_skip(in, EOL_BITS);
        return true;
    }
    in->at = back;
    return false;
}

/* Go to the next end-of-line code, but not over it. */
static void find_eol(struct bitread *in)
{
    while (!bitread_past(in) && bitread_peek(in, EOL_BITS) != 1)
        bitread_skip(in, 1);
}

/* Whether nothing but the zeros that fill the last bytes is left. */
static bool only_padding(const struct bitread *in)
{
    size_t left = in->at >= 8 * in->in.len ? 0 : 8 * in->in.len - in->at;

    return left < 16 && bitread_peek(in, (unsigned)left) == 0;
}

enum step { STEP_END, STEP_ROW, STEP_DAMAGED };

/* One row of Group 4.  An end code is an EOL, which no row begins with. */
static enum step step_group4(struct fax_rows *f)
{
    if (bitread_peek(&f->in, EOL_BITS) == 1 || only_padding(&f->in))
        return STEP_END;
    return fax_row_2d(f) ? STEP_ROW : STEP_DAMAGED;
}

/* One row of Group 3: EOLs in front of it are optional, two side by side end the picture. */
static enum step step_group3(struct fax_rows *f, const struct fax_params *p)
{
    bool two = false, tagged = p->k > 0;

    if (take_eol(&f->in)) {
        two = tagged && bitread_take(&f->in, 1) == 0;
        if (p->end_of_block && bitread_peek(&f->in, EOL_BITS) == 1)
            return STEP_END;
        while (bitread_peek(&f->in, EOL_BITS) == 1) {
            bitread_skip(&f->in, EOL_BITS);
            two = tagged && bitread_take(&f->in, 1) == 0;
        }
    } else if (tagged) {
        two = bitread_take(&f->in, 1) == 0;
    }
    if (only_padding(&f->in))
        return STEP_END;
    if (two ? fax_row_2d(f) : fax_row_1d(f))
        return STEP_ROW;
    find_eol(&f->in);
    return STEP_DAMAGED;
}

static enum step step(struct fax_rows *f, const struct fax_params *p)
{
    if (p->byte_align)
        bitread_align(&f->in);
    return p->k < 0 ? step_group4(f) : step_group3(f, p);
}

/* Append a row with the polarity the document asked for; padding bits are 0. */
static void put_row(const struct fax_row *row, const struct fax_params *p, struct buf *out)
{
    size_t stride = ((size_t)p->columns + 7) / 8;
    uint8_t *at = buf_room(out, stride);

    if (at == NULL)
        return;
    memset(at, 0, stride);
    fax_row_paint(row, p->columns, at);
    if (!p->black_is_1) {
        for (size_t i = 0; i < stride; i++)
            at[i] = (uint8_t)~at[i];
        if (p->columns % 8 != 0)
            at[stride - 1] &= (uint8_t) ~(0xFF >> (p->columns % 8));
    }
    buf_grew(out, stride);
}

static size_t decode_rows(struct fax_rows *f, const struct fax_params *p, struct buf *out)
{
    size_t rows = 0;

    while ((p->rows == 0 || rows < p->rows) && !out->full) {
        enum step s = step(f, p);

        if (s == STEP_END || (s == STEP_DAMAGED && rows == 0 && f->row.count == 0))
            break;
        put_row(&f->row, p, out);
        rows++;
        fax_row_next(f);
        if (s == STEP_DAMAGED && p->k < 0)
            break;
    }
    return rows;
}

enum err fax_decode(struct bytes in, const struct fax_params *p, struct buf *ret_bits, struct fault *why)
{
    struct arena a;
    struct fax_rows f;
    struct fax_row white = {0};
    size_t rows;

    if (p->columns == 0 || p->columns > COLUMNS_MAX)
        return fault_set(why, ERR_UNSUPPORTED, "P18", "ISO 32000-2 7.4.6", 0, "%u columns", p->columns);
    arena_init(&a, ARENA_MAX);
    fax_row_init(&f, in, p->columns, &a);
    rows = decode_rows(&f, p, ret_bits);
    arena_done(&a);
    if (rows == 0)
        return fault_set(why, ERR_MALFORMED, "P18", "ITU-T T.4", 0, "no row could be read");
    for (; rows < p->rows && !ret_bits->full; rows++)
        put_row(&white, p, ret_bits);
    return buf_check(ret_bits, why);
}

enum err fax_mmr(struct bytes in, uint32_t columns, uint32_t rows, uint8_t *rows_at, size_t stride, size_t *ret_used,
                 struct fault *why)
{
    struct arena a;
    struct fax_rows f;
    uint32_t row = 0;

    arena_init(&a, 8 * (size_t)columns + (1 << 17));
    fax_row_init(&f, in, columns, &a);
    for (; row < rows && fax_row_2d(&f); row++) {
        fax_row_paint(&f.row, columns, rows_at + row * stride);
        fax_row_next(&f);
    }
    arena_done(&a);
    if (bitread_peek(&f.in, 24) == 0x001001)
        bitread_skip(&f.in, 24);
    *ret_used = bitread_used(&f.in);
    if (row < rows)
        return fault_set(why, ERR_MALFORMED, "P18", "ITU-T T.6", f.in.at / 8, "damaged row %u of %u", row, rows);
    return OK;
}
