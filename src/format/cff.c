#include "format/cff.h"

#include "format/be.h"
#include "format/cff_dict.h"
#include "format/cff_index.h"
#include "format/cff_select.h"

enum { HEADER_LEN = 4, FONTS_MAX = 256, NAME_MAX_LEN = 127, STRINGS_MAX = 65536, STANDARD_STRINGS = 391 };

/* A Private DICT with its local subroutines, as they will be written; two fonts may share one. */
struct private
{
    size_t from, size;   /* in the input */
    size_t at, dict_len; /* in `privates` */
};

struct work {
    struct bytes in;
    struct cff_index names, tops, strings, subrs, charstrings, fonts;
    struct cff_dict top;
    size_t glyphs;
    bool cid;
    struct buf head; /* header and names */
    struct buf tail; /* strings and global subroutines */
    struct buf encoding, charset, select, privates;
    struct private private[FONTS_MAX + 1];
    size_t private_count, private_of[FONTS_MAX + 1]; /* the last one is the top DICT's own */
};

static void work_done(struct work *w)
{
    struct buf *all[] = {&w->head, &w->tail, &w->encoding, &w->charset, &w->select, &w->privates};

    for (size_t i = 0; i < countof(all); i++)
        buf_done(all[i]);
}

static enum err broken(const char *what, struct fault *why)
{
    (void)fault_set(why, ERR_MALFORMED, "P17", "Adobe TN 5176", 0, "font with a broken %s", what);
    return ERR_MALFORMED;
}

/* The offset an operator of the top DICT gives; 0 when there is none. */
static size_t offset_of(const struct work *w, enum cff_op op)
{
    int32_t v = 0;

    return cff_dict_int(cff_dict_find(&w->top, op), 0, &v) && v > 0 ? (size_t)v : 0;
}

static enum err read_frame(struct work *w, struct fault *why)
{
    int32_t type = 2;

    if (be_u8(w->in, 0) != 1 || be_u8(w->in, 2) < HEADER_LEN)
        return fault_set(why, ERR_UNSUPPORTED, "P17", "Adobe TN 5176 6", 0, "CFF version %d", be_u8(w->in, 0));
    TRY(cff_index_read(w->in, be_u8(w->in, 2), &w->names, why));
    TRY(cff_index_read(w->in, w->names.end, &w->tops, why));
    TRY(cff_index_read(w->in, w->tops.end, &w->strings, why));
    TRY(cff_index_read(w->in, w->strings.end, &w->subrs, why));
    TRY(cff_dict_read(CFF_DICT_TOP, cff_index_at(&w->tops, 0), &w->top, why));
    if (cff_dict_int(cff_dict_find(&w->top, CFF_CHARSTRING_TYPE), 0, &type) && type != 2)
        return fault_set(why, ERR_UNSUPPORTED, "P17", "Adobe TN 5176 9", 0, "charstrings of type %d", (int)type);
    if (offset_of(w, CFF_CHARSTRINGS) == 0)
        return broken("list of glyphs", why);
    TRY(cff_index_read(w->in, offset_of(w, CFF_CHARSTRINGS), &w->charstrings, why));
    w->glyphs = w->charstrings.count;
    w->cid = cff_dict_find(&w->top, CFF_ROS) != NULL;
    return w->glyphs == 0 ? broken("list of glyphs", why) : OK;
}

/* Names are for people; renderers go by the document's.  Printable characters of PostScript names only. */
static void put_head(struct work *w)
{
    struct bytes name = bytes_part(cff_index_at(&w->names, 0), 0, NAME_MAX_LEN);
    uint8_t clean[NAME_MAX_LEN];

    for (size_t i = 0; i < name.len; i++)
        clean[i] = be_u8(name, i) > ' ' && be_u8(name, i) < 0x7F && strchr("()<>[]{}/%", be_u8(name, i)) == NULL
                       ? be_u8(name, i)
                       : '_';
    buf_put(&w->head, BYTES("\1\0\4\4"));
    cff_index_put_one(name.len > 0 ? (struct bytes){clean, name.len} : BYTES("F"), &w->head);
}

