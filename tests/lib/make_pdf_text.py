"""Small PDF files whose point is their text: fonts of every kind, places, marked sections.

Every public function without arguments gives the bytes of a whole file (the fuzz targets take them as seeds).
"""
from make_pdf import Pdf

JAPANESE = "住民税の納付について、東京都千代田区。"


def show(text, x, y, size=12, font="F1"):
    return "BT /%s %s Tf %s %s Td (%s) Tj ET " % (font, size, x, y, text)


def hexed(data):
    return "<%s>" % data.hex()


def pages(*contents):
    """A page each, without any font but Helvetica."""
    f = Pdf()
    kids = []
    for content in contents:
        s = f.stream("", content)
        kids.append(f.add("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F1 5 0 R>>>>>>" % s))
    f.put(2, "<</Type/Pages/Kids[%s]/Count %d>>" % (" ".join("%d 0 R" % k for k in kids), len(kids)))
    return f.done()


def to_unicode(pairs):
    lines = "".join("<%04x> <%s>\n" % (code, text.encode("utf-16-be").hex()) for code, text in pairs)
    return ("/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def 1 begincodespacerange <0000> <ffff> "
            "endcodespacerange\n%d beginbfchar\n%sendbfchar\nendcmap end end" % (len(pairs), lines))


def composite(f, encoding, to=None, ordering="Identity", more=""):
    """A composite font without a program; its number."""
    inner = f.add("<</Type/Font/Subtype/CIDFontType2/BaseFont/Mincho/CIDSystemInfo<</Registry(Adobe)/Ordering(%s)/Supplement 2>>"
                  "/DW 1000%s>>" % (ordering, more))
    return f.add("<</Type/Font/Subtype/Type0/BaseFont/Mincho/Encoding/%s/DescendantFonts[%d 0 R]%s>>"
                 % (encoding, inner, "/ToUnicode %d 0 R" % f.stream("", to) if to else ""))


def written(encoding, data, **more):
    """One string in a composite font."""
    f = Pdf()
    font = composite(f, encoding, **more)
    return f.done(fonts="/F2 %d 0 R" % font, content="BT /F2 12 Tf 72 700 Td %s Tj ET" % hexed(data))


def mapped(text=JAPANESE):
    """Identity-H, glyph numbers that only ToUnicode explains."""
    chars = sorted(set(text))
    codes = {c: 7 + 3 * i for i, c in enumerate(chars)}
    return written("Identity-H", b"".join(codes[c].to_bytes(2, "big") for c in text), to=to_unicode([(codes[c], c) for c in chars]))


def shift_jis(text="Tel ｶﾅ " + JAPANESE + "髙橋①"):
    return written("90ms-RKSJ-H", text.encode("cp932"), ordering="Japan1")


def vertical():
    """Two columns, right to left, in a vertical CMap."""
    f = Pdf()
    font = composite(f, "90ms-RKSJ-V", ordering="Japan1")
    columns = "".join("BT /F2 12 Tf %d 700 Td %s Tj ET " % (x, hexed(t.encode("cp932"))) for x, t in ((300, "縦書きの"), (280, "文書です")))
    return f.done(fonts="/F2 %d 0 R" % font, content=columns)


def stacked():
    """A vertical line set by hand: each glyph below the one before, in a horizontal font."""
    f = Pdf()
    font = composite(f, "90ms-RKSJ-H", ordering="Japan1")
    glyphs = "".join("%s Tj 0 -12 Td " % hexed(c.encode("cp932")) for c in "公布する条例")
    return f.done(fonts="/F2 %d 0 R" % font, content="BT /F2 12 Tf 300 700 Td %sET" % glyphs)


def japan_cids(text="行政"):
    """Identity-H, no map: numbers of the collection Adobe-Japan1 (kanji of the first level from 1125), then the form of 、 for
    vertical writing."""
    numbers = []
    for c in text:
        row, cell = c.encode("euc_jp")
        numbers.append(1125 + (row - 0xB0) * 94 + cell - 0xA1)
    return written("Identity-H", b"".join(n.to_bytes(2, "big") for n in numbers + [7887]), ordering="Japan1")


def differences():
    font = ("<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding<</BaseEncoding/WinAnsiEncoding/Differences[65/alpha/uni6771"
            "/u4EAC/f_i/Euro/A.sc/a73/parenleftbig 80/.notdef]>>>>")
    f = Pdf()
    return f.done(fonts="/F2 %d 0 R" % f.add(font), content="BT /F2 12 Tf 72 700 Td (ABCDEFGHP caf\\351 \\200) Tj ET")


def spaced():
    """Words apart by their places only; letters set apart or kerned are words still; lines in all ways."""
    return Pdf().done(content="BT /F1 12 Tf 14 TL 72 700 Td [(Kern)60(ed)-300(words)] TJ T* 2 Tc (loose) Tj 0 Tc "
                      "(next) ' 0 0 (quoted) \" 0 -14 TD (H) Tj 4 Ts /F1 8 Tf (2) Tj 0 Ts /F1 12 Tf (O) Tj ET "
                      + show("left", 72, 500) + show("right", 140, 500))


