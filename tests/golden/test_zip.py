"""Archives, table A and the rows for every file that show on them: hostile ones are made here, by make_zip."""
import io
import os
import struct
import subprocess
import sys
import time
import unittest
import zipfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
import make_zip
from golden import Golden, main
from make_zip import DEFLATE64, FIFO, LINK, SETUID, STORED, Entry, archive

MEMO = "会議は十時からです。\n".encode()
EXE = b"MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff\0\0" + bytes(64) + b"This program cannot be run in DOS mode"
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Archives(Golden):
    def pass_(self, data, name="a.zip"):
        r = self.clean(data, name)
        self.assertClean(r, name)
        self.assertPlainForm(r.data)
        return r

    def assertPlainForm(self, data):
        """UTF-8 names, one date, no attributes, comments or extra fields; nothing before, between or after."""
        with zipfile.ZipFile(io.BytesIO(data)) as z:
            self.assertIsNone(z.testzip())
            self.assertEqual(z.comment, b"")
            at = 0
            for i in z.infolist():
                self.assertEqual((i.date_time, i.extra, i.comment, i.external_attr, i.flag_bits),
                                 ((1980, 1, 1, 0, 0, 0), b"", b"", 0, 0x800))
                self.assertIn(i.compress_type, (0, 8))
                self.assertEqual(i.header_offset, at)
                at += 30 + len(i.filename.encode()) + i.compress_size
            self.assertEqual(z.start_dir, at)

    def assertMemo(self, r, name="memo.txt"):
        self.assertIn("会議は十時からです。", r.zip()[name].decode("utf-8"))

    def assertNote(self, r, name, row):
        text = r.zip()[name].decode("utf-8")
        self.assertIn(row, text)
        self.assertIn("渡していません", text)
        self.assertIn("was not passed", text)


class Bombs(Archives):
    def quickly(self, data, profile=None):
        began = time.time()
        r = self.clean(data, "a.zip", profile)
        self.assertLess(time.time() - began, 10)
        return r

    def test_A01_ratio_is_refused(self):
        self.assertRefused(self.quickly(make_zip.ratio_bomb(64 << 20)), "A01")

    def test_A01_nested_archives_are_refused(self):
        self.assertRefused(self.quickly(make_zip.nested_bomb(6)), "A01")

    def test_G06_wide_nest_spends_one_budget(self):
        profile = os.path.join(self.folder, "small.conf")
        with open(profile, "w") as f:
            f.write("profile small\nlimit unpacked 64M\n")
        r = self.quickly(make_zip.nested_bomb(levels=4, width=40, size=900000), profile)
        self.assertEqual(r.outcome, "refused", r.said())
        self.assertIn(r.reason, ("A01", "G06"))

    def test_A01_too_many_entries(self):
        r = self.quickly(archive(*[Entry("%d.txt" % i, b"x", STORED) for i in range(10001)]))
        self.assertRefused(r, "A01")

    def test_A01_a_few_levels_are_no_bomb(self):
        data = make_zip.plain({"memo.txt": MEMO})
        for _ in range(3):
            data = make_zip.plain({"inner.zip": data})
        self.assertPlainForm(self.pass_(data).zip()["inner.zip"])


