#!/usr/bin/python3
"""Make the seeds of a fuzz target.

usage: tests/fuzz/seeds.py TARGET OUTDIR

A seed comes from four places: small documents written here, the generators of tests/lib/make_*.py (every public function
that can be called without arguments and gives bytes), the hostile documents the golden tests make (each test is run up to
the moment it would clean one), and small files of a developer's corpus when there is one
(the environment variable CORPUS, or ../shared/corpus beside the checkout).  A target that takes a piece of a document (a
part, a stream, a font) gets the pieces, not the documents.  OUTDIR is made anew.
"""
import functools
import hashlib
import importlib.util
import inspect
import io
import os
import re
import shutil
import struct
import sys
import unittest
import warnings
import zipfile
import zlib

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LIB = os.path.join(ROOT, "tests/lib")
CORPUS = os.environ.get("CORPUS") or os.path.join(ROOT, "../shared/corpus")
MOST, LARGEST, TOTAL = 60, 96 << 10, 3 << 20

OFFICE = ("docx", "docm", "xlsx", "xlsm", "pptx", "pptm", "dotx", "xltx", "potx", "ppsx")
# word in the target's name → kinds of seed; the first line that fits counts
KINDS = (
    ("font|glyf|cff|type1", ("font",)),
    ("cmap|code_map", ("cmap",)),
    ("jbig2", ("jbig2",)), ("jpx|jp2", ("jpx",)), ("fax|ccitt", ("fax",)),
    ("content|token|operator", ("content",)),
    ("filter|lzw", ("stream", "content")),
    ("pdf", ("pdf",)),
    ("cfb", ("cfb",)),
    ("formula", ("formula",)), ("field", ("field",)),
    ("xml_|ooxml_part|rels|part|xlsx_|docx_|pptx_|drawing|sheet|wordml|vml", ("part",)),
    ("ooxml|docx|xlsx|pptx|opc", ("ooxml",)),
    ("svg", ("svg",)), ("xml", ("part", "xml", "svg")),
    ("zip|archive", ("zip", "ooxml")),
    ("jpeg|jpg|exif", ("jpeg",)), ("png", ("png",)), ("gif", ("gif",)), ("webp", ("webp",)), ("vp8", ("vp8",)),
    ("tiff?", ("tiff",)),
    ("bmp", ("bmp",)), ("icc|colou?r", ("icc",)),
    ("image|picture|pixel", ("jpeg", "png", "gif", "webp", "tiff", "bmp")),
    ("csv|tsv|table", ("csv",)), ("charset|encod|text|utf|sjis|txt", ("text", "csv")),
    ("json", ("json",)), ("profile|conf", ("profile",)), ("name", ("name",)),
)
FOLDERS = {"pdf": ("pdf",), "ooxml": OFFICE, "zip": ("zip",), "jpeg": ("jpg",), "png": ("png",), "gif": ("gif",),
           "webp": ("webp",), "tiff": ("tif",), "bmp": ("bmp",), "svg": ("svg",), "csv": ("csv",), "text": ("txt",),
           "json": ("json",), "xml": ("xml",), "jpx": ("jp2",), "cfb": ("doc", "xls", "ppt", "msg", "vsd", "hwp")}
MAGIC = (("cfb", b"\xd0\xcf\x11\xe0"), ("pdf", b"%PDF-"), ("png", b"\x89PNG"), ("jpeg", b"\xff\xd8\xff"), ("gif", b"GIF8"), ("bmp", b"BM"),
         ("tiff", b"II*\0"), ("tiff", b"MM\0*"), ("webp", b"RIFF"), ("jpx", b"\0\0\0\x0cjP"))
ALL = tuple(FOLDERS)
JAPANESE = "氏名,金額,備考\r\n山田　太郎,-1200,=HYPERLINK(\"http://x\")\r\n髙橋①,03-1234-5678,＠cmd\r\nｶﾅ,+81,\"a\"\"b,\n\"\r\n"


