#include "format/pdf_inline.h"

#include "format/fax.h"
#include "format/pdf_filter.h"
#include "format/pdf_predict.h"
#include "format/pdf_write.h"

enum { FILTERS_MAX = 4, SIDE_MAX = 1 << 15, DATA_MAX = 32 << 20, INDEX_MAX = 256 * 4 };

struct image {
    int64_t width, height, bits;
    bool mask, smooth;
    unsigned components; /* 0 = not known */
    struct buf space;    /* spelling of the colour space, empty for a mask */
    struct buf decode;   /* spelling of the decode array */
    enum pdf_filter filters[FILTERS_MAX];
    size_t filter_count;
    struct pdf_predictor predictor; /* of the last general filter */
    struct fax_params fax;
    bool broken;
};

static bool is(struct bytes a, const char *brief, const char *full)
{
    return bytes_equal(a, bytes_of(brief)) || bytes_equal(a, bytes_of(full));
}

static int64_t take_int(struct pdf_lex *l)
{
    struct pdf_token t = pdf_lex_next(l);

    if (t.kind == PDF_TOK_NAME || t.kind == PDF_TOK_WORD)
        l->at = t.at; /* the value is missing */
    return t.kind == PDF_TOK_INT ? t.num : 0;
}

static bool take_bool(struct pdf_lex *l)
{
    return bytes_equal(pdf_lex_next(l).text, BYTES("true"));
}

static unsigned device_components(struct bytes name, const char **ret_brief)
{
    static const struct {
        const char *brief, *full;
        unsigned count;
    } spaces[] = {{"G", "DeviceGray", 1}, {"RGB", "DeviceRGB", 3}, {"CMYK", "DeviceCMYK", 4}};

    for (size_t i = 0; i < countof(spaces); i++) {
        if (!is(name, spaces[i].brief, spaces[i].full))
            continue;
        *ret_brief = spaces[i].brief;
        return spaces[i].count;
    }
    return 0;
}

/* [/I base high table]; the table is cut or filled to its proper length. */
static void take_indexed(struct pdf_lex *l, struct image *m)
{
    struct pdf_token t = pdf_lex_next(l);
    const char *base = NULL;
    unsigned count = 0;
    int64_t high = 0;
    uint8_t table[INDEX_MAX] = {0};

    if (t.kind == PDF_TOK_NAME && is(t.text, "I", "Indexed")) {
        t = pdf_lex_next(l);
        if (t.kind == PDF_TOK_NAME)
            count = device_components(t.text, &base);
        t = pdf_lex_next(l);
        high = t.kind == PDF_TOK_INT ? t.num : -1;
        t = pdf_lex_next(l);
        if (count > 0 && high >= 0 && high < 256 && t.kind == PDF_TOK_STRING) {
            size_t want = ((size_t)high + 1) * count;

            for (size_t i = 0; i < t.text.len && i < want; i++)
                table[i] = t.text.at[i];
            buf_putf(&m->space, "[/I/%s %d", base, (int)high);
            pdf_write_string(&m->space, (struct bytes){table, want});
            buf_put_u8(&m->space, ']');
            m->components = 1;
        }
    } else if (t.kind == PDF_TOK_NAME && device_components(t.text, &base) > 0) {
        m->components = device_components(t.text, &base);
        buf_putf(&m->space, "/%s", base);
    }
    while (t.kind != PDF_TOK_ARRAY_END && t.kind != PDF_TOK_END)
        t = pdf_lex_next(l);
}

static void take_space(struct pdf_lex *l, const struct pdf_token_rules *rules, struct image *m)
{
    struct pdf_token t = pdf_lex_next(l);
    const char *brief = NULL;

    buf_reset(&m->space);
    m->components = 0;
    if (t.kind == PDF_TOK_ARRAY) {
        take_indexed(l, m);
        return;
    }
    if (t.kind != PDF_TOK_NAME)
        return;
    m->components = device_components(t.text, &brief);
    if (m->components > 0) {
        buf_putf(&m->space, "/%s", brief);
    } else if (rules->components != NULL) {
        m->components = rules->components(rules->ctx, t.text);
        pdf_write_name(&m->space, t.text);
    }
}

