"""P17 and P18 in depth: font programs and JBIG2 pictures made here, cleaned, and drawn by poppler before and after."""
import os
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import make_font  # noqa: E402
import make_jbig2  # noqa: E402
import make_pdf  # noqa: E402
from golden import Golden, main  # noqa: E402

EVIL = b"EVILEVIL"
PICTURE = [[int(c == "#") for c in row] for row in (
    "....##......", "...#..#.....", "..#....#.##.", "..######.#.#", "..#....#.#.#", "..#....#.##.", "............")]


def packed(rows):
    """As a PDF sample stream: 1 is white, rows padded to bytes with 0."""
    out = bytearray()
    for row in rows:
        bits = "".join("01"[1 - bit] for bit in row)
        bits += "0" * (-len(bits) % 8)
        out += int(bits, 2).to_bytes(len(bits) // 8, "big")
    return bytes(out)


class Case(Golden):
    def drawn(self, data):
        with tempfile.NamedTemporaryFile(suffix=".pdf", dir=self.folder) as f:
            f.write(data)
            f.flush()
            run = subprocess.run(["pdftoppm", "-r", "50", f.name], capture_output=True)
            self.assertEqual((run.returncode, run.stderr), (0, b""))
            return run.stdout

    def rebuilt(self, data):
        r = self.clean(data, "a.pdf")
        self.assertClean(r, name="a.pdf")
        self.assertEqual(self.drawn(data), self.drawn(r.data), "drawn otherwise than before")
        r.plain = r.qdf()
        return r


class Fonts(Case):
    def test_P17_programs_are_drawn_as_before(self):
        for kind in ("truetype", "type1", "cff"):
            with self.subTest(kind):
                data = make_font.document(make_pdf, kind, b"")
                r = self.rebuilt(data)
                self.assertNotEqual(self.drawn(data), self.drawn(make_pdf.plain()))
                self.assertIn(b"/FontFile", r.plain)

    def test_P17_what_no_renderer_needs_is_not_in_the_program(self):
        for kind in ("truetype", "type1", "cff"):
            with self.subTest(kind):
                data = make_font.document(make_pdf, kind, EVIL)
                r = self.rebuilt(data)
                self.assertIn(b"/FontFile", r.plain)
                self.assertNotIn(EVIL, r.plain)
                if kind == "type1":
                    self.assertNotIn(b"run", r.plain)
                if kind == "cff":
                    self.assertNotIn(b"\x0c\x15", r.plain)


class Jbig2(Case):
    def picture(self, segments, shared=None):
        f = make_pdf.Pdf()
        parms = ""
        if shared is not None:
            parms = "/DecodeParms<</JBIG2Globals %d 0 R>>" % f.stream("", shared)
        image = f.stream("/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 1"
                         "/Filter/JBIG2Decode%s" % (len(PICTURE[0]), len(PICTURE), parms), b"".join(segments))
        return f.done(resources="/XObject<</Im %d 0 R>>" % image, content=make_pdf.CONTENT + " q 120 0 0 70 72 72 cm /Im Do Q")

    def samples(self, r):
        found = re.findall(rb"/Subtype /Image.*?stream\n(.*?)\nendstream", r.plain, re.S)
        self.assertEqual(len(found), 1)
        return found[0]

    def check(self, data):
        r = self.rebuilt(data)
        self.assertFound(r, "P18", "rebuilt")
        self.assertNotIn(b"JBIG2", r.plain)
        self.assertEqual(self.samples(r), packed(PICTURE))

    def test_P18_generic_regions_become_samples(self):
        page = make_jbig2.page_segment(1, len(PICTURE[0]), len(PICTURE))
        for template in range(4):
            with self.subTest(template):
                self.check(self.picture([page, make_jbig2.generic_segment(2, PICTURE, template, template % 2 == 0)]))

    def test_P18_symbols_of_the_globals_become_samples(self):
        symbols = sorted(([row[9:12] for row in PICTURE[2:6]], [row[2:8] for row in PICTURE[:6]]), key=len)
        shared = make_jbig2.symbols_segment(0, symbols, page=0)
        page = make_jbig2.page_segment(1, len(PICTURE[0]), len(PICTURE))
        text = make_jbig2.text_segment(2, len(PICTURE[0]), len(PICTURE), symbols, [(0, 2, 1), (2, 9, 0)], (0,))
        self.check(self.picture([page, text], shared))

    def test_P18_refinement_becomes_samples(self):
        known = [row[:] for row in PICTURE]
        known[3][3] = 0
        page = make_jbig2.page_segment(1, len(PICTURE[0]), len(PICTURE))
        self.check(self.picture([page, make_jbig2.generic_segment(2, known), make_jbig2.refinement_segment(3, PICTURE, known)]))

    def test_P18_picture_of_false_counts_goes(self):
        page = make_jbig2.page_segment(1, len(PICTURE[0]), len(PICTURE))
        false = make_jbig2.segment(2, 0, b"\x08\x00\x02\xff" + b"\xff" * 8 + bytes(8))
        r = self.clean(self.picture([page, false]), "a.pdf")
        self.assertClean(r, name="a.pdf")
        self.assertFound(r, "P18", "removed")
        self.assertNotIn(b"/Image", r.qdf())


main(__name__)
