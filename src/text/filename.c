#include "text/filename.h"

#include <stdlib.h>
#include <utf8proc.h>

#include "base/buf.h"
#include "base/limit.h"
#include "text/filename_char.h"

enum { EXTENSION_MAX = 12, ROUNDS_MAX = 8 };

/* Endings that Windows, macOS or a desktop runs or that point elsewhere. */
static const char programs[] =
    " exe scr com pif bat cmd vbs vbe js jse ws wsf wsh wsc sct hta lnk url webloc msi msp mst msc ps1 ps2 psm1 psd1 "
    "ps1xml jar cpl dll ocx sys drv reg inf scf gadget application app appx msix appref-ms command sh bash csh desktop "
    "chm hlp library-ms search-ms searchconnector-ms settingcontent-ms theme themepack job rdp iso img vhd vhdx dmg "
    "pkg deb rpm apk xll wll ppam xlam py pyw pl rb php phtml asp aspx jsp cgi ade adp mde ";

static const char *const devices[] = {"con", "prn", "aux", "nul", "conin$", "conout$", "clock$"};

/* Ports have a digit, also a superscript one (Latin-1). */
static const char *const digits[] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "\xc2\xb9", "\xc2\xb2", "\xc2\xb3"};

static size_t last_dot(struct bytes name)
{
    return bytes_find_last(name, BYTES("."));
}

bool filename_runs(struct bytes extension)
{
    struct bytes list = bytes_of(programs);

    if (extension.len == 0 || bytes_find_byte(extension, ' ', 0) != SIZE_MAX)
        return false;
    for (size_t at = 0; (at = bytes_find_fold(list, extension, at)) != SIZE_MAX; at++)
        if (list.at[at - 1] == ' ' && list.at[at + extension.len] == ' ')
            return true;
    return false;
}

struct bytes filename_extension(struct bytes name)
{
    size_t dot = last_dot(name);
    struct bytes extension;

    if (dot == SIZE_MAX || dot == 0)
        return (struct bytes){0};
    extension = bytes_from(name, dot + 1);
    if (extension.len > EXTENSION_MAX || bytes_find_byte(extension, ' ', 0) != SIZE_MAX)
        return (struct bytes){0};
    return extension;
}

