/* One document rebuilt: bytes in, a document written afresh out, findings on the way.
 *
 * Every format is one function `clean_x()` of type clean_fn in a file of its own; the table in
 * clean.c joins type and function.  Rules for all of them:
 *  - allow-list: what is not known to be harmless is not copied;
 *  - nothing is put into the sink that a later error would make wrong to keep: the caller throws the
 *    output away on any error (never a partial output, invariant 10);
 *  - same input and profile, same bytes; the output of an output is itself;
 *  - a second pass over an output finds nothing but ACT_KEPT. */
#pragma once

#include "base/arena.h"
#include "base/err.h"
#include "base/sink.h"
#include "rule/profile.h"
#include "sanitize/finding.h"

/* What may still be spent by one submission, all levels of nesting together. */
struct budget {
    uint64_t unpacked; /* bytes out of containers and streams */
    uint64_t pixels; /* of one picture: the time limit bounds how many there may be */
    uint32_t entries;
};

struct clean {
    const struct profile *profile;
    struct arena *arena;       /* lives as long as the job */
    struct findings *findings;
    struct budget *budget;
    struct bytes name;         /* of this document: last component, UTF-8 */
    const char *where;         /* prefix of every `where`, "" at the top, "a.zip/b.docx: " inside */
    uint32_t depth;            /* 0 at the top */
    enum type type;            /* of the input, as sniffed */
    enum type ret_type;        /* of the output; set before clean_fn is called, which may change it */
};

typedef enum err clean_fn(struct clean *c, struct bytes in, struct sink *out, struct fault *why);

/* Rebuild one document whatever it is: sniff, compare with the name, choose, rebuild.
 *
 * c    name, where, depth, profile, arena, findings and budget set by the caller; type and
 *      ret_type are set here
 * in   the whole document, borrowed (read-only map of the input descriptor, or an unpacked entry)
 *
 * Errors:  DENIED       fault.row says why: G01 name lies, G03 program, G07 locked (held) …
 *          UNSUPPORTED  G02 and the other rows of known but unsupported types
 *          MALFORMED    the document is damaged; LIMIT  over the budget (G06, A01, I08, P27) */
enum err clean_document(struct clean *c, struct bytes in, struct sink *out, struct fault *why) must_use;

/* The same for something found inside: its findings get `part` in front of their place, the depth
 * is one more.  The type of what was written is returned. */
enum err clean_inner(const struct clean *outer, struct bytes name, const char *part, struct bytes in,
                     struct sink *out, enum type *ret_type, struct fault *why) must_use;

/* A picture found inside a document: like clean_inner, but only raster types are accepted
 * (and the name is not compared). */
enum err clean_picture(const struct clean *outer, const char *part, struct bytes in, struct sink *out,
                       enum type *ret_type, struct fault *why) must_use;

/* Content may become something else by being cleaned: a text whose removed characters hid a page would be
 * taken for that page by the next reader.
 *
 * made, name, type  what was written, the name it gets, and what it should be
 * Errors:  DENIED G04 */
enum err clean_check_made(struct bytes made, struct bytes name, enum type type, struct fault *why) must_use;

/* Take from the budget; LIMIT with the given row when it is spent. */
enum err clean_spend_unpacked(struct clean *c, uint64_t bytes, struct fault *why) must_use;
enum err clean_spend_entry(struct clean *c, struct fault *why) must_use;

/* Whether one picture, all its frames together, may have so many pixels; asked before they are decoded.
 * Errors:  LIMIT I08 */
enum err clean_allow_pixels(const struct clean *c, uint64_t pixels, struct fault *why) must_use;

/* Record what was found in this document.  `fmt` is the place: part, object number, cell, offset. */
void clean_found(struct clean *c, enum row row, enum act act, const char *fmt, ...) format_like(4, 5);

/* One function a family; each lives in the file of its name. */
clean_fn clean_ooxml, clean_pdf, clean_jpeg, clean_png, clean_gif, clean_webp, clean_tiff, clean_bmp, clean_svg,
    clean_csv, clean_text, clean_json, clean_xml, clean_zip;
/* The text of a document as UTF-8 with LF and a final newline (profile mode "text"). */
clean_fn text_ooxml, text_pdf, text_csv;
