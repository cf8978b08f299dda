#include "inspect/sniff_cfb.h"

#include "format/cfb.h"

struct mark {
    const char *name; /* of an entry of the root storage */
    bool starts;      /* the name only begins so */
    enum type type;
};

/* The first that is there wins: what locks a document stands before what is locked. */
static const struct mark marks[] = {
    {"EncryptedPackage", false, TYPE_ooxml_locked},
    {"\tDRMContent", false, TYPE_ooxml_locked},
    {"\x04JSRV_", true, TYPE_jtd},
    {"JSRV_", true, TYPE_jtd},
    {"JSCompDocument", false, TYPE_jtd},
    {"DocumentText", false, TYPE_jtd},
    {"WordDocument", false, TYPE_doc},
    {"PowerPoint Document", false, TYPE_ppt},
    {"PP40", false, TYPE_ppt},
    {"Workbook", false, TYPE_xls},
    {"Book", false, TYPE_xls},
    {"VisioDocument", false, TYPE_vsd},
    {"Quill", false, TYPE_pub},
    {"__properties_version1.0", false, TYPE_msg},
    {"__nameid_version1.0", false, TYPE_msg},
    {"__substg1.0_", true, TYPE_msg},
    {"HwpSummaryInformation", false, TYPE_hwp},
    {"\x05HwpSummaryInformation", false, TYPE_hwp},
    {"Props9", false, TYPE_mpp},
    {"Props12", false, TYPE_mpp},
    {"Props14", false, TYPE_mpp},
    {"   1", true, TYPE_mpp},
};

/* Class ids of the root, first bytes as in the file; installers have no fixed names. */
static const struct {
    uint8_t head[4];
    enum type type;
} classes[] = {
    {{0x84, 0x10, 0x0c, 0x00}, TYPE_msi}, {{0x82, 0x10, 0x0c, 0x00}, TYPE_msi}, {{0x86, 0x10, 0x0c, 0x00}, TYPE_msi},
    {{0x3a, 0x8f, 0xb7, 0x74}, TYPE_mpp}, {{0x01, 0x12, 0x02, 0x00}, TYPE_pub}, {{0x0d, 0x0d, 0x02, 0x00}, TYPE_mpp},
};

static bool fits(const struct mark *m, const char *name)
{
    return m->starts ? bytes_starts(bytes_of(name), bytes_of(m->name)) : bytes_equal(bytes_of(name), bytes_of(m->name));
}

static size_t rank_of(const char *name)
{
    size_t i = 0;

    while (i < countof(marks) && !fits(&marks[i], name))
        i++;
    return i;
}

/* Streams whose content is the mark. */
static enum type type_of_head(const struct cfb *c, const struct cfb_entry *e)
{
    uint8_t head[32] = {0};
    struct bytes got = {head, cfb_head(c, e, head, sizeof(head))};

    if (bytes_equal(bytes_of(e->name), BYTES("FileHeader")) && bytes_starts(got, BYTES("HWP Document File")))
        return TYPE_hwp;
    if (bytes_equal(bytes_of(e->name), BYTES("Header")) && bytes_starts(got, BYTES("SsmgV.01")))
        return TYPE_jtd;
    return TYPE_unknown;
}

static enum type class_type(const struct cfb_entry *root)
{
    static const uint8_t tail[8] = {0xc0, 0, 0, 0, 0, 0, 0, 0x46};

    for (size_t i = 0; i < countof(classes); i++)
        if (memcmp(root->clsid, classes[i].head, 4) == 0 &&
            (classes[i].type == TYPE_mpp || memcmp(root->clsid + 8, tail, 8) == 0))
            return classes[i].type;
    return TYPE_cfb;
}

enum type sniff_cfb_type(struct bytes file)
{
    struct cfb c;
    struct cfb_entry root, e;
    struct cfb_walk walk;
    size_t best = countof(marks), all = 0, coded = 0;

    if (cfb_open(file, &c, NULL) != OK || !cfb_entry(&c, 0, &root))
        return TYPE_cfb;
    walk = cfb_walk(&c, root.child);
    while (cfb_walk_next(&walk, &e)) {
        size_t rank = rank_of(e.name);
        enum type type = type_of_head(&c, &e);

        if (type != TYPE_unknown)
            return type;
        best = rank < best ? rank : best;
        all++;
        coded += bytes_starts(bytes_of(e.name), BYTES("\xe4\xa1\x80")); /* U+4840 begins the tables of an installer */
    }
    if (best < countof(marks))
        return marks[best].type;
    return coded > 2 ? TYPE_msi : class_type(&root);
}
