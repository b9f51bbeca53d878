#!/usr/bin/env python3
"""Makes a ledger that differs as small as it can and prints it: each line is left out in turn, and stays out when the
ledger still has a difference of the same kind.

    python3 tests/oracle/shrink.py --seed 17 --compare build/dev/tests/oracle/oracle_compare --kind "view investments"
"""
import argparse
import json
import pathlib
import subprocess
import tempfile

from generate import generate
from oracle import answer_of, build


def kinds(compare, folder, seed, steps, asked, kind=""):
    """What the comparer finds in a ledger; nothing when its lines no longer make sense to the oracle."""
    try:
        stores, refusals = build(steps)
    except (AssertionError, KeyError):
        return None
    if 0 not in stores:
        return None
    path = pathlib.Path(folder) / "answers.jsonl"
    path.write_text(json.dumps(answer_of(seed, steps, asked, stores, refusals)) + "\n", encoding="utf-8")
    command = [compare, str(path), "--show", "1", "--kind", kind]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def without(steps, place, number):
    """The steps without one line, or without a whole step where number is None."""
    result = [dict(step) for step in steps]
    if number is None:
        del result[place]
        return result
    for member in ("apply", "about"):
        result[place][member] = [one for i, one in enumerate(result[place][member]) if i != number]
    return result


def smaller(steps):
    """All ledgers that have a line or a step less, those at the end first: nothing refers to these."""
    for place in range(len(steps) - 1, -1, -1):
        if "apply" in steps[place]:
            for number in range(len(steps[place]["apply"]) - 1, -1, -1):
                yield without(steps, place, number)
        if not steps[place].get("apply"):
            yield without(steps, place, None)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--compare", required=True, help="the program oracle_compare")
    parser.add_argument("--kind", default="", help="words of the kind of difference to keep; default: any")
    options = parser.parse_args()
    made = generate(options.seed)
    steps = made.steps
    with tempfile.TemporaryDirectory() as folder:
        def differs(smaller_steps):
            found = kinds(options.compare, folder, options.seed, smaller_steps, made.asked)
            return found is not None and any(options.kind in line for line in found.splitlines()
                                             if "ledgers, first seed" in line)
        if not differs(steps):
            print("no such difference")
            return
        shrunk = True
        while shrunk:
            found = next((one for one in smaller(steps) if differs(one)), None)
            shrunk = found is not None
            steps = found or steps
        print(kinds(options.compare, folder, options.seed, steps, made.asked, options.kind))


if __name__ == "__main__":
    main()
