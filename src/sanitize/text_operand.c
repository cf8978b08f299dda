#include "sanitize/text_operand.h"

enum { OPERANDS_MAX = 1 << 16 };

void text_operand_init(struct text_operands *o)
{
    *o = (struct text_operands){0};
    buf_init(&o->list, SIZE_MAX / 2);
    buf_init(&o->strings, SIZE_MAX / 2);
}

void text_operand_done(struct text_operands *o)
{
    buf_done(&o->list);
    buf_done(&o->strings);
}

const struct text_operand *text_operand_at(const struct text_operands *o, uint32_t i)
{
    return i < o->count ? &((const struct text_operand *)(const void *)o->list.at)[i] : NULL;
}

double text_operand_number(const struct text_operands *o, uint32_t from_end)
{
    const struct text_operand *one = from_end < o->count ? text_operand_at(o, o->count - 1 - from_end) : NULL;

    return one == NULL ? 0 : one->num;
}

struct bytes text_operand_text(const struct text_operands *o, const struct text_operand *one)
{
    if (one == NULL)
        return (struct bytes){0};
    return bytes_part(buf_bytes(&o->strings), one->at, one->len);
}

struct bytes text_operand_last(const struct text_operands *o)
{
    return text_operand_text(o, o->count == 0 ? NULL : text_operand_at(o, o->count - 1));
}

static double number_of(const struct pdf_token *t)
{
    double whole = 0, place = 1;
    bool minus = false, point = false;

    if (t->kind == PDF_TOK_INT)
        return (double)t->num;
    for (size_t i = 0; i < t->text.len; i++) {
        uint8_t c = t->text.at[i];

        minus = minus || c == '-';
        if (c == '.')
            point = true;
        if (c < '0' || c > '9')
            continue;
        whole = whole * 10 + (c - '0');
        place *= point ? 10 : 1;
    }
    return (minus ? -whole : whole) / place;
}

void text_operand_add(struct text_operands *o, const struct pdf_token *t)
{
    struct text_operand one = {.kind = t->kind, .at = o->strings.len};

    if (o->count == OPERANDS_MAX)
        return;
    if (t->kind == PDF_TOK_INT || t->kind == PDF_TOK_REAL) {
        one.num = number_of(t);
    } else if (t->kind == PDF_TOK_NAME || t->kind == PDF_TOK_STRING) {
        one.len = t->text.len;
        buf_put(&o->strings, t->text);
    }
    buf_put(&o->list, (struct bytes){(const uint8_t *)&one, sizeof(one)});
    o->count++;
}

void text_operand_clear(struct text_operands *o)
{
    buf_reset(&o->list);
    buf_reset(&o->strings);
    o->count = 0;
}

struct text_matrix text_operand_matrix(const struct text_operands *o)
{
    double v[6];

    for (uint32_t i = 0; i < 6; i++)
        v[i] = text_operand_number(o, 5 - i);
    return (struct text_matrix){v[0], v[1], v[2], v[3], v[4], v[5]};
}
