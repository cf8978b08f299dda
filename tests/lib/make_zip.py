"""Archives for tests, header by header: what zipfile would never write.

    archive(Entry("a.txt", b"hello"), Entry("../up.txt", b"x"), comment=b"c", prefix=b"junk", suffix=b"tail")

An Entry's fields are what a true archive says; `local` and `central` override single fields of one header.
"""
import io
import struct
import zipfile
import zlib

STORED, DEFLATED, DEFLATE64, LZMA = 0, 8, 9, 14
LINK, FIFO, SETUID = 0o120777, 0o010644, 0o104755  # modes of Unix


def deflate(data, level=9):
    z = zlib.compressobj(level, zlib.DEFLATED, -15)
    return z.compress(data) + z.flush()


class Entry:
    """One entry.

    name     str (UTF-8, flag set) or bytes (as they are, no flag)     method   STORED, DEFLATED or a lie
    mode     Unix mode in the external attributes, 0 = none            flags    more flag bits
    descriptor  "long" (mark and 32 bit), "bare" (no mark), "lying", None      extra   bytes of extra fields
    zip64    sizes in a ZIP64 extra field                              local, central   {field: value} overrides
    """

    def __init__(self, name, data=b"", method=DEFLATED, mode=0, flags=0, descriptor=None, extra=b"", comment=b"",
                 zip64=False, packed=None, time=0x6a4b, date=0x5921, local=None, central=None):
        self.flags = flags | (0x800 if isinstance(name, str) else 0) | (8 if descriptor else 0)
        self.name = name.encode() if isinstance(name, str) else name
        self.data, self.method, self.mode, self.comment = data, method, mode, comment
        self.packed = packed if packed is not None else deflate(data) if method == DEFLATED else data
        self.descriptor, self.extra, self.zip64 = descriptor, extra, zip64
        self.time, self.date = time, date
        self.local_more, self.central_more = local or {}, central or {}
        self.crc = zlib.crc32(data)

    def fields(self, more):
        f = dict(name=self.name, flags=self.flags, method=self.method, crc=self.crc, packed=len(self.packed),
                 size=len(self.data), extra=self.extra)
        f.update(more)
        if self.zip64:
            f["extra"] += struct.pack("<HHQQ", 1, 16, f["size"], f["packed"])
            f["size"] = f["packed"] = 0xffffffff
        return f

    def local(self):
        f = self.fields(self.local_more)
        if self.descriptor and not self.local_more:
            f["crc"] = f["packed"] = f["size"] = 0
        return struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 45 if self.zip64 else 20, f["flags"], f["method"], self.time,
                           self.date, f["crc"], f["packed"], f["size"], len(f["name"]), len(f["extra"])) \
            + f["name"] + f["extra"]

    def tail(self):
        sizes = struct.pack("<III", self.crc, len(self.packed), len(self.data))
        if self.descriptor == "lying":
            sizes = struct.pack("<III", self.crc ^ 1, len(self.packed), len(self.data) + 5)
        return {None: b"", "bare": sizes}.get(self.descriptor, b"PK\7\x08" + sizes)

    def central(self, at):
        f = self.fields(self.central_more)
        return struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\1\2", 0x31e, 20, f["flags"], f["method"], self.time, self.date,
                           f["crc"], f["packed"], f["size"], len(f["name"]), len(f["extra"]), len(self.comment), 0, 0,
                           self.mode << 16, f.get("at", at)) + f["name"] + f["extra"] + self.comment


def end_record(count, length, at, comment=b""):
    return struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, count, count, length, at, len(comment)) + comment


