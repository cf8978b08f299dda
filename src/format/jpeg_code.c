#include "format/jpeg_code.h"

#include <jerror.h>

/* --- where coded bytes go --- */

struct target {
    struct jpeg_destination_mgr mgr;
    struct sink *out;
    uint8_t chunk[JPEG_CHUNK];
};

static void put(j_compress_ptr lib, size_t len)
{
    struct target *t = (struct target *)lib->dest;
    struct jpeg_guard *guard = (struct jpeg_guard *)lib->err;

    jpeg_guard_check(guard, sink_put(t->out, (struct bytes){t->chunk, len}, guard->why));
}

static void target_begin(j_compress_ptr lib)
{
    struct target *t = (struct target *)lib->dest;

    t->mgr.next_output_byte = t->chunk;
    t->mgr.free_in_buffer = sizeof(t->chunk);
}

static boolean target_full(j_compress_ptr lib)
{
    put(lib, JPEG_CHUNK);
    target_begin(lib);
    return TRUE;
}

static void target_end(j_compress_ptr lib)
{
    struct target *t = (struct target *)lib->dest;

    put(lib, sizeof(t->chunk) - t->mgr.free_in_buffer);
}

struct encoder {
    struct jpeg_guard guard;
    struct jpeg_compress_struct lib;
    struct target target;
    struct jpeg_decoder *from;       /* coefficients */
    const struct jpeg_decoder *like; /* tables */
    const struct pixels *pixels;
    const struct jpeg_form *form;
    bool swapped;
};

static void encoder_begin(struct encoder *e, struct sink *out)
{
    jpeg_create_compress(&e->lib);
    e->target = (struct target){.mgr = {.init_destination = target_begin,
                                        .empty_output_buffer = target_full,
                                        .term_destination = target_end},
                                .out = out};
    e->lib.dest = &e->target.mgr;
}

/* --- header --- */

static void open_step(void *ctx)
{
    struct jpeg_decoder *d = ctx;

    jpeg_create_decompress(&d->lib);
    jpeg_guard_watch(&d->guard, &d->lib);
    jpeg_mem_src(&d->lib, d->in.at, d->in.len);
    (void)jpeg_read_header(&d->lib, TRUE);
}

static struct jpeg_density density_of(const struct jpeg_decompress_struct *lib)
{
    if (!lib->saw_JFIF_marker || lib->density_unit > 2 || lib->X_density == 0 || lib->Y_density == 0)
        return (struct jpeg_density){0, 1, 1};
    return (struct jpeg_density){lib->density_unit, lib->X_density, lib->Y_density};
}

enum err jpeg_code_open(struct jpeg_decoder *d, struct bytes in, struct jpeg_head *ret_head, struct fault *why)
{
    *d = (struct jpeg_decoder){.in = in};
    d->lib.err = jpeg_guard_init(&d->guard, why);
    if (in.len == 0)
        return fault_set(why, ERR_MALFORMED, NULL, "ITU-T T.81", 0, "no data");
    TRY(jpeg_guard_run(&d->guard, open_step, d));
    *ret_head = (struct jpeg_head){.width = d->lib.image_width,
                                   .height = d->lib.image_height,
                                   .components = (unsigned)d->lib.num_components,
                                   .colours = (int)d->lib.jpeg_color_space,
                                   .jfif = d->lib.saw_JFIF_marker,
                                   .adobe = d->lib.saw_Adobe_marker,
                                   .adobe_transform = d->lib.Adobe_transform,
                                   .density = density_of(&d->lib)};
    return OK;
}

void jpeg_code_close(struct jpeg_decoder *d)
{
    jpeg_destroy_decompress(&d->lib);
}

/* --- coefficients --- */

/* A quantisation of zero would have other programs divide by it. */
static void mend_tables(j_compress_ptr lib)
{
    for (unsigned t = 0; t < NUM_QUANT_TBLS; t++)
        for (unsigned i = 0; lib->quant_tbl_ptrs[t] != NULL && i < DCTSIZE2; i++)
            if (lib->quant_tbl_ptrs[t]->quantval[i] == 0)
                lib->quant_tbl_ptrs[t]->quantval[i] = 1;
}

static void set_form(struct encoder *e)
{
    mend_tables(&e->lib);
    e->lib.optimize_coding = TRUE;
    e->lib.restart_interval = 0;
    e->lib.restart_in_rows = 0;
    e->lib.JFIF_major_version = 1;
    e->lib.JFIF_minor_version = 1;
    e->lib.density_unit = (UINT8)e->form->density.unit;
    e->lib.X_density = (UINT16)e->form->density.x;
    e->lib.Y_density = (UINT16)e->form->density.y;
    if (!e->form->bare)
        return;
    e->lib.write_JFIF_header = e->from->lib.saw_JFIF_marker;
    e->lib.write_Adobe_marker = e->from->lib.saw_Adobe_marker;
}

static void copy_step(void *ctx)
{
    struct encoder *e = ctx;
    jvirt_barray_ptr *coefficients = jpeg_read_coefficients(&e->from->lib);

    jpeg_copy_critical_parameters(&e->from->lib, &e->lib);
    set_form(e);
    jpeg_write_coefficients(&e->lib, coefficients);
    jpeg_finish_compress(&e->lib);
}

