"""Font programs by hand: a square for the letter A, and where asked what has no business in a font.

Every function takes `evil`, bytes put where a checker may not look; b"" makes a plain font.
"""
import struct

SQUARE = ((0, 0), (0, 700), (500, 700), (500, 0))


# TrueType

def sfnt(tables):
    at, out, body = 12 + 16 * len(tables), bytearray(b"\0\1\0\0" + struct.pack(">HHHH", len(tables), 0, 0, 0)), b""
    for tag, data in sorted(tables.items()):
        out += tag + struct.pack(">III", 0, at + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    return bytes(out) + body


def outline(points):
    x = y = 0
    xs = ys = b""
    for px, py in points:
        xs, ys, x, y = xs + struct.pack(">h", px - x), ys + struct.pack(">h", py - y), px, py
    return (struct.pack(">hhhhh", 1, 0, 0, 500, 700) + struct.pack(">HH", len(points) - 1, 0) +
            b"\x01" * len(points) + xs + ys)


def truetype(evil, circle=False):
    """Glyph 1 is the square; with `circle` glyph 2 is made of itself."""
    glyphs = [b"", outline(SQUARE)]
    if circle:
        glyphs.append(struct.pack(">hhhhhHHbb", -1, 0, 0, 500, 700, 0, 2, 0, 0))
    glyphs = [g + bytes(-len(g) % 4) for g in glyphs]
    places = [sum(map(len, glyphs[:i])) for i in range(len(glyphs) + 1)]
    codes = struct.pack(">HHHHHHH", 4, 32, 0, 4, 4, 1, 0) + struct.pack(">HHHHHHHHH", 65, 0xFFFF, 0, 65, 0xFFFF,
                                                                       1 - 65 & 0xFFFF, 1, 0, 0)
    tables = {
        b"cmap": struct.pack(">HHHHI", 0, 1, 3, 1, 12) + codes,
        b"glyf": b"".join(glyphs) + evil,
        b"head": struct.pack(">IIIIHHQQhhhhHHhhh", 0x10000, 0, 0, 0x5F0F3CF5, 0, 1000, 12345, 67890, 0, 0, 500, 700, 0, 8,
                             2, 1, 0),
        b"hhea": struct.pack(">IhhhHhhhhhhhhhhhH", 0x10000, 800, -200, 0, 600, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1),
        b"hmtx": struct.pack(">Hh", 600, 0) + bytes(2 * (len(glyphs) - 1)),
        b"loca": b"".join(struct.pack(">I", p) for p in places),
        b"maxp": struct.pack(">IH", 0x10000, len(glyphs)) + struct.pack(">13H", 9, 9, 9, 9, 2, 0, 0, 0, 0, 0, 0, 1, 1),
    }
    if evil:
        tables.update({b"DSIG": evil, b"name": evil, b"SVG ": evil})
    return sfnt(tables)


# Type 1

def encrypted(data, key):
    out = bytearray()
    for byte in data:
        out.append(byte ^ key >> 8)
        key = (out[-1] + key) * 52845 + 22719 & 0xFFFF
    return bytes(out)


def number(v):
    if -107 <= v <= 107:
        return bytes([v + 139])
    if v > 0:
        return bytes([(v - 108 >> 8) + 247, v - 108 & 255])
    return bytes([(-v - 108 >> 8) + 251, -v - 108 & 255])


def type1(evil):
    square = number(0) + number(600) + b"\x0d" + b"".join(
        number(v) + op for v, op in ((0, b"\x16"), (700, b"\x07"), (500, b"\x06"), (-700, b"\x07"))) + b"\x09\x0e"
    clear = (b"%!PS-AdobeFont-1.0: Square\n11 dict begin\n/FontName /Square def\n/FontType 1 def\n/PaintType 0 def\n"
             b"/FontMatrix [0.001 0 0 0.001 0 0] readonly def\n/FontBBox {0 0 500 700} readonly def\n"
             b"/Encoding 256 array\n0 1 255 {1 index exch /.notdef put} for\ndup 65 /A put\nreadonly def\n" +
             (b"(" + evil + b") run {" + evil + b"} exec\n" if evil else b"") + b"currentdict end\ncurrentfile eexec\n")
    private = (b"0000dup /Private 8 dict dup begin\n/RD {string currentfile exch readstring pop} executeonly def\n"
               b"/ND {noaccess def} executeonly def\n/BlueValues [] def\n/password 5839 def\n" +
               (b"/OtherSubrs [{" + evil + b"}] def\n" if evil else b"") + b"2 index /CharStrings 2 dict dup begin\n")
    for name, code in ((b".notdef", number(0) + number(600) + b"\x0d\x0e"), (b"A", square)):
        private += b"/%s %d RD " % (name, len(code) + 4) + encrypted(bytes(4) + code, 4330) + b" ND\n"
    private += b"end\nend\nreadonly put\nnoaccess put\ndup /FontName get exch definefont pop\nmark currentfile closefile\n"
    return clear + encrypted(private, 55665) + b"0" * 64 + b"\ncleartomark\n" + evil, len(clear), len(private)


# CFF

def index(elements):
    out, at = struct.pack(">H", len(elements)), 1
    if elements:
        out += b"\2" + struct.pack(">H", at)
        for e in elements:
            at += len(e)
            out += struct.pack(">H", at)
    return out + b"".join(elements)


def cff(evil):
    square = b"".join(number(v) for v in (600, 0, 0)) + b"\x15" + number(700) + b"\x07" + number(500) + b"\x06" + \
        number(-700) + b"\x07\x0e"
    names, strings, subrs = index([b"Square"]), index([evil] if evil else []), index([])
    charset, glyphs = b"\0\0\x22", index([number(600) + b"\x0e", square])  # SID 34 is A
    private = number(0) + b"\x14"

    def top(at):
        def place(v):
            return b"\x1d" + struct.pack(">I", v)
        return ((b"\x1c\x01\x87\x0c\x15" if evil else b"") +  # embedded PostScript: SID 391, the first own string
                b"".join(map(number, (0, 0, 500, 700))) + b"\x05" + place(at) + b"\x0f" + place(at + len(charset)) + b"\x11" +
                number(len(private)) + place(at + len(charset) + len(glyphs)) + b"\x12")
    head = b"\1\0\4\4" + names
    at = len(head + index([top(0)]) + strings + subrs) + len(evil)
    return head + index([top(at)]) + strings + subrs + evil + charset + glyphs + private


# In a document

def document(make_pdf, kind, evil):
    """A page that says its text and, with the font, AAA."""
    f = make_pdf.Pdf()
    if kind == "type1":
        data, one, two = type1(evil)
        program, key = f.stream("/Length1 %d/Length2 %d/Length3 %d" % (one, two, len(data) - one - two), data), "FontFile"
    elif kind == "cff":
        program, key = f.stream("/Subtype/Type1C", cff(evil)), "FontFile3"
    else:
        program, key = f.stream("", truetype(evil, circle=bool(evil))), "FontFile2"
    descriptor = f.add("<</Type/FontDescriptor/FontName/Square/Flags 32/FontBBox[0 0 500 700]/ItalicAngle 0/Ascent 700"
                       "/Descent 0/CapHeight 700/StemV 80/%s %d 0 R>>" % (key, program))
    font = f.add("<</Type/Font/Subtype/%s/BaseFont/Square/FirstChar 65/LastChar 65/Widths[600]/FontDescriptor %d 0 R"
                 "/Encoding/WinAnsiEncoding>>" % ("TrueType" if kind == "truetype" else "Type1", descriptor))
    return f.done(fonts="/Sq %d 0 R" % font, content=make_pdf.CONTENT + " BT /Sq 40 Tf 72 500 Td (AAA) Tj ET")
