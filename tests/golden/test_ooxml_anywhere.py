"""Active constructs at places where no schema has them: each must go wherever it stands (rows O07–O18).

Sixty documents are made by sowing constructs into plain ones; the same seed sows the same.  All are cleaned in one run, and
what came out is cleaned again.
"""
import os
import random
import re
import sys
import zipfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from golden import Golden, main, read_report, run  # noqa: E402
from make_ooxml import A, C, MC, P, R, S, W, XDR, cells, docx, pptx, shape, xlsx  # noqa: E402

SPACES = {"x": S, "c": C, "a": A, "p": P, "d": XDR, "w": W, "r": R, "m": MC, "v": "urn:schemas-microsoft-com:vml",
          "o": "urn:schemas-microsoft-com:office:office", "e": "urn:schemas-microsoft-com:office:excel",
          "xm": "http://schemas.microsoft.com/office/excel/2006/main", "x14": "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main",
          "cx": "http://schemas.microsoft.com/office/drawing/2014/chartex", "p14": "http://schemas.microsoft.com/office/powerpoint/2010/main"}
DECLARED = " ".join('xmlns:%s="%s"' % s for s in SPACES.items())
SEEDS = """<x:f>WEBSERVICE("MARK")</x:f>
<c:f>[1]MARK!A1</c:f>
<cx:f>[1]MARK!A1</cx:f>
<xm:f>RTD("MARK")</xm:f>
<x:formula>RTD("MARK")</x:formula>
<x:cfvo type="formula" val="RTD(MARK)"/>
<x:definedName name="Auto_Open">MARK</x:definedName>
<x:definedName name="n">CALL("MARK")</x:definedName>
<x:hyperlink location="[MARK]x"/>
<x:ddeLink ddeService="MARK"/>
<x:connection name="MARK"/>
<x:control name="MARK"/>
<x:oleObject progId="MARK"/>
<x:webPublishItem title="MARK"/>
<x14:slicerList MARK="1"/>
<x:c vm="MARK"/>
<d:sp macro="MARK"/>
<d:sp textlink="[1]MARK!A1"/>
<a:hlinkClick r:id="" action="ppaction://macro?name=MARK"/>
<a:hlinkHover r:id="" action="ppaction://program" tgtFrame="MARK"/>
<a:snd name="MARK"/>
<a:blip r:link="MARK"/>
<p:cmd cmd="MARK"/>
<p:control name="MARK"/>
<p:oleObj progId="MARK"><p:embed/></p:oleObj>
<p:htmlPubPr title="MARK"/>
<p14:media r:link="MARK"/>
<v:imagedata src="http://MARK"/>
<v:shape href="file://MARK"/>
<v:shape o:href="MARK" o:gfxdata="MARK"/>
<v:rect style="background:url(MARK)"/>
<o:OLEObject ProgID="MARK"/>
<o:ink i="MARK"/>
<e:FmlaMacro>MARK</e:FmlaMacro>
<e:FmlaLink>[1]MARK!A1</e:FmlaLink>
<w:fldSimple w:instr="DDEAUTO MARK"/>
<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>DDEAUTO MARK</w:instrText><w:fldChar w:fldCharType="end"/></w:r>
<w:control w:name="MARK"/>
<w:altChunk r:id="MARK"/>
<u xmlns="urn:x">MARK</u>
<m:AlternateContent><m:Choice xmlns:zz="urn:z" Requires="zz"><zz:a>MARK</zz:a></m:Choice><m:Fallback><x:f>WEBSERVICE("MARK")</x:f></m:Fallback></m:AlternateContent>
""".splitlines()


def sow(package, dice):
    """Two constructs into every part, behind any tag but the last."""
    for name, data in package.parts.items():
        text = data.decode("utf-8", "replace")
        places = [m.end() for m in re.finditer(r"<[^?!][^>]*>", text)][:-1]
        if not name.endswith((".xml", ".vml")) or not places:
            continue
        for place in sorted(dice.choices(places, k=2), reverse=True):
            seed = re.sub(r"^<([\w:]+)", lambda m: "<%s %s" % (m.group(1), DECLARED), dice.choice(SEEDS), count=1)
            text = text[:place] + seed + text[place:]
        package.parts[name] = text.encode()
    return package.build()


def plain(dice):
    kind = dice.randrange(3)
    if kind == 0:
        return docx("<w:p><w:r><w:t>本文</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"), "docx"
    if kind == 1:
        return xlsx([("表", cells(["本文", 1], [("SUM(B1)", 1)]), ""), ("次", cells(["二"]), "")],
                    names='<definedName name="範囲">表!$A$1</definedName>'), "xlsx"
    return pptx([(shape(2, "表題") + shape(3, "本文"), ""), (shape(2, "次"), "")]), "pptx"


class Anywhere(Golden):
    def sweep(self, source, profile):
        """Clean a folder: (report lines, folder of what came out)."""
        out = source + "-out"
        p = run(["clean", "-q", "-p", profile, "-o", out, "--report", out + ".json", source])
        self.assertIn(p.returncode, (0, 1), p.stderr[-300:])
        return read_report(out + ".json"), out

    def sown(self, profile):
        source = os.path.join(self.folder, "sown")
        os.mkdir(source)
        for n in range(60):
            dice = random.Random(n)
            package, ending = plain(dice)
            with open(os.path.join(source, "%02d.%s" % (n, ending)), "wb") as f:
                f.write(sow(package, dice))
        lines, out = self.sweep(source, profile)
        self.assertEqual([(r["input"], r["reason"]) for r in lines if r["outcome"] != "clean"], [])
        made = [os.path.join(d, f) for d, _, files in os.walk(out) for f in files]
        self.assertEqual(len(made), 60)
        for path in made:
            with zipfile.ZipFile(path) as z:
                for name in z.namelist():
                    data = z.read(name)
                    at = data.find(b"MARK")
                    self.assertEqual(at, -1, "%s %s: %r" % (path, name, data[max(0, at - 200):at + 20]))
        for r in self.sweep(out, profile)[0]:
            found = [f for f in r["findings"] if f["action"] != "kept"]
            self.assertEqual((r["outcome"], found, r["sha256"]), ("clean", [], r["output_sha256"]), r["input"])

    def test_standard(self):
        self.sown("standard")

    def test_strict(self):
        self.sown("strict")


main(__name__)
