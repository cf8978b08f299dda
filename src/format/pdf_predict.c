#include "format/pdf_predict.h"

#include <stdlib.h>

#include "format/pdf_filter.h"

size_t pdf_predict_row(const struct pdf_predictor *p)
{
    return ((size_t)p->colors * (size_t)p->bits * (size_t)p->columns + 7) / 8;
}

static uint8_t paeth(int a, int b, int c)
{
    int pa = abs(b - c), pb = abs(a - c), pc = abs(a + b - 2 * c);

    if (pa <= pb && pa <= pc)
        return (uint8_t)a;
    return (uint8_t)(pb <= pc ? b : c);
}

/* One row: `to` may lie before `from` in the same buffer, never behind it. */
static void png_row(uint8_t type, const uint8_t *from, const uint8_t *above, uint8_t *to, size_t len, size_t pixel)
{
    for (size_t i = 0; i < len; i++) {
        uint8_t left = i >= pixel ? to[i - pixel] : 0, up = above == NULL ? 0 : above[i];
        uint8_t corner = above == NULL || i < pixel ? 0 : above[i - pixel];
        uint8_t guess = 0;

        switch (type) {
        case 1:
            guess = left;
            break;
        case 2:
            guess = up;
            break;
        case 3:
            guess = (uint8_t)((left + up) / 2);
            break;
        case 4:
            guess = paeth(left, up, corner);
            break;
        default:
            break;
        }
        to[i] = (uint8_t)(from[i] + guess);
    }
}

static void undo_png(const struct pdf_predictor *p, struct buf *data)
{
    size_t row = pdf_predict_row(p), pixel = (size_t)(p->colors * p->bits + 7) / 8, from = 0, to = 0;

    while (from + 1 < data->len) {
        uint8_t type = data->at[from++];
        size_t len = data->len - from < row ? data->len - from : row;

        png_row(type, data->at + from, to >= row ? data->at + to - row : NULL, data->at + to, len, pixel);
        from += len;
        to += len;
    }
    data->len = to;
}

static void undo_tiff_bits(const struct pdf_predictor *p, uint8_t *row)
{
    unsigned bits = (unsigned)p->bits, mask = (1u << bits) - 1;
    size_t count = (size_t)p->columns * (size_t)p->colors;
    uint8_t before[32] = {0};

    for (size_t i = 0; i < count; i++) {
        size_t bit = i * bits;
        unsigned shift = 8 - bits - (unsigned)(bit & 7);
        size_t color = i % (size_t)p->colors;

        before[color] = (uint8_t)((before[color] + ((unsigned)row[bit >> 3] >> shift)) & mask);
        row[bit >> 3] = (uint8_t)(((unsigned)row[bit >> 3] & ~(mask << shift)) | (unsigned)before[color] << shift);
    }
}

static void undo_tiff(const struct pdf_predictor *p, struct buf *data)
{
    size_t row = pdf_predict_row(p), colors = (size_t)p->colors;

    for (size_t at = 0; at + row <= data->len; at += row) {
        uint8_t *r = data->at + at;

        if (p->bits == 8) {
            for (size_t i = colors; i < row; i++)
                r[i] = (uint8_t)(r[i] + r[i - colors]);
        } else if (p->bits == 16) {
            for (size_t i = 2 * colors; i + 1 < row; i += 2) {
                int v = (r[i] << 8 | r[i + 1]) + (r[i - 2 * colors] << 8 | r[i - 2 * colors + 1]);

                r[i] = (uint8_t)(v >> 8);
                r[i + 1] = (uint8_t)v;
            }
        } else {
            undo_tiff_bits(p, r);
        }
    }
}

void pdf_predict_undo(const struct pdf_predictor *p, struct buf *data)
{
    if (p->predictor >= 10)
        undo_png(p, data);
    else if (p->predictor == 2)
        undo_tiff(p, data);
}
