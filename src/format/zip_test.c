#include "format/zip.h"

#include "base/test.h"
#include "format/zip_write.h"

/* An archive under construction, and the reading of it. */
struct bench {
    struct arena arena;
    struct buf file;
    struct sink sink;
    struct zip_write w;
    struct zip zip;
    struct fault why;
    struct buf scratch;
};

static void begin(struct bench *b)
{
    *b = (struct bench){0};
    arena_init(&b->arena, 64 << 20);
    buf_init(&b->file, 256 << 20);
    buf_init(&b->scratch, 256 << 20);
    b->sink = sink_to_buf(&b->file);
    zip_write_init(&b->w, &b->sink, 250);
}

static void put(struct bench *b, const char *name, const char *content)
{
    CHECK(zip_write_whole(&b->w, bytes_of(name), bytes_of(content), &b->why) == OK);
}

static void finish(struct bench *b)
{
    CHECK(zip_write_finish(&b->w, &b->why) == OK);
}

static enum err reopen(struct bench *b)
{
    zip_close(&b->zip);
    b->why = (struct fault){0};
    return zip_open(&b->arena, buf_bytes(&b->file), 100, &b->zip, &b->why);
}

static void end(struct bench *b)
{
    zip_close(&b->zip);
    zip_write_done(&b->w);
    buf_done(&b->file);
    buf_done(&b->scratch);
    arena_done(&b->arena);
}

static bool holds(struct bench *b, const char *name, struct bytes content)
{
    const struct zip_entry *e = zip_find(&b->zip, bytes_of(name));
    struct bytes got = {0};

    return e != NULL && zip_entry_read(&b->zip, e, &b->scratch, &got, &b->why) == OK && bytes_equal(got, content);
}

static void what_is_written_is_read(void)
{
    struct bench b;

    begin(&b);
    put(&b, "a.txt", "hello hello hello hello hello hello");
    put(&b, "folder/", "");
    put(&b, "folder/\xe9\x96\xa2.txt", "x");
    finish(&b);
    CHECK(reopen(&b) == OK);
    CHECK(b.zip.count == 3);
    CHECK(holds(&b, "a.txt", BYTES("hello hello hello hello hello hello")));
    CHECK(holds(&b, "folder/\xe9\x96\xa2.txt", BYTES("x")));
    CHECK(b.zip.entries[1].kind == ZIP_FOLDER);
    CHECK(b.zip.entries[0].plain && b.zip.entries[0].utf8 && b.zip.entries[0].method == ZIP_DEFLATED);
    CHECK(!b.zip.has_prefix && !b.zip.has_suffix && !b.zip.has_gaps && !b.zip.has_comment);
    end(&b);
}

static void an_empty_archive_is_one(void)
{
    struct bench b;

    begin(&b);
    finish(&b);
    CHECK(reopen(&b) == OK);
    CHECK(b.zip.count == 0);
    end(&b);
}

static enum err append(void *ctx, struct bytes chunk, struct fault *why)
{
    buf_put(ctx, chunk);
    return buf_check(ctx, why);
}

/* Text that packs a little, then a run that packs too well, then noise. */
static void fill(struct buf *content, size_t len)
{
    uint32_t seed = 1;

    for (size_t i = 0; i < len; i++) {
        seed = seed * 1664525 + 1013904223;
        buf_put_u8(content, i < len / 3 ? (uint8_t)("abcd"[seed >> 30]) : i < len / 3 * 2 ? 0 : (uint8_t)(seed >> 24));
    }
}

