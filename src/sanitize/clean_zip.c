#include "sanitize/clean.h"

#include "format/zip.h"
#include "format/zip_write.h"
#include "sanitize/archive_name.h"
#include "sanitize/archive_note.h"
#include "text/filename.h"

enum { RATIO_FROM = 1 << 20 }; /* the ratio of shorter entries is not judged */

/* One archive on its way: what is read, what is written, and where content is held in between. */
struct job {
    struct clean *c;
    struct zip zip;
    struct zip_write out;
    struct archive_names names;
    struct bytes *folders; /* asked for by entries of their own */
    size_t folder_count;
    struct buf content, made;
};

/* Rule: A01; judged from the directory alone, before anything is unpacked. */
static enum err check_bomb(struct job *j, struct fault *why)
{
    const struct limits *limits = &j->c->profile->limits;
    uint64_t total = 0;

    for (size_t i = 0; i < j->zip.count; i++) {
        const struct zip_entry *e = &j->zip.entries[i];

        if (e->size > RATIO_FROM && limits->ratio > 0 && e->size / limits->ratio > e->packed.len)
            return fault_set(why, ERR_LIMIT, "A01", "profile limit ratio", (size_t)e->at,
                             "an entry unpacks to more than %u times its length", limits->ratio);
        if (__builtin_add_overflow(total, e->size, &total) || total > j->c->budget->unpacked)
            return fault_set(why, ERR_LIMIT, "A01", "profile limit unpacked", (size_t)e->at,
                             "unpacks to more than %llu bytes", (unsigned long long)limits->unpacked);
    }
    return OK;
}

static enum err check_locked(struct job *j, struct fault *why)
{
    for (size_t i = 0; i < j->zip.count; i++) {
        const struct zip_entry *e = &j->zip.entries[i];

        if (!e->encrypted)
            continue;
        clean_found(j->c, ROW_A06, ACT_WITHHELD, "entry %zu", i + 1);
        return fault_set(why, ERR_DENIED, "G07", "APPNOTE 6.1", (size_t)e->at, "the archive is locked with a password");
    }
    return OK;
}

/* Rule: G04, A08; none of this is copied. */
static void report_container(struct job *j)
{
    if (j->zip.has_prefix)
        clean_found(j->c, ROW_G04, ACT_REMOVED, "before the first entry");
    if (j->zip.has_gaps)
        clean_found(j->c, ROW_G04, ACT_REMOVED, "between entries");
    if (j->zip.has_suffix)
        clean_found(j->c, ROW_G04, ACT_REMOVED, "after the end of the archive");
    if (j->zip.has_comment)
        clean_found(j->c, ROW_A08, ACT_REMOVED, "comment of the archive");
}

static void report_entry(struct job *j, const struct zip_entry *e, const struct archive_path *p)
{
    if (!e->plain)
        clean_found(j->c, ROW_A08, ACT_REMOVED, "times, attributes and extra fields");
    if (e->privileged)
        clean_found(j->c, ROW_A03, ACT_REMOVED, "%.*s: privileges", (int)p->path.len, (const char *)p->path.at);
    if (p->unsafe)
        clean_found(j->c, ROW_A02, ACT_NEUTRALIZED, "%.*s", (int)p->path.len, (const char *)p->path.at);
    if (p->misleading)
        clean_found(j->c, ROW_G05, ACT_NEUTRALIZED, "%.*s", (int)p->path.len, (const char *)p->path.at);
    if (p->recoded || (e->unicode.len > 0 && !bytes_equal(e->unicode, e->name)))
        clean_found(j->c, ROW_A02, ACT_REBUILT, "encoding of names");
}

static struct bytes take(struct job *j, struct bytes path, bool folder)
{
    bool clash;
    struct bytes name = archive_name_take(&j->names, path, folder, &clash);

    if (clash)
        clean_found(j->c, ROW_A02, ACT_NEUTRALIZED, "%.*s", (int)name.len, (const char *)name.at);
    return name;
}

/* The path with another last component. */
static struct bytes renamed(struct job *j, const struct archive_path *p, struct bytes last)
{
    size_t stem = p->path.len - p->last.len;

    return bytes_of(arena_printf(j->c->arena, "%.*s%.*s", (int)stem, (const char *)p->path.at, (int)last.len,
                                 (const char *)last.at));
}

/* Rule: the output bears an ending of its type (O05: docm becomes docx).  An ending nobody knows stays. */
static struct bytes name_for(struct job *j, const struct archive_path *p, enum type made)
{
    struct bytes ending = filename_extension(p->last), wanted = type_extension(made);

    if (type_may_end(made, ending) || type_by_extension(ending) == TYPE_unknown || wanted.len == 0)
        return p->path;
    return renamed(j, p, filename_with_extension(j->c->arena, p->last, wanted));
}

/* Leftovers of systems, of no use to the receiver: dropped without a note. */
static bool is_leftover(const struct archive_path *p)
{
    static const char *const names[] = {".DS_Store", "DS_Store", "Thumbs.db", "desktop.ini"};

    if (bytes_starts(p->path, BYTES("__MACOSX/")))
        return true;
    for (size_t i = 0; i < countof(names); i++)
        if (bytes_equal_fold(p->last, bytes_of(names[i])))
            return true;
    return false;
}

