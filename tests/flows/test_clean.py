"""What `sekisho clean` does with files, folders, names and pipes."""
import hashlib
import json
import os
import socket
import subprocess
import sys
import threading
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from flow import Flow, PROGRAM, png, reports, tree  # noqa: E402


class Status(Flow):
    def test_0_all_clean(self):
        self.clean(self.put("a.png", png()))

    def test_1_refused(self):
        lines = self.clean(self.put("a.png", png()), self.put("b.exe", PROGRAM), status=1)
        self.assertEqual([r["outcome"] for r in lines], ["clean", "refused"])
        self.assertEqual(list(tree(self.out)), ["a.png"])

    def test_2_usage(self):
        for args in ([], ["nonsense"], ["clean"], ["clean", "--nonsense", "x"], ["clean", "-j", "many", "x"],
                     ["clean", "-j0", "x"], ["clean", "-o"], ["clean", "-p", "no-such-profile", "x"], ["inspect"]):
            with self.subTest(args):
                p = self.run_it(*args, cwd=self.home)
                self.assertEqual(p.returncode, 2, p.stderr)
                self.assertTrue(p.stderr, "says nothing")
        self.assertEqual(tree(self.home), {})

    def test_3_missing_input(self):
        p = self.run_it("clean", "-o", self.out, self.path("none.png"))
        self.assertEqual(p.returncode, 3, p.stderr)
        self.assertIn(b"none.png", p.stderr + p.stdout)

    def test_help_and_version(self):
        for word in ("--help", "--version"):
            p = self.run_it(word)
            self.assertEqual((p.returncode, p.stderr), (0, b""))
            self.assertIn(b"sekisho", p.stdout)


class Folders(Flow):
    def test_mirrored(self):
        for name in ("in/a.png", "in/部署/b.png", "in/部署/課/c.png"):
            self.put(name, png())
        lines = self.clean(self.path("in"))
        self.assertEqual(sorted(tree(self.out)), ["in/a.png", "in/部署/b.png", "in/部署/課/c.png"])
        self.assertEqual(sorted(r["output"] for r in lines), sorted(tree(self.out)))

    def test_output_inside_input(self):
        self.put("in/a.png", png())
        self.out = self.path("in/out")
        self.clean(self.path("in"))
        again = self.clean(self.path("in"))
        self.assertEqual(len(again), 1, "the outputs were taken for inputs")

    def test_links_are_not_followed(self):
        self.put("secret.png", png(seed=7))
        self.put("in/a.png", png())
        os.symlink(self.path("secret.png"), self.path("in/link.png"))
        os.symlink(self.path("in"), self.path("in/loop"))
        lines = self.clean(self.path("in"), status=1)
        self.assertEqual(list(tree(self.out)), ["in/a.png"])
        self.assertEqual({r["reason"] for r in lines if r["outcome"] == "refused"}, {"A03"})

    def test_pipes_and_sockets_do_not_hang(self):
        self.put("in/a.png", png())
        os.mkfifo(self.path("in/pipe.png"))
        with socket.socket(socket.AF_UNIX) as s:
            s.bind(self.path("in/s.png"))
            self.clean(self.path("in"), status=1, timeout=30)
        self.assertEqual(list(tree(self.out)), ["in/a.png"])

    def test_empty_folder(self):
        os.mkdir(self.path("in"))
        self.assertEqual(self.clean(self.path("in")), [])

    def test_deep_folder(self):
        self.put("in/" + "d/" * 60 + "a.png", png())
        self.clean(self.path("in"))
        self.assertEqual(len(tree(self.out)), 1)

    def test_same_name_twice_loses_nothing(self):
        one, two = self.put("x/a.png", png(seed=1)), self.put("y/a.png", png(seed=2))
        p = self.run_it("clean", "-o", self.out, "--report", self.report, one, two)
        lines = reports(self.report)
        made = {r["output"]: r["output_sha256"] for r in lines if r["outcome"] == "clean" and r["output"]}
        self.assertEqual(tree(self.out), made)
        self.assertTrue(len(made) == 2 or p.returncode == 3, "an output was lost without a word")

    def test_older_output_stays_without_force(self):
        path = self.put("a.png", png(seed=1))
        self.clean(path)
        before = tree(self.out)
        self.put("a.png", png(seed=2))
        self.clean(path, status=3)
        self.assertEqual(tree(self.out), before)
        self.clean(path, args=["-f"])
        self.assertNotEqual(tree(self.out), before)
        self.assertEqual(list(tree(self.out)), ["a.png"])

    def test_repeated_run_changes_nothing(self):
        path = self.put("a.png", png())
        self.clean(path)
        before = tree(self.out)
        self.clean(path)
        self.assertEqual(tree(self.out), before)