class Names(Archives):
    def test_A02_paths_stay_inside(self):
        r = self.pass_(archive(Entry("../../../etc/cron.txt", MEMO), Entry("/abs.txt", MEMO), Entry("C:/drive.txt", MEMO),
                               Entry("//server/share/unc.txt", MEMO), Entry("memo.txt", MEMO)))
        self.assertEqual(set(r.zip()), {"etc/cron.txt", "abs.txt", "drive.txt", "server/share/unc.txt", "memo.txt"})
        self.assertFound(r, "A02", "neutralized", 4)

    def test_A02_backslashes_are_separators(self):
        r = self.pass_(archive(Entry("dir\\sub\\memo.txt", MEMO), Entry("..\\up.txt", MEMO)))
        self.assertEqual(set(r.zip()), {"dir/sub/memo.txt", "up.txt"})
        self.assertFound(r, "A02", "neutralized", 2)

    def test_A02_cp932_names_become_utf8(self):
        r = self.pass_(archive(Entry("予算表/①髙橋.txt".encode("cp932"), MEMO), Entry("予算表/".encode("cp932"))))
        self.assertEqual(set(r.zip()), {"予算表/①髙橋.txt"})  # 表 ends with a byte that is also a backslash
        self.assertFound(r, "A02", "rebuilt")
        self.assertNotFound(r, "A02", "neutralized")

    def test_A02_unicode_field_names_the_entry(self):
        old = "関所.txt".encode("cp932")
        r = self.pass_(archive(Entry(old, MEMO, extra=make_zip.unicode_extra(old, "関所.txt"))))
        self.assertEqual(set(r.zip()), {"関所.txt"})
        r = self.pass_(archive(Entry(b"ok.txt", MEMO, extra=make_zip.unicode_extra(b"ok.txt", "../ng.txt"))))
        self.assertEqual(set(r.zip()), {"ng.txt"})

    def test_A02_two_unicode_names_are_refused(self):
        field = lambda new: {"extra": make_zip.unicode_extra(b"a.txt", new)}
        r = self.clean(archive(Entry(b"a.txt", MEMO, local=field("b.txt"), central=field("c.txt"))), "a.zip")
        self.assertRefused(r, "A04")

    def test_A02_names_that_clash_are_numbered(self):
        r = self.pass_(archive(Entry("memo.txt", MEMO), Entry("MEMO.txt", b"two\n"), Entry("dir/x.txt", MEMO),
                               Entry("Dir/y.txt", MEMO), Entry("dir", b"a file\n")))
        self.assertEqual(set(r.zip()), {"memo.txt", "MEMO (2).txt", "dir/x.txt", "dir/y.txt"} | set(r.zip()) & {
            "dir (2)", "dir (2).txt"})
        self.assertEqual(len(r.zip()), 5)
        self.assertMemo(r)

    def test_G05_misleading_names(self):
        r = self.pass_(archive(Entry("memo\u202etxt.txt", MEMO), Entry("re\u200bport.txt", MEMO), Entry("CON.txt", MEMO),
                               Entry("か\u3099.txt", MEMO), Entry("\uf929山.txt", MEMO), Entry("aa:b.txt", MEMO),
                               Entry("up.exe.txt", MEMO), Entry("長" * 120 + ".txt", MEMO)))
        names = set(r.zip())
        self.assertEqual(names, {"memotxt.txt", "report.txt", "_CON.txt", "が.txt", "\uf929山.txt", "aa_b.txt", "up_exe.txt",
                                 "長" * 83 + ".txt"})
        self.assertFound(r, "G05", "neutralized", 6)
        self.assertFound(r, "A02", "rebuilt", 1)  # composition misleads nobody


class Kinds(Archives):
    def test_A03_links_devices_and_privileges(self):
        r = self.pass_(archive(Entry("link", b"/etc/passwd", mode=LINK), Entry("pipe", mode=FIFO),
                               Entry("memo.txt", MEMO, mode=SETUID)))
        self.assertEqual(set(r.zip()), {"memo.txt"})
        self.assertMemo(r)
        self.assertFound(r, "A03", "removed", 3)
        self.assertGone(r, b"/etc/passwd")


class Readings(Archives):
    """A04: whatever two readers could read differently is refused."""

    def refused(self, data, row="A04"):
        r = self.clean(data, "a.zip")
        self.assertRefused(r, row)

    def test_A04_overlapping_entries(self):
        data = make_zip.overlapping(60)
        with zipfile.ZipFile(io.BytesIO(data)) as z:  # the trap is a true one: both directories agree
            self.assertEqual(len(z.infolist()), 60)
        self.refused(data)

    def test_A04_directories_that_disagree(self):
        for field, value in (("name", b"evil.exe"), ("method", STORED), ("crc", 1), ("packed", 3), ("size", 3),
                             ("flags", 0x801)):
            with self.subTest(field):
                self.refused(archive(Entry("memo.txt", MEMO, local={field: value})))

    def test_A04_duplicate_names(self):
        self.refused(archive(Entry("memo.txt", MEMO), Entry("memo.txt", b"other\n")))

    def test_A04_two_end_records(self):
        self.refused(make_zip.two_ends([Entry("memo.txt", MEMO)], [Entry("other.txt", b"other\n")]))
        self.refused(archive(Entry("memo.txt", MEMO)) + archive(Entry("other.txt", b"other\n")))

    def test_A04_an_entry_the_directory_hides(self):
        hidden = Entry("hidden.txt", b"hidden\n")
        self.refused(archive(Entry("memo.txt", MEMO), gap=hidden.local() + hidden.packed))

    def test_A04_lying_descriptor(self):
        self.refused(archive(Entry("memo.txt", MEMO, descriptor="lying")))

    def test_A04_true_descriptors_pass(self):
        r = self.pass_(archive(Entry("memo.txt", MEMO, descriptor="long"), Entry("b.txt", MEMO, descriptor="bare")))
        self.assertMemo(r)
        self.assertMemo(r, "b.txt")

    def test_A04_zip64(self):
        r = self.pass_(archive(Entry("memo.txt", MEMO, zip64=True), zip64_end=True))
        self.assertMemo(r)
        data = archive(Entry("memo.txt", MEMO), zip64_end=True)
        self.refused(data[:-12] + struct.pack("<H", 3) + data[-10:])

    def test_A04_wrong_crc_is_a_note(self):
        lie = {"crc": 1}
        r = self.pass_(archive(Entry("bad.txt", MEMO, local=lie, central=lie), Entry("memo.txt", MEMO)))
        self.assertMemo(r)
        self.assertNote(r, "bad.txt.txt", "A04")

    def test_A04_volumes(self):
        data = bytearray(archive(Entry("memo.txt", MEMO)))
        data[-18] = 1
        self.refused(bytes(data))

    def test_G04_what_surrounds_is_not_copied(self):
        r = self.pass_(archive(Entry("memo.txt", MEMO), gap=b"between", suffix=b"GIF89a after"))
        self.assertMemo(r)
        self.assertFound(r, "G04", "removed", 2)
        self.assertGone(r, b"between", b"GIF89a")


