#!/usr/bin/env python3
"""A user's build gets no warning from our headers, whichever way they are built: header_warnings.py ROOT COMPILER"""

import subprocess
import sys

WARNINGS = {
    "g++": ["-Wall", "-Wextra", "-Wuseless-cast", "-Wconversion", "-Wshadow"],
    "clang": ["-Wall", "-Wextra", "-Wconversion", "-Wshadow", "-Wold-style-cast"],
}
# Clang 14 knows C++23 by its working name, g++ 12 by both.
STANDARDS = ("c++20", "c++2b")
WAYS = {"header-only": [], "compiled": ["-DPOSTMONEY_COMPILED"]}


def main():
    root, compiler = sys.argv[1:]
    warnings = WARNINGS["clang" if "clang" in compiler else "g++"]
    failed = False
    for standard in STANDARDS:
        for way, definitions in WAYS.items():
            command = [compiler, f"-std={standard}", *definitions, *warnings, "-Werror", "-I", f"{root}/include",
                       "-fsyntax-only", "-x", "c++", "-"]
            done = subprocess.run(command, input="#include <postmoney/postmoney.hpp>\n", stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, text=True)
            print("ok" if done.returncode == 0 else "WARNS", standard, way)
            if done.returncode != 0:
                print(done.stdout)
                failed = True
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
