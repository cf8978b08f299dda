#include "sanitize/ooxml_formula.h"

#include <stdlib.h>

#include "format/formula.h"

struct function {
    const char *name;
    size_t len;
};

static const struct function functions[] = {
#define FUNCTION(name) {name, sizeof(name) - 1},
#include "sanitize/ooxml_function.def"
#undef FUNCTION
};

enum { FUNCTION_MAX = 32 }; /* longer than every name on the list */

/* One formula being judged. */
struct judge {
    const struct ooxml_formula_scope *scope;
    struct formula at;
    bool indirect; /* its strings may become references */
};

static int order(const void *key, const void *entry)
{
    const struct bytes *name = key;
    const struct function *f = entry;
    int diff = memcmp(name->at, f->name, name->len < f->len ? name->len : f->len);

    return diff != 0 ? diff : (name->len > f->len) - (name->len < f->len);
}

static bool is_listed(struct bytes name)
{
    uint8_t upper[FUNCTION_MAX];
    struct bytes key = {upper, name.len};

    if (name.len == 0 || name.len > sizeof(upper))
        return false;
    for (size_t i = 0; i < name.len; i++)
        upper[i] = name.at[i] >= 'a' && name.at[i] <= 'z' ? (uint8_t)(name.at[i] - 32) : name.at[i];
    return bsearch(&key, functions, countof(functions), sizeof(functions[0]), order) != NULL;
}

struct bytes ooxml_formula_key(struct bytes name, struct buf *scratch)
{
    buf_reset(scratch);
    for (size_t i = 0; i < name.len; i++)
        buf_put_u8(scratch, name.at[i] >= 'A' && name.at[i] <= 'Z' ? (uint8_t)(name.at[i] + 32) : name.at[i]);
    return buf_bytes(scratch);
}

static bool knows(const struct map *m, struct bytes name, struct buf *scratch)
{
    return m != NULL && m->count > 0 && name.len <= 1024 && map_get(m, ooxml_formula_key(name, scratch)) != NULL;
}

static struct bytes without(struct bytes name, struct bytes prefix)
{
    return bytes_starts_fold(name, prefix) ? bytes_from(name, prefix.len) : name;
}

/* $AB$12: before " (" it is an operand of an intersection, not a function. */
static bool is_cell(struct bytes word)
{
    size_t i = 0, letters, digits;

    i += i < word.len && word.at[i] == '$';
    for (letters = i; i < word.len && ((word.at[i] | 32) >= 'a' && (word.at[i] | 32) <= 'z');)
        i++;
    letters = i - letters;
    i += i < word.len && word.at[i] == '$';
    for (digits = i; i < word.len && word.at[i] >= '0' && word.at[i] <= '9';)
        i++;
    digits = i - digits;
    return i == word.len && letters >= 1 && letters <= 3 && digits >= 1 && digits <= 7;
}

bool ooxml_formula_link(struct bytes address, bool links)
{
    static const char *const schemes[] = {"http://", "https://", "mailto:"};

    if (bytes_starts(address, BYTES("#"))) {
        for (size_t i = 0; i < address.len; i++)
            if (address.at[i] == '[' || address.at[i] == '\\' || address.at[i] == '/')
                return false;
        return true;
    }
    for (size_t i = 0; links && i < countof(schemes); i++)
        if (bytes_starts_fold(address, bytes_of(schemes[i])))
            return true;
    return false;
}

/* The first argument must begin with text whose beginning alone decides where the link leads. */
static bool links_well(struct formula f, const struct ooxml_formula_scope *scope)
{
    struct formula_token t = {0};
    struct bytes address;

    do {
        if (!formula_next(&f, &t))
            return false;
    } while (t.kind == FORMULA_SPACE || t.kind == FORMULA_OPEN);
    if (t.kind != FORMULA_STRING)
        return false;
    address = formula_plain(t.text, scope->scratch);
    if (!ooxml_formula_link(address, scope->links))
        return false;
    while (formula_next(&f, &t))
        if (t.kind != FORMULA_SPACE)
            return t.kind == FORMULA_COMMA || t.kind == FORMULA_CLOSE || t.kind == FORMULA_JOIN;
    return false;
}

/* A name may be called like a function (it stands for a LAMBDA) when it cannot be taken for one of the program's
 * own: their names have letters, digits and full stops only. */
static bool is_callable(const struct ooxml_formula_scope *scope, struct bytes word)
{
    bool own = bytes_starts_fold(word, BYTES("_xl"));

    for (size_t i = 1; i < word.len && !own; i++)
        if (word.at[i] >= 0x80 || word.at[i] == '_')
            return knows(scope->names, word, scope->scratch);
    return false;
}

