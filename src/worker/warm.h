/* Everything a library loads or computes at its first use is loaded here, before confinement:
 * a worker has no file system, and what is warm is paid for once and not a document. */
#pragma once

void warm_libraries(void);
