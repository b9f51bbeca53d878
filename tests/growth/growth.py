#!/usr/bin/env python3
"""How the work of a command grows with the ledger: twice the input takes at most so many times the work.

    growth.py PROGRAM [--long] [--case NAME] [--list]

Each case of `cases` below is an input (inputs.py) and the commands that are run on it, first `apply` on a new ledger.
Work is counted in instructions where `perf` can, else in the CPU time of the process, the least of several runs. What
a process does whatever its input holds is measured with an input of one and taken off. In the long form n is doubled
up to 8,000, and the table shows every step.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import inputs  # noqa: E402

# What a doubling may take, and by how much more a clock may be wrong that other programs disturb.
BOUND = 2.5
MARGIN_OF_A_CLOCK = 1.25
LONGEST = 8000

COMPANY = (["verify"], ["company", "Acme"], ["reconcile", "Acme"], ["total", "Acme"])


class Case:
    """`n`: the size in the short form. `bound` is another one where a line of it says why."""

    def __init__(self, facts, n, commands=(["verify"],), bound=BOUND):
        self.name = facts.__name__
        self.facts = facts
        self.n = n
        self.commands = [["apply"], *commands]
        self.bound = bound


class Work:
    """Runs commands on the ledger of an input, and tells what each took."""

    def __init__(self, program, folder):
        self.program = program
        self.folder = folder
        self.counts_instructions = self._instructions(["true"]) is not None

    def _instructions(self, command):
        """Null where the machine does not count them."""
        counts = os.path.join(self.folder, "perf")
        try:
            subprocess.run(["perf", "stat", "-x", ",", "-e", "instructions:u", "-o", counts, "--", *command],
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
            with open(counts, encoding="utf-8") as lines:
                return next(int(line.split(",")[0]) for line in lines if line[:1].isdigit())
        except (OSError, subprocess.CalledProcessError, StopIteration):
            return None

    @staticmethod
    def _cpu_time(command):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode not in (0, 1):  # reconcile ends with 1 where something is in doubt
            raise SystemExit(f"{' '.join(command)}: exit {done.returncode}: {done.stderr}")
        return after.ru_utime - before.ru_utime

    def of(self, facts, n, command):
        """Of one command on the input of size n, in instructions or seconds."""
        ledger = os.path.join(self.folder, f"{facts.__name__}-{n}.db")
        if command == ["apply"]:
            lines = ledger + ".jsonl"
            inputs.write(facts(n), lines)
            for file in (ledger, ledger + "-journal"):
                if os.path.exists(file):
                    os.remove(file)
            command = ["apply", lines]
        words = [self.program, "--db", ledger, *command]
        return self._instructions(words) if self.counts_instructions else self._cpu_time(words)

    def least_of(self, times, facts, n, command):
        return min(self.of(facts, n, command) for _ in range(1 if self.counts_instructions else times))


CASES = [
    Case(inputs.rounds, 200, COMPANY),
    Case(inputs.rounds_with_on, 200, COMPANY),
    Case(inputs.rounds_at_own_times, 100),
    Case(inputs.stated_totals, 100, (["reconcile", "Acme"],)),
    Case(inputs.closings, 200, COMPANY),
    Case(inputs.closings_of_a_sum, 200, COMPANY),
    Case(inputs.corrections, 300),
    Case(inputs.corrections_at_own_times, 200),
    Case(inputs.retractions, 300),
    Case(inputs.retractions_at_own_times, 200),
    Case(inputs.corrected_source, 100),
    Case(inputs.united_parties, 150),
    Case(inputs.lines_on_a_party, 300),
    Case(inputs.parties_of_an_alias, 200),
    Case(inputs.investors, 300, COMPANY),
    Case(inputs.investors_at_own_times, 150),
    Case(inputs.participations, 300, (["investor", "Fund"], ["log"])),
    Case(inputs.companies, 200, (["verify"], ["reconcile"], ["log"])),
]


def grows(work, case, command, n, at_one):
    """The work of n and of 2n less that of one, and the ratio of the two."""
    small = work.least_of(3, case.facts, n, command) - at_one
    large = work.least_of(3, case.facts, 2 * n, command) - at_one
    return small, large, large / small if small > 0 else 0.0


def check(work, case, sizes):
    """Prints a line a command and size; returns what grows beyond the bound."""
    margin = 1 if work.counts_instructions else MARGIN_OF_A_CLOCK
    failed = []
    for command in case.commands:
        at_one = work.least_of(3, case.facts, 1, command)
        for n in sizes:
            # A clock is asked again where it says too much.
            for _ in range(3):
                small, large, ratio = grows(work, case, command, n, at_one)
                if ratio <= case.bound * margin:
                    break
            bad = ratio > case.bound * margin
            unit = "instructions" if work.counts_instructions else "s"
            shown = [f"{x:.4g}" for x in (small, large)]
            print(f"{'TOO MUCH' if bad else 'ok':8} {case.name:24} {command[0]:10} n {n:5} {shown[0]:>9} {shown[1]:>9} {unit}"
                  f" {ratio:5.2f}", flush=True)
            if bad:
                failed.append(f"{case.name} {command[0]} at {n}: {ratio:.2f}, at most {case.bound}")
                break
    return failed


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--long", action="store_true")
    parser.add_argument("--case", action="append")
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    failed = []
    with tempfile.TemporaryDirectory() as folder:
        work = Work(os.path.abspath(options.program), folder)
        for case in CASES:
            if options.case and case.name not in options.case:
                continue
            if options.list:
                print(case.name)
                continue
            sizes = [case.n]
            while options.long and sizes[-1] * 4 <= LONGEST:
                sizes.append(sizes[-1] * 2)
            failed += check(work, case, sizes)
    for line in failed:
        print(line, file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
