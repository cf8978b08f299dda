"""A small JBIG2 writer (ITU-T T.88), so that tests can make their own pictures.

Pictures are lists of rows of 0 and 1 (1 is black).  Arithmetic coding only: generic regions of all
templates, refinement, symbol dictionaries (plain or refined) and text regions.
"""
import struct

QE = [(0x5601, 1, 1, 1), (0x3401, 2, 6, 0), (0x1801, 3, 9, 0), (0x0AC1, 4, 12, 0), (0x0521, 5, 29, 0),
      (0x0221, 38, 33, 0), (0x5601, 7, 6, 1), (0x5401, 8, 14, 0), (0x4801, 9, 14, 0), (0x3801, 10, 14, 0),
      (0x3001, 11, 17, 0), (0x2401, 12, 18, 0), (0x1C01, 13, 20, 0), (0x1601, 29, 21, 0), (0x5601, 15, 14, 1),
      (0x5401, 16, 14, 0), (0x5101, 17, 15, 0), (0x4801, 18, 16, 0), (0x3801, 19, 17, 0), (0x3401, 20, 18, 0),
      (0x3001, 21, 19, 0), (0x2801, 22, 19, 0), (0x2401, 23, 20, 0), (0x2201, 24, 21, 0), (0x1C01, 25, 22, 0),
      (0x1801, 26, 23, 0), (0x1601, 27, 24, 0), (0x1401, 28, 25, 0), (0x1201, 29, 26, 0), (0x1101, 30, 27, 0),
      (0x0AC1, 31, 28, 0), (0x09C1, 32, 29, 0), (0x08A1, 33, 30, 0), (0x0521, 34, 31, 0), (0x0441, 35, 32, 0),
      (0x02A1, 36, 33, 0), (0x0221, 37, 34, 0), (0x0141, 38, 35, 0), (0x0111, 39, 36, 0), (0x0085, 40, 37, 0),
      (0x0049, 41, 38, 0), (0x0025, 42, 39, 0), (0x0015, 43, 40, 0), (0x0009, 44, 41, 0), (0x0005, 45, 42, 0),
      (0x0001, 45, 43, 0), (0x5601, 46, 46, 0)]


class Coder:
    """The arithmetic encoder; contexts are dictionaries from anything to a state."""

    def __init__(self):
        self.a, self.c, self.count, self.out = 0x8000, 0, 12, bytearray(b"\0")

    def _byte(self):
        if self.out[-1] != 0xFF and self.c >= 0x8000000:
            self.out[-1] += 1
            self.c &= 0x7FFFFFF
        shift = 20 if self.out[-1] == 0xFF else 19
        self.out.append(self.c >> shift & 0xFF)
        self.c &= (1 << shift) - 1
        self.count = 7 if shift == 20 else 8

    def bit(self, contexts, key, bit):
        index, more = contexts.get(key, (0, 0))
        qe, if_more, if_less, swap = QE[index]
        self.a -= qe
        if bit == more:
            if self.a & 0x8000:
                self.c += qe
                return
            if self.a < qe:
                self.a = qe
            else:
                self.c += qe
            contexts[key] = (if_more, more)
        else:
            if self.a < qe:
                self.c += qe
            else:
                self.a = qe
            contexts[key] = (if_less, more ^ swap)
        while not self.a & 0x8000:
            self.a <<= 1
            self.c <<= 1
            self.count -= 1
            if self.count == 0:
                self._byte()

    def number(self, contexts, value):
        """A number; None is the out-of-band value."""
        before = 1
        bits = [1 if value is None or value < 0 else 0]
        rest = abs(value or 0)
        for i, (width, start) in enumerate(((2, 0), (4, 4), (6, 20), (8, 84), (12, 340), (32, 4436))):
            if i == 5 or rest < start + (1 << width):
                bits += [1] * i + ([0] if i < 5 else [])
                bits += [rest - start >> k & 1 for k in range(width - 1, -1, -1)]
                break
        for bit in bits:
            self.bit(contexts, before, bit)
            before = before << 1 | bit if before < 256 else (before << 1 | bit) & 511 | 256

    def identity(self, contexts, value, width):
        before = 1
        for k in range(width - 1, -1, -1):
            bit = value >> k & 1
            self.bit(contexts, before, bit)
            before = before << 1 | bit

    def end(self):
        top = self.c + self.a
        self.c |= 0xFFFF
        if self.c >= top:
            self.c -= 0x8000
        for _ in range(2):
            self.c <<= self.count
            self._byte()
        return bytes(self.out[1:] if self.out[-1] != 0xFF else self.out[1:-1]) + b"\xFF\xAC"


