#include "format/type1_font.h"

#include "format/ps.h"

enum { EEXEC_STEP = 52845, EEXEC_ADD = 22719, GLYPH_KEY = 4330, LEN_IV = 4, NAME_MAX_LEN = 127 };

const struct type1_key_rule type1_keys[TYPE1_KEY_COUNT] = {
    {"PaintType", 1, 1, false},     {"StrokeWidth", 1, 1, false},      {"FontMatrix", 6, 6, true},
    {"FontBBox", 4, 4, true},       {"BlueValues", 0, 14, true},       {"OtherBlues", 0, 10, true},
    {"FamilyBlues", 0, 14, true},   {"FamilyOtherBlues", 0, 10, true}, {"BlueScale", 1, 1, false},
    {"BlueShift", 1, 1, false},     {"BlueFuzz", 1, 1, false},         {"StdHW", 1, 1, true},
    {"StdVW", 1, 1, true},          {"StemSnapH", 0, 12, true},        {"StemSnapV", 0, 12, true},
    {"LanguageGroup", 1, 1, false}, {"ExpansionFactor", 1, 1, false},  {"RndStemUp", 1, 1, false},
    {"ForceBold", 1, 1, false},
};

void type1_font_decrypt(uint8_t *at, size_t len, uint16_t key)
{
    for (size_t i = 0; i < len; i++) {
        uint8_t cipher = at[i];

        at[i] = (uint8_t)(cipher ^ key >> 8);
        key = (uint16_t)((cipher + (uint32_t)key) * EEXEC_STEP + EEXEC_ADD);
    }
}

void type1_font_encrypt(uint8_t *at, size_t len, uint16_t key)
{
    for (size_t i = 0; i < len; i++) {
        at[i] = (uint8_t)(at[i] ^ key >> 8);
        key = (uint16_t)((at[i] + (uint32_t)key) * EEXEC_STEP + EEXEC_ADD);
    }
}

static bool is_boolean(struct ps_token t)
{
    return ps_is(t, "true") || ps_is(t, "false");
}

/* The numbers of [ … ], { … } or one alone. */
static void read_numbers(struct ps *p, const struct type1_key_rule *rule, struct type1_value *ret_value)
{
    struct type1_value v = {0};
    struct ps_token t = ps_next(p);
    struct ps inner = {.in = t.text};

    if (t.kind != PS_OPEN && t.kind != PS_PROC) {
        if (!rule->array && (ps_number(t) || is_boolean(t)))
            v.number[v.count++] = t.text;
    } else {
        struct ps *from = t.kind == PS_PROC ? &inner : p;

        for (t = ps_next(from); ps_number(t); t = ps_next(from))
            if (v.count < rule->max)
                v.number[v.count++] = t.text;
    }
    if (v.count >= rule->min && v.count > 0 && ret_value->count == 0)
        *ret_value = v;
}

static struct bytes name_of(struct ps_token t)
{
    return t.kind == PS_NAME && t.text.len <= NAME_MAX_LEN ? t.text : (struct bytes){0};
}

/* StandardEncoding, a literal array of names, or an array filled by `dup 65 /A put`. */
static void read_encoding(struct ps *p, struct type1_font *f)
{
    struct ps_token t = ps_next(p);
    int32_t code = 0;

    if (ps_is(t, "StandardEncoding") || ps_is(t, "ISOLatin1Encoding")) {
        f->encoding_name = t.text;
        return;
    }
    if (t.kind == PS_OPEN) {
        for (t = ps_next(p); t.kind == PS_NAME; t = ps_next(p), code++)
            if (code < 256)
                f->encoding[code] = name_of(t);
        return;
    }
    for (t = ps_next(p); t.kind != PS_END && !ps_is(t, "def") && !ps_is(t, "readonly"); t = ps_next(p)) {
        if (!ps_is(t, "dup"))
            continue;
        if (ps_int(ps_next(p), &code) && code >= 0 && code < 256)
            f->encoding[code] = name_of(ps_next(p));
    }
}

/* The bytes behind `length RD `: one blank, then as many as said. */
static bool read_binary(struct ps *p, int32_t len, struct type1_font *f, struct bytes *ret_code)
{
    uint8_t *copy;

    if (ps_next(p).kind != PS_WORD || len < 0 || (size_t)len >= p->in.len - p->at)
        return false;
    copy = arena_alloc(&f->arena, (size_t)len + 1);
    memcpy(copy, p->in.at + p->at + 1, (size_t)len);
    if (f->len_iv >= 0)
        type1_font_decrypt(copy, (size_t)len, GLYPH_KEY);
    *ret_code = bytes_from((struct bytes){copy, (size_t)len}, f->len_iv < 0 ? 0 : (size_t)f->len_iv);
    p->at += 1 + (size_t)len;
    return true;
}