def archive(*entries, comment=b"", prefix=b"", suffix=b"", gap=b"", zip64_end=False):
    """gap stands between the last entry and the directory; offsets do not count the prefix."""
    body, directory = b"", b""
    for e in entries:
        directory += e.central(len(body))
        body += e.local() + e.packed + e.tail()
    body += gap
    at = len(body)
    if zip64_end:
        end = struct.pack("<4sQHHIIQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, len(entries), len(entries), len(directory), at)
        end += struct.pack("<4sIQI", b"PK\6\7", 0, at + len(directory), 1) + end_record(0xffff, 0xffffffff, 0xffffffff)
    else:
        end = end_record(len(entries), len(directory), at, comment)
    return prefix + body + directory + end + suffix


def plain(files):
    """{name: bytes} by zipfile."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, data in files.items():
            z.writestr(name, data)
    return out.getvalue()


def unicode_extra(old_name, new_name, version=1):
    """The Unicode Path field of Info-ZIP for a name in another encoding."""
    body = struct.pack("<BI", version, zlib.crc32(old_name)) + new_name.encode()
    return struct.pack("<HH", 0x7075, len(body)) + body


def two_ends(first, second):
    """One file, two archives: the first is said to have the second one's records in its comment."""
    a = archive(*first)
    b_body = archive(*second)
    return a[:-2] + struct.pack("<H", len(b_body)) + b_body


def overlapping(count, size=1 << 20):
    """Many names for one kernel of packed data, without nesting (after D. Fifield): every local header is quoted by the
    packed data of the one before as a stored block, so that both directories agree and the sizes are true."""
    name = lambda i: b"%04d" % i
    data = bytes(size)
    body, crc, unpacked = deflate(data), zlib.crc32(data), len(data)
    whole = data
    parts = []
    for i in reversed(range(count)):
        header = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, 0, 8, 0, 0x21, crc, len(body), unpacked, 4, 0) + name(i)
        parts.insert(0, (name(i), crc, len(body), unpacked))
        if i == 0:
            body = header + body
            break
        quote = struct.pack("<BHH", 0, len(header), len(header) ^ 0xffff) + header
        whole = header + whole
        body, crc, unpacked = quote + body, zlib.crc32(whole), len(whole)
    directory, at = b"", 0
    for i, (n, c, packed, size_i) in enumerate(parts):
        directory += struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\1\2", 20, 20, 0, 8, 0, 0x21, c, packed, size_i, 4, 0, 0, 0, 0,
                                 0, at)
        directory += n
        at += 34 + 5
    return body + directory + end_record(count, len(directory), len(body))


def nested_bomb(levels, width=16, size=1 << 20):
    """42.zip in small: archives in archives, each level `width` copies wide."""
    data = plain({"0.txt": b"0" * size})
    for level in range(levels):
        data = plain({"lib %d.zip" % i: data for i in range(width)})
    return data


def ratio_bomb(size):
    """One entry that unpacks to a thousand times its length."""
    return archive(Entry("zeros.txt", bytes(size)))


# small ones for fuzz targets: every trick once

def tricky_names():
    return archive(Entry("a.txt", b"1\n"), Entry("A.TXT", b"2\n"), Entry("../up.exe", b"MZ\x90"), Entry("dir/"),
                   Entry("dir\\b.txt", b"3\n"), Entry("関所.txt".encode("cp932"), b"4\n"), Entry("link", b"/x", mode=LINK),
                   Entry(b"k.txt", b"5\n", extra=unicode_extra(b"k.txt", "u\u202e.txt")))


def tricky_surroundings():
    return archive(Entry("a.txt", b"1\n", descriptor="long"), Entry("b.txt", b"2\n", descriptor="bare"), prefix=b"pp",
                   gap=b"gg", suffix=b"ss")


def tricky_sizes():
    return archive(Entry("z.txt", b"1\n", zip64=True), zip64_end=True)


def tricky_overlap():
    return overlapping(3, 1000)


def tricky_ends():
    return two_ends([Entry("a.txt", b"1\n")], [Entry("b.txt", b"2\n")])


def nested():
    return plain({"in.zip": plain({"in2.zip": plain({"x.txt": b"1\n"})}), "empty.zip": end_record(0, 0, 0)})
