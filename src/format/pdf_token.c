#include "format/pdf_token.h"

#include "format/pdf_inline.h"
#include "format/pdf_lex.h"
#include "format/pdf_operand.h"
#include "format/pdf_write.h"

enum effect { PLAIN, SKIP, MARK, MARK_END, TEXT, TEXT_END, SAVE, RESTORE, SHOW, RENDER, COLOR, IMAGE };

enum { OPERANDS_MAX = 64, SPELLING_MAX = 3 };

struct operator {
    const char *name, *operands;
    enum pdf_resource resource;
    enum effect effect;
};

static const struct operator operators[] = {
#define OPERATOR(name, operands, resource, effect) {name, operands, PDF_RESOURCE_##resource, effect},
#include "format/pdf_operator.def"
#undef OPERATOR
};

/* One operand, already written to the output. */
struct operand {
    char kind;   /* n N s a t d */
    size_t from; /* where its spelling begins in the output */
};

struct rewrite {
    const struct pdf_token_rules *rules;
    struct pdf_token_seen *seen;
    struct pdf_lex lex;
    struct buf *out;
    struct operand operands[OPERANDS_MAX];
    size_t count;
    size_t start; /* of the pending operands in the output */
    struct buf names; /* decoded names of the pending operands */
    size_t name_from[OPERANDS_MAX], name_len[OPERANDS_MAX];
    uint8_t invisible[PDF_TOKEN_NEST + 1]; /* render mode 3, by depth of q */
    size_t saved, saved_over;
    size_t marked, marked_over;
    size_t hidden; /* depth of marks at which hidden content began, + 1; 0 = none */
    bool text;
};

static const struct operator *operator_find(struct bytes name)
{
    /* At most three letters: the table is small enough to be gone through by first letter and length. */
    for (size_t i = 0; i < countof(operators); i++) {
        const char *o = operators[i].name;

        if ((uint8_t)o[0] == name.at[0] && strlen(o) == name.len && memcmp(o, name.at, name.len) == 0)
            return &operators[i];
    }
    return NULL;
}

static void drop_pending(struct rewrite *r)
{
    r->out->len = r->start;
    r->count = 0;
    buf_reset(&r->names);
}

static void end_line(struct rewrite *r)
{
    buf_put_u8(r->out, r->rules->one_line ? ' ' : '\n');
    r->start = r->out->len;
    r->count = 0;
    buf_reset(&r->names);
}

static void emit(struct rewrite *r, const char *name)
{
    pdf_write_gap(r->out);
    buf_put_text(r->out, name);
    end_line(r);
}

/* When a stream keeps more operands than any operator takes, the first ones can never be used. */
static struct operand *operand_new(struct rewrite *r, char kind)
{
    if (r->count == OPERANDS_MAX) {
        drop_pending(r);
        r->seen->unknown++;
    }
    r->operands[r->count] = (struct operand){.kind = kind, .from = r->out->len};
    r->name_len[r->count] = 0;
    return &r->operands[r->count++];
}

static void operand_name(struct rewrite *r, struct bytes name)
{
    size_t i;

    (void)operand_new(r, 'N');
    i = r->count - 1;
    r->name_from[i] = r->names.len;
    r->name_len[i] = name.len;
    buf_put(&r->names, name);
    pdf_write_name(r->out, name);
}

static struct bytes name_of(const struct rewrite *r, size_t i)
{
    return bytes_part(buf_bytes(&r->names), r->name_from[i], r->name_len[i]);
}

static void take_array(struct rewrite *r)
{
    struct operand *o = operand_new(r, 'a');

    o->kind = pdf_operand_array(&r->lex, r->out, &r->seen->unknown);
}

static void take_dict(struct rewrite *r)
{
    (void)operand_new(r, 'd');
    pdf_operand_dict(&r->lex, r->out, r->rules->drop_invisible, &r->seen->instead);
}

static bool operand_fits(char wanted, char is)
{
    if (wanted == 'p')
        return is == 'N' || is == 'd';
    if (wanted == 't')
        return is == 't' || is == 'a';
    return wanted == is;
}