static void take_decode(struct pdf_lex *l, struct image *m)
{
    struct pdf_token t = pdf_lex_next(l);

    buf_reset(&m->decode);
    if (t.kind != PDF_TOK_ARRAY)
        return;
    buf_put_u8(&m->decode, '[');
    for (t = pdf_lex_next(l); t.kind == PDF_TOK_INT || t.kind == PDF_TOK_REAL; t = pdf_lex_next(l)) {
        pdf_write_gap(&m->decode);
        buf_put(&m->decode, t.text);
    }
    buf_put_u8(&m->decode, ']');
}

static void take_filters(struct pdf_lex *l, struct image *m)
{
    struct pdf_token t = pdf_lex_next(l);
    bool list = t.kind == PDF_TOK_ARRAY;

    m->filter_count = 0;
    if (list)
        t = pdf_lex_next(l);
    for (; t.kind == PDF_TOK_NAME; t = pdf_lex_next(l)) {
        enum pdf_filter f = pdf_filter_find(t.text);

        if (m->filter_count == FILTERS_MAX || f == PDF_FILTER_UNKNOWN || f == PDF_FILTER_CRYPT)
            m->broken = true;
        else
            m->filters[m->filter_count++] = f;
        if (!list)
            return;
    }
}

/* One or several dictionaries: their keys do not overlap between filters, so one record holds them all. */
static void take_parms(struct pdf_lex *l, struct image *m)
{
    struct pdf_token t = pdf_lex_next(l);
    size_t depth = 0;

    for (; t.kind != PDF_TOK_END; t = pdf_lex_next(l)) {
        if (t.kind == PDF_TOK_ARRAY || t.kind == PDF_TOK_DICT)
            depth++;
        else if ((t.kind == PDF_TOK_ARRAY_END || t.kind == PDF_TOK_DICT_END) && depth > 0)
            depth--;
        else if (t.kind == PDF_TOK_NAME && is(t.text, "K", "K"))
            m->fax.k = (int32_t)take_int(l);
        else if (t.kind == PDF_TOK_NAME && is(t.text, "Columns", "Columns"))
            m->predictor.columns = take_int(l);
        else if (t.kind == PDF_TOK_NAME && is(t.text, "BlackIs1", "BlackIs1"))
            m->fax.black_is_1 = take_bool(l);
        else if (t.kind == PDF_TOK_NAME && is(t.text, "EncodedByteAlign", "EncodedByteAlign"))
            m->fax.byte_align = take_bool(l);
        else if (t.kind == PDF_TOK_NAME && is(t.text, "EndOfLine", "EndOfLine"))
            m->fax.end_of_line = take_bool(l);
        else if (t.kind == PDF_TOK_NAME && is(t.text, "EndOfBlock", "EndOfBlock"))
            m->fax.end_of_block = take_bool(l);
        else if (t.kind == PDF_TOK_NAME && is(t.text, "Predictor", "Predictor"))
            m->predictor.predictor = take_int(l);
        else if (t.kind == PDF_TOK_NAME && is(t.text, "Colors", "Colors"))
            m->predictor.colors = take_int(l);
        else if (t.kind == PDF_TOK_NAME && is(t.text, "BitsPerComponent", "BitsPerComponent"))
            m->predictor.bits = take_int(l);
        if (depth == 0)
            return;
    }
}

static void take_pair(struct pdf_lex *l, const struct pdf_token_rules *rules, struct bytes key, struct image *m)
{
    if (is(key, "W", "Width"))
        m->width = take_int(l);
    else if (is(key, "H", "Height"))
        m->height = take_int(l);
    else if (is(key, "BPC", "BitsPerComponent"))
        m->bits = take_int(l);
    else if (is(key, "IM", "ImageMask"))
        m->mask = take_bool(l);
    else if (is(key, "I", "Interpolate"))
        m->smooth = take_bool(l);
    else if (is(key, "CS", "ColorSpace"))
        take_space(l, rules, m);
    else if (is(key, "D", "Decode"))
        take_decode(l, m);
    else if (is(key, "F", "Filter"))
        take_filters(l, m);
    else if (is(key, "DP", "DecodeParms"))
        take_parms(l, m);
    else
        (void)pdf_lex_next(l);
}

