#include "sanitize/text_mark.h"

#include "format/pdf_encoding.h"

/* /ActualText of the property list among the operands, or NULL; a name stands for one of the resources. */
static bool find_actual(struct text_show *s, struct bytes *ret_text)
{
    const struct text_operand *last = s->operands.count == 0 ? NULL : text_operand_at(&s->operands, s->operands.count - 1);
    const struct pdf_value *v;

    if (last != NULL && last->kind == PDF_TOK_NAME) {
        v = pdf_get_key(&s->w->pdf, pdf_resolve(&s->w->pdf, text_show_resource(s, "Properties", text_operand_last(&s->operands)), NULL), "ActualText");
        if (v == NULL || v->kind != PDF_STRING)
            return false;
        *ret_text = pdf_value_text(v);
        return true;
    }
    for (uint32_t i = 0; i + 1 < s->operands.count; i++) {
        const struct text_operand *key = text_operand_at(&s->operands, i), *value = text_operand_at(&s->operands, i + 1);

        if (key->kind != PDF_TOK_NAME || value->kind != PDF_TOK_STRING || !bytes_equal(text_operand_text(&s->operands, key), BYTES("ActualText")))
            continue;
        *ret_text = text_operand_text(&s->operands, value);
        return true;
    }
    return false;
}

static bool is_hidden_layer(struct text_show *s)
{
    const struct text_operand *tag = text_operand_at(&s->operands, 0);

    return s->operands.count == 2 && bytes_equal(text_operand_text(&s->operands, tag), BYTES("OC")) &&
           pdf_layer_hidden(s->w, text_show_resource(s, "Properties", text_operand_last(&s->operands)));
}

void text_mark_begin(struct text_show *s, bool properties)
{
    struct bytes text;
    bool hidden = properties && is_hidden_layer(s);

    if (s->mark_count < TEXT_SHOW_MARKS)
        s->hidden_marks[s->mark_count] = hidden;
    s->mark_count++;
    s->hidden += hidden && s->mark_count <= TEXT_SHOW_MARKS;
    if (!properties || s->actual_mark != 0 || text_show_drops_invisible(s) || !find_actual(s, &text))
        return;
    buf_reset(&s->actual);
    pdf_encoding_text(text, &s->actual);
    s->actual_mark = s->mark_count;
    s->actual_placed = false;
}

void text_mark_end(struct text_show *s)
{
    if (s->mark_count == s->mark_base)
        return;
    if (s->actual_mark == s->mark_count) {
        s->actual_mark = 0;
        if (s->actual_placed)
            text_words_put(&s->words, &s->actual_place, buf_bytes(&s->actual));
        s->replaced += s->actual_placed;
    }
    s->mark_count--;
    if (s->mark_count < TEXT_SHOW_MARKS && s->hidden_marks[s->mark_count])
        s->hidden--;
}
