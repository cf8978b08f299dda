#include "sanitize/promise.h"

#include "base/test.h"
#include "format/zip.h"
#include "format/zip_write.h"

/* An archive made for a test, cleaned, and what came out. */
struct bench {
    struct arena arena;
    struct buf in, out, scratch;
    struct sink sink;
    struct zip_write w;
    struct findings found;
    struct zip zip;
    struct fault why;
    enum type type;
    bool opened;
};

static void begin(struct bench *b)
{
    *b = (struct bench){0};
    arena_init(&b->arena, 64 << 20);
    buf_init(&b->in, 64 << 20);
    buf_init(&b->scratch, 64 << 20);
    b->sink = sink_to_buf(&b->in);
    zip_write_init(&b->w, &b->sink, 0);
}

static void put(struct bench *b, const char *name, struct bytes content)
{
    CHECK(zip_write_whole(&b->w, bytes_of(name), content, &b->why) == OK);
}

static enum err pass(struct bench *b)
{
    enum err code;

    CHECK(zip_write_finish(&b->w, &b->why) == OK);
    code = promise_run(&b->arena, TYPE_zip, clean_zip, buf_bytes(&b->in), "a.zip", &b->out, &b->found, &b->type,
                       &b->why);
    CHECK(promise_check(TYPE_zip, clean_zip, buf_bytes(&b->in), "a.zip") == (code == OK));
    if (code == OK) {
        CHECK(zip_open(&b->arena, buf_bytes(&b->out), 1000, &b->zip, &b->why) == OK);
        b->opened = true;
    }
    return code;
}

static void end(struct bench *b)
{
    if (b->opened)
        zip_close(&b->zip);
    zip_write_done(&b->w);
    buf_done(&b->in);
    buf_done(&b->out);
    buf_done(&b->scratch);
    arena_done(&b->arena);
}

static bool holds(const struct bench *b, const char *name)
{
    return zip_find(&b->zip, bytes_of(name)) != NULL;
}

static void a_program_becomes_a_note(void)
{
    struct bench b;
    struct bytes note = {0};

    begin(&b);
    put(&b, "tools/virus.exe", BYTES("MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff\0\0"));
    CHECK(pass(&b) == OK);
    CHECK(b.zip.count == 1 && holds(&b, "tools/virus_exe.txt"));
    CHECK(zip_entry_read(&b.zip, &b.zip.entries[0], &b.scratch, &note, NULL) == OK);
    CHECK(bytes_find(note, BYTES("G03"), 0) != SIZE_MAX);
    CHECK(promise_count(&b.found, ROW_A07, ACT_WITHHELD) == 1);
    CHECK(promise_count(&b.found, ROW_G03, ACT_WITHHELD) == 1);
    end(&b);
}

static void names_are_made_safe(void)
{
    struct bench b;

    begin(&b);
    put(&b, "../../up.exe", BYTES("MZ\x90"));
    put(&b, "UP.EXE", BYTES("MZ\x90"));
    put(&b, "empty/", BYTES(""));
    put(&b, "full/", BYTES(""));
    put(&b, "full/a\xe2\x80\xae" "b.exe", BYTES("MZ\x90"));
    CHECK(pass(&b) == OK);
    CHECK(holds(&b, "up_exe.txt") && holds(&b, "UP_EXE (2).txt"));
    CHECK(holds(&b, "empty/") && !holds(&b, "full/") && holds(&b, "full/ab_exe.txt"));
    CHECK(promise_count(&b.found, ROW_A02, ACT_NEUTRALIZED) == 2);
    CHECK(promise_count(&b.found, ROW_G05, ACT_NEUTRALIZED) == 1);
    CHECK(promise_count(&b.found, ROW_A08, ACT_REMOVED) == 0);
    end(&b);
}

static void a_bomb_is_refused_at_once(void)
{
    struct bench b;
    struct buf zeros;

    begin(&b);
    buf_init(&zeros, 4 << 20);
    memset(buf_room(&zeros, 4 << 20), 0, 4 << 20);
    buf_grew(&zeros, 4 << 20);
    put(&b, "zeros.txt", buf_bytes(&zeros));
    CHECK(pass(&b) == ERR_LIMIT && strcmp(b.why.row, "A01") == 0);
    buf_done(&zeros);
    end(&b);
}

static void nesting_has_an_end(void)
{
    struct buf inner;

    buf_init(&inner, 1 << 20);
    for (int depth = 0; depth < 8; depth++) {
        struct bench b;

        begin(&b);
        put(&b, "inner.zip", buf_bytes(&inner));
        if (depth == 0) {
            zip_write_done(&b.w);
            buf_reset(&b.in);
            b.sink = sink_to_buf(&b.in);
            zip_write_init(&b.w, &b.sink, 0);
        }
        CHECK(pass(&b) == (depth < 6 ? OK : ERR_LIMIT));
        buf_reset(&inner);
        buf_put(&inner, buf_bytes(&b.in));
        end(&b);
    }
    buf_done(&inner);
}

static void what_surrounds_an_archive_goes(void)
{
    struct bench b;

    begin(&b);
    buf_put_text(&b.in, "Rar!\x1a\x07");
    b.sink = sink_to_buf(&b.in);
    zip_write_done(&b.w);
    zip_write_init(&b.w, &b.sink, 0);
    put(&b, "a.exe", BYTES("MZ\x90"));
    CHECK(pass(&b) == OK);
    CHECK(promise_count(&b.found, ROW_G04, ACT_REMOVED) == 1);
    CHECK(bytes_find(buf_bytes(&b.out), BYTES("Rar!"), 0) == SIZE_MAX);
    end(&b);
}

TEST_MAIN(TEST(a_program_becomes_a_note), TEST(names_are_made_safe), TEST(a_bomb_is_refused_at_once),
          TEST(nesting_has_an_end), TEST(what_surrounds_an_archive_goes))
