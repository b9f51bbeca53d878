#!/usr/bin/env python3
"""Writes a source that holds every example of the headers' manuals, so that the compiler reads them too.

An example is an indented block in the comment at the top of a header. It may use `ledger`, all of postmoney and the
standard headers below. The compiler reports an error at its line of the header.

usage: examples.py OUT HEADER...
"""
import pathlib
import re
import sys

STANDARD = ("fstream", "iostream", "span", "string", "variant", "vector")


def example_of(text):
    """The line of the first example and its lines; what stands between two blocks is left blank. None without any."""
    lines = []
    for line in text.splitlines():
        if not line.startswith("//"):
            break
        lines.append(line)
    code = [line[5:] if line.startswith("//   ") else "" for line in lines]
    first = next((i for i, line in enumerate(code) if line), None)
    return None if first is None else (first + 1, code[first:])


def main():
    out, *headers = sys.argv[1:]
    parts = [f"#include <{name}>" for name in STANDARD]
    parts += [f'#include "{header}"' for header in headers]
    parts += ["using namespace postmoney;"]
    for number, header in enumerate(headers):
        example = example_of(pathlib.Path(header).read_text())
        if example:
            line, code = example
            parts += [f"void example_{number}(Ledger& ledger) {{ {{", f'#line {line} "{header}"', *code, "} }"]
    pathlib.Path(out).write_text("\n".join(parts) + "\n")
    print(f"{sum(1 for part in parts if part.startswith('#line'))} examples")
    return 0


if __name__ == "__main__":
    sys.exit(main())
