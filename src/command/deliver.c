#define _GNU_SOURCE
#include "command/deliver.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "os/fd.h"
#include "text/filename.h"

enum { PATH_BYTES = 1 << 16, NAMES_MEMORY = 1 << 30 };

enum err deliver_nameless(const struct deliver *d, int *ret_fd, struct fault *why)
{
    int fd = openat(d->folder, ".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0666);

    if (fd < 0 && (errno == EOPNOTSUPP || errno == EISDIR || errno == ENOENT))
        return fault_set(why, ERR_SYSTEM, NULL, "O_TMPFILE", 0,
                         "%.60s: this file system cannot hold nameless files; choose a local folder with -o", d->path);
    if (fd < 0)
        return fault_sys(why, d->path);
    *ret_fd = fd;
    return OK;
}

/* mkdir -p below an open folder; the last component too. */
static enum err make_folders(int at, char *path, struct fault *why)
{
    for (char *p = path + 1; *p != '\0'; p++) {
        if (*p != '/')
            continue;
        *p = '\0';
        if (mkdirat(at, path, 0777) != 0 && errno != EEXIST)
            return fault_sys(why, path);
        *p = '/';
    }
    if (mkdirat(at, path, 0777) != 0 && errno != EEXIST)
        return fault_sys(why, path);
    return OK;
}

enum err deliver_open(struct deliver *d, const char *path, bool replace, struct fault *why)
{
    char copy[4096];
    int probe = -1;

    *d = (struct deliver){.folder = -1, .path = path, .replace = replace};
    arena_init(&d->arena, NAMES_MEMORY);
    map_init(&d->given, &d->arena);
    if ((size_t)snprintf(copy, sizeof(copy), "%s", path) >= sizeof(copy) || path[0] == '\0')
        return fault_set(why, ERR_MALFORMED, NULL, "usage", 0, "-o: the path is empty or too long");
    TRY(make_folders(AT_FDCWD, copy, why));
    d->folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (d->folder < 0)
        return fault_sys(why, path);
    TRY(deliver_nameless(d, &probe, why));
    fd_done(&probe);
    return OK;
}

void deliver_close(struct deliver *d)
{
    fd_done(&d->folder);
    arena_done(&d->arena);
}

/* The folder part of a relative path, made and opened. */
static enum err open_folder(const struct deliver *d, struct item *i, const char *relative, int *ret_fd, struct fault *why)
{
    const char *slash = strrchr(relative, '/');
    char *folder;

    if (slash == NULL) {
        *ret_fd = dup(d->folder);
        return *ret_fd < 0 ? fault_sys(why, d->path) : OK;
    }
    folder = arena_text(&i->arena, (struct bytes){(const uint8_t *)relative, (size_t)(slash - relative)});
    TRY(make_folders(d->folder, folder, why));
    *ret_fd = openat(d->folder, folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    return *ret_fd < 0 ? fault_sys(why, folder) : OK;
}

static bool same_content(int folder, const char *name, const char *sha256)
{
    _cleanup_(fd_done) int fd = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    char old[DIGEST_HEX];
    uint64_t size;

    return fd >= 0 && digest_file(fd, old, &size, NULL) == OK && strcmp(old, sha256) == 0;
}

static enum err link_as(int fd, int folder, const char *name, struct fault *why)
{
    char self[64];

    (void)snprintf(self, sizeof(self), "/proc/self/fd/%d", fd);
    if (linkat(AT_FDCWD, self, folder, name, AT_SYMLINK_FOLLOW) == 0)
        return OK;
    if (errno == EEXIST)
        return ERR_STATE;
    return fault_sys(why, name);
}

/* A whole file takes the old one's place in one step; the helper name exists for that moment only. */
static enum err replace_as(int fd, int folder, const char *name, struct fault *why)
{
    char helper[64];

