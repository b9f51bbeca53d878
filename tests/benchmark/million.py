#!/usr/bin/env python3
"""A ledger of a million companies: how long each command takes on it, in how much memory, and what an entry costs beside a ledger of
a tenth of them.

    million.py PROGRAM [--companies N] [--folder FOLDER]

Each company has a round, a source and two investors. A second ledger holds half of the same lines and as many companies again that the
first lacks; it is merged into the first. The last column is the bound that the figure has to keep; the exit status is 1 where one does not.
"""

import argparse
import json
import os
import pathlib
import sys
import tempfile
import time

MOST_MIB = 2048
# An entry may cost so many times as much as in the small ledger.
MOST_GROWTH = 1.3
RECORDED = "2025-01-01T00:00:00Z"


def lines_of(companies):
    for company in companies:
        source = {"source": f"notice-{company}"}
        day = f"{2008 + company % 17}-{company % 12 + 1:02}-{company % 28 + 1:02}"
        yield {"kind": "source", "id": f"notice-{company}", "type": "filing", "accession": f"{company + 1:010}-{company % 17 + 8:02}-000001",
               "published": day}
        raised = 1_000_003 * (company + 7) % 1_000_000_000 + 1
        currency = ("USD", "EUR", "GBP", "JPY")[company % 4]
        yield {"kind": "round", "round": f"form-d-{company}", "company": f"Company {company} Inc", "raised": f"{raised} {currency}",
               "first_sale": day, "instrument": "equity", **source}
        for fund in (company % 50_000, (company * 7 + 1) % 50_000):
            yield {"kind": "participation", "round": f"form-d-{company}", "investor": f"Fund {fund}", **source}


def write(path, companies):
    entries = 0
    with open(path, "w", encoding="utf-8") as file:
        for line in lines_of(companies):
            file.write(json.dumps(line) + "\n")
            entries += 1
    return entries


class Ledgers:
    """Runs the program on the ledgers of so many companies, and keeps what each step took."""

    def __init__(self, program, folder, companies):
        self.program, self.folder = program, folder
        self.steps = {}
        half = companies // 2
        first, second = folder / "first.jsonl", folder / "second.jsonl"
        self.entries = write(first, range(companies))
        other = write(second, range(half, companies + half))
        self.run("record", "a.db", self.entries, "apply", "--recorded", RECORDED, first)
        self.size = (folder / "a.db").stat().st_size / self.entries
        self.run("verify", "a.db", self.entries, "verify")
        self.run("total", "a.db", self.entries, "total", "--top", "10")
        self.run("reconcile", "a.db", self.entries, "reconcile")
        self.run("record the second", "b.db", other, "apply", "--recorded", RECORDED, second)
        first.unlink()
        second.unlink()
        self.run("merge an overlapping half", "a.db", other // 2, "merge", folder / "b.db")

    def run(self, step, ledger, entries, *words):
        with open(self.folder / "output", "wb") as out:
            begin = time.monotonic()
            process = os.posix_spawn(self.program, [self.program, "--db", self.folder / ledger, *words], os.environ,
                                     file_actions=[(os.POSIX_SPAWN_DUP2, out.fileno(), 1)])
            _, status, usage = os.wait4(process, 0)
            seconds = time.monotonic() - begin
        code = os.waitstatus_to_exitcode(status)
        if code not in (0, 1):  # reconcile ends with 1 where something is in doubt
            sys.exit(f"{step}: exit status {code}")
        self.steps[step] = (seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, entries)
        print(f"{step} of {entries:,} entries: {seconds:.1f} s", file=sys.stderr, flush=True)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("program")
    options.add_argument("--companies", type=int, default=1_000_000)
    options.add_argument("--folder", help="where the files lie meanwhile")
    arguments = options.parse_args()
    program = os.path.abspath(arguments.program)
    ledgers = []
    for companies in (arguments.companies // 10, arguments.companies):
        with tempfile.TemporaryDirectory(dir=arguments.folder) as scratch:
            ledgers.append(Ledgers(program, pathlib.Path(scratch), companies))
    small, large = ledgers
    failed = False
    print(f"{'step':28} {'entries':>10} {'wall s':>8} {'cpu s':>8} {'MiB':>6} {'us an entry':>12} {'of a tenth':>11} {'growth':>7}")
    for step, (seconds, processor, most, entries) in large.steps.items():
        each = processor / entries * 1e6
        before = small.steps[step][1] / small.steps[step][3] * 1e6
        kept = most <= MOST_MIB and each <= MOST_GROWTH * before
        failed |= not kept
        print(f"{step:28} {entries:10,} {seconds:8.1f} {processor:8.1f} {most:6.0f} {each:12.2f} {before:11.2f} {each / before:6.2f}x"
              f"{'' if kept else '  NOT KEPT'}")
    print(f"bytes an entry: {large.size:.0f}, of a tenth {small.size:.0f}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
