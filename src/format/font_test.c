#include "format/font.h"

#include "base/test.h"
#include "format/be.h"
#include "format/type1_font.h"

static struct buf made;

static bool holds(const struct buf *b, const char *text)
{
    return bytes_find(buf_bytes(b), bytes_of(text), 0) != SIZE_MAX;
}

/* Check a program and that its output is its own output. */
static enum err check(enum font_kind kind, struct bytes program, struct font_info *ret_info, struct fault *why)
{
    struct buf again;
    struct font_info info;
    enum err err;

    buf_done(&made);
    buf_init(&made, 1 << 20);
    err = font_check(kind, program, &made, ret_info, why);
    if (err != OK)
        return err;
    buf_init(&again, 1 << 20);
    CHECK(font_check(ret_info->kind, buf_bytes(&made), &again, &info, why) == OK);
    CHECK(bytes_equal(buf_bytes(&made), buf_bytes(&again)));
    buf_done(&again);
    return OK;
}

struct part {
    const char *tag;
    struct bytes data;
};

static void put_sfnt(struct buf *b, const struct part *parts, size_t count)
{
    size_t at = 12 + 16 * count;

    buf_put(b, BYTES("\0\1\0\0"));
    buf_put_u16be(b, (uint16_t)count);
    buf_put(b, BYTES("\0\0\0\0\0\0"));
    for (size_t i = 0; i < count; i++) {
        buf_put_text(b, parts[i].tag);
        buf_put_u32be(b, 0xBAD);
        buf_put_u32be(b, (uint32_t)at);
        buf_put_u32be(b, (uint32_t)parts[i].data.len);
        at += parts[i].data.len;
    }
    for (size_t i = 0; i < count; i++)
        buf_put(b, parts[i].data);
}

/* Three glyphs: a triangle, one composed of itself, one composed of the triangle. */
#define TRIANGLE "\0\1\0\0\0\0\0\12\0\12\0\2\0\0\1\1\1\0\0\0\12\0\12\0\0\0\0\0\12"
#define ITSELF "\xFF\xFF\0\0\0\0\0\0\0\0\0\0\0\1\0\0"
#define OF_TRIANGLE "\xFF\xFF\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
#define HEAD                                                                                                    \
    "\0\1\0\0\0\0\0\0\1\2\3\4\x5F\x0F\x3C\xF5\0\0\3\xE8\0\0\0\0\1\2\3\4\0\0\0\0\1\2\3\4\0\0\0\0\0\12\0\12\0\0\0\0\0\0\0\0\0\0"
#define HHEA "\0\1\0\0\0\12\0\0\0\0\0\12\0\0\0\0\0\12\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1"

#define PART(tag, literal) {tag, {(const uint8_t *)(literal), sizeof(literal) - 1}}

