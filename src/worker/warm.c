#include "worker/warm.h"

#include <stdlib.h>
#include <time.h>

/* Above a page the C library's sort asks once how much memory the machine has. */
static int no_order(const void *a, const void *b)
{
    (void)a, (void)b;
    return 0;
}

static void warm_sort(void)
{
    enum { PAGE = 4096 };
    void *page = calloc(2, PAGE);

    if (page != NULL)
        qsort(page, 2, PAGE, no_order);
    free(page);
}

/* Libraries that stamp a time would read the time zone's file; what we write has no zone. */
static void warm_clock(void)
{
    time_t now = 0;
    struct tm parts;

    if (setenv("TZ", "UTC0", 1) != 0)
        abort();
    tzset();
    (void)gmtime_r(&now, &parts);
}

void warm_libraries(void)
{
    warm_sort();
    warm_clock();
}