static void a_long_entry_is_streamed_and_cuts_do_not_show(void)
{
    static const size_t cuts[] = {1u << 30, 1000003, 65536};
    struct buf content, first, got;

    buf_init(&content, 64 << 20);
    buf_init(&first, 64 << 20);
    buf_init(&got, 64 << 20);
    fill(&content, (20 << 20) + 7);
    for (size_t i = 0; i < countof(cuts); i++) {
        struct bench b;

        begin(&b);
        CHECK(zip_write_begin(&b.w, BYTES("big"), &b.why) == OK);
        for (size_t at = 0; at < content.len; at += cuts[i])
            CHECK(zip_write_more(&b.w, bytes_part(buf_bytes(&content), at, cuts[i]), &b.why) == OK);
        CHECK(zip_write_end(&b.w, &b.why) == OK);
        put(&b, "after", "small");
        finish(&b);
        CHECK(reopen(&b) == OK);
        CHECK(holds(&b, "big", buf_bytes(&content)));
        CHECK(holds(&b, "after", BYTES("small")));
        buf_reset(&got);
        CHECK(zip_entry_stream(&b.zip, &b.zip.entries[0], append, &got, &b.why) == OK);
        CHECK(bytes_equal(buf_bytes(&got), buf_bytes(&content)));
        CHECK(b.zip.entries[0].packed.len > content.len / 250);
        if (i == 0)
            buf_put(&first, buf_bytes(&b.file));
        CHECK(bytes_equal(buf_bytes(&first), buf_bytes(&b.file)));
        end(&b);
    }
    buf_done(&content);
    buf_done(&first);
    buf_done(&got);
}

static void no_entry_looks_like_a_bomb(void)
{
    struct bench b;
    struct buf zeros;

    begin(&b);
    buf_init(&zeros, 32 << 20);
    memset(buf_room(&zeros, 16 << 20), 0, 16 << 20);
    buf_grew(&zeros, 2 << 20);
    CHECK(zip_write_whole(&b.w, BYTES("two"), buf_bytes(&zeros), &b.why) == OK);
    buf_grew(&zeros, 14 << 20);
    CHECK(zip_write_whole(&b.w, BYTES("sixteen"), buf_bytes(&zeros), &b.why) == OK);
    finish(&b);
    CHECK(reopen(&b) == OK);
    for (size_t i = 0; i < b.zip.count; i++)
        CHECK(b.zip.entries[i].size / 250 <= b.zip.entries[i].packed.len);
    CHECK(holds(&b, "sixteen", buf_bytes(&zeros)));
    buf_done(&zeros);
    end(&b);
}

static void many_entries_need_zip64(void)
{
    struct bench b;
    char name[16];

    begin(&b);
    for (int i = 0; i < 65536; i++) {
        (void)snprintf(name, sizeof(name), "%d", i);
        CHECK(zip_write_stored(&b.w, bytes_of(name), BYTES(""), &b.why) == OK);
    }
    finish(&b);
    CHECK(zip_open(&b.arena, buf_bytes(&b.file), 70000, &b.zip, &b.why) == OK);
    CHECK(b.zip.count == 65536);
    CHECK(reopen(&b) == ERR_LIMIT);
    end(&b);
}

/* One byte or run of bytes changed in a small archive: what the reader must say. */
struct damage {
    const char *what;
    size_t at;     /* from the start, or from the end record when below 0 would be needed: see `back` */
    bool back;     /* count from the end */
    uint8_t value; /* new byte */
    enum err code;
};

static void a_changed_byte_is_noticed(void)
{
    /* local header 0..34 of "a.txt", data "xyz" stored; directory 51 bytes; end record 22 */
    static const struct damage table[] = {
        {"local name", 30, false, 'b', ERR_MALFORMED},
        {"local method", 8, false, 8, ERR_MALFORMED},
        {"local size", 22, false, 4, ERR_MALFORMED},
        {"local crc", 14, false, 4, ERR_MALFORMED},
        {"local flags: encrypted", 6, false, 1, ERR_MALFORMED},
        {"local flags: descriptor that is not there", 6, false, 8, OK},
        {"local extra length", 28, false, 9, ERR_MALFORMED},
        {"count", 12, true, 2, ERR_UNSUPPORTED},
        {"directory length", 10, true, 52, ERR_MALFORMED},
        {"directory offset", 6, true, 39, ERR_MALFORMED},
        {"volume", 18, true, 1, ERR_UNSUPPORTED},
        {"comment length", 2, true, 1, ERR_MALFORMED},
    };

    for (size_t i = 0; i < countof(table); i++) {
        struct bench b;
        enum err code;

        begin(&b);
        CHECK(zip_write_stored(&b.w, BYTES("a.txt"), BYTES("xyz"), &b.why) == OK);
        finish(&b);
        b.file.at[table[i].back ? b.file.len - table[i].at : table[i].at] = table[i].value;
        code = reopen(&b);
        if (code != table[i].code)
            (void)printf("  %s: %s\n", table[i].what, b.why.text);
        CHECK(code == table[i].code);
        end(&b);
    }
}

