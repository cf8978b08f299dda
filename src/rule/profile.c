#include "rule/profile.h"

#include <stdio.h>

static const char *const mode_names[MODE_COUNT] = {"rebuild", "text", "refuse"};
static const char *const family_names[FAMILY_COUNT] = {"office", "pdf", "image", "svg", "text", "data", "archive"};

struct choice_name {
    const char *name;
    enum choice choice;
};
static const struct choice_name choice_names[] = {
    {"keep", CHOICE_KEEP}, {"sanitize", CHOICE_SANITIZE}, {"remove", CHOICE_REMOVE}, {"refuse", CHOICE_REFUSE}};

void profile_default(struct profile *p)
{
    *p = (struct profile){.name = "standard"};
    for (unsigned i = 0; i < ROW_COUNT; i++)
        p->choice[i] = (uint8_t)rule_default((enum row)i);
    p->limits = (struct limits){
        .size = 2ull << 30,
        .unpacked = 2ull << 30,
        .output = 2ull << 30,
        .pixels = 200u * 1000 * 1000,
        .entries = 10000,
        .depth = 5,
        .ratio = 250,
        .time_ms = 30000,
        .memory = 2ull << 30,
    };
}

/* One line cut into words, with where it stands. */
struct line {
    struct bytes word[4];
    size_t column[4];
    size_t count, number;
};

static void split(struct bytes text, struct line *l)
{
    size_t at = 0;

    l->count = 0;
    while (at < text.len && text.at[at] != '#' && l->count < countof(l->word)) {
        size_t from = at;

        if (text.at[at] == ' ' || text.at[at] == '\t' || text.at[at] == '\r') {
            at++;
            continue;
        }
        while (at < text.len && text.at[at] > ' ' && text.at[at] != '#')
            at++;
        if (at == from) { /* a control character: let the statement be unknown */
            at++;
        }
        l->word[l->count] = bytes_part(text, from, at - from);
        l->column[l->count++] = from + 1;
    }
}

static enum err wrong(const struct line *l, size_t word, enum err code, const char *expected, struct fault *why)
{
    struct bytes w = word < l->count ? l->word[word] : (struct bytes){0};
    size_t column = word < l->count ? l->column[word] : 0;

    return fault_set(why, code, NULL, "profile file", 0, "line %zu, column %zu: \"%.*s\": %s", l->number, column,
                     (int)(w.len < 40 ? w.len : 40), w.at == NULL ? "" : (const char *)w.at, expected);
}

static enum err set_row(struct profile *p, const struct line *l, enum row row, struct fault *why)
{
    for (size_t i = 0; i < countof(choice_names); i++) {
        if (l->count != 2 || !bytes_equal(l->word[1], bytes_of(choice_names[i].name)))
            continue;
        if (rule_choices(row) == 0)
            return wrong(l, 0, ERR_DENIED, "this rule can never be switched", why);
        if ((rule_choices(row) & choice_names[i].choice) == 0)
            return wrong(l, 1, ERR_DENIED, "this rule does not have that choice", why);
        p->choice[row] = (uint8_t)choice_names[i].choice;
        return OK;
    }
    return wrong(l, 1, ERR_MALFORMED, "expected one of keep, sanitize, remove, refuse", why);
}

static enum err set_format(struct profile *p, const struct line *l, struct fault *why)
{
    for (size_t f = 0; f < FAMILY_COUNT; f++) {
        if (l->count != 3 || !bytes_equal(l->word[1], bytes_of(family_names[f])))
            continue;
        for (size_t m = 0; m < MODE_COUNT; m++) {
            if (bytes_equal(l->word[2], bytes_of(mode_names[m]))) {
                p->mode[f] = (uint8_t)m;
                return OK;
            }
        }
        return wrong(l, 2, ERR_MALFORMED, "expected one of rebuild, text, refuse", why);
    }
    return wrong(l, 1, ERR_MALFORMED, "expected office, pdf, image, svg, text, data or archive, and a mode", why);
}

