#!/usr/bin/env python3
"""How long exports take, in how much memory, and how long PostgreSQL takes to load them.

    exports.py PROGRAM [--companies N]

Makes a ledger of N companies (250,000 unless said otherwise) with a round, two participations and a valuation each, exports it in every
form, and loads it into a PostgreSQL of its own, if one is there; then 1,000 entries on 250 companies more, with --since. The last
column is the bound that the figure has to keep; the exit status is 1 where one does not.
"""

import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "readers"))
sys.dont_write_bytecode = True
import postgres  # noqa: E402

PAGE_CACHE_MIB = 64
MORE_COMPANIES = 250


def facts(handle, companies, day):
    for number, company in enumerate(companies):
        raised = 1_000_003 * (company + 7) % 1_000_000_000 + 1
        currency = ("USD", "EUR", "GBP", "JPY")[company % 4]
        about = {"round": f"{handle} {company}", "source": "press"}
        yield {"kind": "round", "company": f"Company {company} Inc", "raised": f"{raised} {currency}", "announced": day,
               "instrument": "equity", **about}
        yield {"kind": "participation", "investor": f"Fund {number % 5000}", "amount": f"{raised // 3} {currency}", "lead": True, **about}
        yield {"kind": "participation", "investor": f"Fund {(number * 7 + 1) % 5000}", **about}
        yield {"kind": "valuation", "company": f"Company {company} Inc", "basis": "post-money", "amount": f"{raised * 5} {currency}",
               "on": day, **about}


class Suite:
    def __init__(self, program, folder):
        self.program, self.folder, self.failed = program, folder, False

    def row(self, what, figure, bound, kept):
        print(f"{what:44} {figure:>24}   {bound:18} {'' if kept else 'NOT KEPT'}", flush=True)
        self.failed |= not kept

    def run(self, *arguments):
        """The seconds that it took, those of the processor among them, the most MiB that it held, and what it printed."""
        output = self.folder / "output"
        with open(output, "wb") as out:
            begin = time.monotonic()
            process = subprocess.Popen([self.program, "--db", self.folder / "a.db", *map(str, arguments)], stdout=out)
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.monotonic() - begin
        if status:
            sys.exit(f"{arguments}: exit status {os.waitstatus_to_exitcode(status)}")
        return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, output

    def apply(self, lines, recorded):
        path = self.folder / "facts.jsonl"
        with open(path, "w", encoding="utf-8") as file:
            file.writelines(json.dumps(line) + "\n" for line in lines)
        self.run("apply", "--recorded", recorded, path)

    def export(self, form, target, rows_of):
        seconds, processor, most, output = self.run("export", form, target)
        rows = rows_of(output)
        # Of the processor's seconds, as other programs may share the machine.
        self.row(f"export {form}", f"{rows / processor:,.0f} rows/s", ">= 100,000", rows / processor >= 100_000)
        self.row(f"export {form}, memory over the page cache", f"{most - PAGE_CACHE_MIB:.0f} MiB", "< 64 MiB", most - PAGE_CACHE_MIB < 64)
        return seconds


def count_of(word):
    """The number before the word in what the program printed."""
    def read(output):
        words = output.read_text(encoding="utf-8").replace(",", "").split()
        return int(words[words.index(word) - 1])

    return read


def lines_of(path):
    with open(path, "rb") as file:
        return sum(1 for _ in file)


def psql_seconds(server, *arguments):
    begin = time.monotonic()
    server.psql("-v", "ON_ERROR_STOP=1", *arguments)
    return time.monotonic() - begin


def load(suite, server, whole, whole_seconds):
    bare = suite.folder / "bare.sql"
    bare.write_text("BEGIN;\nCREATE SCHEMA bare;\nSET LOCAL search_path = bare, pg_temp;\n"
                    f"\\i {whole}/schema.sql\n\\i {whole}/rows.sql\nCOMMIT;\n", encoding="utf-8")
    bare_seconds = psql_seconds(server, "-f", bare)
    server.psql("-c", "SET client_min_messages = warning; DROP SCHEMA bare CASCADE")
    seconds = psql_seconds(server, "-f", whole / "load.sql")
    suite.row("load, over COPY into tables without keys", f"{seconds:.1f} / {bare_seconds:.1f} s = {seconds / bare_seconds:.2f}",
              "<= 3", seconds <= 3 * bare_seconds)
    suite.apply(facts("more", range(0, 997 * MORE_COMPANIES, 997), "2025-02-01"), "2025-02-03T00:00:00Z")
    later = suite.folder / "later"
    head = (whole / "head.txt").read_text(encoding="ascii").strip()
    later_seconds, *_ = suite.run("export", "postgres", later, "--since", head)
    later_load = psql_seconds(server, "-f", later / "load.sql")
    for what, part, all_of_it in (("export", later_seconds, whole_seconds), ("load", later_load, seconds),
                                  ("both", later_seconds + later_load, whole_seconds + seconds)):
        suite.row(f"1,000 entries --since, {what}, over the whole", f"{part:.2f} / {all_of_it:.1f} s = {part / all_of_it:.3f}", "<= 0.02",
                  part <= 0.02 * all_of_it)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("program")
    options.add_argument("--companies", type=int, default=250_000)
    options.add_argument("--folder", help="where the files lie meanwhile")
    arguments = options.parse_args()
    with tempfile.TemporaryDirectory(dir=arguments.folder) as scratch:
        suite = Suite(arguments.program, pathlib.Path(scratch))
        suite.apply([{"kind": "source", "id": "press", "type": "press", "published": "2024-12-02"}], "2024-12-31T00:00:00Z")
        suite.apply(facts("first", range(arguments.companies), "2024-03-01"), "2025-01-01T00:00:00Z")
        whole = suite.folder / "whole"
        whole_seconds = suite.export("postgres", whole, count_of("rows"))
        suite.export("csv", suite.folder / "csv", count_of("rows"))
        shutil.rmtree(suite.folder / "csv")
        for form in ("ledger", "beancount"):
            journal = suite.folder / form
            suite.export(form, journal, lambda _, journal=journal: lines_of(journal))
            journal.unlink()
        programs, missing = postgres.binaries()
        if missing:
            print(f"not loaded: {missing}")
        else:
            with postgres.Server(programs, scratch) as server:
                load(suite, server, whole, whole_seconds)
    return 1 if suite.failed else 0


if __name__ == "__main__":
    sys.exit(main())
