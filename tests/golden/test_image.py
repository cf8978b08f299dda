"""Pictures, table I: hostile ones are made here, by make_image; PIL and exiftool read what comes out."""
import gzip
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import warnings
import xml.etree.ElementTree as ElementTree

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import make_image
from golden import Golden, main
from make_image import HEIGHT, SECRET, WIDTH, base, save
from PIL import Image, ImageChops, ImageCms, ImageOps, ImageStat

# What exiftool may still say: the picture itself, and words about the file.
TOLD = {"SourceFile", "ExifTool", "File", "System", "Composite", "JFIF", "PNG", "PNG-pHYs", "GIF", "BMP", "SVG", "RIFF", "IFD", "IFD0",
        "Adobe", "APP14", "XML", "Animation"}
PERSONAL = ("comment", "description", "artist", "copyright", "software", "modify", "create", "gps", "make", "model", "xmp",
            "userdata", "author")


class Pictures(Golden):
    def pass_(self, data, name):
        r = self.clean(data, name)
        self.assertClean(r, name)
        self.assertGone(r, SECRET, b"Exif", b"xmpmeta", b"PK\3\4")
        self.assertNothingTold(r)
        return r

    def assertNothingTold(self, r):
        """exiftool finds no metadata."""
        if not shutil.which("exiftool"):
            return
        with tempfile.NamedTemporaryFile(suffix=os.path.splitext(r.name)[1]) as f:
            f.write(r.data)
            f.flush()
            p = subprocess.run(["exiftool", "-j", "-G1", "-a", "-u", f.name], capture_output=True, timeout=60)
        for key in json.loads(p.stdout)[0]:
            group, _, tag = key.partition(":")
            self.assertIn(group.rstrip("123456789"), TOLD, "exiftool says %s" % key)
            if group not in ("System", "ExifTool"):
                self.assertFalse(any(tag.lower().startswith(p) for p in PERSONAL), "exiftool says %s" % key)

    def assertSamePixels(self, made, original, mode="RGBA", limit=0):
        made, original = made.convert(mode), original.convert(mode)
        self.assertEqual(made.size, original.size)
        worst = max(high for _, high in ImageStat.Stat(ImageChops.difference(made, original)).extrema)
        self.assertLessEqual(worst, limit)

    def assertCorner(self, im, at, colour):
        got = im.convert("RGB").getpixel(at)
        self.assertTrue(all(abs(a - b) < 40 for a, b in zip(got, colour)), "%s at %s, not %s" % (got, at, colour))


warnings.filterwarnings("ignore", category=UserWarning, module="PIL")
RED, LIME, BLUE, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)


