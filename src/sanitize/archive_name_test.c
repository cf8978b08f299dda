#include "sanitize/archive_name.h"

#include "base/test.h"

struct example {
    const char *raw, *path;
    bool unsafe, misleading, folder;
};

static void paths_stay_in_their_folder(void)
{
    static const struct example table[] = {
        {"a/b.txt", "a/b.txt", false, false, false},
        {"a/b/", "a/b", false, false, true},
        {"../../etc/passwd", "etc/passwd", true, false, false},
        {"/etc/passwd", "etc/passwd", true, false, false},
        {"C:\\Windows\\a.txt", "Windows/a.txt", true, false, false},
        {"C:a.txt", "a.txt", true, false, false},
        {"\\\\server\\share\\a.txt", "server/share/a.txt", true, false, false},
        {"a//./b.txt", "a/b.txt", true, false, false},
        {"a\\b\\", "a/b", true, false, true},
        {"..", "_", true, false, false},
        {"../", "", true, false, true},
        {"CON/a .exe.txt", "_CON/a _exe.txt", false, true, false},
        {"か\xe3\x82\x99.txt", "が.txt", false, false, false},
        {"a/\x95\x5c.txt", "a/表.txt", false, false, false},
    };
    struct arena a;

    arena_init(&a, 1 << 20);
    for (size_t i = 0; i < countof(table); i++) {
        struct archive_path p = archive_name_path(&a, bytes_of(table[i].raw));
        bool ok = bytes_equal(p.path, bytes_of(table[i].path)) && p.unsafe == table[i].unsafe &&
                  p.misleading == table[i].misleading && p.folder == table[i].folder;

        if (!ok)
            (void)printf("  %s: \"%.*s\" %d %d %d\n", table[i].raw, (int)p.path.len, (const char *)p.path.at, p.unsafe,
                         p.misleading, p.folder);
        CHECK(ok);
    }
    arena_done(&a);
}

static bool takes(struct archive_names *n, const char *wish, bool folder, const char *got)
{
    bool clash;
    struct bytes name = archive_name_take(n, bytes_of(wish), folder, &clash);

    return bytes_equal(name, bytes_of(got)) && clash == (strcmp(wish, got) != 0);
}

static void no_name_is_given_twice(void)
{
    struct archive_names n;
    struct arena a;

    arena_init(&a, 1 << 20);
    archive_names_init(&n, &a);
    CHECK(takes(&n, "a.txt", false, "a.txt"));
    CHECK(takes(&n, "A.TXT", false, "A (2).TXT"));
    CHECK(takes(&n, "a.txt", false, "a (3).txt"));
    CHECK(takes(&n, "a (2).txt", false, "a (2) (2).txt"));
    CHECK(takes(&n, "Dir/x", false, "Dir/x"));
    CHECK(takes(&n, "dir/y", false, "Dir/y"));
    CHECK(takes(&n, "dir", false, "dir (2)"));
    CHECK(takes(&n, "a.txt/z", false, "a (4).txt/z"));
    CHECK(takes(&n, "empty", true, "empty"));
    CHECK(archive_name_is_empty(&n, BYTES("empty")));
    CHECK(!archive_name_is_empty(&n, BYTES("Dir")));
    arena_done(&a);
}

TEST_MAIN(TEST(paths_stay_in_their_folder), TEST(no_name_is_given_twice))
