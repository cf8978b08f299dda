"""Table P of the catalogue: a PDF per row, cleaned and read again by qpdf and pdftotext."""
import io
import os
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import make_pdf  # noqa: E402
from golden import Golden, main  # noqa: E402


class PdfCase(Golden):
    def good(self, data, *gone, text=make_pdf.TEXT, profile=None):
        """Clean; the page still says what it said; none of `gone` is left; qpdf has no complaint."""
        r = self.clean(data, "a.pdf", profile=profile)
        self.assertClean(r, name="a.pdf")
        with tempfile.NamedTemporaryFile(suffix=".pdf", dir=self.folder) as f:
            f.write(r.data)
            f.flush()
            checked = subprocess.run(["qpdf", "--check", f.name], capture_output=True)
            self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)
            said = subprocess.run(["pdftotext", "-enc", "UTF-8", f.name, "-"], capture_output=True, check=True).stdout.decode()
        self.assertIn(text, said)
        r.said_text = said
        r.plain = r.qdf()
        self.assertGone(r, *(gone or ("EVIL",)))
        return r

    def assertHas(self, r, *needles):
        for needle in needles:
            needle = needle.encode() if isinstance(needle, str) else needle
            self.assertIn(needle, r.plain)


class Actions(PdfCase):
    def test_plain_page_stays(self):
        r = self.good(make_pdf.plain())
        self.assertEqual(r.findings, [])
        self.assertEqual(r.data[:9], b"%PDF-1.7\n")

    def test_P01_script_on_opening_goes(self):
        r = self.good(make_pdf.open_action(), "EVIL", "OpenAction", "JavaScript")
        self.assertFound(r, "P01", "removed")
        self.assertFound(r, "P03", "removed")

    def test_P01_destination_on_opening_stays(self):
        r = self.good(make_pdf.open_action("[3 0 R/Fit]"))
        self.assertHas(r, "/OpenAction [")
        self.assertNotFound(r, "P01")

    def test_P01_turning_on_opening_becomes_a_destination(self):
        r = self.good(make_pdf.open_action("<</S/GoTo/D[3 0 R/Fit]/Next<</S/JavaScript/JS(EVIL)>>>>"), "EVIL", "GoTo", "Next")
        self.assertHas(r, "/OpenAction [")
        self.assertFound(r, "P01", "neutralized")
        self.assertFound(r, "P04", "removed")

    def test_P02_additional_actions_go_field_stays(self):
        r = self.good(make_pdf.additional(), "EVIL", "/AA", "JavaScript")
        self.assertFound(r, "P02", "removed")
        self.assertHas(r, "kept value")

    def test_P03_every_other_action_goes(self):
        for kind in make_pdf.ACTIONS:
            with self.subTest(kind):
                r = self.good(make_pdf.action(kind), "EVIL", "/S /%s" % kind)
                self.assertFound(r, "P03", "removed")
                self.assertHas(r, "/Subtype /Link")

    def test_P03_turning_pages_stays(self):
        r = self.good(make_pdf.link("<</S/Named/N/NextPage>>"))
        self.assertHas(r, "/NextPage")
        self.assertEqual(r.findings, [])

    def test_P04_chain_goes_first_action_stays(self):
        r = self.good(make_pdf.chain(), "EVIL", "/Next")
        self.assertFound(r, "P04", "removed")
        self.assertHas(r, "/S /GoTo")

    def test_P05_links_of_web_and_mail_stay_others_go(self):
        r = self.good(make_pdf.uris(), "EVIL", "javascript", "file:", "msdt")
        self.assertFound(r, "P05", "kept")
        self.assertFound(r, "P05", "removed")
        self.assertHas(r, "https://www.example.lg.jp/", "mailto:a@example.lg.jp")

    def test_P05_strict_takes_all_links(self):
        r = self.good(make_pdf.uris(), "EVIL", "https://www.example.lg.jp/", profile="strict")
        self.assertFound(r, "P05", "removed")


