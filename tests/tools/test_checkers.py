"""The checkers: the tree passes each, and each notices what it is there for (a violation planted in a small tree)."""
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LAYERS = "base pure :\nformat parser : base\ncommand face : base\nprog/sekisho : base command\n"
GOOD_HEADER = "/* A thing. */\n#pragma once\n\n#include <stddef.h>\n\nsize_t %s_len(void);\n"


def tool(name, *args):
    p = subprocess.run([os.path.join(ROOT, "tools", name)] + list(args), capture_output=True, text=True, cwd=ROOT)
    return p.returncode, p.stdout + p.stderr


class Planted(unittest.TestCase):
    def setUp(self):
        self.root = tempfile.mkdtemp(prefix="sekisho-tools-")
        self.addCleanup(shutil.rmtree, self.root)
        self.put("src/LAYERS", LAYERS)
        self.put("src/base/bit.h", GOOD_HEADER % "bit")
        self.put("src/base/bit.c", '#include "base/bit.h"\n\n#include <string.h>\n')
        self.put("src/format/png.c", '#include "base/bit.h"\n#include <spng.h>\n')
        self.put("src/command/say.c", '#include "base/bit.h"\n#include <unistd.h>\n')
        self.put("src/prog/sekisho.c", '#include "command/say.h"\n')
        self.put("src/command/say.h", GOOD_HEADER % "say")

    def put(self, path, text):
        path = os.path.join(self.root, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)
        return path

    def notices(self, name, text, *args):
        status, out = tool(name, *(args or [self.root]))
        self.assertEqual(status, 1, "%s did not notice; it said: %s" % (name, out))
        self.assertIn(text, out)

    def passes(self, name, *args):
        status, out = tool(name, *(args or [self.root]))
        if status != 0 or out:
            self.fail("%s: %d faults, the first:\n%s" % (name, len(out.splitlines()), "\n".join(out.splitlines()[:7])))


class Layers(Planted):
    def test_tree(self):
        self.passes("layers", ROOT)

    def test_good_tree(self):
        self.passes("layers")

    def test_include_upwards(self):
        self.put("src/base/up.c", '#include "command/say.h"\n')
        self.notices("layers", "src/base/up.c:1: base may not include command")

    def test_face_sees_parser(self):
        self.put("src/format/png.h", GOOD_HEADER % "png")
        self.put("src/command/peek.c", '\n#include "format/png.h"\n')
        self.notices("layers", "src/command/peek.c:2: command may not include format")

    def test_program(self):
        self.put("src/format/png.h", GOOD_HEADER % "png")
        self.put("src/prog/sekisho.c", '#include "format/png.h"\n')
        self.notices("layers", "does not let this program include format")

    def test_same_stem(self):
        self.put("src/format/bit.c", "")
        self.notices("layers", "stem bit also in base")

    def test_system_header_in_pure(self):
        self.put("src/base/io.c", "#include <sys/socket.h>\n")
        self.notices("layers", "<sys/socket.h>: a pure folder makes no system call")

    def test_system_header_in_parser(self):
        self.put("src/format/io.c", "#include <unistd.h>\n")
        self.notices("layers", "<unistd.h>: a parser folder makes no system call")

    def test_document_library_in_face(self):
        self.put("src/command/img.c", "#include <jpeglib.h>\n")
        self.notices("layers", "only a parser folder may use a document library")

    def test_relative_include(self):
        self.put("src/base/rel.c", '#include "bit.h"\n')
        self.notices("layers", 'as "folder/file.h"')

    def test_missing_file(self):
        self.put("src/base/gone.c", '#include "base/none.h"\n')
        self.notices("layers", "no file base/none.h")

    def test_line_names_below(self):
        self.put("src/LAYERS", "base pure : format\nformat parser : base\ncommand face : base\nprog/sekisho : command\n")
        self.notices("layers", "which is not above it")

    def test_folder_without_line(self):
        self.put("src/extra/a.c", "")
        self.notices("layers", "no line for the folder extra")


class Headers(Planted):
    def test_tree(self):
        self.passes("headers", ROOT)

    def test_good_tree(self):
        self.passes("headers")

    def test_no_comment(self):
        self.put("src/base/bare.h", "#pragma once\n")
        self.notices("headers", "begins without a comment")

    def test_no_pragma(self):
        self.put("src/base/twice.h", "/* A thing. */\nint twice_now(void);\n")
        self.notices("headers", "#pragma once must come before any code")

    def test_not_alone(self):
        self.put("src/base/needy.h", "/* A thing. */\n#pragma once\nsize_t needy_len(void);\n")
        self.notices("headers", "src/base/needy.h:1: does not compile alone")


