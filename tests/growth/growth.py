#!/usr/bin/env python3
"""How the work of a command grows with the ledger: twice the input takes at most so many times the work.

    growth.py PROGRAM [--long] [--case NAME] [--list]

Each case of CASES below is an input (inputs.py) and the commands that are run on it, first `apply` on a new ledger. In the long form
the commands of `everything` are run on a market too: imports, merge, exports, backup, restore, each public view and each query
of schema/queries; and what only reads keeps its memory.
Work is counted in instructions where `perf` can, else in the CPU time of the process. What a process does whatever its
input holds is measured with an input of one and taken off. In the long form n is doubled
up to 8,000, and the table shows every step.
"""

import argparse
import os
import pathlib
import re
import shutil
import sqlite3
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
# Pages of the file that SQLite keeps, and what else a command that only reads may hold.
PAGE_CACHE_MIB = 64
MOST_MIB = 64
READS = {"verify", "company", "reconcile", "total", "investor", "log", "sql", "companies", "investors", "rounds", "sources", "league",
         "search", "status", "export"}
QUERIES = pathlib.Path(__file__).resolve().parents[2] / "schema" / "queries"
NOTICE = pathlib.Path(__file__).resolve().parents[1] / "fixtures" / "form-d" / "0007000001-24-000001.xml"

COMPANY = (["verify"], ["company", "Acme"], ["reconcile", "Acme"], ["total", "Acme"])
# Each entry of its own time changes what is derived of the whole company, which is worked out and compared anew: as
# many times as there are entries, of as many claims as there are by then.
EACH_TIME_ANEW = 4.5
# As of each day on which a tranche comes, the round is put together of all its tranches.
EACH_TRANCHE_ANEW = 4.5


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
        self.most_mib = 0  # of the last command

    def _instructions(self, command):
        """Null where the machine does not count them."""
        counts = os.path.join(self.folder, "perf")
        try:
            self._run(["perf", "stat", "-x", ",", "-e", "instructions:u", "-o", counts, "--", *command])
            with open(counts, encoding="utf-8") as lines:
                return next(int(line.split(",")[0]) for line in lines if line[:1].isdigit())
        except (OSError, SystemExit, StopIteration):
            return None

    def _run(self, command):
        """What the process used."""
        with tempfile.TemporaryFile() as errors:
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode not in (0, 1):  # reconcile ends with 1 where something is in doubt
                errors.seek(0)
                raise SystemExit(f"{' '.join(map(str, command))}: exit {process.returncode}: {errors.read().decode()}")
        self.most_mib = usage.ru_maxrss / 1024
        return usage

    def ledger(self, facts, n):
        """Where the ledger of the input is, or will be."""
        return os.path.join(self.folder, f"{facts.__name__}-{n}.db")

    def on(self, ledger, command):
        """What a command takes on a ledger, in instructions or seconds."""
        words = [self.program, "--db", ledger, *command]
        return self._instructions(words) if self.counts_instructions else self._run(words).ru_utime

    def of(self, facts, n, command):
        """The same of the input of size n; a command is words, or gives the ledger and the words."""
        ledger = self.ledger(facts, n)
        if callable(command):
            return self.on(*command(self, facts, n))
        if command == ["apply"]:
            lines = ledger + ".jsonl"
            inputs.write(facts(n), lines)
            remove(ledger)
            command = ["apply", lines]
        return self.on(ledger, command)


def remove(ledger):
    for file in (ledger, ledger + "-journal"):
        if os.path.exists(file):
            os.remove(file)


#--- Commands that need more than the ledger of the input: each gives a ledger and the words

