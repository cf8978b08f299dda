#include "sanitize/pdf_part.h"

/* Actions and destinations: nothing but turning to a page of this file, and links of the web and mail. */

struct pdf_page *pdf_nav_page(struct pdf_walk *w, const struct pdf_object *o)
{
    struct pdf_id_key key;

    if (o == NULL)
        return NULL;
    key = pdf_walk_id(o->id);
    return map_get(&w->page_of, (struct bytes){key.at, sizeof(key.at)});
}

static bool link_allowed(struct bytes uri)
{
    static const char *const schemes[] = {"http://", "https://", "mailto:"};

    for (size_t i = 0; i < uri.len; i++)
        if (uri.at[i] < ' ' || uri.at[i] == 0x7f)
            return false;
    for (size_t i = 0; i < countof(schemes); i++)
        if (bytes_starts_fold(uri, bytes_of(schemes[i])))
            return true;
    return false;
}

static enum pdf_role uri_pick(struct pdf_walk *w, const struct pdf_value *v)
{
    const struct pdf_value *uri = pdf_get_key(&w->pdf, v, "URI");

    if (uri == NULL || uri->kind != PDF_STRING || !link_allowed(pdf_value_text(uri)) ||
        profile_choice(w->c->profile, ROW_P05) == CHOICE_REMOVE)
        return pdf_pick_deny(w, ROW_P05, ACT_REMOVED);
    pdf_walk_found(w, ROW_P05, ACT_KEPT, "/URI");
    return PDF_ROLE_ACTION_URI;
}

enum pdf_role pdf_nav_action_pick(struct pdf_walk *w, enum pdf_role role, const struct pdf_value *v,
                                  const struct pdf_object *o)
{
    static const char *const turns[] = {"NextPage", "PrevPage", "FirstPage", "LastPage"};
    const struct pdf_value *kind = pdf_get_key(&w->pdf, v, "S"), *name = pdf_get_key(&w->pdf, v, "N"), *dest;
    const struct pdf_object *holder;

    (void)role, (void)o;
    if (pdf_value_is_name(kind, "URI"))
        return uri_pick(w, v);
    if (pdf_value_is_name(kind, "GoTo")) {
        dest = pdf_resolve(&w->pdf, pdf_value_get(v, "D"), &holder);
        if (dest != NULL && pdf_pick_role(w, PDF_ROLE_DEST_VALUE, dest, holder) != PDF_ROLE_NONE)
            return PDF_ROLE_ACTION_GOTO;
        return pdf_pick_deny(w, ROW_P26, ACT_REMOVED);
    }
    if (pdf_value_is_name(kind, "Named"))
        for (size_t i = 0; i < countof(turns); i++)
            if (pdf_value_is_name(name, turns[i]))
                return PDF_ROLE_ACTION_NAMED;
    return pdf_pick_deny(w, ROW_P03, ACT_REMOVED);
}

/* The page an explicit destination leads to: a reference, or (against the book, but met) its number. */
static const struct pdf_page *dest_page(struct pdf_walk *w, const struct pdf_value *v)
{
    const struct pdf_object *o;
    const struct pdf_value *page = pdf_resolve(&w->pdf, pdf_value_item(v, 0), &o);

    if (page == NULL)
        return NULL;
    if (page->kind == PDF_INT)
        return page->num >= 0 && page->num < w->page_count ? &w->pages[page->num] : NULL;
    return pdf_nav_page(w, o);
}

static const struct pdf_value *dest_array(struct pdf_walk *w, enum pdf_role role, const struct pdf_value *v)
{
    return role == PDF_ROLE_DEST_DICT ? pdf_get_key(&w->pdf, v, "D") : v;
}

static bool dest_kind(struct bytes name, size_t *ret_numbers)
{
    static const struct {
        const char *name;
        size_t numbers;
    } kinds[] = {{"XYZ", 3}, {"Fit", 0}, {"FitH", 1}, {"FitV", 1}, {"FitR", 4}, {"FitB", 0}, {"FitBH", 1}, {"FitBV", 1}};

    for (size_t i = 0; i < countof(kinds); i++) {
        if (!bytes_equal(name, bytes_of(kinds[i].name)))
            continue;
        *ret_numbers = kinds[i].numbers;
        return true;
    }
    return false;
}