static void damaged_content_is_noticed(void)
{
    struct bench b;
    struct bytes got;

    begin(&b);
    CHECK(zip_write_stored(&b.w, BYTES("a.txt"), BYTES("xyz"), &b.why) == OK);
    finish(&b);
    b.file.at[36] ^= 1;
    CHECK(reopen(&b) == OK);
    CHECK(zip_entry_read(&b.zip, &b.zip.entries[0], &b.scratch, &got, &b.why) == ERR_MALFORMED);
    end(&b);
}

/* What stands before, between or after. */
static void a_second_reading_is_refused(void)
{
    struct bench b;
    struct buf twice;

    begin(&b);
    put(&b, "a.txt", "xyz");
    finish(&b);
    buf_init(&twice, 1 << 20);
    buf_put(&twice, buf_bytes(&b.file));
    buf_put(&b.file, buf_bytes(&twice));
    CHECK(reopen(&b) == ERR_MALFORMED); /* two archives in a row */

    buf_reset(&b.file);
    buf_put_text(&b.file, "MZ junk");
    buf_put(&b.file, buf_bytes(&twice));
    CHECK(reopen(&b) == OK && b.zip.has_prefix && !b.zip.has_suffix);
    CHECK(holds(&b, "a.txt", BYTES("xyz")));

    buf_put_text(&b.file, "tail");
    CHECK(reopen(&b) == OK && b.zip.has_suffix);
    buf_put_text(&b.file, "PK\x05\x06");
    CHECK(reopen(&b) == ERR_MALFORMED); /* the tail looks like a record */
    buf_done(&twice);
    end(&b);
}

static void an_archive_inside_is_no_second_reading(void)
{
    struct bench b, outer;

    begin(&b);
    put(&b, "a.txt", "xyz");
    finish(&b);
    begin(&outer);
    CHECK(zip_write_stored(&outer.w, BYTES("inner.zip"), buf_bytes(&b.file), &outer.why) == OK);
    finish(&outer);
    CHECK(reopen(&outer) == OK);
    CHECK(holds(&outer, "inner.zip", buf_bytes(&b.file)));
    end(&b);
    end(&outer);
}

static void names_are_told_apart(void)
{
    struct bench b;

    begin(&b);
    put(&b, "a.txt", "1");
    put(&b, "A.TXT", "2");
    finish(&b);
    CHECK(reopen(&b) == OK && b.zip.folded_duplicates);
    end(&b);
    begin(&b);
    put(&b, "a.txt", "1");
    put(&b, "a.txt", "2");
    finish(&b);
    CHECK(reopen(&b) == ERR_MALFORMED);
    end(&b);
}

TEST_MAIN(TEST(what_is_written_is_read), TEST(an_empty_archive_is_one),
          TEST(a_long_entry_is_streamed_and_cuts_do_not_show), TEST(no_entry_looks_like_a_bomb),
          TEST(many_entries_need_zip64), TEST(a_changed_byte_is_noticed), TEST(damaged_content_is_noticed),
          TEST(a_second_reading_is_refused), TEST(an_archive_inside_is_no_second_reading), TEST(names_are_told_apart))