static void subr_set(struct type1_font *f, size_t i, struct bytes code)
{
    if (i >= f->subrs_room) {
        size_t room = 2 * i + 64;
        struct bytes *more = arena_array(&f->arena, room, sizeof(*more));

        for (size_t k = 0; k < f->subr_count; k++)
            more[k] = f->subrs[k];
        f->subrs = more;
        f->subrs_room = room;
    }
    f->subrs[i] = code;
    if (i >= f->subr_count)
        f->subr_count = i + 1;
}

/* `dup index length RD bytes NP`, as often as it comes. */
static enum err read_subrs(struct ps *p, struct type1_font *f, struct fault *why)
{
    bool first = f->subr_count == 0;
    struct ps_token t;

    do {
        t = ps_next(p);
    } while (t.kind == PS_WORD && !ps_is(t, "dup") && !ps_is(t, "def") && !ps_is(t, "ND"));
    while (ps_is(t, "dup")) {
        int32_t index, len;
        struct bytes code;

        if (!ps_int(ps_next(p), &index) || !ps_int(ps_next(p), &len) || !read_binary(p, len, f, &code))
            break;
        if (index < 0 || index >= TYPE1_LIST_MAX)
            return fault_set(why, ERR_LIMIT, "P17", "Type 1 Font Format 2.4", p->at, "subroutine %d", (int)index);
        if (first)
            subr_set(f, (size_t)index, code);
        if (ps_is(ps_next(p), "noaccess")) /* NP, or `noaccess put` */
            (void)ps_next(p);
        t = ps_next(p);
    }
    return OK;
}

/* `/name length RD bytes ND` until `end`. */
static enum err read_glyphs(struct ps *p, struct type1_font *f, struct fault *why)
{
    bool first = f->glyphs.count == 0;

    for (;;) {
        struct ps_token t = ps_next(p);
        struct bytes name = name_of(t), *code;
        int32_t len;

        if (t.kind == PS_END || ps_is(t, "end") || ps_is(t, "closefile"))
            return OK;
        if (t.kind != PS_NAME)
            continue;
        if (!ps_int(ps_next(p), &len))
            continue;
        code = ARENA_NEW(&f->arena, struct bytes);
        if (!read_binary(p, len, f, code))
            return OK;
        if (!first || name.len == 0)
            continue;
        if (f->glyphs.count >= TYPE1_LIST_MAX)
            return fault_set(why, ERR_LIMIT, "P17", "Type 1 Font Format 2.4", p->at, "more than %d glyphs",
                             TYPE1_LIST_MAX);
        if (map_get(&f->glyphs, name) == NULL)
            *map_at(&f->glyphs, name) = code;
    }
}

static enum err read_entry(struct ps *p, struct bytes key, bool private, struct type1_font *f, struct fault *why)
{
    if (private && bytes_equal(key, BYTES("Subrs")))
        return read_subrs(p, f, why);
    if (private && bytes_equal(key, BYTES("CharStrings")))
        return read_glyphs(p, f, why);
    if (private && bytes_equal(key, BYTES("lenIV"))) {
        if (!ps_int(ps_next(p), &f->len_iv) || f->len_iv > 64)
            f->len_iv = LEN_IV;
        return OK;
    }
    if (!private && bytes_equal(key, BYTES("FontName")) && f->name.len == 0) {
        f->name = name_of(ps_next(p));
        return OK;
    }
    if (!private && bytes_equal(key, BYTES("WeightVector"))) {
        f->masters = true;
        return OK;
    }
    if (!private && bytes_equal(key, BYTES("Encoding"))) {
        read_encoding(p, f);
        return OK;
    }
    for (size_t i = 0; i < TYPE1_KEY_COUNT; i++)
        if (private == (i >= TYPE1_BLUE_VALUES) && bytes_equal(key, bytes_of(type1_keys[i].name)))
            read_numbers(p, &type1_keys[i], &f->value[i]);
    return OK;
}

static enum err read_part(struct bytes in, bool private, struct type1_font *f, struct fault *why)
{
    struct ps p = {.in = in};

    for (struct ps_token t = ps_next(&p); t.kind != PS_END && !ps_is(t, "closefile"); t = ps_next(&p))
        if (t.kind == PS_NAME)
            TRY(read_entry(&p, t.text, private, f, why));
    return OK;
}

enum err type1_font_read(struct bytes clear, struct bytes private, struct type1_font *f, struct fault *why)
{
    f->len_iv = LEN_IV;
    TRY(read_part(clear, false, f, why));
    return read_part(private, true, f, why);
}

/* What a font must have is written even when the input had it not, or not as numbers. */
static const char *const defaults[TYPE1_BLUE_VALUES] = {
    [TYPE1_PAINT_TYPE] = "0",
    [TYPE1_FONT_MATRIX] = "[0.001 0 0 0.001 0 0]",
    [TYPE1_FONT_BBOX] = "{0 0 0 0}",
};

