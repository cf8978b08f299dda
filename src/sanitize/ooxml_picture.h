/* Pictures inside an Office package: decoded and written afresh, or a placeholder in their place. */
#pragma once

#include "sanitize/ooxml_package.h"

/* Rebuild the picture of a part.
 *
 * content      the bytes of the part
 * ret_picture  in the arena, set on OK
 * ret_type     raster type of ret_picture, set on OK
 * ret_keep     false when the part goes (and its relationship with it): a program, a compound file, a drawing
 *              in SVG, which always has a raster beside it
 *
 * What cannot be rebuilt (metafiles, PostScript, damaged pictures) becomes a grey placeholder (O20, neutralized),
 * or goes when the profile removes O20.
 * Errors:  LIMIT  the budget of the job is spent */
enum err ooxml_picture_clean(struct ooxml_package *p, const struct ooxml_part *part, struct bytes content,
                             struct bytes *ret_picture, enum type *ret_type, bool *ret_keep, struct fault *why) must_use;

/* The content type of a raster type, NULL when Office has none. */
const char *ooxml_picture_mime(enum type type);
