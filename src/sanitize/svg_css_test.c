#include "sanitize/svg_css.h"

#include "base/test.h"

static void count_ref(void *ctx, struct bytes name)
{
    (void)name;
    ++*(unsigned *)ctx;
}

struct made {
    struct svg_css css;
    struct buf out;
    unsigned refs;
};

static void begin(struct made *m)
{
    buf_init(&m->out, 1 << 16);
    m->refs = 0;
    m->css = (struct svg_css){.out = &m->out, .ref = count_ref, .ctx = &m->refs};
}

static void end(struct made *m, const char *expected, const char *what)
{
    bool same = bytes_equal(buf_bytes(&m->out), bytes_of(expected));

    if (!same)
        (void)printf("  %s gave %.*s\n", what, (int)m->out.len, (const char *)m->out.at);
    CHECK(same);
    buf_done(&m->out);
}

static void values_pass_or_go(void)
{
    static const struct {
        const char *in, *out; /* NULL: goes */
    } list[] = {
        {"red", "red"},
        {"translate (10, 20) rotate(3)", "translate (10, 20) rotate(3)"},
        {"url(#a)", "url(#a)"},
        {"url( '#a.b' ) blue", "url(#a.b) blue"},
        {"url(http://x.example/a)", NULL},
        {"URL (\"//x.example\")", NULL},
        {"url(#a", NULL},
        {"url(data:text/html,x)", NULL},
        {"u\\72l(http://x)", NULL},
        {"image-set('a.png' 1x)", NULL},
        {"expression(alert(1))", NULL},
        {"src(\"http://x\")", NULL},
        {"var(--x)", NULL},
        {"a/* url(http://x) */b", "a b"},
        {"a/* open", NULL},
        {"'MS Gothic', \"x\"", "'MS Gothic', \"x\""},
        {"'open", NULL},
        {"'a\\'", NULL},
        {"@import", NULL},
        {"M0 0\nL1 1", "M0 0 L1 1"},
    };

    for (size_t i = 0; i < countof(list); i++) {
        struct made m;
        bool kept;

        begin(&m);
        kept = svg_css_value(&m.css, bytes_of(list[i].in));
        CHECK(kept == (list[i].out != NULL));
        end(&m, list[i].out == NULL ? "" : list[i].out, list[i].in);
    }
}

static void declarations_pass_one_by_one(void)
{
    static const char *const list[][2] = {
        {"fill: RED ;stroke:blue", "fill:RED;stroke:blue"},
        {"FILL:red;behavior:url(#x);-moz-binding:url(http://x);stroke:url(#s)", "fill:red;stroke:url(#s)"},
        {"fill:/* c */red/* d */;;", "fill:red"},
        {"font-family:'a;b:c';x", "font-family:'a;b:c'"},
        {"background:url(http://x.example)", ""},
        {"fill:", ""},
        {"/* fill:red */", ""},
    };

    for (size_t i = 0; i < countof(list); i++) {
        struct made m;

        begin(&m);
        svg_css_declarations(&m.css, bytes_of(list[i][0]));
        end(&m, list[i][1], list[i][0]);
    }
}

static void sheets_lose_what_reaches_out(void)
{
    static const char *const list[][2] = {
        {".a { fill : red } #b>c , d{stroke:url(#e)}", ".a{fill:red}#b>c , d{stroke:url(#e)}"},
        {"@import url(http://x.example/a.css);.a{fill:red}", ".a{fill:red}"},
        {"@import 'a;b';.a{fill:red}", ".a{fill:red}"},
        {"@font-face{font-family:x;src:url(http://x)}.a{fill:red}", ".a{fill:red}"},
        {"@media print{.a{fill:red}.b{fill:blue}}.c{fill:red}", ".c{fill:red}"},
        {"<!-- .a{fill:red} -->", ".a{fill:red}"},
        {".a{fill:red", ".a{fill:red}"},
        {"\\41{fill:red}.b{fill:red}", ".b{fill:red}"},
        {"a[href^='http']{fill:red}", "a[href^='http']{fill:red}"},
        {".a{}", ""},
        {".a", ""},
        {"/* .a{fill:red} */.b{fill:red}/*", ".b{fill:red}"},
    };

    for (size_t i = 0; i < countof(list); i++) {
        struct made m, again;

        begin(&m), begin(&again);
        svg_css_sheet(&m.css, bytes_of(list[i][0]));
        svg_css_sheet(&again.css, buf_bytes(&m.out));
        CHECK(again.css.lost_urls + again.css.lost_rules + again.css.lost_other == 0);
        end(&again, list[i][1], "the second pass");
        end(&m, list[i][1], list[i][0]);
    }
}

TEST_MAIN(TEST(values_pass_or_go), TEST(declarations_pass_one_by_one), TEST(sheets_lose_what_reaches_out))
