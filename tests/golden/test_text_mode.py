"""Profile mode "text": what a document says, as plain text.  PDF is compared with pdftotext, white space folded."""
import os
import re
import subprocess
import sys
import unicodedata

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import make_ooxml  # noqa: E402
import make_pdf  # noqa: E402
import make_pdf_text as pdf  # noqa: E402
from golden import ROOT, Golden, main  # noqa: E402

PROFILE = os.path.join(ROOT, "share/profiles/text-only.conf")


def folded(text):
    return unicodedata.normalize("NFKC", re.sub(r"\s+", "", text))


class TextMode(Golden):
    def text(self, data, name="a.pdf"):
        """Clean (twice: the second time it is plain text) and give what is written there."""
        r = self.clean(data, name, profile=PROFILE)
        self.assertClean(r, name=os.path.splitext(name)[0] + ".txt")
        self.assertEqual(r.data[-1:], b"\n")
        self.assertNotIn(b"\r", r.data)
        self.last = r
        return r.text()

    def same(self, data, expected):
        """The text is this one, and pdftotext reads the same words."""
        said = self.text(data)
        self.assertEqual(said, expected)
        other = subprocess.run(["pdftotext", "-enc", "UTF-8", "-", "-"], input=data, capture_output=True, check=True).stdout.decode()
        self.assertEqual(sorted(folded(other)), sorted(folded(said)))


class Fonts(TextMode):
    def test_latin(self):
        self.same(make_pdf.plain(), "Hello harmless world\n")

    def test_japanese_by_ToUnicode(self):
        self.same(pdf.mapped(), pdf.JAPANESE + "\n")

    def test_japanese_by_predefined_cmaps(self):
        self.same(pdf.shift_jis(), "Tel ｶﾅ " + pdf.JAPANESE + "髙橋①\n")
        for encoding, codec in (("90msp-RKSJ-H", "cp932"), ("EUC-H", "euc_jp"), ("UniJIS-UCS2-H", "utf-16-be"),
                                ("UniJIS-UTF16-H", "utf-16-be"), ("UniJIS-UTF8-H", "utf-8")):
            with self.subTest(encoding):
                self.assertEqual(self.text(pdf.written(encoding, pdf.JAPANESE.encode(codec), ordering="Japan1")), pdf.JAPANESE + "\n")

    def test_japanese_seven_bit(self):
        data = pdf.JAPANESE.encode("iso2022_jp")[3:-3]
        self.assertEqual(self.text(pdf.written("H", data, ordering="Japan1")), pdf.JAPANESE + "\n")

    def test_japanese_by_numbers_of_the_collection(self):
        self.assertEqual(self.text(pdf.japan_cids()), "行政、\n")

    def test_glyph_names(self):
        self.assertEqual(self.text(pdf.differences()), "α東京fi€A■( café €\n")

    def test_meaning_unknown(self):
        self.assertEqual(self.text(pdf.unknown()), "��\n")
        self.assertFound(self.last, "P17", "removed", where="page 1")

    def test_T04_controls_go(self):
        said = self.text(pdf.controls())
        self.assertFound(self.last, "T04", "removed")
        self.assertEqual(said, "ab[31mcd-efi f😀\n")


class Places(TextMode):
    def test_spaces_and_lines(self):
        self.same(pdf.spaced(), "Kerned words\nloose\nnext\nquoted\nH2O\nleft right\n")

    def test_columns(self):
        self.same(pdf.columns(), "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\neleven\ntwelve\n")

    def test_rotated(self):
        self.same(pdf.rotated(), "turned upwards\nupside down\n")

    def test_vertical(self):
        self.same(pdf.vertical(), "縦書きの\n文書です\n")
        self.same(pdf.stacked(), "公布する条例\n")

    def test_pages(self):
        self.same(pdf.pages(pdf.show("first", 72, 700), "", pdf.show("third", 72, 700)), "first\n\nthird\n")

    def test_drawn_twice(self):
        self.same(pdf.twice(), "Heading\nbody text\n")


