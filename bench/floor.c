/* floor: what any rebuild of an Office file must at least do, with no rule applied.
 *
 * usage: floor LEVEL OUT FILE...
 *
 * Unzips every entry, parses every XML part with libxml2's SAX, deflates every entry again at LEVEL and writes the
 * result to OUT, one file after another.  It trusts its input: a yardstick, not a tool.  Files it cannot read are
 * counted.  Prints `N files, N skipped`. */
#include <fcntl.h>
#include <libdeflate.h>
#include <libxml/parser.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { END_SIZE = 22, CENTRAL_SIZE = 46, LOCAL_SIZE = 30, LARGEST = 1 << 28 };

struct floor {
    struct libdeflate_compressor *pack;
    struct libdeflate_decompressor *unpack;
    xmlSAXHandler sax;
    int out;
};

static uint32_t u16(const uint8_t *p)
{
    return (uint32_t)(p[0] | p[1] << 8);
}

static uint32_t u32(const uint8_t *p)
{
    return u16(p) | u16(p + 2) << 16;
}

static void start(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int spaces,
                  const xmlChar **namespaces, int attributes, int defaulted, const xmlChar **values)
{
    (void)user, (void)name, (void)prefix, (void)uri, (void)spaces, (void)namespaces, (void)attributes, (void)defaulted;
    (void)values;
}

static void end(void *user, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    (void)user, (void)name, (void)prefix, (void)uri;
}

static void text(void *user, const xmlChar *at, int len)
{
    (void)user, (void)at, (void)len;
}

static bool ends(const char *name, size_t len, const char *end_)
{
    size_t n = strlen(end_);

    return len >= n && memcmp(name + len - n, end_, n) == 0;
}

static bool put(struct floor *f, const void *data, size_t len)
{
    return write(f->out, data, len) == (ssize_t)len;
}

/* One entry: out of the archive, through the parser, into the output. */
static bool entry(struct floor *f, const uint8_t *file, size_t size, const uint8_t *central)
{
    size_t packed = u32(central + 20), plain = u32(central + 24), at = u32(central + 42), name_len = u16(central + 28);
    const char *name = (const char *)central + CENTRAL_SIZE;
    uint8_t *data, *again;
    size_t bound, got;
    bool ok;

    if (at + LOCAL_SIZE > size || plain > LARGEST)
        return false;
    at += LOCAL_SIZE + u16(file + at + 26) + u16(file + at + 28);
    if (at + packed > size)
        return false;
    data = malloc(plain + 1);
    bound = libdeflate_deflate_compress_bound(f->pack, plain);
    again = malloc(bound);
    if (data == NULL || again == NULL)
        exit(2);
    if (u16(central + 10) == 0 && packed == plain)
        memcpy(data, file + at, plain);
    else if (libdeflate_deflate_decompress(f->unpack, file + at, packed, data, plain, NULL) != LIBDEFLATE_SUCCESS) {
        free(data);
        free(again);
        return false;
    }
    if (ends(name, name_len, ".xml") || ends(name, name_len, ".rels"))
        (void)xmlSAXUserParseMemory(&f->sax, NULL, (const char *)data, (int)plain);
    got = libdeflate_deflate_compress(f->pack, data, plain, again, bound);
    ok = put(f, file + u32(central + 42), LOCAL_SIZE) && put(f, name, name_len) && put(f, again, got);
    free(data);
    free(again);
    return ok;
}

static bool archive(struct floor *f, const uint8_t *file, size_t size)
{
    size_t at, count;

    if (size < END_SIZE)
        return false;
    for (at = size - END_SIZE; at > 0 && u32(file + at) != 0x06054b50; at--)
        continue;
    count = u16(file + at + 10);
    for (at = u32(file + at + 16); count > 0; count--) {
        if (at + CENTRAL_SIZE > size || u32(file + at) != 0x02014b50 || !entry(f, file, size, file + at))
            return false;
        at += CENTRAL_SIZE + u16(file + at + 28) + u16(file + at + 30) + u16(file + at + 32);
    }
    return true;
}

static bool one(struct floor *f, const char *path)
{
    int fd = open(path, O_RDONLY);
    struct stat st;
    void *map;
    bool ok;

    if (fd < 0 || fstat(fd, &st) != 0 || st.st_size == 0)
        return false;
    map = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    (void)close(fd);
    if (map == MAP_FAILED)
        return false;
    if (ftruncate(f->out, 0) != 0 || lseek(f->out, 0, SEEK_SET) != 0)
        exit(2);
    ok = archive(f, map, (size_t)st.st_size);
    (void)munmap(map, (size_t)st.st_size);
    return ok;
}

static int level_of(const char *word)
{
    return word[0] >= '0' && word[0] <= '9' && word[1] == '\0' ? word[0] - '0' : 6;
}

int main(int argc, char **argv)
{
    struct floor f = {
        .sax = {.initialized = XML_SAX2_MAGIC, .startElementNs = start, .endElementNs = end, .characters = text}};
    int done = 0, skipped = 0;

    if (argc < 4)
        return 2;
    f.pack = libdeflate_alloc_compressor(level_of(argv[1]));
    f.unpack = libdeflate_alloc_decompressor();
    f.out = open(argv[2], O_RDWR | O_CREAT | O_TRUNC, 0666);
    if (f.pack == NULL || f.unpack == NULL || f.out < 0)
        return 2;
    for (int i = 3; i < argc; i++) {
        if (one(&f, argv[i]))
            done++;
        else
            skipped++;
    }
    (void)printf("%d files, %d skipped\n", done, skipped);
    return 0;
}
