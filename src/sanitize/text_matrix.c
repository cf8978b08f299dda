#include "sanitize/text_matrix.h"

struct text_matrix text_matrix_mul(const struct text_matrix *first, const struct text_matrix *then)
{
    const struct text_matrix *m = first, *n = then;

    return (struct text_matrix){
        m->a * n->a + m->b * n->c,        m->a * n->b + m->b * n->d,
        m->c * n->a + m->d * n->c,        m->c * n->b + m->d * n->d,
        m->e * n->a + m->f * n->c + n->e, m->e * n->b + m->f * n->d + n->f,
    };
}

struct text_matrix text_matrix_of(struct pdf *p, const struct pdf_value *array)
{
    double v[6];

    for (size_t i = 0; i < countof(v); i++) {
        const struct pdf_value *item = pdf_resolve(p, pdf_value_item(array, i), NULL);

        if (!pdf_value_is_number(item))
            return text_matrix_identity();
        v[i] = pdf_value_number(item, 0);
    }
    return (struct text_matrix){v[0], v[1], v[2], v[3], v[4], v[5]};
}