enum pdf_role pdf_nav_dest_pick(struct pdf_walk *w, enum pdf_role role, const struct pdf_value *v,
                                const struct pdf_object *o)
{
    (void)o;
    v = dest_array(w, role, v);
    if (v == NULL || v->kind != PDF_ARRAY || dest_page(w, v) == NULL)
        return pdf_pick_deny(w, ROW_COUNT, ACT_REMOVED);
    return role;
}

/* A destination in a dictionary becomes the bare one: what else stood there goes with a word. */
static void report_beside(struct pdf_walk *w, const struct pdf_value *dict)
{
    for (uint32_t i = 0; i < dict->count; i++) {
        struct bytes key = pdf_value_text(&dict->items[2 * i]);

        if (!bytes_equal(key, BYTES("D")))
            pdf_walk_found_key(w, pdf_schema_row(PDF_ROLE_DEST_DICT, key), ACT_REMOVED, key);
    }
}

bool pdf_nav_dest_put(struct pdf_walk *w, struct buf *b, enum pdf_role role, const struct pdf_value *v,
                      const struct pdf_object *o)
{
    const struct pdf_value *kind;
    size_t numbers = 0;

    (void)o;
    if (role == PDF_ROLE_DEST_DICT)
        report_beside(w, v);
    v = dest_array(w, role, v);
    kind = pdf_resolve(&w->pdf, pdf_value_item(v, 1), NULL);
    buf_put_u8(b, '[');
    pdf_write_ref(b, dest_page(w, v)->number);
    if (kind != NULL && kind->kind == PDF_NAME && dest_kind(pdf_value_text(kind), &numbers))
        pdf_write_scalar(b, kind);
    else
        buf_put(b, BYTES("/Fit"));
    for (size_t i = 0; i < numbers; i++) {
        static const struct pdf_value nothing = {.kind = PDF_NULL};
        const struct pdf_value *num = pdf_resolve(&w->pdf, pdf_value_item(v, i + 2), NULL);

        pdf_write_scalar(b, pdf_value_is_number(num) ? num : &nothing);
    }
    buf_put_u8(b, ']');
    return true;
}

bool pdf_nav_page_put(struct pdf_walk *w, struct buf *b, enum pdf_role role, const struct pdf_value *v,
                      const struct pdf_object *o)
{
    const struct pdf_page *page = pdf_nav_page(w, o);

    (void)role, (void)v;
    if (page != NULL)
        pdf_write_ref(b, page->number);
    return page != NULL;
}

/* On opening: a destination stays; an action that only turns to one becomes it; others go. */
static const struct pdf_value *open_dest(struct pdf_walk *w, const struct pdf_value *v)
{
    const struct pdf_value *dest = v;

    if (v->kind == PDF_DICT) {
        if (!pdf_value_is_name(pdf_get_key(&w->pdf, v, "S"), "GoTo"))
            return NULL;
        dest = pdf_get_key(&w->pdf, v, "D");
    }
    return dest != NULL && dest->kind == PDF_ARRAY && dest_page(w, dest) != NULL ? dest : NULL;
}

enum pdf_role pdf_nav_open_pick(struct pdf_walk *w, enum pdf_role role, const struct pdf_value *v,
                                const struct pdf_object *o)
{
    (void)o;
    if (open_dest(w, v) != NULL) {
        if (v->kind == PDF_DICT)
            pdf_walk_found(w, ROW_P01, ACT_NEUTRALIZED, "/OpenAction");
        return role;
    }
    if (v->kind == PDF_DICT && pdf_nav_action_pick(w, PDF_ROLE_ACTION, v, NULL) == PDF_ROLE_NONE &&
        w->deny == ROW_P03)
        pdf_walk_found(w, ROW_P03, ACT_REMOVED, "/OpenAction");
    if (v->kind == PDF_DICT && pdf_value_get(v, "Next") != NULL)
        pdf_walk_found(w, ROW_P04, ACT_REMOVED, "/OpenAction/Next");
    return pdf_pick_deny(w, ROW_P01, ACT_REMOVED);
}

bool pdf_nav_open_put(struct pdf_walk *w, struct buf *b, enum pdf_role role, const struct pdf_value *v,
                      const struct pdf_object *o)
{
    (void)role;
    if (v->kind == PDF_DICT && pdf_value_get(v, "Next") != NULL)
        pdf_walk_found(w, ROW_P04, ACT_REMOVED, "/OpenAction/Next");
    return pdf_nav_dest_put(w, b, PDF_ROLE_DEST_ARRAY, open_dest(w, v), o);
}