enum err jpeg_code_copy(struct jpeg_decoder *d, const struct jpeg_form *form, struct sink *out, struct fault *why)
{
    struct encoder e = {.from = d, .form = form};
    enum err code;

    e.lib.err = jpeg_guard_init(&e.guard, why);
    encoder_begin(&e, out);
    /* Both libraries report to the guard that runs. */
    d->lib.err = e.lib.err;
    code = jpeg_guard_run(&e.guard, copy_step, &e);
    d->guard.warnings += e.guard.warnings;
    d->lib.err = &d->guard.mgr;
    jpeg_destroy_compress(&e.lib);
    return code;
}

/* --- pixels --- */

static void decode_step(void *ctx)
{
    struct jpeg_decoder *d = ctx;

    (void)jpeg_start_decompress(&d->lib);
    while (d->lib.output_scanline < d->lib.output_height) {
        JSAMPROW row = pixels_row(d->pixels, d->lib.output_scanline);

        (void)jpeg_read_scanlines(&d->lib, &row, 1);
    }
}

enum err jpeg_code_pixels(struct jpeg_decoder *d, struct pixels *ret_pixels, struct fault *why)
{
    struct pixels p;
    enum err code;
    unsigned channels = (unsigned)d->lib.num_components;

    if (channels != 1 && channels != 3 && channels != 4)
        return fault_set(why, ERR_UNSUPPORTED, "I03", "JFIF 1.02", 0, "%u components", channels);
    d->lib.out_color_space = channels == 1 ? JCS_GRAYSCALE : channels == 3 ? JCS_RGB : JCS_CMYK;
    TRY(pixels_init(&p, d->lib.image_width, d->lib.image_height, channels, 8, why));
    d->pixels = &p;
    code = jpeg_guard_run(&d->guard, decode_step, d);
    d->pixels = NULL;
    if (code != OK) {
        pixels_done(&p);
        return code;
    }
    *ret_pixels = p;
    return OK;
}

static void copy_table(const JQUANT_TBL *from, JQUANT_TBL *to, bool swapped)
{
    for (unsigned i = 0; i < DCTSIZE2; i++)
        to->quantval[i] = from->quantval[swapped ? i % DCTSIZE * DCTSIZE + i / DCTSIZE : i];
}

static unsigned ratio(int most, int least)
{
    return most == 2 * least ? 2 : 1;
}

/* The quantisation of the input keeps its quality and size; it is only copied between like components. */
static void set_tables(struct encoder *e)
{
    const struct jpeg_decompress_struct *lib = &e->like->lib;
    unsigned h, v;

    jpeg_set_quality(&e->lib, 92, TRUE);
    if (lib->num_components != e->lib.num_components ||
        (lib->num_components == 3 && lib->jpeg_color_space != JCS_YCbCr))
        return;
    for (int i = 0; i < e->lib.num_components && i < 2; i++) {
        const JQUANT_TBL *table = lib->comp_info[i].quant_table;

        if (table == NULL)
            table = lib->quant_tbl_ptrs[lib->comp_info[i].quant_tbl_no & 3];
        if (table != NULL)
            copy_table(table, e->lib.quant_tbl_ptrs[i], e->swapped);
    }
    mend_tables(&e->lib);
    if (lib->num_components != 3)
        return;
    h = ratio(lib->comp_info[0].h_samp_factor, lib->comp_info[1].h_samp_factor);
    v = ratio(lib->comp_info[0].v_samp_factor, lib->comp_info[1].v_samp_factor);
    e->lib.comp_info[0].h_samp_factor = (int)(e->swapped ? v : h);
    e->lib.comp_info[0].v_samp_factor = (int)(e->swapped ? h : v);
}

static void encode_step(void *ctx)
{
    struct encoder *e = ctx;

    e->lib.image_width = e->pixels->width;
    e->lib.image_height = e->pixels->height;
    e->lib.input_components = (int)e->pixels->channels;
    e->lib.in_color_space = e->pixels->channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
    jpeg_set_defaults(&e->lib);
    set_tables(e);
    jpeg_start_compress(&e->lib, TRUE);
    while (e->lib.next_scanline < e->lib.image_height) {
        JSAMPROW row = pixels_row(e->pixels, e->lib.next_scanline);

        (void)jpeg_write_scanlines(&e->lib, &row, 1);
    }
    jpeg_finish_compress(&e->lib);
}

enum err jpeg_code_encode(const struct pixels *p, const struct jpeg_decoder *like, bool swapped, struct buf *out,
                          struct fault *why)
{
    struct encoder e = {.like = like, .pixels = p, .swapped = swapped};
    struct sink sink = sink_to_buf(out);
    enum err code;

    e.lib.err = jpeg_guard_init(&e.guard, why);
    encoder_begin(&e, &sink);
    code = jpeg_guard_run(&e.guard, encode_step, &e);
    jpeg_destroy_compress(&e.lib);
    return code;
}
