/* A unit test is one program: a table of named functions, each a list of checks.
 *
 * The last line printed is `N passed, N failed`; the exit status is 1 when one failed. */
#pragma once

#include <stdbool.h>
#include <stdio.h>

struct test {
    const char *name;
    void (*run)(void);
};

void test_check(bool ok, const char *what, const char *file, int line);
int test_main(const struct test *tests, size_t count);

#define CHECK(condition) test_check((condition), #condition, __FILE__, __LINE__)
#define TEST(fn) {#fn, fn}
#define TEST_MAIN(...)                                                     \
    int main(void)                                                         \
    {                                                                      \
        static const struct test tests[] = {__VA_ARGS__};                  \
        return test_main(tests, sizeof(tests) / sizeof(tests[0]));         \
    }
