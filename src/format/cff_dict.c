#include "format/cff_dict.h"

#include "format/be.h"

enum { ESCAPE = 12, OPERATOR_MAX = 27 /* from 22 on reserved */, REAL = 30, OPERANDS_MAX = 48 };

/* Which operator stays, in which DICT (bits of 1 << enum cff_dict_kind), with how many operands. */
struct allowed {
    uint16_t op;
    uint8_t where, min, max;
};

enum { TOP = 1 << CFF_DICT_TOP, FONT = 1 << CFF_DICT_FONT, PRIVATE = 1 << CFF_DICT_PRIVATE };

static const struct allowed allowed[] = {
    {0, TOP, 1, 1},        /* version */
    {1, TOP, 1, 1},        /* Notice */
    {2, TOP, 1, 1},        /* FullName */
    {3, TOP, 1, 1},        /* FamilyName */
    {4, TOP, 1, 1},        /* Weight */
    {5, TOP | FONT, 4, 4}, /* FontBBox */
    {6, PRIVATE, 0, 14},   /* BlueValues */
    {7, PRIVATE, 0, 10},   /* OtherBlues */
    {8, PRIVATE, 0, 14},   /* FamilyBlues */
    {9, PRIVATE, 0, 10},   /* FamilyOtherBlues */
    {10, PRIVATE, 1, 1},   /* StdHW */
    {11, PRIVATE, 1, 1},   /* StdVW */
    {CFF_CHARSET, TOP, 1, 1},
    {CFF_ENCODING, TOP, 1, 1},
    {CFF_CHARSTRINGS, TOP, 1, 1},
    {CFF_PRIVATE, TOP | FONT, 2, 2},
    {CFF_SUBRS, PRIVATE, 1, 1},
    {20, PRIVATE, 1, 1},        /* defaultWidthX */
    {21, PRIVATE, 1, 1},        /* nominalWidthX */
    {0x0C00, TOP, 1, 1},        /* Copyright */
    {0x0C01, TOP, 1, 1},        /* isFixedPitch */
    {0x0C02, TOP, 1, 1},        /* ItalicAngle */
    {0x0C03, TOP, 1, 1},        /* UnderlinePosition */
    {0x0C04, TOP, 1, 1},        /* UnderlineThickness */
    {0x0C05, TOP | FONT, 1, 1}, /* PaintType */
    {CFF_CHARSTRING_TYPE, TOP, 1, 1},
    {0x0C07, TOP | FONT, 6, 6}, /* FontMatrix: six numbers, nothing else */
    {0x0C08, TOP, 1, 1},        /* StrokeWidth */
    {0x0C09, PRIVATE, 1, 1},    /* BlueScale */
    {0x0C0A, PRIVATE, 1, 1},    /* BlueShift */
    {0x0C0B, PRIVATE, 1, 1},    /* BlueFuzz */
    {0x0C0C, PRIVATE, 0, 12},   /* StemSnapH */
    {0x0C0D, PRIVATE, 0, 12},   /* StemSnapV */
    {0x0C0E, PRIVATE, 1, 1},    /* ForceBold */
    {0x0C11, PRIVATE, 1, 1},    /* LanguageGroup */
    {0x0C12, PRIVATE, 1, 1},    /* ExpansionFactor */
    {0x0C13, PRIVATE, 1, 1},    /* initialRandomSeed */
    {CFF_ROS, TOP, 3, 3},
    {0x0C1F, TOP, 1, 1}, /* CIDFontVersion */
    {0x0C20, TOP, 1, 1}, /* CIDFontRevision */
    {0x0C21, TOP, 1, 1}, /* CIDFontType */
    {0x0C22, TOP, 1, 1}, /* CIDCount */
    {CFF_FDARRAY, TOP, 1, 1},
    {CFF_FDSELECT, TOP, 1, 1},
    {0x0C26, FONT, 1, 1}, /* FontName */
};

static bool stays(enum cff_dict_kind kind, const struct cff_entry *entry)
{
    for (size_t i = 0; i < countof(allowed); i++)
        if (allowed[i].op == entry->op)
            return (allowed[i].where >> kind & 1) && entry->operands >= allowed[i].min &&
                   entry->operands <= allowed[i].max;
    return false;
}

/* Length of the operand at the begin of `b`; 0 when there is none. */
static size_t operand_len(struct bytes b)
{
    uint8_t first = be_u8(b, 0);
    size_t len = first >= 32 && first <= 246    ? 1
                 : first >= 247 && first <= 254 ? 2
                 : first == 28                  ? 3
                 : first == 29                  ? 5
                                                : 0;

    if (first == REAL)
        for (len = 1; len < b.len && (b.at[len] & 0x0F) != 0x0F && b.at[len] < 0xF0;)
            len++;
    if (first == REAL)
        len++;
    return len > b.len ? 0 : len;
}

enum err cff_dict_read(enum cff_dict_kind kind, struct bytes raw, struct cff_dict *ret_dict, struct fault *why)
{
    size_t at = 0, from = 0;
    uint16_t operands = 0;

    *ret_dict = (struct cff_dict){0};
    while (at < raw.len) {
        struct cff_entry entry = {.op = raw.at[at], .operands = operands, .raw = bytes_part(raw, from, at - from)};
        size_t len = operand_len(bytes_from(raw, at));

        if (len > 0 && operands < OPERANDS_MAX) {
            operands++;
            at += len;
            continue;
        }
        if (entry.op > OPERATOR_MAX)
            return fault_set(why, ERR_MALFORMED, "P17", "Adobe TN 5176 4", at, "byte %d in a dictionary", entry.op);
        at++;
        if (entry.op == ESCAPE)
            entry.op = (uint16_t)(ESCAPE << 8 | be_u8(raw, at++));
        if (stays(kind, &entry) && cff_dict_find(ret_dict, (enum cff_op)entry.op) == NULL)
            ret_dict->entry[ret_dict->count++] = entry;
        operands = 0;
        from = at;
    }
    return OK;
}

const struct cff_entry *cff_dict_find(const struct cff_dict *dict, enum cff_op op)
{
    for (size_t i = 0; i < dict->count; i++)
        if (dict->entry[i].op == op)
            return &dict->entry[i];
    return NULL;
}

bool cff_dict_int(const struct cff_entry *entry, size_t i, int32_t *ret_value)
{
    struct bytes b;
    uint8_t first;

    if (entry == NULL || i >= entry->operands)
        return false;
    b = entry->raw;
    while (i-- > 0)
        b = bytes_from(b, operand_len(b));
    first = be_u8(b, 0);
    if (first >= 32 && first <= 246)
        *ret_value = first - 139;
    else if (first >= 247 && first <= 250)
        *ret_value = (first - 247) * 256 + be_u8(b, 1) + 108;
    else if (first >= 251 && first <= 254)
        *ret_value = -(first - 251) * 256 - be_u8(b, 1) - 108;
    else if (first == 28)
        *ret_value = (int16_t)be_u16(b, 1);
    else if (first == 29)
        *ret_value = (int32_t)be_u32(b, 1);
    else
        return false;
    return true;
}

void cff_dict_put_op(uint16_t op, struct buf *out)
{
    if (op >> 8)
        buf_put_u8(out, (uint8_t)(op >> 8));
    buf_put_u8(out, (uint8_t)op);
}

void cff_dict_put(const struct cff_entry *entry, struct buf *out)
{
    buf_put(out, entry->raw);
    cff_dict_put_op(entry->op, out);
}

void cff_dict_put_int(size_t value, struct buf *out)
{
    buf_put_u8(out, 29);
    buf_put_u32be(out, (uint32_t)value);
}
