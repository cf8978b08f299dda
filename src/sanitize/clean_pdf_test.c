#include "base/test.h"
#include "sanitize/promise.h"

/* Damaged on purpose: no table of objects, so the reader repairs. */
#define FILE_OF(catalog, page, more)                                                                                  \
    BYTES("%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R" catalog ">>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"   \
          "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R" page ">>endobj\n"                                \
          "4 0 obj<</Length 9>>stream\n0 0 m S q\nendstream endobj\n" more "\ntrailer<</Root 1 0 R>>\n%%EOF\n")

struct outcome {
    struct arena arena;
    struct buf out;
    struct findings found;
    enum err code;
};

static void run(struct outcome *o, struct bytes in)
{
    struct fault why = {0};
    enum type made;

    arena_init(&o->arena, 64 << 20);
    o->code = promise_run(&o->arena, TYPE_pdf, clean_pdf, in, "a.pdf", &o->out, &o->found, &made, &why);
}

static void done(struct outcome *o)
{
    buf_done(&o->out);
    arena_done(&o->arena);
}

static void rebuilt(void)
{
    struct bytes in = FILE_OF("/OpenAction<</S/JavaScript/JS(evil)>>", "/Annots[5 0 R]",
                              "5 0 obj<</Type/Annot/Subtype/Link/Rect[0 0 1 1]/A<</S/URI/URI(https://a.example/)>>>>endobj");
    struct outcome o;

    CHECK(promise_check(TYPE_pdf, clean_pdf, in, "a.pdf"));
    run(&o, in);
    CHECK(promise_count(&o.found, ROW_P01, ACT_REMOVED) == 1);
    CHECK(promise_count(&o.found, ROW_P03, ACT_REMOVED) == 1);
    CHECK(promise_count(&o.found, ROW_P05, ACT_KEPT) == 1);
    CHECK(promise_count(&o.found, ROW_P19, ACT_REBUILT) == 1);
    CHECK(bytes_find(buf_bytes(&o.out), BYTES("evil"), 0) == SIZE_MAX);
    CHECK(bytes_find(buf_bytes(&o.out), BYTES("https://a.example/"), 0) != SIZE_MAX);
    done(&o);
}

static void refused(void)
{
    struct outcome o;

    run(&o, BYTES("%PDF-1.7\nnothing"));
    CHECK(o.code == ERR_MALFORMED);
    done(&o);
    run(&o, FILE_OF("/NeedsRendering true/AcroForm<</XFA(x)/Fields[]>>", "", ""));
    CHECK(o.code == ERR_DENIED);
    done(&o);
}

/* Whatever stands for whatever: references to themselves, to nothing, to the wrong kind. */
static void odd_graphs(void)
{
    const struct {
        const char *name;
        struct bytes in;
    } cases[] = {
        {"outline", FILE_OF("/Outlines 5 0 R", "", "5 0 obj<</First 5 0 R/Title(x)/Next 5 0 R>>endobj")},
        {"struct", FILE_OF("/StructTreeRoot 5 0 R", "", "5 0 obj<</K 6 0 R>>endobj\n6 0 obj<</S/P/K[6 0 R 5 0 R 3 0 R]/P 6 0 R>>endobj")},
        {"fields", FILE_OF("/AcroForm<</Fields[5 0 R]>>", "/Annots[5 0 R]",
                           "5 0 obj<</Subtype/Widget/Kids[5 0 R]/Parent 5 0 R/T(x)>>endobj")},
        {"tree", FILE_OF("/Names<</Dests 5 0 R>>", "", "5 0 obj<</Kids[5 0 R 6 0 R]>>endobj\n6 0 obj<</Names[(b)[3 0 R/Fit](a)[9 0 R]]>>endobj")},
        {"space", FILE_OF("", "/Resources<</ColorSpace<</C 5 0 R>>>>", "5 0 obj[/Indexed 5 0 R 1(ab)]endobj")},
        {"function", FILE_OF("", "/Resources<</ExtGState<</G<</TR 5 0 R>>>>>>",
                             "5 0 obj<</FunctionType 3/Functions[5 0 R 5 0 R]>>endobj")},
        {"mask", FILE_OF("", "/Resources<</XObject<</I 5 0 R>>>>",
                         "5 0 obj<</Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/SMask 5 0 R/Length 1>>stream\nx\nendstream endobj")},
        {"pages", FILE_OF("/Pages 5 0 R", "", "5 0 obj<</Kids[5 0 R 3 0 R 3 0 R 7 0 R]>>endobj")},
    };

    for (size_t i = 0; i < countof(cases); i++)
        CHECK(promise_check(TYPE_pdf, clean_pdf, cases[i].in, cases[i].name));
}

TEST_MAIN(TEST(rebuilt), TEST(refused), TEST(odd_graphs))
