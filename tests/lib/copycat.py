#!/usr/bin/python3
"""A sanitizer that does nothing: `sekisho clean` that copies.  The readers of tools/corpus-run must notice.

usage: copycat.py clean|inspect [-q] [-jN] [-o OUT] --report FILE DIR
"""
import hashlib
import json
import os
import shutil
import sys

TYPES = {"jpg": "jpeg", "tif": "tiff", "docm": "docx", "xlsm": "xlsx", "pptm": "pptx"}


def main(args):
    out = args[args.index("-o") + 1] if "-o" in args else None
    root = args[-1]
    with open(args[args.index("--report") + 1], "w", encoding="utf-8") as report:
        for folder, _, names in sorted(os.walk(root)):
            for name in sorted(names):
                path = os.path.join(folder, name)
                made = os.path.join(os.path.basename(root), os.path.relpath(path, root))
                with open(path, "rb") as f:
                    data = f.read()
                if out:
                    os.makedirs(os.path.dirname(os.path.join(out, made)), exist_ok=True)
                    shutil.copyfile(path, os.path.join(out, made))
                end = os.path.splitext(name)[1][1:].lower()
                kind, digest = TYPES.get(end, end), hashlib.sha256(data).hexdigest()
                report.write(json.dumps({
                    "input": path, "type": kind, "claimed": kind, "size": len(data), "sha256": digest, "outcome": "clean",
                    "reason": None, "detail": None, "output": made, "output_type": kind, "output_size": len(data),
                    "output_sha256": digest, "profile": "standard", "findings": [], "ms": 1, "cpu_ms": 1, "peak_kb": 1}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