/* Keep the last `want` operands: readers take them from the top of the stack. */
static void keep_last(struct rewrite *r, size_t want)
{
    size_t extra = r->count - want, from;

    if (extra == 0)
        return;
    from = want == 0 ? r->out->len : r->operands[extra].from;
    if (from < r->out->len && r->out->at[from] == ' ')
        from++;
    memmove(r->out->at + r->start, r->out->at + from, r->out->len - from);
    r->out->len -= from - r->start;
    for (size_t i = 0; i < want; i++) {
        r->operands[i] = r->operands[i + extra];
        r->operands[i].from -= from - r->start;
        r->name_from[i] = r->name_from[i + extra];
        r->name_len[i] = r->name_len[i + extra];
    }
    r->count = want;
    r->seen->unknown++;
}

static bool operands_fit(struct rewrite *r, const struct operator *o)
{
    size_t want = strlen(o->operands);

    if (o->operands[0] == '*') {
        size_t names = o->effect == COLOR && r->count > 0 && r->operands[r->count - 1].kind == 'N';

        for (size_t i = 0; i + names < r->count; i++)
            if (r->operands[i].kind != 'n')
                return false;
        return r->count > 0;
    }
    if (r->count < want)
        return false;
    for (size_t i = 0; i < want; i++)
        if (!operand_fits(o->operands[i], r->operands[r->count - want + i].kind))
            return false;
    keep_last(r, want);
    return true;
}

static bool device_space(struct bytes name)
{
    return bytes_equal(name, BYTES("DeviceGray")) || bytes_equal(name, BYTES("DeviceRGB")) ||
           bytes_equal(name, BYTES("DeviceCMYK")) || bytes_equal(name, BYTES("Pattern"));
}

/* The resource an operator names must be there.  A property list may be written in place. */
static bool resource_there(struct rewrite *r, const struct operator *o)
{
    size_t at = o->effect == COLOR ? r->count - 1 : o->resource == PDF_RESOURCE_PROPERTIES;
    struct bytes name;

    if (o->resource == PDF_RESOURCE_NONE || r->rules->has == NULL || r->operands[at].kind != 'N')
        return true;
    name = name_of(r, at);
    if (o->resource == PDF_RESOURCE_COLOR_SPACE && device_space(name))
        return true;
    return r->rules->has(r->rules->ctx, o->resource, name);
}

static void save(struct rewrite *r)
{
    if (r->saved == PDF_TOKEN_NEST) {
        r->saved_over++;
        r->seen->unbalanced++;
        drop_pending(r);
        return;
    }
    r->saved++;
    r->invisible[r->saved] = r->invisible[r->saved - 1];
    emit(r, "q");
}

static void restore(struct rewrite *r)
{
    if (r->saved_over > 0 || r->saved == 0) {
        r->saved_over -= r->saved_over > 0;
        r->seen->unbalanced++;
        drop_pending(r);
        return;
    }
    r->saved--;
    emit(r, "Q");
}

static void mark(struct rewrite *r, const struct operator *o, bool hidden)
{
    if (r->marked == PDF_TOKEN_NEST) {
        r->marked_over++;
        r->seen->unbalanced++;
        drop_pending(r);
        return;
    }
    r->marked++;
    if (hidden && r->hidden == 0) {
        r->hidden = r->marked;
        r->seen->hidden++;
    }
    emit(r, o->name);
}

/* /OC /Name BDC with a layer to be left out. */
static bool hidden_layer(struct rewrite *r)
{
    return r->rules->hidden != NULL && r->count == 2 && r->operands[1].kind == 'N' &&
           bytes_equal(name_of(r, 0), BYTES("OC")) && r->rules->hidden(r->rules->ctx, name_of(r, 1));
}

static void mark_end(struct rewrite *r)
{
    if (r->marked_over > 0 || r->marked == 0) {
        r->marked_over -= r->marked_over > 0;
        r->seen->unbalanced++;
        drop_pending(r);
        return;
    }
    if (r->hidden == r->marked)
        r->hidden = 0;
    r->marked--;
    emit(r, "EMC");
}

static void text(struct rewrite *r, bool begin)
{
    if (begin && r->text) {
        r->seen->unbalanced++;
        emit(r, "ET");
    }
    if (!begin && !r->text) {
        r->seen->unbalanced++;
        drop_pending(r);
        return;
    }
    r->text = begin;
    emit(r, begin ? "BT" : "ET");
}

static void show(struct rewrite *r, const struct operator *o)
{
    if (r->invisible[r->saved]) {
        r->seen->invisible++;
        if (r->rules->drop_invisible) {
            drop_pending(r);
            return;
        }
    }
    emit(r, o->name);
}