class Metadata(Pictures):
    def test_I01_jpeg_metadata_goes_pixels_stay(self):
        data = make_image.jpeg_hostile(dpi=(200, 200))
        r = self.pass_(data, "photo.jpg")
        for what in ("EXIF", "GPS position", "maker", "XMP", "Photoshop", "MPF", "C2PA"):
            self.assertFound(r, "I01", "removed", where=what)
        self.assertSamePixels(r.image(), Image.open(io.BytesIO(data)))
        self.assertEqual(r.image().info["dpi"], (200, 200))

    def test_I01_orientation_is_applied(self):
        for orientation in range(1, 9):
            for size in ((48, 32), (50, 33)):  # whole blocks, and not
                im = base(size=size)
                plain = save(im, "JPEG", quality=95, subsampling=0)
                block = make_image.segment(0xE1, b"Exif\0\0" + make_image.exif(orientation))
                data = make_image.jpeg_with(plain, [block])
                upright = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
                r = self.pass_(data, "photo.jpg")
                self.assertSamePixels(r.image(), upright, "RGB", 4 if size == (48, 32) else 40)
                self.assertEqual(r.image().info.get("dpi"), (300, 300))

    def test_I01_orientation_of_other_formats_is_applied(self):
        turned = base().transpose(Image.Transpose.ROTATE_270)  # what 6 asks for
        data = make_image.png_with(save(base(), "PNG"), [make_image.chunk(b"eXIf", make_image.exif(6))])
        self.assertSamePixels(self.pass_(data, "a.png").image(), turned)
        self.assertSamePixels(self.pass_(make_image.webp_hostile(orientation=6), "a.webp").image(), turned)
        self.assertSamePixels(self.pass_(make_image.tiff_hostile(6), "a.tif").image(), turned.convert("L"))

    def test_I01_colours_are_converted_before_the_profile_goes(self):
        """A profile with red and green the wrong way round: what a reader shows must not change."""
        profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        at = {}
        for i in range(int.from_bytes(profile[128:132], "big")):
            entry = profile[132 + 12 * i:144 + 12 * i]
            at[entry[:4]] = 132 + 12 * i
        swapped = bytearray(profile)
        r, g = at[b"rXYZ"], at[b"gXYZ"]
        swapped[r + 4:r + 12], swapped[g + 4:g + 12] = profile[g + 4:g + 12], profile[r + 4:r + 12]
        for kind, name, limit in (("PNG", "a.png", 3), ("JPEG", "a.jpg", 40), ("WEBP", "a.webp", 3), ("TIFF", "a.tif", 3)):
            more = {"quality": 98, "subsampling": 0} if kind == "JPEG" else {"lossless": True} if kind == "WEBP" else {}
            data = save(base(), kind, icc_profile=bytes(swapped), **more)
            r = self.pass_(data, name)
            self.assertFound(r, "I01", "removed", where="ICC profile")
            self.assertFound(r, "I01", "rebuilt", where="sRGB")
            self.assertIsNone(r.image().info.get("icc_profile"))
            self.assertCorner(r.image(), (3, 3), LIME)
            self.assertCorner(r.image(), (WIDTH - 3, 3), RED)
            r = self.pass_(save(base(), kind, icc_profile=profile, **more), name)
            self.assertNotFound(r, "I01", "rebuilt")
            self.assertCorner(r.image(), (3, 3), RED)

    def test_I01_cmyk_becomes_rgb(self):
        r = self.pass_(save(base("CMYK"), "JPEG", quality=95), "print.jpg")
        self.assertEqual(r.image().mode, "RGB")
        for at, colour in (((3, 3), RED), ((WIDTH - 3, 3), LIME), ((3, HEIGHT - 3), BLUE), ((WIDTH - 3, HEIGHT - 3), WHITE)):
            self.assertCorner(r.image(), at, colour)


class Png(Pictures):
    def test_I02_chunks_and_tail_go(self):
        r = self.pass_(make_image.png_hostile(), "a.png")
        for what in ("tEXt", "zTXt", "iTXt", "prVt", "tIME", "bytes after the end"):
            self.assertFound(r, "I02", "removed", where=what)
        self.assertFound(r, "I01", "removed", where="GPS")
        self.assertFound(r, "G04", "removed")
        self.assertSamePixels(r.image(), base())
        self.assertEqual([round(v) for v in r.image().info["dpi"]], [300, 300])

    def test_I02_every_form_keeps_its_pixels(self):
        forms = [base(m) for m in ("1", "L", "P", "RGB", "RGBA", "LA")] + [base("L").convert("I;16")]
        for im in forms:
            for more in ({}, {"bits": 4} if im.mode == "P" else {}, {"transparency": 3} if im.mode == "P" else {}):
                if more.get("bits") == 4:
                    im = base().quantize(14)
                data = save(im, "PNG", **more)
                r = self.pass_(data, "a.png")
                if im.mode.startswith("I"):
                    self.assertEqual(list(r.image().getdata()), list(Image.open(io.BytesIO(data)).getdata()))
                else:
                    self.assertSamePixels(r.image(), Image.open(io.BytesIO(data)))

    def test_I02_animation_becomes_its_first_picture(self):
        r = self.pass_(make_image.apng(), "a.png")
        self.assertFound(r, "I02", "removed", where="animation")
        self.assertGone(r, b"acTL", b"fcTL", b"fdAT")
        self.assertSamePixels(r.image(), base())

    def test_I02_unused_colours_go(self):
        im = Image.new("P", (16, 16), 7)
        palette = bytearray(768)
        palette[21:24] = b"\xff\x80\x40"
        palette[300:300 + len(SECRET)] = SECRET
        im.putpalette(bytes(palette))
        im.putpixel((0, 0), 8)
        r = self.pass_(save(im, "PNG", bits=8), "a.png")
        self.assertSamePixels(r.image(), im)


