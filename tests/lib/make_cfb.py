"""A small compound file (MS-CFB 3): streams in the root, large enough to need no mini stream."""
import struct

FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SECTOR = 512


def entry(name, kind, start, size, child=FREE, right=FREE, clsid=b"\0" * 16):
    raw = name.encode("utf-16le") + b"\0\0"
    return (raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw), kind, 1, FREE, right, child) + clsid
            + struct.pack("<IQQIQ", 0, 0, 0, start, size))


def build(streams, clsid=b"\0" * 16):
    """streams: {name: bytes}; each is padded to 4096 bytes, below which a reader would look into the mini stream."""
    body, fat, entries = b"", [], []
    names = sorted(streams, key=lambda n: (len(n), n.upper()))
    for i, name in enumerate(names):
        data = streams[name].ljust(4096, b"\0")
        count = -(-len(data) // SECTOR)
        start = len(fat)
        fat += list(range(start + 1, start + count)) + [END]
        body += data.ljust(count * SECTOR, b"\0")
        entries.append(entry(name, 2, start, len(data), right=i + 2 if i + 1 < len(names) else FREE))
    entries.insert(0, entry("Root Entry", 5, END, 0, child=1 if names else FREE, clsid=clsid))
    directory = b"".join(entries)
    directory += entry("", 0, 0, 0) * (-len(entries) % 4)
    dir_start = len(fat)
    count = len(directory) // SECTOR
    fat += list(range(dir_start + 1, dir_start + count)) + [END]
    fat_start = len(fat)
    fat.append(FAT)
    assert len(fat) <= SECTOR // 4
    table = struct.pack("<128I", *(fat + [FREE] * (128 - len(fat))))
    head = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHHHIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 0, 0, 1,
            dir_start, 0, 4096, END, 0, END, 0) + struct.pack("<109I", fat_start, *([FREE] * 108)))
    return head + body + directory + table