def kind_of(data):
    """What a generated document is, by its first bytes."""
    for kind, magic in MAGIC:
        if data.startswith(magic):
            return kind
    if data[:2] == b"PK":
        return "ooxml" if b"[Content_Types].xml" in data else "zip"
    head = data[:400].lstrip().lower()
    if b"<svg" in head:
        return "svg"
    if head.startswith((b"<?xml", b"<")):
        return "xml"
    if head.startswith((b"{", b"[")):
        return "json"
    return "csv" if b"," in head or b"\t" in head else "text"


# small documents written here

def written_pdf():
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    page = b"q 1 0 0 1 10 10 cm BT /F1 12 Tf (Hello) Tj ET Q 0 0 10 10 re f BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI\n"
    objects = [b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>",
               b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
               b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
               b"<</Length %d>>stream\n%s\nendstream" % (len(page), page), font]
    out, at = bytearray(b"%PDF-1.7\n"), []
    for n, body in enumerate(objects, 1):
        at.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (n, body)
    end = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(at) + 1) + b"".join(b"%010d 00000 n \n" % a for a in at)
    return bytes(out) + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(at) + 1, end)


def written_zip(entries, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as z:
        for name, data in entries.items():
            z.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()


def written_docx():
    ct = "http://schemas.openxmlformats.org/package/2006/content-types"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    return written_zip({
        "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="%s"><Default Extension="rels" ContentType="application/'
        'vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="%s"/></Types>'
        % (ct, main),
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
        'Id="r1" Type="%s" Target="word/document.xml"/></Relationships>' % rel,
        "word/document.xml": '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        '<w:p><w:r><w:t>役場</w:t></w:r></w:p><w:p><w:fldSimple w:instr=" DDEAUTO c x "/></w:p></w:body></w:document>'})


def written_images():
    try:
        from PIL import Image
    except ImportError:
        return
    for mode in ("RGB", "L", "P", "RGBA"):
        im = Image.new(mode, (9, 7))
        im.putpixel((3, 3), 1 if mode in ("L", "P") else (200, 10, 30, 99)[:len(mode)])
        for kind, form in (("png", "PNG"), ("jpeg", "JPEG"), ("gif", "GIF"), ("bmp", "BMP"), ("tiff", "TIFF"), ("webp", "WEBP")):
            if (kind, mode) in (("jpeg", "P"), ("jpeg", "RGBA"), ("gif", "RGBA"), ("webp", "P"), ("webp", "L")):
                continue
            out = io.BytesIO()
            im.save(out, form)
            yield kind, out.getvalue()
        if mode != "P":
            for end in (".jp2", ".j2k"):
                out = io.BytesIO()
                out.name = "x" + end
                im.resize((32, 32)).save(out, "JPEG2000")
                yield "jpx", out.getvalue()


def written():
    """(kind, bytes)"""
    yield "pdf", written_pdf()
    yield "ooxml", written_docx()
    yield "zip", written_zip({"a.txt": "x" * 99, "日本.csv": "=1+1,2\n", "in.zip": written_zip({"b.txt": b"y"})})
    yield "zip", written_zip({"../a": b"x", "a\\b": b""}, zipfile.ZIP_STORED)
    yield "svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"><rect width="9" height="9"/><script>1</script></svg>'
    yield "xml", b'<?xml version="1.0" encoding="UTF-8"?><?xml-stylesheet href="x"?><a b="c"><![CDATA[<]]>&amp;&#x3042;</a>'
    yield "json", b'{"a":[1,-2.5e3,true,null,"\\u3042\\ud83d\\ude00"],"b":{}}'
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp932", "euc_jp", "iso2022_jp"):
        text = JAPANESE if encoding not in ("euc_jp", "iso2022_jp") else JAPANESE.replace("髙橋①", "高橋").replace("ｶﾅ", "カナ")
        yield "csv", text.encode(encoding)
        yield "text", text.replace(",", "、").encode(encoding)
    yield "text", b"plain \x1b[31mred\x1b[0m \xe2\x80\xaeevil\xe2\x80\xac +ADw-script+AD4-\n"
    yield "formula", b"SUM(A1:B2)+WEBSERVICE(\"http://x\")&cmd|'/c calc'!A1*[1]Sheet1!$A$1"
    yield "formula", b"_xlfn.IFS(A1>1,{1,2;3,4},TRUE,#REF!)%^-'a b'!C3"
    yield "field", b' INCLUDEPICTURE "http://x/y.png" \\d \\* MERGEFORMAT '
    yield "cmap", b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def 1 begincodespacerange " \
                  b"<00> <ff> endcodespacerange 1 beginbfchar <01> <3042> endbfchar 1 beginbfrange <02> <09> <3043> " \
                  b"endbfrange endcmap end end"
    yield "font", b"\0\1\0\0" + struct.pack(">HHHH", 1, 16, 0, 0) + b"head" + struct.pack(">III", 0, 28, 54) + bytes(54)
    yield "font", b"%!PS-AdobeFont-1.0: X\n/FontName /X def /Encoding StandardEncoding def currentfile eexec\n"
    yield "fax", b"\x00\x10\x01\x00\x10\x01\x26\xa0\x80"
    yield "jbig2", struct.pack(">IBBBI", 0, 48, 0, 1, 19) + struct.pack(">IIIIBH", 8, 8, 0, 0, 0, 0)
    yield "icc", struct.pack(">I4sI4s4s4s", 132, b"none", 0x02100000, b"mntr", b"RGB ", b"XYZ ") + bytes(12) + b"acsp" + bytes(92)
    yield "profile", b"# a comment\nname = strict\nO11 = remove\nlimit pages = 10\n"
    yield "name", "見積\u202eexe.docx".encode()
    yield from written_images()


# pieces of documents

def stream_kind(head, data):
    if re.search(rb"/FontFile|/Length1|/Subtype\s*/(Type1C|CIDFontType0C|OpenType)", head) or \
            data[:4] in (b"\0\1\0\0", b"OTTO", b"true", b"ttcf", b"%!PS", b"%!Fo"):
        return "font"
    if b"begincmap" in data:
        return "cmap"
    if b"/JBIG2Decode" in head:
        return "jbig2"
    if b"/JPXDecode" in head:
        return "jpx"
    if b"/CCITTFax" in head:
        return "fax"
    if b"/N 3" in head and data[36:40] == b"acsp":
        return "icc"
    return "stream" if b"/Image" in head or b"/XRef" in head or b"/ObjStm" in head else "content"


def pieces(kind, data):
    """(kind, bytes) of what lies in a document."""
    if kind == "pdf":
        for m in re.finditer(rb"obj\s*(<<.{0,1500}?>>)\s*stream\r?\n(.*?)\r?\n?endstream", data, re.S):
            body = m.group(2)
            if b"/FlateDecode" in m.group(1):
                try:
                    body = zlib.decompressobj().decompress(body, 1 << 20)
                except zlib.error:
                    continue
            yield stream_kind(m.group(1), body), body
    elif kind == "webp":
        for m in re.finditer(rb"VP8 (....)", data, re.S):
            yield "vp8", data[m.end():m.end() + struct.unpack("<I", m.group(1))[0]]
    elif kind in ("zip", "ooxml"):
        try:
            with warnings.catch_warnings(), zipfile.ZipFile(io.BytesIO(data)) as z:
                warnings.simplefilter("ignore")
                for info in z.infolist()[:60]:
                    if info.file_size <= LARGEST and info.filename.endswith((".xml", ".rels", ".vml")):
                        part = z.read(info)
                        yield "part", part
                        for m in re.findall(rb"<f[^>/]*>([^<]+)</f>", part)[:20]:
                            yield "formula", m
                        for m in re.findall(rb"<w:instrText[^>/]*>([^<]+)<", part)[:20]:
                            yield "field", m
        except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError, ValueError, struct.error):
            return


# generators and corpus

@functools.cache
def generated():
    return list(made_by_generators()) + list(made_by_golden_tests())


class Caught(Exception):
    """A golden test got as far as cleaning something."""


def made_by_golden_tests():
    """(kind, bytes) of the first document of every golden test."""
    sys.path.insert(0, LIB)
    import golden
    seen = []

    def catch(_, data, *more, **named):
        if isinstance(data, (bytes, bytearray)):
            seen.append(bytes(data))
        raise Caught

    golden.Golden.clean = catch
    folder = os.path.join(ROOT, "tests/golden")
    for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
        if re.match(r"test_\w+\.py$", name):
            spec = importlib.util.spec_from_file_location("seed_" + name[:-3], os.path.join(folder, name))
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
            unittest.defaultTestLoader.loadTestsFromModule(module).run(unittest.TestResult())
    for data in seen:
        if len(data) <= LARGEST:
            yield kind_of(data), data


def made_by_generators():
    """(kind, bytes) of every public function of tests/lib/make_*.py that needs no argument."""
    sys.path.insert(0, LIB)
    for name in sorted(os.listdir(LIB)):
        if not re.match(r"make_\w+\.py$", name):
            continue
        spec = importlib.util.spec_from_file_location(name[:-3], os.path.join(LIB, name))
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        for label, fn in sorted(vars(module).items()):
            if label.startswith("_") or not inspect.isfunction(fn) or fn.__module__ != name[:-3]:
                continue
            if any(p.default is p.empty and p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)
                   for p in inspect.signature(fn).parameters.values()):
                continue
            data = fn()
            if isinstance(data, (bytes, bytearray)) and len(data) <= LARGEST:
                yield kind_of(bytes(data)), bytes(data)


@functools.cache
def collected(kinds):
    return list(small_files(kinds))


def small_files(kinds):
    """(kind, bytes) of the small files of the corpus."""
    for kind in kinds:
        for folder in FOLDERS.get(kind, ()):
            path = os.path.join(CORPUS, folder)
            for name in sorted(os.listdir(path)) if os.path.isdir(path) else []:
                file = os.path.join(path, name)
                if os.path.isfile(file) and os.path.getsize(file) <= LARGEST:
                    with open(file, "rb") as f:
                        yield kind, f.read()


def wanted(target):
    for words, kinds in KINDS:
        if re.search(words, target.removesuffix("_fuzz")):
            return kinds
    return ALL


def sources(kinds):
    """Which documents to open when a piece is wanted."""
    whole = tuple(k for k in kinds if k in FOLDERS)
    inner = ("ooxml",) if set(kinds) & {"part", "formula", "field"} else ("pdf",) if not whole else ()
    return whole + inner


def seeds(target):
    """(bytes) from the smallest; at most MOST, the first kinds first."""
    kinds = wanted(target)
    seen, out = set(), []
    for source in (written(), generated(), collected(tuple(sources(kinds)))):
        for kind, data in source:
            found = [(kind, data)] + list(pieces(kind, data) if kind not in kinds else [])
            for k, piece in found:
                digest = hashlib.sha256(piece).hexdigest()[:16]
                if k in kinds and piece and len(piece) <= LARGEST and digest not in seen:
                    seen.add(digest)
                    out.append((digest, piece))
    return thin(out)


def thin(found):
    """Small ones and an even choice of the rest, within the limits."""
    found.sort(key=lambda f: (len(f[1]), f[0]))
    if len(found) > MOST:
        step = len(found) / MOST
        found = [found[int(i * step)] for i in range(MOST)]
    total, kept = 0, []
    for digest, data in found:
        total += len(data)
        if total <= TOTAL:
            kept.append((digest, data))
    return kept


def make(target, out):
    """Write the seeds into a new folder; (how many, bytes)."""
    shutil.rmtree(out, ignore_errors=True)
    os.makedirs(out)
    made = seeds(target)
    for digest, data in made:
        with open(os.path.join(out, digest), "wb") as f:
            f.write(data)
    return len(made), sum(len(d) for _, d in made)


def main(target, out):
    count, size = make(target, out)
    print("%s: %d seeds, %d bytes" % (target, count, size))
    return 0 if count else 1


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2]))