static void note_strings(const struct cff_dict *dict, uint8_t *used)
{
    for (size_t i = 0; i < dict->count; i++) {
        const struct cff_entry *e = &dict->entry[i];
        bool named = e->op <= CFF_WEIGHT || e->op == CFF_COPYRIGHT || e->op == CFF_FONT_NAME;
        size_t count = named ? 1 : e->op == CFF_ROS ? 2 : 0;
        int32_t sid;

        for (size_t k = 0; k < count; k++)
            if (cff_dict_int(e, k, &sid) && sid >= 0 && sid < STRINGS_MAX)
                used[sid] = 1;
    }
}

/* Strings nothing names any more become empty: what a dropped operator said goes with it. */
static enum err put_strings(struct work *w, struct fault *why)
{
    uint8_t used[STRINGS_MAX] = {0};
    struct cff_dict dict;

    note_strings(&w->top, used);
    for (size_t i = 0; i < w->fonts.count; i++) {
        TRY(cff_dict_read(CFF_DICT_FONT, cff_index_at(&w->fonts, i), &dict, why));
        note_strings(&dict, used);
    }
    if (!w->cid)
        cff_select_names(buf_bytes(&w->charset), buf_bytes(&w->encoding), used);
    if (w->strings.count > STRINGS_MAX - STANDARD_STRINGS)
        return broken("list of strings", why);
    cff_index_put(&w->strings, used + STANDARD_STRINGS, &w->tail);
    cff_index_put(&w->subrs, NULL, &w->tail);
    return OK;
}

/* Write a Private DICT and the subroutines it points at: Subrs counts from the DICT's begin. */
static enum err put_private(struct work *w, struct private *p, struct fault *why)
{
    struct cff_dict dict;
    struct cff_index subrs = {0};
    const struct cff_entry *entry;
    int32_t v;

    TRY(cff_dict_read(CFF_DICT_PRIVATE, bytes_part(w->in, p->from, p->size), &dict, why));
    entry = cff_dict_find(&dict, CFF_SUBRS);
    if (cff_dict_int(entry, 0, &v) && v > 0)
        TRY(cff_index_read(w->in, p->from + (size_t)v, &subrs, why));
    p->at = w->privates.len;
    for (size_t i = 0; i < dict.count; i++)
        if (dict.entry[i].op != CFF_SUBRS)
            cff_dict_put(&dict.entry[i], &w->privates);
    p->dict_len = w->privates.len - p->at;
    if (subrs.count == 0)
        return OK;
    p->dict_len += 6;
    cff_dict_put_int(p->dict_len, &w->privates);
    cff_dict_put_op(CFF_SUBRS, &w->privates);
    cff_index_put(&subrs, NULL, &w->privates);
    return OK;
}

/* Take the Private DICT of one font; SIZE_MAX is written for a font that has none. */
static enum err take_private(struct work *w, const struct cff_dict *dict, size_t font, struct fault *why)
{
    const struct cff_entry *entry = cff_dict_find(dict, CFF_PRIVATE);
    int32_t size = 0, from = 0;
    struct private *p = &w->private[w->private_count];

    w->private_of[font] = SIZE_MAX;
    if (!cff_dict_int(entry, 0, &size) || !cff_dict_int(entry, 1, &from) || size <= 0 || from <= 0)
        return OK;
    if ((size_t)from > w->in.len || (size_t)size > w->in.len - (size_t)from)
        return broken("private dictionary", why);
    for (size_t i = 0; i < w->private_count; i++)
        if (w->private[i].from == (size_t)from && w->private[i].size == (size_t)size)
            w->private_of[font] = i;
    if (w->private_of[font] != SIZE_MAX)
        return OK;
    *p = (struct private){.from = (size_t)from, .size = (size_t)size};
    TRY(put_private(w, p, why));
    if (p->dict_len > 0) /* nothing in it that stays is as good as none */
        w->private_of[font] = w->private_count++;
    return OK;
}

