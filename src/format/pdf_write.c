#include "format/pdf_write.h"

#include <libdeflate.h>
#include <stdio.h>

#include "format/pdf_lex.h"

static const char hex[] = "0123456789abcdef";

void pdf_write_gap(struct buf *b)
{
    /* A slash alone is the empty name. */
    if (b->len > 0 && (pdf_lex_is_regular(b->at[b->len - 1]) || b->at[b->len - 1] == '/'))
        buf_put_u8(b, ' ');
}

void pdf_write_name(struct buf *b, struct bytes name)
{
    uint8_t *room = buf_room(b, 3 * name.len + 1);
    size_t n = 0;

    if (room == NULL)
        return;
    room[n++] = '/';
    for (size_t i = 0; i < name.len; i++) {
        uint8_t c = name.at[i];

        if (c > ' ' && c < 0x7f && c != '#' && pdf_lex_is_regular(c)) {
            room[n++] = c;
            continue;
        }
        room[n++] = '#';
        room[n++] = (uint8_t)hex[c >> 4];
        room[n++] = (uint8_t)hex[c & 15];
    }
    buf_grew(b, n);
}

void pdf_write_string(struct buf *b, struct bytes string)
{
    bool plain = true;
    uint8_t *room = buf_room(b, 2 * string.len + 2);
    size_t n = 0;

    if (room == NULL)
        return;
    for (size_t i = 0; i < string.len && plain; i++)
        plain = string.at[i] >= ' ' && string.at[i] < 0x7f;
    room[n++] = plain ? '(' : '<';
    for (size_t i = 0; i < string.len; i++) {
        uint8_t c = string.at[i];

        if (!plain) {
            room[n++] = (uint8_t)hex[c >> 4];
            room[n++] = (uint8_t)hex[c & 15];
            continue;
        }
        if (c == '(' || c == ')' || c == '\\')
            room[n++] = '\\';
        room[n++] = c;
    }
    room[n++] = plain ? ')' : '>';
    buf_grew(b, n);
}

void pdf_write_int(struct buf *b, int64_t num)
{
    char text[24], *p = text + sizeof(text);
    uint64_t v = num < 0 ? 0 - (uint64_t)num : (uint64_t)num;

    do
        *--p = (char)('0' + v % 10);
    while ((v /= 10) > 0);
    if (num < 0)
        *--p = '-';
    buf_put(b, (struct bytes){(const uint8_t *)p, (size_t)(text + sizeof(text) - p)});
}

void pdf_write_ref(struct buf *b, uint32_t number)
{
    pdf_write_gap(b);
    pdf_write_int(b, number);
    buf_put(b, BYTES(" 0 R"));
}

void pdf_write_scalar(struct buf *b, const struct pdf_value *v)
{
    switch (v->kind) {
    case PDF_NULL:
        pdf_write_gap(b);
        buf_put(b, BYTES("null"));
        break;
    case PDF_BOOL:
        pdf_write_gap(b);
        buf_put_text(b, v->num != 0 ? "true" : "false");
        break;
    case PDF_INT:
        pdf_write_gap(b);
        pdf_write_int(b, v->num);
        break;
    case PDF_REAL:
        pdf_write_gap(b);
        buf_put(b, pdf_value_text(v));
        break;
    case PDF_NAME:
        pdf_write_name(b, pdf_value_text(v));
        break;
    case PDF_STRING:
        pdf_write_string(b, pdf_value_text(v));
        break;
    default:
        break;
    }
}

/* Two running multiplications over words: not a signature, only a name that follows the content. */
static void digest_add(struct pdf_write *w, struct bytes data)
{
    uint64_t a = w->digest[0] ^ data.len, b = w->digest[1];
    size_t i = 0;

    for (; i + 8 <= data.len; i += 8) {
        uint64_t word;

        memcpy(&word, data.at + i, 8);
        a = (a ^ word) * 0x9e3779b97f4a7c15u;
        b = (b + (a ^ (a >> 29))) * 0xc2b2ae3d27d4eb4fu;
    }
    for (; i < data.len; i++)
        a = (a ^ data.at[i]) * 0x9e3779b97f4a7c15u;
    w->digest[0] = a ^ (a >> 31);
    w->digest[1] = b ^ (a << 7);
}

static enum err put(struct pdf_write *w, struct bytes data, struct fault *why)
{
    digest_add(w, data);
    return sink_put(w->sink, data, why);
}

