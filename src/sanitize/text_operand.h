/* The operands that stand before an operator of a content stream. */
#pragma once

#include "format/pdf_lex.h"
#include "sanitize/text_matrix.h"

struct text_operand {
    enum pdf_tok kind;
    double num;
    size_t at, len; /* of a name or string, in `strings` */
};

struct text_operands {
    struct buf list, strings;
    uint32_t count;
};

void text_operand_init(struct text_operands *o);
void text_operand_done(struct text_operands *o);
void text_operand_clear(struct text_operands *o);

/* More than 2^16 are left out. */
void text_operand_add(struct text_operands *o, const struct pdf_token *t);

/* Operand i, or NULL. */
const struct text_operand *text_operand_at(const struct text_operands *o, uint32_t i);

/* Number i counted from the end, so that stray operands in front do no harm; 0 when it is none. */
double text_operand_number(const struct text_operands *o, uint32_t from_end);

/* A name or string; of the last operand. */
struct bytes text_operand_text(const struct text_operands *o, const struct text_operand *one);
struct bytes text_operand_last(const struct text_operands *o);

/* The last six numbers. */
struct text_matrix text_operand_matrix(const struct text_operands *o);
