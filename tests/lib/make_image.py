"""Pictures for tests: PIL draws a base, everything hostile is put around it by hand."""
import base64
import io
import struct
import zlib

from PIL import Image

WIDTH, HEIGHT = 48, 32
SECRET = b"<?php system('id'); ?>"  # must survive nowhere


def base(mode="RGB", size=(WIDTH, HEIGHT)):
    """A picture with four different corners: red, green, blue, white, and a ramp between."""
    im = Image.new("RGB", size)
    w, h = size
    im.putdata([((x * 255 // (w - 1)), (y * 255 // (h - 1)), (x * y) % 256) for y in range(h) for x in range(w)])
    for at, colour in zip(((0, 0), (w - 8, 0), (0, h - 8), (w - 8, h - 8)), ("red", "lime", "blue", "white")):
        im.paste(colour, (at[0], at[1], at[0] + 8, at[1] + 8))
    if mode == "RGBA":
        im.putalpha(Image.linear_gradient("L").resize(size))
    elif mode != "RGB":
        im = im.convert(mode)
    return im


def save(im, kind, **more):
    out = io.BytesIO()
    im.save(out, kind, **more)
    return out.getvalue()


def exif(orientation=1, gps=True, maker=b"maker's own", dpi=300):
    """A TIFF block: orientation, resolution, maker's note, a position and a comment."""
    entries = [(270, 2, SECRET + b"\0"), (274, 3, struct.pack(">H", orientation)), (282, 5, struct.pack(">II", dpi, 1)),
               (283, 5, struct.pack(">II", dpi, 1)), (296, 3, struct.pack(">H", 2))]
    sub = _directory([(37500, 7, maker), (37510, 7, b"ASCII\0\0\0" + SECRET)])
    place = _directory([(1, 2, b"N\0"), (2, 5, struct.pack(">6I", 35, 1, 41, 1, 22, 1)), (3, 2, b"E\0"),
                        (4, 5, struct.pack(">6I", 139, 1, 41, 1, 30, 1))])
    entries.append((34665, 4, sub))
    if gps:
        entries.append((34853, 4, place))
    return b"MM\0*" + struct.pack(">I", 8) + _lay(entries, 8)


class _directory(list):
    pass


def _lay(entries, at):
    """A directory and its data, the directories inside behind it."""
    width = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1}
    head, data = struct.pack(">H", len(entries)), b""
    behind = at + 2 + 12 * len(entries) + 4
    for tag, kind, value in sorted(entries, key=lambda e: e[0]):
        if isinstance(value, _directory):
            where = behind + len(data)
            data += _lay(value, where)
            head += struct.pack(">HHII", tag, kind, 1, where)
            continue
        count = len(value) // width[kind]
        if len(value) <= 4:
            head += struct.pack(">HHI", tag, kind, count) + value.ljust(4, b"\0")
        else:
            head += struct.pack(">HHII", tag, kind, count, behind + len(data))
            data += value + (b"\0" if len(value) % 2 else b"")
    return head + struct.pack(">I", 0) + data


XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + SECRET + b"</x:xmpmeta>"


# JPEG

def segment(marker, data):
    return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data


def jpeg_with(plain, segments, tail=b""):
    return plain[:2] + b"".join(segments) + plain[2:] + tail


def jpeg_hostile(orientation=1, tail=b"PK\3\4" + SECRET * 2, **more):
    plain = save(base(), "JPEG", quality=90, subsampling=0, **more)
    return jpeg_with(plain, [
        segment(0xE1, b"Exif\0\0" + exif(orientation)), segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP),
        segment(0xED, b"Photoshop 3.0\0" + SECRET), segment(0xE2, b"MPF\0" + SECRET), segment(0xEB, b"JP\0\0jumb" + SECRET),
        segment(0xE5, SECRET), segment(0xFE, SECRET)], tail)


# PNG

def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_with(plain, chunks, tail=b""):
    """Chunks behind IHDR."""
    return plain[:33] + b"".join(chunks) + plain[33:] + tail


def png_hostile(plain=None, tail=b"MZ" + SECRET):
    return png_with(plain or save(base(), "PNG", dpi=(300, 300)), [
        chunk(b"tEXt", b"Comment\0" + SECRET), chunk(b"zTXt", b"Raw profile type iptc\0\0" + zlib.compress(SECRET)),
        chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP), chunk(b"eXIf", exif()), chunk(b"prVt", SECRET),
        chunk(b"tIME", struct.pack(">HBBBBB", 2026, 4, 1, 9, 0, 0))], tail)


def apng():
    """Two pictures; the second is seen only by readers of animations."""
    first, second = save(base(), "PNG"), save(Image.new("RGB", (WIDTH, HEIGHT), "black"), "PNG")
    control = lambda n: chunk(b"fcTL", struct.pack(">IIIIIHHBB", n, WIDTH, HEIGHT, 0, 0, 1, 10, 0, 0))
    data = second[second.index(b"IDAT") - 4:second.index(b"IEND") - 4]
    more = control(1) + chunk(b"fdAT", struct.pack(">I", 2) + data[8:-4])
    end = first.index(b"IEND") - 4
    return png_with(first[:end] + more + first[end:], [chunk(b"acTL", struct.pack(">II", 2, 0)), control(0)])


def png_claiming(width, height):
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) + \
        chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