class Parts(PdfCase):
    def test_P06_scripts_by_name_go_destinations_stay(self):
        r = self.good(make_pdf.names(), "EVIL", "JavaScript", "/URLS", "/Renditions")
        self.assertFound(r, "P06", "removed")
        self.assertHas(r, "(chapter)")

    def test_P07_embedded_files_go(self):
        r = self.good(make_pdf.embedded(), "EVIL", "/EF", "/AF", "Collection", "FileAttachment", "Filespec")
        self.assertFound(r, "P07", "removed")

    def test_P07_embedded_files_refuse_on_request(self):
        self.assertRefused(self.clean(make_pdf.embedded(), "a.pdf", profile=self.profile("P07 refuse")), "P07")

    def test_P08_multimedia_goes_looks_stay(self):
        for kind in make_pdf.MEDIA:
            with self.subTest(kind):
                r = self.good(make_pdf.media(kind), "EVIL", "/Subtype /%s" % kind)
                self.assertFound(r, "P08", "neutralized")
                self.assertHas(r, "/Subtype /Stamp", "0 0 50 50 re")

    def test_P08_multimedia_without_looks_goes(self):
        r = self.good(make_pdf.media(looks=False), "EVIL", "/Rect")
        self.assertFound(r, "P08", "removed")

    def test_P09_comment_stays_extras_go(self):
        r = self.good(make_pdf.note(), "EVIL", "/RC", "/Popup", "/PA")
        self.assertFound(r, "P09", "removed")
        self.assertHas(r, "kept comment")

    def test_P09_strict_takes_comments_but_not_looks(self):
        r = self.good(make_pdf.note(), "EVIL", "kept comment", profile="strict")
        self.assertFound(r, "P09", "removed")
        r = self.good(make_pdf.media(), "EVIL", profile="strict")
        self.assertHas(r, "/Subtype /Stamp", "0 0 50 50 re")

    def test_P10_fields_stay_scripts_and_xfa_go(self):
        r = self.good(make_pdf.form(), "EVIL", "/XFA", "/CO", "SubmitForm", "xdp")
        self.assertFound(r, "P10", "removed", where="XFA")
        self.assertFound(r, "P03", "removed")
        self.assertHas(r, "kept value", "value shown")

    def test_P10_strict_keeps_what_the_form_showed(self):
        r = self.good(make_pdf.form(), "EVIL", "/AcroForm", "/Widget", profile=self.profile("P10 remove"))
        self.assertFound(r, "P10")
        self.assertIn("value shown", r.said_text)

    def test_P10_dynamic_xfa_is_refused_with_words(self):
        r = self.clean(make_pdf.dynamic_xfa(), "a.pdf")
        self.assertRefused(r, "P10")
        self.assertIn("XFA", r.detail.get("text", ""))

    def test_P11_signature_goes_looks_stay(self):
        r = self.good(make_pdf.signed(), "EVIL", "ByteRange", "DocMDP", "/Perms", "/DSS", "/Legal", "/SigFlags", "/Lock")
        self.assertFound(r, "P11", "neutralized")
        self.assertFound(r, "P11", "removed")
        self.assertIn("signed by mayor", r.said_text)

    def test_P12_hidden_layer_is_reported(self):
        r = self.good(make_pdf.layers(), "/AS ")
        self.assertFound(r, "P12", "kept")
        self.assertHas(r, "SECRETLAYER", "(hidden)")

    def test_P12_hidden_layer_goes_on_request(self):
        r = self.good(make_pdf.layers(), "SECRETLAYER", "OCProperties", profile=self.profile("P12 remove"))
        self.assertFound(r, "P12", "removed")

    def test_P13_metadata_goes(self):
        r = self.good(make_pdf.metadata(), "PRIVATE", "xmpmeta", "/Info", "50524956415445")
        self.assertFound(r, "P13", "removed")

    def test_P14_outside_data_goes(self):
        r = self.good(make_pdf.outside(), "EVIL", "/Ref", "/OPI", "/Alternates", "/FFilter")
        self.assertFound(r, "P14", "removed")
        self.assertHas(r, "0 0 5 5 re")

    def test_P15_postscript_goes(self):
        r = self.good(make_pdf.postscript(), "EVIL", "/PS")
        self.assertFound(r, "P15", "removed")

    def test_P16_good_function_stays_bad_one_does_nothing(self):
        r = self.good(make_pdf.functions(), "EVIL 1", "(EVIL)", "/FunctionType 9")
        self.assertFound(r, "P16", "neutralized")
        self.assertFound(r, "P16", "removed")
        self.assertHas(r, "ifelse")

    def profile(self, *lines):
        path = os.path.join(self.folder, "own.conf")
        with open(path, "w") as f:
            f.write("profile own\n" + "\n".join(lines) + "\n")
        return path