static void put_key(const struct type1_font *f, size_t key, struct buf *out)
{
    const struct type1_value *v = &f->value[key];
    const struct type1_key_rule *rule = &type1_keys[key];

    if (v->count == 0) {
        if (key < TYPE1_BLUE_VALUES && defaults[key] != NULL)
            buf_putf(out, "/%s %s def\n", rule->name, defaults[key]);
        return;
    }
    buf_putf(out, "/%s %s", rule->name, !rule->array ? "" : key == TYPE1_FONT_BBOX ? "{" : "[");
    for (size_t i = 0; i < v->count; i++) {
        buf_put_text(out, i > 0 ? " " : "");
        buf_put(out, v->number[i]);
    }
    buf_putf(out, "%s def\n", !rule->array ? "" : key == TYPE1_FONT_BBOX ? "}" : "]");
}

static void put_encoding(const struct type1_font *f, struct buf *out)
{
    if (f->encoding_name.len > 0) {
        buf_put_text(out, "/Encoding ");
        buf_put(out, f->encoding_name);
        buf_put_text(out, " def\n");
        return;
    }
    buf_put_text(out, "/Encoding 256 array\n0 1 255 {1 index exch /.notdef put} for\n");
    for (int code = 0; code < 256; code++) {
        if (f->encoding[code].len == 0 || bytes_equal(f->encoding[code], BYTES(".notdef")))
            continue;
        buf_putf(out, "dup %d /", code);
        buf_put(out, f->encoding[code]);
        buf_put_text(out, " put\n");
    }
    buf_put_text(out, "readonly def\n");
}

static void put_clear(const struct type1_font *f, struct buf *out)
{
    struct bytes name = f->name.len > 0 ? f->name : BYTES("F");

    buf_put_text(out, "%!PS-AdobeFont-1.0: ");
    buf_put(out, name);
    buf_put_text(out, "\n12 dict begin\n/FontName /");
    buf_put(out, name);
    buf_put_text(out, " def\n/FontType 1 def\n");
    for (size_t i = 0; i < TYPE1_BLUE_VALUES; i++)
        put_key(f, i, out);
    put_encoding(f, out);
    buf_put_text(out, "currentdict end\ncurrentfile eexec\n");
}

/* A glyph or subroutine: its length, RD, and the bytes encrypted behind four that mean nothing. */
static void put_code(struct bytes code, struct buf *out)
{
    size_t from;

    buf_putf(out, " %zu RD ", code.len + LEN_IV);
    from = out->len;
    buf_put(out, BYTES("\0\0\0\0"));
    buf_put(out, code);
    if (!out->full)
        type1_font_encrypt(out->at + from, code.len + LEN_IV, GLYPH_KEY);
}

static void put_subrs(const struct type1_font *f, struct buf *out)
{
    if (f->subr_count == 0)
        return;
    buf_putf(out, "/Subrs %zu array\n", f->subr_count);
    for (size_t i = 0; i < f->subr_count; i++) {
        if (f->subrs[i].at == NULL)
            continue;
        buf_putf(out, "dup %zu", i);
        put_code(f->subrs[i], out);
        buf_put_text(out, " NP\n");
    }
    buf_put_text(out, "ND\n");
}

static void put_glyphs(const struct type1_font *f, struct buf *out)
{
    buf_putf(out, "2 index /CharStrings %zu dict dup begin\n", f->glyphs.count);
    for (size_t i = 0; i < f->glyphs.count; i++) {
        buf_put_text(out, "/");
        buf_put(out, f->glyphs.entries[i].key);
        put_code(*(const struct bytes *)f->glyphs.entries[i].value, out);
        buf_put_text(out, " ND\n");
    }
    buf_put_text(out, "end\nend\nreadonly put\nnoaccess put\n");
}

void type1_font_write(const struct type1_font *f, struct buf *clear, struct buf *private)
{
    put_clear(f, clear);
    buf_put(private, BYTES("\0\0\0\0"));
    buf_put_text(private, "dup /Private 24 dict dup begin\n"
                          "/RD {string currentfile exch readstring pop} executeonly def\n"
                          "/ND {noaccess def} executeonly def\n"
                          "/NP {noaccess put} executeonly def\n");
    for (size_t i = TYPE1_BLUE_VALUES; i < TYPE1_KEY_COUNT; i++)
        put_key(f, i, private);
    buf_put_text(private, "/MinFeature {16 16} def\n/password 5839 def\n");
    put_subrs(f, private);
    put_glyphs(f, private);
    buf_put_text(private, "dup /FontName get exch definefont pop\nmark currentfile closefile\n");
}
