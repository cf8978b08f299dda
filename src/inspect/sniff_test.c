#include "base/test.h"
#include "inspect/sniff.h"

#define HEAD(bytes, file_name, is) {{(const uint8_t *)(bytes), sizeof(bytes) - 1}, file_name, TYPE_##is}

/* The first bytes of everything that has a mark of its own. */
static const struct {
    struct bytes head;
    const char *name;
    enum type type;
} heads[] = {
    HEAD("%PDF-1.7\n", "a.pdf", pdf),
    HEAD("junk\r\n%PDF-1.4\n1 0 obj", "a.pdf", pdf),
    HEAD("A PDF begins with %PDF-1.4.", "a.txt", txt),
    HEAD("See:\n[InternetShortcut]\nURL=x", "a.txt", txt),
    HEAD("anything", "a.url", url),
    HEAD("<a><b/></a>", "a.xml", xml),
    HEAD("<html><b/></html>", "a.xml", html),
    HEAD("#NoEnv\r\nRun calc", "a.ahk", script),
    HEAD("x", "a.gadget", script),
    HEAD("070701,\x90\x52\x93\x63,1200\r\n", "a.csv", csv),
    HEAD("OTTO,1\n", "a.csv", csv),
    HEAD("ID3 tags\n", "a.txt", txt),
    HEAD("OTTO\0\x0b\0\x80", "a.otf", font),
    HEAD("<p align=center>readme</p>", "a.md", txt),
    HEAD("<?xml version='1.0'?><log/>", "a.txt", txt),
    HEAD("\1\2\3\xff\xff\0\0", "a.xbd", xdw),
    HEAD("abc\xff\xff", "a.csv", csv),
    HEAD("MZ\x90\0\3\0\0\0%PDF-1.4", "a.pdf", pe),
    HEAD("MZ", "mz.txt", txt),
    HEAD("\x7f" "ELF\2\1\1\0", "a", elf),
    HEAD("\xcf\xfa\xed\xfe\7\0\0\1", "a", macho),
    HEAD("\xca\xfe\xba\xbe\0\0\0\2\0\0\0\7", "a", macho),
    HEAD("\xca\xfe\xba\xbe\0\0\0\x34\0\x10", "a.class", java_class),
    HEAD("#!/bin/sh\n", "a.txt", script),
    HEAD("@echo off\r\n", "a.bat", script),
    HEAD("Write-Host 1\r\n", "a.ps1", script),
    HEAD("<?php phpinfo();", "a.txt", script),
    HEAD("L\0\0\0\1\x14\2\0\0\0\0\0\xc0\0\0\0\0\0\0\x46", "a.lnk", lnk),
    HEAD("ITSF\3\0\0\0", "a.chm", chm),
    HEAD("\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d\xae\xb1\x53\x78\xd0\x29\x96\xd3", "a.one", onenote),
    HEAD("conectix\0\0\0\2", "a.vhd", iso),
    HEAD("MSCF\0\0\0\0", "a.cab", cab),
    HEAD("<?xml version=\"1.0\"?><libraryDescription xmlns=\"http://schemas.microsoft.com/windows/2009/library\">", "a.library-ms", library_ms),
    HEAD("<?xml version=\"1.0\"?>\n<searchConnectorDescription>", "a.xml", library_ms),
    HEAD("<PCSettings><SearchableContent>", "a.settingcontent-ms", settingcontent),
    HEAD("<?xml version=\"1.0\"?><MMC_ConsoleFile>", "a.msc", registry),
    HEAD("[InternetShortcut]\r\nURL=http://a.example/\r\n", "a.url", url),
    HEAD("[{000214A0}]\r\n[InternetShortcut]\r\n", "a.txt", url),
    HEAD("[Shell]\r\nCommand=2\r\n", "a.scf", registry),
    HEAD("[Theme]\r\n", "a.theme", registry),
    HEAD("screen mode id:i:2\r\nfull address:s:a\r\n", "a.rdp", registry),
    HEAD("Windows Registry Editor Version 5.00\r\n", "a.reg", registry),
    HEAD("\xff\xfeW\0i\0n\0d\0o\0w\0s\0 \0R\0e\0g\0i\0s\0t\0r\0y\0 \0E\0d\0i\0t\0o\0r\0", "a.reg", registry),
    HEAD("REGEDIT4\r\n", "a.txt", registry),
    HEAD("ID;PWXL;N;E\r\nP;PGeneral\r\n", "a.csv", slk),
    HEAD("ID;name\r\n1;a\r\n", "a.csv", csv),
    HEAD("WEB\r\n1\r\nhttp://a.example/\r\n", "a.iqy", query),
    HEAD("<html><hta:application id=a>", "a.html", hta),
    HEAD("<script>1</script>", "a.hta", hta),
    HEAD("<job><script language=\"VBScript\">", "a.wsf", script),
    HEAD("<?xml version=\"1.0\"?><package><job id=\"a\"><script/></job></package>", "a", script),
    HEAD("<jnlp spec=\"1.0+\">", "a", script),
    HEAD("FWS\x0a\x10\0\0\0\x78", "a.swf", swf),
    HEAD("\0asm\1\0\0\0", "a.wasm", wasm),
    HEAD("{\\rt", "a.doc", rtf),
    HEAD("\x60\x0e\x82\xe5\1", "a.xdw", xdw),
    HEAD("JwwData.600", "a.jww", jww),
    HEAD("AC1032\0\0\0", "a.dwg", dwg),
    HEAD("  0\r\nSECTION\r\n  2\r\nHEADER\r\n", "a.dxf", dxf),
    HEAD("ISO-10303-21;\r\nHEADER;\r\nFILE_DESCRIPTION(('SCADEC level2 feature_mode'),'2;1');", "a.sfc", sxf),
    HEAD("ISO-10303-21;\r\nHEADER;\r\nFILE_SCHEMA(('AUTOMOTIVE_DESIGN'));", "a.stp", step),
    HEAD("7z\xbc\xaf\x27\x1c\0\4", "a.7z", sevenzip),
    HEAD("Rar!\x1a\7\0", "a.rar", rar),
    HEAD("\x20\x9a-lh5-\1\0", "a.lzh", lzh),
    HEAD("\0\0\0\x18" "ftypheic\0\0\0\0mif1heic", "a.heic", heic),
    HEAD("\0\0\0\x1c" "ftypmif1\0\0\0\0mif1avifmiaf", "a.avif", avif),
    HEAD("\0\0\0\x18" "ftypmp42\0\0\0\0isommp42", "a.mp4", video),
    HEAD("RIFF\x24\0\0\0WEBPVP8 ", "a.webp", webp),
    HEAD("%!PS-Adobe-3.0 EPSF-3.0\n", "a.eps", postscript),
    HEAD("\xc5\xd0\xd3\xc6\x1e\0\0\0", "a.eps", postscript),
    HEAD("BEGIN:VCALENDAR\r\n", "a.ics", ics),
    HEAD("BEGIN:VCARD\r\n", "a.vcf", vcf),
    HEAD("From: a@example.jp\r\nTo: b@example.jp\r\nSubject: x\r\n\r\nhello", "a.eml", eml),
    HEAD("From: me\nTo: you\nSubject: x\n\nhello", "a.txt", txt),
    HEAD("From a@b Thu Jan  1 00:00:00 2026\nFrom: a@b\nSubject: x\n\n", "a.mbox", mbox),
    HEAD("MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n", "a.mht", mhtml),
    HEAD(" \n<!DOCTYPE html><title>x</title>", "a.txt", html),
    HEAD("<?xml version='1.0'?><!-- x --><svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg", svg),
    HEAD("<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY a \"b\">]><svg/>", "a.svg", svg),
    HEAD("<?xml version=\"1.0\"?><w:wordDocument xmlns:w=\"x\">", "a.xml", wordml),
    HEAD("<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">", "a.xls", spreadsheetml),
    HEAD("<?xml version=\"1.0\"?><pkg:package xmlns:pkg=\"http://schemas.microsoft.com/office/2006/xmlPackage\">", "a.xml", flatopc),
    HEAD("<?xml version=\"1.0\"?><office:document xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\">", "a.fodt", fodf),
    HEAD("<?xml version=\"1.0\"?><list/>", "a.xml", xml),
    HEAD("{\"a\": 1}", "a.json", json),
    HEAD("{\"a\": 1}", "a", json),
    HEAD("a,b\n1,2\n", "a.csv", csv),
    HEAD("a\tb\n", "a.tsv", tsv),
    HEAD("hello", "a.txt", txt),
    HEAD("\x8f\x5a\x96\xaf\x90\xc5", "a.csv", csv),
    HEAD("", "a.txt", txt),
    HEAD("", "a.docx", unknown),
    HEAD("\x01\x02\x03\x04\x05\x06\x07\x80\xff", "a.txt", unknown),
};

static void every_mark_is_known(void)
{
    for (size_t i = 0; i < countof(heads); i++) {
        enum type got = sniff_type(heads[i].head, bytes_of(heads[i].name));

        if (got != heads[i].type)
            (void)printf("  %zu %s: %s, not %s\n", i, heads[i].name, type_code(got), type_code(heads[i].type));
        CHECK(got == heads[i].type);
    }
}

static void names_that_lie(void)
{
    static const struct {
        enum type type;
        const char *name;
        bool lies;
    } names[] = {
        {TYPE_txt, "a.xlsx", true},   {TYPE_docm, "a.docx", true},  {TYPE_docx, "a.docm", false}, {TYPE_pe, "a.pdf", true},
        {TYPE_jpeg, "a.JPG", false},  {TYPE_jpeg, "a.mpo", false},  {TYPE_png, "a.jpg", true},    {TYPE_txt, "a.log", false},
        {TYPE_txt, "a.xyz", false},   {TYPE_txt, "noending", false}, {TYPE_txt, "a.dat", false},  {TYPE_xml, "a.kml", false},
        {TYPE_rtf, "a.doc", false},   {TYPE_html, "a.txt", true},   {TYPE_pdf, "a.pdf", false},   {TYPE_unknown, "a.pdf", false},
        {TYPE_ooxml_locked, "a.xlsx", false},
    };

    for (size_t i = 0; i < countof(names); i++)
        CHECK(sniff_name_lies(names[i].type, bytes_of(names[i].name)) == names[i].lies);
}

TEST_MAIN(TEST(every_mark_is_known), TEST(names_that_lie))
