#include "sanitize/pdf_schema.h"

#define KEYS(table) static const struct pdf_key keys_##table[] = {
#define K(key, role) {key, PDF_ROLE_##role},
#define END {NULL, PDF_ROLE_NONE}};
#include "sanitize/pdf_keys.def"
#undef KEYS
#undef K
#undef END

static const struct pdf_role_def roles[PDF_ROLE_COUNT] = {
    [PDF_ROLE_NONE] = {"none", PDF_FORM_HOOK, 0, keys_none, 0, ROW_P21, 0},
#define ROLE(name, form, item, keys, row, flags)                                                                      \
    [PDF_ROLE_##name] = {#name, PDF_FORM_##form, item, keys_##keys, countof(keys_##keys) - 1, ROW_##row, flags},
#include "sanitize/pdf_schema.def"
#undef ROLE
};

/* Keys known for what they do: the row they are reported under wherever they stand. */
static const struct {
    const char *key;
    enum row row;
} rows[] = {
    {"OpenAction", ROW_P01}, {"AA", ROW_P02}, {"JS", ROW_P03}, {"JavaScript", ROW_P06}, {"Next", ROW_P04},
    {"URI", ROW_P05}, {"EmbeddedFiles", ROW_P06}, {"Renditions", ROW_P06}, {"AlternatePresentations", ROW_P06},
    {"URLS", ROW_P06}, {"IDS", ROW_P06}, {"Templates", ROW_P06},  {"Pages", ROW_COUNT},
    {"EF", ROW_P07}, {"RF", ROW_P07}, {"AF", ROW_P07}, {"Collection", ROW_P07}, {"FS", ROW_P07},
    {"Movie", ROW_P08}, {"Sound", ROW_P08}, {"3DD", ROW_P08}, {"RichMediaContent", ROW_P08},
    {"RichMediaSettings", ROW_P08}, {"PA", ROW_P03}, {"RC", ROW_P09}, {"RV", ROW_P10}, {"Popup", ROW_P09},
    {"A", ROW_P03}, {"XFA", ROW_P10}, {"CO", ROW_P10}, {"NeedsRendering", ROW_P10}, {"SigFlags", ROW_P11},
    {"Perms", ROW_P11}, {"DSS", ROW_P11}, {"Legal", ROW_P11}, {"Lock", ROW_P11}, {"SV", ROW_P11}, {"AS", ROW_P12},
    {"OCProperties", ROW_P12}, {"Creator", ROW_P13}, {"CreatorInfo", ROW_P13}, {"User", ROW_P13},
    {"OPI", ROW_P14}, {"Ref", ROW_P14}, {"Alternates", ROW_P14}, {"AlternateImages", ROW_P14}, {"FFilter", ROW_P14},
    {"FDecodeParms", ROW_P14}, {"PS", ROW_P15}, {"Subtype2", ROW_P15}, {"Level1", ROW_P15},
    {"HT", ROW_P24}, {"HTP", ROW_P24}, {"ViewerPreferences", ROW_P24}, {"PageMode", ROW_P24}, {"Trans", ROW_P24},
    {"Dur", ROW_P24}, {"Threads", ROW_P24}, {"B", ROW_P24}, {"Requirements", ROW_P24}, {"OutputIntents", ROW_P24},
    {"VP", ROW_P24}, {"Measure", ROW_P24}, {"PtData", ROW_P24}, {"DPartRoot", ROW_P24}, {"DPart", ROW_P24},
    {"PresSteps", ROW_P24}, {"HideToolbar", ROW_P24}, {"HideMenubar", ROW_P24}, {"HideWindowUI", ROW_P24},
    {"FitWindow", ROW_P24}, {"CenterWindow", ROW_P24}, {"DisplayDocTitle", ROW_P24}, {"NonFullScreenPageMode", ROW_P24},
    {"ViewArea", ROW_P24}, {"ViewClip", ROW_P24}, {"PrintArea", ROW_P24}, {"PrintClip", ROW_P24}, {"PrintScaling", ROW_P24},
    {"Duplex", ROW_P24}, {"PickTrayByPDFSize", ROW_P24}, {"PrintPageRange", ROW_P24}, {"NumCopies", ROW_P24}, {"SeparationInfo", ROW_P24}, {"BoxColorInfo", ROW_P24}, {"Extensions", ROW_P24},
    {"SE", ROW_P26}, {"FontMatrix", ROW_P17}, {"Encoding", ROW_P17},
    /* what is written from the data or the tree, or says nothing */
    {"Length", ROW_COUNT}, {"Filter", ROW_COUNT}, {"DecodeParms", ROW_COUNT}, {"DL", ROW_COUNT},
    {"Length1", ROW_COUNT}, {"Length2", ROW_COUNT}, {"Length3", ROW_COUNT}, {"Parent", ROW_COUNT},
    {"P", ROW_COUNT}, {"Kids", ROW_COUNT}, {"Count", ROW_COUNT}, {"Width", ROW_COUNT}, {"Height", ROW_COUNT},
    {"BitsPerComponent", ROW_COUNT}, {"SMaskInData", ROW_COUNT}, {"Name", ROW_COUNT}, {"Type", ROW_COUNT},
    {"Subtype", ROW_COUNT}, {"Version", ROW_COUNT}, {"CIDSet", ROW_COUNT}, {"Alternate", ROW_COUNT},
    {"First", ROW_COUNT}, {"Last", ROW_COUNT}, {"Prev", ROW_COUNT}, {"Limits", ROW_COUNT}, {"Nums", ROW_COUNT},
    {"Names", ROW_COUNT}, {"D", ROW_COUNT}, {"SD", ROW_COUNT}, {"UseCMap", ROW_COUNT}, {"Rect", ROW_COUNT},
    {"FormType", ROW_COUNT}, {"Decode", ROW_COUNT}, {"DP", ROW_COUNT}, {"ColorSpace", ROW_COUNT}, {"SMask", ROW_COUNT},
};

const struct pdf_role_def *pdf_schema_role(enum pdf_role role)
{
    return &roles[role];
}

enum pdf_role pdf_schema_key(enum pdf_role role, struct bytes key)
{
    const struct pdf_role_def *def = &roles[role];

    for (size_t i = 0; i < def->key_count; i++) {
        const char *k = def->keys[i].key;

        if (key.len > 0 && (uint8_t)k[0] == key.at[0] && strlen(k) == key.len && memcmp(k, key.at, key.len) == 0)
            return def->keys[i].role;
    }
    return PDF_ROLE_NONE;
}

enum row pdf_schema_row(enum pdf_role role, struct bytes key)
{
    /* Bookmarks are linked anew; under an action the same key is a chain. */
    if (role == PDF_ROLE_OUTLINE_ITEM && bytes_equal(key, BYTES("Next")))
        return ROW_COUNT;
    for (size_t i = 0; i < countof(rows); i++)
        if (bytes_equal(key, bytes_of(rows[i].key)))
            return rows[i].row;
    return ROW_P13;
}