/* Whether an entry's failure is the whole archive's: spent budgets and our own trouble. */
static bool is_fatal(const struct fault *f)
{
    bool budget = f->row != NULL && (strcmp(f->row, "A01") == 0 || strcmp(f->row, "G06") == 0);

    return f->code == ERR_SYSTEM || f->code == ERR_STATE || (f->code == ERR_LIMIT && budget);
}

/* Rule: A07; a refused entry is replaced by a note that says so. */
static enum err withhold(struct job *j, const struct archive_path *p, const struct fault *reason, struct fault *why)
{
    struct bytes note_name = archive_note_name(j->c->arena, p->last);
    enum row row = ROW_A07;

    if (reason->row != NULL && rule_find(bytes_of(reason->row), &row) && row != ROW_A07)
        clean_found(j->c, row, ACT_WITHHELD, "%.*s", (int)p->path.len, (const char *)p->path.at);
    clean_found(j->c, ROW_A07, ACT_WITHHELD, "%.*s", (int)p->path.len, (const char *)p->path.at);
    buf_reset(&j->made);
    TRY(archive_note_write(j->c, note_name, reason->code, row, &j->made, why));
    return zip_write_whole(&j->out, take(j, renamed(j, p, note_name), false), buf_bytes(&j->made), why);
}

static enum err check_made(struct job *j, struct bytes path, enum type made, struct fault *why)
{
    size_t slash = bytes_find_last(path, BYTES("/"));

    return clean_check_made(buf_bytes(&j->made), bytes_from(path, slash == SIZE_MAX ? 0 : slash + 1), made, why);
}

static enum err rebuild(struct job *j, const struct zip_entry *e, const struct archive_path *p, struct bytes *ret_path,
                        struct fault *why)
{
    struct sink sink = sink_to_buf(&j->made);
    struct bytes content;
    enum type made;

    buf_reset(&j->made);
    *ret_path = p->path;
    TRY(zip_entry_read(&j->zip, e, &j->content, &content, why));
    if (content.len == 0 && !filename_runs(filename_extension(p->last)))
        return OK; /* nothing is of no type and does no harm */
    TRY(clean_inner(j->c, p->last, arena_text(j->c->arena, p->path), content, &sink, &made, why));
    *ret_path = name_for(j, p, made);
    return check_made(j, *ret_path, made, why);
}

static enum err pass_file(struct job *j, const struct zip_entry *e, const struct archive_path *p, struct fault *why)
{
    struct fault reason = {0};
    struct bytes path;
    enum err code;

    TRY(clean_spend_unpacked(j->c, e->size, why));
    code = rebuild(j, e, p, &path, &reason);
    if (code == OK)
        return zip_write_whole(&j->out, take(j, path, false), buf_bytes(&j->made), why);
    reason.code = code;
    if (!is_fatal(&reason))
        return withhold(j, p, &reason, why);
    if (why != NULL)
        *why = reason;
    return code;
}

static enum err pass_entry(struct job *j, const struct zip_entry *e, struct fault *why)
{
    struct archive_path p = archive_name_path(j->c->arena, e->unicode.len > 0 ? e->unicode : e->name);

    TRY(clean_spend_entry(j->c, why));
    if (e->kind == ZIP_LINK || e->kind == ZIP_SPECIAL) {
        clean_found(j->c, ROW_A03, ACT_REMOVED, "%.*s", (int)p.path.len, (const char *)p.path.at);
        return OK;
    }
    if (!p.folder && is_leftover(&p)) {
        clean_found(j->c, ROW_A08, ACT_REMOVED, "leftovers of systems");
        return OK;
    }
    report_entry(j, e, &p);
    if (!p.folder || e->size > 0)
        return pass_file(j, e, &p, why);
    if (p.path.len > 0)
        j->folders[j->folder_count++] = take(j, p.path, true);
    return OK;
}

/* Only empty folders need entries of their own; they come last. */
static enum err pass_folders(struct job *j, struct fault *why)
{
    struct map seen;

    map_init(&seen, j->c->arena);
    for (size_t i = 0; i < j->folder_count; i++) {
        struct bytes path = j->folders[i];
        void **at = map_at(&seen, path);

        if (*at != NULL || !archive_name_is_empty(&j->names, path))
            continue;
        *at = j;
        path = bytes_of(arena_printf(j->c->arena, "%.*s/", (int)path.len, (const char *)path.at));
        TRY(zip_write_stored(&j->out, path, (struct bytes){0}, why));
    }
    return OK;
}

static enum err run(struct job *j, struct fault *why)
{
    TRY(check_locked(j, why));
    TRY(check_bomb(j, why));
    report_container(j);
    for (size_t i = 0; i < j->zip.count; i++)
        TRY(pass_entry(j, &j->zip.entries[i], why));
    TRY(pass_folders(j, why));
    return zip_write_finish(&j->out, why);
}

enum err clean_zip(struct clean *c, struct bytes in, struct sink *out, struct fault *why)
{
    struct job j = {.c = c};
    enum err code;

    TRY(zip_open(c->arena, in, c->budget->entries, &j.zip, why));
    zip_write_init(&j.out, out, c->profile->limits.ratio);
    archive_names_init(&j.names, c->arena);
    j.folders = arena_array(c->arena, j.zip.count, sizeof(*j.folders));
    buf_init(&j.content, c->profile->limits.size);
    buf_init(&j.made, c->profile->limits.output);
    code = run(&j, why);
    buf_done(&j.content);
    buf_done(&j.made);
    zip_write_done(&j.out);
    zip_close(&j.zip);
    return code;
}