static enum err take_fonts(struct work *w, struct fault *why)
{
    struct cff_dict dict;

    if (!w->cid)
        return take_private(w, &w->top, FONTS_MAX, why);
    if (offset_of(w, CFF_FDARRAY) == 0)
        return broken("list of fonts", why);
    TRY(cff_index_read(w->in, offset_of(w, CFF_FDARRAY), &w->fonts, why));
    if (w->fonts.count == 0 || w->fonts.count > FONTS_MAX)
        return broken("list of fonts", why);
    for (size_t i = 0; i < w->fonts.count; i++) {
        TRY(cff_dict_read(CFF_DICT_FONT, cff_index_at(&w->fonts, i), &dict, why));
        TRY(take_private(w, &dict, i, why));
    }
    return OK;
}

static enum err take_tables(struct work *w, struct fault *why)
{
    size_t charset = offset_of(w, CFF_CHARSET), encoding = offset_of(w, CFF_ENCODING),
           select = offset_of(w, CFF_FDSELECT);

    if (charset > 2 && !cff_select_charset(bytes_from(w->in, charset), w->glyphs, &w->charset))
        return broken("charset", why);
    if (encoding > 1 && !w->cid && !cff_select_encoding(bytes_from(w->in, encoding), &w->encoding))
        return broken("encoding", why);
    if (w->cid && w->fonts.count > 1 && select == 0)
        return broken("font selector", why);
    if (w->cid && select > 0 && !cff_select_fonts(bytes_from(w->in, select), w->glyphs, w->fonts.count, &w->select))
        return broken("font selector", why);
    return OK;
}

/* Where everything will lie; the lengths of DICTs do not depend on it. */
struct layout {
    size_t encoding, charset, select, charstrings, fonts, privates;
};

static void put_private_entry(const struct work *w, size_t font, const struct layout *l, struct buf *out)
{
    size_t i = w->private_of[font];

    if (i == SIZE_MAX)
        return;
    cff_dict_put_int(w->private[i].dict_len, out);
    cff_dict_put_int(l->privates + w->private[i].at, out);
    cff_dict_put_op(CFF_PRIVATE, out);
}

static void put_offset_entry(uint16_t op, size_t offset, struct buf *out)
{
    cff_dict_put_int(offset, out);
    cff_dict_put_op(op, out);
}

/* An entry of the top DICT with its place in the new layout. */
static void put_top_entry(const struct work *w, const struct cff_entry *entry, const struct layout *l, struct buf *out)
{
    switch (entry->op) {
    case CFF_CHARSTRINGS:
        put_offset_entry(entry->op, l->charstrings, out);
        break;
    case CFF_CHARSET:
        if (w->charset.len > 0)
            put_offset_entry(entry->op, l->charset, out);
        else
            put_offset_entry(entry->op, offset_of(w, CFF_CHARSET), out); /* 0, 1, 2 are predefined ones */
        break;
    case CFF_ENCODING:
        if (w->encoding.len > 0)
            put_offset_entry(entry->op, l->encoding, out);
        else if (!w->cid)
            put_offset_entry(entry->op, offset_of(w, CFF_ENCODING), out);
        break;
    case CFF_PRIVATE:
        if (!w->cid)
            put_private_entry(w, FONTS_MAX, l, out);
        break;
    case CFF_FDARRAY:
        if (w->cid)
            put_offset_entry(entry->op, l->fonts, out);
        break;
    case CFF_FDSELECT:
        if (w->cid && w->select.len > 0)
            put_offset_entry(entry->op, l->select, out);
        break;
    default:
        cff_dict_put(entry, out);
    }
}

