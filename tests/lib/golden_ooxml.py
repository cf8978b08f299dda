"""What the golden tests of Office documents share: clean, and look whether the package holds together."""
import io
import zipfile

import ooxml_check
from golden import Golden
from make_ooxml import Package


class Office(Golden):
    def rebuild(self, package, name, gone=(), stays=(), **more):
        """Clean a package; it must pass, hold together, have lost `gone` and kept `stays` (both are byte strings or texts)."""
        data = package.build() if isinstance(package, Package) else package
        r = self.clean(data, name, **more)
        self.assertClean(r)
        self.assertEqual(ooxml_check.check(r.data), [], r.said())
        self.assertGone(r, *gone)
        everything = b"\0".join(r.zip().values())
        for text in stays:
            self.assertTrue(text.encode() in everything, "%r did not stay: %s" % (text, r.said()))
        if "profile" not in more and more.get("twice", True):
            strict = self.clean(data, name, profile="strict")
            self.assertClean(strict)
            self.assertEqual(ooxml_check.check(strict.data), [], strict.said())
        return r

    def assertNoPart(self, r, *words):
        """No entry has one of these words in its name."""
        for name in r.zip():
            for word in words:
                self.assertNotIn(word.lower(), name.lower())


def entry_names(data):
    with zipfile.ZipFile(io.BytesIO(data)) as z:
        return z.namelist()
