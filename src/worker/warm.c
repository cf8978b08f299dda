#include "worker/warm.h"

void warm_libraries(void)
{
}
