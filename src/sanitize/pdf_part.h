/* The parts of the PDF rules that need more than the schema; pdf_hook.c joins roles and functions.
 *
 * `pick` says in what role a value passes (pdf_pick_deny() otherwise); `put` writes it in place and returns
 * false when nothing was written.  What pick let pass, put must write, unless a circle forbids it. */
#pragma once

#include "format/pdf_filter.h"
#include "sanitize/pdf_walk.h"

typedef enum pdf_role pdf_pick_fn(struct pdf_walk *w, enum pdf_role role, const struct pdf_value *v,
                                  const struct pdf_object *o);
typedef bool pdf_put_fn(struct pdf_walk *w, struct buf *b, enum pdf_role role, const struct pdf_value *v,
                        const struct pdf_object *o);

/* pdf_color.c: colour spaces */
pdf_pick_fn pdf_color_pick;
pdf_put_fn pdf_color_put;
unsigned pdf_color_components(struct pdf_walk *w, const struct pdf_value *space); /* 0 = not known */
bool pdf_color_indexed(struct pdf_walk *w, const struct pdf_value *space);

/* pdf_nav.c: actions, destinations, what happens on opening */
pdf_pick_fn pdf_nav_action_pick, pdf_nav_dest_pick, pdf_nav_open_pick;
pdf_put_fn pdf_nav_dest_put, pdf_nav_open_put, pdf_nav_page_put;
struct pdf_page *pdf_nav_page(struct pdf_walk *w, const struct pdf_object *o);

/* pdf_outline.c: bookmarks, rebuilt as a tree */
pdf_put_fn pdf_outline_put;

/* pdf_tree.c: name and number trees, rebuilt flat */
pdf_put_fn pdf_tree_dests_put, pdf_tree_labels_put, pdf_tree_ids_put, pdf_tree_parents_put;

/* pdf_annot.c: annotations and form fields */
pdf_pick_fn pdf_annot_pick, pdf_annot_ref_pick, pdf_annot_form_pick, pdf_annot_value_pick;
pdf_put_fn pdf_annot_ref_put, pdf_annot_border_put, pdf_annot_text_put, pdf_annot_value_put, pdf_annot_fields_put,
    pdf_annot_parent_put;
void pdf_annot_collect(struct pdf_walk *w, const struct pdf_value *catalog); /* before anything is written */

void pdf_annot_check_form(struct pdf_walk *w, const struct pdf_value *form); /* P10 if it is nothing but XFA */

/* clean_pdf.c: DENIED G07 for a page that only tells to open what is wrapped in the file */
enum err clean_pdf_check_wrapper(struct pdf_walk *w, const struct pdf_value *root, struct fault *why) must_use;

/* pdf_struct.c: the structure tree */
pdf_pick_fn pdf_struct_pick;
pdf_put_fn pdf_struct_kids_put, pdf_struct_parent_put, pdf_struct_ref_put, pdf_struct_object_put;
void pdf_struct_collect(struct pdf_walk *w, const struct pdf_value *catalog);

/* pdf_layer.c: optional content */
pdf_pick_fn pdf_layer_pick;
void pdf_layer_collect(struct pdf_walk *w, const struct pdf_value *catalog);
bool pdf_layer_hidden(struct pdf_walk *w, const struct pdf_value *layer); /* and to be removed by the profile */

/* pdf_pages.c: the page tree */
void pdf_pages_collect(struct pdf_walk *w, const struct pdf_value *catalog);
void pdf_pages_write(struct pdf_walk *w);
pdf_put_fn pdf_pages_contents_put;

/* pdf_stream.c: what is in a stream, by role */
enum { PDF_STREAM_MAX = 1 << 30 };

/* The decoded bytes of a stream, paid for from the budget; false on an error kept in w->err or data that cannot be
 * decoded (then empty). */
bool pdf_stream_data(struct pdf_walk *w, const struct pdf_object *o, bool keep_png, struct buf *out,
                     struct pdf_coding *ret_coding);
void pdf_stream_content(struct pdf_walk *w, struct bytes in, const struct pdf_value *resources, struct buf *out);
struct bytes pdf_stream_font_key(struct pdf_walk *w, const struct pdf_object *o);

/* pdf_image.c: pictures */
uint32_t pdf_image_eager(struct pdf_walk *w, enum pdf_role role, const struct pdf_object *o);
bool pdf_image_jpeg(struct pdf_walk *w, struct bytes data, struct buf *out);

/* pdf_icc.c: colour profiles */
bool pdf_icc_fits(struct bytes profile, unsigned components);
