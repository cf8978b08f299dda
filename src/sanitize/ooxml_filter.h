/* The XML filter of the OOXML sanitizer, and what a vocabulary (w:, x:, p:, a:, c:, v: …) tells it.
 *
 * A part is read as a stream; every element and attribute is looked up once per distinct name, then
 * kept, dropped or unwrapped; what stays is written again.  A vocabulary is data: the namespace, the
 * elements that may stay, and rules for the ones that need more than staying.  Everything in a
 * namespace without a vocabulary is dropped (O17).
 *
 * A rule may have functions.  They run in this order for one element:
 *   attributes are filtered (attribute rules; r:* resolved; unknown namespaces stripped)
 *   start()   may edit the tag (rename, drop or add attributes), and choose another `what`
 *   text()    for every piece of text directly inside
 *   judge()   once, with the whole text of an element that has `judge`: its tag was held back
 *   end()     before the end tag is written
 *
 * To decide later, hold: ooxml_hold() at start keeps what is written from here in memory until
 * ooxml_hold_let() (it stays) or ooxml_hold_drop() (it never was).  Holds nest like elements. */
#pragma once

#include "format/xml_write.h"
#include "sanitize/ooxml_hidden.h"
#include "sanitize/ooxml_package.h"

struct ooxml_filter;

enum ooxml_what {
    OOXML_KEEP,   /* the tag with its filtered attributes */
    OOXML_DROP,   /* it and all inside; reported under `row` as removed */
    OOXML_UNWRAP, /* its tags go, its content stays; reported as neutralized */
    OOXML_STRIP,  /* only for `lost`: the attribute goes, the element stays */
    /* the same two without a report: what they drop has been reported elsewhere, or is nothing to speak of */
    OOXML_DROP_SILENT,
    OOXML_UNWRAP_SILENT,
};

typedef enum err ooxml_start_fn(struct ooxml_filter *f, struct xml_tag *tag, enum ooxml_what *what, struct fault *why);
typedef enum err ooxml_end_fn(struct ooxml_filter *f, struct fault *why);

/* A piece of text directly inside the element; *keep is true at first. */
typedef enum err ooxml_text_fn(struct ooxml_filter *f, struct bytes text, bool *keep, struct fault *why);

/* The whole text of an element without child elements; *what is OOXML_KEEP at first.  With OOXML_DROP the
 * element was never written. The text may be replaced: put the new one into `text`. */
typedef enum err ooxml_judge_fn(struct ooxml_filter *f, struct buf *text, enum ooxml_what *what, struct fault *why);

/* An attribute of the element `tag`; *keep is true at first; the value may be replaced (arena memory or literal). */
typedef enum err ooxml_attr_fn(struct ooxml_filter *f, struct xml_tag *tag, struct xml_attr *attr, bool *keep,
                               struct fault *why);

/* A rule for one element of a vocabulary. */
struct ooxml_rule {
    const char *name; /* local name */
    enum ooxml_what what;
    enum ooxml_what lost; /* when a relationship it names was dropped; OOXML_KEEP (0) means OOXML_DROP_SILENT */
    enum row row;         /* what a removal is reported as */
    bool prune;           /* goes when all its child elements went and it has no text */
    bool whole;           /* waits for its end, and goes when it has been doomed until then */
    ooxml_start_fn *start;
    ooxml_end_fn *end;
    ooxml_text_fn *text;
    ooxml_judge_fn *judge;
    ooxml_start_fn *child; /* for every child element, before its own rule: `tag` is the child's, unfiltered */
};

/* A rule for an attribute without namespace (or in the namespace of the vocabulary) on its elements. */
struct ooxml_attr_rule {
    const char *element; /* local name, NULL: any element of the vocabulary */
    const char *name;
    enum row row;        /* of the report when it is stripped (by `fn` saying so, or when there is no fn) */
    bool silent;         /* not reported */
    ooxml_attr_fn *fn;   /* NULL: always stripped */
};

struct ooxml_vocab {
    const char *const *uris; /* namespace names, NULL-terminated: transitional, strict … */
    const char *const *names; /* local names that may stay, sorted by strcmp, or NULL: any */
    size_t name_count;
    bool names_attrs; /* the list names attributes too: others in the namespace go */
    const struct ooxml_rule *rules; /* exceptions; they need not be in `names` */
    size_t rule_count;
    const struct ooxml_attr_rule *attrs;
    size_t attr_count;
};

/* The vocabularies there are, NULL-terminated (ooxml_vocab.c). */
extern const struct ooxml_vocab *const ooxml_vocabs[];

