"""Golden tests: make a hostile document, clean it with the real program, read the output again.

    import sys, os
    sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
    from golden import Golden, main

    class Macros(Golden):
        def test_O05_vba_goes_text_stays(self):
            r = self.clean(make_ooxml.docm(vba=True), "a.docm")
            self.assertClean(r, name="a.docx")
            self.assertFound(r, "O05", "removed")
            self.assertNotIn("word/vbaProject.bin", r.zip())

    main(__name__)

What is always checked, by clean() itself: the exit status fits the outcome, the sizes and digests of the report are
those of the bytes, an input that is not passed leaves no output, and a cleaned file cleaned again gives the same bytes
with no finding but "kept".  The test method's name carries the row id: tools/rules reads it.

The environment variable SEKISHO names the program (default: build/dev/src/sekisho).
"""
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import zipfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SEKISHO = os.path.abspath(os.environ.get("SEKISHO") or os.path.join(ROOT, "build/dev/src/sekisho"))
FIELDS = ("input", "type", "claimed", "size", "sha256", "outcome", "profile", "findings", "ms", "cpu_ms", "peak_kb")
ACTIONS = ("removed", "neutralized", "rebuilt", "kept", "withheld")
TIMEOUT = 120


class Result:
    """One document after the program.

    report    the JSON object of the document itself       lines    all JSON objects of the run
    outcome   clean, held or refused                       reason   row id or a word ("crash"), "" when clean
    findings  list of {id, where, action, count}           data     bytes of the output, None when there is none
    name      name of the output file                      status   exit status;  log: what went to stderr
    """

    def __init__(self, lines, data, status, log, source):
        self.lines = lines
        self.report = lines[0]
        self.outcome = self.report.get("outcome")
        self.reason = self.report.get("reason") or ""
        self.detail = self.report.get("detail") or {}  # rule, text, text_ja, type_ja, at
        self.findings = self.report.get("findings") or []
        self.name = os.path.basename(self.report.get("output") or "")
        self.data = data
        self.status = status
        self.log = log
        self.source = source

    def ids(self):
        return sorted({f["id"] for f in self.findings})

    def said(self):
        found = ", ".join("%s %s ×%s at %s" % (f["id"], f["action"], f.get("count"), f.get("where")) for f in self.findings)
        return "%s %s %s | found: %s | stderr: %s" % (self.outcome, self.reason, self.detail.get("text", ""),
                                                     found or "nothing", self.log.strip()[-300:])

    # the output, read again by somebody else's reader

    def zip(self):
        """{name: bytes} of a zip or Office output, read by Python's zipfile."""
        with zipfile.ZipFile(io.BytesIO(self.data)) as z:
            return {i.filename: z.read(i) for i in z.infolist()}

    def part(self, name):
        return self.zip()[name].decode("utf-8")

    def text(self, encoding="utf-8"):
        return self.data.decode(encoding)

    def qdf(self):
        """The PDF unpacked by qpdf: every stream and object in plain sight."""
        with tempfile.TemporaryDirectory() as d:
            src, out = os.path.join(d, "a.pdf"), os.path.join(d, "b.pdf")
            with open(src, "wb") as f:
                f.write(self.data)
            subprocess.run(["qpdf", "--qdf", "--object-streams=disable", "--decode-level=specialized", src, out],
                           check=True, capture_output=True, timeout=TIMEOUT)
            with open(out, "rb") as f:
                return f.read()

    def image(self):
        """The picture as PIL sees it."""
        from PIL import Image
        im = Image.open(io.BytesIO(self.data))
        im.load()
        return im


def run(args, **more):
    """The program with these arguments; a CompletedProcess with bytes."""
    more.setdefault("timeout", TIMEOUT)
    return subprocess.run([SEKISHO] + args, capture_output=True, **more)


def read_report(path):
    with open(path, encoding="utf-8") as f:
        return [json.loads(line) for line in f if line.strip()]


def output_files(folder):
    return sorted(os.path.relpath(os.path.join(d, f), folder) for d, _, files in os.walk(folder) for f in files)


