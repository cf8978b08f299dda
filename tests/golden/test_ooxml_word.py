"""Word documents: rows O08–O11, O13, O14, O17, O20–O22."""
import os
import struct
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from golden import main  # noqa: E402
from golden_ooxml import Office  # noqa: E402
from make_ooxml import HEAD, MC, PIC, R, W_NAMES, WORD, cfb, docx, emf, png, word_settings  # noqa: E402

OLE = cfb("Ole10Native", "payload.exe")
TEXT = "<w:p><w:r><w:t>本文</w:t></w:r></w:p>"


def para(inner):
    return "<w:p>%s</w:p>" % inner


def run(text):
    return "<w:r><w:t>%s</w:t></w:r>" % text


def field(instruction, result, pieces=1):
    """A complex field whose instruction is split over runs."""
    step = -(-len(instruction) // pieces)
    cut = [instruction[i:i + step] for i in range(0, len(instruction), step)]
    out = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    out += "".join('<w:r><w:instrText xml:space="preserve">%s</w:instrText></w:r>' % c for c in cut)
    return out + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>%s<w:r><w:fldChar w:fldCharType="end"/></w:r>' % run(result)


def picture(blip):
    """An inline picture; blip: attributes of a:blip."""
    return ('<w:r><w:drawing><wp:inline><wp:extent cx="9525" cy="9525"/><wp:docPr id="1" name="p"/><a:graphic><a:graphicData uri="%s">'
            '<pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="p"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip %s/><a:stretch><a:fillRect/>'
            '</a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="9525" cy="9525"/></a:xfrm><a:prstGeom prst="rect">'
            "<a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>" % (PIC, blip))


class Objects(Office):
    def ole(self, attributes):
        p = docx(para('<w:r><w:object w:dxaOrig="300" w:dyaOrig="300"><v:shape id="s1" style="width:20pt;height:20pt"><v:imagedata '
                      'r:id="rIdImage" o:title=""/></v:shape><o:OLEObject %s ProgID="Package" ShapeID="s1" DrawAspect="Content" '
                      'ObjectID="_1" r:id="rIdOle"/></w:object></w:r>' % attributes) + TEXT)
        p.part("word/media/image1.png", png())
        p.rel(p.main, R + "/image", "media/image1.png", rid="rIdImage")
        return p

    def test_O10_embedded_object_becomes_its_picture(self):
        p = self.ole('Type="Embed"')
        p.part("word/embeddings/oleObject1.bin", OLE, "application/vnd.openxmlformats-officedocument.oleObject")
        p.rel(p.main, R + "/oleObject", "embeddings/oleObject1.bin", rid="rIdOle")
        r = self.rebuild(p, "a.docx", gone=["OLEObject", OLE[512:540]], stays=["本文", "imagedata"])
        self.assertFound(r, "O10")

    def test_O10_embedded_workbook(self):
        p = self.ole('Type="Embed"')
        p.part("word/embeddings/book.xlsx", b"PK\3\4inner workbook", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        p.rel(p.main, R + "/package", "embeddings/book.xlsx", rid="rIdOle")
        r = self.rebuild(p, "a.docx", gone=["OLEObject", "inner workbook"], stays=["本文", "imagedata"])
        self.assertFound(r, "O10")

    def test_O11_linked_object(self):
        p = self.ole('Type="Link" UpdateMode="Always"')
        p.rel(p.main, R + "/oleObject", "http://example.com/evil.rtf", external=True, rid="rIdOle")
        r = self.rebuild(p, "a.docx", gone=["OLEObject", "evil.rtf"], stays=["本文", "imagedata"])
        self.assertTrue({"O10", "O11"} & set(r.ids()), r.said())

    def test_O09_activex(self):
        p = docx(para('<w:r><w:object><v:shape id="s1" style="width:20pt"><v:imagedata r:id="rIdImage"/></v:shape>'
                      '<w:control r:id="rIdX" w:name="C1" w:shapeid="s1"/></w:object></w:r>') + TEXT)
        p.part("word/media/image1.png", png())
        p.rel(p.main, R + "/image", "media/image1.png", rid="rIdImage")
        p.part("word/activeX/activeX1.xml", HEAD + '<ax:ocx xmlns:ax="http://schemas.microsoft.com/office/2006/activeX" '
               'ax:classid="{EAB22AC3-30C1-11CF-A7EB-0000C05BAE0B}" ax:persistence="persistStreamInit" xmlns:r="%s" r:id="rId1"/>' % R,
               "application/vnd.ms-office.activeX+xml")
        p.rel(p.main, R + "/control", "activeX/activeX1.xml", rid="rIdX")
        p.part("word/activeX/activeX1.bin", OLE, "application/vnd.ms-office.activeX")
        p.rel("word/activeX/activeX1.xml", "http://schemas.microsoft.com/office/2006/relationships/activeXControlBinary", "activeX1.bin",
              rid="rId1")
        r = self.rebuild(p, "a.docx", gone=["w:control", "EAB22AC3", OLE[512:540]], stays=["本文", "imagedata"])
        self.assertFound(r, "O09", "removed")
        self.assertNoPart(r, "activeX")


class Outside(Office):
    def test_O11_template(self):
        p = word_settings(docx(), '<w:attachedTemplate r:id="rId9"/><w:defaultTabStop w:val="840"/>')
        p.rel("word/settings.xml", R + "/attachedTemplate", "http://example.com/evil.dotm", external=True, rid="rId9")
        r = self.rebuild(p, "a.docx", gone=["evil.dotm", "attachedTemplate"], stays=["本文", "defaultTabStop"])
        self.assertFound(r, "O11", "removed")

    def test_O11_linked_picture(self):
        p = docx(para(picture('r:link="rId9"') + picture('r:embed="rId8" r:link="rId9"') + run("本文")))
        p.part("word/media/image1.png", png())
        p.rel(p.main, R + "/image", "media/image1.png", rid="rId8")
        p.rel(p.main, R + "/image", "http://example.com/beacon.png", external=True, rid="rId9")
        r = self.rebuild(p, "a.docx", gone=["beacon.png", "r:link"], stays=["本文", "r:embed"])
        self.assertFound(r, "O11", "removed")

    def test_O11_linked_vml_picture(self):
        p = docx(para('<w:r><w:pict><v:shape style="width:9pt"><v:imagedata src="http://example.com/b1.png" o:href="http://example.com/b2.png" '
                      'r:href="rId9"/><v:fill src="http://example.com/b3.png" o:althref="http://example.com/b4.png"/></v:shape></w:pict></w:r>'
                      + run("本文")))
        p.rel(p.main, R + "/image", "http://example.com/b5.png", external=True, rid="rId9")
        r = self.rebuild(p, "a.docx", gone=["example.com"], stays=["本文"])
        self.assertFound(r, "O11", "removed")

    def test_O11_links(self):
        good = [("rId1", "https://www.example.jp/a?b=1&c"), ("rId2", "mailto:kouhou@example.jp")]
        bad = [("rId%d" % i, t) for i, t in enumerate(["file://server/share/x", "mhtml:http://e.com/x!y", "ms-msdt:/id", "search-ms:query=x",
               "\\\\server\\share", "ms-officecmd:x", "javascript:alert(1)", "http:\\\\x", "JaVaScRiPt:x", "data:text/html,x"], 11)]
        p = docx("".join(para('<w:hyperlink r:id="%s">%s</w:hyperlink>' % (rid, run("link" + rid))) for rid, _ in good + bad)
                 + para('<w:hyperlink w:anchor="here">%s</w:hyperlink>' % run("本文")))
        for rid, target in good + bad:
            p.rel(p.main, R + "/hyperlink", target, external=True, rid=rid)
        r = self.rebuild(p, "a.docx", gone=["file:", "mhtml:", "ms-msdt", "search-ms", "server", "ms-office", "javascript", "JaVaScRiPt", "data:"],
                         stays=["本文", "https://www.example.jp/a?b=1&amp;c", "mailto:kouhou@example.jp", "linkrId11", "linkrId1", 'w:anchor="here"'])
        self.assertFound(r, "O11", "removed")
        self.assertFound(r, "O11", "kept")

    def test_O11_links_out_under_strict(self):
        p = docx(para('<w:hyperlink r:id="rId1">%s</w:hyperlink>' % run("本文")))
        p.rel(p.main, R + "/hyperlink", "https://www.example.jp/", external=True, rid="rId1")
        r = self.rebuild(p, "a.docx", gone=["www.example.jp"], stays=["本文"], profile="strict")
        self.assertFound(r, "O11", "removed")

    def test_O11_place_of_a_link(self):
        body = para('<w:hyperlink w:docLocation="file://srv/evil.docx">%s</w:hyperlink><w:hyperlink w:docLocation="章1">%s</w:hyperlink>'
                    % (run("甲"), run("乙")))
        r = self.rebuild(docx(TEXT + body), "a.docx", gone=["evil"], stays=["甲", "乙", 'docLocation="章1"'])
        self.assertFound(r, "O11", "removed")

    def test_O11_mail_merge(self):
        p = word_settings(docx(), '<w:mailMerge><w:mainDocumentType w:val="formLetters"/><w:dataType w:val="native"/><w:connectString '
                          'w:val="Provider=Evil"/><w:query w:val="SELECT"/><w:dataSource r:id="rId5"/><w:headerSource r:id="rId6"/></w:mailMerge>'
                          '<w:defaultTabStop w:val="840"/>')
        p.rel("word/settings.xml", R + "/mailMergeSource", "file:///c:/names.mdb", external=True, rid="rId5")
        p.rel("word/settings.xml", R + "/mailMergeHeaderSource", "file:///c:/head.mdb", external=True, rid="rId6")
        self.rebuild(p, "a.docx", gone=["mailMerge", "Provider=Evil", ".mdb"], stays=["本文", "defaultTabStop"])

    def test_O14_foreign_chunks(self):
        p = docx('<w:altChunk r:id="rId5"/>' + TEXT)
        p.part("word/chunk.html", b"<html><script>alert('chunk')</script></html>", "text/html")
        p.rel(p.main, R + "/aFChunk", "chunk.html", rid="rId5")
        r = self.rebuild(p, "a.docx", gone=["altChunk", "alert('chunk')"], stays=["本文"])
        self.assertFound(r, "O14", "removed")

    def test_O14_subdocument_and_frames(self):
        p = docx(para('<w:subDoc r:id="rId5"/>') + TEXT)
        p.rel(p.main, R + "/subDocument", "file://server/sub.docx", external=True, rid="rId5")
        p.part("word/webSettings.xml", HEAD + '<w:webSettings%s><w:frameset><w:frame><w:sourceFileName r:id="rId1"/></w:frame></w:frameset>'
               "</w:webSettings>" % W_NAMES, WORD + "webSettings+xml")
        p.rel(p.main, R + "/webSettings", "webSettings.xml")
        p.rel("word/webSettings.xml", R + "/frame", "http://example.com/frame.docx", external=True, rid="rId1")
        r = self.rebuild(p, "a.docx", gone=["subDoc", "server", "frame.docx", "sourceFileName"], stays=["本文"])
        self.assertFound(r, "O14", "removed")

    def test_O14_glossary(self):
        p = docx()
        p.part("word/glossary/document.xml", HEAD + "<w:glossaryDocument%s><w:docParts><w:docPart><w:docPartBody>%s</w:docPartBody></w:docPart>"
               "</w:docParts></w:glossaryDocument>" % (W_NAMES, para(run("building block"))), WORD + "document.glossary+xml")
        p.rel(p.main, R + "/glossaryDocument", "glossary/document.xml")
        r = self.rebuild(p, "a.docx", gone=["building block"], stays=["本文"])
        self.assertFound(r, "O14", "removed")


class Fields(Office):
    BAD = ["DDE excel c:\\a.xls", 'DDEAUTO c:\\\\windows\\\\cmd.exe "/k calc"', 'INCLUDEPICTURE "http://e.com/x.png"', 'INCLUDETEXT "x.docx"',
           'IMPORT "x"', "LINK Excel.Sheet.8", "EMBED Package", 'DATABASE \\d "x"', "MACROBUTTON Evil click", "PRINT x", "AUTOTEXT x",
           "AUTOTEXTLIST x", "ADDIN x", "CONTROL x", "HTMLCONTROL x", "DATA x", "MERGEFIELD x", "SET x y", "QUOTE 68 68 69", "dDeAuTo x y",
           'HYPERLINK "file://server/x"', "EQUATIONX", "GOTOBUTTON x"]
    GOOD = ["PAGE", "NUMPAGES", "DATE \\@ yyyy", 'TOC \\o "1-3" \\h', "REF mark \\h", "SEQ 図", 'HYPERLINK "https://example.jp/"',
            'HYPERLINK \\l "here"', "= 1+2", "PAGEREF mark"]

    def test_O13_fields_leave_their_result(self):
        for instruction in self.BAD:
            for pieces in (1, 3):
                p = docx(para(field(instruction, "result", pieces)) + TEXT)
                r = self.rebuild(p, "a.docx", gone=["instrText"], stays=["本文", "result"], twice=pieces == 1)
                self.assertTrue({"O13", "O11"} & set(r.ids()), r.said())

    def test_O13_simple_fields_leave_their_result(self):
        for instruction in self.BAD:
            p = docx(para('<w:fldSimple w:instr="%s">%s</w:fldSimple>' % (instruction.replace('"', "&quot;"), run("result"))) + TEXT)
            r = self.rebuild(p, "a.docx", gone=["fldSimple"], stays=["本文", "result"], twice=False)
            self.assertTrue({"O13", "O11"} & set(r.ids()), r.said())

    def test_O13_harmless_fields_stay(self):
        for instruction in self.GOOD:
            p = docx(para(field(instruction, "result")) + para('<w:fldSimple w:instr="%s">%s</w:fldSimple>' % (
                instruction.replace('"', "&quot;"), run("simple"))))
            r = self.rebuild(p, "a.docx", stays=["result", "simple", "w:instr="], twice=False)
            self.assertIn("instrText", r.part("word/document.xml"))
            self.assertNotFound(r, "O13", "neutralized")

    def test_O13_nested_fields(self):
        inner = field("QUOTE 68 68 69 65 85 84 79", "DDEAUTO")
        outer = ('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + inner + '<w:r><w:instrText> c:\\cmd.exe "/k calc"</w:instrText></w:r>'
                 '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("result") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
        r = self.rebuild(docx(para(outer) + TEXT), "a.docx", gone=["QUOTE", "cmd.exe"], stays=["本文", "result"])
        self.assertFound(r, "O13")

    def test_O13_field_over_paragraphs(self):
        p = docx(para('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDEA</w:instrText></w:r>')
                 + para('<w:r><w:instrText>UTO cmd calc</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("result"))
                 + para('<w:r><w:fldChar w:fldCharType="end"/></w:r>') + TEXT)
        self.rebuild(p, "a.docx", gone=["DDEA", "cmd calc"], stays=["本文", "result"])

    def test_O13_in_headers_and_notes(self):
        p = docx(section='<w:headerReference w:type="default" r:id="rId5"/>')
        p.part("word/header1.xml", HEAD + "<w:hdr%s>%s</w:hdr>" % (W_NAMES, para(field("DDEAUTO cmd calc", "見出し"))), WORD + "header+xml")
        p.rel(p.main, R + "/header", "header1.xml", rid="rId5")
        r = self.rebuild(p, "a.docx", gone=["DDEAUTO"], stays=["本文", "見出し"])
        self.assertFound(r, "O13")

    def test_O08_macro_on_a_vml_shape(self):
        p = docx(para('<w:r><w:pict><v:shape style="width:9pt" o:button="t" href="file://server/x" ><v:textbox><w:txbxContent>%s</w:txbxContent>'
                      "</v:textbox></v:shape></w:pict></w:r>" % para(run("箱の中"))) + TEXT)
        self.rebuild(p, "a.docx", gone=["file://server"], stays=["本文", "箱の中"])


class Extensions(Office):
    def test_O17_web_extension(self):
        p = docx()
        p.part("word/webextensions/taskpanes.xml", HEAD + '<wetp:taskpanes xmlns:wetp="http://schemas.microsoft.com/office/webextensions/taskpanes/'
               '2010/11"/>', "application/vnd.ms-office.webextensiontaskpanes+xml")
        p.rel("", "http://schemas.microsoft.com/office/2011/relationships/webextensiontaskpanes", "word/webextensions/taskpanes.xml")
        r = self.rebuild(p, "a.docx", gone=["taskpanes"], stays=["本文"])
        self.assertFound(r, "O17", "removed")

    def test_O17_both_branches(self):
        choice = picture('r:link="rId9"')
        fallback = '<w:r><w:pict><v:shape style="width:9pt"><v:imagedata src="http://example.com/b1.png"/></v:shape></w:pict></w:r>'
        p = docx(para('<mc:AlternateContent xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><mc:Choice Requires="wps">'
                      "%s%s</mc:Choice><mc:Fallback>%s</mc:Fallback></mc:AlternateContent>" % (run("本文"), choice, fallback + run("予備"))) + TEXT)
        p.rel(p.main, R + "/image", "http://example.com/b2.png", external=True, rid="rId9")
        self.rebuild(p, "a.docx", gone=["example.com"], stays=["本文"])

    def test_O17_a_drawing_without_content_goes(self):
        p = docx(para(picture('r:embed="rId8"') + picture("").replace(PIC, "urn:x").replace("pic:pic>", "x:pic>").replace(
            "<x:pic>", '<x:pic xmlns:x="urn:x">')) + TEXT)
        p.part("word/media/image1.png", png())
        p.rel(p.main, R + "/image", "media/image1.png", rid="rId8")
        r = self.rebuild(p, "a.docx", gone=["urn:x"], stays=["本文", 'r:embed="rId8"'])
        self.assertEqual(r.part("word/document.xml").count("<w:drawing"), 1)

    def test_O17_unknown_extension(self):
        p = docx(para('<x:evil xmlns:x="urn:evil" x:run="calc"><x:payload/></x:evil>' + run("本文")))
        p.replace(p.main, 'xmlns:mc="%s"' % MC, 'xmlns:mc="%s" mc:Ignorable="w14"' % MC)
        r = self.rebuild(p, "a.docx", gone=["urn:evil", "payload"], stays=["本文"])
        self.assertFound(r, "O17", "removed")

    def test_O17_ink(self):
        p = docx(para('<w:r><w:contentPart r:id="rId5"/></w:r>' + run("本文")))
        p.part("word/ink/ink1.xml", HEAD + '<ink xmlns="http://www.w3.org/2003/InkML"><trace>1 1</trace></ink>', "application/inkml+xml")
        p.rel(p.main, R + "/customXml", "ink/ink1.xml", rid="rId5")
        self.rebuild(p, "a.docx", gone=["InkML", "contentPart"], stays=["本文"])

    def test_O20_metafile(self):
        p = docx(para(picture('r:embed="rId8"') + run("本文")))
        p.default("emf", "image/x-emf")
        p.part("word/media/image1.emf", emf())
        p.rel(p.main, R + "/image", "media/image1.emf", rid="rId8")
        r = self.rebuild(p, "a.docx", stays=["本文"])
        self.assertFound(r, "O20")
        self.assertNoPart(r, ".emf")

    def test_O20_a_white_picture_is_no_bomb(self):
        size = 1000
        white = b"BM" + struct.pack("<IIIIiiHHIIiiII", 54 + size * size * 3, 0, 54, 40, size, size, 1, 24, 0, 0, 2835, 2835, 0, 0)
        p = docx(para(picture('r:embed="rId8"') + run("本文")))
        p.default("bmp", "image/bmp")
        p.part("word/media/image1.bmp", white + b"\xff" * (size * size * 3))
        p.rel(p.main, R + "/image", "media/image1.bmp", rid="rId8")
        self.rebuild(p, "a.docx", stays=["本文", "r:embed"])

    def test_O20_picture_is_rebuilt(self):
        p = docx(para(picture('r:embed="rId8"') + run("本文")))
        p.part("word/media/image1.png", png() + b"MZ tail behind the picture")
        p.rel(p.main, R + "/image", "media/image1.png", rid="rId8")
        r = self.rebuild(p, "a.docx", gone=["tail behind"], stays=["本文", "r:embed"])
        self.assertTrue(any(n.endswith(".png") for n in r.zip()), r.said())

    def test_O21_comments_and_changes(self):
        p = docx(para('<w:commentRangeStart w:id="0"/>%s<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
                      '<w:ins w:id="5" w:author="Taro" w:date="2026-01-01T00:00:00Z">%s</w:ins><w:del w:id="6" w:author="Taro"><w:r><w:delText>削除した'
                      "文</w:delText></w:r></w:del>" % (run("本文"), run("加えた文"))))
        p.part("word/comments.xml", HEAD + '<w:comments%s><w:comment w:id="0" w:author="Taro" w:initials="T">%s</w:comment></w:comments>' % (
            W_NAMES, para(run("注記です"))), WORD + "comments+xml")
        p.rel(p.main, R + "/comments", "comments.xml")
        r = self.rebuild(p, "a.docx", stays=["本文", "加えた文", "削除した文", "注記です"])
        self.assertFound(r, "O21", "kept")
        r = self.rebuild(p, "a.docx", gone=["注記です", "w:commentReference", "削除した文", "w:del ", "w:ins "], stays=["本文", "加えた文"], profile="strict")
        self.assertFound(r, "O21", "removed")

    def test_O21_custom_xml_and_binding(self):
        p = docx('<w:sdt><w:sdtPr><w:dataBinding w:xpath="/x" w:storeItemID="{A}"/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>本文</w:t></w:r></w:p>'
                 "</w:sdtContent></w:sdt>")
        p.part("customXml/item1.xml", HEAD + "<x>bound secret</x>")
        p.rel(p.main, R + "/customXml", "../customXml/item1.xml")
        p.part("customXml/itemProps1.xml", HEAD + '<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml" '
               'ds:itemID="{A}"/>', "application/vnd.openxmlformats-officedocument.customXmlProperties+xml")
        p.rel("customXml/item1.xml", R + "/customXmlProps", "itemProps1.xml")
        r = self.rebuild(p, "a.docx", gone=["bound secret", "dataBinding"], stays=["本文"])
        self.assertFound(r, "O21", "removed")

    def test_O22_hidden_text(self):
        p = docx(para('<w:r><w:rPr><w:vanish/></w:rPr><w:t>隠した文</w:t></w:r>' + run("本文")))
        self.assertFound(self.rebuild(p, "a.docx", stays=["本文", "隠した文"]), "O22", "kept")
        self.assertFound(self.rebuild(p, "a.docx", gone=["隠した文"], stays=["本文"], profile="strict"), "O22", "removed")


main(__name__)