class Names(Flow):
    def one(self, name, status=0):
        self.put("in/" + name, png())
        return self.clean(self.path("in"), status=status)[0]

    def test_japanese(self):
        self.assertEqual(self.one("令和６年度　予算書（髙橋）①.png")["output"], "in/令和６年度　予算書（髙橋）①.png")

    def test_newline_does_not_break_the_report(self):
        r = self.one("a\nb.png")
        self.assertEqual(r["outcome"], "clean")
        self.assertNotIn("\n", os.path.basename(r["output"]))
        self.assertEqual(len(tree(self.out)), 1)

    def test_direction_override(self):
        r = self.one("見積\u202egnp.png")
        self.assertNotIn("\u202e", "".join(tree(self.out)))
        self.assertIn("G05", [f["id"] for f in r["findings"]])

    def test_not_utf8(self):
        os.mkdir(self.path("in"))
        with open(os.path.join(os.fsencode(self.path("in")), b"\x93\xfa\x96{.png"), "wb") as f:
            f.write(png())
        self.clean(self.path("in"))
        for name in tree(self.out):
            name.encode("utf-8")

    def test_begins_with_a_dash(self):
        self.put("-j.png", png())
        self.clean("--", "-j.png", cwd=self.home)
        self.assertEqual(len(tree(self.out)), 1)

    def test_terminal_escapes_are_not_printed(self):
        self.put("in/a\x1b[31mred.png", png())
        self.put("in/b\x1b]0;x\x07.exe", PROGRAM)
        self.clean(self.path("in"), status=1)
        self.assertNotIn(b"\x1b", self.said.stdout + self.said.stderr)