def merge(work, facts, n):
    """The other ledger holds the second half of the same companies, and as many that are new."""
    to, other = work.ledger(facts, n) + ".merged", work.ledger(facts, n) + ".other"
    remove(other)
    lines = other + ".jsonl"
    inputs.write(facts(n, first=n // 2), lines)
    work.on(other, ["apply", lines])
    shutil.copyfile(work.ledger(facts, n), to)
    return to, ["merge", other]


def to_folder(*words):
    def command(work, facts, n):
        target = os.path.join(work.folder, "target")
        shutil.rmtree(target, ignore_errors=True)
        return work.ledger(facts, n), [*words, target]
    return named(command, *words)


def to_file(*words):
    def command(work, facts, n):
        target = os.path.join(work.folder, "target.file")
        remove(target)
        return work.ledger(facts, n), [*words, target]
    return named(command, *words)


def restore(work, facts, n):
    target = work.ledger(facts, n) + ".restored"
    remove(target)
    return target, ["restore", work.ledger(facts, n)]


def import_csv(work, facts, n):
    table = os.path.join(work.folder, "table.csv")
    inputs.table(n, table)
    ledger = work.ledger(facts, n) + ".csv.db"
    remove(ledger)
    return ledger, ["import", "csv", "--map", "rounds", table]


def import_ecb(work, facts, n):
    table = os.path.join(work.folder, "rates.csv")
    inputs.reference_rates(n, table)
    ledger = work.ledger(facts, n) + ".ecb.db"
    remove(ledger)
    return ledger, ["import", "ecb", table]


def import_form_d(work, facts, n):
    """The same notice of n issuers."""
    folder = os.path.join(work.folder, f"notices-{n}")
    os.makedirs(folder, exist_ok=True)
    notice = NOTICE.read_text(encoding="utf-8")
    for i in range(n):
        text = notice.replace("7000001", f"8{i:06}").replace("Bracken Robotics, Inc.", f"Bracken {i}, Inc.").replace("Fern", f"Fern {i}")
        with open(os.path.join(folder, f"0008{i:06}-24-000001.xml"), "w", encoding="utf-8") as file:
            file.write(text)
    ledger = work.ledger(facts, n) + ".form-d.db"
    remove(ledger)
    return ledger, ["import", "form-d", folder]


def named(command, *words):
    command.__name__ = " ".join(words)
    return command


def name_of(command):
    """What a line of the table says of a command."""
    if callable(command):
        return command.__name__
    return command[1].split("\n")[0][:40] if command[0] == "sql" else command[0]


def everything(ledger):
    """Every command that can take long on a market, its views and its queries."""
    commands = [["verify"], ["reconcile"], ["log"], ["companies"], ["investors"], ["rounds"], ["sources"], ["league"], ["status"],
                ["search", "company"], ["total"], ["total", "--top", "10"], ["company", "Company 0"], ["investor", "Fund 0"],
                merge, to_folder("export", "csv"), to_folder("export", "postgres"), to_file("export", "facts"),
                to_file("export", "ledger"), to_file("export", "beancount"), to_file("backup"), restore, import_csv, import_ecb,
                import_form_d]
    with sqlite3.connect(f"file:{ledger}?mode=ro", uri=True) as connection:
        views = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name")]
    commands += [["sql", f"SELECT * FROM {view}"] for view in views]
    for query in sorted(QUERIES.glob("*.sql")):
        text = query.read_text(encoding="utf-8").replace("'xAI'", "'Company 1'").replace("'NVIDIA'", "'Fund 1'")
        commands.append(["sql", re.sub("^-- ", f"-- {query.stem}: ", text)])
    return commands


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
    Case(inputs.lines_on_a_party, 600),
    Case(inputs.parties_of_an_alias, 800),
    Case(inputs.investors, 600, COMPANY),
    Case(inputs.investors_at_own_times, 100, bound=EACH_TIME_ANEW),
    Case(inputs.participations, 300, (["investor", "Fund"], ["log"])),
    Case(inputs.companies, 400, (["verify"], ["reconcile"], ["log"])),
    Case(inputs.market, 200),
]


def compare(work, case, command, n, at_one):
    """The work of n and of 2n less that of one, and the ratio of the two."""
    least = LEAST_INSTRUCTIONS if work.counts_instructions else LEAST_SECONDS
    small = max(work.of(case.facts, n, command) - at_one, least)
    large = max(work.of(case.facts, 2 * n, command) - at_one, least)
    return small, large, large / small


def check(work, case, commands, sizes):
    """Prints a line a command and size; returns what grows beyond the bound, or keeps too much."""
    most = case.bound * (1 if work.counts_instructions else MARGIN_OF_A_CLOCK)
    unit = "instructions" if work.counts_instructions else "s"
    failed = []
    for command in commands:
        name = name_of(command)
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
            if ratio > most:
                failed.append(f"{case.name} {name} at {n}: {ratio:.2f}, at most {case.bound}")
            held = max(work.most_mib - PAGE_CACHE_MIB, 0)
            if name.split()[0] in READS and held > MOST_MIB:
                word = "TOO MUCH"
                failed.append(f"{case.name} {name} at {2 * n}: {held:.0f} MiB over the page cache, at most {MOST_MIB}")
            print(f"{word:8} {case.name:24} {name:40} n {n:5} {small:9.4g} {large:9.4g} {unit} {ratio:5.2f} {work.most_mib:6.0f} MiB",
                  flush=True)
            if ratio > most and command == ["apply"]:
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
            if options.long and case.facts is inputs.market:
                failed += check(work, case, everything(work.ledger(case.facts, case.n)), sizes[-1:])
    for line in failed:
        print(line, file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
