/* The two headers of an entry of a ZIP archive, and its data descriptor. */
#pragma once

#include "format/zip.h"

/* Read the header in the central directory at the cursor; place and end are not yet known.
 *
 * shift  added to the offset of the local header
 *
 * Errors:  MALFORMED  A04
 *          DENIED     G07: the headers are encrypted
 * Rule:    APPNOTE 4.3.12, 4.5.3 */
enum err zip_header_central(struct reader *r, uint64_t shift, struct zip_entry *ret_entry, struct fault *why) must_use;

/* Compare with the local header and the data descriptor, and set `packed` and `end`.
 *
 * file   the whole archive
 * limit  where the directory begins: the entry must end before
 *
 * Errors:  MALFORMED  A04: something differs, or lies outside
 * Rule:    APPNOTE 4.3.7, 4.3.9 */
enum err zip_header_local(struct bytes file, uint64_t limit, struct zip_entry *entry, struct fault *why) must_use;
