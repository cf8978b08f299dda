"""Documents of a wanted size for benchmarks and growth tests; the same bytes every time.

Nothing here is hostile.  `noise` does not compress; `words` is Japanese text that compresses like text.
"""
import io
import random
import struct
import zipfile
import zlib

WORDS = "令和 予算 市民課 住民票 申請 受付 確認 健康 福祉 道路 工事 図書館 学校 給食 防災 避難 水道 税金 納付 窓口 報告 会議 議事録 資料".split()
CT = "http://schemas.openxmlformats.org/package/2006/content-types"
PKG = "http://schemas.openxmlformats.org/package/2006/relationships"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MIME = "application/vnd.openxmlformats-officedocument."


def noise(size, seed=1):
    return random.Random(seed).randbytes(size)


def words(count, seed=1):
    source = random.Random(seed)
    return " ".join("%s%d" % (source.choice(WORDS), source.randrange(100000)) for _ in range(count))


def png(width, height, seed=1):
    """Noise pixels."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    row = width * 3
    pixels = noise(row * height, seed)
    rows = b"".join(b"\0" + pixels[y * row:(y + 1) * row] for y in range(height))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b""))


def bmp(width, height, seed=1):
    row = (width * 3 + 3) // 4 * 4
    head = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, row * height, 2835, 2835, 0, 0)
    return struct.pack("<2sIHHI", b"BM", 54 + row * height, 0, 0, 54) + head + noise(row * height, seed)


def tiff(width, height, seed=1):
    data = noise(width * height * 3, seed)
    tags = [(256, 4, 1, width), (257, 4, 1, height), (258, 3, 3, 8 + len(data)), (259, 3, 1, 1), (262, 3, 1, 2),
            (273, 4, 1, 8), (277, 3, 1, 3), (278, 4, 1, height), (279, 4, 1, len(data))]
    at = 8 + len(data) + 6
    return (b"II*\0" + struct.pack("<I", at) + data + struct.pack("<HHH", 8, 8, 8) + struct.pack("<H", len(tags))
            + b"".join(struct.pack("<HHII", *t) for t in tags) + bytes(4))


def jpeg(width, height, seed=1, quality=92):
    """Needs PIL."""
    from PIL import Image
    out = io.BytesIO()
    Image.frombytes("RGB", (width, height), noise(width * height * 3, seed)).save(out, "JPEG", quality=quality)
    return out.getvalue()


def pdf(pages, lines=40, picture=0, seed=1):
    """Pages of text; `picture` bytes of noise as an image on each."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    kids = []
    side = int((picture / 3) ** 0.5)
    for n in range(pages):
        text = b"".join(b"BT /F 10 Tf 1 0 0 1 40 %d Tm (page %d line %d of %d) Tj ET\n" % (800 - 18 * i, n, i, seed)
                        for i in range(lines))
        resources = b"<</Font<</F 3 0 R>>"
        if side:
            data = zlib.compress(noise(side * side * 3, seed * 7919 + n), 1)
            objects.append(b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8"
                           b"/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (side, side, len(data), data))
            resources += b"/XObject<</I %d 0 R>>" % len(objects)
            text += b"q 200 0 0 200 40 40 cm /I Do Q\n"
        packed = zlib.compress(text)
        objects.append(b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed))
        objects.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources %s>>>>"
                       % (len(objects), resources))
        kids.append(len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, b" ".join(b"%d 0 R" % k for k in kids))
    out, at = io.BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for n, body in enumerate(objects, 1):
        at.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (n, body))
    end = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(at) + 1) + b"".join(b"%010d 00000 n \n" % a for a in at))
    out.write(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(at) + 1, end))
    return out.getvalue()


def zipped(entries, level=6):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        for name, data in entries:
            z.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED, level)
    return out.getvalue()


