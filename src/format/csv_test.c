#include "format/csv.h"

#include "base/test.h"

static enum err see_cell(void *ctx, const struct csv_cell *cell, struct fault *why)
{
    (void)why;
    buf_putf(ctx, cell->quoted ? "{%.*s}" : "(%.*s)", (int)cell->text.len, (const char *)cell->text.at);
    return OK;
}

static enum err see_row(void *ctx, enum csv_end end, struct fault *why)
{
    (void)why;
    buf_put_text(ctx, end == CSV_OPEN ? "." : end == CSV_LF ? "/" : "|");
    return OK;
}

/* The same cells whether the text comes whole or byte by byte. */
static bool reads(const char *text, const char *cells)
{
    static const struct csv_handler handler = {see_cell, see_row};
    bool ok = true;

    for (size_t step = 1; step < 100; step += 98) {
        struct buf seen;
        struct csv c;

        buf_init(&seen, 4096);
        csv_init(&c, ',', 1000, &handler, &seen);
        for (size_t at = 0; at < strlen(text); at += step)
            ok = csv_push(&c, bytes_part(bytes_of(text), at, step), NULL) == OK && ok;
        ok = csv_end(&c, NULL) == OK && ok;
        ok = bytes_equal(buf_bytes(&seen), bytes_of(cells)) && ok;
        if (!ok)
            (void)printf("  %.*s\n", (int)seen.len, (const char *)seen.at);
        csv_done(&c);
        buf_done(&seen);
    }
    return ok;
}

static void cells_are_cut(void)
{
    CHECK(reads("", ""));
    CHECK(reads("a,b\r\nc,d\r\n", "(a)(b)|(c)(d)|"));
    CHECK(reads("a,b\nc", "(a)(b)/(c)."));
    CHECK(reads("a\rb\r", "(a)/(b)/"));
    CHECK(reads("a,\n\n,b", "(a)()/()/()(b)."));
    CHECK(reads("\"a,b\",\"c\"\"d\"\n", "{a,b}{c\"d}/"));
    CHECK(reads("\"a\r\nb\"\r\n", "{a\r\nb}|"));
    CHECK(reads("\"a\"b,c\n", "{ab}(c)/"));
    CHECK(reads("a\"b,c\n", "(a\"b)(c)/"));
    CHECK(reads("\"open,\n", "{open,\n}."));
    CHECK(reads("a,", "(a)()."));
    CHECK(reads("\"\"", "{}."));
}

static void long_cells_are_refused(void)
{
    static const struct csv_handler handler = {see_cell, see_row};
    struct buf seen;
    struct csv c;
    struct fault why = {0};

    buf_init(&seen, 4096);
    csv_init(&c, ',', 4, &handler, &seen);
    CHECK(csv_push(&c, BYTES("\"abcdef"), &why) == ERR_LIMIT);
    csv_done(&c);
    buf_done(&seen);
}

static void delimiters_are_told(void)
{
    CHECK(csv_delimiter(BYTES("a,b;c\n;;;;")) == ',');
    CHECK(csv_delimiter(BYTES("a;b;c,d\n")) == ';');
    CHECK(csv_delimiter(BYTES("a\tb\n")) == '\t');
    CHECK(csv_delimiter(BYTES("a\n")) == ',');
}

TEST_MAIN(TEST(cells_are_cut), TEST(long_cells_are_refused), TEST(delimiters_are_told))