static const char *judge_function(struct judge *j, struct bytes word)
{
    struct bytes name = without(without(word, BYTES("_xlfn.")), BYTES("_xlws."));
    size_t next = j->at.at;

    if (bytes_equal_fold(name, BYTES("HYPERLINK")))
        return links_well(j->at, j->scope) ? NULL : "HYPERLINK";
    if (j->scope->pivots_lost && bytes_equal_fold(name, BYTES("GETPIVOTDATA")))
        return "removed pivot table";
    if (bytes_equal_fold(name, BYTES("INDIRECT")))
        j->indirect = true;
    if (is_listed(name) || bytes_starts(name, BYTES("_xlpm.")))
        return NULL;
    if (next < j->at.in.len && j->at.in.at[next] != '(' && is_cell(word))
        return NULL;
    if (is_callable(j->scope, word))
        return NULL;
    return "function not on the list";
}

/* A function may be named without being called, for another function to call it (MAP(A1:A3,_xleta.SUM)). */
static const char *judge_word(const struct judge *j, struct bytes word)
{
    static const char *const prefixes[] = {"_xleta.", "_xlfn.", "_xlws.", "_xll.", "_xludf."};

    for (size_t i = 0; i < countof(prefixes); i++)
        if (bytes_starts_fold(word, bytes_of(prefixes[i])))
            return is_listed(without(bytes_from(word, strlen(prefixes[i])), BYTES("_xlws."))) ? NULL
                                                                                            : "function not on the list";
    return knows(j->scope->removed, word, j->scope->scratch) ? "removed name" : NULL;
}

/* A sheet of this workbook has none of these in its name (18.2.19); a path or another book has. */
static const char *foreign(struct bytes name)
{
    for (size_t i = 0; i < name.len; i++) {
        if (name.at[i] == '|')
            return "DDE";
        if (name.at[i] != 0 && strchr("[]\\/?*", name.at[i]) != NULL)
            return "another workbook";
    }
    return NULL;
}

static const char *judge_sheet(const struct judge *j, struct bytes token)
{
    struct bytes name = formula_plain(token, j->scope->scratch);
    const char *hazard = foreign(name);
    uint8_t copy[1024];

    if (hazard != NULL || j->scope->sheets == NULL)
        return hazard;
    if (name.len > sizeof(copy))
        return "sheet that is not there";
    memcpy(copy, name.at, name.len);
    name.at = copy;
    for (size_t from = 0; from <= name.len;) {
        size_t end = bytes_find_byte(name, ':', from);

        if (end == SIZE_MAX)
            end = name.len;
        if (!knows(j->scope->sheets, bytes_part(name, from, end - from), j->scope->scratch))
            return "sheet that is not there";
        from = end + 1;
    }
    return NULL;
}

static const char *judge_token(struct judge *j, const struct formula_token *t)
{
    switch (t->kind) {
    case FORMULA_DDE:
        return "DDE";
    case FORMULA_BAD:
        return "not a formula";
    case FORMULA_BOOK:
        return bytes_equal(t->text, BYTES("[0]!")) || bytes_equal(t->text, BYTES("[0]")) ? NULL : "another workbook";
    case FORMULA_SHEET:
        return judge_sheet(j, t->text);
    case FORMULA_FUNCTION:
        return judge_function(j, t->text);
    case FORMULA_WORD:
        return judge_word(j, t->text);
    default:
        return NULL;
    }
}

/* INDIRECT makes references of text: text with the marks of a path, a book or a topic does not pass. */
static const char *judge_strings(struct bytes text)
{
    static const char *const marks[] = {"|", "'[", "\\", "//", "].", ".xl"};
    struct formula f = formula_of(text);
    struct formula_token t;

    while (formula_next(&f, &t)) {
        for (size_t i = 0; t.kind == FORMULA_STRING && i < countof(marks); i++)
            if (bytes_find_fold(t.text, bytes_of(marks[i]), 0) != SIZE_MAX)
                return "INDIRECT to another workbook";
    }
    return NULL;
}

const char *ooxml_formula_hazard(struct bytes text, const struct ooxml_formula_scope *scope)
{
    struct judge j = {.scope = scope, .at = formula_of(text)};
    struct formula_token t;

    while (formula_next(&j.at, &t)) {
        const char *hazard = judge_token(&j, &t);

        if (hazard != NULL)
            return hazard;
    }
    return j.indirect ? judge_strings(text) : NULL;
}
