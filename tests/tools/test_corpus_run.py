"""tools/corpus-run notices a sanitizer that does nothing (tests/lib/copycat.py), and believes one with nothing to do."""
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
import zipfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests/fuzz"))
import seeds  # noqa: E402

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def zipped(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        for name, data in parts.items():
            z.writestr(name, data)
    return out.getvalue()


class CorpusRun(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="sekisho-corpus-")
        self.addCleanup(shutil.rmtree, self.folder)
        self.src = os.path.join(self.folder, "in")
        os.mkdir(self.src)

    def put(self, name, data):
        with open(os.path.join(self.src, name), "wb") as f:
            f.write(data)

    def run_it(self):
        out = os.path.join(self.folder, "out")
        p = subprocess.run([os.path.join(ROOT, "tools/corpus-run"), "--sekisho", os.path.join(ROOT, "tests/lib/copycat.py"),
                            "--modules", "", self.src, out], capture_output=True, text=True)
        with open(os.path.join(out, "result.json"), encoding="utf-8") as f:
            files = {x["path"]: x["complaints"] for x in json.load(f)["files"]}
        return p.returncode, files, p.stdout + p.stderr

    def complains(self, name, data, text):
        self.put(name, data)
        status, files, out = self.run_it()
        self.assertEqual(status, 1, out)
        self.assertIn(text, "\n".join(files[name]))

    def test_split_field_code(self):
        runs = "".join("<w:r><w:%s</w:r>" % r for r in (
            'fldChar w:fldCharType="begin"/>', "instrText>DD</w:instrText>", "instrText>EAUTO c x</w:instrText>",
            'fldChar w:fldCharType="end"/>'))
        self.complains("a.docx", zipped(**{"word/document.xml": '<w:p xmlns:w="%s">%s</w:p>' % (W, runs)}), "field DDEAUTO")

    def test_simple_field(self):
        self.complains("a.docx", seeds.written_docx(), "field DDEAUTO")

    def test_outside_reference(self):
        self.complains("a.pptx", zipped(**{"_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/'
                       '2006/relationships"><Relationship Id="a" Type="http://x/image" Target="file://h/x" TargetMode="External"/>'
                       "</Relationships>"}), "external image")

    def test_compound_file_in_a_picture_name(self):
        self.complains("a.xlsx", zipped(**{"xl/media/image7.png": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99)}), "compound file")

    def test_damaged_pdf(self):
        self.complains("a.pdf", b"tail " + seeds.written_pdf()[:-40], "qpdf")

    def test_formula_in_csv(self):
        self.complains("a.csv", "名前,=cmd|'/c calc'!A1\r\n".encode(), "csv: row 1")

    def test_script_in_svg_inside_zip(self):
        self.complains("a.zip", zipped(**{"b.svg": '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'}), "in b.svg: svg")

    def test_picture_with_metadata(self):
        from PIL import Image
        from PIL.PngImagePlugin import PngInfo
        out, info = io.BytesIO(), PngInfo()
        info.add_text("XML:com.adobe.xmp", "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-"
                      "rdf-syntax-ns#'><rdf:Description xmlns:dc='http://purl.org/dc/elements/1.1/' dc:creator='x'/></rdf:RDF>"
                      "</x:xmpmeta>")
        Image.new("RGB", (3, 3)).save(out, "PNG", pnginfo=info)
        self.complains("a.png", out.getvalue(), "metadata XMP")

    def test_harmless_files_are_believed(self):
        self.put("a.csv", "名前,金額\r\n山田,-1200\r\n".encode("utf-8-sig"))
        self.put("a.json", b'{"a": 1}')
        self.put("a.txt", "こんにちは\n".encode())
        status, files, out = self.run_it()
        self.assertEqual((status, [c for f in files.values() for c in f]), (0, []), out)


if __name__ == "__main__":
    unittest.main(verbosity=2)
