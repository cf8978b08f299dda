/* PDF objects as values in an arena.
 *
 * A dictionary is its pairs, key before value, sorted by key: what is written from it does not
 * depend on the order of the source.  Values never change once made. */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

enum pdf_kind { PDF_NULL, PDF_BOOL, PDF_INT, PDF_REAL, PDF_NAME, PDF_STRING, PDF_ARRAY, PDF_DICT, PDF_REF };

struct pdf_value {
    uint8_t kind;    /* enum pdf_kind */
    uint32_t count;  /* items of an ARRAY, pairs of a DICT */
    union {
        int64_t num; /* INT; BOOL 0 or 1 */
        struct {
            uint32_t id, generation;
        } ref;
        const uint8_t *text;           /* NAME, STRING, REAL (shortest spelling) */
        const struct pdf_value *items; /* ARRAY; DICT: key, value, key, value … */
    };
    uint32_t len; /* of text */
};

/* Read one object written as text (no stream).
 *
 * stack        working memory, may be kept between calls
 * depth        more nesting than this is cut: the inner value is null
 * Always gives a value: null when there is none. */
struct pdf_value pdf_value_parse(struct arena *a, struct buf *stack, struct bytes text);

enum { PDF_VALUE_DEPTH = 48 }; /* deeper arrays and dictionaries are cut off */

static inline struct bytes pdf_value_text(const struct pdf_value *v)
{
    return (struct bytes){v->text, v->len};
}

static inline bool pdf_value_is_name(const struct pdf_value *v, const char *name)
{
    return v != NULL && v->kind == PDF_NAME && v->len == strlen(name) && memcmp(v->text, name, v->len) == 0;
}

/* The value under a key, or NULL when it is not there or this is no dictionary. */
const struct pdf_value *pdf_value_get(const struct pdf_value *dict, const char *key);
const struct pdf_value *pdf_value_find(const struct pdf_value *dict, struct bytes key);

/* Item `index` of an array, or NULL. */
const struct pdf_value *pdf_value_item(const struct pdf_value *array, size_t index);

/* The number of an INT or REAL, otherwise `otherwise`. */
double pdf_value_number(const struct pdf_value *v, double otherwise);
bool pdf_value_is_number(const struct pdf_value *v);

/* A whole number: an INT, or a REAL without fraction. */
bool pdf_value_int(const struct pdf_value *v, int64_t *ret_num);
