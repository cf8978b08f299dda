#include "base/test.h"

static bool failed_now;

void test_check(bool ok, const char *what, const char *file, int line)
{
    if (ok)
        return;
    failed_now = true;
    (void)printf("  %s:%d: not so: %s\n", file, line, what);
}

int test_main(const struct test *tests, size_t count)
{
    size_t failed = 0;

    for (size_t i = 0; i < count; i++) {
        failed_now = false;
        tests[i].run();
        (void)printf("%s %s\n", failed_now ? "FAIL" : "ok  ", tests[i].name);
        failed += failed_now;
    }
    (void)printf("%zu passed, %zu failed\n", count - failed, failed);
    return failed > 0;
}