/* Where the data would end by the look of it: white space, EI, and white space or the end. */
static size_t look_for_end(struct bytes in, size_t from)
{
    for (size_t at = from; at + 2 <= in.len; at++) {
        bool before = at == from || pdf_lex_is_space(in.at[at - 1]) || in.at[at - 1] == '>';

        if (before && in.at[at] == 'E' && in.at[at + 1] == 'I' && (at + 2 == in.len || pdf_lex_is_space(in.at[at + 2])))
            return at;
    }
    return in.len;
}

/* Step over white space and EI at `from`; look further when they are not there. */
static void to_end(struct pdf_lex *l, size_t from)
{
    size_t at = from < l->in.len ? from : l->in.len;

    while (at < l->in.len && pdf_lex_is_space(l->in.at[at]))
        at++;
    if (at + 2 > l->in.len || l->in.at[at] != 'E' || l->in.at[at + 1] != 'I')
        at = look_for_end(l->in, from < l->in.len ? from : l->in.len);
    l->at = at + 2 < l->in.len ? at + 2 : l->in.len;
}

static size_t sample_bytes(const struct image *m)
{
    return (((size_t)m->width * m->components * (size_t)m->bits + 7) / 8) * (size_t)m->height;
}

/* Undo the filters before the picture coding; `data` is what the first one takes. */
static bool undo_all(struct image *m, struct bytes data, struct buf *have, size_t *ret_used, size_t *ret_left)
{
    struct buf next;
    bool fine = true;
    size_t i, used;

    buf_init(&next, DATA_MAX);
    *ret_used = 0;
    for (i = 0; i < m->filter_count && m->filters[i] < PDF_FILTER_DCT && fine; i++) {
        struct buf swap;

        (void)pdf_filter_undo(m->filters[i], i == 0 ? data : buf_bytes(have), DATA_MAX, &next, &used);
        fine = !next.full && next.len < DATA_MAX;
        if (m->filters[i] == PDF_FILTER_FLATE || m->filters[i] == PDF_FILTER_LZW)
            pdf_predict_undo(&m->predictor, &next);
        if (i == 0)
            *ret_used = used;
        swap = *have;
        *have = next;
        next = swap;
    }
    *ret_left = m->filter_count - i;
    buf_done(&next);
    return fine && *ret_left <= 1;
}

static bool sane(struct image *m)
{
    struct pdf_predictor *p = &m->predictor;

    if (m->mask) {
        m->bits = 1;
        m->components = 1;
        buf_reset(&m->space);
    }
    if (p->predictor == 1 || p->colors < 1 || p->colors > 32 || p->columns < 1 || p->columns > SIDE_MAX ||
        (p->bits != 1 && p->bits != 2 && p->bits != 4 && p->bits != 8 && p->bits != 16))
        p->predictor = 1;
    return !m->broken && m->width > 0 && m->width <= SIDE_MAX && m->height > 0 && m->height <= SIDE_MAX;
}

static void put_hex(struct buf *out, struct bytes data)
{
    static const char digits[] = "0123456789abcdef";
    uint8_t *room = buf_room(out, 2 * data.len);

    if (room == NULL)
        return;
    for (size_t i = 0; i < data.len; i++) {
        room[2 * i] = (uint8_t)digits[data.at[i] >> 4];
        room[2 * i + 1] = (uint8_t)digits[data.at[i] & 15];
    }
    buf_grew(out, 2 * data.len);
}

static void put_image(const struct image *m, bool jpeg, struct bytes data, struct buf *out)
{
    buf_putf(out, "BI/W %d/H %d", (int)m->width, (int)m->height);
    if (m->mask)
        buf_put(out, BYTES("/IM true"));
    else if (m->bits > 0)
        buf_putf(out, "/BPC %d", (int)m->bits);
    if (!m->mask && m->space.len > 0) {
        buf_put(out, BYTES("/CS"));
        buf_put(out, buf_bytes(&m->space));
    }
    if (m->decode.len > 0) {
        buf_put(out, BYTES("/D"));
        buf_put(out, buf_bytes(&m->decode));
    }
    if (m->smooth)
        buf_put(out, BYTES("/I true"));
    buf_put_text(out, jpeg ? "/F[/AHx/DCT]ID\n" : "/F/AHx ID\n");
    put_hex(out, data);
    buf_put(out, BYTES(">\nEI"));
}

