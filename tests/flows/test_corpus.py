"""A developer's corpus of real and hostile files, when there is one: an answer for each, and the promises kept.

CORPUS names it; default: ../shared/corpus beside the checkout.  tools/corpus-run asks other readers as well.
"""
import os
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))
from flow import ROOT, Flow, reports, tree  # noqa: E402

CORPUS = os.environ.get("CORPUS") or os.path.join(ROOT, "../shared/corpus")


@unittest.skipUnless(os.path.isdir(CORPUS), "no corpus here")
class Corpus(Flow):
    def test_every_file_has_an_answer_and_stays_clean(self):
        p = self.run_it("clean", "-q", "-o", self.out, "--report", self.report, CORPUS, timeout=600)
        self.assertIn(p.returncode, (0, 1), p.stderr)
        first = reports(self.report)
        crashed = [r["input"] for r in first if r["reason"] == "crash"]
        self.assertEqual(crashed, [])
        made = {r["output"]: r["output_sha256"] for r in first if r["outcome"] == "clean"}
        self.assertEqual(tree(self.out), made)

        again = self.path("again")
        p = self.run_it("clean", "-q", "-o", again, "--report", self.report, self.out, timeout=600)
        second = reports(self.report)
        self.assertEqual([(r["input"], r["reason"]) for r in second if r["outcome"] != "clean"], [])
        changed = [r["input"] for r in second if r["output_sha256"] != r["sha256"]]
        self.assertEqual(changed, [], "clean(clean(x)) differs from clean(x)")
        found = [(r["input"], f) for r in second for f in r["findings"] if f["action"] != "kept"]
        self.assertEqual(found, [], "a clean file has findings")


if __name__ == "__main__":
    unittest.main(verbosity=2)