static const struct part parts[] = {
    PART("cmap", "\0\0\0\1\0\3\0\1\0\0\0\14\0\4\0\40\0\0\0\4\0\4\0\1\0\0\0\101\xFF\xFF\0\0\0\101\xFF\xFF\xFF\xC1\0\1\0\0\0\0"),
    PART("evil", "<script>"),
    PART("glyf", TRIANGLE "\0" ITSELF OF_TRIANGLE),
    PART("head", HEAD),
    PART("hhea", HHEA),
    PART("hmtx", "\0\12\0\0\0\0\0\0"),
    PART("loca", "\0\0\0\17\0\27\0\37"),
    PART("maxp", "\0\1\0\0\0\3\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
    PART("name", "who made it"),
};

static struct bytes table_of(const char *tag)
{
    struct bytes b = buf_bytes(&made);

    for (size_t i = 0; i < be_u16(b, 4); i++)
        if (bytes_equal(bytes_part(b, 12 + 16 * i, 4), bytes_of(tag)))
            return bytes_part(b, be_u32(b, 20 + 16 * i), be_u32(b, 24 + 16 * i));
    return (struct bytes){0};
}

static void truetype_is_written_afresh(void)
{
    struct buf in;
    struct font_info info;

    buf_init(&in, 4096);
    put_sfnt(&in, parts, countof(parts));
    CHECK(check(FONT_OPENTYPE, buf_bytes(&in), &info, NULL) == OK);
    CHECK(check(FONT_TRUETYPE, buf_bytes(&in), &info, NULL) == OK);
    CHECK(info.kind == FONT_TRUETYPE && info.glyphs == 3 && info.lengths[0] == made.len);
    CHECK(!holds(&made, "evil") && !holds(&made, "<script>") && !holds(&made, "who made it"));
    CHECK(be_u32(table_of("head"), 20) == 0); /* no dates */
    buf_done(&in);
}

static void circles_of_components_become_empty(void)
{
    struct buf in;
    struct font_info info;
    struct bytes loca;

    buf_init(&in, 4096);
    put_sfnt(&in, parts, countof(parts));
    CHECK(check(FONT_TRUETYPE, buf_bytes(&in), &info, NULL) == OK);
    loca = table_of("loca");
    CHECK(loca.len == 8);
    CHECK(be_u16(loca, 2) > be_u16(loca, 0));  /* the triangle */
    CHECK(be_u16(loca, 4) == be_u16(loca, 2)); /* the circle */
    CHECK(be_u16(loca, 6) > be_u16(loca, 4));
    buf_done(&in);
}

static void character_map_keeps_what_it_says(void)
{
    struct buf in;
    struct font_info info;
    struct bytes map;

    buf_init(&in, 4096);
    put_sfnt(&in, parts, countof(parts));
    CHECK(check(FONT_TRUETYPE, buf_bytes(&in), &info, NULL) == OK);
    map = table_of("cmap");
    CHECK(be_u16(map, 12) == 4);
    CHECK(be_u16(map, 12 + 14) == 'A');
    CHECK((uint16_t)(be_u16(map, 12 + 24) + 'A') == 2);
    buf_done(&in);
}

static void missing_tables_are_malformed(void)
{
    struct buf in;
    struct font_info info;
    struct fault why;

    for (size_t i = 3; i < 8; i++) {
        struct part some[countof(parts)];

        memcpy(some, parts, sizeof(parts));
        some[i].tag = "gone";
        buf_init(&in, 4096);
        put_sfnt(&in, some, countof(some));
        CHECK(check(FONT_TRUETYPE, buf_bytes(&in), &info, &why) == ERR_MALFORMED);
        CHECK(strcmp(why.row, "P17") == 0);
        buf_done(&in);
    }
}

#define CLEAR                                                                                       \
    "%!PS-AdobeFont-1.0: T\n(evil) run 11 dict begin /FontName /T def /FontType 1 def\n"            \
    "/FontMatrix [0.001 0 0 0.001 0 (0\\); alert\\(1\\))] readonly def\n/FontBBox{-1 -2 3 4}readonly def\n" \
    "/Encoding 256 array 0 1 255 {1 index exch /.notdef put} for dup 65 /A put readonly def\n"      \
    "currentdict end currentfile eexec\n"
#define PRIVATE                                                                              \
    "0000dup /Private 8 dict dup begin /RD {string currentfile exch readstring pop} def\n" \
    "/BlueValues [ -10 0 ] def /lenIV -1 def /OtherSubrs [ {systemdict /evil get exec} ] def\n" \
    "/Subrs 1 array\ndup 0 3 RD \1\2\3 NP\nND\n"                                                \
    "2 index /CharStrings 2 dict dup begin\n/.notdef 2 RD \15\16 ND\n/A 4 RD end) ND\nend end\n" \
    "mark currentfile closefile\n"

static void put_type1(struct buf *b)
{
    struct bytes private = BYTES(PRIVATE);
    size_t from;

    buf_put_text(b, CLEAR);
    from = b->len;
    buf_put(b, private);
    type1_font_encrypt(b->at + from, private.len, 55665);
}

static void type1_is_read_as_data(void)
{
    struct buf in;
    struct font_info info;
    uint8_t *private;
    struct bytes text;

    buf_init(&in, 4096);
    put_type1(&in);
    CHECK(check(FONT_TYPE1, buf_bytes(&in), &info, NULL) == OK);
    CHECK(info.kind == FONT_TYPE1 && info.glyphs == 2);
    CHECK(holds(&made, "/FontMatrix [0.001 0 0 0.001 0 0] def") && !holds(&made, "alert") && !holds(&made, "run"));
    CHECK(holds(&made, "dup 65 /A put") && holds(&made, "/FontBBox {-1 -2 3 4} def"));
    private = made.at + info.lengths[0];
    type1_font_decrypt(private, info.lengths[1], 55665);
    text = (struct bytes){private, info.lengths[1]};
    CHECK(bytes_find(text, BYTES("/BlueValues [-10 0] def"), 0) != SIZE_MAX);
    CHECK(bytes_find(text, BYTES("/A 8 RD "), 0) != SIZE_MAX);
    CHECK(bytes_find(text, BYTES("dup 0 7 RD "), 0) != SIZE_MAX);
    CHECK(bytes_find(text, BYTES("evil"), 0) == SIZE_MAX);
    buf_done(&in);
}

static void multiple_masters_are_not_kept(void)
{
    struct buf in;
    struct font_info info;
    struct bytes private = BYTES(PRIVATE);

    buf_init(&in, 4096);
    buf_put_text(&in, "%!PS-AdobeFont-1.0: T\n/WeightVector [0.5 0.5] def currentfile eexec\n");
    buf_put(&in, private);
    type1_font_encrypt(in.at + in.len - private.len, private.len, 55665);
    CHECK(check(FONT_TYPE1, buf_bytes(&in), &info, NULL) == ERR_UNSUPPORTED);
    buf_done(&in);
}

static void type1_may_be_hexadecimal_or_in_segments(void)
{
    struct buf plain, hex, pfb;
    struct font_info info;
    size_t clear = strlen(CLEAR);

    buf_init(&plain, 4096);
    buf_init(&hex, 8192);
    buf_init(&pfb, 4096);
    put_type1(&plain);
    buf_put_text(&hex, CLEAR);
    for (size_t i = clear; i < plain.len; i++)
        buf_putf(&hex, "%02x%s", plain.at[i], i % 32 == 0 ? "\n" : "");
    buf_put(&pfb, BYTES("\x80\1"));
    buf_put_u32le(&pfb, (uint32_t)clear);
    buf_put_text(&pfb, CLEAR);
    buf_put(&pfb, BYTES("\x80\2"));
    buf_put_u32le(&pfb, (uint32_t)(plain.len - clear));
    buf_put(&pfb, bytes_from(buf_bytes(&plain), clear));
    buf_put(&pfb, BYTES("\x80\3"));
    CHECK(check(FONT_TYPE1, buf_bytes(&hex), &info, NULL) == OK && info.glyphs == 2);
    CHECK(check(FONT_TYPE1, buf_bytes(&pfb), &info, NULL) == OK && info.glyphs == 2);
    buf_done(&plain);
    buf_done(&hex);
    buf_done(&pfb);
}

/* Name T; a top DICT with embedded PostScript (12 21, string "evil") and a UniqueID (13); two glyphs;
 * a Private DICT with one local subroutine. */
static const char cff[] = "\001\000\004\001\000\001\001\001\002\124\000\001\001\001\022\213\014\025\213\213\213\213"
                          "\005\266\017\271\021\217\303\022\222\015\000\001\001\001\005\145\166\151\154\000\000\000"
                          "\000\042\000\002\001\001\002\005\016\213\012\016\217\023\213\024\000\001\001\001\002\013";

static void cff_is_laid_out_anew(void)
{
    struct bytes in = {(const uint8_t *)cff, sizeof(cff) - 1};
    struct font_info info;

    CHECK(check(FONT_TYPE1, in, &info, NULL) == OK);
    CHECK(info.kind == FONT_CFF && info.glyphs == 2 && !info.cid);
    CHECK(bytes_find(buf_bytes(&made), BYTES("\x8B\x0C\x15"), 0) == SIZE_MAX);
    CHECK(bytes_find(buf_bytes(&made), BYTES("\x92\x0D"), 0) == SIZE_MAX);
    CHECK(bytes_find(buf_bytes(&made), BYTES("\x8B\x0A\x0E"), 0) != SIZE_MAX);
}

static void cff_offsets_stay_inside(void)
{
    struct font_info info;

    for (size_t cut = 5; cut < sizeof(cff) - 1; cut++) {
        enum err err = check(FONT_CFF, (struct bytes){(const uint8_t *)cff, cut}, &info, NULL);
        CHECK(err == OK || err == ERR_MALFORMED);
    }
}

static void garbage_is_unsupported(void)
{
    struct font_info info;

    CHECK(check(FONT_TRUETYPE, BYTES("ttcf\0\1\0\0"), &info, NULL) == ERR_UNSUPPORTED);
    CHECK(check(FONT_TYPE1, BYTES(""), &info, NULL) == ERR_UNSUPPORTED);
    CHECK(check(FONT_TYPE1, BYTES("%!PS\n(no font) show"), &info, NULL) == ERR_MALFORMED);
    CHECK(check(FONT_CFF, BYTES("\1\0\4\1\xFF\xFF\xFF"), &info, NULL) == ERR_MALFORMED);
    buf_done(&made);
}

TEST_MAIN(TEST(truetype_is_written_afresh), TEST(circles_of_components_become_empty),
          TEST(character_map_keeps_what_it_says), TEST(missing_tables_are_malformed), TEST(type1_is_read_as_data), TEST(multiple_masters_are_not_kept),
          TEST(type1_may_be_hexadecimal_or_in_segments), TEST(cff_is_laid_out_anew), TEST(cff_offsets_stay_inside), TEST(garbage_is_unsupported))