static bool put_samples(struct image *m, struct buf *have, struct buf *out)
{
    size_t want = sample_bytes(m);

    if (m->components == 0 || want == 0 || want > DATA_MAX || m->bits < 1 || m->bits > 16)
        return false;
    if (have->len < want) {
        size_t missing = want - have->len;
        uint8_t *room = buf_room(have, missing);

        if (room == NULL)
            return false;
        memset(room, 0, missing);
        buf_grew(have, missing);
    }
    put_image(m, false, bytes_part(buf_bytes(have), 0, want), out);
    return true;
}

/* A fax code becomes samples. */
static bool put_fax(struct image *m, struct buf *have, struct buf *out)
{
    struct buf bits;
    bool fine;

    if (m->predictor.columns > 1 && m->predictor.columns <= SIDE_MAX)
        m->fax.columns = (uint32_t)m->predictor.columns;
    m->fax.rows = (uint32_t)m->height;
    buf_init(&bits, DATA_MAX);
    fine = m->fax.columns == m->width && m->components == 1 &&
           fax_decode(buf_bytes(have), &m->fax, &bits, NULL) == OK;
    m->bits = 1;
    fine = fine && put_samples(m, &bits, out);
    buf_done(&bits);
    return fine;
}

static bool put_jpeg(struct image *m, const struct pdf_token_rules *rules, struct buf *have, struct buf *out)
{
    struct buf made;
    bool fine;

    buf_init(&made, DATA_MAX);
    fine = rules->picture != NULL && rules->picture(rules->ctx, buf_bytes(have), &made);
    if (fine)
        put_image(m, true, buf_bytes(&made), out);
    buf_done(&made);
    return fine;
}

static bool put_coded(struct image *m, const struct pdf_token_rules *rules, struct buf *have, struct buf *out)
{
    switch (m->filters[m->filter_count - 1]) {
    case PDF_FILTER_CCITT:
        return put_fax(m, have, out);
    case PDF_FILTER_DCT:
        return put_jpeg(m, rules, have, out);
    default:
        return false;
    }
}

static bool rewrite(struct pdf_lex *l, struct image *m, const struct pdf_token_rules *rules, struct buf *have,
                    struct buf *out)
{
    size_t from = l->at + (l->at < l->in.len), used = 0, left = 0;
    bool fine = sane(m);

    /* One white-space byte stands between ID and the data; a pair of them counts as one. */
    if (from < l->in.len && l->in.at[from - 1] == '\r' && l->in.at[from] == '\n')
        from++;
    if (m->filter_count > 0 && m->filters[0] < PDF_FILTER_DCT) {
        fine = undo_all(m, bytes_from(l->in, from), have, &used, &left) && fine;
        to_end(l, from + used);
    } else if (m->filter_count == 0 && fine && m->components > 0 && sample_bytes(m) <= l->in.len - from) {
        buf_put(have, bytes_part(l->in, from, sample_bytes(m)));
        to_end(l, from + sample_bytes(m));
    } else {
        size_t end = look_for_end(l->in, from);

        left = m->filter_count;
        buf_put(have, bytes_part(l->in, from, end > from ? end - 1 - from : 0));
        to_end(l, end);
    }
    if (!fine || have->full || left > 1)
        return false;
    return left == 1 ? put_coded(m, rules, have, out) : put_samples(m, have, out);
}

bool pdf_inline_rewrite(struct pdf_lex *l, const struct pdf_token_rules *rules, struct buf *out)
{
    struct image m = {.predictor = {1, 1, 8, 1}};
    struct pdf_token t;
    struct buf have;
    bool fine = false;

    fax_params_default(&m.fax);
    buf_init(&m.space, 1 << 16);
    buf_init(&m.decode, 1 << 12);
    buf_init(&have, DATA_MAX);
    for (t = pdf_lex_next(l); t.kind == PDF_TOK_NAME; t = pdf_lex_next(l))
        take_pair(l, rules, t.text, &m);
    if (bytes_equal(t.text, BYTES("ID")))
        fine = rewrite(l, &m, rules, &have, out);
    else
        l->at = t.at;
    buf_done(&have);
    buf_done(&m.decode);
    buf_done(&m.space);
    return fine;
}