class Streams(PdfCase):
    def test_P17_font_matrix_must_be_numbers(self):
        r = self.good(make_pdf.font_matrix(), "EVIL", "alert")
        self.assertFound(r, "P17", "removed", where="FontMatrix")
        self.assertHas(r, "0 0 750 750 re")

    def test_P17_broken_program_goes_map_is_written_anew(self):
        r = self.good(make_pdf.broken_font(), "EVIL", "FontFile")
        self.assertFound(r, "P17", "removed", where="font program")
        self.assertHas(r, "beginbfchar")

    def test_P18_tail_of_a_picture_goes(self):
        r = self.good(make_pdf.picture(), "EVIL")
        self.assertHas(r, "/Subtype /Image")

    def test_P18_risky_codings_become_samples(self):
        for name in ("jbig2", "fax"):
            with self.subTest(name):
                r = self.good(getattr(make_pdf, name)(), "JBIG2", "CCITT")
                self.assertFound(r, "P18", "rebuilt")
                self.assertHas(r, "/Subtype /Image")

    def test_P18_jpeg_2000_becomes_jpeg_or_samples(self):
        from PIL import Image, features
        if not features.check("jpg_2000"):
            self.skipTest("PIL writes no JPEG 2000 here")
        noise = Image.effect_noise((200, 100), 60).convert("RGB")
        for im, filters in ((noise, b"DCTDecode"), (Image.new("RGB", (200, 100), "red"), b"FlateDecode")):
            out = io.BytesIO()
            im.save(out, "JPEG2000")
            r = self.good(make_pdf.picture(200, 100, keys="", data=out.getvalue(), filter="/Filter/JPXDecode"), "JPX")
            self.assertFound(r, "P18", "rebuilt")
            self.assertRegex(r.data, rb"/ColorSpace/DeviceRGB[^>]*/Filter/" + filters)

    def test_P18_picture_that_cannot_be_read_goes(self):
        r = self.good(make_pdf.picture(data=b"EVIL", filter="/Filter/DCTDecode"), "EVIL", "/Image")
        self.assertFound(r, "P18", "removed")

    def test_P19_only_the_operator_list_passes(self):
        r = self.good(make_pdf.content(), "EVIL", "/Missing", "/Nope", "/None", "BX")
        self.assertFound(r, "P19", "removed")
        self.assertFound(r, "P19", "rebuilt")
        self.assertHas(r, "01020304>")

    def test_P20_disguised_names_and_stacked_filters(self):
        r = self.good(make_pdf.disguise(), "OpenAction", "JavaScript")
        self.assertFound(r, "P20", "neutralized", where="names")
        self.assertFound(r, "P20", "neutralized", where="Filter")
        self.assertFound(r, "P01", "removed")