    (void)snprintf(helper, sizeof(helper), ".sekisho-%d-%d", (int)getpid(), fd);
    (void)unlinkat(folder, helper, 0);
    TRY(link_as(fd, folder, helper, why));
    if (renameat(folder, helper, folder, name) == 0)
        return OK;
    (void)fault_sys(why, name);
    (void)unlinkat(folder, helper, 0);
    return ERR_SYSTEM;
}

static enum err place(const struct deliver *d, const struct item *i, int folder, const char *name, struct fault *why)
{
    enum err code = link_as(i->output, folder, name, why);

    if (code != ERR_STATE)
        return code;
    if (same_content(folder, name, i->output_sha256))
        return OK;
    if (d->replace)
        return replace_as(i->output, folder, name, why);
    return fault_set(why, ERR_SYSTEM, NULL, "output name taken", 0,
                     "%.80s is already there with other content; use -f or another -o", name);
}

/* Every component made safe; "a.docm" of an output that is a docx is called "a.docx". */
static const char *safe_name(struct item *i)
{
    struct bytes rest = bytes_of(i->file->relative), part = {0}, ending = type_extension(i->output_type);
    bool changed = false;
    struct buf path;
    const char *name;

    buf_init(&path, PATH_BYTES);
    while (rest.len > 0) {
        size_t slash = bytes_find_byte(rest, '/', 0);
        bool one;

        part = filename_clean(&i->arena, bytes_part(rest, 0, slash), &one);
        changed |= one;
        if (slash == SIZE_MAX)
            break;
        buf_put(&path, part);
        buf_put_u8(&path, '/');
        rest = bytes_from(rest, slash + 1);
    }
    if (changed)
        item_found(i, ROW_G05, ACT_NEUTRALIZED, i->file->relative);
    if (ending.len > 0 && !type_may_end(i->output_type, filename_extension(part)))
        part = filename_with_extension(&i->arena, part, ending);
    buf_put(&path, part);
    name = arena_text(&i->arena, buf_bytes(&path));
    buf_done(&path);
    return name;
}

static const char *numbered(struct item *i, const char *name, unsigned n)
{
    const char *dot = strrchr(name, '.'), *slash = strrchr(name, '/');
    size_t stem = dot == NULL || dot == name || dot < slash ? strlen(name) : (size_t)(dot - name);

    return arena_printf(&i->arena, "%.*s (%u)%s", (int)stem, name, n, name + stem);
}

/* Two inputs of one run may ask for one name (a.docm beside a.docx); the order of the list decides. */
static const char *free_name(struct deliver *d, struct item *i)
{
    const char *name = safe_name(i), *next = name;

    for (unsigned n = 2;; n++) {
        char *folded = arena_text(&i->arena, bytes_of(next));

        for (char *c = folded; *c != '\0'; c++)
            if (*c >= 'A' && *c <= 'Z')
                *c = (char)(*c + 32);
        if (map_get(&d->given, bytes_of(folded)) == NULL) {
            *map_at(&d->given, bytes_of(folded)) = d;
            return next;
        }
        next = numbered(i, name, n);
    }
}

enum err deliver_item(struct deliver *d, struct item *i, struct fault *why)
{
    _cleanup_(fd_done) int folder = -1;
    const char *name, *slash;

    if (fsync(i->output) != 0)
        return fault_sys(why, d->path);
    TRY(digest_file(i->output, i->output_sha256, &i->output_size, why));
    name = free_name(d, i);
    TRY(open_folder(d, i, name, &folder, why));
    slash = strrchr(name, '/');
    TRY(place(d, i, folder, slash == NULL ? name : slash + 1, why));
    if (fsync(folder) != 0)
        return fault_sys(why, d->path);
    i->output_name = name;
    return OK;
}

enum err deliver_copy(struct item *i, int to, struct fault *why)
{
    uint8_t chunk[65536];
    uint64_t at = 0;

    TRY(digest_file(i->output, i->output_sha256, &i->output_size, why));
    while (at < i->output_size) {
        ssize_t n = pread(i->output, chunk, sizeof(chunk), (off_t)at);

        if (n <= 0)
            return fault_sys(why, "read");
        TRY(fd_write(to, (struct bytes){chunk, (size_t)n}, why));
        at += (uint64_t)n;
    }
    i->output_name = "-";
    return OK;
}