def pixel(rows, x, y):
    return rows[y][x] if 0 <= y < len(rows) and 0 <= x < len(rows[y]) else 0


# The pixels of a context from its lowest bit on; None is the next adaptive pixel.
TEMPLATES = [
    [(-1, 0), (-2, 0), (-3, 0), (-4, 0), None, (2, -1), (1, -1), (0, -1), (-1, -1), (-2, -1), None, None,
     (1, -2), (0, -2), (-1, -2), None],
    [(-1, 0), (-2, 0), (-3, 0), None, (2, -1), (1, -1), (0, -1), (-1, -1), (-2, -1), (2, -2), (1, -2), (0, -2), (-1, -2)],
    [(-1, 0), (-2, 0), None, (1, -1), (0, -1), (-1, -1), (-2, -1), (1, -2), (0, -2), (-1, -2)],
    [(-1, 0), (-2, 0), (-3, 0), (-4, 0), None, (1, -1), (0, -1), (-1, -1), (-2, -1), (-3, -1)],
]
ADAPTIVE = [[(3, -1), (-3, -1), (2, -2), (-2, -2)], [(3, -1)], [(2, -1)], [(2, -1)]]
TYPICAL = [0x9B25, 0x0795, 0x00E5, 0x0195]


def code_generic(coder, contexts, rows, template=0, typical=False, adaptive=None):
    places = list(adaptive or ADAPTIVE[template])
    near = [places.pop(0) if p is None else p for p in TEMPLATES[template]]
    same_before = 0
    for y, row in enumerate(rows):
        if typical:
            same = int(row == (rows[y - 1] if y else [0] * len(row)))
            coder.bit(contexts, TYPICAL[template], same ^ same_before)
            same_before = same
            if same:
                continue
        for x, bit in enumerate(row):
            key = sum(pixel(rows, x + dx, y + dy) << i for i, (dx, dy) in enumerate(near))
            coder.bit(contexts, key, bit)


def code_refinement(coder, contexts, rows, known, dx=0, dy=0, template=0, typical=False, adaptive=((-1, -1), (-1, -1))):
    """`known` lies at dx, dy in the new picture."""
    new = [(-1, 0), (1, -1), (0, -1), adaptive[0] if template == 0 else (-1, -1)]
    old = ([(1, 1), (0, 1), (-1, 1), (1, 0), (0, 0), (-1, 0), (1, -1), (0, -1), adaptive[1]] if template == 0 else
           [(1, 1), (0, 1), (1, 0), (0, 0), (-1, 0), (0, -1)])
    on = 0
    for y, row in enumerate(rows):
        def around(x):
            return {pixel(known, x - dx + i, y - dy + j) for i in (-1, 0, 1) for j in (-1, 0, 1)}
        if typical:
            told = int(all(len(around(x)) > 1 or bit in around(x) for x, bit in enumerate(row)))
            coder.bit(contexts, 0x100 if template == 0 else 0x80, told ^ on)
            on = told
        for x, bit in enumerate(row):
            if typical and on and len(around(x)) == 1:
                continue
            key = sum(pixel(rows, x + i, y + j) << n for n, (i, j) in enumerate(new))
            key |= sum(pixel(known, x - dx + i, y - dy + j) << n + 4 for n, (i, j) in enumerate(old))
            coder.bit(contexts, key, bit)


