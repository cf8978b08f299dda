#include "sanitize/ooxml_hidden.h"

#include "sanitize/ooxml_filter.h"
#include "text/scrub.h"

/* The length of an invisible character at `at`, 0 when it is another one: zero-width characters and marks of
 * direction, word joiner and invisible operators, variation selectors, byte order mark, tags. */
static size_t invisible(struct bytes text, size_t at)
{
    const uint8_t *c = text.at + at;
    size_t left = text.len - at;

    if (c[0] == 0xe2 && left >= 3)
        return (c[1] == 0x80 && ((c[2] >= 0x8b && c[2] <= 0x8f) || (c[2] >= 0xaa && c[2] <= 0xae))) ||
                       (c[1] == 0x81 && c[2] >= 0xa0 && c[2] <= 0xaf)
                   ? 3
                   : 0;
    if (c[0] == 0xef && left >= 3)
        return (c[1] == 0xb8 && c[2] <= 0x8f) || (c[1] == 0xbb && c[2] == 0xbf) ? 3 : 0;
    if (c[0] == 0xf3 && left >= 4)
        return c[1] == 0xa0 && (c[2] <= 0x81 || (c[2] >= 0x84 && c[2] <= 0x87)) ? 4 : 0;
    return 0;
}

static bool goes(const struct ooxml_filter *f)
{
    return profile_choice(f->c->profile, ROW_G10) == CHOICE_REMOVE;
}

static void count_one(struct ooxml_filter *f)
{
    if (++f->hidden.count == SCRUB_HIDDEN_RUN)
        ooxml_filter_found(f, ROW_G10, goes(f) ? ACT_REMOVED : ACT_KEPT, BYTES("a run of invisible characters"));
}

enum err ooxml_hidden_end(struct ooxml_filter *f, struct fault *why)
{
    struct ooxml_hidden *h = &f->hidden;
    struct bytes held = {h->pending, h->count < SCRUB_HIDDEN_RUN ? h->len : 0};

    h->count = h->len = 0;
    return xml_write_text(&f->w, held, why);
}

/* Hold an invisible character back until it is known how many there are. */
static void hold(struct ooxml_hidden *h, struct bytes one)
{
    if (h->count >= SCRUB_HIDDEN_RUN || h->len + one.len > sizeof(h->pending))
        return;
    memcpy(h->pending + h->len, one.at, one.len);
    h->len += (uint32_t)one.len;
}

static enum err without_runs(struct ooxml_filter *f, struct bytes text, struct fault *why)
{
    size_t from = 0;

    for (size_t i = 0; i < text.len;) {
        size_t n = invisible(text, i);

        if (n == 0) {
            if (f->hidden.count > 0)
                TRY(ooxml_hidden_end(f, why));
            i++;
            continue;
        }
        TRY(xml_write_text(&f->w, bytes_part(text, from, i - from), why));
        count_one(f);
        hold(&f->hidden, bytes_part(text, i, n));
        i += n;
        from = i;
    }
    return xml_write_text(&f->w, bytes_from(text, from), why);
}

enum err ooxml_hidden_text(struct ooxml_filter *f, struct bytes text, struct fault *why)
{
    if (goes(f))
        return without_runs(f, text, why);
    for (size_t i = 0; i < text.len;) {
        size_t n = text.at[i] < 0xe2 ? 0 : invisible(text, i);

        if (n > 0)
            count_one(f);
        else
            f->hidden.count = 0;
        i += n > 0 ? n : 1;
    }
    return xml_write_text(&f->w, text, why);
}