class Files(PdfCase):
    def test_P21_old_revision_goes(self):
        r = self.good(make_pdf.revisions(), "EVIL", "JavaScript")
        self.assertFound(r, "P21", "removed")
        self.assertEqual(len(re.findall(rb"%%EOF", r.data)), 1)

    def test_P21_page_loop_is_cut(self):
        r = self.good(make_pdf.page_loop())
        self.assertFound(r, "P21", "removed")
        self.assertHas(r, "/Count 1")

    def test_P21_pages_below_many_nodes_stay(self):
        self.good(make_pdf.deep_tree())
        self.assertRefused(self.clean(make_pdf.deep_tree(400), "a.pdf"), "P27")

    def test_P19_text_behind_many_parts_stays(self):
        self.good(make_pdf.many_parts())

    def test_P21_generations_in_turn_cost_nothing(self):
        r = self.good(make_pdf.generations())
        self.assertLess(r.report["peak_kb"], 256 << 10)

    def test_P19_names_of_the_form_around_stay(self):
        r = self.good(make_pdf.borrowed())
        self.assertHas(r, "/F9 24 Tf")
        self.assertIn("from the middle", r.said_text)

    def test_P26_named_destinations_elsewhere_go_with_a_word(self):
        r = self.good(make_pdf.remote_names())
        self.assertFound(r, "P26", "removed", where="named destination")
        self.assertFound(r, "P03", "removed")

    def test_P18_places_in_a_table_of_colours_stay(self):
        r = self.good(make_pdf.indexed_jpx())
        self.assertHas(r, b"".join(make_pdf.TABLE_ROWS))

    def test_P21_form_loop_is_cut(self):
        r = self.good(make_pdf.form_loop())
        self.assertFound(r, "P21", "removed")

    def test_P22_head_and_tail_go(self):
        r = self.good(make_pdf.head_and_tail(), "EVIL", "PK\x03\x04")
        self.assertFound(r, "P22", "removed", where="before")
        self.assertFound(r, "P22", "removed", where="behind")

    def test_P23_empty_password_is_opened(self):
        r = self.good(make_pdf.encrypted(), "/Encrypt")
        self.assertFound(r, "P23", "neutralized")

    def test_P23_password_is_held(self):
        self.assertHeld(self.clean(make_pdf.encrypted(b"secret"), "a.pdf"), "G07")

    def test_P23_wrapper_of_rights_management_is_held(self):
        self.assertHeld(self.clean(make_pdf.wrapper(), "a.pdf"), "G07")

    def test_P24_viewer_settings_go_direction_stays(self):
        r = self.good(make_pdf.viewer(), "EVIL", "FullScreen", "HideToolbar", "/Trans", "/Dur", "Threads", "Requirements",
                      "OutputIntents", "/VP")
        self.assertFound(r, "P24", "removed")
        self.assertHas(r, "/Direction /R2L")

    def test_P25_invisible_text_is_reported(self):
        r = self.good(make_pdf.hidden_text())
        self.assertFound(r, "P25", "kept")
        self.assertHas(r, "INVISIBLE", "INSTEAD")

    def test_P25_invisible_text_goes_under_strict(self):
        r = self.good(make_pdf.hidden_text(), "INVISIBLE", "INSTEAD", profile="strict")
        self.assertFound(r, "P25", "removed")

    def test_P26_bookmarks_stay_without_actions_and_loops(self):
        r = self.good(make_pdf.bookmarks(), "EVIL", "Launch", "/SE")
        self.assertFound(r, "P26", "removed")
        self.assertFound(r, "P03", "removed")
        self.assertHas(r, "first chapter", "second chapter")
        self.assertEqual(len(re.findall(rb"/Next ", r.plain)), 1)

    def test_P26_deep_bookmarks_stay(self):
        r = self.good(make_pdf.deep_bookmarks())
        self.assertHas(r, "(chapter 299)")
        self.assertFound(self.good(make_pdf.deep_bookmarks(600)), "P26", "removed", where="deep")

    def test_P21_pages_that_inherit_one_list_cost_little(self):
        r = self.clean(make_pdf.heirs(), "a.pdf", twice=False)
        self.assertClean(r)
        self.assertLess(r.report["peak_kb"], 64 << 10)

    def test_P27_bombs_are_refused(self):
        for name in ("bomb", "huge_page"):
            with self.subTest(name):
                self.assertRefused(self.clean(getattr(make_pdf, name)(), "a.pdf"), "P27")
        self.assertRefused(self.clean(make_pdf.huge_picture(), "a.pdf"), "I08")

    def test_P25_text_only_gives_the_words(self):
        for data, words in ((make_pdf.form(), (make_pdf.TEXT, "value shown")), (make_pdf.hidden_text(), (make_pdf.TEXT, "INVISIBLE")),
                            (make_pdf.broken_font(), (make_pdf.TEXT,)), (make_pdf.encrypted(), (make_pdf.TEXT,))):
            r = self.clean(data, "a.pdf", profile="text-only")
            self.assertClean(r, name="a.txt")
            for word in words:
                self.assertIn(word, r.text())
            self.assertNotIn("EVIL", r.text())


main(__name__)
