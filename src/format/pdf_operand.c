#include "format/pdf_operand.h"

#include "format/pdf_write.h"

static void put_number(struct buf *out, const struct pdf_token *t)
{
    pdf_write_gap(out);
    buf_put(out, t->text);
}

static void skip_nested(struct pdf_lex *l, struct pdf_token t)
{
    size_t depth = 0;

    for (; t.kind != PDF_TOK_END; t = pdf_lex_next(l)) {
        if (t.kind == PDF_TOK_ARRAY || t.kind == PDF_TOK_DICT)
            depth++;
        else if ((t.kind == PDF_TOK_ARRAY_END || t.kind == PDF_TOK_DICT_END) && depth > 0)
            depth--;
        if (depth == 0)
            return;
    }
}

char pdf_operand_array(struct pdf_lex *l, struct buf *out, uint32_t *unknown)
{
    char kind = 'a';
    struct pdf_token t;

    buf_put_u8(out, '[');
    for (t = pdf_lex_next(l); t.kind != PDF_TOK_END && t.kind != PDF_TOK_ARRAY_END; t = pdf_lex_next(l)) {
        if (t.kind == PDF_TOK_INT || t.kind == PDF_TOK_REAL) {
            put_number(out, &t);
        } else if (t.kind == PDF_TOK_STRING) {
            kind = 't';
            pdf_write_string(out, t.text);
        } else if (t.kind == PDF_TOK_WORD) {
            l->at = t.at;
            ++*unknown;
            break;
        } else {
            /* What has no place in such an array goes as a whole: its end is not the end of this one. */
            skip_nested(l, t);
            ++*unknown;
        }
    }
    buf_put_u8(out, ']');
    return kind;
}

/* Keys of marked content written in place. */
static bool key_passes(struct bytes key, bool *ret_instead)
{
    static const char *const keys[] = {"ActualText", "Alt",  "Attached", "BBox", "BoundingBox", "Contents",
                                       "E",          "Lang", "MCID",     "O",    "Subtype",     "Type"};

    *ret_instead = bytes_equal(key, BYTES("ActualText")) || bytes_equal(key, BYTES("Alt")) || bytes_equal(key, BYTES("E"));
    for (size_t i = 0; i < countof(keys); i++)
        if (bytes_equal(key, bytes_of(keys[i])))
            return true;
    return false;
}

/* Numbers and names. */
static bool simple_array(struct pdf_lex *l, struct buf *out)
{
    buf_put_u8(out, '[');
    for (struct pdf_token t = pdf_lex_next(l); t.kind != PDF_TOK_ARRAY_END; t = pdf_lex_next(l)) {
        if (t.kind == PDF_TOK_END)
            return false;
        if (t.kind == PDF_TOK_INT || t.kind == PDF_TOK_REAL)
            put_number(out, &t);
        else if (t.kind == PDF_TOK_NAME)
            pdf_write_name(out, t.text);
        else
            skip_nested(l, t);
    }
    buf_put_u8(out, ']');
    return true;
}

static bool plain_value(struct pdf_lex *l, struct buf *out)
{
    struct pdf_token t = pdf_lex_next(l);

    switch (t.kind) {
    case PDF_TOK_INT:
    case PDF_TOK_REAL:
        put_number(out, &t);
        return true;
    case PDF_TOK_NAME:
        pdf_write_name(out, t.text);
        return true;
    case PDF_TOK_STRING:
        pdf_write_string(out, t.text);
        return true;
    case PDF_TOK_ARRAY:
        return simple_array(l, out);
    default:
        if (t.kind == PDF_TOK_DICT_END)
            l->at = t.at;
        else
            skip_nested(l, t);
        return false;
    }
}

void pdf_operand_dict(struct pdf_lex *l, struct buf *out, bool drop_instead, uint32_t *instead)
{
    struct pdf_token t;

    buf_put(out, BYTES("<<"));
    for (t = pdf_lex_next(l); t.kind != PDF_TOK_END && t.kind != PDF_TOK_DICT_END; t = pdf_lex_next(l)) {
        size_t from = out->len;
        bool is_instead, passes;

        if (t.kind != PDF_TOK_NAME)
            continue;
        passes = key_passes(t.text, &is_instead) && !(is_instead && drop_instead);
        pdf_write_name(out, t.text);
        if (!plain_value(l, out) || !passes)
            out->len = from;
        else
            *instead += is_instead;
    }
    buf_put(out, BYTES(">>"));
}
