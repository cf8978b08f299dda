#include "format/pdf_value.h"

#include <stdlib.h>

#include "format/pdf_lex.h"

/* An open array or dictionary: where its items begin on the stack of values. */
struct open {
    size_t from;
    bool dict;
};

struct maker {
    struct arena *arena;
    struct buf *stack; /* of struct pdf_value */
    struct open open[PDF_VALUE_DEPTH];
    size_t depth;
    size_t cut; /* containers open beyond the limit: their content is not kept */
};

static int key_order(const void *a, const void *b)
{
    const struct pdf_value *x = a, *y = b;
    size_t len = x->len < y->len ? x->len : y->len;
    int order = len == 0 ? 0 : memcmp(x->text, y->text, len);

    return order != 0 ? order : (x->len > y->len) - (x->len < y->len);
}

static size_t stack_count(const struct maker *m)
{
    return m->stack->len / sizeof(struct pdf_value);
}

static void push(struct maker *m, struct pdf_value v)
{
    if (m->cut == 0)
        buf_put(m->stack, (struct bytes){(const uint8_t *)&v, sizeof(v)});
}

static void push_text(struct maker *m, enum pdf_kind kind, struct bytes text)
{
    struct bytes copy;

    if (m->cut > 0)
        return;
    copy = arena_copy(m->arena, text);
    push(m, (struct pdf_value){.kind = (uint8_t)kind, .text = copy.at, .len = (uint32_t)copy.len});
}

/* Pairs with a name as key and a value that is not null; a key given twice counts once, first come. */
static uint32_t pairs_keep(struct pdf_value *items, size_t count)
{
    uint32_t kept = 0;
    bool sorted = true;

    for (size_t i = 0; i + 1 < count; i += 2) {
        if (items[i].kind != PDF_NAME || items[i + 1].kind == PDF_NULL)
            continue;
        items[2 * kept] = items[i];
        items[2 * kept + 1] = items[i + 1];
        if (kept > 0 && key_order(&items[2 * kept - 2], &items[2 * kept]) >= 0)
            sorted = false;
        kept++;
    }
    if (sorted)
        return kept;
    qsort(items, kept, 2 * sizeof(*items), key_order);
    count = kept;
    kept = count > 0;
    for (size_t i = 1; i < count; i++) {
        if (key_order(&items[2 * kept - 2], &items[2 * i]) == 0)
            continue;
        items[2 * kept] = items[2 * i];
        items[2 * kept + 1] = items[2 * i + 1];
        kept++;
    }
    return kept;
}

static void close_top(struct maker *m)
{
    struct open o;
    struct pdf_value v, *items;
    size_t count;

    if (m->cut > 0) {
        if (--m->cut == 0)
            push(m, (struct pdf_value){.kind = PDF_NULL});
        return;
    }
    if (m->depth == 0)
        return;
    o = m->open[--m->depth];
    count = stack_count(m) - o.from;
    v = (struct pdf_value){.kind = o.dict ? PDF_DICT : PDF_ARRAY};
    items = count == 0 ? NULL : (struct pdf_value *)(void *)m->stack->at + o.from;
    v.count = o.dict ? pairs_keep(items, count) : (uint32_t)count;
    count = o.dict ? 2 * (size_t)v.count : count;
    if (count > 0) {
        struct pdf_value *own = arena_array(m->arena, count, sizeof(*own));

        memcpy(own, items, count * sizeof(*own));
        v.items = own;
    }
    m->stack->len = o.from * sizeof(struct pdf_value);
    push(m, v);
}

static void open_new(struct maker *m, bool dict)
{
    if (m->cut > 0 || m->depth == PDF_VALUE_DEPTH)
        m->cut++;
    else
        m->open[m->depth++] = (struct open){stack_count(m), dict};
}

/* "12 0 R": the two numbers before become a reference. */
static void make_ref(struct maker *m)
{
    size_t count = stack_count(m);
    struct pdf_value *v = (struct pdf_value *)(void *)m->stack->at;
    size_t from = m->depth > 0 ? m->open[m->depth - 1].from : 0;

    if (m->cut > 0 || count < from + 2)
        return;
    v += count - 2;
    if (v[0].kind != PDF_INT || v[1].kind != PDF_INT || v[0].num <= 0 || v[0].num > INT32_MAX || v[1].num < 0 ||
        v[1].num > UINT16_MAX)
        return;
    m->stack->len -= 2 * sizeof(*v);
    push(m, (struct pdf_value){.kind = PDF_REF, .ref = {(uint32_t)v[0].num, (uint32_t)v[1].num}});
}