static void put_top(const struct work *w, const struct layout *l, struct buf *out)
{
    struct buf dict;

    buf_init(&dict, out->max);
    for (size_t i = 0; i < w->top.count; i++)
        put_top_entry(w, &w->top.entry[i], l, &dict);
    cff_index_put_one(buf_bytes(&dict), out);
    out->full |= dict.full;
    buf_done(&dict);
}

static void put_font(const struct work *w, size_t font, const struct layout *l, struct buf *out)
{
    struct cff_dict dict;

    if (cff_dict_read(CFF_DICT_FONT, cff_index_at(&w->fonts, font), &dict, NULL) != OK)
        return; /* was read before */
    for (size_t i = 0; i < dict.count; i++) {
        if (dict.entry[i].op == CFF_PRIVATE)
            put_private_entry(w, font, l, out);
        else
            cff_dict_put(&dict.entry[i], out);
    }
}

/* The list of fonts: offsets of two bytes, DICTs are short. */
static void put_fonts(const struct work *w, const struct layout *l, struct buf *out)
{
    struct buf dicts;
    size_t at[FONTS_MAX + 1] = {0};

    if (!w->cid)
        return;
    buf_init(&dicts, out->max);
    for (size_t i = 0; i < w->fonts.count; i++) {
        put_font(w, i, l, &dicts);
        at[i + 1] = dicts.len;
    }
    buf_put_u16be(out, (uint16_t)w->fonts.count);
    buf_put_u8(out, 4);
    for (size_t i = 0; i <= w->fonts.count; i++)
        buf_put_u32be(out, (uint32_t)at[i] + 1);
    buf_put(out, buf_bytes(&dicts));
    out->full |= dicts.full;
    buf_done(&dicts);
}

/* Written twice: once to learn the lengths, once with the places. */
static void put_all(const struct work *w, struct layout *l, struct buf *out)
{
    size_t begin = out->len;
    struct layout next;

    buf_put(out, buf_bytes(&w->head));
    put_top(w, l, out);
    buf_put(out, buf_bytes(&w->tail));
    next.encoding = out->len - begin;
    buf_put(out, buf_bytes(&w->encoding));
    next.charset = out->len - begin;
    buf_put(out, buf_bytes(&w->charset));
    next.select = out->len - begin;
    buf_put(out, buf_bytes(&w->select));
    next.charstrings = out->len - begin;
    cff_index_put(&w->charstrings, NULL, out);
    next.fonts = out->len - begin;
    put_fonts(w, l, out);
    next.privates = out->len - begin;
    buf_put(out, buf_bytes(&w->privates));
    *l = next;
}

static enum err write_all(struct work *w, struct buf *out, struct fault *why)
{
    struct layout l = {0};
    size_t begin = out->len;
    struct buf *parts[] = {&w->head, &w->tail, &w->encoding, &w->charset, &w->select, &w->privates};

    for (size_t i = 0; i < countof(parts); i++)
        TRY(buf_check(parts[i], why));
    put_all(w, &l, out);
    TRY(buf_check(out, why));
    out->len = begin;
    put_all(w, &l, out);
    return buf_check(out, why);
}

enum err cff_check(struct bytes program, struct buf *out, struct cff_info *ret_info, struct fault *why)
{
    _cleanup_(work_done) struct work w = {.in = program};
    /* Fonts of one set may point at the same bytes; twice the input is far more than they do. */
    size_t max = 2 * program.len + 4096;
    struct buf *parts[] = {&w.head, &w.tail, &w.encoding, &w.charset, &w.select, &w.privates};

    for (size_t i = 0; i < countof(parts); i++)
        buf_init(parts[i], max);
    TRY(read_frame(&w, why));
    put_head(&w);
    TRY(take_fonts(&w, why));
    TRY(take_tables(&w, why));
    TRY(put_strings(&w, why));
    TRY(write_all(&w, out, why));
    *ret_info = (struct cff_info){.glyphs = (uint32_t)w.glyphs, .cid = w.cid};
    return OK;
}
