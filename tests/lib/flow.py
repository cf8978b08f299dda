"""Helpers of the flow tests: small documents, runs of the program, what lies in a folder."""
import hashlib
import json
import os
import random
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest
import zlib

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from golden import ROOT, SEKISHO  # noqa: E402

TIMEOUT = 120


def png(width=8, height=8, seed=1, noise=False):
    """A picture with a text chunk, so that there is something to find; noise does not compress."""
    source = random.Random(seed)
    row = bytes((x * seed + seed) & 255 for x in range(width * 3))
    rows = b"".join(b"\0" + (source.randbytes(width * 3) if noise else bytes((b + y) & 255 for b in row))
                    for y in range(height))

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"tEXt", b"Comment\0made by a test") + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b""))


PROGRAM = b"MZ" + bytes(200)  # refused whatever its name


def digest(path):
    with open(path, "rb") as f:
        return hashlib.sha256(f.read()).hexdigest()


def tree(folder):
    """{relative path: sha256} of all regular files below."""
    found = {}
    for base, _, names in os.walk(os.fsencode(folder)):
        for name in names:
            path = os.path.join(base, name)
            found[os.fsdecode(os.path.relpath(path, os.fsencode(folder)))] = digest(path)
    return found


def reports(path):
    with open(path, encoding="utf-8") as f:
        return [json.loads(line) for line in f if line.strip()]


class Flow(unittest.TestCase):
    def setUp(self):
        self.home = tempfile.mkdtemp(prefix="sekisho-flow-")
        os.chmod(self.home, 0o755)
        self.addCleanup(self.sweep)
        self.out = self.path("out")
        self.report = self.path("report.jsonl")

    def sweep(self):
        for base, folders, _ in os.walk(self.home):
            for name in folders:
                os.chmod(os.path.join(base, name), 0o755)
        shutil.rmtree(self.home, ignore_errors=True)

    def path(self, *parts):
        return os.path.join(self.home, *parts)

    def put(self, name, data):
        path = self.path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as f:
            f.write(data)
        return path

    def reachable(self):
        """The program where another user may run it: the checkout may lie in a private folder."""
        place = self.path("program", "bin")
        if not os.path.isdir(place):
            os.makedirs(place)
            for name in ("sekisho", "sekisho-worker"):
                shutil.copy(os.path.join(os.path.dirname(SEKISHO), name), place)
            shutil.copytree(os.path.join(ROOT, "share/profiles"), self.path("program", "share/sekisho/profiles"))
        return os.path.join(place, "sekisho")

    def run_it(self, *args, **more):
        """The program; stdout and stderr as bytes."""
        program = self.reachable() if "user" in more else SEKISHO
        more.setdefault("timeout", TIMEOUT)
        more.setdefault("stdout", subprocess.PIPE)
        if "input" not in more:
            more.setdefault("stdin", subprocess.DEVNULL)
        return subprocess.run([program] + list(args), stderr=subprocess.PIPE, **more)

    def clean(self, *paths, status=0, args=(), **more):
        """sekisho clean -o OUT --report FILE PATH...; the reports."""
        p = self.run_it("clean", "-o", self.out, "--report", self.report, *args, *paths, **more)
        self.assertEqual(p.returncode, status, p.stderr.decode("utf-8", "replace")[-600:])
        self.said = p
        return reports(self.report)

    def assertWhole(self, folder, allowed):
        """Every file below the folder is one of the whole outputs."""
        for name, sum_ in (tree(folder) if os.path.isdir(folder) else {}).items():
            self.assertIn(sum_, allowed, "partial or foreign file %r" % name)
