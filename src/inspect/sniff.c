#include "inspect/sniff.h"

#include "format/deflate.h"
#include "inspect/magic.h"
#include "inspect/sniff_cfb.h"
#include "inspect/sniff_text.h"
#include "inspect/sniff_zip.h"

/* The name's ending without the dot; empty when it has none. */
static struct bytes ending(struct bytes name)
{
    size_t dot = bytes_find_last(name, BYTES("."));

    return dot == SIZE_MAX ? (struct bytes){0} : bytes_from(name, dot + 1);
}

/* A gzip stream that holds a drawing is a compressed drawing; otherwise it is just packed data. */
static enum type gzip_type(struct bytes file, struct bytes name)
{
    enum { HEAD = 64 << 10 };
    struct buf head;
    size_t used;
    bool svg;

    if (!bytes_equal_fold(ending(name), BYTES("svgz")) && file.len > HEAD)
        return TYPE_gzip;
    buf_init(&head, HEAD);
    (void)!deflate_unpack_open(file, DEFLATE_GZIP, &head, &used, NULL);
    svg = sniff_text_is_svg(buf_bytes(&head));
    buf_done(&head);
    return svg ? TYPE_svgz : TYPE_gzip;
}

/* The header may stand anywhere in the first 1024 bytes (ISO 32000 leaves it to readers).  A plain text about PDF
 * has it further down too, but no objects. */
static bool has_pdf(struct bytes file, struct bytes name)
{
    size_t at = bytes_find(bytes_part(file, 0, 1024), BYTES("%PDF-"), 0);

    if (at == 0 || at == SIZE_MAX || type_by_extension(ending(name)) != TYPE_txt)
        return at != SIZE_MAX;
    return bytes_find(file, BYTES("obj"), at) != SIZE_MAX || bytes_find(file, BYTES("startxref"), at) != SIZE_MAX;
}

/* Formats without a mark that can be relied on are known by name, which only names the refusal. */
static enum type unmarked_type(struct bytes name)
{
    enum type claimed = type_by_extension(ending(name));

    return claimed == TYPE_xdw || claimed == TYPE_jtd || claimed == TYPE_jww || claimed == TYPE_tga ? claimed : TYPE_unknown;
}

enum type sniff_type(struct bytes file, struct bytes name)
{
    enum type type = magic_type(file);

    if (type == TYPE_zip)
        return sniff_zip_type(file, name);
    if (type == TYPE_cfb)
        return sniff_cfb_type(file);
    if (type == TYPE_gzip)
        return gzip_type(file, name);
    if (type != TYPE_unknown)
        return type;
    if (has_pdf(file, name))
        return TYPE_pdf;
    type = sniff_text_type(file, name);
    return type != TYPE_unknown ? type : unmarked_type(name);
}

/* Endings any program gives to anything: they promise nothing. */
static bool is_vague(struct bytes ending)
{
    static const char *const vague[] = {"dat", "bin", "db", "asc", "a", "in", "z", "job", "sys", "pub"};

    for (size_t i = 0; i < countof(vague); i++)
        if (bytes_equal_fold(ending, bytes_of(vague[i])))
            return true;
    return false;
}

bool sniff_name_lies(enum type type, struct bytes name)
{
    struct bytes end = ending(name);
    enum type claimed = type_by_extension(end);

    if (end.len == 0 || claimed == TYPE_unknown || is_vague(end) || type == TYPE_unknown || type_may_end(type, end))
        return false;
    if (type == TYPE_cfb && type_mode(claimed) != TYPE_REBUILD)
        return false; /* a compound file of some program, as it says */
    return type_output(claimed) != type; /* a plain document under the name of one with macros deceives nobody */
}
