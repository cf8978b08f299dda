"""Small Office documents made of strings: a package to add parts to, and a plain document of each kind.

    p = docx("<w:p><w:r><w:t>本文</w:t></w:r></w:p>")
    p.part("word/vbaProject.bin", VBA, "application/vnd.ms-office.vbaProject")
    p.rel("word/document.xml", R + "/vbaProject", "vbaProject.bin")
    data = p.build()

Every plain document opens in Office; the hostile constructs are in make_ooxml_bad.
"""
import io
import struct
import zipfile
import zlib

PKG = "http://schemas.openxmlformats.org/package/2006"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
MS_REL = "http://schemas.microsoft.com/office/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml."
SLIDE = "application/vnd.openxmlformats-officedocument.presentationml."
NAMES = ' xmlns:r="%s" xmlns:mc="%s" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"' % (R, MC)
W_NAMES = ' xmlns:w="%s" xmlns:wp="%s" xmlns:a="%s" xmlns:pic="%s" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"' \
    ' xmlns:w10="urn:schemas-microsoft-com:office:word"' % (W, WP, A, PIC) + NAMES
S_NAMES = ' xmlns="%s"' % S + NAMES
P_NAMES = ' xmlns:a="%s" xmlns:p="%s"' % (A, P) + NAMES

STRICT = [
    (R, "http://purl.oclc.org/ooxml/officeDocument/relationships"),
    (W, "http://purl.oclc.org/ooxml/wordprocessingml/main"),
    (S, "http://purl.oclc.org/ooxml/spreadsheetml/main"),
    (P, "http://purl.oclc.org/ooxml/presentationml/main"),
    (WP, "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing"),
    (XDR, "http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing"),
    (PIC, "http://purl.oclc.org/ooxml/drawingml/picture"),
    (C, "http://purl.oclc.org/ooxml/drawingml/chart"),
    (A, "http://purl.oclc.org/ooxml/drawingml/main"),
]


class Package:
    """A package in memory.  `main` is the name of its main part."""

    def __init__(self, main):
        self.main = main
        self.parts = {}
        self.types = {}
        self.defaults = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
        self.rels = {}
        self.extra_types = ""

    def part(self, name, data, content_type=None):
        """A part, with an Override when a content type is given."""
        self.parts[name] = data.encode() if isinstance(data, str) else data
        if content_type:
            self.types[name] = content_type
        return self

    def default(self, extension, content_type):
        self.defaults[extension] = content_type
        return self

    def rel(self, source, kind, target, external=False, rid=None):
        """A relationship of a part ("" for the package); its id is returned."""
        rels = self.rels.setdefault(source, [])
        rid = rid or "rId%d" % (len(rels) + 100)
        rels.append((rid, kind, target, external))
        return rid

    def replace(self, name, old, new):
        """Change the text of a part; the old text must be there."""
        data = self.parts[name].decode()
        assert old in data, (old, name)
        self.parts[name] = data.replace(old, new, 1).encode()
        return self

    def content_types(self):
        out = HEAD + '<Types xmlns="%s/content-types">' % PKG
        out += "".join('<Default Extension="%s" ContentType="%s"/>' % d for d in sorted(self.defaults.items()))
        out += "".join('<Override PartName="/%s" ContentType="%s"/>' % t for t in sorted(self.types.items()))
        return out + self.extra_types + "</Types>"

    def rels_xml(self, source):
        out = HEAD + '<Relationships xmlns="%s/relationships">' % PKG
        for rid, kind, target, external in self.rels[source]:
            out += '<Relationship Id="%s" Type="%s" Target="%s"%s/>' % (
                rid, kind, target.replace("&", "&amp;"), ' TargetMode="External"' if external else "")
        return out + "</Relationships>"

    def entries(self):
        """(name, bytes) of everything, in the order of the archive."""
        out = [("[Content_Types].xml", self.content_types().encode())]
        for source in sorted(self.rels):
            folder, _, leaf = source.rpartition("/")
            out.append(((folder + "/" if folder else "") + "_rels/" + leaf + ".rels", self.rels_xml(source).encode()))
        return out + list(self.parts.items())

    def build(self, strict=False, more=()):
        """The archive.  strict: the namespaces of ISO/IEC 29500 Strict; more: entries written as they are."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
            for name, data in self.entries() + list(more):
                if strict and (name.endswith(".xml") or name.endswith(".rels")):
                    for loose, tight in STRICT:
                        data = data.replace(loose.encode(), tight.encode())
                z.writestr(name, data)
        return out.getvalue()


def png(width=2, height=2, colour=(200, 30, 30)):
    """A PNG of one colour."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + bytes(colour) * width for _ in range(height))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def emf():
    """The shortest metafile: a header and the end (MS-EMF 2.3.4)."""
    eof = struct.pack("<IIIII", 14, 20, 0, 0, 20)
    head = struct.pack("<II4i4iIIIIHHIIIiiii", 1, 88, 0, 0, 9, 9, 0, 0, 300, 300, 0x464D4520, 0x10000, 88 + len(eof), 2, 1, 0,
                       0, 0, 0, 100, 100, 30, 30)
    return head + eof


