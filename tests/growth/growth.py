#!/usr/bin/env python3
"""How the work of a command grows with the ledger: twice the input takes at most so many times the work.

    growth.py PROGRAM [--long] [--case NAME] [--list]

Each case of `cases` below is an input (inputs.py) and the commands that are run on it, first `apply` on a new ledger.
Work is counted in instructions where `perf` can, else in the CPU time of the process. What a process does whatever its
input holds is measured with an input of one and taken off. In the long form n is doubled
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
MARGIN_OF_A_CLOCK = 1.4
# What is less tells nothing: it counts as so much.
LEAST_SECONDS = 0.05
LEAST_INSTRUCTIONS = 50_000_000
LONGEST = 8000

COMPANY = (["verify"], ["company", "Acme"], ["reconcile", "Acme"], ["total", "Acme"])
# Each entry of its own time changes what is derived of the whole company, which is worked out and compared anew: as
# many times as there are entries, of as many claims as there are by then.
EACH_TIME_ANEW = 4.5
# As of each day on which a tranche comes, the round is put together of all its tranches.
EACH_TRANCHE_ANEW = 4.5
# Of a name that many parties have, each is asked whether it can be meant; and of a name that many lines give one
# party, each line whether it stands.
EACH_NAMESAKE = 4.5


class Case:
    """`n`: the size in the short form, which runs `apply` and the first of the commands."""

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

CASES = [
    Case(inputs.rounds, 800, COMPANY),
    Case(inputs.rounds_with_on, 400, COMPANY),
    Case(inputs.rounds_at_own_times, 100, bound=EACH_TIME_ANEW),
    Case(inputs.stated_totals, 400, (["reconcile", "Acme"],)),
    Case(inputs.closings, 200, COMPANY, bound=EACH_TRANCHE_ANEW),
    Case(inputs.closings_of_a_sum, 200, COMPANY, bound=EACH_TRANCHE_ANEW),
    Case(inputs.corrections, 600),
    Case(inputs.corrections_at_own_times, 200, bound=EACH_TIME_ANEW),
    Case(inputs.retractions, 800),
    Case(inputs.retractions_at_own_times, 400),
    Case(inputs.corrected_source, 200),
    Case(inputs.united_parties, 300),
    Case(inputs.lines_on_a_party, 600, bound=EACH_NAMESAKE),
    Case(inputs.parties_of_an_alias, 200, bound=EACH_NAMESAKE),
    Case(inputs.investors, 600, COMPANY),
    Case(inputs.investors_at_own_times, 100, bound=EACH_TIME_ANEW),
    Case(inputs.participations, 300, (["investor", "Fund"], ["log"])),
    Case(inputs.companies, 400, (["verify"], ["reconcile"], ["log"])),
]


def compare(work, case, command, n, at_one):
    """The work of n and of 2n less that of one, and the ratio of the two."""
    least = LEAST_INSTRUCTIONS if work.counts_instructions else LEAST_SECONDS
    small = max(work.of(case.facts, n, command) - at_one, least)
    large = max(work.of(case.facts, 2 * n, command) - at_one, least)
    return small, large, large / small


def check(work, case, commands, sizes):
    """Prints a line a command and size; returns what grows beyond the bound."""
    most = case.bound * (1 if work.counts_instructions else MARGIN_OF_A_CLOCK)
    unit = "instructions" if work.counts_instructions else "s"
    failed = []
    for command in commands:
        at_one = work.of(case.facts, 1, command)
        for n in sizes:
            small, large, ratio = compare(work, case, command, n, at_one)
            # A clock that says too much is asked again.
            for _ in range(5):
                if ratio <= most or work.counts_instructions:
                    break
                small, large, ratio = min(compare(work, case, command, n, at_one), (small, large, ratio),
                                          key=lambda told: told[2])
            word = "ok" if ratio <= most else "TOO MUCH"
            print(f"{word:8} {case.name:24} {command[0]:10} n {n:5} {small:9.4g} {large:9.4g} {unit} {ratio:5.2f}",
                  flush=True)
            if ratio > most:
                failed.append(f"{case.name} {command[0]} at {n}: {ratio:.2f}, at most {case.bound}")
                sizes = [size for size in sizes if size <= n]  # of more there is no ledger, or it takes too long
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
            failed += check(work, case, case.commands if options.long else case.commands[:2], sizes)
    for line in failed:
        print(line, file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
