#include "format/fax.h"

#include "base/test.h"

static struct buf made;

static enum err decode(struct bytes in, struct fax_params p)
{
    buf_done(&made);
    buf_init(&made, 1 << 16);
    return fax_decode(in, &p, &made, NULL);
}

static struct fax_params params(int32_t k, uint32_t rows)
{
    struct fax_params p;

    fax_params_default(&p);
    p.k = k;
    p.columns = 8;
    p.rows = rows;
    return p;
}

static bool is(const char *rows)
{
    return bytes_equal(buf_bytes(&made), bytes_of(rows));
}

/* Rows of eight: white; 3 white, 2 black, 3 white.  The codes are written out above each. */

static void group_4_is_read_against_the_row_above(void)
{
    struct fax_params p = params(-1, 4);

    /* V0 | H 3 2 V0 | V0 V0 V0 | P V0 | EOFB */
    CHECK(decode(BYTES("\x98\xFC\x60\x02\x00\x20"), p) == OK && is("\xFF\xE7\xE7\xFF"));
    p.black_is_1 = true;
    CHECK(decode(BYTES("\x98\xFC\x60\x02\x00\x20"), p) == OK && made.len == 4 && made.at[0] == 0 && made.at[1] == 0x18);
    p.rows = 0;
    CHECK(decode(BYTES("\x98\xFC\x60\x02\x00\x20"), p) == OK && made.len == 4);
    p.rows = 6; /* missing rows are white */
    p.black_is_1 = false;
    CHECK(decode(BYTES("\x98\xFC\x60\x02\x00\x20"), p) == OK && is("\xFF\xE7\xE7\xFF\xFF\xFF"));
}

static void group_3_has_ends_of_lines(void)
{
    struct fax_params p = params(0, 0);

    /* EOL 8 | EOL 3 2 3 | RTC */
    CHECK(decode(BYTES("\x00\x19\x80\x0C\x70\x00\x20\x02\x00\x20\x02\x00\x20\x02"), p) == OK && is("\xFF\xE7"));
    p.k = 4; /* EOL 1 3 2 3 | EOL 0 V0 V0 V0 | RTC */
    CHECK(decode(BYTES("\x00\x1C\x70\x00\x2E\x00\x30\x01\x80\x0C\x00\x60\x03\x00\x18"), p) == OK && is("\xE7\xE7"));
    p.k = 0; /* no EOL, rows begin at bytes */
    p.byte_align = true;
    CHECK(decode(BYTES("\x98\x8E\x00"), p) == OK && is("\xFF\xE7"));
}

static void damaged_rows_come_from_above(void)
{
    /* EOL 3 2 3 | EOL 2, no code | EOL 8 | RTC */
    CHECK(decode(BYTES("\x00\x18\xE0\x00\x5C\x03\xC0\x06\x60\x02\x00\x20\x02\x00\x20\x02\x00\x20"), params(0, 0)) == OK && is("\xE7\xE7\xFF"));
    CHECK(decode(BYTES("\x00\x00"), params(-1, 4)) == ERR_MALFORMED);
    CHECK(decode(BYTES(""), params(0, 4)) == ERR_MALFORMED);
}

static void mmr_tells_how_much_it_read(void)
{
    uint8_t rows[2] = {0};
    size_t used = 0;

    CHECK(fax_mmr(BYTES("\x31\xF8\xAA"), 8, 2, rows, 1, &used, NULL) == OK);
    CHECK(rows[0] == 0x18 && rows[1] == 0x18 && used == 2);
    CHECK(fax_mmr(BYTES("\x00\x00"), 8, 2, rows, 1, &used, NULL) == ERR_MALFORMED);
    buf_done(&made);
}

TEST_MAIN(TEST(group_4_is_read_against_the_row_above), TEST(group_3_has_ends_of_lines),
          TEST(damaged_rows_come_from_above), TEST(mmr_tells_how_much_it_read))