def cfb(*words):
    """Bytes that begin like a compound file and hold these words: what a sniffer sees of vbaProject.bin."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + b"".join(w.encode("utf-16le") + b"\0\0" for w in words) + b"\0" * 512


def core_props(p, title="title"):
    p.part("docProps/core.xml", HEAD + '<cp:coreProperties xmlns:cp="%s/metadata/core-properties" '
           'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
           'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>%s</dc:title><dc:creator>Yamada Taro</dc:creator>'
           '<dcterms:created xsi:type="dcterms:W3CDTF">2026-01-02T03:04:05Z</dcterms:created></cp:coreProperties>' % (PKG, title),
           "application/vnd.openxmlformats-package.core-properties+xml")
    p.rel("", PKG + "/relationships/metadata/core-properties", "docProps/core.xml")


def docx(body="<w:p><w:r><w:t>本文</w:t></w:r></w:p>", kind="document", section=""):
    """A Word document; kind: document, template, or macro names for its content type."""
    types = {"document": WORD + "document.main+xml", "template": WORD + "template.main+xml",
             "docm": "application/vnd.ms-word.document.macroEnabled.main+xml",
             "dotm": "application/vnd.ms-word.template.macroEnabledTemplate.main+xml"}
    p = Package("word/document.xml")
    p.part(p.main, HEAD + "<w:document%s><w:body>%s<w:sectPr>%s</w:sectPr></w:body></w:document>" % (W_NAMES, body, section), types[kind])
    p.rel("", R + "/officeDocument", p.main, rid="rId1")
    p.default("png", "image/png")
    return p


def word_settings(p, inner):
    p.part("word/settings.xml", HEAD + "<w:settings%s>%s</w:settings>" % (W_NAMES, inner), WORD + "settings+xml")
    p.rel(p.main, R + "/settings", "settings.xml")
    return p


THEME = HEAD + """<a:theme xmlns:a="%s" name="Office"><a:themeElements><a:clrScheme name="Office">%s</a:clrScheme>
<a:fontScheme name="Office"><a:majorFont><a:latin typeface="Arial"/><a:ea typeface=""/><a:cs typeface=""/></a:majorFont>
<a:minorFont><a:latin typeface="Arial"/><a:ea typeface=""/><a:cs typeface=""/></a:minorFont></a:fontScheme>
<a:fmtScheme name="Office"><a:fillStyleLst>%s</a:fillStyleLst><a:lnStyleLst>%s</a:lnStyleLst>
<a:effectStyleLst>%s</a:effectStyleLst><a:bgFillStyleLst>%s</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>""" % (
    A, "".join('<a:%s><a:srgbClr val="%06X"/></a:%s>' % (n, 0x111111 * i, n) for i, n in enumerate(
        "dk1 lt1 dk2 lt2 accent1 accent2 accent3 accent4 accent5 accent6 hlink folHlink".split())),
    '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>' * 3,
    '<a:ln w="6350"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln>' * 3,
    "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3, '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>' * 3)


def cells(*rows):
    """sheetData of rows of cells; a cell is a number, a text, or ("formula", cached value)."""
    out = "<sheetData>"
    for y, row in enumerate(rows, 1):
        out += '<row r="%d">' % y
        for x, v in enumerate(row):
            ref = "%s%d" % (chr(65 + x), y)
            if isinstance(v, tuple):
                f = v[0].replace("&", "&amp;").replace("<", "&lt;")
                out += '<c r="%s"%s><f>%s</f><v>%s</v></c>' % (ref, "" if isinstance(v[1], (int, float)) else ' t="str"', f, v[1])
            elif isinstance(v, str):
                out += '<c r="%s" t="inlineStr"><is><t>%s</t></is></c>' % (ref, v)
            else:
                out += '<c r="%s"><v>%s</v></c>' % (ref, v)
        out += "</row>"
    return out + "</sheetData>"


def sheet_xml(data, after="", root="worksheet"):
    return HEAD + "<%s%s>%s%s</%s>" % (root, S_NAMES, data, after, root)


def xlsx(sheets=None, kind="sheet", names="", before="", after=""):
    """A workbook.  sheets: (name, sheetData, what follows it[, attributes of its entry]) each.

    names   definedName elements; before, after: elements of the workbook before sheets and after definedNames
    """
    types = {"sheet": SHEET + "sheet.main+xml", "template": SHEET + "template.main+xml",
             "xlsm": "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
             "xlam": "application/vnd.ms-excel.addin.macroEnabled.main+xml"}
    p = Package("xl/workbook.xml")
    sheets = sheets or [("Sheet1", cells(["表", 1], [("SUM(B1)", 1)]), "")]
    entries = ""
    for i, s in enumerate(sheets, 1):
        p.part("xl/worksheets/sheet%d.xml" % i, sheet_xml(s[1], s[2]), SHEET + "worksheet+xml")
        rid = p.rel(p.main, R + "/worksheet", "worksheets/sheet%d.xml" % i, rid="rId%d" % i)
        entries += '<sheet name="%s" sheetId="%d"%s r:id="%s"/>' % (s[0], i, s[3] if len(s) > 3 else "", rid)
    names = "<definedNames>%s</definedNames>" % names if names else ""
    p.part(p.main, HEAD + "<workbook%s>%s<sheets>%s</sheets>%s%s</workbook>" % (S_NAMES, before, entries, names, after), types[kind])
    p.part("xl/styles.xml", HEAD + '<styleSheet xmlns="%s"><fonts count="1"><font><sz val="11"/></font></fonts><fills count="1"><fill>'
           '<patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/>'
           '</cellStyleXfs><cellXfs count="1"><xf/></cellXfs></styleSheet>' % S, SHEET + "styles+xml")
    p.rel(p.main, R + "/styles", "styles.xml")
    p.rel("", R + "/officeDocument", p.main, rid="rId1")
    p.default("png", "image/png")
    return p


def shape(number, text, props="", run=""):
    """A text shape of a slide; props go into cNvPr, run into the properties of the text."""
    return ('<p:sp><p:nvSpPr><p:cNvPr id="%d" name="s%d">%s</p:cNvPr><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x="0" y="0"/>'
            '<a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody><a:bodyPr/><a:p>'
            '<a:r><a:rPr lang="ja-JP">%s</a:rPr><a:t>%s</a:t></a:r></a:p></p:txBody></p:sp>' % (number, number, props, run, text))


def tree(shapes):
    return ('<p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>%s</p:spTree>'
            "</p:cSld>" % shapes)


def slide_xml(shapes, after="", attrs=""):
    return HEAD + "<p:sld%s%s>%s<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>%s</p:sld>" % (P_NAMES, attrs, tree(shapes), after)


def pptx(slides=None, kind="presentation", after=""):
    """A presentation.  slides: (shapes, what follows them[, attributes of the slide]) each; after: end of presentation.xml."""
    types = {"presentation": SLIDE + "presentation.main+xml", "slideshow": SLIDE + "slideshow.main+xml",
             "pptm": "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml",
             "ppam": "application/vnd.ms-powerpoint.addin.macroEnabled.main+xml"}
    p = Package("ppt/presentation.xml")
    slides = slides or [(shape(2, "表題"), "")]
    ids = ""
    for i, s in enumerate(slides, 1):
        name = "ppt/slides/slide%d.xml" % i
        p.part(name, slide_xml(s[0], s[1], s[2] if len(s) > 2 else ""), SLIDE + "slide+xml")
        p.rel(name, R + "/slideLayout", "../slideLayouts/slideLayout1.xml", rid="rId1")
        ids += '<p:sldId id="%d" r:id="%s"/>' % (255 + i, p.rel(p.main, R + "/slide", "slides/slide%d.xml" % i))
    master = p.rel(p.main, R + "/slideMaster", "slideMasters/slideMaster1.xml")
    p.part("ppt/slideMasters/slideMaster1.xml", HEAD + "<p:sldMaster%s>%s<p:clrMap %s/><p:sldLayoutIdLst><p:sldLayoutId id=\"2147483649\" "
           'r:id="rId1"/></p:sldLayoutIdLst></p:sldMaster>' % (P_NAMES, tree(""), " ".join('%s="%s"' % n for n in zip(
               "bg1 tx1 bg2 tx2 accent1 accent2 accent3 accent4 accent5 accent6 hlink folHlink".split(),
               "lt1 dk1 lt2 dk2 accent1 accent2 accent3 accent4 accent5 accent6 hlink folHlink".split()))), SLIDE + "slideMaster+xml")
    p.rel("ppt/slideMasters/slideMaster1.xml", R + "/slideLayout", "../slideLayouts/slideLayout1.xml", rid="rId1")
    p.rel("ppt/slideMasters/slideMaster1.xml", R + "/theme", "../theme/theme1.xml", rid="rId2")
    p.part("ppt/slideLayouts/slideLayout1.xml", HEAD + '<p:sldLayout%s type="blank">%s<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>'
           "</p:sldLayout>" % (P_NAMES, tree("")), SLIDE + "slideLayout+xml")
    p.rel("ppt/slideLayouts/slideLayout1.xml", R + "/slideMaster", "../slideMasters/slideMaster1.xml", rid="rId1")
    p.part("ppt/theme/theme1.xml", THEME, "application/vnd.openxmlformats-officedocument.theme+xml")
    p.rel(p.main, R + "/theme", "theme/theme1.xml")
    p.part(p.main, HEAD + '<p:presentation%s><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="%s"/></p:sldMasterIdLst><p:sldIdLst>%s'
           '</p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/><p:notesSz cx="6858000" cy="9144000"/>%s</p:presentation>' % (
               P_NAMES, master, ids, after), types[kind])
    p.rel("", R + "/officeDocument", p.main, rid="rId1")
    p.default("png", "image/png")
    return p