def columns():
    left, right = "one two three four five six".split(), "seven eight nine ten eleven twelve".split()
    return Pdf().done(content="".join(show(w, 72, 700 - 14 * i) for i, w in enumerate(left))
                      + "".join(show(w, 320, 700 - 14 * i) for i, w in enumerate(right)))


def rotated():
    return Pdf().done(content="BT /F1 12 Tf 0 1 -1 0 200 300 Tm (turned upwards) Tj ET BT /F1 12 Tf -1 0 0 -1 500 300 Tm "
                      "(upside down) Tj ET", page="/Rotate 90")


def replaced():
    """/ActualText in a property list, and by a name in the resources."""
    f = Pdf()
    named = f.add("<</ActualText<%s>>>" % ("\ufeff平成".encode("utf-16-be").hex()))
    return f.done(resources="/Properties<</P1 %d 0 R>>" % named,
                  content="/Span<</ActualText(replacement)>>BDC %sEMC /Span/P1 BDC %sEMC %s"
                  % (show("glyphs", 72, 700), show("old", 72, 680), show("kept", 72, 660)))


def forms():
    """A form in a form; one that shows itself; the inner one has its font from the page."""
    f = Pdf()
    inner = f.stream("/Type/XObject/Subtype/Form/BBox[0 0 300 300]", show("inner form", 0, 0))
    loop = f.last + 1
    f.stream("/Type/XObject/Subtype/Form/BBox[0 0 300 300]/Matrix[1 0 0 1 72 0]/Resources<</Font<</F1 5 0 R>>/XObject<</X1 %d 0 R/X2 %d 0 R>>>>"
             % (inner, loop), show("outer form", 0, 40) + "q /X1 Do Q /X2 Do")
    return f.done(resources="/XObject<</X 9 0 R/X2 %d 0 R>>" % loop, content="q 1 0 0 1 0 400 cm /X2 Do Q " + show("page", 72, 300))


def twice():
    """Bold by drawing everything twice, a little aside."""
    return Pdf().done(content=show("Heading", 72, 700, 18) + show("Heading", 72.4, 700, 18) + show("body text", 72, 660))


def unseen():
    """Text off the page, text of nothing, and invisible text over a picture."""
    f = Pdf()
    image = f.stream("/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", b"\x80")
    return f.done(resources="/XObject<</I %d 0 R>>" % image,
                  content=show("outside", 72, 2000) + "q 200 0 0 200 72 400 cm /I Do Q BT 3 Tr /F1 12 Tf 72 500 Td (scanned words) Tj ET")


def picture_only():
    f = Pdf()
    image = f.stream("/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", b"\x80")
    return f.done(resources="/XObject<</I %d 0 R>>" % image, content="q 200 0 0 200 72 400 cm /I Do Q")


def drawing_only():
    return Pdf().done(content="72 72 100 100 re f")


def blank():
    return Pdf().done(content="")


def annotated():
    """A field with looks, one without, a note in a box, a hidden one, a password."""
    f = Pdf()
    looks = f.stream("/Type/XObject/Subtype/Form/BBox[0 0 100 20]/Resources<</Font<</F1 5 0 R>>>>", show("typed in", 2, 5))
    rect = "/Rect[72 %d 300 %d]"
    annots = [
        "/Subtype/Widget/FT/Tx/T(a)/AP<</N %d 0 R>>" % looks + rect % (600, 620),
        "/Subtype/Widget/FT/Tx/T(b)/V(plain value)" + rect % (560, 580),
        "/Subtype/FreeText/Contents(in a box)/DA(/F1 12 Tf)" + rect % (520, 540),
        "/Subtype/Widget/FT/Tx/T(c)/F 2/V(HIDDEN)" + rect % (480, 500),
        "/Subtype/Widget/FT/Tx/T(d)/Ff 8192/V(SECRET)" + rect % (440, 460),
    ]
    kids = [f.add("<</Type/Annot%s>>" % a) for a in annots]
    return f.done(page="/Annots[%s]" % " ".join("%d 0 R" % k for k in kids))


def controls():
    """A font whose map gives controls, directions, escapes and a soft hyphen."""
    chars = "a\u202eb\x1b[31mc\x00\u200bd\u00ade\ufb01\r\nf\ufdd0\U0001f600"
    pairs = "".join("<%02x> <%s>\n" % (0x41 + i, c.encode("utf-16-be").hex()) for i, c in enumerate(chars))
    f = Pdf()
    to = f.stream("", "begincmap %d beginbfchar\n%sendbfchar endcmap" % (len(chars), pairs))
    return f.done(fonts="/F2 %d 0 R" % f.add("<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode %d 0 R>>" % to),
                  content="BT /F2 12 Tf 72 700 Td %s Tj ET" % hexed(bytes(range(0x41, 0x41 + len(chars)))))


def unknown():
    return written("Identity-H", b"\x12\x34\x23\x45")
