#include "base/limit.h"

#include <unistd.h>

void limit_exit(void)
{
    _exit(EXIT_LIMIT);
}