def package(main_name, main_mime, main, more=(), rels=()):
    """An Office package of one main part, more parts as (name, mime, data), and the main part's relationships."""
    types = '<Types xmlns="%s"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' \
            '<Default Extension="png" ContentType="image/png"/><Override PartName="/%s" ContentType="%s%s+xml"/>' % (
                CT, main_name, MIME, main_mime)
    types += "".join('<Override PartName="/%s" ContentType="%s%s+xml"/>' % (n, MIME, m) for n, m, _ in more if m) + "</Types>"
    folder, _, name = main_name.rpartition("/")
    relations = "".join('<Relationship Id="r%d" Type="%s/%s" Target="%s"/>' % (i, REL, kind, target)
                        for i, (kind, target) in enumerate(rels, 1))
    return zipped([("[Content_Types].xml", types),
                   ("_rels/.rels", '<Relationships xmlns="%s"><Relationship Id="r1" Type="%s/officeDocument" Target="%s"/>'
                    "</Relationships>" % (PKG, REL, main_name)),
                   (main_name, main),
                   ("%s/_rels/%s.rels" % (folder, name), '<Relationships xmlns="%s">%s</Relationships>' % (PKG, relations))]
                  + [(n, d) for n, _, d in more])


PICTURE = ('<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
           '<wp:extent cx="900000" cy="900000"/><wp:docPr id="%d" name="p"/><a:graphic '
           'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData '
           'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic '
           'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="%d" name="p"/>'
           '<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="r%d"/><a:stretch><a:fillRect/></a:stretch>'
           '</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom '
           'prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>')


def docx(paragraphs, pictures=0, side=500, seed=1):
    text = words(paragraphs * 12, seed).split(" ")
    body = "".join('<w:p><w:pPr><w:spacing w:after="120"/></w:pPr><w:r><w:rPr><w:sz w:val="21"/></w:rPr><w:t>%s</w:t></w:r></w:p>'
                   % "".join(text[12 * i:12 * i + 12]) for i in range(paragraphs))
    body += "".join(PICTURE % (n, n, n) for n in range(1, pictures + 1))
    main = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="http://schemas.openxmlformats.org/' \
           'wordprocessingml/2006/main" xmlns:r="%s"><w:body>%s</w:body></w:document>' % (REL, body)
    return package("word/document.xml", "wordprocessingml.document.main", main,
                   [("word/media/image%d.png" % n, "", png(side, side, seed * 100 + n)) for n in range(1, pictures + 1)],
                   [("image", "media/image%d.png" % n) for n in range(1, pictures + 1)])


def xlsx(rows, columns=20, seed=1):
    source = random.Random(seed)
    cells = "".join("<row r=\"%d\">%s</row>" % (r, "".join("<c><v>%d</v></c>" % source.randrange(10 ** 9) for _ in range(columns)))
                    for r in range(1, rows + 1))
    ns = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    book = '<workbook xmlns="%s" xmlns:r="%s"><sheets><sheet name="表" sheetId="1" r:id="r1"/></sheets></workbook>' % (ns, REL)
    return package("xl/workbook.xml", "spreadsheetml.sheet.main", book,
                   [("xl/worksheets/sheet1.xml", "spreadsheetml.worksheet",
                     '<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (ns, cells))],
                   [("worksheet", "worksheets/sheet1.xml")])


def csv(rows, seed=1):
    source = random.Random(seed)
    return "".join("%d,%s,%d,03-%04d-%04d\r\n" % (n, source.choice(WORDS), source.randrange(-10 ** 6, 10 ** 6),
                                                   source.randrange(10 ** 4), source.randrange(10 ** 4))
                   for n in range(rows)).encode("utf-8")


def json(items, seed=1):
    source = random.Random(seed)
    return ("[" + ",\n".join('{"id":%d,"名":"%s","値":%d.5}' % (n, source.choice(WORDS), source.randrange(10 ** 6))
                             for n in range(items)) + "]").encode("utf-8")


def xml(items, seed=1):
    source = random.Random(seed)
    return ('<?xml version="1.0" encoding="UTF-8"?><list>' + "".join(
        '<item id="%d"><name>%s</name></item>\n' % (n, source.choice(WORDS)) for n in range(items)) + "</list>").encode("utf-8")


def text(lines, seed=1):
    source = random.Random(seed)
    return "".join("%d %s %s\n" % (n, source.choice(WORDS), source.choice(WORDS)) for n in range(lines)).encode("utf-8")