/* Canonical composition of a run without compatibility ideographs. */
static void put_composed(struct buf *out, struct bytes run)
{
    utf8proc_uint8_t *composed = NULL;
    utf8proc_ssize_t len;

    if (run.len == 0)
        return;
    len = utf8proc_map(run.at, (utf8proc_ssize_t)run.len, &composed, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (len == UTF8PROC_ERROR_NOMEM)
        limit_exit();
    buf_put(out, len < 0 ? run : (struct bytes){composed, (size_t)len});
    free(composed);
}

static void compose(struct buf *out, struct bytes text)
{
    size_t from = 0;

    for (size_t at = 0; at < text.len;) {
        size_t next = at;
        int32_t c = filename_char_next(text, &next);

        if (filename_char_is_compatible(c)) {
            put_composed(out, bytes_part(text, from, at - from));
            buf_put(out, bytes_part(text, at, next - at));
            from = next;
        }
        at = next;
    }
    put_composed(out, bytes_from(text, from));
}

static void replace_chars(struct buf *out, struct bytes text)
{
    int32_t before = 0;

    for (size_t at = 0; at < text.len;) {
        size_t from = at;
        int32_t c = filename_char_next(text, &at);

        switch (filename_char_fate(c, before)) {
        case FILENAME_CHAR_DROP:
            continue;
        case FILENAME_CHAR_SPACE:
            buf_put_u8(out, ' ');
            break;
        case FILENAME_CHAR_UNDERSCORE:
            buf_put_u8(out, '_');
            break;
        case FILENAME_CHAR_WIDE:
            buf_put_text(out, c == 0xa5 ? "\xef\xbf\xa5" : "\xef\xbf\xa6");
            break;
        default:
            buf_put(out, bytes_part(text, from, at - from));
            break;
        }
        before = c;
    }
}

/* A space or dot at the end of the text: its length in bytes, else 0.  U+3000 counts as a space. */
static size_t loose_tail(struct bytes text, bool dots)
{
    if (bytes_ends(text, BYTES(" ")) || (dots && bytes_ends(text, BYTES("."))))
        return 1;
    return bytes_ends(text, BYTES("\xe3\x80\x80")) ? 3 : 0;
}

static struct bytes trim(struct bytes text)
{
    size_t tail;

    while ((tail = loose_tail(text, true)) > 0)
        text.len -= tail;
    while (text.len > 0) {
        if (text.at[0] == ' ' || text.at[0] == '.')
            text = bytes_from(text, 1);
        else if (bytes_starts(text, BYTES("\xe3\x80\x80")))
            text = bytes_from(text, 3);
        else
            break;
    }
    return text;
}

/* The name without the spaces that push its ending out of sight. */
static void put_close_ending(struct buf *out, struct bytes name)
{
    size_t dot = last_dot(name), tail;
    struct bytes stem = bytes_part(name, 0, dot == SIZE_MAX ? name.len : dot);

    while (dot != SIZE_MAX && (tail = loose_tail(stem, true)) > 0)
        stem.len -= tail;
    buf_put(out, stem);
    if (dot != SIZE_MAX)
        buf_put(out, bytes_from(name, dot));
}

/* Inner endings that look like programs lose their dot. */
static void put_one_ending(struct buf *out, struct bytes name)
{
    size_t from = 0, last = last_dot(name);

    for (;;) {
        size_t dot = bytes_find_byte(name, '.', from), next;
        struct bytes inner;

        if (dot == SIZE_MAX || dot == last)
            break;
        next = bytes_find_byte(name, '.', dot + 1);
        inner = bytes_trim(bytes_part(name, dot + 1, next - dot - 1));
        buf_put(out, bytes_part(name, from, dot - from));
        buf_put_u8(out, filename_runs(inner) ? '_' : '.');
        from = dot + 1;
    }
    buf_put(out, bytes_from(name, from));
}

static bool is_device(struct bytes name)
{
    size_t dot = bytes_find_byte(name, '.', 0);
    struct bytes stem = bytes_trim(bytes_part(name, 0, dot));

    for (size_t i = 0; i < countof(devices); i++)
        if (bytes_equal_fold(stem, bytes_of(devices[i])))
            return true;
    if (!bytes_starts_fold(stem, BYTES("com")) && !bytes_starts_fold(stem, BYTES("lpt")))
        return false;
    for (size_t i = 0; i < countof(digits); i++)
        if (bytes_equal(bytes_from(stem, 3), bytes_of(digits[i])))
            return true;
    return false;
}

/* At most `max` bytes of a text, not between a character and what is put on it. */
static struct bytes cut(struct bytes text, size_t max)
{
    size_t at = max;

    if (text.len <= max)
        return text;
    while (at > 0 && filename_char_joins(text, at))
        at--;
    return bytes_part(text, 0, at);
}

static void put_short(struct buf *out, struct bytes name)
{
    struct bytes extension = filename_extension(name);
    size_t tail = extension.len == 0 ? 0 : extension.len + 1;

    if (name.len <= FILENAME_MAX_LEN) {
        buf_put(out, name);
        return;
    }
    buf_put(out, cut(bytes_part(name, 0, name.len - tail), FILENAME_MAX_LEN - tail));
    buf_put(out, bytes_from(name, name.len - tail));
}

/* One round: every rule once, in an order in which a later one seldom undoes an earlier one. */
static void round_once(struct buf *name, struct buf *spare)
{
    struct bytes text;

    buf_reset(spare);
    replace_chars(spare, buf_bytes(name));
    buf_reset(name);
    compose(name, buf_bytes(spare));
    text = trim(buf_bytes(name));
    buf_reset(spare);
    put_close_ending(spare, text);
    buf_reset(name);
    put_one_ending(name, buf_bytes(spare));
    buf_reset(spare);
    if (name->len == 0 || is_device(buf_bytes(name)))
        buf_put_u8(spare, '_');
    put_short(spare, buf_bytes(name));
    buf_reset(name);
    buf_put(name, buf_bytes(spare));
}

struct bytes filename_clean(struct arena *a, struct bytes name, bool *ret_changed)
{
    struct buf now, spare, before;
    struct bytes result;

    buf_init(&now, SIZE_MAX >> 1);
    buf_init(&spare, SIZE_MAX >> 1);
    buf_init(&before, SIZE_MAX >> 1);
    filename_char_decode(name, &now);
    for (unsigned i = 0; i < ROUNDS_MAX; i++) {
        buf_reset(&before);
        buf_put(&before, buf_bytes(&now));
        round_once(&now, &spare);
        if (bytes_equal(buf_bytes(&before), buf_bytes(&now)))
            break;
    }
    result = arena_copy(a, buf_bytes(&now));
    buf_done(&now);
    buf_done(&spare);
    buf_done(&before);
    if (ret_changed != NULL)
        *ret_changed = !bytes_equal(result, name);
    return result;
}

struct bytes filename_with_extension(struct arena *a, struct bytes name, struct bytes extension)
{
    struct bytes old = filename_extension(name);
    struct bytes stem = bytes_part(name, 0, old.len == 0 ? name.len : name.len - old.len - 1);
    char *joined = arena_printf(a, "%.*s.%.*s", (int)stem.len, stem.at == NULL ? "" : (const char *)stem.at,
                                (int)extension.len, extension.at == NULL ? "" : (const char *)extension.at);

    return filename_clean(a, bytes_of(joined), NULL);
}

struct bytes filename_decode(struct arena *a, struct bytes name)
{
    struct buf text, composed;
    struct bytes result;

    buf_init(&text, SIZE_MAX >> 1);
    buf_init(&composed, SIZE_MAX >> 1);
    filename_char_decode(name, &text);
    compose(&composed, buf_bytes(&text));
    result = arena_copy(a, buf_bytes(&composed));
    buf_done(&text);
    buf_done(&composed);
    return result;
}

struct bytes filename_fold(struct arena *a, struct bytes name)
{
    utf8proc_uint8_t *folded = NULL;
    utf8proc_ssize_t len;
    struct bytes result;

    if (name.len == 0)
        return (struct bytes){0};
    len = utf8proc_map(name.at, (utf8proc_ssize_t)name.len, &folded,
                       UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
    if (len == UTF8PROC_ERROR_NOMEM)
        limit_exit();
    result = arena_copy(a, len < 0 ? name : (struct bytes){folded, (size_t)len});
    free(folded);
    return result;
}

struct bytes filename_numbered(struct arena *a, struct bytes name, unsigned number)
{
    struct bytes extension = filename_extension(name);
    size_t tail = extension.len == 0 ? 0 : extension.len + 1;
    char *mark = arena_printf(a, " (%u)", number);
    struct bytes stem = cut(bytes_part(name, 0, name.len - tail), FILENAME_MAX_LEN - tail - strlen(mark));
    char *joined = arena_printf(a, "%.*s%s%.*s", (int)stem.len, (const char *)stem.at, mark, (int)tail,
                                (const char *)name.at + name.len - tail);

    return filename_clean(a, bytes_of(joined), NULL);
}