class Pipes(Flow):
    def test_stdin_to_stdout(self):
        p = self.run_it("clean", "-", input=png())
        self.assertEqual(p.returncode, 0, p.stderr)
        self.clean(self.put("a.png", png()))
        self.assertEqual(hashlib.sha256(p.stdout).hexdigest(), tree(self.out)["a.png"])

    def test_refused_writes_nothing(self):
        p = self.run_it("clean", "-", input=PROGRAM)
        self.assertEqual((p.returncode, p.stdout), (1, b""))

    def test_report_beside(self):
        p = self.run_it("clean", "--report", self.report, "-", input=png())
        r = reports(self.report)[0]
        self.assertEqual((r["input"], r["outcome"], r["output_size"]), ("-", "clean", len(p.stdout)))

    def test_slow_writer(self):
        p = subprocess.Popen([os.environ.get("SEKISHO") or self.program(), "clean", "-"], stdin=subprocess.PIPE,
                             stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        data = png(64, 64)
        for at in range(0, len(data), 999):
            p.stdin.write(data[at:at + 999])
            p.stdin.flush()
            time.sleep(0.01)
        out, _ = p.communicate(timeout=60)
        self.assertEqual((p.returncode, out[:4]), (0, b"\x89PNG"))

    @staticmethod
    def program():
        from golden import SEKISHO
        return SEKISHO

    def test_empty_stdin(self):
        p = self.run_it("clean", "-", input=b"")
        self.assertIn(p.returncode, (0, 1))
        self.assertEqual(p.stdout, b"")

    def test_reader_goes_away(self):
        big = self.put("big.png", png(900, 900))
        with open(big, "rb") as f:
            p = subprocess.Popen([self.program(), "clean", "-"], stdin=f, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            p.stdout.close()
            p.stderr.read()
            p.stderr.close()
            self.assertEqual(p.wait(60), 3, "a closed pipe is an own failure, not a signal")

    def test_report_on_stdout(self):
        p = self.run_it("clean", "-q", "-o", self.out, "--report", "-", self.put("a.png", png()))
        self.assertEqual(json.loads(p.stdout)["outcome"], "clean")


class Inputs(Flow):
    def test_zero_bytes(self):
        r = self.clean(self.put("a.png", b""), status=1)[0]
        self.assertEqual((r["outcome"], r["size"]), ("refused", 0))

    def test_unreadable(self):
        path = self.put("a.png", png())
        os.chmod(path, 0)
        ok = self.put("b.png", png())
        os.mkdir(self.out)
        os.chmod(self.out, 0o777)
        p = subprocess.run([self.reachable(), "clean", "-o", self.out, path, ok], stderr=subprocess.PIPE, stdout=subprocess.PIPE,
                           **({"user": 65534, "group": 65534, "extra_groups": []} if os.getuid() == 0 else {}))
        self.assertEqual(p.returncode, 3, p.stderr)
        self.assertEqual(list(tree(self.out)), ["b.png"], "one unreadable file must not stop the rest")

    def test_changing_while_read(self):
        """What is passed is what was hashed, whoever writes to the file meanwhile."""
        path = self.put("a.png", png(700, 700))
        stop = threading.Event()

        def scribble():
            with open(path, "r+b") as f:
                while not stop.is_set():
                    f.seek(0, 2)
                    f.write(b"tail")
                    f.flush()
        writer = threading.Thread(target=scribble)
        writer.start()
        try:
            p = self.run_it("clean", "-o", self.out, "--report", self.report, path)
        finally:
            stop.set()
            writer.join()
        r = reports(self.report)[0]
        if r["outcome"] == "clean":
            with open(path, "rb") as f:
                self.assertEqual(r["sha256"], hashlib.sha256(f.read(r["size"])).hexdigest())
        else:
            self.assertEqual((p.returncode, r["outcome"], tree(self.out)), (1, "held", {}))

    def test_inspect_writes_nothing(self):
        path = self.put("in/a.png", png())
        before = tree(self.home)
        p = self.run_it("inspect", "--report", "-", "-q", path, cwd=self.home)
        self.assertEqual((p.returncode, tree(self.home)), (0, before))
        r = json.loads(p.stdout)
        self.assertIn("I02", [f["id"] for f in r["findings"]])
        self.assertIsNone(r["output"])


class Same(Flow):
    CHANGING = ("ms", "cpu_ms", "peak_kb")

    def twice(self, jobs):
        self.out = self.path("out%d" % jobs)
        lines = self.clean(self.path("in"), args=["-j%d" % jobs], status=1)
        return [{k: v for k, v in r.items() if k not in self.CHANGING} for r in lines], tree(self.out)

    def test_jobs_change_nothing(self):
        for n in range(24):
            self.put("in/%02d.png" % n, png(8 + 40 * (n % 5), 8 + 30 * (n % 7), seed=n + 1))
        self.put("in/05b.exe", PROGRAM)
        self.assertEqual(self.twice(1), self.twice(6))

    def test_growth(self):
        """Ten times the files, and ten times the pixels, take about ten times the time."""
        def seconds(folder, count, side):
            for n in range(count):
                self.put("%s/%d.png" % (folder, n), png(side, side, seed=n + 1))
            began = sum(os.times()[2:4])
            self.clean(self.path(folder), args=["-j1"])
            return sum(os.times()[2:4]) - began  # CPU of the children: another job on the machine changes nothing
        few, many = seconds("few", 20, 40), seconds("many", 200, 40)
        self.assertLess(many, 20 * few + 1)
        small, large = seconds("small", 2, 300), seconds("large", 2, 950)
        self.assertLess(large, 20 * small + 1)


if __name__ == "__main__":
    unittest.main(verbosity=2)
