"""Every forbidden thing is tried from inside a worker, with the real program around it; each must fail.

A worker that has been taken over (hostile.c) takes the place of sekisho-worker beside a copy of sekisho.  The
document names what it tries.  When the thing could be done the document would come out "clean".
"""
import json
import os
import shutil
import subprocess
import tempfile
import time
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.environ.get("BUILD") or os.path.join(ROOT, "build/dev")
HOSTILE = os.path.join(BUILD, "tests/hostile")
LIMITS = "profile tests\nlimit time_ms 1500\nlimit output 64M\nlimit memory 1G\n"
# tried without being killed: the kernel answers with an error, or there is nothing to find
ANSWERED = {"take 3 GB", "have more descriptors", "change the input"}


class Confine(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.dir = tempfile.mkdtemp(prefix="sekisho-confine-")
        shutil.copy(os.path.join(BUILD, "src/sekisho"), os.path.join(cls.dir, "sekisho"))
        shutil.copy(HOSTILE, os.path.join(cls.dir, "sekisho-worker"))
        with open(os.path.join(cls.dir, "limits.conf"), "w") as f:
            f.write(LIMITS)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.dir)

    def run_acts(self, *acts, env=None):
        work = tempfile.mkdtemp(dir=self.dir)
        for n, act in enumerate(acts):
            with open(os.path.join(work, "%02d.txt" % n), "w") as f:
                f.write(act)
        out, report = os.path.join(work, "out"), os.path.join(work, "report")
        p = subprocess.run([os.path.join(self.dir, "sekisho"), "clean", "-q", "-j", "1", "-p",
                            os.path.join(self.dir, "limits.conf"), "-o", out, "--report", report, work],
                           capture_output=True, timeout=60, env=dict(os.environ, **(env or {})))
        with open(report) as f:
            lines = [json.loads(line) for line in f]
        # the report itself and the profile lie in the folder too: only the acts count
        lines = [o for o in lines if o["input"].endswith(".txt")]
        left = [os.path.join(r, f) for r, _, fs in os.walk(out) for f in fs]
        return p, lines, left

    def test_a_worker_that_tries_nothing_succeeds(self):
        p, lines, left = self.run_acts("nothing")
        self.assertEqual(lines[0]["outcome"], "clean", p.stderr)
        self.assertEqual(len(left), 1)

    def test_without_confinement_the_same_attempts_succeed(self):
        acts = ("open a file", "open a socket", "memory file", "turn memory into code")
        _, lines, _ = self.run_acts(*acts, env={"SEKISHO_TEST_FREE": "1"})
        self.assertEqual([o["outcome"] for o in lines], ["clean"] * len(acts), lines)

    def test_the_development_option_does_nothing_where_the_kernel_can_confine(self):
        p, lines, _ = self.run_acts("open a file", env={"SEKISHO_UNCONFINED": "development"})
        self.assertEqual(lines[0]["outcome"], "held")
        self.assertEqual((lines[0]["reason"], lines[0]["detail"]["rule"]), ("crash", "confinement"), p.stderr)

    def on_a_kernel_without_landlock(self, **env):
        work = tempfile.mkdtemp(dir=self.dir)
        with open(os.path.join(work, "a.txt"), "w") as f:
            f.write("words\n")
        out = os.path.join(work, "out")
        p = subprocess.run([os.path.join(BUILD, "tests/lacking"), os.path.join(BUILD, "src/sekisho"), "clean", "-o", out,
                            os.path.join(work, "a.txt")], capture_output=True, timeout=60, env=dict(os.environ, **env))
        return p, os.listdir(out)

    def test_without_landlock_it_refuses_to_run(self):
        p, left = self.on_a_kernel_without_landlock()
        self.assertEqual((p.returncode, left), (3, []), p.stderr)
        self.assertIn(b"lacks Landlock", p.stderr)

    def test_the_development_option_says_so_loudly(self):
        p, left = self.on_a_kernel_without_landlock(SEKISHO_UNCONFINED="development")
        self.assertEqual((p.returncode, left), (0, ["a.txt"]), p.stderr)
        self.assertIn(b"NOT CONFINED", p.stderr)

    def test_the_next_document_is_untouched(self):
        p, lines, left = self.run_acts("crash", "nothing", "open a socket", "nothing", "never end", "nothing")
        self.assertEqual([o["outcome"] for o in lines], ["held", "clean"] * 3, p.stderr)
        self.assertEqual(len(left), 3)
        self.assertEqual(p.returncode, 1)

    def test_wall_clock_limit_comes_from_outside(self):
        began = time.time()
        _, lines, left = self.run_acts("sleep on")
        self.assertLess(time.time() - began, 10)
        self.assertEqual((lines[0]["outcome"], lines[0]["reason"]), ("held", "G06"))
        self.assertEqual(left, [])


def add(act):
    def test(self):
        p, lines, left = self.run_acts(act)
        self.assertEqual(len(lines), 1, p.stderr)
        self.assertIn(lines[0]["outcome"], ("refused", "held") if act in ANSWERED else ("held",), lines[0])
        self.assertEqual(left, [], "something was written")
        self.assertEqual(p.returncode, 1, p.stderr)
        self.assertTrue(lines[0]["reason"])
        if lines[0]["outcome"] == "refused":
            self.assertEqual(lines[0]["detail"]["rule"], "confinement", lines[0])
    setattr(Confine, "test_fails_to_" + act.replace(" ", "_"), test)


for name in subprocess.run([HOSTILE, "--list"], capture_output=True, check=True, text=True).stdout.splitlines():
    add(name)

if __name__ == "__main__":
    unittest.main()
