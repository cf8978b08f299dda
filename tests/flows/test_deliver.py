"""Whatever goes wrong while a clean file is put in its place, the folder holds whole files only."""
import collections
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from flow import SEKISHO, Flow, png, reports, tree  # noqa: E402

# The calls between a finished worker and a delivered file, and those that make the folder.
DELIVERY = ("openat", "open", "mkdirat", "mkdir", "fsync", "fdatasync", "linkat", "link", "rename", "renameat", "renameat2",
            "unlinkat", "ftruncate", "fallocate", "write", "pwrite64", "sendfile", "copy_file_range", "close")
FAULTS = (("fsync", "EIO"), ("fsync", "ENOSPC"), ("linkat", "ENOSPC"), ("linkat", "EACCES"), ("linkat", "EIO"),
          ("mkdirat", "ENOSPC"))
AS_USER = {"user": 65534, "group": 65534, "extra_groups": []} if os.getuid() == 0 else {}


class Room(Flow):
    def in_small_folder(self, kilobytes, script):
        """Run a shell script with OUT on a file system of this size; its stdout."""
        os.mkdir(self.out)
        flags = ["-m"] if os.getuid() == 0 else ["-Urm"]
        mount = "mount -t tmpfs -o size=%dk none '%s'" % (kilobytes, self.out)
        if subprocess.run(["unshare"] + flags + ["sh", "-c", mount], capture_output=True).returncode != 0:
            self.skipTest("no mount namespace here")
        return subprocess.run(["unshare"] + flags + ["sh", "-c", mount + " && " + script], capture_output=True, text=True,
                              timeout=120)

    def test_disk_full(self):
        for n in range(6):
            self.put("in/%d.png" % n, png(150, 150, seed=n + 1, noise=True))
        p = self.in_small_folder(200, "'%s' clean -o '%s' --report '%s' '%s'; echo status $?; cd '%s' && find . -type f -exec "
                                 "sha256sum {} +" % (SEKISHO, self.out, self.report, self.path("in"), self.out))
        self.assertIn("status 3", p.stdout, p.stdout + p.stderr)
        lines = reports(self.report)
        whole = {r["output_sha256"] for r in lines if r["outcome"] == "clean" and r["output"]}
        there = re.findall(r"^([0-9a-f]{64}) ", p.stdout, re.M)
        self.assertEqual(len(lines), 6)
        self.assertEqual(set(there), whole)
        self.assertLess(len(there), 6)

    def test_report_disk_full(self):
        self.put("a.png", png())
        p = self.in_small_folder(4, "head -c 9000 /dev/zero > '%s/fill' 2>/dev/null; '%s' clean -o '%s' --report '%s/r' '%s'; "
                                 "echo status $?" % (self.out, SEKISHO, self.path("made"), self.out, self.path("a.png")))
        self.assertIn("status 3", p.stdout, p.stdout + p.stderr)

    def test_file_size_limit(self):
        """RLIMIT_FSIZE of the caller must not leave a cut file."""
        path = self.put("a.png", png(300, 300, noise=True))
        p = subprocess.run(["sh", "-c", "ulimit -f 8; exec '%s' clean -q -o '%s' '%s'" % (SEKISHO, self.out, path)],
                           capture_output=True, timeout=60)
        self.assertIn(p.returncode, (1, 3), p.stderr)
        self.assertEqual(tree(self.out) if os.path.isdir(self.out) else {}, {})

    def test_folder_not_writable(self):
        path = self.put("a.png", png())
        os.mkdir(self.out)
        os.chmod(self.out, 0o555)
        p = subprocess.run([self.reachable(), "clean", "-o", self.out, path], capture_output=True, **AS_USER)
        self.assertEqual((p.returncode, tree(self.out)), (3, {}), p.stderr)
        self.assertTrue(p.stderr)

    def test_folder_is_a_file(self):
        path = self.put("a.png", png())
        self.put("out", b"x")
        self.assertEqual(self.run_it("clean", "-o", self.out, path).returncode, 3)

    def test_report_not_writable(self):
        path = self.put("a.png", png())
        p = self.run_it("clean", "-o", self.out, "--report", self.path("no/such/folder/r"), path)
        self.assertEqual((p.returncode, tree(self.out) if os.path.isdir(self.out) else {}), (3, {}))


