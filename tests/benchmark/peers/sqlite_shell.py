"""The sqlite3 shell: .import of the rounds into a file, then sums, of whole minor units, and by its decimal functions."""

import csv
import os
import re
import shutil
import statistics
import sys

import peer

SUMS = {"sqlite3 shell": "minor", "sqlite3 decimal": "decimal"}
KEYS = {"company": "company", "year": "substr(date, 1, 4)", "currency": "''"}
TABLE = "CREATE TABLE rounds (company TEXT, date TEXT, currency TEXT, minor INTEGER, decimal TEXT);\n"
RUNS = 3


def query(unit, question):
    total = "sum(minor)" if unit == "minor" else "decimal_sum(decimal)"
    return f"SELECT {KEYS[question]}, currency, {total} FROM rounds GROUP BY 1, 2;\n"


def shell(path, script):
    return peer.run(["sqlite3", "-bail", "-csv", path], script)


def rows(output):
    return list(csv.reader(output.splitlines()))


def main(folder, *questions):
    if shutil.which("sqlite3") is None:
        sys.exit(peer.NOT_INSTALLED)
    answers = peer.Answers(folder)
    path = f"{folder}/shell.db"
    loading = TABLE + f".import --csv --skip 1 {folder}/rounds.csv rounds\n"

    def from_text(unit):
        if os.path.exists(path):
            os.remove(path)
        return shell(path, loading + query(unit, "company"))

    for name, unit in SUMS.items():
        seconds, (output, mib) = peer.median_of(lambda unit=unit: from_text(unit))
        answers.add(name, "text", seconds, unit, rows(output), mib)
        for question in questions:
            sql = query(unit, question)
            timed, _ = shell(path, ".output /dev/null\n.timer on\n" + sql * RUNS)
            # The wall time is in milliseconds, the processor's time in microseconds.
            times = [float(user) + float(system) for user, system in re.findall(r"user ([\d.]+) sys ([\d.]+)", timed)]
            output, _ = shell(path, sql)
            answers.add(name, question, statistics.median(times), unit, rows(output))
    answers.print()


if __name__ == "__main__":
    main(*sys.argv[1:])
