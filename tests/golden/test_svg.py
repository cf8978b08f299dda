"""Drawings, rows I08 and I09: what they would draw once every reference is followed, and what they are written in."""
import os
import sys
import xml.etree.ElementTree as ElementTree

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import make_image
from golden import Golden, main

PAINTS = ("class", "id", "group", "inherit", "style", "use", "marker", "around", "circle", "context")
SVG = "{http://www.w3.org/2000/svg}"


def blurs(name, count):
    return '<filter id="%s">%s</filter>' % (name, '<feGaussianBlur stdDeviation="10000"/>' * count)


class Bombs(Golden):
    def test_I08_paint_of_paint_is_refused(self):
        for how in PAINTS:
            with self.subTest(how):
                self.assertRefused(self.clean(make_image.svg_bomb_of_paint(how), "a.svg"), "I08")

    def test_I08_paint_of_few_levels_stays(self):
        for how in PAINTS:
            with self.subTest(how):
                r = self.clean(make_image.svg_bomb_of_paint(how, 3), "a.svg")
                self.assertClean(r, "a.svg")
                self.assertEqual(r.findings, [])

    def test_I08_a_sheet_before_or_behind_or_in_another_coding(self):
        data = make_image.svg_bomb_of_paint("class").decode()
        sheet = data[data.index("<style>"):data.index("</style>") + 8]
        self.assertRefused(self.clean(data.replace(sheet, "").replace("<defs>", sheet + "<defs>").encode(), "a.svg"), "I08")
        self.assertRefused(self.clean(('\ufeff' + data).encode("utf-16-le"), "a.svg"), "I08")
        data = data.replace("<svg ", '<svg xmlns:s="http://www.w3.org/2000/svg" ').replace("style>", "s:style>")
        self.assertRefused(self.clean(data.encode(), "a.svg"), "I08")

    def test_I08_many_hatches_stay(self):
        """As maps are: thirty classes with a hatch each, a marker whose path the rule for lines fits too."""
        inside = "".join('<pattern id="h%d" width="4" height="4"><path class="line" d="M0 0L4 4"/><path d="M0 4L4 0"/></pattern>' % i
                         for i in range(30)) + '<marker id="arrow"><path id="head" d="M0 0L4 2L0 4z"/></marker>'
        sheet = "<style>path{marker-end:url(#arrow)}%s</style>" % "".join(".c%d{fill:url(#h%d)}" % (i, i) for i in range(30))
        areas = "".join('<path class="c%d" d="M0 0h9v9z"/>' % (i % 30) for i in range(3000))
        r = self.clean(make_image.svg(inside + sheet + areas), "map.svg")
        self.assertClean(r, "map.svg")
        self.assertEqual(r.findings, [])


class Filters(Golden):
    def count(self, r, name):
        return [len(f) for f in ElementTree.fromstring(r.data).iter(SVG + name)]

    def test_I09_a_filter_has_so_many_steps(self):
        r = self.clean(make_image.svg(blurs("f", 1000)), "a.svg")
        self.assertClean(r, "a.svg")
        self.assertFound(r, "I09", "removed", where="filters")
        self.assertEqual(self.count(r, "filter"), [50])

    def test_I09_all_filters_have_so_many_steps(self):
        r = self.clean(make_image.svg("".join(blurs("f%d" % i, 9) for i in range(1000)) + '<g filter="url(#f999)"/>'), "a.svg")
        self.assertClean(r, "a.svg")
        self.assertFound(r, "I09", "removed", where="filters")
        self.assertEqual(self.count(r, "filter"), [9] * 56)

    def test_I09_harmless_filters_stay(self):
        merge = '<feMerge>%s</feMerge>' % ('<feMergeNode in="SourceGraphic"/>' * 60)
        r = self.clean(make_image.svg("".join(blurs("f%d" % i, 5) for i in range(90)) + '<filter id="g">%s</filter>' % merge), "a.svg")
        self.assertClean(r, "a.svg")
        self.assertEqual(r.findings, [])


class Codings(Golden):
    def test_I09_drawings_in_the_sets_of_japan_are_read(self):
        for label, codec in (("Shift_JIS", "cp932"), ("EUC-JP", "euc_jp"), ("ISO-2022-JP", "iso2022_jp")):
            with self.subTest(label):
                head = '<?xml version="1.0" encoding="%s"?><!DOCTYPE svg>' % label
                data = make_image.svg("<script>alert(1)</script><title>表示ソ</title>", head).decode().encode(codec)
                r = self.clean(data, "map.svg")
                self.assertClean(r, "map.svg")
                self.assertFound(r, "T03", "rebuilt")
                self.assertFound(r, "I09", "removed", where="<script>")
                self.assertGone(r, b"alert")
                self.assertIn("住民票の写し", r.text())
                self.assertIn("表示ソ", r.text())

    def test_T03_what_is_not_in_the_declared_set_is_refused(self):
        for label in ("Shift_JIS", "EUC-JP", "ISO-2022-JP"):
            head = '<?xml version="1.0" encoding="%s"?>' % label
            data = make_image.svg("<title>x</title>", head).replace("住民票の写し".encode(), b"\x8f\xff\xff")
            self.assertRefused(self.clean(data, "map.svg"), "T03")


main(__name__)
