#include "format/pdf_scan.h"

#include "format/pdf_lex.h"

enum { HEAD_MAX = 1024, IDS_MAX = 1 << 23 };

struct scanner {
    struct pdf_lex lex;
    struct pdf_scan *seen;
    struct buf ids;        /* one bit an object number */
    int64_t before[2];     /* the last two numbers */
    int64_t length;        /* of the stream to come, -1 = not told in place */
    bool length_next;      /* the last name was /Length */
};

static size_t trimmed_tail(struct bytes tail)
{
    size_t count = 0;

    for (size_t i = 0; i < tail.len; i++)
        count += !pdf_lex_is_space(tail.at[i]);
    return count;
}

static bool is_disguise(struct bytes raw)
{
    for (size_t i = 0; i + 2 < raw.len; i++) {
        uint8_t digits[2] = {raw.at[i + 1], raw.at[i + 2]}, c = 0;

        if (raw.at[i] != '#')
            continue;
        for (size_t k = 0; k < 2; k++) {
            uint8_t d = digits[k] | 0x20;

            c = (uint8_t)(c << 4 | (digits[k] <= '9' ? digits[k] - '0' : d - 'a' + 10));
        }
        if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))
            return true;
    }
    return false;
}

static void take_object(struct scanner *s)
{
    int64_t id = s->before[0];
    size_t at = (size_t)id / 8;

    if (id <= 0 || id >= IDS_MAX)
        return;
    if (at >= s->ids.len) {
        size_t grow = at + 1 - s->ids.len + 4096;
        uint8_t *room = buf_room(&s->ids, grow);

        memset(room, 0, grow);
        buf_grew(&s->ids, grow);
    }
    s->seen->again += (s->ids.at[at] >> (id & 7)) & 1;
    s->ids.at[at] = (uint8_t)(s->ids.at[at] | 1u << (id & 7));
}

/* To the end of the stream: by its length when the end is there, by its end mark otherwise. */
static void skip_stream(struct scanner *s)
{
    struct pdf_lex *l = &s->lex;
    size_t from = l->at, end;

    if (from < l->in.len && l->in.at[from] == '\r')
        from++;
    if (from < l->in.len && l->in.at[from] == '\n')
        from++;
    if (s->length >= 0 && (uint64_t)s->length < l->in.len - from) {
        end = from + (size_t)s->length;
        while (end < l->in.len && pdf_lex_is_space(l->in.at[end]))
            end++;
        if (bytes_starts(bytes_from(l->in, end), BYTES("endstream"))) {
            l->at = end;
            return;
        }
    }
    end = bytes_find(l->in, BYTES("endstream"), from);
    l->at = end == SIZE_MAX ? l->in.len : end;
}

static void take(struct scanner *s, const struct pdf_token *t)
{
    if (t->kind == PDF_TOK_INT) {
        if (s->length_next)
            s->length = t->num;
        s->before[0] = s->before[1];
        s->before[1] = t->num;
        s->length_next = false;
        return;
    }
    s->length_next = false;
    if (t->kind == PDF_TOK_NAME) {
        s->length_next = bytes_equal(t->text, BYTES("Length"));
        s->seen->linearized = s->seen->linearized || bytes_equal(t->text, BYTES("Linearized"));
        s->seen->disguised += is_disguise(bytes_part(s->lex.in, t->at, s->lex.at - t->at));
    } else if (t->kind == PDF_TOK_WORD && bytes_equal(t->text, BYTES("obj"))) {
        take_object(s);
        s->length = -1;
    } else if (t->kind == PDF_TOK_WORD && bytes_equal(t->text, BYTES("stream"))) {
        skip_stream(s);
    }
}

struct pdf_scan pdf_scan(struct bytes in)
{
    struct pdf_scan seen = {0};
    struct scanner s = {.seen = &seen, .length = -1};
    size_t head = bytes_find(bytes_part(in, 0, HEAD_MAX + 5), BYTES("%PDF-"), 0), end = bytes_find_last(in, BYTES("%%EOF"));

    if (head != SIZE_MAX)
        seen.head = head;
    if (end != SIZE_MAX) {
        seen.tail = trimmed_tail(bytes_from(in, end + 5));
        in = bytes_part(in, 0, end);
    }
    buf_init(&s.ids, IDS_MAX);
    pdf_lex_init(&s.lex, in);
    for (struct pdf_token t = pdf_lex_next(&s.lex); t.kind != PDF_TOK_END; t = pdf_lex_next(&s.lex))
        take(&s, &t);
    pdf_lex_done(&s.lex);
    buf_done(&s.ids);
    return seen;
}
