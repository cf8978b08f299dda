"""What a person sees: languages, tables, progress, and messages about a profile."""
import os
import pty
import re
import select
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from flow import ROOT, SEKISHO, Flow, PROGRAM, png, tree  # noqa: E402

JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")


def language(value):
    env = {k: v for k, v in os.environ.items() if not k.startswith("LC_") and k != "LANG"}
    return dict(env, LANG=value)


class Language(Flow):
    def table(self, lang):
        self.put("in/a.png", png())
        self.put("in/b.exe", PROGRAM)
        p = self.run_it("clean", "-f", "-o", self.out, self.path("in"), env=language(lang))
        return (p.stdout + p.stderr).decode("utf-8")

    def test_japanese_table(self):
        text = self.table("ja_JP.UTF-8")
        self.assertRegex(text, JAPANESE)
        self.assertIn("プログラムやショートカットは渡せません", text)

    def test_english_table(self):
        for lang in ("en_US.UTF-8", "C", ""):
            text = self.table(lang)
            self.assertIn("program or shortcut", text)

    def test_help(self):
        self.assertRegex(self.run_it("--help", env=language("ja_JP.UTF-8")).stdout.decode(), JAPANESE)
        self.assertNotRegex(self.run_it("--help", env=language("C")).stdout.decode(), JAPANESE)

    def test_columns_line_up_with_wide_names(self):
        for name in ("in/見積書.png", "in/abc.png", "in/とても長い名前の文書その一その二その三その四その五その六.png"):
            self.put(name, png())
        p = self.run_it("clean", "-o", self.out, self.path("in"), env=language("ja_JP.UTF-8"))
        self.assertEqual(p.returncode, 0)
        p.stdout.decode("utf-8")  # nothing cut inside a character


class Terminal(Flow):
    def seen(self, args, rows=24, columns=80):
        """Everything the program draws on a terminal."""
        parent, child = pty.openpty()
        import fcntl
        import struct
        import termios
        fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        p = subprocess.Popen([SEKISHO] + args, stdin=child, stdout=child, stderr=child, env=language("C"), close_fds=True)
        os.close(child)
        data = b""
        while True:
            ready, _, _ = select.select([parent], [], [], 60)
            try:
                chunk = os.read(parent, 65536) if ready else b""
            except OSError:
                chunk = b""
            if not chunk:
                break
            data += chunk
        os.close(parent)
        return p.wait(60), data.decode("utf-8", "replace")

    def test_progress_and_table(self):
        for n in range(30):
            self.put("in/%02d.png" % n, png(120, 120, seed=n + 1))
        status, text = self.seen(["clean", "-o", self.out, self.path("in")])
        self.assertEqual(status, 0)
        self.assertIn("\r", text.replace("\r\n", "\n"), "no progress was drawn")
        self.assertIn("30", text)
        self.assertIn("29.png", text)

    def test_no_progress_in_a_pipe(self):
        p = self.run_it("clean", "-o", self.out, self.put("a.png", png()))
        self.assertNotIn(b"\r", p.stdout + p.stderr)

    def test_quiet(self):
        p = self.run_it("clean", "-q", "-o", self.out, self.put("a.png", png()))
        self.assertEqual(p.stdout + p.stderr, b"")

    def test_narrow_terminal(self):
        self.put("in/" + "長い名前" * 10 + ".png", png())
        self.assertEqual(self.seen(["clean", "-o", self.out, self.path("in")], columns=20)[0], 0)


class Profiles(Flow):
    def rejected(self, text, *says):
        profile = self.put("p.conf", text.encode())
        path = self.put("a.png", png())
        p = self.run_it("clean", "-p", profile, "-o", self.out, path)
        said = p.stderr.decode()
        self.assertEqual(p.returncode, 2, said)
        for word in says:
            self.assertIn(word, said)
        self.assertEqual(tree(self.out) if os.path.isdir(self.out) else {}, {})

    def test_line_and_column(self):
        self.rejected("profile x\n\nP05 maybe\n", "line 3, column 5")

    def test_unknown_row(self):
        self.rejected("profile x\nZ99 remove\n", "line 2, column 1", "Z99")

    def test_a_row_that_is_never_switched(self):
        for row in ("O05", "P02", "P03", "O13", "G07"):
            self.rejected("profile x\n%s keep\n" % row, row)

    def test_bad_limit(self):
        self.rejected("limit size many\n", "line 1, column 12")

    def test_shipped_profiles_are_read(self):
        path = self.put("a.png", png())
        folder = os.path.join(ROOT, "share/profiles")
        names = sorted(os.listdir(folder))
        self.assertEqual(names, ["standard.conf", "strict.conf", "text-only.conf"])
        for name in names:
            p = self.run_it("clean", "-f", "-p", os.path.join(folder, name), "-o", self.out, path)
            self.assertIn(p.returncode, (0, 1), p.stderr)

    def test_by_name(self):
        path = self.put("a.png", png())
        for name in ("standard", "strict"):
            lines = self.clean(path, args=["-f", "-p", name])
            self.assertEqual(lines[0]["profile"], name)


if __name__ == "__main__":
    unittest.main(verbosity=2)
