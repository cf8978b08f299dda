/* The same events as bytes again: canonical UTF-8, pushed on in pieces.
 *
 * Attributes and declarations come out in the order given, values in double quotes, an element without
 * content as <a/>.  What reads back is what was written: reading the output and writing it again gives
 * the same bytes. */
#pragma once

#include "base/sink.h"
#include "format/xml.h"

enum { XML_WRITE_CHUNK = 64 * 1024 };

struct xml_write {
    struct sink *out;
    uint8_t *at; /* XML_WRITE_CHUNK bytes */
    size_t len;
    bool open;   /* a start tag whose '>' waits for content */
};

enum xml_write_head {
    XML_WRITE_BARE,       /* no declaration */
    XML_WRITE_PLAIN,      /* <?xml version="1.0" encoding="UTF-8"?> */
    XML_WRITE_STANDALONE, /* the same with standalone="yes", as Office writes it */
};

/* A writer with its chunk in an arena; it can write any number of parts. */
void xml_write_init(struct xml_write *w, struct arena *a);

/* Begin a part. */
enum err xml_write_begin(struct xml_write *w, struct sink *out, enum xml_write_head head, struct fault *why) must_use;

enum err xml_write_start(struct xml_write *w, const struct xml_tag *tag, struct fault *why) must_use;
enum err xml_write_end(struct xml_write *w, const struct xml_name *name, struct fault *why) must_use;
enum err xml_write_text(struct xml_write *w, struct bytes text, struct fault *why) must_use;

/* Bytes that are XML already (a literal of ours). */
enum err xml_write_raw(struct xml_write *w, struct bytes xml, struct fault *why) must_use;

/* A value with what needs it escaped, as between double quotes. */
enum err xml_write_value(struct xml_write *w, struct bytes value, struct fault *why) must_use;

/* Put what is waiting into the sink: the part is over. */
enum err xml_write_done(struct xml_write *w, struct fault *why) must_use;