enum err pdf_write_begin(struct pdf_write *w, struct sink *sink, struct arena *a, struct fault *why)
{
    *w = (struct pdf_write){.sink = sink, .arena = a};
    /* The comment of high bytes tells transports that the file is binary. */
    return put(w, BYTES("%PDF-1.7\n%\xe9\x96\xa2\xe6\x89\x80\n"), why);
}

static enum err begin_object(struct pdf_write *w, uint32_t number, struct fault *why)
{
    char head[32];
    int len = snprintf(head, sizeof(head), "%u 0 obj\n", number);

    if (number >= w->cap) {
        size_t cap = w->cap < 64 ? 64 : w->cap;
        uint64_t *grown;

        while (cap <= number)
            cap *= 2;
        grown = arena_array(w->arena, cap, sizeof(*grown));
        if (w->cap > 0)
            memcpy(grown, w->offsets, w->cap * sizeof(*grown));
        w->offsets = grown;
        w->cap = cap;
    }
    if (w->sink->len > 9999999999u)
        return fault_set(why, ERR_LIMIT, "G06", "ISO 32000-1 7.5.4", 0, "offset of more than ten digits");
    w->offsets[number] = w->sink->len;
    if (number > w->highest)
        w->highest = number;
    return put(w, (struct bytes){(const uint8_t *)head, (size_t)len}, why);
}

enum err pdf_write_object(struct pdf_write *w, uint32_t number, struct bytes body, struct fault *why)
{
    TRY(begin_object(w, number, why));
    TRY(put(w, body, why));
    return put(w, BYTES("\nendobj\n"), why);
}

static enum err put_stream(struct pdf_write *w, uint32_t number, struct bytes keys, const char *more, struct bytes data,
                           struct fault *why)
{
    char length[80];
    int len = snprintf(length, sizeof(length), "%s/Length %zu>>\nstream\n", more, data.len);

    TRY(begin_object(w, number, why));
    TRY(put(w, BYTES("<<"), why));
    TRY(put(w, keys, why));
    TRY(put(w, (struct bytes){(const uint8_t *)length, (size_t)len}, why));
    TRY(put(w, data, why));
    return put(w, BYTES("\nendstream\nendobj\n"), why);
}

enum err pdf_write_stream(struct pdf_write *w, uint32_t number, struct bytes keys, struct bytes data,
                          struct fault *why)
{
    return put_stream(w, number, keys, "", data, why);
}

/* Deflate in its zlib frame (RFC 1950). */
enum err pdf_write_flate(struct pdf_write *w, struct deflate *d, uint32_t number, struct bytes keys, struct bytes data,
                         struct fault *why)
{
    struct buf packed;
    enum err code;

    buf_init(&packed, SIZE_MAX / 2);
    buf_put(&packed, BYTES("\x78\x9c"));
    deflate_pack(d, data, &packed);
    buf_put_u32be(&packed, libdeflate_adler32(1, data.at, data.len));
    code = put_stream(w, number, keys, "/Filter/FlateDecode", buf_bytes(&packed), why);
    buf_done(&packed);
    return code;
}

static void put_table(const struct pdf_write *w, struct buf *b)
{
    buf_putf(b, "xref\n0 %u\n", w->highest + 1);
    buf_put(b, BYTES("0000000000 65535 f \n"));
    for (uint32_t i = 1; i <= w->highest; i++) {
        if (i < w->cap && w->offsets[i] != 0)
            buf_putf(b, "%010llu 00000 n \n", (unsigned long long)w->offsets[i]);
        else
            buf_put(b, BYTES("0000000000 00000 f \n"));
    }
}

enum err pdf_write_end(struct pdf_write *w, uint32_t root, struct fault *why)
{
    uint64_t at = w->sink->len;
    struct buf b;
    enum err code;

    buf_init(&b, SIZE_MAX / 2);
    put_table(w, &b);
    buf_putf(&b, "trailer\n<</ID[<%016llx%016llx><%016llx%016llx>]/Root %u 0 R/Size %u>>\n",
             (unsigned long long)w->digest[0], (unsigned long long)w->digest[1], (unsigned long long)w->digest[0],
             (unsigned long long)w->digest[1], root, w->highest + 1);
    buf_putf(&b, "startxref\n%llu\n%%%%EOF\n", (unsigned long long)at);
    code = sink_put(w->sink, buf_bytes(&b), why);
    buf_done(&b);
    return code;
}
