#!/usr/bin/env python3
"""How much a program compiles that includes one header, in preprocessed lines: header_budget.py ROOT COMPILER

Of the compiled way, as programs that link the library see it. The budgets are for the standard libraries of Debian 12
and leave a tenth: what goes beyond one is an include that came in unnoticed, or has to be paid for here.
"""

import subprocess
import sys

BUDGETS = {
    "postmoney/value/error.hpp": 23_500,
    "postmoney/value/money.hpp": 57_000,
    "postmoney/ledger.hpp": 97_500,
}


def lines_of(root, compiler, header):
    """Preprocessed lines without the blank ones and those that name a file."""
    done = subprocess.run([compiler, "-std=c++20", "-DPOSTMONEY_COMPILED", "-I", f"{root}/include", "-E", "-P", "-x",
                           "c++", "-"],
                          input=f'#include "{header}"\n', stdout=subprocess.PIPE, text=True, check=True)
    return sum(1 for line in done.stdout.splitlines() if line.strip())


def main():
    root, compiler = sys.argv[1:]
    failed = False
    for header, budget in BUDGETS.items():
        lines = lines_of(root, compiler, header)
        word = "ok" if lines <= budget else "TOO MANY"
        print(f"{word:8} {header:28} {lines:7} of {budget}")
        failed = failed or lines > budget
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
