#include "sanitize/ooxml_instr.h"

/* Fields that compute from the document alone and do nothing.  Not here, among others: what reads a file, a
 * database or another program, what asks the user, what runs a macro, what needs data that is not passed on. */
static const char *const allowed[] = {
    "ADVANCE",   "AUTHOR",     "AUTONUM",    "AUTONUMLGL",  "AUTONUMOUT", "BARCODE",      "COMMENTS",     "CREATEDATE",
    "DATE",      "DISPLAYBARCODE", "EDITTIME", "EQ",        "FILENAME",   "FILESIZE",     "FORMCHECKBOX", "FORMDROPDOWN",
    "FORMTEXT",  "HYPERLINK",  "INDEX",      "KEYWORDS",    "LASTSAVEDBY", "LISTNUM",     "NOTEREF",      "NUMCHARS",
    "NUMPAGES",  "NUMWORDS",   "PAGE",       "PAGEREF",     "PRINTDATE",  "REF",          "REVNUM",       "SAVEDATE",
    "SECTION",   "SECTIONPAGES", "SEQ",      "STYLEREF",    "SUBJECT",    "SYMBOL",       "TA",           "TC",
    "TIME",      "TITLE",      "TOA",        "TOC",         "USERADDRESS", "USERINITIALS", "USERNAME",    "XE"};

static bool space(uint8_t c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static size_t skip_space(struct bytes in, size_t at)
{
    while (at < in.len && space(in.at[at]))
        at++;
    return at;
}

/* The next argument: a word, or what stands between quotes. */
static struct bytes take_word(struct bytes in, size_t *at, bool *ret_switch)
{
    size_t from = skip_space(in, *at), to;
    bool quoted = from < in.len && in.at[from] == '"';

    *ret_switch = from < in.len && in.at[from] == '\\';
    from += quoted;
    to = from;
    while (to < in.len && (quoted ? in.at[to] != '"' : !space(in.at[to]) && in.at[to] != '"'))
        to += in.at[to] == '\\' && to + 1 < in.len && !*ret_switch ? 2 : 1;
    if (to > in.len)
        to = in.len;
    *at = to + (quoted && to < in.len);
    return bytes_part(in, from, to - from);
}

static bool scheme_allowed(struct bytes address)
{
    return bytes_starts_fold(address, BYTES("http://")) || bytes_starts_fold(address, BYTES("https://")) ||
           bytes_starts_fold(address, BYTES("mailto:"));
}

/* HYPERLINK address \l place \o tip \t frame \m \n */
static enum ooxml_instr judge_link(struct bytes args)
{
    struct bytes address = {0};
    bool place = false, have = false;

    for (size_t at = skip_space(args, 0); at < args.len; at = skip_space(args, at)) {
        bool is_switch;
        struct bytes word = take_word(args, &at, &is_switch);

        if (is_switch && word.len == 2 && strchr("lotsLOTS", word.at[1]) != NULL) {
            place = place || (word.at[1] | 32) == 'l';
            (void)take_word(args, &at, &is_switch);
        } else if (!is_switch && have) {
            return OOXML_INSTR_BAD_LINK; /* two addresses */
        } else if (!is_switch) {
            address = word;
            have = true;
        }
    }
    if (address.len > 0)
        return scheme_allowed(address) ? OOXML_INSTR_LINK : OOXML_INSTR_BAD_LINK;
    return place ? OOXML_INSTR_FINE : OOXML_INSTR_BAD_LINK;
}

enum ooxml_instr ooxml_instr_judge(struct bytes instr, size_t nested, struct bytes *ret_name)
{
    size_t from = skip_space(instr, 0), to = from;

    while (to < instr.len && ((instr.at[to] | 32) >= 'a' && (instr.at[to] | 32) <= 'z'))
        to++;
    *ret_name = bytes_part(instr, from, to - from);
    if (from < instr.len && instr.at[from] == '=')
        return nested > from ? OOXML_INSTR_FINE : OOXML_INSTR_BAD;
    if (ret_name->len == 0 || nested <= to || (to < instr.len && !space(instr.at[to]) && instr.at[to] != '\\' && instr.at[to] != '"'))
        return OOXML_INSTR_BAD;
    if (bytes_equal_fold(*ret_name, BYTES("HYPERLINK")))
        return nested != SIZE_MAX ? OOXML_INSTR_BAD_LINK : judge_link(bytes_from(instr, to));
    for (size_t i = 0; i < countof(allowed); i++)
        if (bytes_equal_fold(*ret_name, bytes_of(allowed[i])))
            return OOXML_INSTR_FINE;
    return OOXML_INSTR_BAD;
}
