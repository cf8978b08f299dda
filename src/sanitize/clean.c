#include "sanitize/clean.h"

#include <stdarg.h>
#include <stdio.h>

#include "inspect/sniff.h"

struct maker {
    clean_fn *rebuild, *text;
};

/* Which function rebuilds which type, and which takes its text. */
static const struct maker makers[TYPE_COUNT] = {
    /* office */
    [TYPE_docx] = {clean_ooxml, text_ooxml},
    [TYPE_docm] = {clean_ooxml, text_ooxml},
    [TYPE_dotx] = {clean_ooxml, text_ooxml},
    [TYPE_dotm] = {clean_ooxml, text_ooxml},
    [TYPE_xlsx] = {clean_ooxml, text_ooxml},
    [TYPE_xlsm] = {clean_ooxml, text_ooxml},
    [TYPE_xltx] = {clean_ooxml, text_ooxml},
    [TYPE_xltm] = {clean_ooxml, text_ooxml},
    [TYPE_pptx] = {clean_ooxml, text_ooxml},
    [TYPE_pptm] = {clean_ooxml, text_ooxml},
    [TYPE_ppsx] = {clean_ooxml, text_ooxml},
    [TYPE_ppsm] = {clean_ooxml, text_ooxml},
    [TYPE_potx] = {clean_ooxml, text_ooxml},
    [TYPE_potm] = {clean_ooxml, text_ooxml},
    [TYPE_unknown] = {NULL, NULL},

    /* PDF */
    [TYPE_pdf] = {clean_pdf, text_pdf},

    /* pictures */
    [TYPE_jpeg] = {clean_jpeg, NULL},
    [TYPE_png] = {clean_png, NULL},
    [TYPE_gif] = {clean_gif, NULL},
    [TYPE_bmp] = {clean_bmp, NULL},
    [TYPE_webp] = {clean_webp, NULL},
    [TYPE_tiff] = {clean_tiff, NULL},

    /* drawings */
    [TYPE_svg] = {clean_svg, NULL},
    [TYPE_svgz] = {clean_svg, NULL},

    /* text */
    [TYPE_csv] = {clean_csv, text_csv},
    [TYPE_tsv] = {clean_csv, text_csv},
    [TYPE_txt] = {clean_text, clean_text},

    /* data */
    [TYPE_json] = {clean_json, NULL},
    [TYPE_xml] = {clean_xml, NULL},

    /* archives */
    [TYPE_zip] = {clean_zip, NULL},
};

static enum err refuse_type(const struct clean *c, struct fault *why)
{
    enum row row = type_row(c->type);
    enum err code = row == ROW_G02 ? ERR_UNSUPPORTED : ERR_DENIED;

    return fault_set(why, code, rule_id(row), "type table", 0, "the content is %s, %s", type_name(c->type, false),
                     type_name(c->type, true));
}

static enum err choose(struct clean *c, clean_fn **ret_fn, struct fault *why)
{
    const struct maker *m = &makers[c->type];
    enum mode mode = (enum mode)c->profile->mode[profile_family(c->type)];

    if (type_mode(c->type) != TYPE_REBUILD || m->rebuild == NULL)
        return refuse_type(c, why);
    if (mode == MODE_REFUSE)
        return fault_set(why, ERR_DENIED, "G02", "profile", 0, "the profile refuses %s", type_name(c->type, false));
    if (mode == MODE_TEXT && m->text != NULL) {
        c->ret_type = TYPE_txt;
        *ret_fn = m->text;
        return OK;
    }
    if (mode == MODE_TEXT)
        return fault_set(why, ERR_DENIED, "G02", "profile", 0, "no text can be taken from %s", type_name(c->type, false));
    *ret_fn = m->rebuild;
    return OK;
}

enum err clean_document(struct clean *c, struct bytes in, struct sink *out, struct fault *why)
{
    clean_fn *fn = NULL;

