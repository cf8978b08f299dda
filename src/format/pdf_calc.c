#include "format/pdf_calc.h"

#include "format/pdf_lex.h"
#include "format/pdf_write.h"

static bool known(struct bytes word)
{
    static const char *const words[] = {
        "abs", "add", "atan", "ceiling", "cos", "cvi", "cvr", "div", "exp", "floor", "idiv", "ln", "log", "mod", "mul",
        "neg", "round", "sin", "sqrt", "sub", "truncate", "and", "bitshift", "eq", "false", "ge", "gt", "le", "lt",
        "ne", "not", "or", "true", "xor", "if", "ifelse", "copy", "dup", "exch", "index", "pop", "roll",
    };

    for (size_t i = 0; i < countof(words); i++)
        if (bytes_equal(word, bytes_of(words[i])))
            return true;
    return false;
}

bool pdf_calc_rewrite(struct bytes in, struct buf *out)
{
    struct pdf_lex lex;
    struct pdf_token t;
    size_t depth = 0, tokens = 0;
    bool broken = false, ended = false;

    pdf_lex_init(&lex, in);
    for (t = pdf_lex_next(&lex); t.kind != PDF_TOK_END && !broken && !ended; t = pdf_lex_next(&lex)) {
        if (t.kind == PDF_TOK_BRACE) {
            buf_put_u8(out, '{');
            broken = ++depth > PDF_CALC_DEPTH;
        } else if (depth == 0) {
            broken = true;
        } else if (t.kind == PDF_TOK_BRACE_END) {
            buf_put_u8(out, '}');
            ended = --depth == 0;
        } else if (t.kind == PDF_TOK_INT || t.kind == PDF_TOK_REAL || (t.kind == PDF_TOK_WORD && known(t.text))) {
            pdf_write_gap(out);
            buf_put(out, t.text);
        } else {
            broken = true;
        }
        broken = broken || ++tokens > PDF_CALC_TOKENS;
    }
    pdf_lex_done(&lex);
    return broken || !ended || out->full;
}
