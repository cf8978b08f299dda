#define _GNU_SOURCE
#include "command/walk.h"

#include <errno.h>
#include <fts.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static void append(struct walk *w, struct walk_file file)
{
    if (w->count == w->cap) {
        size_t cap = w->cap == 0 ? 64 : w->cap * 2;
        struct walk_file *files = arena_array(w->arena, cap, sizeof(*files));

        if (w->count > 0)
            memcpy(files, w->files, w->count * sizeof(*files));
        w->files = files;
        w->cap = cap;
    }
    w->files[w->count++] = file;
}

/* Byte order, so that the list does not depend on the locale. */
static int by_name(const FTSENT **a, const FTSENT **b)
{
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

/* "../x/folder/" is mirrored as "folder"; "." as nothing. */
static const char *root_name(struct walk *w, const char *path)
{
    char *copy = arena_text(w->arena, bytes_of(path));
    const char *name = basename(copy);

    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0 || strcmp(name, "/") == 0 ? "" : name;
}

static void add_entry(struct walk *w, const FTSENT *e, size_t root_len, const char *root)
{
    const char *below = e->fts_path + root_len;
    struct walk_file f = {.path = arena_text(w->arena, bytes_of(e->fts_path))};

    while (*below == '/')
        below++;
    f.relative = arena_printf(w->arena, "%s%s%s", root, root[0] != '\0' && below[0] != '\0' ? "/" : "", below);
    f.link = e->fts_info == FTS_SL || e->fts_info == FTS_SLNONE;
    f.special = e->fts_info == FTS_DEFAULT;
    append(w, f);
}

static bool same_place(const FTSENT *e, const struct stat *skip)
{
    return e->fts_info == FTS_D && e->fts_level > 0 && e->fts_statp->st_dev == skip->st_dev &&
           e->fts_statp->st_ino == skip->st_ino;
}

static enum err walk_tree(struct walk *w, FTS *tree, const char *path, const struct stat *skip, struct fault *why)
{
    const char *root = root_name(w, path);
    FTSENT *e;

    while ((errno = 0, e = fts_read(tree)) != NULL) {
        if (e->fts_info == FTS_DNR || e->fts_info == FTS_ERR || e->fts_info == FTS_NS) {
            errno = e->fts_errno;
            return fault_sys(why, e->fts_path);
        }
        if (skip != NULL && same_place(e, skip))
            (void)fts_set(tree, e, FTS_SKIP);
        else if (e->fts_info != FTS_D && e->fts_info != FTS_DP && e->fts_info != FTS_DC)
            add_entry(w, e, strlen(path), root);
    }
    return errno == 0 ? OK : fault_sys(why, path);
}

static enum err add_folder(struct walk *w, const char *path, const char *skip, struct fault *why)
{
    char *roots[] = {arena_text(w->arena, bytes_of(path)), NULL};
    FTS *tree = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, by_name);
    struct stat st;
    bool has_skip = skip != NULL && stat(skip, &st) == 0;
    enum err code;

    if (tree == NULL)
        return fault_sys(why, path);
    code = walk_tree(w, tree, path, has_skip ? &st : NULL, why);
    (void)fts_close(tree);
    return code;
}

enum err walk_add(struct walk *w, const char *path, const char *skip, struct fault *why)
{
    struct stat st;
    const char *slash = strrchr(path, '/');

    if (strcmp(path, "-") == 0) {
        append(w, (struct walk_file){.path = "-", .relative = "-"});
        return OK;
    }
    if (stat(path, &st) != 0)
        return fault_sys(why, path);
    if (S_ISDIR(st.st_mode))
        return add_folder(w, path, skip, why);
    append(w, (struct walk_file){.path = path, .relative = slash == NULL ? path : slash + 1});
    return OK;
}
