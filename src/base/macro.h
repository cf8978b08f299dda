/* The compiler extensions Sekisho uses, each named once. */
#pragma once

#define must_use __attribute__((warn_unused_result))
#define format_like(fmt, args) __attribute__((format(printf, fmt, args)))
#define _cleanup_(fn) __attribute__((cleanup(fn)))

#define countof(array) (sizeof(array) / sizeof((array)[0]))

/* Move a value out of a variable and leave `empty` behind: ownership goes on. */
#define TAKE(var, empty)             \
    __extension__({                  \
        __typeof__(var) take_ = (var); \
        (var) = (empty);             \
        take_;                       \
    })
