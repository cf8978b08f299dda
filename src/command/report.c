#include "command/report.h"

#include <jansson.h>
#include <string.h>

/* Text of unknown making as a JSON string; names that are not UTF-8 are shown with question marks. */
static json_t *plain(const char *text)
{
    json_t *whole = json_string(text);
    char *copy;
    json_t *shown;

    if (whole != NULL)
        return whole;
    copy = malloc(strlen(text) + 1);
    if (copy == NULL)
        return NULL;
    work_plain(copy, bytes_of(text));
    shown = json_string(copy);
    free(copy);
    return shown;
}

static json_t *or_null(const char *text)
{
    return text == NULL ? json_null() : plain(text);
}

static json_t *findings(const struct lane_result *r)
{
    json_t *list = json_array();

    for (size_t n = 0; n < r->finding_count; n++) {
        const struct work_finding *f = &r->findings[n];

        (void)json_array_append_new(list, json_pack("{s:s, s:o, s:s, s:i}", "id", rule_id(f->row), "where",
                                                    plain(f->where), "action", rule_act(f->act), "count",
                                                    (int)f->count));
    }
    return list;
}

static json_t *detail(const struct item *i)
{
    if (i->reason == NULL)
        return json_null();
    return json_pack("{s:o, s:o, s:o, s:o, s:I}", "rule", or_null(i->rule), "text", or_null(i->text), "text_ja",
                     i->has_row ? json_string(rule_text(i->row, true)) : json_null(), "type_ja",
                     json_string(type_name(i->type, true)), "at", (json_int_t)i->result.said.at);
}

static const char *claimed(const struct item *i)
{
    const char *dot = strrchr(i->file->relative, '.');

    return type_code(dot == NULL ? TYPE_unknown : type_by_extension(bytes_of(dot + 1)));
}

static json_t *object(const struct item *i, const char *profile)
{
    bool clean = i->outcome == OUTCOME_CLEAN;
    json_t *o = json_object();

    (void)json_object_set_new(o, "input", plain(i->file->path));
    (void)json_object_set_new(o, "type", json_string(type_code(i->type)));
    (void)json_object_set_new(o, "claimed", json_string(claimed(i)));
    (void)json_object_set_new(o, "size", json_integer((json_int_t)i->size));
    (void)json_object_set_new(o, "sha256", or_null(i->sha256[0] == '\0' ? NULL : i->sha256));
    (void)json_object_set_new(o, "outcome", json_string(item_outcome(i->outcome)));
    (void)json_object_set_new(o, "reason", or_null(i->reason));
    (void)json_object_set_new(o, "detail", detail(i));
    (void)json_object_set_new(o, "output", or_null(i->output_name));
    (void)json_object_set_new(o, "output_type", clean ? json_string(type_code(i->output_type)) : json_null());
    (void)json_object_set_new(o, "output_size",
                              i->output_name != NULL ? json_integer((json_int_t)i->output_size) : json_null());
    (void)json_object_set_new(o, "output_sha256", or_null(i->output_name != NULL ? i->output_sha256 : NULL));
    (void)json_object_set_new(o, "profile", plain(profile));
    (void)json_object_set_new(o, "findings", findings(&i->result));
    (void)json_object_set_new(o, "ms", json_integer(i->result.finish.wall_ms));
    (void)json_object_set_new(o, "cpu_ms", json_integer(i->result.finish.cpu_ms));
    (void)json_object_set_new(o, "peak_kb", json_integer(i->result.finish.peak_kb));
    return o;
}

enum err report_item(FILE *to, const struct item *i, const char *profile, struct fault *why)
{
    json_t *o = object(i, profile);
    int failed = json_dumpf(o, to, JSON_COMPACT);

    json_decref(o);
    if (failed != 0 || fputc('\n', to) == EOF || fflush(to) != 0)
        return fault_sys(why, "report");
    return OK;
}