class Golden(unittest.TestCase):
    maxDiff = 2000

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="sekisho-golden-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def clean(self, data, name=None, profile=None, args=(), twice=True):
        """Clean one document and read what came out.

        data     bytes, or the path of a file
        name     the name it claims; default: the path's own
        profile  name or path for -p
        twice    also check that a second pass changes and finds nothing
        """
        if not isinstance(data, (bytes, bytearray)):
            name = name or os.path.basename(data)
            with open(data, "rb") as f:
                data = f.read()
        here = tempfile.mkdtemp(dir=self.folder)
        src, out, report = (os.path.join(here, x) for x in ("in", "out", "report"))
        os.mkdir(src)
        os.mkdir(out)
        path = os.path.join(src, name)
        with open(path, "wb") as f:
            f.write(data)
        chosen = ["-p", profile] if profile else []
        p = run(["clean"] + chosen + ["-o", out, "--report", report] + list(args) + [path])
        log = p.stderr.decode("utf-8", "replace")
        if p.returncode not in (0, 1):
            self.fail("exit status %s for %s: %s" % (p.returncode, name, log[-500:]))
        lines = read_report(report)
        if not lines:
            self.fail("no report for %s: %s" % (name, log[-500:]))
        files = output_files(out)
        made = None
        if files:
            with open(os.path.join(out, files[0]), "rb") as f:
                made = f.read()
        result = Result(lines, made, p.returncode, log, bytes(data))
        self.check_report(result, data, files)
        if twice and result.outcome == "clean":
            self.assertCleanTwice(result, profile=profile)
        return result

    def check_report(self, r, data, files):
        """What holds for every run, whatever the document."""
        for field in FIELDS:
            self.assertIn(field, r.report, "field missing in the report")
        self.assertEqual(r.report["size"], len(data), r.said())
        self.assertEqual(r.report["sha256"], hashlib.sha256(data).hexdigest(), r.said())
        self.assertIn(r.outcome, ("clean", "held", "refused"))
        for f in r.findings:
            self.assertIn(f["action"], ACTIONS, f)
            self.assertRegex(f["id"], r"^[A-Z][0-9]{2}$")
        self.assertEqual(r.status, 0 if r.outcome == "clean" else 1, r.said())
        if r.outcome != "clean":
            self.assertEqual(files, [], "an output for what was not passed: " + r.said())
            self.assertTrue(r.reason, "no reason given: " + r.said())
            return
        self.assertEqual(len(files), 1, "not one output: %s" % files)
        self.assertEqual(os.path.basename(files[0]), r.name, r.said())
        self.assertEqual(r.report["output_size"], len(r.data), r.said())
        self.assertEqual(r.report["output_sha256"], hashlib.sha256(r.data).hexdigest(), r.said())

    # what a test says

    def assertClean(self, r, name=None):
        self.assertEqual(r.outcome, "clean", r.said())
        if name is not None:
            self.assertEqual(r.name, name)

    def assertRefused(self, r, row=None, outcome="refused"):
        """Not passed, for this row (named in the reason or among the findings)."""
        self.assertEqual(r.outcome, outcome, r.said())
        if row is not None and not re.search(r"\b%s\b" % row, "%s %s" % (r.reason, r.detail.get("rule"))):
            self.assertIn(row, r.ids(), r.said())

    def assertHeld(self, r, row=None):
        self.assertRefused(r, row, "held")

    def assertFound(self, r, row, action=None, count=None, where=None):
        """The finding is in the report; action, count and where (a part of it) narrow it."""
        hits = [f for f in r.findings if f["id"] == row and (action is None or f["action"] == action)
                and (where is None or where in str(f.get("where")))]
        self.assertTrue(hits, "no finding %s %s: %s" % (row, action or "", r.said()))
        if count is not None:
            self.assertEqual(sum(f["count"] for f in hits), count, r.said())

    def assertNotFound(self, r, row, action=None):
        hits = [f for f in r.findings if f["id"] == row and (action is None or f["action"] == action)]
        self.assertEqual(hits, [], r.said())

    def assertCleanTwice(self, r, profile=None):
        """clean(clean(x)) = clean(x), and the second pass finds nothing but what was kept."""
        again = self.clean(r.data, r.name, profile=profile, twice=False)
        self.assertEqual(again.outcome, "clean", "second pass: " + again.said())
        self.assertEqual(again.name, r.name, "second pass renames")
        found = [f for f in again.findings if f["action"] != "kept"]
        self.assertEqual(found, [], "second pass finds something")
        self.assertTrue(again.data == r.data, "second pass changes bytes (%d → %d)" % (len(r.data), len(again.data)))

    def assertGone(self, r, *needles):
        """None of the byte strings is in the output: not raw, not in a zip entry, not in a PDF stream."""
        seen = [r.data]
        if r.data[:2] == b"PK":
            seen += list(r.zip().values())
        elif r.data[:5] == b"%PDF-":
            seen.append(r.qdf())
        for needle in needles:
            needle = needle.encode() if isinstance(needle, str) else needle
            for data in seen:
                self.assertFalse(needle in data, "%r survived" % needle)


def main(name):
    if name == "__main__":
        unittest.main(verbosity=2)
