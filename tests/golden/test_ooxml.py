"""Office documents, the package: rows O01–O06, O12, O19, O21, O23–O25."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import make_cfb  # noqa: E402
from golden import main  # noqa: E402
from golden_ooxml import Office  # noqa: E402
from make_ooxml import HEAD, MS_REL, PKG, R, SHEET, W, WORD, cells, cfb, core_props, docx, pptx, word_settings, xlsx  # noqa: E402

VBA = cfb("VBA", "_VBA_PROJECT", "dir")


def plain():
    return ((docx(), "a.docx", "本文"), (xlsx(), "a.xlsx", "表"), (pptx(), "a.pptx", "表題"))


class Container(Office):
    def test_plain_documents_pass(self):
        for p, name, text in plain():
            r = self.rebuild(p, name, stays=[text])
            self.assertEqual([f for f in r.findings if f["action"] not in ("kept", "rebuilt")], [], r.said())

    def test_strict_documents_pass(self):
        for p, name, text in plain():
            self.rebuild(p.build(strict=True), name, stays=[text])

    def test_O01_pieces_and_duplicates(self):
        p = docx()
        document = p.parts[p.main]
        for more in ([("word/Document.xml", document)], [("word\\document.xml", b"x")], [("../document.xml", b"x")],
                     [("word/document.xml/[0].piece", document), ("word/document.xml/[1].last.piece", b"")]):
            r = self.clean(p.build(more=more), "a.docx")
            if r.outcome == "clean":
                self.assertNotIn(more[0][0], r.zip())
            else:
                self.assertRegex(r.reason, r"O01|A0[24]|G06")

    def test_O01_percent_encoded_target(self):
        p = word_settings(docx(), "")
        p.rels[p.main] = []
        p.rel(p.main, R + "/settings", "sett%69ngs.xml")
        r = self.clean(p.build(), "a.docx")
        if r.outcome == "clean":
            self.assertIn("本文", r.part("word/document.xml"))
            self.assertGone(r, "%69")

    def test_O02_content_types_are_written_anew(self):
        p = docx()
        p.extra_types = '<Override PartName="/word/gone.bin" ContentType="application/vnd.ms-office.vbaProject"/>' \
            '<Default Extension="exe" ContentType="application/x-msdownload"/>'
        self.rebuild(p, "a.docx", gone=["vbaProject", "msdownload"], stays=["本文"])

    def test_O02_type_listed_twice(self):
        p = docx()
        p.extra_types = '<Override PartName="/word/document.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'
        r = self.clean(p.build(), "a.docx")
        if r.outcome == "clean":
            self.assertGone(r, "macroEnabled")
        else:
            self.assertRegex(r.reason, "O01|O02|G01")

    def test_O03_orphans_go(self):
        p = docx()
        p.part("word/media/setup.exe", b"MZ" + b"orphan" * 100, "application/octet-stream")
        r = self.rebuild(p, "a.docx", gone=["orphanorphan"], stays=["本文"])
        self.assertFound(r, "O03", "removed", where="setup.exe")

    def test_O04_unknown_relationships_go(self):
        for p, name, text in plain():
            p.part(p.main.rpartition("/")[0] + "/strange.xml", HEAD + '<strange xmlns="urn:x"/>', "application/xml")
            p.rel(p.main, "http://example.com/strange", "strange.xml")
            p.rel("", "http://example.com/other", "http://example.com/beacon", external=True)
            r = self.rebuild(p, name, gone=["strange", "beacon"], stays=[text])
            self.assertFound(r, "O04", "removed")

    def test_O12_base_addresses_go(self):
        p = docx('<w:p xml:base="file://server/share/"><w:r><w:t>本文</w:t></w:r></w:p>')
        p.part("docProps/app.xml", HEAD + '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
               "<HyperlinkBase>file://server/base</HyperlinkBase></Properties>",
               "application/vnd.openxmlformats-officedocument.extended-properties+xml")
        p.rel("", R + "/extended-properties", "docProps/app.xml")
        word_settings(p, '<w:attachedSchema w:val="http://example.com/schema"/><w:saveThroughXslt r:id="rId77"/>'
                      '<w:defaultTabStop w:val="840"/>')
        p.rel("word/settings.xml", R + "/transform", "file:///c:/x.xslt", external=True, rid="rId77")
        p.replace(p.main, "<w:document ", '<w:document xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
                  'xsi:schemaLocation="http://x http://example.com/s.xsd" ')
        r = self.rebuild(p, "a.docx", gone=["file://server", "schemaLocation", "saveThroughXslt", "x.xslt", "s.xsd"],
                         stays=["本文", "defaultTabStop"])
        self.assertFound(r, "O12", "removed")


class Macros(Office):
    def vba(self, p, name="vbaProject.bin", kind=MS_REL + "/vbaProject", ctype="application/vnd.ms-office.vbaProject"):
        p.part(p.main.rpartition("/")[0] + "/" + name, VBA, ctype)
        p.rel(p.main, kind, name)
        return p

    def test_O05_macros_go_and_the_name_changes(self):
        for p, name, made, text in ((docx(kind="docm"), "a.docm", "a.docx", "本文"), (xlsx(kind="xlsm"), "a.xlsm", "a.xlsx", "表"),
                                    (pptx(kind="pptm"), "a.pptm", "a.pptx", "表題"), (docx(kind="dotm"), "a.dotm", "a.dotx", "本文")):
            r = self.rebuild(self.vba(p), name, gone=["vbaProject", "macroEnabled", VBA[512:540]], stays=[text])
            self.assertFound(r, "O05", "removed")
            self.assertEqual(r.name, made)

    def test_O05_macros_under_the_name_of_a_picture(self):
        p = self.vba(docx(kind="docm"), "media/image7.png", ctype=None)
        self.rebuild(p, "a.docm", gone=[VBA[512:540]], stays=["本文"])
        p = self.vba(docx(kind="docm"), "media/image7.png", R + "/image", None)
        self.rebuild(p, "a.docm", gone=[VBA[512:540]], stays=["本文"])

    def test_O05_signatures_and_data_of_macros(self):
        p = self.vba(docx(kind="docm"))
        p.part("word/vbaData.xml", HEAD + '<wne:vbaSuppData xmlns:wne="http://schemas.microsoft.com/office/word/2006/wordml"/>',
               "application/vnd.ms-word.vbaData+xml")
        p.rel("word/vbaProject.bin", MS_REL + "/wordVbaData", "vbaData.xml")
        p.part("word/vbaProjectSignature.bin", b"signed" * 20, "application/vnd.ms-office.vbaProjectSignature")
        p.rel("word/vbaProject.bin", MS_REL + "/vbaProjectSignature", "vbaProjectSignature.bin")
        r = self.rebuild(p, "a.docm", gone=["vbaData", "vbaSuppData", "signedsigned"], stays=["本文"])
        self.assertFound(r, "O05", "removed")

    def test_O05_addins_are_refused(self):
        self.assertRefused(self.clean(xlsx(kind="xlam").build(), "a.xlam"))
        self.assertRefused(self.clean(pptx(kind="ppam").build(), "a.ppam"))

    def test_O06_ribbon(self):
        p = xlsx()
        p.part("customUI/customUI14.xml", HEAD + '<customUI xmlns="http://schemas.microsoft.com/office/2009/07/customui" onLoad="Evil"/>')
        p.rel("", "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility", "customUI/customUI14.xml")
        p.part("customUI/customUI.xml", HEAD + '<customUI xmlns="http://schemas.microsoft.com/office/2006/01/customui" onLoad="Evil"/>')
        p.rel("", MS_REL + "/ui/extensibility", "customUI/customUI.xml")
        r = self.rebuild(p, "a.xlsx", gone=["customUI", "onLoad"], stays=["表"])
        self.assertFound(r, "O06", "removed")

    def test_O06_key_map(self):
        p = docx()
        p.part("word/customizations.xml", HEAD + '<wne:tcg xmlns:wne="http://schemas.microsoft.com/office/word/2006/wordml"><wne:keymaps>'
               '<wne:keymap wne:kcmPrimary="0241"><wne:macro wne:macroName="PROJECT.EVIL"/></wne:keymap></wne:keymaps></wne:tcg>',
               "application/vnd.ms-word.keyMapCustomizations+xml")
        p.rel(p.main, MS_REL + "/keyMapCustomizations", "customizations.xml")
        p.part("word/attachedToolbars.bin", b"toolbar" * 30, "application/vnd.ms-word.attachedToolbars")
        p.rel("word/customizations.xml", MS_REL + "/attachedToolbars", "attachedToolbars.bin")
        r = self.rebuild(p, "a.docx", gone=["keymap", "PROJECT.EVIL", "toolbartoolbar"], stays=["本文"])
        self.assertFound(r, "O06", "removed")


class Xml(Office):
    def test_O19_document_type_is_refused(self):
        for p, name, _ in plain():
            p.parts[p.main] = p.parts[p.main].replace(b"?>\n", b'?>\n<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', 1)
            self.assertRefused(self.clean(p.build(), name), "O19")

    def test_O19_document_type_in_relationships(self):
        data = docx().build(more=[("word/_rels/document.xml.rels",
                                   b'<!DOCTYPE Relationships><Relationships xmlns="%s/relationships"/>' % PKG.encode())])
        self.assertRefused(self.clean(data, "a.docx"), "O19")

    def test_O19_instructions_and_cdata(self):
        p = docx('<?xml-stylesheet href="http://example.com/x.xsl"?><w:p><w:r><w:t><![CDATA[本文 <w:altChunk/>]]></w:t></w:r></w:p>')
        self.rebuild(p, "a.docx", gone=["xml-stylesheet", "<![CDATA[", "<w:altChunk", "example.com"], stays=["本文 &lt;w:altChunk/"])

    def test_O19_utf16_parts_become_utf8(self):
        p = docx()
        p.parts[p.main] = p.parts[p.main].decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")
        self.rebuild(p, "a.docx", stays=["本文"])

    def test_O19_false_encoding(self):
        for name in (b"UTF-7", b"IBM037"):
            p = docx()
            p.parts[p.main] = p.parts[p.main].replace(b'encoding="UTF-8"', b'encoding="%s"' % name)
            self.assertRefused(self.clean(p.build(), "a.docx"), "O19")


class Personal(Office):
    def test_O21_properties_and_thumbnail(self):
        p = docx()
        core_props(p)
        p.default("jpeg", "image/jpeg")
        p.part("docProps/thumbnail.jpeg", b"\xff\xd8thumbthumb")
        p.rel("", PKG + "/relationships/metadata/thumbnail", "docProps/thumbnail.jpeg")
        p.part("docProps/custom.xml", HEAD + '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
               'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property '
               'fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="Secret"><vt:lpwstr>internal</vt:lpwstr></property></Properties>',
               "application/vnd.openxmlformats-officedocument.custom-properties+xml")
        p.rel("", R + "/custom-properties", "docProps/custom.xml")
        r = self.rebuild(p, "a.docx", gone=["thumbthumb", "Yamada Taro", "internal"], stays=["本文"])
        self.assertFound(r, "O21", "removed")

    def test_O21_signatures(self):
        p = docx()
        p.part("_xmlsignatures/origin.sigs", b"", "application/vnd.openxmlformats-package.digital-signature-origin")
        p.rel("", PKG + "/relationships/digital-signature/origin", "_xmlsignatures/origin.sigs")
        p.part("_xmlsignatures/sig1.xml", HEAD + '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignatureValue>QUJD</SignatureValue>'
               "</Signature>", "application/vnd.openxmlformats-package.digital-signature-xmlsignature+xml")
        p.rel("_xmlsignatures/origin.sigs", PKG + "/relationships/digital-signature/signature", "sig1.xml")
        r = self.rebuild(p, "a.docx", gone=["SignatureValue"], stays=["本文"])
        self.assertNoPart(r, "sig")
        self.assertTrue({"G08", "O21"} & set(r.ids()), r.said())

    def test_O21_printer_settings(self):
        p = xlsx([("Sheet1", cells(["表"]), '<pageSetup orientation="landscape" r:id="rId1"/>')])
        p.part("xl/printerSettings/printerSettings1.bin", b"DEVMODE" * 20, SHEET + "printerSettings")
        p.rel("xl/worksheets/sheet1.xml", R + "/printerSettings", "../printerSettings/printerSettings1.bin", rid="rId1")
        r = self.rebuild(p, "a.xlsx", gone=["DEVMODE"], stays=["表", "landscape"])
        self.assertFound(r, "O21", "removed")


class Elsewhere(Office):
    def test_O23_binary_workbook(self):
        p = xlsx()
        p.part("xl/workbook.bin", b"\x83\x01\x00\x84\x01\x00", "application/vnd.ms-excel.sheet.binary.macroEnabled.main")
        p.rels[""] = []
        p.rel("", R + "/officeDocument", "xl/workbook.bin")
        self.assertRefused(self.clean(p.build(), "a.xlsb"), "O23")

    def test_O24_flat_and_2003_xml(self):
        word = '<?mso-application progid="Word.Document"?>'
        for xml in (word + '<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"><pkg:part pkg:name="/word/document.xml"/>'
                    "</pkg:package>",
                    word + '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:docSuppData>'
                    '<w:binData w:name="editdata.mso">QWN0aXZlTWltZQ==</w:binData></w:docSuppData></w:wordDocument>',
                    '<?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'):
            self.assertRefused(self.clean((HEAD + xml).encode(), "a.xml"), "O24")

    def test_O25_encrypted_package(self):
        locked = make_cfb.build({"EncryptionInfo": b"\x04\0\x04\0\x40\0\0\0<encryption/>", "EncryptedPackage": b"\0" * 5000})
        for name in ("a.docx", "a.xlsx", "a.pptx"):
            r = self.clean(locked, name)
            self.assertNotEqual(r.outcome, "clean")
            self.assertRegex(r.reason, "G07|O25")


main(__name__)
