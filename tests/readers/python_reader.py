"""Reads a finished ledger with Python's own sqlite3, as any other program would, and compares it with the program's answers.

python3 python_reader.py POSTMONEY_PROGRAM FACTS_FILE; exit status 77: skipped.
"""

import json
import os
import sqlite3
import subprocess
import sys
import tempfile

SKIPPED = 77


def main(program, facts):
    if sqlite3.sqlite_version_info < (3, 37):
        print(f"skipped: Python's SQLite {sqlite3.sqlite_version} does not know STRICT tables, 3.37 does")
        return SKIPPED
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "ledger.db")

        def run(*arguments):
            command = [program, "--db", path, *arguments]
            return subprocess.run(command, check=True, capture_output=True, text=True).stdout

        run("apply", "--recorded", "2025-01-02T08:00:00Z", facts)
        with open(path, "rb") as file:
            before = file.read()
        os.chmod(path, 0o444)
        ledger = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        failures = []

        def equal(what, found, expected):
            if found != expected:
                failures.append(f"{what}: the views give {found!r}, the program {expected!r}")

        totals = ledger.execute(
            "SELECT company, currency, known_minor, lower_minor, upper_minor, rounds, undisclosed FROM total_raised"
        ).fetchall()
        equal("number of totals", len(totals) > 0, True)
        for company, currency, known, lower, upper, rounds, undisclosed in totals:
            answer = json.loads(run("total", company, "--json"))

            def money(minor):
                return f"{minor // 100}.{minor % 100:02}"  # all currencies of this file have two decimals

            equal(
                f"total of {company}",
                (currency, money(known), money(lower), money(upper), rounds, undisclosed),
                tuple(answer[name] for name in ("currency", "known", "lower", "upper", "rounds", "undisclosed")),
            )
            equal(f"types of {company}", {type(known), type(lower), type(upper)}, {int})

        # The reader's own sum equals the total, because it adds integers.
        (summed,) = ledger.execute("SELECT sum(raised_minor) FROM rounds WHERE company = 'xAI' AND counts").fetchone()
        equal("sum of xAI's rounds", summed, 1213468000000)

        claims = json.loads(run("claims", "xAI", "--json"))
        (count,) = ledger.execute("SELECT count(*) FROM claims WHERE company = 'xAI' AND stands").fetchone()
        equal("number of claims on xAI", count, len(claims))
        investors = json.loads(run("round", "xai-series-c", "--json"))["participations"]
        named = ledger.execute(
            "SELECT investor FROM participations WHERE round = 'xai-series-c' ORDER BY investor"
        ).fetchall()
        equal("investors", [name for (name,) in named], [row["investor"] for row in investors])
        entries = ledger.execute("SELECT id, recorded, stands FROM entries ORDER BY entry").fetchall()
        log = json.loads(run("log", "--json"))
        equal("ids", [row[0] for row in entries], [row["id"] for row in log])
        equal("times", {row[1] for row in entries}, {"2025-01-02T08:00:00.000000Z"})

        # Reads every view to its end.
        for (view,) in ledger.execute("SELECT name FROM sqlite_schema WHERE type = 'view'").fetchall():
            rows = ledger.execute(f"SELECT * FROM {view}").fetchall()
            print(f"{view}: {len(rows)} rows")
        ledger.close()
        with open(path, "rb") as file:
            equal("bytes of the file", file.read() == before, True)
        for failure in failures:
            print(failure, file=sys.stderr)
        return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
