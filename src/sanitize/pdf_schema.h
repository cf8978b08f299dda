/* What a PDF may be made of: for each kind of object the keys that pass and what must stand under them.
 *
 * A role is what an object is asked to be by the one who refers to it.  Roles are picked from the page tree and the
 * catalogue downwards; what no role names is never copied.
 *
 * Rule:    ISO 32000-1 7.7 (document structure), 8 (graphics), 9 (text), 12 (interactive features),
 *          14 (interchange); table P of the threat catalogue */
#pragma once

#include "format/pdf.h"
#include "rule/rule.h"

enum pdf_role {
    PDF_ROLE_NONE,
#define ROLE(name, form, item, keys, row, flags) PDF_ROLE_##name,
#include "sanitize/pdf_schema.def"
#undef ROLE
    PDF_ROLE_COUNT
};

/* How a value of this role looks. */
enum pdf_form {
    PDF_FORM_BOOL, PDF_FORM_INT, PDF_FORM_NUM, PDF_FORM_NAME, PDF_FORM_STRING,
    PDF_FORM_NUMS,   /* an array of numbers, at most `item` */
    PDF_FORM_LIST,   /* an array of `item`; what does not fit is left out */
    PDF_FORM_MAP,    /* a dictionary of any names to `item` */
    PDF_FORM_DICT,   /* a dictionary with the keys listed */
    PDF_FORM_STREAM, /* a stream whose dictionary has the keys listed */
    PDF_FORM_ALT,    /* the first of the roles listed (as keys without names) that fits */
    PDF_FORM_HOOK,   /* decided and written by a function of its own (pdf_hook) */
};

enum {
    PDF_FLAG_INLINE = 1,  /* written in place even where the source refers to it */
    PDF_FLAG_EAGER = 2,   /* written before the one who refers to it, for it may turn out unusable */
    PDF_FLAG_CYCLE = 4,   /* could lead back to itself: such a reference is left out */
    PDF_FLAG_LOCAL = 8,   /* belongs to the resources it is met with: shared only among those */
    PDF_FLAG_PICK = 16,   /* beyond its form, a function decides whether it passes (pdf_hook) */
};

struct pdf_key {
    const char *key;
    enum pdf_role role;
};

struct pdf_role_def {
    const char *name;
    enum pdf_form form;
    int item;
    const struct pdf_key *keys;
    size_t key_count;
    enum row row; /* reported when something with a known key does not fit */
    unsigned flags;
};

const struct pdf_role_def *pdf_schema_role(enum pdf_role role);

/* What a key of a role must be; NONE when it does not pass. */
enum pdf_role pdf_schema_key(enum pdf_role role, struct bytes key);

/* The row a key that does not pass is reported under; ROW_COUNT when its absence means nothing (/Parent of
 * something rebuilt, /Length …). */
enum row pdf_schema_row(enum pdf_role role, struct bytes key);
