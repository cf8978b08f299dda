/* What is kept of a Type 1 font: the model between type1_read() and type1_write(). */
#pragma once

#include "base/map.h"
#include "base/buf.h"
#include "base/err.h"

enum { TYPE1_LIST_MAX = 65536, TYPE1_NUMBERS_MAX = 16 };

/* Entries that are numbers, in the order they are written. */
enum type1_key {
    TYPE1_PAINT_TYPE,
    TYPE1_STROKE_WIDTH,
    TYPE1_FONT_MATRIX,
    TYPE1_FONT_BBOX,
    TYPE1_BLUE_VALUES, /* the first of the private ones */
    TYPE1_OTHER_BLUES,
    TYPE1_FAMILY_BLUES,
    TYPE1_FAMILY_OTHER_BLUES,
    TYPE1_BLUE_SCALE,
    TYPE1_BLUE_SHIFT,
    TYPE1_BLUE_FUZZ,
    TYPE1_STD_HW,
    TYPE1_STD_VW,
    TYPE1_STEM_SNAP_H,
    TYPE1_STEM_SNAP_V,
    TYPE1_LANGUAGE_GROUP,
    TYPE1_EXPANSION_FACTOR,
    TYPE1_RND_STEM_UP,
    TYPE1_FORCE_BOLD,
    TYPE1_KEY_COUNT
};

struct type1_key_rule {
    const char *name;
    uint8_t min, max; /* numbers */
    bool array;       /* also when it is one; a word (true, false) otherwise */
};

extern const struct type1_key_rule type1_keys[TYPE1_KEY_COUNT];

struct type1_value {
    struct bytes number[TYPE1_NUMBERS_MAX]; /* as they are written */
    size_t count;                           /* 0 = not there */
};

struct type1_font {
    struct bytes name;
    struct type1_value value[TYPE1_KEY_COUNT];
    struct bytes encoding[256]; /* names; empty = .notdef */
    struct bytes encoding_name; /* StandardEncoding or ISOLatin1Encoding; empty = the list above */
    int32_t len_iv;
    bool masters;               /* a multiple master font: its glyphs need more than is kept */
    struct bytes *subrs; /* decrypted; at NULL = not there */
    size_t subr_count, subrs_room;
    struct map glyphs; /* name → struct bytes *, decrypted */
    struct arena arena;
};

/* Read clear text and the decrypted private part into an empty font (arena and map initialised). */
enum err type1_font_read(struct bytes clear, struct bytes private, struct type1_font *f, struct fault *why) must_use;

/* Write clear text and the private part, the latter not yet encrypted. */
void type1_font_write(const struct type1_font *f, struct buf *clear, struct buf *private);

/* Decrypt (or encrypt) in place; `key` is 55665 for eexec, 4330 for glyphs. */
void type1_font_decrypt(uint8_t *at, size_t len, uint16_t key);
void type1_font_encrypt(uint8_t *at, size_t len, uint16_t key);
