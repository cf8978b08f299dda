#include "base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum err fault_set(struct fault *why, enum err code, const char *row, const char *rule, size_t at,
                   const char *fmt, ...)
{
    va_list args;

    if (why == NULL)
        return code;
    *why = (struct fault){.code = code, .at = at, .row = row, .rule = rule};
    va_start(args, fmt);
    (void)vsnprintf(why->text, sizeof(why->text), fmt, args);
    va_end(args);
    return code;
}

enum err fault_sys(struct fault *why, const char *what)
{
    int saved = errno;

    if (why == NULL)
        return ERR_SYSTEM;
    (void)fault_set(why, ERR_SYSTEM, NULL, "system call", 0, "%s: %s", what, strerror(saved));
    why->sys = saved;
    return ERR_SYSTEM;
}

const char *err_name(enum err code)
{
    static const char *const names[] = {
        [OK] = "ok",         [ERR_MALFORMED] = "malformed", [ERR_UNSUPPORTED] = "unsupported",
        [ERR_LIMIT] = "limit", [ERR_DENIED] = "denied",       [ERR_STATE] = "state",
        [ERR_MISSING] = "missing", [ERR_SYSTEM] = "system",
    };

    return (size_t)code < countof(names) ? names[code] : "unknown";
}
