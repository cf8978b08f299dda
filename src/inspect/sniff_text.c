#include "inspect/sniff_text.h"

#include "inspect/sniff_mail.h"
#include "text/charset_guess.h"
#include "text/filename.h"

enum { HEAD = CHARSET_RUN };

static bool has(struct bytes head, const char *mark)
{
    return *mark == '\0' || bytes_find(head, bytes_of(mark), 0) != SIZE_MAX;
}

static bool has_fold(struct bytes head, const char *mark)
{
    return bytes_find_fold(head, bytes_of(mark), 0) != SIZE_MAX;
}

static bool starts(struct bytes head, const char *mark)
{
    return bytes_starts(head, bytes_of(mark));
}

static bool starts_fold(struct bytes head, const char *mark)
{
    return bytes_starts_fold(head, bytes_of(mark));
}

static bool is_space(uint8_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static struct bytes skip_space(struct bytes head)
{
    size_t at = 0;

    while (at < head.len && is_space(head.at[at]))
        at++;
    return bytes_from(head, at);
}

/* A mark at the start of any line. */
static bool line_starts(struct bytes head, const char *mark)
{
    struct bytes m = bytes_of(mark);

    for (size_t at = bytes_find_fold(head, m, 0); at != SIZE_MAX; at = bytes_find_fold(head, m, at + 1))
        if (at == 0 || head.at[at - 1] == '\n' || head.at[at - 1] == '\r')
            return true;
    return false;
}

/* The root element's whole start tag, without `<`; empty when this is not XML that far. */
static struct bytes xml_root(struct bytes head)
{
    static const struct {
        const char *open, *close;
    } prolog[] = {{"<?", "?>"}, {"<!--", "-->"}, {"<!", ">"}};

    for (head = skip_space(head); starts(head, "<?") || starts(head, "<!"); head = skip_space(head)) {
        size_t i = 0, end;

        while (!starts(head, prolog[i].open))
            i++;
        end = bytes_find(head, bytes_of(prolog[i].close), 2);
        if (end == SIZE_MAX)
            return (struct bytes){0};
        head = bytes_from(head, end + strlen(prolog[i].close));
        if (starts(head, "]>"))
            head = bytes_from(head, 2);
    }
    if (!starts(head, "<"))
        return (struct bytes){0};
    return bytes_part(head, 1, bytes_find_byte(head, '>', 0));
}

static struct bytes local_name(struct bytes tag)
{
    size_t end = 0, colon;

    while (end < tag.len && !is_space(tag.at[end]) && tag.at[end] != '/' && tag.at[end] != '>')
        end++;
    tag.len = end;
    colon = bytes_find_byte(tag, ':', 0);
    return colon == SIZE_MAX ? tag : bytes_from(tag, colon + 1);
}

/* Root elements that make an XML file something else than data. */
static enum type xml_type(struct bytes head)
{
    static const struct {
        const char *root, *needs;
        enum type type;
    } roots[] = {
        {"svg", "", TYPE_svg},
        {"html", "", TYPE_html},
        {"Workbook", "urn:schemas-microsoft-com:office:spreadsheet", TYPE_spreadsheetml},
        {"wordDocument", "", TYPE_wordml},
        {"package", "schemas.microsoft.com/office/2006/xmlPackage", TYPE_flatopc},
        {"document", "urn:oasis:names:tc:opendocument", TYPE_fodf},
        {"VisioDocument", "", TYPE_vsdx},
        {"libraryDescription", "", TYPE_library_ms},
        {"searchConnectorDescription", "", TYPE_library_ms},
        {"persistedQuery", "", TYPE_library_ms},
        {"PCSettings", "", TYPE_settingcontent},
        {"MMC_ConsoleFile", "", TYPE_registry},
        {"xdp", "", TYPE_xdp},
        {"xfdf", "", TYPE_fdf},
        {"job", "", TYPE_script},
        {"scriptlet", "", TYPE_script},
        {"component", "", TYPE_script},
        {"jnlp", "", TYPE_script},
    };
    struct bytes tag = xml_root(head), name = local_name(tag);

    for (size_t i = 0; i < countof(roots); i++)
        if (bytes_equal(name, bytes_of(roots[i].root)) && has(tag, roots[i].needs))
            return roots[i].type;
    if (bytes_equal(name, BYTES("package")) && has(head, "<job"))
        return TYPE_script; /* Windows Script File with several jobs */
    if (bytes_equal(name, BYTES("plist")) && has(head, "<key>URL</key>"))
        return TYPE_url;
    return name.len > 0 && (starts(skip_space(head), "<?xml") || has(tag, "xmlns")) ? TYPE_xml : TYPE_unknown;
}

static bool begins_with_tag(struct bytes head, const char *const *tags, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t len = strlen(tags[i]);
        uint8_t next = head.len > len ? head.at[len] : '>';

        if (starts_fold(head, tags[i]) && (is_space(next) || next == '>' || next == '/'))
            return true;
    }
    return false;
}

