#include "command/screen.h"

#include <string.h>

#include "text/width.h"

enum { BAR = 24, NAME = 36, TYPE = 24, OUTCOME = 8, FINDINGS_SHOWN = 12 };

static const char *pick(const struct screen *s, const char *en, const char *ja)
{
    return s->japanese ? ja : en;
}

/* A text padded or cut to a number of columns. */
static void cell(struct screen *s, const char *text, size_t columns)
{
    char shown[1024];
    struct bytes part;

    work_plain(shown, bytes_part(bytes_of(text), 0, sizeof(shown) - 1));
    part = bytes_of(shown);
    if (width_of(part) > columns)
        part = width_clip(part, columns - 1);
    (void)fprintf(s->to, "%.*s", (int)part.len, (const char *)part.at);
    if (part.len < strlen(shown))
        (void)fputs("~", s->to);
    for (size_t w = width_of(part) + (part.len < strlen(shown)); w < columns + 1; w++)
        (void)fputc(' ', s->to);
}

static void wipe(const struct screen *s)
{
    if (s->bar)
        (void)fputs("\r\033[K", stderr);
}

void screen_progress(struct screen *s, size_t done, const char *now)
{
    size_t filled = s->total == 0 ? BAR : done * BAR / s->total;
    char shown[1024];
    struct bytes part;

    if (!s->bar)
        return;
    work_plain(shown, bytes_part(bytes_of(now), 0, sizeof(shown) - 1));
    part = width_clip(bytes_of(shown), NAME);
    wipe(s);
    (void)fputc('[', stderr);
    for (size_t i = 0; i < BAR; i++)
        (void)fputc(i < filled ? '#' : '.', stderr);
    (void)fprintf(stderr, "] %zu/%zu  %.*s", done, s->total, (int)part.len, (const char *)part.at);
    (void)fflush(stderr);
}

static const char *outcome_word(const struct screen *s, enum outcome o)
{
    switch (o) {
    case OUTCOME_CLEAN:
        return s->inspect ? pick(s, "passes", "通過可") : pick(s, "clean", "無害化済");
    case OUTCOME_HELD:
        return pick(s, "HELD", "保留");
    default:
        return pick(s, "REFUSED", "拒否");
    }
}

static void reason_line(struct screen *s, const struct item *i)
{
    const char *words = i->has_row ? rule_text(i->row, s->japanese) : i->text;

    (void)fprintf(s->to, "    %s %s", i->reason, words);
    if (i->has_row && strcmp(words, i->text) != 0)
        (void)fprintf(s->to, s->japanese ? "（%s）" : " (%s)", i->text);
    (void)fputc('\n', s->to);
}

static void finding_line(struct screen *s, const struct work_finding *f)
{
    (void)fprintf(s->to, "    %s %s: %s", rule_id(f->row), rule_act_text(f->act, s->japanese),
                  rule_text(f->row, s->japanese));
    if (f->count > 1)
        (void)fprintf(s->to, " ×%u", f->count);
    (void)fprintf(s->to, "  [%s]\n", f->where);
}

static void finding_lines(struct screen *s, const struct lane_result *r)
{
    size_t shown = r->finding_count < FINDINGS_SHOWN ? r->finding_count : FINDINGS_SHOWN;

    for (size_t n = 0; n < shown; n++)
        finding_line(s, &r->findings[n]);
    if (shown < r->finding_count)
        (void)fprintf(s->to,
                      s->japanese ? "    … ほか %zu 件（--report にすべて記録）\n" : "    … and %zu more, all in --report\n",
                      r->finding_count - shown);
}

void screen_item(struct screen *s, const struct item *i)
{
    s->clean += i->outcome == OUTCOME_CLEAN;
    s->held += i->outcome == OUTCOME_HELD;
    s->refused += i->outcome == OUTCOME_REFUSED;
    if (!s->table)
        return;
    wipe(s);
    cell(s, outcome_word(s, i->outcome), OUTCOME);
    cell(s, i->file->relative, NAME);
    if (i->output_name != NULL && strcmp(i->output_name, i->file->relative) != 0) {
        cell(s, type_name(i->type, s->japanese), TYPE);
        (void)fprintf(s->to, "→ %s\n", i->output_name);
    } else {
        (void)fprintf(s->to, "%s\n", type_name(i->type, s->japanese));
    }
    if (i->reason != NULL)
        reason_line(s, i);
    finding_lines(s, &i->result);
}

void screen_end(struct screen *s, const char *out)
{
    wipe(s);
    if (!s->table)
        return;
    (void)fprintf(s->to,
                  s->japanese ? "%zu 件: 無害化済 %zu、保留 %zu、拒否 %zu" : "%zu files: %zu clean, %zu held, %zu refused",
                  s->total, s->clean, s->held, s->refused);
    if (out != NULL)
        (void)fprintf(s->to, s->japanese ? " — 書き出し先: %s" : " — clean files are in %s", out);
    (void)fputc('\n', s->to);
}
