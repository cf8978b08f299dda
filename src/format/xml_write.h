/* The same events as bytes again: canonical UTF-8, pushed on in pieces.
 *
 * Attributes and declarations come out in the order given, values in double quotes, an element without
 * content as <a/>.  What reads back is what was written: reading the output and writing it again gives
 * the same bytes. */
#pragma once

#include "base/sink.h"
#include "format/xml.h"

enum { XML_WRITE_CHUNK = 64 * 1024, XML_WRITE_HELD_MAX = 32 << 20 };

/* A place in what was written, to go back to. */
struct xml_write_mark {
    size_t len;
    bool open;
};

struct xml_write {
    struct arena *arena;
    struct sink *out;
    uint8_t *at;
    size_t len, cap;
    bool open;      /* a start tag whose '>' waits for content */
    uint32_t holds; /* while there are some, nothing goes to the sink */
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

/* Hold back what is written from here on, until it is let go or taken back.  Holds nest: the last one is
 * ended first.  LIMIT (G06) comes from the writing functions when more than XML_WRITE_HELD_MAX is held. */
struct xml_write_mark xml_write_hold(struct xml_write *w);
void xml_write_let(struct xml_write *w);
void xml_write_back(struct xml_write *w, struct xml_write_mark mark);

/* Put what is waiting into the sink: the part is over. */
enum err xml_write_done(struct xml_write *w, struct fault *why) must_use;
