/* DICT: operands before an operator, as CFF writes its tables of values. */
#pragma once

#include "base/buf.h"
#include "base/err.h"

enum cff_op {
    CFF_WEIGHT = 4, /* it and those before it are strings */
    CFF_CHARSET = 15,
    CFF_ENCODING = 16,
    CFF_CHARSTRINGS = 17,
    CFF_PRIVATE = 18,
    CFF_SUBRS = 19,
    CFF_COPYRIGHT = 0x0C00, /* two-byte operators: 12 is the high byte */
    CFF_CHARSTRING_TYPE = 0x0C06,
    CFF_ROS = 0x0C1E,
    CFF_FDARRAY = 0x0C24,
    CFF_FDSELECT = 0x0C25,
    CFF_FONT_NAME = 0x0C26,
};

enum cff_dict_kind { CFF_DICT_TOP, CFF_DICT_FONT, CFF_DICT_PRIVATE };

struct cff_entry {
    uint16_t op;
    uint16_t operands; /* how many */
    struct bytes raw;  /* as they are written */
};

struct cff_dict {
    struct cff_entry entry[48];
    size_t count;
};

/* Read the operators that are in the list for this kind of DICT and have as many operands as they
 * need; others, and repetitions, are left out.
 *
 * Errors:  MALFORMED  row P17: a byte that begins neither operand nor operator */
enum err cff_dict_read(enum cff_dict_kind kind, struct bytes raw, struct cff_dict *ret_dict,
                       struct fault *why) must_use;

/* The entry, or NULL. */
const struct cff_entry *cff_dict_find(const struct cff_dict *dict, enum cff_op op);

/* Operand i as a whole number; false when it is not there or not one. */
bool cff_dict_int(const struct cff_entry *entry, size_t i, int32_t *ret_value);

/* Write operands as they were, and the operator. */
void cff_dict_put(const struct cff_entry *entry, struct buf *out);

/* Write a whole number in the form whose length does not depend on it. */
void cff_dict_put_int(size_t value, struct buf *out);
void cff_dict_put_op(uint16_t op, struct buf *out);