class Jpeg(Pictures):
    def test_I03_segments_and_tail_go(self):
        r = self.pass_(make_image.jpeg_hostile(), "photo.jpg")
        for what in ("comment", "unknown segment", "bytes after the end"):
            self.assertFound(r, "I03", "removed", where=what)
        self.assertFound(r, "G04", "removed", where="ZIP")

    def test_I03_every_form_keeps_its_pixels(self):
        for more in ({"progressive": True}, {"subsampling": 2}, {"restart_marker_blocks": 1}, {"quality": 5}):
            data = save(base(), "JPEG", **more)
            self.assertSamePixels(self.pass_(data, "a.jpg").image(), Image.open(io.BytesIO(data)))
        data = save(base("L"), "JPEG")
        r = self.pass_(data, "a.jpeg")
        self.assertEqual(r.image().mode, "L")
        self.assertSamePixels(r.image(), Image.open(io.BytesIO(data)))

    def test_I03_a_picture_that_breaks_off_is_mended(self):
        data = save(base(size=(400, 300)), "JPEG")
        r = self.pass_(data[:len(data) // 2], "a.jpg")
        self.assertFound(r, "I03", "rebuilt", where="damaged")
        self.assertEqual(r.image().size, (400, 300))

    def test_I03_twelve_bits_are_refused(self):
        data = bytearray(save(base(), "JPEG"))
        data[data.index(b"\xff\xc0") + 4] = 12
        self.assertRefused(self.clean(bytes(data), "a.jpg"), "I03")


class Gif(Pictures):
    def test_I04_extensions_and_tail_go_frames_stay(self):
        data = make_image.gif_hostile()
        r = self.pass_(data, "a.gif")
        for what in ("comment", "application", "plain text", "bytes after the end"):
            self.assertFound(r, "I04", "removed", where=what)
        self.assertFound(r, "I01", "removed", where="XMP")
        self.assertFound(r, "G04", "removed", where="ZIP")
        made, original = r.image(), Image.open(io.BytesIO(make_image.gif_frames()))
        self.assertEqual((made.n_frames, made.info["loop"]), (3, 7))
        for i, duration in enumerate((100, 200, 300)):
            made.seek(i), original.seek(i)
            self.assertEqual(made.info["duration"], duration)
            self.assertSamePixels(made, original)

    def test_I04_transparency_stays(self):
        im = base("P")
        r = self.pass_(save(im, "GIF", transparency=im.getpixel((0, 0))), "a.gif")
        self.assertEqual(r.image().convert("RGBA").getpixel((0, 0))[3], 0)
        self.assertEqual(r.image().convert("RGBA").getpixel((20, 20))[3], 255)


class Tiff(Pictures):
    def test_I05_private_fields_gap_and_tail_go(self):
        r = self.pass_(make_image.tiff_hostile(), "scan.tif")
        for what in ("field 50000", "GeoTIFF", "belong to no page", "bytes after the end"):
            self.assertFound(r, "I05", "removed", where=what)
        self.assertFound(r, "I01", "removed", where="description")
        self.assertSamePixels(r.image(), base("L"))
        self.assertEqual(r.image().info["dpi"], (300, 300))

    def test_I05_every_form_keeps_its_pixels(self):
        for mode in ("1", "L", "P", "RGB", "RGBA"):
            for compression in (None, "tiff_lzw", "packbits", "tiff_adobe_deflate") + (("group4",) if mode == "1" else ()):
                r = self.pass_(save(base(mode), "TIFF", compression=compression), "scan.tiff")
                self.assertSamePixels(r.image(), base(mode))
        r = self.pass_(save(base("L").convert("I;16"), "TIFF"), "scan.tif")
        self.assertEqual(list(r.image().getdata()), list(base("L").convert("I;16").getdata()))
        self.assertEqual(self.pass_(save(base("CMYK"), "TIFF"), "scan.tif").image().mode, "RGB")

    def test_I05_rare_codings_are_not_decoded(self):
        for compression in ("zstd", "lzma"):
            self.assertRefused(self.clean(save(base("RGB"), "TIFF", compression=compression), "scan.tif"), "I05")

    def test_I05_pages_stay(self):
        data = make_image.tiff_pages(5)
        r = self.pass_(data, "scan.tif")
        made, original = r.image(), Image.open(io.BytesIO(data))
        self.assertEqual(made.n_frames, 5)
        for i in range(5):
            made.seek(i), original.seek(i)
            self.assertSamePixels(made, original)


class Webp(Pictures):
    def test_I06_chunks_and_tail_go(self):
        r = self.pass_(make_image.webp_hostile(), "a.webp")
        self.assertFound(r, "I06", "removed", where="unknown chunk")
        self.assertFound(r, "I06", "removed", where="bytes after the end")
        self.assertFound(r, "I01", "removed", where="EXIF")
        self.assertFound(r, "I01", "removed", where="XMP")
        self.assertSamePixels(r.image(), base())

    def test_I06_a_lossy_picture_keeps_its_pixels(self):
        data = make_image.webp_hostile(lossless=False)
        r = self.pass_(data, "a.webp")
        self.assertSamePixels(r.image(), Image.open(io.BytesIO(data)))
        for mode in ("RGB", "RGBA"):
            for quality in (5, 50, 95):
                data = save(base(mode, (200, 150)), "WEBP", quality=quality)
                r = self.pass_(data, "a.webp")
                self.assertSamePixels(r.image(), Image.open(io.BytesIO(data)))
                self.assertLess(len(r.data), len(data) * 1.1 + 20)

    def test_I06_a_lossy_picture_is_turned(self):
        data = make_image.webp_hostile(lossless=False, orientation=6)
        upright = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
        self.assertSamePixels(self.pass_(data, "a.webp").image(), upright, limit=60)

    def test_I06_frames_stay(self):
        data = make_image.webp_frames()
        r = self.pass_(data, "a.webp")
        made, original = r.image(), Image.open(io.BytesIO(data))
        self.assertEqual((made.n_frames, made.info["loop"]), (3, 4))
        for i in range(3):
            made.seek(i), original.seek(i)
            self.assertSamePixels(made, original)

    def test_I06_other_containers_are_refused(self):
        heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(64)
        for data, name in ((heic, "a.heic"), (b"8BPS\0\1" + bytes(64), "a.psd"), (save(base(), "JPEG2000"), "a.jp2"),
                           (save(base(size=(16, 16)), "ICO"), "a.ico")):
            self.assertRefused(self.clean(data, name), "I06")


class Bmp(Pictures):
    def test_I07_reserved_fields_gap_and_tail_go(self):
        r = self.pass_(make_image.bmp_hostile(), "a.bmp")
        for what in ("reserved", "bytes before the pixels", "bytes after the end"):
            self.assertFound(r, "I07", "removed", where=what)
        self.assertGone(r, b"EVIL")
        self.assertSamePixels(r.image(), base())
        self.assertEqual([round(v) for v in r.image().info["dpi"]], [300, 300])

    def test_I07_every_form_keeps_its_pixels(self):
        for mode in ("1", "L", "P", "RGB", "RGBA"):
            data = save(base(mode), "BMP")
            self.assertSamePixels(self.pass_(data, "a.bmp").image(), Image.open(io.BytesIO(data)))

    def test_I07_run_lengths_are_decoded(self):
        """PIL's own decoder misreads jumps, so the rows are given here."""
        colours = {".": (0, 0, 0), "R": RED, "B": BLUE}
        rows = "BBBBBBBB" "..RRRRRR" ".RB.BBBB" "RRRRRRRR"
        made = self.pass_(make_image.bmp_rle8(), "a.bmp").image().convert("RGB")
        self.assertEqual(list(made.getdata()), [colours[c] for c in rows])

    def test_I07_an_embedded_picture_is_refused(self):
        self.assertRefused(self.clean(make_image.bmp_with_jpeg(), "a.bmp"), "I07")


class Bombs(Pictures):
    def test_I08_claimed_pixels_are_refused_before_decoding(self):
        size = b"\xff\xff" * 2
        jpeg = bytearray(save(base(), "JPEG"))
        at = jpeg.index(b"\xff\xc0") + 5
        jpeg[at:at + 4] = size
        bmp = bytearray(save(base(), "BMP"))
        bmp[18:26] = b"\xff\xff\0\0" * 2
        gif = b"GIF89a" + size + b"\0\0\0\x2c" + bytes(4) + size + b"\0\2\0\x3b"
        webp = make_image.riff([(b"VP8L", b"\x2f\xff\xff\xff\x0f" + bytes(8))])
        tiff = make_image.tiff_hostile().replace(make_image.struct.pack("<HHII", 256, 3, 1, WIDTH),
                                                 make_image.struct.pack("<HHII", 256, 4, 1, 1 << 30))
        for data, name in ((make_image.png_claiming(60000, 60000), "a.png"), (bytes(jpeg), "a.jpg"), (bytes(bmp), "a.bmp"),
                           (gif, "a.gif"), (webp, "a.webp"), (tiff, "a.tif")):
            r = self.clean(data, name)
            self.assertRefused(r, "I08")
            self.assertLess(r.report["peak_kb"], 64 * 1024)

    def test_I08_frames_without_end_are_refused(self):
        self.assertRefused(self.clean(make_image.gif_of_frames(6000), "a.gif"), "I08")
        self.assertClean(self.clean(make_image.gif_of_frames(100), "a.gif"), "a.gif")

    def test_I08_uses_of_uses_are_refused(self):
        self.assertRefused(self.clean(make_image.svg_bomb(9), "a.svg"), "I08")
        self.assertClean(self.clean(make_image.svg_bomb(4), "a.svg"), "a.svg")


class Svg(Pictures):
    HOSTILE = (
        '<script>alert(1)</script>', '<rect onload="alert(1)" width="1" height="1"/>',
        '<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="javascript:alert(1)"/></foreignObject>',
        '<image xlink:href="http://attacker.example/i.png" width="1" height="1"/>', '<image href="file:///etc/passwd"/>',
        '<use xlink:href="http://attacker.example/d.svg#x"/>', '<use href="data:image/svg+xml,%3Csvg/%3E#x"/>',
        '<a xlink:href="javascript:alert(1)"><text>kept</text></a>',
        '<style>@import url(http://attacker.example/c.css); rect{fill:url("http://attacker.example/f")}</style>',
        '<style>@font-face{font-family:a;src:url(//attacker.example/a)}</style>',
        '<rect style="fill:url(http://attacker.example/a);stroke:u\\72l(http://attacker.example/b)" width="1" height="1"/>',
        '<rect fill="url(http://attacker.example/a)" width="1" height="1"/>',
        '<set attributeName="onmouseover" to="alert(1)"/>', '<animate attributeName="href" values="javascript:alert(1)"/>',
        '<filter id="f"><feImage xlink:href="http://attacker.example/i.png"/></filter>',
        '<g xml:base="http://attacker.example/"/>', '<?php alert(1) ?>',
        '<embed xmlns="http://www.w3.org/1999/xhtml" src="http://attacker.example/"/>',
        '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="http://attacker.example/"/>')

    def assertHarmless(self, r):
        self.assertGone(r, b"attacker", b"alert", b"passwd", b"script", b"@import", b"foreignObject", b"http-equiv")
        root = ElementTree.fromstring(r.data)
        self.assertEqual(root.tag, "{http://www.w3.org/2000/svg}svg")
        for e in root.iter():
            self.assertTrue(e.tag.startswith("{http://www.w3.org/2000/svg}"), e.tag)
            for name, value in e.attrib.items():
                self.assertFalse(name.lower().startswith("on"), name)
                if name.endswith("href"):
                    self.assertRegex(value, r"^(#|data:image/(png|jpeg|gif|webp);base64,)")
        self.assertIn("住民票の写し", "".join(root.itertext()))

    def test_I09_what_is_active_goes_one_by_one(self):
        for inside in self.HOSTILE:
            r = self.clean(make_image.svg(inside), "map.svg")
            self.assertClean(r, "map.svg")
            self.assertHarmless(r)
            self.assertTrue({"I09", "I01"} & set(r.ids()), inside)

    def test_I09_what_is_active_goes_together(self):
        head = '<?xml version="1.0"?><?xml-stylesheet href="http://attacker.example/a.css"?><!-- attacker --><!DOCTYPE svg>'
        data = make_image.svg("".join(self.HOSTILE), head, 'onload="alert(1)"')
        r = self.clean(data, "map.svg")
        self.assertClean(r, "map.svg")
        self.assertHarmless(r)
        for what in ("<script>", "event onload", "<foreignObject>", "reference of <image>", "reference of <use>",
                     "@-rule", "xml-stylesheet", "document type"):
            self.assertFound(r, "I09", "removed", where=what)
        self.assertClean(self.clean(gzip.compress(data, mtime=0), "map.svgz"), "map.svg")

    def test_I09_harmless_drawing_stays(self):
        inside = ('<defs><linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient></defs>'
                  '<style>.a{fill:url(#g);stroke:blue}</style><path class="a" d="M0 0 L10 10z"/>'
                  '<g transform="translate(1,2)" style="opacity:.5"><use xlink:href="#g"/></g>')
        r = self.clean(make_image.svg(inside), "map.svg")
        self.assertClean(r, "map.svg")
        self.assertEqual(r.findings, [])
        for part in ('.a{fill:url(#g);stroke:blue}', 'd="M0 0 L10 10z"', 'style="opacity:.5"', 'xlink:href="#g"',
                     'stop-color="red"', 'transform="translate(1,2)"'):
            self.assertIn(part, r.text())

    def test_I09_a_lost_variable_is_told(self):
        r = self.clean(make_image.svg('<style>.a{--paint:red}</style><path d="M0 0 L10 10z"/>'), "map.svg")
        self.assertClean(r, "map.svg")
        self.assertNotIn("--paint", r.text())
        self.assertFound(r, "I09", "removed", where="part of a style")

    def test_I09_a_picture_inside_is_rebuilt(self):
        picture = make_image.data_uri("image/jpeg", make_image.jpeg_hostile())
        r = self.clean(make_image.svg('<image xlink:href="%s" width="9" height="9"/>' % picture), "map.svg")
        self.assertClean(r, "map.svg")
        self.assertFound(r, "I01", "removed", where="<image>: EXIF")
        inside = r.text().split("base64,")[1].split('"')[0]
        self.assertNotIn(SECRET, make_image.base64.b64decode(inside))

    def test_I09_entities_are_refused(self):
        head = '<!DOCTYPE svg [<!ENTITY e "x">]>'
        self.assertRefused(self.clean(make_image.svg("<g>&e;</g>", head), "map.svg"), "I09")


class Metafiles(Pictures):
    def test_I10_metafiles_are_refused(self):
        emf = make_image.struct.pack("<II", 1, 108) + bytes(32) + b" EMF" + bytes(64)
        wmf = b"\xd7\xcd\xc6\x9a" + bytes(60)
        for data, name in ((emf, "a.emf"), (wmf, "a.wmf"), (b"%!PS-Adobe-3.0 EPSF-3.0\n(id) run\n", "a.eps")):
            self.assertRefused(self.clean(data, name), "I10")


main(__name__)