class Killed(Flow):
    def setUp(self):
        super().setUp()
        for n in range(4):
            self.put("in/%d.png" % n, png(60, 60, seed=n + 3))
        self.clean(self.path("in"))
        self.whole = set(tree(self.out).values())
        self.assertEqual(len(self.whole), 4)

    def fresh(self):
        shutil.rmtree(self.out, ignore_errors=True)

    def left_running(self, session):
        """Processes of this session that are still there."""
        found = []
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open("/proc/%s/stat" % pid, encoding="utf-8", errors="replace") as f:
                    fields = f.read().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == session and fields[0] not in "ZX":
                found.append(int(pid))
        return found

    def assertGoneSoon(self, session):
        deadline = time.monotonic() + 20
        while self.left_running(session) and time.monotonic() < deadline:
            time.sleep(0.02)
        self.assertEqual(self.left_running(session), [], "workers outlive the program")

    def test_at_many_moments(self):
        for n in range(40):
            self.fresh()
            p = subprocess.Popen([SEKISHO, "clean", "-q", "-o", self.out, self.path("in")], start_new_session=True,
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(n * 0.001)
            p.kill()
            p.wait()
            self.assertGoneSoon(p.pid)
            self.assertWhole(self.out, self.whole)
        self.clean(self.path("in"))
        self.assertEqual(set(tree(self.out).values()), self.whole)

    def test_interrupted(self):
        """Control-C: the same, and the exit status says it."""
        for sig in (signal.SIGINT, signal.SIGTERM):
            self.fresh()
            p = subprocess.Popen([SEKISHO, "clean", "-q", "-o", self.out, self.path("in")], start_new_session=True,
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(0.01)
            p.send_signal(sig)
            self.assertIn(p.wait(30), (0, 3, -sig, 128 + sig))
            self.assertGoneSoon(p.pid)
            self.assertWhole(self.out, self.whole)


@unittest.skipUnless(shutil.which("strace"), "strace is not installed")
class EachCall(Killed):
    program = SEKISHO

    def strace(self, *options, args=()):
        # The session begins under strace, so that what it leaves behind can be told from the tests.
        return subprocess.Popen(["strace", "-o", self.path("trace"), "-e", "trace=" + ",".join("?" + c for c in DELIVERY)]
                                + list(options) + [self.program, "clean", "-q", "-j1", "-o", self.out, *args, self.path("in")],
                                start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def calls(self, args):
        """How often the program itself makes each call, from one undisturbed run."""
        self.assertEqual(self.strace(args=args).wait(60), 0)
        with open(self.path("trace"), encoding="utf-8", errors="replace") as f:
            return collections.Counter(m.group(1) for m in re.finditer(r"^(\w+)\(", f.read(), re.M))

    def kill_everywhere(self, args=(), prepare=None):
        done = 0
        (prepare or self.fresh)()
        for name, count in sorted(self.calls(args).items()):
            # Loading libraries opens and closes long before; the last ones are the delivery.
            for n in range(max(1, count - 24), count + 1):
                (prepare or self.fresh)()
                p = self.strace("-e", "inject=%s:signal=SIGKILL:when=%d" % (name, n), args=args)
                p.wait(60)
                self.assertGoneSoon(p.pid)
                self.assertWhole(self.out, self.whole)
                with open(self.path("trace"), encoding="utf-8", errors="replace") as f:
                    done += "killed by SIGKILL" in f.read()
        return done

    def test_killed_at_every_call(self):
        self.assertGreater(self.kill_everywhere(), 60)

    def test_killed_at_every_call_when_replacing(self):
        """With -f a name holds the whole old file or the whole new one."""
        def older():
            self.fresh()
            for n in range(4):
                self.put("out/in/%d.png" % n, b"an older file %d" % n)
        older()
        self.whole |= set(tree(self.out).values())
        self.assertGreater(self.kill_everywhere(["-f"], older), 60)

    def test_every_failing_call(self):
        for name, error in FAULTS:
            with self.subTest(name + " " + error):
                self.fresh()
                p = self.strace("-e", "inject=%s:error=%s" % (name, error))
                self.assertEqual(p.wait(60), 3)
                self.assertEqual(tree(self.out) if os.path.isdir(self.out) else {}, {} if name != "fsync" else
                                 {k: v for k, v in tree(self.out).items() if v in self.whole})

    def test_a_careless_program_is_caught(self):
        """One that writes under the final name is found at some call."""
        careless = "import os, sys\nwhole = %r\nos.makedirs(%r)\nf = os.open(%r, os.O_WRONLY | os.O_CREAT)\n" \
                   "os.write(f, whole[:50])\nos.write(f, whole[50:])\nos.close(f)\n"
        self.clean(self.path("in"))
        with open(self.path("out/in/0.png"), "rb") as f:
            whole = f.read()
        self.program = self.put("careless", b"#!/usr/bin/python3 -I\n" + (
            careless % (whole, self.path("out/in"), self.path("out/in/0.png"))).encode())
        os.chmod(self.program, 0o755)
        with self.assertRaisesRegex(AssertionError, "partial or foreign file"):
            self.kill_everywhere()

    test_at_many_moments = test_interrupted = None


if __name__ == "__main__":
    unittest.main(verbosity=2)