static void take_word(struct maker *m, struct bytes w)
{
    if (bytes_equal(w, BYTES("R")))
        make_ref(m);
    else if (bytes_equal(w, BYTES("true")) || bytes_equal(w, BYTES("false")))
        push(m, (struct pdf_value){.kind = PDF_BOOL, .num = w.len == 4});
    else
        push(m, (struct pdf_value){.kind = PDF_NULL});
}

static void take(struct maker *m, const struct pdf_token *t)
{
    switch (t->kind) {
    case PDF_TOK_INT:
        push(m, (struct pdf_value){.kind = PDF_INT, .num = t->num});
        break;
    case PDF_TOK_REAL:
        push_text(m, PDF_REAL, t->text);
        break;
    case PDF_TOK_NAME:
        push_text(m, PDF_NAME, t->text);
        break;
    case PDF_TOK_STRING:
        push_text(m, PDF_STRING, t->text);
        break;
    case PDF_TOK_ARRAY:
    case PDF_TOK_DICT:
        open_new(m, t->kind == PDF_TOK_DICT);
        break;
    case PDF_TOK_ARRAY_END:
    case PDF_TOK_DICT_END:
        close_top(m);
        break;
    case PDF_TOK_WORD:
        take_word(m, t->text);
        break;
    default:
        break;
    }
}

struct pdf_value pdf_value_parse(struct arena *a, struct buf *stack, struct bytes text)
{
    struct maker m = {.arena = a, .stack = stack};
    struct pdf_value v = {.kind = PDF_NULL};
    struct pdf_lex lex;

    buf_reset(stack);
    pdf_lex_init(&lex, text);
    for (struct pdf_token t = pdf_lex_next(&lex); t.kind != PDF_TOK_END; t = pdf_lex_next(&lex))
        take(&m, &t);
    while (m.depth > 0 || m.cut > 0)
        close_top(&m);
    pdf_lex_done(&lex);
    if (stack_count(&m) > 0)
        memcpy(&v, stack->at, sizeof(v));
    return v;
}

const struct pdf_value *pdf_value_find(const struct pdf_value *dict, struct bytes key)
{
    struct pdf_value wanted = {.kind = PDF_NAME, .text = key.at, .len = (uint32_t)key.len};
    size_t low = 0, high;

    if (dict == NULL || dict->kind != PDF_DICT)
        return NULL;
    high = dict->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = key_order(&wanted, &dict->items[2 * middle]);

        if (order == 0)
            return &dict->items[2 * middle + 1];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

const struct pdf_value *pdf_value_get(const struct pdf_value *dict, const char *key)
{
    return pdf_value_find(dict, bytes_of(key));
}

const struct pdf_value *pdf_value_item(const struct pdf_value *array, size_t index)
{
    if (array == NULL || array->kind != PDF_ARRAY || index >= array->count)
        return NULL;
    return &array->items[index];
}

bool pdf_value_is_number(const struct pdf_value *v)
{
    return v != NULL && (v->kind == PDF_INT || v->kind == PDF_REAL);
}

double pdf_value_number(const struct pdf_value *v, double otherwise)
{
    double whole = 0, place = 1;
    bool minus, point = false;

    if (v == NULL || (v->kind != PDF_INT && v->kind != PDF_REAL))
        return otherwise;
    if (v->kind == PDF_INT)
        return (double)v->num;
    minus = v->len > 0 && v->text[0] == '-';
    for (size_t i = minus; i < v->len; i++) {
        if (v->text[i] == '.') {
            point = true;
            continue;
        }
        whole = whole * 10 + (v->text[i] - '0');
        place *= point ? 10 : 1;
    }
    return minus ? -whole / place : whole / place;
}

bool pdf_value_int(const struct pdf_value *v, int64_t *ret_num)
{
    if (v == NULL || v->kind != PDF_INT)
        return false;
    *ret_num = v->num;
    return true;
}