/* The first tag, as browsers sniff it.  A file to be read as plain text may begin with the weaker ones, as notes
 * in Markdown do. */
static bool is_html(struct bytes head, bool plain)
{
    static const char *const strong[] = {"<!doctype html", "<html", "<head", "<script", "<iframe", "<style", "<title", "<body",
                                         "<meta", "<object", "<embed", "<form", "<link", "<base"};
    static const char *const weak[] = {"<h1", "<div", "<font", "<table", "<a", "<b", "<br", "<p", "<!--", "<center", "<img", "<span"};

    head = skip_space(head);
    return begins_with_tag(head, strong, countof(strong)) || (!plain && begins_with_tag(head, weak, countof(weak)));
}

/* A SYLK record stands on each line: a letter or two, then `;`. */
static bool is_sylk(struct bytes head)
{
    size_t line = bytes_find_byte(head, '\n', 0), semi;
    struct bytes second;

    if (!starts(head, "ID;P"))
        return false;
    second = line == SIZE_MAX ? (struct bytes){0} : bytes_from(head, line + 1);
    semi = bytes_find_byte(bytes_part(second, 0, 3), ';', 0);
    return semi == 1 || semi == 2 || starts(second, "E\r") || starts(second, "E\n");
}

static bool is_rdp(struct bytes head)
{
    struct bytes line = bytes_part(head, 0, bytes_find_byte(head, '\n', 0));

    if (!has(line, ":i:") && !has(line, ":s:"))
        return false;
    return line_starts(head, "full address:s:") || line_starts(head, "screen mode id:i:") ||
           line_starts(head, "remoteapplicationmode:i:");
}

static bool is_query(struct bytes head)
{
    return starts_fold(head, "WEB\r\n1") || starts_fold(head, "WEB\n1") || starts(head, "XLODBC") || starts(head, "QueryType=");
}

/* Files of settings begin with a section or a comment; a note that quotes one does not. */
static bool begins_with_section(struct bytes head)
{
    head = skip_space(head);
    return starts(head, "[") || starts(head, ";");
}

static bool is_registry(struct bytes head)
{
    static const char *const lines[] = {"[Shell]", "[.ShellClassInfo]", "[Theme]", "[Desktop Entry]", "[Control Panel\\"};

    if (starts(head, "Windows Registry Editor") || is_rdp(head))
        return true;
    if (!begins_with_section(head))
        return false;
    for (size_t i = 0; i < countof(lines); i++)
        if (line_starts(head, lines[i]))
            return true;
    return line_starts(head, "[Version]") && has_fold(head, "signature=");
}

static bool is_dxf(struct bytes head)
{
    size_t line = bytes_find_byte(head, '\n', 0);
    struct bytes code = bytes_trim(bytes_part(head, 0, line));

    if (line == SIZE_MAX || !(bytes_equal(code, BYTES("0")) || bytes_equal(code, BYTES("999"))))
        return false;
    return has(bytes_part(head, 0, 2048), "SECTION\n") || has(bytes_part(head, 0, 2048), "SECTION\r");
}

static bool is_shortcut(struct bytes head)
{
    return begins_with_section(head) && line_starts(head, "[InternetShortcut");
}

static bool is_sxf(struct bytes head)
{
    return starts(skip_space(head), "ISO-10303-21") && (has(head, "SCADEC") || has(head, "ASSOCIATIVE_DRAUGHTING"));
}

static bool is_step(struct bytes head)
{
    return starts(skip_space(head), "ISO-10303-21");
}

static bool is_ics(struct bytes head)
{
    return starts_fold(skip_space(head), "BEGIN:VCALENDAR");
}

static bool is_vcf(struct bytes head)
{
    return starts_fold(skip_space(head), "BEGIN:VCARD");
}

static bool is_yaml(struct bytes head)
{
    return starts(head, "%YAML");
}

static enum type marked_type(struct bytes head)
{
    static const struct {
        bool (*is)(struct bytes head);
        enum type type;
    } looks[] = {
        {is_sxf, TYPE_sxf},     {is_step, TYPE_step},     {is_shortcut, TYPE_url}, {is_registry, TYPE_registry},
        {is_query, TYPE_query}, {is_sylk, TYPE_slk},      {is_ics, TYPE_ics},      {is_vcf, TYPE_vcf},
        {is_dxf, TYPE_dxf},     {is_yaml, TYPE_yaml},
    };