class Content(Archives):
    def test_A05_other_methods_are_withheld(self):
        r = self.pass_(archive(Entry("memo.txt", MEMO), Entry("big.txt", MEMO, DEFLATE64)))
        self.assertMemo(r)
        self.assertNote(r, "big.txt.txt", "A05")
        self.assertFound(r, "A05", "withheld", 1)

    def test_A06_G07_locked_archives_are_held(self):
        locked = Entry("secret.txt", MEMO, flags=1)
        self.assertHeld(self.clean(archive(locked), "a.zip"), "G07")
        self.assertHeld(self.clean(archive(Entry("memo.txt", MEMO), locked), "a.zip"), "G07")

    def test_A06_G07_locked_inside_is_withheld(self):
        r = self.pass_(archive(Entry("memo.txt", MEMO), Entry("in.zip", archive(Entry("secret.txt", MEMO, flags=1)))))
        self.assertMemo(r)
        self.assertNote(r, "in.zip.txt", "G07")

    def test_A07_programs_become_notes(self):
        r = self.pass_(archive(Entry("dir/virus.exe", EXE), Entry("eicar.com", EICAR), Entry("memo.txt", MEMO),
                               Entry("script.js", b"WScript.Shell\n"), Entry("fake.pdf", EXE)))
        self.assertMemo(r)
        self.assertNote(r, "dir/virus_exe.txt", "G03")
        self.assertFound(r, "A07", "withheld", 4)
        self.assertFound(r, "G03", "withheld", where="dir/virus.exe")
        self.assertGone(r, EXE[-20:], EICAR[-20:], b"WScript")

    def test_A07_what_is_inside_is_rebuilt(self):
        try:
            from PIL import Image
        except ImportError:
            self.skipTest("no PIL")
        png = io.BytesIO()
        Image.new("RGB", (8, 8), (200, 0, 0)).save(png, "PNG")
        r = self.pass_(archive(Entry("x/photo.png", png.getvalue() + b"TAIL after IEND")))
        self.assertFound(r, "I02", "removed", where="x/photo.png: ")
        self.assertEqual(Image.open(io.BytesIO(r.zip()["x/photo.png"])).getpixel((3, 3)), (200, 0, 0))
        self.assertGone(r, b"TAIL")

    def test_A08_written_in_one_form(self):
        r = self.pass_(archive(Entry("memo.txt", MEMO, comment=b"note", extra=struct.pack("<HHI", 0x5455, 4, 9), mode=0o644),
                               Entry("empty/"), Entry("full/"), Entry("full/b.txt", MEMO),
                               Entry("__MACOSX/._memo.txt", b"\0\5\x16\7junk"), comment=b"by somebody"))
        self.assertEqual(set(r.zip()), {"memo.txt", "full/b.txt", "empty/"})
        self.assertFound(r, "A08", "removed", where="comment")
        self.assertFound(r, "A08", "removed", where="times")
        self.assertGone(r, b"somebody", b"note")

    def test_A08_our_own_form_is_no_finding(self):
        r = self.pass_(make_zip.plain({"memo.txt": MEMO, "b.txt": MEMO}))
        again = self.clean(r.data, "a.zip")
        self.assertEqual(again.findings, [])

    def test_A08_other_readers_agree(self):
        r = self.pass_(archive(Entry("予算/memo.txt", MEMO), Entry("virus.exe", EXE), Entry("long.txt", b"".join(b"%d %d\n" % (i, i * i) for i in range(400000)))))
        path = os.path.join(self.folder, "out.zip")
        with open(path, "wb") as f:
            f.write(r.data)
        try:
            p = subprocess.run(["unzip", "-tqq", path], capture_output=True)
        except FileNotFoundError:
            self.skipTest("no unzip")
        self.assertEqual(p.returncode, 0, p.stdout + p.stderr)


main(__name__)