/* One open element that is not inside a dropped one. */
struct ooxml_level {
    const struct ooxml_rule *rule;
    struct xml_name *read;    /* the name as read */
    struct xml_name *written; /* the name as written; NULL when unwrapped */
    struct xml_decl *decls;   /* of an unwrapped element: they move to the children */
    size_t decl_count;
    bool held, settled;       /* prune, whole, judge: the tag waits; the wait is over */
    bool doomed;              /* whole: what was found inside decides that all of it goes */
    bool lost_child;
    bool drop_rest;           /* set by a function: further child elements go, without a report */
    struct xml_write_mark mark;
    uintptr_t note;           /* for the functions of the rule: theirs between start and end */
};

struct ooxml_filter {
    struct clean *c;
    struct ooxml_package *package;
    struct ooxml_part *part; /* being filtered */
    struct bytes whole;      /* its content when it is not too long, else it is streamed */
    struct xml *x;
    struct xml_write w;
    struct arena *scratch;   /* emptied after every part */
    struct ooxml_level *levels;
    uint32_t depth;          /* levels[depth - 1] is the innermost */
    uint32_t skipping;       /* > 0: inside so many dropped elements */
    struct buf text;         /* collected for judge() */
    bool collecting;
    struct ooxml_hidden hidden;
    bool lost;               /* the tag at hand names a relationship that was dropped */
    struct ooxml_level next; /* of the tag at hand, not yet pushed: start() may set note, mark, held */
    void *state[4];          /* of a part, for vocabularies: NULL at its begin (memory: scratch); see ooxml_state */
    void *shared[4];         /* of the package (memory: c->arena); parts come in order of discovery, the main one first */
};

/* Which place in `state` and `shared` belongs to whom. */
enum ooxml_state { OOXML_STATE_WORD, OOXML_STATE_SHEET, OOXML_STATE_SLIDE, OOXML_STATE_DRAWING };

/* ---- for the functions of rules ---- */

/* Report something in this part: "word/document.xml: w:control". */
void ooxml_filter_found(struct ooxml_filter *f, enum row row, enum act act, struct bytes what);

/* The innermost open element; in start() that is the parent of the tag at hand.  NULL at the root. */
static inline struct ooxml_level *ooxml_filter_level(struct ooxml_filter *f)
{
    return f->depth == 0 ? NULL : &f->levels[f->depth - 1];
}

/* Attributes by local name; `uri` NULL: without namespace.  NULL when it is not there. */
struct xml_attr *ooxml_filter_attr(const struct xml_tag *tag, const char *local);
struct xml_attr *ooxml_filter_attr_ns(const struct xml_tag *tag, const char *uri, const char *local);
bool ooxml_filter_attr_is(const struct xml_tag *tag, const char *local, const char *value);
void ooxml_filter_attr_drop(struct xml_tag *tag, struct xml_attr *attr);

/* Another name in the same namespace and prefix, for renaming a tag. */
struct xml_name *ooxml_filter_rename(struct ooxml_filter *f, const struct xml_name *name, const char *local);

/* Whether an element so named (in the vocabulary's namespace: compare with its uris) is open. */
bool ooxml_filter_inside(const struct ooxml_filter *f, const struct ooxml_vocab *vocab, const char *local);

/* Whether a name belongs to a vocabulary and has this local name. */
bool ooxml_filter_is(const struct xml_name *name, const struct ooxml_vocab *vocab, const char *local);

/* What `r:id="…"` of a tag stands for: a kept relationship, or NULL. */
const struct ooxml_rel *ooxml_filter_rel(struct ooxml_filter *f, struct bytes id);

/* Whether an address a person may follow: http, https, mailto (O11, when the profile keeps links), or a
 * place inside the document ("#…"). */
bool ooxml_filter_link(const struct ooxml_filter *f, struct bytes address);

/* An attribute function for relationship ids outside the r: namespace (o:relid). */
ooxml_attr_fn ooxml_filter_attr_rel;

/* Hold back what is written from here on.  At most XML_WRITE_HELD_MAX bytes. */
static inline struct xml_write_mark ooxml_hold(struct ooxml_filter *f)
{
    return xml_write_hold(&f->w);
}

static inline void ooxml_hold_let(struct ooxml_filter *f)
{
    xml_write_let(&f->w);
}

static inline void ooxml_hold_drop(struct ooxml_filter *f, struct xml_write_mark mark)
{
    xml_write_back(&f->w, mark);
}

/* ---- for clean_ooxml and passes before the filter ---- */

/* Give the part being filtered to the reader f->x, which has been begun; and end it. */
enum err ooxml_filter_feed(struct ooxml_filter *f, struct fault *why) must_use;

void ooxml_filter_init(struct ooxml_filter *f, struct clean *c, struct ooxml_package *package);
void ooxml_filter_done(struct ooxml_filter *f);

/* Filter one XML part into a sink.
 *
 * Errors:  those of xml_push (O19), of the sink, and of rule functions */
enum err ooxml_filter_part(struct ooxml_filter *f, struct ooxml_part *part, struct sink *out, struct fault *why) must_use;