/* Nothing that draws passes while a hidden layer is open; what changes the state does. */
static bool draws(const struct operator *o)
{
    static const char *const drawing[] = {"b", "B", "b*", "B*", "f", "F", "f*", "s", "S", "sh", "Do"};

    for (size_t i = 0; i < countof(drawing); i++)
        if (strcmp(drawing[i], o->name) == 0)
            return true;
    return o->effect == SHOW;
}

static void apply(struct rewrite *r, const struct operator *o, bool hidden)
{
    if (r->hidden > 0 && draws(o)) {
        bool path = o->resource == PDF_RESOURCE_NONE && o->effect != SHOW;

        drop_pending(r);
        if (path)
            emit(r, "n");
        return;
    }
    switch (o->effect) {
    case SKIP:
        drop_pending(r);
        break;
    case MARK:
        mark(r, o, hidden);
        break;
    case MARK_END:
        mark_end(r);
        break;
    case TEXT:
    case TEXT_END:
        text(r, o->effect == TEXT);
        break;
    case SAVE:
        save(r);
        break;
    case RESTORE:
        restore(r);
        break;
    case SHOW:
        show(r, o);
        break;
    case RENDER:
        r->invisible[r->saved] = bytes_equal(bytes_from(buf_bytes(r->out), r->start), BYTES("3"));
        emit(r, o->name);
        break;
    default:
        emit(r, o->name);
        break;
    }
}

static void inline_image(struct rewrite *r)
{
    drop_pending(r);
    if (!pdf_inline_rewrite(&r->lex, r->rules, r->out) || r->hidden > 0) {
        r->out->len = r->start;
        r->seen->images += r->hidden == 0;
        return;
    }
    end_line(r);
}

static void take_word(struct rewrite *r, struct bytes word)
{
    const struct operator *o = word.len <= SPELLING_MAX ? operator_find(word) : NULL;
    bool hidden;

    if (o == NULL) {
        if (bytes_equal(word, BYTES("PS")))
            r->seen->postscript++;
        else
            r->seen->unknown++;
        drop_pending(r);
        return;
    }
    if (o->effect == IMAGE) {
        inline_image(r);
        return;
    }
    if (!operands_fit(r, o)) {
        r->seen->unknown++;
        drop_pending(r);
        return;
    }
    hidden = o->effect == MARK && hidden_layer(r);
    if (!resource_there(r, o)) {
        r->seen->missing++;
        /* A marked section stays a section, or its end would close another one. */
        if (o->effect != MARK) {
            drop_pending(r);
            return;
        }
        r->out->len = r->operands[1].from;
        r->count = 1;
        o = operator_find(BYTES("BMC"));
    }
    apply(r, o, hidden);
}

static void take(struct rewrite *r, const struct pdf_token *t)
{
    switch (t->kind) {
    case PDF_TOK_INT:
    case PDF_TOK_REAL:
        (void)operand_new(r, 'n');
        pdf_write_gap(r->out);
        buf_put(r->out, t->text);
        break;
    case PDF_TOK_NAME:
        operand_name(r, t->text);
        break;
    case PDF_TOK_STRING:
        (void)operand_new(r, 's');
        pdf_write_string(r->out, t->text);
        break;
    case PDF_TOK_ARRAY:
        take_array(r);
        break;
    case PDF_TOK_DICT:
        take_dict(r);
        break;
    case PDF_TOK_WORD:
        take_word(r, t->text);
        break;
    default:
        r->seen->unknown++;
        break;
    }
}

static void close_all(struct rewrite *r)
{
    if (r->count > 0)
        r->seen->unknown++;
    drop_pending(r);
    r->seen->unbalanced += r->text || r->marked > 0 || r->saved > 0;
    if (r->text)
        emit(r, "ET");
    for (; r->marked > 0; r->marked--)
        emit(r, "EMC");
    for (; r->saved > 0; r->saved--)
        emit(r, "Q");
}

void pdf_token_rewrite(struct bytes in, const struct pdf_token_rules *rules, struct buf *out,
                       struct pdf_token_seen *ret_seen)
{
    struct rewrite r = {.rules = rules, .seen = ret_seen, .out = out, .start = out->len};

    *ret_seen = (struct pdf_token_seen){0};
    buf_init(&r.names, SIZE_MAX / 2);
    pdf_lex_init(&r.lex, in);
    for (struct pdf_token t = pdf_lex_next(&r.lex); t.kind != PDF_TOK_END && !out->full; t = pdf_lex_next(&r.lex))
        take(&r, &t);
    if (!out->full)
        close_all(&r);
    pdf_lex_done(&r.lex);
    buf_done(&r.names);
}
