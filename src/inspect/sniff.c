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
    if (bytes_find(bytes_part(file, 0, 1024), BYTES("%PDF-"), 0) != SIZE_MAX)
        return TYPE_pdf;
    return sniff_text_type(file, name);
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
    return type_output(claimed) != type; /* a plain document under the name of one with macros deceives nobody */
}
