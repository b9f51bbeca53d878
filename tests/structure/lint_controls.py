#!/usr/bin/env python3
"""Controls for lint.py: each rule reports a breach in a small tree made for it, and lets its correct twin pass."""
import pathlib
import sys
import tempfile

sys.dont_write_bytecode = True
from lint import Lint  # noqa: E402

LONG = "void f() {\n" + "    g();\n" * 60 + "}\n"
TABLE = "void f() {\n    const std::vector<Row> rows{\n" + '        {1, "a"},\n' * 80 + "    };\n}\n"
CLASS = "class C {\n" + "    void f();\n" * 80 + "};\n"
MEMBER = "struct S {\n    S() : a_{1}, b_(2) {\n" + "        g();\n" * 60 + "    }\n};\n"
BRACES = 'void f() {\n    g("{", R"x({{)x", \'{\', 1\'000);  // {\n}\n' + "int a;\n" * 70
HELPER = "namespace {\nint helper(int x) {\n    return x;\n}\n}  // namespace\n"

# Rule, files of the tree, and whether they are in breach.
CASES = [
    ("functions", {"lib/a.cpp": LONG}, True),
    ("functions", {"lib/a.cpp": "namespace a {\n" + MEMBER + "}\n"}, True),
    ("functions", {"tests/unit/a_test.cpp": LONG.replace("void f()", 'TEST_CASE("a")')}, True),
    ("functions", {"lib/a.cpp": LONG.replace("    g();\n", "", 1).replace("    g();\n", "", 1)}, False),
    ("functions", {"lib/a.cpp": TABLE}, False),
    ("functions", {"lib/a.hpp": CLASS}, False),
    ("functions", {"lib/a.cpp": BRACES}, False),
    ("sql", {"schema/a.sql": "SELECT " + "a" * 120 + ";\n"}, True),
    ("sql", {"schema/a.sql": "SELECT " + "a" * 112 + ";\n"}, False),
    ("names", {"lib/a.cpp": "// See gone.hpp.\n"}, True),
    ("names", {"lib/a.cpp": "// See tests/gone.\n"}, True),
    ("names", {"lib/a.cpp": "// Calls gone() first.\n"}, True),
    ("names", {"lib/a.cpp": "// What `gone` means.\n"}, True),
    ("names", {"lib/a.cpp": "// As GoneReader has it.\n"}, True),
    ("names", {"lib/a.cpp": "// As gone_reader has it.\n"}, True),
    ("names", {"schema/a.sql": "-- As gone_reader has it.\n"}, True),
    ("names", {"lib/a.cpp": "// See there.hpp, there(), `there`, ThereReader.\nint there(ThereReader);\n",
               "lib/there.hpp": "int there;\n"}, False),
    ("messages", {"lib/a.cpp": 'const char* a = "damaged: run verify";\n'}, True),
    ("messages", {"lib/a.cpp": 'const char* a = "give --since HEAD";\n'}, True),
    ("messages", {"include/a.hpp": 'const char* a = "call postmoney restore";\n'}, True),
    ("messages", {"lib/a.cpp": 'const char* a = "damaged: restore a backup";  // or run verify\n'}, False),
    ("messages", {"examples/a.cpp": 'const char* a = "give --since HEAD";\n'}, False),
    ("namespace", {"include/a.hpp": "namespace postmoney::detail {\n}\n"}, True),
    ("namespace", {"include/a.hpp": "namespace POSTMONEY_NAMESPACE::detail {\n}\n"}, False),
    ("namespace", {"lib/a.hpp": "namespace postmoney {\n}\n"}, False),
    ("scripts", {"tests/structure/warnings.py": "pass\n"}, True),
    ("scripts", {"tests/structure/header_warnings.py": "pass\n"}, False),
    ("helpers", {"lib/a.cpp": HELPER, "lib/fact/b.cpp": HELPER}, True),
    ("helpers", {"tests/unit/a_test.cpp": HELPER, "tests/unit/b_test.cpp": "static int helper;\n"}, True),
    ("helpers", {"tests/unit/a_test.cpp": HELPER, "tests/unit/b_test.cpp": "struct S {\n    int helper();\n};\n"},
     False),
    ("helpers", {"tests/unit/a_test.cpp": HELPER, "tests/store/b_test.cpp": HELPER}, False),
]


def main():
    failed = 0
    for rule, files, expected in CASES:
        with tempfile.TemporaryDirectory() as folder:
            for name, text in files.items():
                path = pathlib.Path(folder) / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
            breaches = Lint(folder).check()
        if (rule in {breach[0] for breach in breaches}) != expected:
            print(f"{rule}, {files}: expected {'a breach' if expected else 'none'}, got {breaches}")
            failed += 1
    print(f"{len(CASES)} controls, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
