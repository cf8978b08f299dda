"""Limits that hold for one thing and not for the sum of all (I08)."""
import io
import os
import sys
import unittest
import zipfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "lib"))

from golden import Golden, main  # noqa: E402

try:
    from PIL import Image
except ImportError:
    Image = None


@unittest.skipUnless(Image, "python3-pil is not installed")
class Pictures(Golden):
    PROFILE = b"profile small\nlimit pixels 1000\n"

    def archive(self, *sizes):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as z:
            for n, size in enumerate(sizes):
                picture = io.BytesIO()
                Image.new("RGB", size, (n, 0, 0)).save(picture, "PNG")
                z.writestr("%d.png" % n, picture.getvalue())
        return out.getvalue()

    def clean_small(self, data):
        profile = os.path.join(self.folder, "small.conf")
        with open(profile, "wb") as f:
            f.write(self.PROFILE)
        return self.clean(data, "a.zip", profile=profile)

    def test_I08_many_small_pictures_pass(self):
        r = self.clean_small(self.archive(*[(30, 30)] * 20))
        self.assertClean(r)
        self.assertEqual(sorted(r.zip()), sorted("%d.png" % n for n in range(20)))

    def test_I08_one_large_picture_does_not(self):
        r = self.clean_small(self.archive((30, 30), (40, 40)))
        self.assertFound(r, "I08", "withheld")


main(__name__)