def at_bytes(places):
    return b"".join(struct.pack("bb", *p) for p in places)


def segment(number, kind, data, refs=(), page=1):
    head = struct.pack(">IB", number, kind) + bytes([len(refs) << 5])
    size = "B" if number <= 256 else ">H"
    return head + b"".join(struct.pack(size, r) for r in refs) + struct.pack(">BI", page, len(data)) + data


def page_segment(number, width, height, striped=False):
    return segment(number, 48, struct.pack(">IIIIBH", width, 0xFFFFFFFF if striped else height, 0, 0, 0,
                                           0x8000 | height if striped else 0))


def region(rows, x=0, y=0, operator=0):
    return struct.pack(">IIIIB", len(rows[0]), len(rows), x, y, operator)


def generic_segment(number, rows, template=0, typical=False, adaptive=None, x=0, y=0, operator=0, kind=38):
    coder = Coder()
    code_generic(coder, {}, rows, template, typical, adaptive)
    return segment(number, kind, region(rows, x, y, operator) + bytes([template << 1 | typical << 3]) +
                   at_bytes(adaptive or ADAPTIVE[template]) + coder.end())


def refinement_segment(number, rows, known, refs=(), template=0, typical=False, x=0, y=0, operator=4):
    coder = Coder()
    code_refinement(coder, {}, rows, known, 0, 0, template, typical)
    return segment(number, 42, region(rows, x, y, operator) + bytes([template | typical << 1]) +
                   (at_bytes([(-1, -1), (-1, -1)]) if template == 0 else b"") + coder.end(), refs)


def id_width(count):
    return max(count - 1, 0).bit_length()


def symbols_segment(number, symbols, refs=(), template=0, page=1):
    """New symbols, in the order of their heights; all are exported."""
    coder, generic, contexts = Coder(), {}, {k: {} for k in ("dh", "dw", "ex")}
    height = at = 0
    while at < len(symbols):
        step = len(symbols[at]) - height
        coder.number(contexts["dh"], step)
        height, width = height + step, 0
        while at < len(symbols) and len(symbols[at]) == height:
            coder.number(contexts["dw"], len(symbols[at][0]) - width)
            width = len(symbols[at][0])
            code_generic(coder, generic, symbols[at], template)
            at += 1
        coder.number(contexts["dw"], None)
    coder.number(contexts["ex"], 0)
    coder.number(contexts["ex"], len(symbols))
    head = struct.pack(">H", template << 10) + at_bytes(ADAPTIVE[template])
    return segment(number, 0, head + struct.pack(">II", len(symbols), len(symbols)) + coder.end(), refs, page)


def text_segment(number, width, height, symbols, places, refs, x=0, y=0, corner=1, transposed=False, offset=0):
    """Draw symbols: places are (strip, along, symbol), in order; strips of one row (or column)."""
    coder, c = Coder(), {k: {} for k in ("dt", "fs", "ds", "id")}
    strip = first = along = 0
    coder.number(c["dt"], 0)
    before = None
    for t, s, symbol in places:
        if t != before:
            if before is not None:
                coder.number(c["ds"], None)
            coder.number(c["dt"], t - strip)
            coder.number(c["fs"], s - first)
            strip, first, before = t, s, t
        else:
            coder.number(c["ds"], s - along - offset)
        coder.identity(c["id"], symbol, id_width(len(symbols)))
        rows = symbols[symbol]
        along = s + (len(rows) if transposed else len(rows[0])) - 1
    coder.number(c["ds"], None)
    flags = corner << 4 | transposed << 6 | (offset & 31) << 10
    head = struct.pack(">IIIIB", width, height, x, y, 0) + struct.pack(">HI", flags, len(places))
    return segment(number, 6, head + coder.end(), refs)


def file_of(*segments):
    """A stand-alone file of one page, for other readers."""
    return b"\x97JB2\r\n\x1a\n\x01\0\0\0\1" + b"".join(segments) + segment(0xFFFF, 51, b"", page=0)