class Structure(TextMode):
    def test_actual_text(self):
        self.assertEqual(self.text(pdf.replaced()), "replacement\n平成\nkept\n")
        self.assertFound(self.last, "P25", "kept", where="replacement text")

    def test_forms(self):
        self.same(pdf.forms(), "outer form\ninner form\npage\n")

    def test_annotations(self):
        said = self.text(pdf.annotated())
        self.assertEqual(said, "Hello harmless world\ntyped in\nplain value\nin a box\n")

    def test_unseen(self):
        self.assertEqual(self.text(pdf.unseen()), "scanned words\n")
        self.assertFound(self.last, "P25", "kept", where="invisible text")
        self.assertFound(self.last, "P18", "removed", where="page 1: pictures")

    def test_pages_without_text_are_told(self):
        self.assertEqual(self.text(pdf.picture_only()), "\n")
        self.assertFound(self.last, "P18", "removed", where="page 1: pictures and no text")
        self.assertEqual(self.text(pdf.drawing_only()), "\n")
        self.assertFound(self.last, "P19", "removed", where="page 1: drawings and no text")
        self.assertEqual(self.text(pdf.blank()), "\n")
        self.assertEqual(self.last.findings, [])


class Choices(TextMode):
    def said(self, data, row):
        path = os.path.join(self.folder, "chosen.conf")
        with open(path, "w") as f:
            f.write("profile chosen\nformat pdf text\n%s\n" % row)
        r = self.clean(data, "a.pdf", profile=path)
        self.assertClean(r)
        return r.text()

    def test_P12_hidden_layers(self):
        self.assertIn("SECRETLAYER", self.text(make_pdf.layers()))
        self.assertFound(self.last, "P12", "kept")
        self.assertNotIn("SECRETLAYER", self.said(make_pdf.layers(), "P12 remove"))

    def test_P25_text_that_is_not_drawn(self):
        self.assertEqual(self.said(pdf.replaced(), "P25 remove"), "glyphs\nold\nkept\n")
        self.assertEqual(self.said(pdf.unseen(), "P25 remove"), "\n")


class Refused(TextMode):
    def refused(self, data, row=None, held=False):
        r = self.clean(data, "a.pdf", profile=PROFILE)
        self.assertRefused(r, row, "held" if held else "refused")

    def test_damaged(self):
        self.refused(b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n")
        self.refused(make_pdf.plain()[:60])

    def test_G07_locked(self):
        self.refused(make_pdf.encrypted(b"secret"), "G07", held=True)
        self.refused(make_pdf.wrapper(), "G07", held=True)

    def test_P10_dynamic_form(self):
        self.refused(make_pdf.dynamic_xfa(), "P10")

    def test_P23_empty_password(self):
        self.assertEqual(self.text(make_pdf.encrypted()), make_pdf.TEXT + "\n")
        self.assertFound(self.last, "P23")

    def test_picture_has_no_text(self):
        self.assertRefused(self.clean(make_ooxml.png(), "a.png", profile=PROFILE), "G02")


class Office(TextMode):
    def test_word(self):
        body = "<w:p><w:r><w:t>第一条</w:t></w:r></w:p><w:p><w:r><w:t>second</w:t></w:r></w:p>"
        self.assertEqual(self.text(make_ooxml.docx(body).build(), "a.docx"), "第一条\nsecond\n")

    def test_excel(self):
        said = self.text(make_ooxml.xlsx([("一覧", make_ooxml.cells(["氏名", 12], ["合計", ("SUM(B1)", 12)]), "")]).build(), "a.xlsx")
        for word in ("一覧", "氏名\t12", "合計\t12"):
            self.assertIn(word, said)
        self.assertNotIn("SUM", said)

    def test_powerpoint(self):
        said = self.text(make_ooxml.pptx([(make_ooxml.shape(2, "表題"), ""), (make_ooxml.shape(2, "次の頁"), "")]).build(), "a.pptx")
        self.assertLess(said.index("表題"), said.index("次の頁"))

    def test_csv(self):
        said = self.clean("氏名,備考\n山田,=1+1\n".encode(), "a.csv", profile=PROFILE)
        self.assertClean(said)
        self.assertIn("山田", said.text())


main(__name__)
