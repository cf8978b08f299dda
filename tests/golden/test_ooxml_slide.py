"""Presentations: rows O08–O11, O15–O18, O20–O22."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from golden import main  # noqa: E402
from golden_ooxml import Office  # noqa: E402
from make_ooxml import A, C, HEAD, NAMES, P_NAMES, R, SLIDE, cfb, emf, png, pptx, shape, slide_xml  # noqa: E402

SLIDE1 = "ppt/slides/slide1.xml"
XFRM = '<a:xfrm><a:off x="0" y="0"/><a:ext cx="9" cy="9"/></a:xfrm>'


def frame(content, uri, number=9):
    return ('<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="%d" name="枠%d"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr><p:xfrm>'
            '<a:off x="0" y="0"/><a:ext cx="9" cy="9"/></p:xfrm><a:graphic><a:graphicData uri="%s">%s</a:graphicData></a:graphic></p:graphicFrame>' % (
                number, number, uri, content))


def picture(blip, props="", nv="", number=0):
    return ('<p:pic><p:nvPicPr><p:cNvPr id="%d" name="">%s</p:cNvPr><p:cNvPicPr/><p:nvPr>%s</p:nvPr></p:nvPicPr><p:blipFill><a:blip %s/><a:stretch>'
            '<a:fillRect/></a:stretch></p:blipFill><p:spPr>%s<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>' % (
                number, props, nv, blip, XFRM))


def with_picture(p, rid="rIdImage", slide=SLIDE1):
    p.part("ppt/media/image1.png", png())
    p.rel(slide, R + "/image", "../media/image1.png", rid=rid)
    return p


def timing(inner):
    return ('<p:timing><p:tnLst><p:par><p:cTn id="1" dur="indefinite" restart="never" nodeType="tmRoot"><p:childTnLst>%s</p:childTnLst></p:cTn>'
            "</p:par></p:tnLst></p:timing>" % inner)


def target(spid):
    return '<p:tgtEl><p:spTgt spid="%d"/></p:tgtEl>' % spid


class Actions(Office):
    def test_O18_actions_go(self):
        for action, rel in (("ppaction://macro?name=Evil", None), ("ppaction://program", "file:///c:/windows/system32/calc.exe"),
                            ("ppaction://ole?verb=0", None), ("ppaction://hlinkfile", "file://srv/evil.hta"), ("ppaction://media", None),
                            ("ppaction://hlinkpres?slideindex=1", "file://srv/b.pptx"), ("ppaction://unknown", None), ("PPACTION://MACRO?name=Evil", None)):
            for element in ("hlinkClick", "hlinkHover"):
                p = pptx([(shape(2, "表題", '<a:%s r:id="%s" action="%s"/>' % (element, "rId9" if rel else "", action)), "")])
                if rel:
                    p.rel(SLIDE1, R + "/hyperlink", rel, external=True, rid="rId9")
                r = self.rebuild(p, "a.pptx", gone=["ppaction", "PPACTION", "Evil", "calc.exe", "srv", element], stays=["表題"], twice=False)
                self.assertTrue({"O18", "O11"} & set(r.ids()), r.said())

    def test_O18_hover_over_text(self):
        run = '<a:hlinkMouseOver r:id="" action="ppaction://macro?name=Evil"/>'
        r = self.rebuild(pptx([(shape(2, "表題", run=run), "")]), "a.pptx", gone=["Evil"], stays=["表題"])
        self.assertFound(r, "O18", "removed")

    def test_O18_turning_pages_stays(self):
        p = pptx([(shape(2, "表題", '<a:hlinkClick r:id="" action="ppaction://hlinkshowjump?jump=nextslide"/>')
                   + shape(3, "移動", '<a:hlinkClick r:id="rId9" action="ppaction://hlinksldjump"/>')
                   + shape(4, "外部", '<a:hlinkClick r:id="rId10"/>'), ""), (shape(2, "二枚目"), "")])
        p.rel(SLIDE1, R + "/slide", "slide2.xml", rid="rId9")
        p.rel(SLIDE1, R + "/hyperlink", "https://example.jp/", external=True, rid="rId10")
        r = self.rebuild(p, "a.pptx", stays=["表題", "移動", "外部", "二枚目", "hlinksldjump", "jump=nextslide", "https://example.jp/"])
        self.assertNotFound(r, "O18")

    def test_O18_commands_in_timing(self):
        inner = ('<p:seq><p:cTn id="2" dur="indefinite" nodeType="mainSeq"><p:childTnLst><p:par><p:cTn id="3" fill="hold"><p:stCondLst><p:cond delay="0"/>'
                 '</p:stCondLst><p:childTnLst><p:cmd type="verb" cmd="0"><p:cBhvr><p:cTn id="4"/>%s</p:cBhvr></p:cmd></p:childTnLst></p:cTn></p:par><p:par>'
                 '<p:cTn id="5"><p:childTnLst><p:set><p:cBhvr><p:cTn id="6"/>%s<p:attrNameLst><p:attrName>style.visibility</p:attrName></p:attrNameLst>'
                 '</p:cBhvr><p:to><p:strVal val="visible"/></p:to></p:set></p:childTnLst></p:cTn></p:par></p:childTnLst></p:cTn></p:seq>' % (target(2), target(2)))
        r = self.rebuild(pptx([(shape(2, "表題"), timing(inner))]), "a.pptx", gone=["p:cmd", 'type="verb"'], stays=["表題", "style.visibility"])
        self.assertFound(r, "O18", "removed")

    def test_O18_tags_and_customer_data(self):
        p = pptx([(shape(2, "表題"), "")])
        p.replace(SLIDE1, "</p:spTree>", '</p:spTree><p:custDataLst><p:tags r:id="rId9"/></p:custDataLst>')
        p.part("ppt/tags/tag1.xml", HEAD + '<p:tagLst%s><p:tag name="N" val="secret tag"/></p:tagLst>' % P_NAMES, SLIDE + "tags+xml")
        p.rel(SLIDE1, R + "/tags", "../tags/tag1.xml", rid="rId9")
        r = self.rebuild(p, "a.pptx", gone=["secret tag", "custDataLst"], stays=["表題"])
        self.assertTrue({"O18", "O21"} & set(r.ids()), r.said())


class Objects(Office):
    URI = "http://schemas.openxmlformats.org/presentationml/2006/ole"

    def ole(self, inner, kind="oleObject"):
        p = with_picture(pptx([(shape(2, "表題") + frame(inner, self.URI), "")]))
        p.replace(SLIDE1, "</p:graphicFrame>", "</p:graphicFrame>" + shape(12, "後ろの箱"))
        p.part("ppt/embeddings/oleObject1.bin", cfb("Ole10Native", "payload"), "application/vnd.openxmlformats-officedocument.oleObject")
        p.rel(SLIDE1, R + "/" + kind, "../embeddings/oleObject1.bin", rid="rIdOle")
        return p

    def test_O10_object_becomes_its_picture(self):
        inner = '<p:oleObj name="Packager" r:id="rIdOle" imgW="9" imgH="9" progId="Package"><p:embed/>%s</p:oleObj>' % picture('r:embed="rIdImage"')
        r = self.rebuild(self.ole(inner), "a.pptx", gone=["oleObj", "graphicFrame", "Packager", "payload".encode("utf-16le")],
                         stays=["表題", "後ろの箱", 'r:embed="rIdImage"', 'id="9" name="枠9"', 'id="12"'])
        self.assertFound(r, "O10", "neutralized")

    def test_O10_object_in_an_alternative(self):
        inner = ('<mc:AlternateContent><mc:Choice Requires="v"><p:oleObj spid="_x0000_s1026" r:id="rIdOle" progId="Package"><p:embed/></p:oleObj>'
                 '</mc:Choice><mc:Fallback><p:oleObj r:id="rIdOle" progId="Package"><p:embed/>%s</p:oleObj></mc:Fallback></mc:AlternateContent>'
                 % picture('r:embed="rIdImage"'))
        r = self.rebuild(self.ole(inner), "a.pptx", gone=["oleObj", "AlternateContent", "graphicFrame"],
                         stays=["表題", "後ろの箱", 'r:embed="rIdImage"'])
        self.assertFound(r, "O10", "neutralized")

    def test_O10_object_without_a_picture(self):
        inner = '<p:oleObj spid="_x0000_s1026" r:id="rIdOle" progId="Package"><p:embed/></p:oleObj>'
        for strict in (False, True):
            r = self.rebuild(self.ole(inner).build(strict=strict), "a.pptx", gone=["oleObj", "graphicFrame"],
                             stays=["表題", "後ろの箱", 'id="9" name="枠9"', "D9D9D9", 'id="12"'])
            self.assertFound(r, "O10")

    def test_O11_linked_object(self):
        inner = '<p:oleObj r:id="rIdOle" progId="Word.Document"><p:link updateAutomatic="1"/>%s</p:oleObj>' % picture('r:embed="rIdImage"')
        p = with_picture(pptx([(shape(2, "表題") + frame(inner, self.URI), "")]))
        p.rel(SLIDE1, R + "/oleObject", "file:///\\\\srv\\x.docx", external=True, rid="rIdOle")
        r = self.rebuild(p, "a.pptx", gone=["oleObj", "srv"], stays=["表題", 'r:embed="rIdImage"'])
        self.assertFound(r, "O10")

    def test_O09_controls(self):
        p = with_picture(pptx([(shape(2, "表題"), "")]))
        p.replace(SLIDE1, "</p:spTree>", '</p:spTree><p:controls><p:control name="C1" r:id="rIdX" imgW="9" imgH="9">%s</p:control></p:controls>'
                  % picture('r:embed="rIdImage"'))
        p.part("ppt/activeX/activeX1.xml", HEAD + '<ax:ocx xmlns:ax="http://schemas.microsoft.com/office/2006/activeX" ax:classid="{D27CDB6E}"/>',
               "application/vnd.ms-office.activeX+xml")
        p.rel(SLIDE1, R + "/control", "../activeX/activeX1.xml", rid="rIdX")
        r = self.rebuild(p, "a.pptx", gone=["p:control", "D27CDB6E"], stays=["表題"])
        self.assertFound(r, "O09", "removed")

    def test_O10_workbook_behind_a_chart(self):
        p = pptx([(shape(2, "表題") + frame('<c:chart xmlns:c="%s" r:id="rId9"/>' % C, C), "")])
        p.part("ppt/charts/chart1.xml", HEAD + '<c:chartSpace xmlns:c="%s" xmlns:a="%s"%s><c:chart><c:plotArea><c:pieChart><c:ser><c:idx val="0"/>'
               '<c:order val="0"/><c:val><c:numRef><c:f>Sheet1!$B$1</c:f><c:numCache><c:ptCount val="1"/><c:pt idx="0"><c:v>77</c:v></c:pt></c:numCache>'
               '</c:numRef></c:val></c:ser></c:pieChart></c:plotArea></c:chart><c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData>'
               "</c:chartSpace>" % (C, A, NAMES), "application/vnd.openxmlformats-officedocument.drawingml.chart+xml")
        p.rel(SLIDE1, R + "/chart", "../charts/chart1.xml", rid="rId9")
        p.part("ppt/embeddings/book.xlsx", b"PK\3\4 inner workbook", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        p.rel("ppt/charts/chart1.xml", R + "/package", "../embeddings/book.xlsx", rid="rId1")
        r = self.rebuild(p, "a.pptx", gone=["inner workbook", "externalData"], stays=["表題", "<c:v>77", "Sheet1!$B$1"])
        self.assertFound(r, "O10")

    def test_O17_a_frame_without_content_goes(self):
        p = pptx([(shape(2, "表題") + frame('<x:thing xmlns:x="urn:x"/>', "urn:x"), "")])
        r = self.rebuild(p, "a.pptx", gone=["urn:x", "graphicFrame"], stays=["表題"])
        self.assertFound(r, "O17", "removed")

    def test_O17_ink_and_models(self):
        alt = ('<mc:AlternateContent><mc:Choice xmlns:am3d="http://schemas.microsoft.com/office/drawing/2017/model3d" Requires="am3d"><p:graphicFrame>'
               '<am3d:model3d r:embed="rId9"/></p:graphicFrame></mc:Choice><mc:Fallback>%s</mc:Fallback></mc:AlternateContent>'
               '<mc:AlternateContent><mc:Choice xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main" Requires="p14">'
               '<p:contentPart p14:bwMode="auto" r:id="rId10"/></mc:Choice></mc:AlternateContent>' % picture('r:embed="rIdImage"', number=5))
        p = with_picture(pptx([(shape(2, "表題") + alt, "")]))
        p.part("ppt/media/model3d1.glb", b"glTF" + b"model" * 20, "model/gltf.binary")
        p.rel(SLIDE1, "http://schemas.microsoft.com/office/2017/06/relationships/model3d", "../media/model3d1.glb", rid="rId9")
        p.part("ppt/ink/ink1.xml", HEAD + '<ink xmlns="http://www.w3.org/2003/InkML"/>', "application/inkml+xml")
        p.rel(SLIDE1, R + "/customXml", "../ink/ink1.xml", rid="rId10")
        r = self.rebuild(p, "a.pptx", gone=["model3d", "modelmodel", "InkML", "contentPart", "AlternateContent"],
                         stays=["表題", 'r:embed="rIdImage"'])
        self.assertFound(r, "O17", "removed")


class Media(Office):
    def test_O20_sound_and_film(self):
        film = picture('r:embed="rIdImage"', '<a:hlinkClick r:id="" action="ppaction://media"/>',
                       '<a:videoFile r:link="rIdV"/><p:extLst><p:ext uri="{DAA4B4D4-6D71-4841-9C94-3DE7FCFB9230}"><p14:media '
                       'xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main" r:embed="rIdM"/></p:ext></p:extLst>', 4)
        inner = '<p:video><p:cMediaNode vol="80000"><p:cTn id="2" fill="hold" display="0"/>%s</p:cMediaNode></p:video>' % target(4)
        p = with_picture(pptx([(shape(2, "表題") + film, timing(inner))]))
        p.default("mp4", "video/mp4")
        p.part("ppt/media/media1.mp4", b"ftypmp42" + b"film" * 50)
        p.rel(SLIDE1, R + "/video", "../media/media1.mp4", rid="rIdV")
        p.rel(SLIDE1, "http://schemas.microsoft.com/office/2007/relationships/media", "../media/media1.mp4", rid="rIdM")
        r = self.rebuild(p, "a.pptx", gone=["filmfilm", "videoFile", "p14:media", "cMediaNode", "ppaction"], stays=["表題", 'r:embed="rIdImage"'])
        self.assertFound(r, "O20", "removed")
        self.assertNoPart(r, "mp4")

    def test_O20_linked_film(self):
        p = with_picture(pptx([(shape(2, "表題") + picture('r:embed="rIdImage"', nv='<a:videoFile r:link="rIdV"/>', number=4), "")]))
        p.rel(SLIDE1, R + "/video", "https://example.com/watch", external=True, rid="rIdV")
        self.rebuild(p, "a.pptx", gone=["example.com", "videoFile"], stays=["表題", 'r:embed="rIdImage"'])

    def test_O20_sound_of_a_transition(self):
        after = '<p:transition><p:fade/><p:sndAc><p:stSnd><p:snd r:embed="rIdS" name="bell"/></p:stSnd></p:sndAc></p:transition>'
        p = pptx([(shape(2, "表題"), after)])
        p.default("wav", "audio/wav")
        p.part("ppt/media/audio1.wav", b"RIFF" + b"wave" * 40)
        p.rel(SLIDE1, R + "/audio", "../media/audio1.wav", rid="rIdS")
        r = self.rebuild(p, "a.pptx", gone=["wavewave", "sndAc"], stays=["表題", "<p:fade/>"])
        self.assertFound(r, "O20", "removed")

    def test_O20_metafile(self):
        p = pptx([(shape(2, "表題") + picture('r:embed="rId9"', number=4), "")])
        p.default("emf", "image/x-emf")
        p.part("ppt/media/image1.emf", emf())
        p.rel(SLIDE1, R + "/image", "../media/image1.emf", rid="rId9")
        r = self.rebuild(p, "a.pptx", stays=["表題"])
        self.assertFound(r, "O20")
        self.assertNoPart(r, ".emf")

    def test_O11_linked_picture(self):
        p = with_picture(pptx([(shape(2, "表題") + picture('r:embed="rIdImage" r:link="rId9"', number=4), "")]))
        p.rel(SLIDE1, R + "/image", "file://srv/x.png", external=True, rid="rId9")
        r = self.rebuild(p, "a.pptx", gone=["srv", "r:link"], stays=["表題", 'r:embed="rIdImage"'])
        self.assertFound(r, "O11", "removed")


class Sight(Office):
    def test_O21_comments(self):
        p = pptx()
        p.part("ppt/commentAuthors.xml", HEAD + '<p:cmAuthorLst%s><p:cmAuthor id="0" name="Taro" initials="T" lastIdx="1" clrIdx="0"/></p:cmAuthorLst>'
               % P_NAMES, SLIDE + "commentAuthors+xml")
        p.rel(p.main, R + "/commentAuthors", "commentAuthors.xml")
        p.part("ppt/comments/comment1.xml", HEAD + '<p:cmLst%s><p:cm authorId="0" idx="1"><p:pos x="0" y="0"/><p:text>注記です</p:text></p:cm></p:cmLst>'
               % P_NAMES, SLIDE + "comments+xml")
        p.rel(SLIDE1, R + "/comments", "../comments/comment1.xml")
        self.assertFound(self.rebuild(p, "a.pptx", stays=["表題", "注記です"]), "O21", "kept")
        self.assertFound(self.rebuild(p, "a.pptx", gone=["注記です"], stays=["表題"], profile="strict"), "O21", "removed")

    def test_O21_modern_comments(self):
        p = pptx()
        p.part("ppt/comments/modernComment_100_0.xml", HEAD + '<p188:cmLst xmlns:a="%s" xmlns:p188="http://schemas.microsoft.com/office/powerpoint/2018/8'
               '/main"><p188:cm id="{A}" authorId="{B}" created="2026-01-02T03:04:05"><pc:sldMkLst xmlns:pc="http://schemas.microsoft.com/office/powerpoint'
               '/2013/main/command"><pc:docMk/><pc:sldMk cId="0" sldId="256"/></pc:sldMkLst><p188:txBody><a:bodyPr/><a:p><a:r><a:t>会話です</a:t></a:r></a:p>'
               "</p188:txBody></p188:cm></p188:cmLst>" % A, "application/vnd.ms-powerpoint.comments+xml")
        p.rel(SLIDE1, "http://schemas.microsoft.com/office/2018/10/relationships/comments", "../comments/modernComment_100_0.xml")
        r = self.rebuild(p, "a.pptx", stays=["表題", "会話です", "pc:sldMk "])
        self.assertFound(r, "O21", "kept")
        self.assertNotFound(r, "O17")

    def test_O22_hidden_slides(self):
        p = pptx([(shape(2, "表題", '<a:hlinkClick r:id="rId9" action="ppaction://hlinksldjump"/>'), ""), (shape(2, "隠した頁"), "", ' show="0"')])
        p.rel(SLIDE1, R + "/slide", "slide2.xml", rid="rId9")
        p.replace(p.main, "</p:presentation>", '<p:extLst><p:ext uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"><p14:sectionLst xmlns:p14="http://schemas.'
                  'microsoft.com/office/powerpoint/2010/main"><p14:section name="節" id="{A0000000-0000-0000-0000-000000000000}"><p14:sldIdLst>'
                  '<p14:sldId id="256"/><p14:sldId id="257"/></p14:sldIdLst></p14:section></p14:sectionLst></p:ext></p:extLst></p:presentation>')
        r = self.rebuild(p, "a.pptx", stays=["表題", "隠した頁", 'show="0"', "sectionLst"])
        self.assertFound(r, "O22", "kept")
        r = self.rebuild(p, "a.pptx", gone=["隠した頁", "sectionLst", "hlinksldjump"], stays=["表題"], profile="strict")
        self.assertFound(r, "O22", "removed")

    def test_O22_hidden_shapes(self):
        p = pptx([(shape(2, "表題") + shape(3, "隠した箱").replace('name="s3"', 'name="s3" hidden="1"'), "")])
        self.assertFound(self.rebuild(p, "a.pptx", stays=["隠した箱", 'hidden="1"']), "O22", "kept")
        self.assertFound(self.rebuild(p, "a.pptx", gone=["hidden="], stays=["隠した箱"], profile="strict"), "O22", "neutralized")

    def test_notes_stay(self):
        p = pptx()
        p.part("ppt/notesSlides/notesSlide1.xml", slide_xml(shape(2, "発表者の控え")).replace("p:sld ", "p:notes ").replace("</p:sld>", "</p:notes>"),
               SLIDE + "notesSlide+xml")
        p.rel(SLIDE1, R + "/notesSlide", "../notesSlides/notesSlide1.xml")
        p.rel("ppt/notesSlides/notesSlide1.xml", R + "/slide", "../slides/slide1.xml")
        self.rebuild(p, "a.pptx", stays=["表題", "発表者の控え"])


main(__name__)
