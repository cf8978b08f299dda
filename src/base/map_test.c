#include "base/map.h"

#include <stdio.h>

#include "base/buf.h"
#include "base/test.h"

static void keeps_order_and_finds(void)
{
    struct arena a;
    struct map m;
    char key[16];

    arena_init(&a, 1 << 24);
    map_init(&m, &a);
    for (int i = 0; i < 1000; i++) {
        (void)snprintf(key, sizeof(key), "k%d", i);
        *map_at(&m, bytes_of(key)) = arena_printf(&a, "v%d", i);
    }
    CHECK(m.count == 1000);
    CHECK(bytes_equal(m.entries[999].key, BYTES("k999")));
    CHECK(strcmp(map_get(&m, BYTES("k500")), "v500") == 0);
    CHECK(map_get(&m, BYTES("nobody")) == NULL);
    arena_done(&a);
}

static void buffer_stops_at_its_maximum(void)
{
    struct buf b;

    buf_init(&b, 4);
    buf_put(&b, BYTES("abcd"));
    CHECK(buf_check(&b, NULL) == OK);
    buf_put_u8(&b, 'e');
    CHECK(buf_check(&b, NULL) == ERR_LIMIT);
    CHECK(bytes_equal(buf_bytes(&b), BYTES("abcd")));
    buf_done(&b);
}

TEST_MAIN(TEST(keeps_order_and_finds), TEST(buffer_stops_at_its_maximum))
