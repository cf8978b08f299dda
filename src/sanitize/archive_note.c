#include "sanitize/archive_note.h"

#include "text/filename.h"

struct bytes archive_note_name(struct arena *a, struct bytes name)
{
    return filename_clean(a, bytes_of(arena_printf(a, "%.*s.txt", (int)name.len, (const char *)name.at)), NULL);
}

static void compose(struct buf *b, enum err code, enum row row)
{
    const char *ja = rule_text(row, true), *en = rule_text(row, false);

    if ((row == ROW_A07 || row == ROW_A04) && code == ERR_MALFORMED) {
        ja = "ファイルが壊れています";
        en = "the file is damaged";
    }
    buf_put_text(b, "このファイルは安全に作り直せなかったため、渡していません。\n"
                    "This file could not be rebuilt safely and was not passed.\n\n");
    buf_putf(b, "理由 %s %s\n", rule_id(row), ja);
    buf_putf(b, "Reason %s %s\n", rule_id(row), en);
}

/* The note goes through the text rules itself, so that it has the form they give to every text. */
enum err archive_note_write(const struct clean *c, struct bytes name, enum err code, enum row row, struct buf *out,
                            struct fault *why)
{
    struct findings unheard;
    struct clean quiet = *c;
    struct sink sink = sink_to_buf(out);
    struct buf note;
    size_t from = out->len;
    enum type made;

    finding_init(&unheard, c->arena);
    quiet.findings = &unheard;
    buf_init(&note, 1 << 16);
    compose(&note, code, row);
    if (clean_inner(&quiet, name, "note", buf_bytes(&note), &sink, &made, NULL) != OK) {
        out->len = from; /* a profile that refuses texts: the words are our own all the same */
        buf_put(out, buf_bytes(&note));
    }
    buf_done(&note);
    return buf_check(out, why);
}