class Symbols(Planted):
    def compiled(self, name, text, *flags):
        src, out = self.put(name + ".c", text), os.path.join(self.root, name + ("" if flags else ".o"))
        subprocess.run(["cc", "-w", "-o", out, src] + (list(flags) or ["-c"]), check=True)
        return out

    def test_tree(self):
        self.passes("symbols", os.environ.get("BUILD") or os.path.join(ROOT, "build/dev"))

    def test_good_object(self):
        self.passes("symbols", "--object", self.compiled("bit", "int bit_one(void) { return 1; }\n"), "base", "pure")

    def test_banned(self):
        for name, call in (("strcpy", "char *strcpy(char *, const char *); void bit_x(char *a, char *b) { strcpy(a, b); }"),
                           ("system", "int system(const char *); void bit_x(char *a) { system(a); }"),
                           ("strtol", "long strtol(const char *, char **, int); long bit_x(char *a) { return strtol(a, 0, 9); }"),
                           ("setlocale", "char *setlocale(int, const char *); void bit_x(void) { setlocale(0, \"\"); }")):
            with self.subTest(name):
                self.notices("symbols", "calls %s, which is banned" % name, "--object", self.compiled("bit", call), "os", "system")

    def test_banned_fortified(self):
        text = '#include <stdio.h>\nvoid bit_x(char *a, int b) { sprintf(a, "%d", b); }\nchar g[9];\n' \
               "void bit_y(int b) { bit_x(g, b); sprintf(g, \"%d\", b); }\n"
        out = os.path.join(self.root, "bit.o")
        subprocess.run(["cc", "-w", "-O2", "-D_FORTIFY_SOURCE=2", "-c", "-o", out, self.put("bit.c", text)], check=True)
        self.notices("symbols", "calls sprintf, which is banned", "--object", out, "os", "system")

    def test_system_call_in_parser(self):
        o = self.compiled("bit", "int socket(int, int, int); int bit_x(void) { return socket(1, 1, 0); }")
        self.notices("symbols", "calls socket; a parser folder", "--object", o, "format", "parser")

    def test_name_of_export(self):
        o = self.compiled("bit", "int byte_one(void) { return 1; }")
        self.notices("symbols", "exports byte_one, which does not begin with bit_", "--object", o, "base", "pure")

    def test_worker_with_exec(self):
        p = self.compiled("w", "#include <unistd.h>\nint main(int n, char **v) { return execv(v[1], v); }", "-O0")
        self.notices("symbols", "contains execv", "--program", p, "sekisho-worker")

    def test_face_with_document_library(self):
        p = self.compiled("s", "unsigned long zlibVersion(void); int main(void) { return (int)zlibVersion(); }",
                          "-lz", "-Wl,--no-as-needed", "-lspng")
        self.notices("symbols", "links libspng.so.0; who opens things", "--program", p, "sekisho")

    def test_face_with_parser(self):
        p = self.compiled("s", "int clean_document(void) { return 0; } int main(void) { return clean_document(); }", "-O0")
        self.notices("symbols", "contains clean_document", "--program", p, "sekisho")

    def test_unknown_licence(self):
        p = self.compiled("s", "int main(void) { return 0; }", "-Wl,--no-as-needed", "-lresolv")
        self.notices("symbols", "loads libresolv.so.2, whose licence is not in", "--program", p, "sekisho-worker")


class Rules(Planted):
    CATALOG = 'ROW(P01, REMOVE, NONE, "a", "b")\nROW(P02, REMOVE, NONE, "a", "b")\n'

    def setUp(self):
        super().setUp()
        self.put("src/rule/catalog.def", self.CATALOG)
        self.put("src/format/rows.c", "int a = ROW_P01, b = ROW_P02;\n")
        self.put("tests/golden/test_a.py", 'def test_P01_P02_x(self):\n    self.assertFound(r, "P01")\n')

    def test_tree(self):
        self.passes("rules", "-q", ROOT)

    def test_formats_page_is_current(self):
        self.passes("formats", "--check")

    def test_good_tree(self):
        self.passes("rules", "-q", self.root)

    def test_row_without_test(self):
        self.put("tests/golden/test_a.py", 'def test_P01_x(self):\n    self.assertFound(r, "P01")\n')
        self.notices("rules", "P02 has no golden test")

    def test_row_without_code(self):
        self.put("src/format/rows.c", "int a = ROW_P01;\n")
        self.notices("rules", "P02 has no code")

    def test_unknown_row(self):
        self.put("tests/golden/test_b.py", "def test_P99_x(self):\n    pass\n")
        self.notices("rules", "names P99, which the catalogue does not have")


class ThirdParty(Planted):
    def test_notices(self):
        status, out = tool("third-party", os.environ.get("BUILD") or os.path.join(ROOT, "build/dev"))
        self.assertEqual(status, 0, out[-300:])
        self.assertIn("| libc6 |", out)
        self.assertNotIn("| ? |", out)

    def test_nothing_built(self):
        self.assertEqual(tool("third-party", self.root)[0], 1)


if __name__ == "__main__":
    unittest.main(verbosity=2)