    c->type = sniff_type(in, c->name);
    c->ret_type = type_output(c->type);
    if (in.len > c->profile->limits.size)
        return fault_set(why, ERR_LIMIT, "G06", "profile limit size", 0, "larger than %llu bytes",
                         (unsigned long long)c->profile->limits.size);
    if (sniff_name_lies(c->type, c->name))
        return fault_set(why, ERR_DENIED, "G01", "name against content", 0, "the content is %s, %s",
                         type_name(c->type, false), type_name(c->type, true));
    TRY(choose(c, &fn, why));
    return fn(c, in, out, why);
}

static struct clean inner_of(const struct clean *outer, struct bytes name, const char *part)
{
    struct clean c = *outer;

    c.name = name;
    c.depth++;
    c.where = arena_printf(outer->arena, "%s%s: ", outer->where, part);
    return c;
}

enum err clean_inner(const struct clean *outer, struct bytes name, const char *part, struct bytes in,
                     struct sink *out, enum type *ret_type, struct fault *why)
{
    struct clean c = inner_of(outer, name, part);

    if (c.depth > c.profile->limits.depth)
        return fault_set(why, ERR_LIMIT, "A01", "profile limit depth", 0, "nested deeper than %u",
                         c.profile->limits.depth);
    TRY(clean_document(&c, in, out, why));
    *ret_type = c.ret_type;
    return OK;
}

enum err clean_picture(const struct clean *outer, const char *part, struct bytes in, struct sink *out,
                       enum type *ret_type, struct fault *why)
{
    struct clean c = inner_of(outer, (struct bytes){0}, part);

    c.type = sniff_type(in, c.name);
    c.ret_type = type_output(c.type);
    if (profile_family(c.type) != FAMILY_IMAGE || makers[c.type].rebuild == NULL)
        return refuse_type(&c, why);
    TRY(makers[c.type].rebuild(&c, in, out, why));
    *ret_type = c.ret_type;
    return OK;
}

enum err clean_check_made(struct bytes made, struct bytes name, enum type type, struct fault *why)
{
    enum type now = sniff_type(made, name);

    if (made.len == 0 || (now == type && !sniff_name_lies(now, name)))
        return OK;
    return fault_set(why, ERR_DENIED, "G04", "type of the output", 0, "turns into %s, %s, when cleaned",
                     type_name(now, false), type_name(now, true));
}

enum err clean_spend_unpacked(struct clean *c, uint64_t bytes, struct fault *why)
{
    if (bytes > c->budget->unpacked)
        return fault_set(why, ERR_LIMIT, "G06", "profile limit unpacked", 0, "unpacks to more than %llu bytes",
                         (unsigned long long)c->profile->limits.unpacked);
    c->budget->unpacked -= bytes;
    return OK;
}

enum err clean_allow_pixels(const struct clean *c, uint64_t pixels, struct fault *why)
{
    if (pixels > c->budget->pixels)
        return fault_set(why, ERR_LIMIT, "I08", "profile limit pixels", 0, "more than %llu pixels",
                         (unsigned long long)c->profile->limits.pixels);
    return OK;
}

enum err clean_spend_entry(struct clean *c, struct fault *why)
{
    if (c->budget->entries == 0)
        return fault_set(why, ERR_LIMIT, "A01", "profile limit entries", 0, "more than %u entries",
                         c->profile->limits.entries);
    c->budget->entries--;
    return OK;
}

void clean_found(struct clean *c, enum row row, enum act act, const char *fmt, ...)
{
    char where[FINDING_WHERE_MAX * 2];
    int head = snprintf(where, sizeof(where), "%s", c->where);
    va_list args;

    if (head < 0 || (size_t)head >= sizeof(where))
        head = 0;
    va_start(args, fmt);
    (void)vsnprintf(where + head, sizeof(where) - (size_t)head, fmt, args);
    va_end(args);
    finding_add(c->findings, row, act, bytes_of(where));
}