static bool parse_amount(struct bytes word, uint64_t *ret_value)
{
    unsigned shift = 0;

    if (word.len > 1) {
        uint8_t unit = word.at[word.len - 1];
        shift = unit == 'K' ? 10 : unit == 'M' ? 20 : unit == 'G' ? 30 : 0;
    }
    if (shift > 0)
        word.len--;
    if (!bytes_to_u64(word, ret_value) || *ret_value == 0 || *ret_value > (UINT64_MAX >> 1 >> shift))
        return false;
    *ret_value <<= shift;
    return true;
}

static enum err set_limit(struct profile *p, const struct line *l, struct fault *why)
{
    struct limits *lim = &p->limits;
    uint64_t v = 0;
    struct bytes name = l->count > 1 ? l->word[1] : (struct bytes){0};

    if (l->count != 3 || !parse_amount(l->word[2], &v))
        return wrong(l, 2, ERR_MALFORMED, "expected a name and a number above 0 (K, M, G allowed)", why);
    if (bytes_equal(name, BYTES("size")))
        lim->size = v;
    else if (bytes_equal(name, BYTES("unpacked")))
        lim->unpacked = v;
    else if (bytes_equal(name, BYTES("output")))
        lim->output = v;
    else if (bytes_equal(name, BYTES("pixels")))
        lim->pixels = v;
    else if (bytes_equal(name, BYTES("memory")))
        lim->memory = v;
    else if (v > UINT32_MAX)
        return wrong(l, 2, ERR_MALFORMED, "too large", why);
    else if (bytes_equal(name, BYTES("entries")))
        lim->entries = (uint32_t)v;
    else if (bytes_equal(name, BYTES("depth")))
        lim->depth = (uint32_t)v;
    else if (bytes_equal(name, BYTES("ratio")))
        lim->ratio = (uint32_t)v;
    else if (bytes_equal(name, BYTES("time_ms")))
        lim->time_ms = (uint32_t)v;
    else
        return wrong(l, 1, ERR_MALFORMED,
                     "expected size, unpacked, output, pixels, memory, entries, depth, ratio or time_ms", why);
    return OK;
}

static enum err set_name(struct profile *p, const struct line *l, struct fault *why)
{
    if (l->count != 2 || l->word[1].len >= sizeof(p->name))
        return wrong(l, 1, ERR_MALFORMED, "expected a name of at most 31 bytes", why);
    (void)snprintf(p->name, sizeof(p->name), "%.*s", (int)l->word[1].len, (const char *)l->word[1].at);
    return OK;
}

static enum err statement(struct profile *p, const struct line *l, struct fault *why)
{
    enum row row;

    if (l->count == 0)
        return OK;
    if (bytes_equal(l->word[0], BYTES("profile")))
        return set_name(p, l, why);
    if (bytes_equal(l->word[0], BYTES("format")))
        return set_format(p, l, why);
    if (bytes_equal(l->word[0], BYTES("limit")))
        return set_limit(p, l, why);
    if (rule_find(l->word[0], &row))
        return set_row(p, l, row, why);
    return wrong(l, 0, ERR_MALFORMED, "expected profile, format, limit or the id of a rule (P05)", why);
}

enum err profile_parse(struct bytes text, struct profile *ret_profile, struct fault *why)
{
    struct profile p;
    struct line l = {.number = 0};

    profile_default(&p);
    for (size_t at = 0; at < text.len;) {
        size_t end = bytes_find_byte(text, '\n', at);

        if (end == SIZE_MAX)
            end = text.len;
        l.number++;
        split(bytes_part(text, at, end - at), &l);
        TRY(statement(&p, &l, why));
        at = end + 1;
    }
    *ret_profile = p;
    return OK;
}

enum family profile_family(enum type type)
{
    switch (type) {
    case TYPE_pdf:
        return FAMILY_PDF;
    case TYPE_jpeg:
    case TYPE_png:
    case TYPE_gif:
    case TYPE_webp:
    case TYPE_tiff:
    case TYPE_bmp:
        return FAMILY_IMAGE;
    case TYPE_svg:
    case TYPE_svgz:
        return FAMILY_SVG;
    case TYPE_csv:
    case TYPE_tsv:
    case TYPE_txt:
        return FAMILY_TEXT;
    case TYPE_json:
    case TYPE_xml:
        return FAMILY_DATA;
    case TYPE_zip:
        return FAMILY_ARCHIVE;
    default:
        return FAMILY_OFFICE;
    }
}