# GIF

def gif_frames(count=3):
    frames = [base("P").rotate(90 * i) for i in range(count)]
    return save(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=[100, 200, 300][:count], loop=7)


def gif_hostile(plain=None, tail=b"PK\3\4" + SECRET):
    plain = plain or gif_frames()
    table = 13 + 3 * (2 << (plain[10] & 7)) if plain[10] & 0x80 else 13
    block = lambda b: bytes([len(b)]) + b
    more = b"\x21\xfe" + block(SECRET) + b"\0" + b"\x21\xff" + block(b"XMP DataXMP") + block(SECRET) + b"\0" + \
        b"\x21\xff" + block(b"EVILAPP1.0!") + block(SECRET) + b"\0" + \
        b"\x21\x01" + block(bytes(12)) + block(SECRET) + b"\0"
    return plain[:table] + more + plain[table:] + tail


def gif_of_frames(count):
    """Very many frames of one pixel."""
    head = b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    return head + (b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\2\2D\1\0") * count + b"\x3b"


# WebP

def riff(chunks, tail=b""):
    body = b"WEBP" + b"".join(n + struct.pack("<I", len(d)) + d + (b"\0" if len(d) % 2 else b"") for n, d in chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body + tail


def webp_hostile(lossless=True, orientation=1, tail=b"MZ" + SECRET):
    plain = save(base(), "WEBP", lossless=lossless, quality=80)
    picture = (plain[12:16], plain[20:20 + struct.unpack("<I", plain[16:20])[0]])
    size = struct.pack("<I", WIDTH - 1)[:3] + struct.pack("<I", HEIGHT - 1)[:3]
    return riff([(b"VP8X", b"\x0c\0\0\0" + size), picture, (b"EXIF", exif(orientation)), (b"XMP ", XMP),
                 (b"EVIL", SECRET)], tail)


def webp_frames():
    frames = [base("RGBA").rotate(90 * i) for i in range(3)]
    return save(frames[0], "WEBP", save_all=True, append_images=frames[1:], duration=100, loop=4, lossless=True)


# TIFF

def tiff_hostile(orientation=1):
    """By hand: gray, with a private field, a description, a gap and a tail."""
    pixels = base("L").tobytes()
    data = b"II*\0\0\0\0\0" + SECRET * 2
    place, data = len(data), data + pixels
    text, data = len(data), data + SECRET + b"\0\0"
    half, data = len(data), data + struct.pack("<II", 300, 1)
    fields = [(256, 3, 1, WIDTH), (257, 3, 1, HEIGHT), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1),
              (270, 2, len(SECRET) + 1, text), (273, 4, 1, place), (274, 3, 1, orientation), (277, 3, 1, 1),
              (278, 3, 1, HEIGHT), (279, 4, 1, len(pixels)), (282, 5, 1, half), (283, 5, 1, half), (296, 3, 1, 2),
              (34735, 3, 1, 1), (50000, 4, 1, 7)]
    at = len(data)
    data += struct.pack("<H", len(fields)) + b"".join(struct.pack("<HHII", *f) for f in fields) + struct.pack("<I", 0)
    return data[:4] + struct.pack("<I", at) + data[8:] + b"PK\3\4" + SECRET


def tiff_pages(count):
    return save(base("1"), "TIFF", save_all=True, append_images=[base("L"), base("RGB")] * ((count - 1) // 2),
                compression="tiff_lzw")


# BMP

def bmp_hostile():
    plain = save(base(), "BMP", dpi=(300, 300))
    at = struct.unpack("<I", plain[10:14])[0]
    return plain[:6] + b"EVIL" + struct.pack("<I", at + len(SECRET)) + plain[14:at] + SECRET + plain[at:] + b"PK\3\4" + SECRET


def bmp_rle8():
    """Runs, literals and a jump: 8 × 4 in three colours."""
    rows = b"\x08\1\0\0" + b"\0\4\0\1\2\0\4\2\0\0" + b"\0\2\2\0\6\1\0\0" + b"\x08\2\0\1"
    palette = b"\0\0\0\0" + b"\0\0\xff\0" + b"\xff\0\0\0"
    return b"BM" + struct.pack("<III", 0, 0, 54 + 12) + \
        struct.pack("<IiiHHIIiiII", 40, 8, 4, 1, 8, 1, len(rows), 0, 0, 3, 0) + palette + rows


def bmp_with_jpeg():
    inside = save(base(), "JPEG")
    return b"BM" + struct.pack("<III", 0, 0, 54) + \
        struct.pack("<IiiHHIIiiII", 40, WIDTH, HEIGHT, 1, 0, 4, len(inside), 0, 0, 0, 0) + inside


# SVG

def svg(inside, head="", attributes=""):
    return ('%s<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="90" height="60"%s>'
            '<rect width="90" height="60" fill="#eeeeee"/>%s<text x="5" y="30">住民票の写し</text></svg>'
            % (head, attributes and " " + attributes, inside)).encode()


def data_uri(kind, data):
    return "data:%s;base64,%s" % (kind, base64.b64encode(data).decode())


def svg_bomb(levels=9):
    inside = '<defs><rect id="a0" width="1" height="1"/>'
    for i in range(1, levels):
        inside += '<g id="a%d">%s</g>' % (i, '<use xlink:href="#a%d"/>' % (i - 1) * 10)
    return svg(inside + '</defs><use xlink:href="#a%d"/>' % (levels - 1))


def svg_bomb_of_paint(how, levels=9):
    """A pattern (marker) of ten shapes, each painted with the one before; `how` says by what it is reached."""
    shape = "<rect width='1' height='1' %s/>"
    inside, sheet = "", ""
    for i in range(levels):
        last, ten = "m%d" % (i - 1), shape % "" * 10
        content = ten
        if i and how == "class":
            content = shape % ("class='p%d'" % i) * 10
            sheet += ".p%d{fill:url(#%s)}" % (i, last)
        elif i and how == "id":
            content = "<g id='p%d'>%s</g>" % (i, ten)
            sheet += "g#p%d{stroke:url(#%s)}" % (i, last)
        elif i and how == "group":
            content = "<g class='a p%d'>%s</g>" % (i, ten)
            sheet += "text, svg > .p%d{fill:url(#%s)}" % (i, last)
        elif i and how == "inherit":
            content = "<g fill='url(#%s)'>%s</g>" % (last, ten)
        elif i and how == "style":
            content = "<g style='stroke:url(#%s)'>%s</g>" % (last, ten)
        elif i and how == "use":
            content = "<g fill='url(#%s)'><use xlink:href='#ten'/></g>" % last
        elif i and how == "marker":
            content = "<path d='M0 0h1h1h1h1h1h1h1h1h1' marker-mid='url(#%s)'/>" % last
        elif how == "context":
            path = '<path d="M0 0h1h1h1h1h1h1h1h1h1h1" marker-mid="url(#take)" fill="url(#%s)"/>' % last
            content = path if i else '<marker id="take"><path d="M0 0v9h9" fill="context-fill"/></marker>' + ten
        elif i and how == "circle":
            content = shape % ("fill='url(#%s)'" % last) * 10 + shape % ("fill='url(#m%d)'" % (i + 1))
        name = "marker" if how == "marker" else "pattern"
        whole = "<%s id='m%d' width='9' height='9'>%s</%s>" % (name, i, content, name)
        inside += "<g fill='url(#%s)'>%s</g>" % (last, whole) if i and how == "around" else whole
    sheet = "<style>%s</style>" % sheet if sheet else ""
    return svg("<defs><g id='ten'>%s</g>%s</defs>%s<rect width='9' height='9' fill='url(#m%d)'/>"
               % (shape % "" * 10, inside, sheet, levels - 1))

