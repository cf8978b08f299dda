#include "sanitize/archive_name.h"

#include "base/buf.h"
#include "text/filename.h"

enum { PATH_MAX_LEN = (FILENAME_MAX_LEN + 1) * ARCHIVE_PATH_PARTS };

/* A name given away. */
struct node {
    struct bytes spelled; /* its own component */
    bool folder;
    unsigned children, next; /* next: the number to try for the next one that wants this name */
};

static bool is_letter(uint8_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static size_t separator(struct bytes text, size_t from)
{
    while (from < text.len && text.at[from] != '/' && text.at[from] != '\\')
        from++;
    return from;
}

/* Rule: a drive (C:) says nothing inside an archive. */
static struct bytes without_drive(struct bytes part, bool *unsafe)
{
    if (part.len < 2 || part.at[1] != ':' || !is_letter(part.at[0]))
        return part;
    *unsafe = true;
    return bytes_from(part, 2);
}

struct path_parts {
    struct bytes list[ARCHIVE_PATH_PARTS];
    size_t count;
};

/* The components that name something; what only leads around is left out. */
static void collect(struct bytes text, struct path_parts *parts, struct archive_path *p)
{
    for (size_t at = 0; at < text.len;) {
        size_t end = separator(text, at);
        struct bytes part = bytes_part(text, at, end - at);

        p->unsafe |= end < text.len && text.at[end] == '\\';
        if (at == 0)
            part = without_drive(part, &p->unsafe);
        at = end + 1;
        if (part.len == 0 || bytes_equal(part, BYTES(".")) || bytes_equal(part, BYTES(".."))) {
            p->unsafe = true;
            continue;
        }
        if (parts->count == countof(parts->list)) {
            p->unsafe = true;
            parts->count--;
            memmove(parts->list, parts->list + 1, parts->count * sizeof(parts->list[0]));
        }
        parts->list[parts->count++] = part;
    }
}

static struct bytes join(struct arena *a, const struct path_parts *parts)
{
    struct buf path;
    struct bytes joined;

    buf_init(&path, PATH_MAX_LEN);
    for (size_t i = 0; i < parts->count; i++) {
        if (i > 0)
            buf_put_u8(&path, '/');
        buf_put(&path, parts->list[i]);
    }
    joined = arena_copy(a, buf_bytes(&path));
    buf_done(&path);
    return joined;
}

struct archive_path archive_name_path(struct arena *a, struct bytes raw)
{
    struct bytes text = filename_decode(a, raw);
    struct archive_path p = {.recoded = !bytes_equal(text, raw)};
    struct path_parts parts = {.count = 0};

    p.folder = bytes_ends(text, BYTES("/")) || bytes_ends(text, BYTES("\\"));
    collect(text, &parts, &p);
    if (parts.count == 0 && !p.folder)
        parts.list[parts.count++] = BYTES("_");
    for (size_t i = 0; i < parts.count; i++) {
        bool changed;

        parts.list[i] = filename_clean(a, parts.list[i], &changed);
        p.misleading |= changed;
    }
    p.path = join(a, &parts);
    p.last = parts.count == 0 ? (struct bytes){0} : parts.list[parts.count - 1];
    return p;
}

void archive_names_init(struct archive_names *n, struct arena *a)
{
    n->arena = a;
    map_init(&n->nodes, a);
}

static struct bytes key_of(struct archive_names *n, struct bytes parent, struct bytes part)
{
    struct bytes folded = filename_fold(n->arena, part);

    return bytes_of(arena_printf(n->arena, "%.*s/%.*s", (int)parent.len, (const char *)parent.at, (int)folded.len,
                                 (const char *)folded.at));
}

/* The node for one component under a parent: an existing folder when a folder is wanted, else a new one.  The key
 * it was found under is returned for its children. */
static struct node *place(struct archive_names *n, struct bytes *key, struct bytes part, bool folder, bool *clash)
{
    struct bytes parent = *key, wish = part;
    struct node *first = NULL;

    for (;;) {
        void **at = map_at(&n->nodes, *key = key_of(n, parent, wish));
        struct node *node = *at;

        if (node == NULL) {
            node = *at = ARENA_NEW(n->arena, struct node);
            *node = (struct node){.spelled = wish, .folder = folder, .next = 2};
            return node;
        }
        if (node->folder && folder) {
            *clash |= !bytes_equal(node->spelled, wish);
            return node;
        }
        *clash = true;
        if (first == NULL)
            first = node;
        wish = filename_numbered(n->arena, part, first->next++);
    }
}

struct bytes archive_name_take(struct archive_names *n, struct bytes path, bool folder, bool *ret_clash)
{
    struct path_parts given = {.count = 0};
    struct bytes key = BYTES("");
    struct node *parent = NULL;

    *ret_clash = false;
    for (size_t at = 0; at < path.len && given.count < countof(given.list);) {
        size_t end = separator(path, at);
        struct node *node = place(n, &key, bytes_part(path, at, end - at), folder || end < path.len, ret_clash);

        if (parent != NULL)
            parent->children++;
        given.list[given.count++] = node->spelled;
        parent = node;
        at = end + 1;
    }
    return join(n->arena, &given);
}

bool archive_name_is_empty(const struct archive_names *n, struct bytes folder)
{
    struct bytes key = BYTES("");
    const struct node *node = NULL;
    struct archive_names look = *n;

    for (size_t at = 0; at < folder.len;) {
        size_t end = separator(folder, at);

        key = key_of(&look, key, bytes_part(folder, at, end - at));
        node = map_get(&n->nodes, key);
        at = end + 1;
    }
    return node != NULL && node->children == 0;
}
