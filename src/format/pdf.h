/* Reading a PDF file: its objects as values, its streams as stored bytes.
 *
 * The structure (tables, object streams, repair of damage, decryption with the empty password) is
 * libqpdf's work; every object is asked for once, as text, and read into our own values.
 *
 * Rule:    ISO 32000-1 7.5 (file structure), 7.6 (encryption) */
#pragma once

#include "format/pdf_value.h"

struct pdf_object {
    struct pdf_value value; /* the dictionary, of a stream */
    bool stream;
    uint32_t id, generation;
};

struct pdf {
    void *reader;        /* qpdf_data */
    struct arena *arena; /* values live here */
    struct buf stack;
    struct pdf_object **objects; /* by id; NULL = not asked for yet */
    size_t objects_cap;
    struct pdf_value trailer;
    bool encrypted; /* opened with the empty password */
};

/* Open a file.
 *
 * in   the whole file; must stay valid until pdf_close()
 *
 * Errors:  DENIED       it needs a password, or a handler other than the standard one
 *          MALFORMED    nothing can be made of it */
enum err pdf_open(struct pdf *p, struct bytes in, struct arena *a, struct fault *why) must_use;
void pdf_close(struct pdf *p);

/* The object with this number; a missing one is null. */
const struct pdf_object *pdf_get(struct pdf *p, uint32_t id, uint32_t generation);

/* Follow a reference to the value it stands for; anything else is returned as it is.
 *
 * v           may be NULL: NULL is returned
 * ret_object  may be NULL; the object the value was found in, NULL for a direct value */
const struct pdf_value *pdf_resolve(struct pdf *p, const struct pdf_value *v, const struct pdf_object **ret_object);

/* The value under a key with references followed; NULL when there is none. */
const struct pdf_value *pdf_get_key(struct pdf *p, const struct pdf_value *dict, const char *key);

/* The bytes of a stream as stored, decrypted; free() them.  Empty when they cannot be had. */
uint8_t *pdf_stream_raw(struct pdf *p, const struct pdf_object *o, size_t *ret_len);
