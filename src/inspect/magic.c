#include "inspect/magic.h"

struct magic {
    uint32_t at, len;
    const char *mark;
    enum type type;
    bool letters; /* a text could begin with them: something that is no text must follow */
};

#define AT(at, text, type) {at, sizeof(text) - 1, text, TYPE_##type, false}
#define LETTERS(text, type) {0, sizeof(text) - 1, text, TYPE_##type, true}

/* First match wins; marks of two bytes are not here, they need a second look. */
static const struct magic magics[] = {
    AT(0, "\x89PNG\r\n\x1a\n", png),
    AT(0, "\xff\xd8\xff", jpeg),
    AT(0, "GIF87a", gif),
    AT(0, "GIF89a", gif),
    AT(0, "II*\0", tiff),
    AT(0, "MM\0*", tiff),
    AT(0, "II+\0\x08\0\0\0", tiff),
    AT(0, "MM\0+\0\x08\0\0", tiff),
    AT(0, "PK\3\4", zip),
    AT(0, "PK\5\6", zip),
    AT(0, "PK00PK\3\4", zip),
    AT(0, "PK\7\x08PK\3\4", zip),
    AT(0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", cfb),
    AT(0, "\x1f\x8b\x08", gzip),
    AT(0, "\xfd" "7zXZ\0", xz),
    AT(0, "\x28\xb5\x2f\xfd", zstd),
    AT(0, "\x1f\x9d", compress),
    AT(0, "\x1f\xa0", compress),
    AT(0, "7z\xbc\xaf\x27\x1c", sevenzip),
    AT(0, "Rar!\x1a\x07", rar),
    AT(0, "!<arch>\n", ar),
    AT(0, "\xed\xab\xee\xdb", rpm),
    AT(0, "\x7f" "ELF", elf),
    AT(0, "\xfe\xed\xfa\xce", macho),
    AT(0, "\xfe\xed\xfa\xcf", macho),
    AT(0, "\xce\xfa\xed\xfe", macho),
    AT(0, "\xcf\xfa\xed\xfe", macho),
    AT(0, "\xca\xfe\xba\xbf", macho),
    AT(0, "L\0\0\0\1\x14\2\0", lnk),
    LETTERS("ITSF", chm),
    LETTERS("ITOLITLS", chm),
    AT(0, "\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d\xae\xb1\x53\x78\xd0\x29\x96\xd3", onenote),
    AT(0, "\xa1\x2f\xff\x43\xd9\xef\x76\x4c\x9e\xe2\x10\xea\x57\x22\x76\x5f", onenote),
    AT(32768, "\1CD001", iso),
    AT(32768, "\0CD001", iso),
    AT(32768, "\0BEA01", iso),
    LETTERS("conectix", iso),
    LETTERS("vhdxfile", iso),
    AT(0, "MSWIM\0\0\0", iso),
    AT(0, "QFI\xfb", iso),
    LETTERS("KDMV", iso),
    AT(0, "MSCF\0\0\0\0", cab),
    LETTERS("ISc(", cab),
    LETTERS("Cr24", jar),
    AT(0, "\0asm", wasm),
    LETTERS("fLaC", audio),
    LETTERS("OggS", audio),
    LETTERS("MThd", audio),
    LETTERS("ID3", audio),
    AT(0, "#!AMR", audio),
    AT(0, "\x30\x26\xb2\x75\x8e\x66\xcf\x11", video),
    AT(0, "\x1a\x45\xdf\xa3", video),
    AT(0, "FLV\1", video),
    AT(0, "\0\0\1\xba", video),
    AT(0, "\0\0\1\xb3", video),
    AT(0, "\0\0\0\x0cjP  \r\n\x87\n", jp2),
    AT(0, "\xff\x4f\xff\x51", jp2),
    LETTERS("8BPS", psd),
    AT(0, "\xd7\xcd\xc6\x9a", wmf),
    AT(0, "\1\0\x09\0\0\3", wmf),
    AT(0, "\2\0\x09\0\0\3", wmf),
    AT(0, "%!PS", postscript),
    AT(0, "\xc5\xd0\xd3\xc6", postscript),
    AT(0, "\x04%!PS", postscript),
    AT(0, "{\\rt", rtf),
    AT(0, "%FDF-", fdf),
    AT(0, "\x78\x9f\x3e\x22", tnef),
    LETTERS("OTTO", font),
    LETTERS("ttcf", font),
    LETTERS("wOFF", font),
    LETTERS("wOF2", font),
    AT(0, "\0\1\0\0\0", font),
    AT(0, "SQLite format 3\0", sqlite),
    AT(0, "\0\1\0\0Standard Jet DB", mdb),
    AT(0, "\0\1\0\0Standard ACE DB", mdb),
    AT(0, "-----BEGIN PGP", pgp),
    AT(0, "-----BEGIN PKCS7", pkcs7),
    AT(0, "-----BEGIN CMS", pkcs7),
    AT(0, "REGEDIT4", registry),
    AT(0, "JwwData.", jww),
    AT(0, "\x60\x0e\x82", xdw),
    AT(0, "AutoCAD Binary DXF\r\n\x1a\0", dxf),
    AT(0, "#!", script),
    AT(0, "<?php", script),
};

static uint8_t byte(struct bytes b, size_t at)
{
    return at < b.len ? b.at[at] : 0;
}

static uint32_t word_le(struct bytes b, size_t at)
{
    return (uint32_t)byte(b, at) | (uint32_t)byte(b, at + 1) << 8 | (uint32_t)byte(b, at + 2) << 16 |
           (uint32_t)byte(b, at + 3) << 24;
}

static uint32_t word_be(struct bytes b, size_t at)
{
    return (uint32_t)byte(b, at) << 24 | (uint32_t)byte(b, at + 1) << 16 | (uint32_t)byte(b, at + 2) << 8 |
           (uint32_t)byte(b, at + 3);
}

static bool has(struct bytes b, size_t at, const char *mark)
{
    return bytes_starts(bytes_from(b, at), bytes_of(mark));
}

static bool is_digit(uint8_t c)
{
    return c >= '0' && c <= '9';
}

/* "070701" could be a date at the head of a table: a header is all digits; the old form is binary. */
static bool is_cpio(struct bytes f)
{
    size_t digits = has(f, 0, "070707") ? 76 : has(f, 0, "070701") || has(f, 0, "070702") ? 110 : 0;

    if ((has(f, 0, "\xc7\x71") || has(f, 0, "\x71\xc7")) && f.len >= 26)
        return bytes_find_byte(bytes_part(f, 0, 26), 0, 0) != SIZE_MAX;
    for (size_t i = 0; i < digits; i++)
        if (!is_digit(byte(f, i)) && ((byte(f, i) | 32) < 'a' || (byte(f, i) | 32) > 'f'))
            return false;
    return digits > 0 && f.len >= digits;
}

static bool is_emf(struct bytes f)
{
    return word_le(f, 0) == 1 && has(f, 40, " EMF");
}

/* "MZ" alone could begin a note; a program has a header with zeros in it. */
static bool is_pe(struct bytes f)
{
    return (has(f, 0, "MZ") || has(f, 0, "ZM")) && bytes_find_byte(bytes_part(f, 0, 64), 0, 0) != SIZE_MAX;
}

static bool is_bmp(struct bytes f)
{
    static const uint32_t sizes[] = {12, 16, 40, 52, 56, 64, 108, 124};

    if (!has(f, 0, "BM"))
        return false;
    for (size_t i = 0; i < countof(sizes); i++)
        if (word_le(f, 14) == sizes[i])
            return true;
    return false;
}

/* The first entry must lie behind the directory, or any file of zeros would be an icon. */
static bool is_ico(struct bytes f)
{
    uint32_t head = word_le(f, 0), count = word_le(f, 4) & 0xffff;

    return (head == 0x10000 || head == 0x20000) && count > 0 && byte(f, 9) == 0 &&
           word_le(f, 18) >= 6 + 16 * count && word_le(f, 18) < f.len;
}

/* Compound "-lh5-" mark of LHarc and its relatives. */
static bool is_lzh(struct bytes f)
{
    return byte(f, 2) == '-' && byte(f, 6) == '-' && byte(f, 20) <= 3 && (has(f, 3, "lh") || has(f, 3, "lz") || has(f, 3, "pm"));
}

/* A tar header names its own checksum; old ones have no other mark. */
static bool is_tar(struct bytes f)
{
    uint32_t sum = 0, told = 0;

    if (f.len < 512)
        return false;
    if (has(f, 257, "ustar"))
        return true;
    for (size_t i = 0; i < 512; i++)
        sum += i >= 148 && i < 156 ? ' ' : f.at[i];
    for (size_t i = 148; i < 156; i++)
        if (f.at[i] >= '0' && f.at[i] <= '7')
            told = told * 8 + (uint32_t)(f.at[i] - '0');
    return sum > 256 && told == sum;
}

/* AutoCAD writes its release as six characters: AC1015, and in the oldest AC1.50, AC2.10, MC0.0. */
static bool is_dwg(struct bytes f)
{
    if (has(f, 0, "AC10"))
        return is_digit(byte(f, 4)) && is_digit(byte(f, 5)) && byte(f, 6) == 0;
    return (has(f, 0, "AC1.") || has(f, 0, "AC2.") || has(f, 0, "MC0.0")) && byte(f, 6) == 0;
}

/* Ichitaro 4 to 6: "DOC" and the version in byte 43; later ones are compound files. */
static bool is_old_jtd(struct bytes f)
{
    return has(f, 0, "DOC") && byte(f, 43) >= 0x14 && byte(f, 43) <= 0x16 && f.len >= 64 && byte(f, 3) < 0x20;
}

/* A boot sector of a FAT or NTFS volume, or of a partitioned disk. */
static bool is_disk(struct bytes f)
{
    bool jump = (byte(f, 0) == 0xeb && byte(f, 2) == 0x90) || byte(f, 0) == 0xe9 || byte(f, 0) == 0x33;

    if (f.len >= 512 && (has(f, f.len - 512, "conectix") || has(f, f.len - 512, "koly")))
        return true;
    if (has(f, 34817, "CD001") || has(f, 36865, "CD001"))
        return true;
    return f.len >= 512 && f.len % 512 == 0 && jump && byte(f, 510) == 0x55 && byte(f, 511) == 0xaa;
}

static bool brand_listed(struct bytes f, const char *brands)
{
    size_t end = word_be(f, 0);

    for (size_t at = 8; at + 4 <= end && at + 4 <= f.len && at < 256; at += at == 8 ? 8 : 4) {
        size_t hit = bytes_find(bytes_of(brands), bytes_part(f, at, 4), 0);

        if (hit != SIZE_MAX && hit % 5 == 0)
            return true;
    }
    return false;
}

/* ISO base media: the brands tell a still picture from a film. */
static enum type media_type(struct bytes f)
{
    if (brand_listed(f, "avif avis") || has(f, 8, "mif3avif"))
        return TYPE_avif;
    if (brand_listed(f, "heic heix hevc hevx heim heis mif1 msf1 mif3"))
        return TYPE_heic;
    if (brand_listed(f, "jp2  jpx  jpm "))
        return TYPE_jp2;
    return has(f, 8, "M4A") || has(f, 8, "M4B") ? TYPE_audio : TYPE_video;
}

static enum type riff_type(struct bytes f)
{
    if (has(f, 8, "WEBP"))
        return TYPE_webp;
    if (has(f, 8, "WAVE") || has(f, 8, "RMID"))
        return TYPE_audio;
    if (has(f, 8, "AVI "))
        return TYPE_video;
    return has(f, 8, "ACON") ? TYPE_ico : TYPE_unknown;
}

/* CAFEBABE is shared: a fat binary counts its parts (few), a class tells its version (45 and up). */
static enum type cafe_type(struct bytes f)
{
    return word_be(f, 4) < 45 ? TYPE_macho : TYPE_java_class;
}

/* Version bytes behind a three-letter mark. */
static bool is_swf(struct bytes f)
{
    return (has(f, 0, "FWS") || has(f, 0, "CWS") || has(f, 0, "ZWS")) && byte(f, 3) > 0 && byte(f, 3) < 64 && f.len > 8 &&
           word_le(f, 4) != 0 && (byte(f, 7) < 0x20 || byte(f, 3) < 0x20);
}

static bool is_mp3(struct bytes f)
{
    uint8_t b = byte(f, 1), rate = byte(f, 2);

    return byte(f, 0) == 0xff && (b == 0xfb || b == 0xfa || b == 0xf3 || b == 0xf2 || b == 0xf1 || b == 0xf9) &&
           (rate & 0xf0) != 0xf0 && (rate & 0x0c) != 0x0c;
}

/* CMS: SEQUENCE, then the object identifier 1.2.840.113549.1.7.x. */
static bool is_pkcs7(struct bytes f)
{
    size_t oid = bytes_find(bytes_part(f, 0, 24), BYTES("\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07"), 0);

    return byte(f, 0) == 0x30 && oid != SIZE_MAX;
}

static bool is_tga(struct bytes f)
{
    return bytes_ends(f, BYTES("TRUEVISION-XFILE.\0"));
}

static bool has_letters_only(struct bytes head)
{
    for (size_t i = 0; i < head.len; i++)
        if (head.at[i] < ' ' && head.at[i] != '\t' && head.at[i] != '\n' && head.at[i] != '\r')
            return false;
    return true;
}

static bool fits(const struct magic *m, struct bytes file)
{
    if (!bytes_starts(bytes_from(file, m->at), (struct bytes){(const uint8_t *)m->mark, m->len}))
        return false;
    return !m->letters || !has_letters_only(bytes_part(file, 0, 32));
}

static enum type second_look(struct bytes f)
{
    static const struct {
        bool (*is)(struct bytes f);
        enum type type;
    } looks[] = {
        {is_pe, TYPE_pe},       {is_bmp, TYPE_bmp},     {is_lzh, TYPE_lzh},     {is_dwg, TYPE_dwg},
        {is_cpio, TYPE_cpio},   {is_emf, TYPE_emf},     {is_old_jtd, TYPE_jtd}, {is_swf, TYPE_swf},     {is_pkcs7, TYPE_pkcs7}, {is_ico, TYPE_ico},
        {is_tar, TYPE_tar},     {is_disk, TYPE_iso},    {is_mp3, TYPE_audio},   {is_tga, TYPE_tga},
    };

    for (size_t i = 0; i < countof(looks); i++)
        if (looks[i].is(f))
            return looks[i].type;
    return TYPE_unknown;
}

enum type magic_type(struct bytes file)
{
    for (size_t i = 0; i < countof(magics); i++)
        if (fits(&magics[i], file))
            return magics[i].type;
    if (has(file, 0, "RIFF"))
        return riff_type(file);
    if (has(file, 0, "FORM") && (has(file, 8, "AIFF") || has(file, 8, "AIFC")))
        return TYPE_audio;
    if (byte(file, 0) == 0 && has(file, 4, "ftyp"))
        return media_type(file);
    if (has(file, 0, "\xca\xfe\xba\xbe"))
        return cafe_type(file);
    if (has(file, 0, "BZh") && is_digit(byte(file, 3)) && (has(file, 4, "1AY&SY") || has(file, 4, "\x17rE8P\x90")))
        return TYPE_bzip2;
    if (byte(file, 0) == 0x60 && byte(file, 1) == 0xea && byte(file, 10) <= 2 && byte(file, 2) != 0)
        return TYPE_arj;
    return second_look(file);
}
