/* The one way out when a budget of memory is spent: the process is disposable and leaves. */
#pragma once

/* Exit status of a worker whose memory budget is spent; the parent turns it into "held, G06". */
#define EXIT_LIMIT 75

_Noreturn void limit_exit(void);
