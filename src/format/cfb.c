#include "format/cfb.h"

enum { HEADER_DIFAT = 109, ENTRY = 128 };
#define SECTOR_MAX 0xfffffffau

static uint32_t u32(struct bytes b, uint64_t at)
{
    const uint8_t *p = b.at + at;

    if (at + 4 > b.len)
        return CFB_NONE;
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static uint16_t u16(struct bytes b, uint64_t at)
{
    return at + 2 > b.len ? 0 : (uint16_t)(b.at[at] | b.at[at + 1] << 8);
}

/* Sector 0 begins behind the header, which is one sector long. */
static uint64_t sector_at(const struct cfb *c, uint32_t sector)
{
    return ((uint64_t)sector + 1) << c->shift;
}

static bool sector_here(const struct cfb *c, uint32_t sector)
{
    return sector < SECTOR_MAX && sector_at(c, sector) < c->file.len;
}

/* How many sectors the file can hold: no honest chain is longer. */
static uint32_t sector_limit(const struct cfb *c)
{
    uint64_t n = ((uint64_t)c->file.len >> c->shift) + 1;

    return n > SECTOR_MAX ? SECTOR_MAX : (uint32_t)n;
}

/* The sector that holds part `index` of the FAT. */
static uint32_t fat_sector(const struct cfb *c, uint32_t index)
{
    uint32_t each = (1u << (c->shift - 2)) - 1, sector = c->difat_first;

    if (index < HEADER_DIFAT)
        return u32(c->file, 76 + 4 * (uint64_t)index);
    index -= HEADER_DIFAT;
    for (; index >= each; index -= each) {
        if (!sector_here(c, sector))
            return CFB_NONE;
        sector = u32(c->file, sector_at(c, sector) + 4 * (uint64_t)each);
    }
    return sector_here(c, sector) ? u32(c->file, sector_at(c, sector) + 4 * (uint64_t)index) : CFB_NONE;
}

static uint32_t next_sector(const struct cfb *c, uint32_t sector)
{
    uint32_t each = 1u << (c->shift - 2), fat = fat_sector(c, sector / each);

    return sector_here(c, fat) ? u32(c->file, sector_at(c, fat) + 4 * (uint64_t)(sector % each)) : CFB_NONE;
}

/* The sector `steps` further along a chain. */
static uint32_t sector_after(const struct cfb *c, uint32_t sector, uint64_t steps)
{
    if (steps > sector_limit(c))
        return CFB_NONE;
    while (steps-- > 0 && sector_here(c, sector))
        sector = next_sector(c, sector);
    return sector;
}

static void find_directory(struct cfb *c, uint32_t first)
{
    uint32_t limit = sector_limit(c);

    for (uint32_t s = first; sector_here(c, s) && c->dir_count < CFB_DIR_SECTORS && c->dir_count < limit; s = next_sector(c, s))
        c->dir[c->dir_count++] = s;
    c->entry_count = c->dir_count << (c->shift - 7);
}

enum err cfb_open(struct bytes file, struct cfb *ret_cfb, struct fault *why)
{
    struct cfb *c = ret_cfb;
    struct cfb_entry root;

    memset(c, 0, sizeof(*c));
    c->file = file;
    if (!bytes_starts(file, BYTES("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) || file.len < 512)
        return fault_set(why, ERR_MALFORMED, NULL, "MS-CFB 2.2", 0, "no compound file");
    c->shift = u16(file, 30);
    c->mini_shift = u16(file, 32);
    if ((c->shift != 9 && c->shift != 12) || c->mini_shift != 6)
        return fault_set(why, ERR_MALFORMED, NULL, "MS-CFB 2.2", 30, "sectors of 2^%u bytes", c->shift);
    c->mini_cutoff = u32(file, 56);
    c->mini_fat = u32(file, 60);
    c->difat_first = u32(file, 68);
    find_directory(c, u32(file, 48));
    if (!cfb_entry(c, 0, &root) || root.kind != CFB_ROOT)
        return fault_set(why, ERR_MALFORMED, NULL, "MS-CFB 2.6.2", 48, "no root entry");
    c->mini_start = root.start;
    return OK;
}

/* UTF-16 to UTF-8 for names: what is no pair of surrogates becomes '?'. */
static void read_name(struct bytes raw, char *to)
{
    size_t at = 0;

    for (uint64_t i = 0; i + 2 <= raw.len && i < 64; i += 2) {
        uint16_t c = u16(raw, i);

        if (c == 0)
            break;
        if (c >= 0xd800 && c < 0xe000)
            c = '?';
        if (c < 0x80) {
            to[at++] = (char)c;
        } else if (c < 0x800) {
            to[at++] = (char)(0xc0 | c >> 6);
            to[at++] = (char)(0x80 | (c & 63));
        } else {
            to[at++] = (char)(0xe0 | c >> 12);
            to[at++] = (char)(0x80 | (c >> 6 & 63));
            to[at++] = (char)(0x80 | (c & 63));
        }
    }
    to[at] = '\0';
}

bool cfb_entry(const struct cfb *c, uint32_t index, struct cfb_entry *ret_entry)
{
    struct cfb_entry *e = ret_entry;
    uint32_t each = 1u << (c->shift - 7);
    struct bytes raw;

    if (index >= c->entry_count)
        return false;
    raw = bytes_part(c->file, (size_t)(sector_at(c, c->dir[index / each]) + (uint64_t)(index % each) * ENTRY), ENTRY);
    if (raw.len < ENTRY || (raw.at[66] != CFB_STORAGE && raw.at[66] != CFB_STREAM && raw.at[66] != CFB_ROOT))
        return false;
    read_name(raw, e->name);
    e->kind = (enum cfb_kind)raw.at[66];
    e->left = u32(raw, 68);
    e->right = u32(raw, 72);
    e->child = u32(raw, 76);
    memcpy(e->clsid, raw.at + 80, 16);
    e->start = u32(raw, 116);
    e->size = u32(raw, 120);
    if (c->shift == 12)
        e->size |= (uint64_t)u32(raw, 124) << 32;
    return true;
}

struct cfb_walk cfb_walk(const struct cfb *c, uint32_t child)
{
    return (struct cfb_walk){.c = c, .wait = {child}, .depth = 1};
}

/* A tree of siblings in any shape: each entry is taken once, its neighbours wait. */
bool cfb_walk_next(struct cfb_walk *w, struct cfb_entry *ret_entry)
{
    while (w->depth > 0 && w->steps++ < w->c->entry_count) {
        uint32_t index = w->wait[--w->depth];

        if (!cfb_entry(w->c, index, ret_entry))
            continue;
        if (w->depth < CFB_WALK && ret_entry->left != CFB_NONE)
            w->wait[w->depth++] = ret_entry->left;
        if (w->depth < CFB_WALK && ret_entry->right != CFB_NONE)
            w->wait[w->depth++] = ret_entry->right;
        return true;
    }
    return false;
}

/* Where byte `at` of the mini stream's sector `mini` lies in the file. */
static uint64_t mini_at(const struct cfb *c, uint32_t mini)
{
    uint64_t byte = (uint64_t)mini << c->mini_shift;
    uint32_t sector = sector_after(c, c->mini_start, byte >> c->shift);

    return sector_here(c, sector) ? sector_at(c, sector) + (byte & ((1u << c->shift) - 1)) : c->file.len;
}

static uint32_t next_mini(const struct cfb *c, uint32_t mini)
{
    uint32_t each = 1u << (c->shift - 2), fat = sector_after(c, c->mini_fat, mini / each);

    return sector_here(c, fat) ? u32(c->file, sector_at(c, fat) + 4 * (uint64_t)(mini % each)) : CFB_NONE;
}

size_t cfb_head(const struct cfb *c, const struct cfb_entry *e, uint8_t *to, size_t len)
{
    bool mini = e->size < c->mini_cutoff && e->kind != CFB_ROOT;
    size_t step = (size_t)1 << (mini ? c->mini_shift : c->shift), done = 0;
    uint32_t sector = e->start;

    if (e->size < len)
        len = (size_t)e->size;
    while (done < len && sector < SECTOR_MAX) {
        uint64_t at = mini ? mini_at(c, sector) : sector_at(c, sector);
        struct bytes part = at >= c->file.len ? (struct bytes){0} : bytes_part(c->file, (size_t)at, step);

        if (part.len > len - done)
            part.len = len - done;
        if (part.len == 0)
            break;
        memcpy(to + done, part.at, part.len);
        done += part.len;
        sector = mini ? next_mini(c, sector) : next_sector(c, sector);
    }
    return done;
}
