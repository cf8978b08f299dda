"""Run one file of Python tests; print a JSON line for each case.  tests/run reads them.

usage: case.py FILE
A line is {"name", "outcome": "pass" | "fail" | "skip", "ms", "text"}.
"""
import importlib.util
import json
import os
import sys
import time
import unittest


class Lines(unittest.TestResult):
    """A result that tells every case as soon as it is known."""

    def __init__(self):
        super().__init__()
        self.began = 0.0
        self.told = set()

    def tell(self, test, outcome, text=""):
        name = test.id().split(".", 1)[-1]
        if name in self.told and outcome == "pass":
            return
        self.told.add(name)
        print(json.dumps({"name": name, "outcome": outcome, "ms": int((time.time() - self.began) * 1000), "text": text}),
              flush=True)

    def startTest(self, test):
        super().startTest(test)
        self.began = time.time()

    def addSuccess(self, test):
        self.tell(test, "pass")

    def addFailure(self, test, err):
        self.tell(test, "fail", self._exc_info_to_string(err, test))

    addError = addFailure

    def addSkip(self, test, reason):
        self.tell(test, "skip", reason)

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self.told.add(test.id().split(".", 1)[-1])
            self.tell(subtest, "fail", self._exc_info_to_string(err, test))


def main(path):
    lib = os.path.dirname(os.path.abspath(__file__))
    sys.path[:0] = [os.path.dirname(os.path.abspath(path)), lib]
    spec = importlib.util.spec_from_file_location(os.path.splitext(os.path.basename(path))[0], path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    suite = unittest.defaultTestLoader.loadTestsFromModule(module)
    suite.run(Lines())


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    main(sys.argv[1])