    for (size_t i = 0; i < countof(looks); i++)
        if (looks[i].is(head))
            return looks[i].type;
    return TYPE_unknown;
}

static struct bytes ending(struct bytes name)
{
    size_t dot = bytes_find_last(name, BYTES("."));

    return dot == SIZE_MAX ? (struct bytes){0} : bytes_from(name, dot + 1);
}

/* Contents without a mark: what the name says, if it says one of these or an ending that systems run.  An empty file is a text only
 * where its name says so. */
static enum type named_type(enum type claimed, struct bytes head, struct bytes name)
{
    switch (claimed) {
    case TYPE_csv:
    case TYPE_tsv:
    case TYPE_json:
    case TYPE_xml:
    case TYPE_svg:
    case TYPE_yaml:
    case TYPE_script:
    case TYPE_hta:
    case TYPE_registry:
    case TYPE_query:
    case TYPE_url:
    case TYPE_eml:
    case TYPE_mbox:
    case TYPE_ics:
    case TYPE_vcf:
        return claimed;
    default:
        break;
    }
    if (filename_runs(ending(name)))
        return TYPE_script;
    if (head.len == 0)
        return claimed == TYPE_txt ? TYPE_txt : TYPE_unknown;
    head = skip_space(head);
    return claimed == TYPE_unknown && (starts(head, "{\"") || starts(head, "[{")) ? TYPE_json : TYPE_txt;
}

bool sniff_text_is_svg(struct bytes head)
{
    return bytes_equal(local_name(xml_root(head)), BYTES("svg"));
}

/* Markup: what a program would show rather than print.  Data in XML under the name of a plain text is that text. */
static enum type shown_type(struct bytes head, enum type claimed)
{
    enum type type = xml_type(head);
    bool plain = claimed == TYPE_txt;

    if ((!plain && has_fold(head, "<hta:application")) || (claimed == TYPE_hta && is_html(head, false)))
        return TYPE_hta;
    if (type != TYPE_unknown)
        return plain && type == TYPE_xml ? TYPE_txt : type;
    if (claimed == TYPE_xml || claimed == TYPE_svg) /* read as XML by whoever opens it, declaration or not */
        return TYPE_unknown;
    return is_html(head, plain) || (claimed == TYPE_html && has(head, "<")) ? TYPE_html : TYPE_unknown;
}

/* What is meant to be text but decodes in no set is still told by its name, so that the refusal can say why. */
static enum type undecoded_type(enum type claimed)
{
    bool text = claimed == TYPE_csv || claimed == TYPE_tsv || claimed == TYPE_txt || claimed == TYPE_json || claimed == TYPE_xml;

    return text ? claimed : TYPE_unknown;
}

/* A few bytes of control are met in text (page feeds, escapes), NUL and crowds of them are not. */
static bool is_text(struct bytes head)
{
    size_t odd = 0;

    for (size_t i = 0; i < head.len; i++) {
        if (head.at[i] == 0)
            return false;
        odd += head.at[i] < ' ' && !is_space(head.at[i]) && head.at[i] != 0x1b;
    }
    return odd * 10 <= head.len;
}

/* The head as UTF-8, so that marks of ASCII are found in any character set; as it stands when it is no
 * text in one (a mail or page with mixed contents still has its marks). */
static struct bytes readable(struct bytes file, enum charset set, uint8_t *to)
{
    struct charset_reader r;
    struct bytes text = {0};

    if (set == CHARSET_none || set == CHARSET_utf8)
        return bytes_part(file, charset_mark(file, CHARSET_utf8), HEAD);
    charset_open(&r, file, set);
    if (charset_next(&r, &text, NULL) != OK)
        return bytes_part(file, 0, HEAD);
    memcpy(to, text.at, text.len);
    return (struct bytes){to, text.len};
}

enum type sniff_text_type(struct bytes file, struct bytes name)
{
    uint8_t text[CHARSET_RUN + 16];
    enum type claimed = type_by_extension(ending(name)), type;
    enum charset set = charset_guess(file);
    struct bytes head = readable(file, set, text);

    type = sniff_mail_type(head, claimed); /* before the look at the bytes: a mail may carry anything */
    if (type != TYPE_unknown || !is_text(head))
        return type;
    type = marked_type(head);
    if (type == TYPE_unknown)
        type = shown_type(head, claimed);
    if (type != TYPE_unknown)
        return type;
    return set == CHARSET_none ? undecoded_type(claimed) : named_type(claimed, head, name);
}
