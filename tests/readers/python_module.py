"""examples/python/postmoney_reader.py: its answers are the program's, at every time and day, and it writes nothing.

python3 python_module.py POSTMONEY_PROGRAM SOURCE_FOLDER; exit status 77: skipped.
"""

import datetime
import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
from decimal import Decimal
from random import Random

sys.dont_write_bytecode = True  # the folder of the sources stays clean
import postgres  # noqa: E402

SKIPPED = 77

LATER = [
    {"kind": "round", "key": "k0", "round": "d", "company": "xAI", "raised": "9223372036854775.807 KWD", "announced": "2025-01"},
    {"kind": "round", "round": "d", "company": "xAI", "raised": "7.005 KWD", "announced": "2025-01", "supersedes": "k0"},
    {"kind": "round", "round": "e", "company": "xAI", "raised": "undisclosed", "announced": "2025"},
    {"kind": "round", "round": "f", "company": "xAI", "raised": "at least 3 EUR", "announced": "2024-11-30"},
    {"kind": "round", "round": "g", "company": "Silent", "raised": "undisclosed"},
    {"kind": "round", "round": "h", "company": "Lender", "raised": "5 USD", "instrument": "debt"},
]
TIMES = [None, "2025-01-02T08:00:00Z", "2025-01-02T07:59:59.999999Z", "2025-01-03T08:00:00Z"]
DAYS = [None, "2023-11-28", "2024-11-30", "2024-12-23", "2025-01-31"]


def generated(program, folder, reader, equal):
    """A ledger of lines of every kind, with corrections, each at a time of its own: totals at any time and day are the program's. Without
    parties that become one: the views go by the names of now, the program by those of the time."""
    path = os.path.join(folder, "generated.db")

    def run(*arguments, check=True):
        return subprocess.run([program, "--db", path, *arguments], check=check, capture_output=True, text=True).stdout

    random, keys = Random(33), {}
    for step in range(25):
        lines = [line for line in postgres.random_lines(random, step, keys) if line["kind"] != "party"]
        facts = os.path.join(folder, "facts")
        pathlib.Path(facts).write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        run("apply", "--keep-going", "--recorded", f"2025-03-02T00:{step:02}:00Z", facts, check=False)
    asked = 0
    with reader.open_ledger(path) as ledger:
        for company in ledger.companies():
            for time in (None, "2025-03-02T00:06:00Z", "2025-03-02T00:14:30Z", "2025-03-02T00:20:00Z"):
                for day in (None, "2024-03-31", "2024-09-10"):
                    options = (["--known-at", time] if time else []) + (["--as-of", day] if day else [])
                    text = run("total", company, *options, "--json", check=False)
                    answer = json.loads(text) if text else []
                    answer = answer if isinstance(answer, list) else [answer]
                    expected = {a["currency"]: (a["known"], a["lower"], a["upper"], a["rounds"]) for a in answer if a["rounds"]}
                    found = {t["currency"]: (*(None if t[k] is None else str(t[k]) for k in ("known", "lower", "upper")), t["rounds"])
                             for t in ledger.total_raised(company, as_of=day, known_at=time) if t["rounds"]}
                    equal(f"generated: total of {company} as of {day}, known at {time}", found, expected)
                    asked += bool(expected)
    equal("generated: totals that were asked for", asked > 20, True)


def main(program, source):
    if sqlite3.sqlite_version_info < (3, 37):
        print(f"skipped: Python's SQLite {sqlite3.sqlite_version} does not know STRICT tables")
        return SKIPPED
    sys.path.insert(0, str(pathlib.Path(source) / "examples/python"))
    import postmoney_reader

    failures = []

    def equal(what, found, expected):
        if found != expected:
            failures.append(f"{what}: found {found!r}, expected {expected!r}")

    def refusal(question):
        try:
            question()
        except postmoney_reader.LedgerError as error:
            return str(error)
        return "none"

    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "a #1?.db")

        def run(*arguments):
            return subprocess.run([program, "--db", path, *arguments], check=True, capture_output=True, text=True).stdout

        run("apply", "--recorded", "2025-01-02T08:00:00Z", str(pathlib.Path(source) / "examples/xai.facts.jsonl"))
        for number, line in enumerate(LATER):
            facts = os.path.join(folder, "facts")
            pathlib.Path(facts).write_text(json.dumps(line) + "\n", encoding="utf-8")
            run("apply", "--recorded", f"2025-01-03T08:00:0{number}Z", facts)
        before = pathlib.Path(path).read_bytes()
        with postmoney_reader.open_ledger(path) as ledger:
            for company in ledger.companies():
                # The program is asked each time, so not of every company at all of them.
                for time in TIMES if company == "xAI" else TIMES[:1]:
                    for day in DAYS if company == "xAI" else DAYS[:1]:
                        options = (["--known-at", time] if time else []) + (["--as-of", day] if day else [])
                        answer = json.loads(run("total", company, *options, "--json"))
                        answer = answer if isinstance(answer, list) else [answer]
                        # Of a currency of which nothing has surely come the program shows what may have.
                        expected = {
                            a["currency"]: (a["known"], a["lower"], a["upper"], a["rounds"], a["undisclosed"])
                            for a in answer
                            if a["rounds"]
                        }
                        found = {
                            t["currency"]: (
                                str(t["known"]), str(t["lower"]), None if t["upper"] is None else str(t["upper"]), t["rounds"],
                                t["undisclosed"],
                            )
                            for t in ledger.total_raised(company, as_of=day, known_at=time)
                            if t["rounds"]
                        }
                        equal(f"total of {company} as of {day}, known at {time}", found, expected)
                claims = json.loads(run("claims", company, "--json"))
                equal(f"claims on {company}", len(ledger.claims(company)), len(claims))
            rounds = ledger.rounds("xAI", as_of=datetime.date(2024, 12, 31))
            equal("rounds by a day", [r["round"] for r in rounds],
                  ["xai-2023", "xai-series-b", "f", "xai-series-c"])
            equal("money of rounds", rounds[0]["raised_decimal"], Decimal("134680000.00"))
            equal("left out", [(r["reason"], r["amount_decimal"]) for r in ledger.left_out("Lender")], [("instrument", Decimal("5.00"))])
            equal("investments", [r["round"] for r in ledger.investments("NVIDIA")], ["xai-series-c"])
            equal("a time as a datetime", ledger.total_raised("xAI", known_at=datetime.datetime(2025, 1, 2, 9, tzinfo=datetime.timezone(
                datetime.timedelta(hours=1)))), ledger.total_raised("xAI", known_at=TIMES[1]))
            for what, question, told in (
                ("an unknown name", lambda: ledger.total_raised("Nobody"), 'got "Nobody": no party has this name; the views go by the '
                 "current one"),
                ("a time without an offset", lambda: ledger.rounds("xAI", known_at="2025-01-02T08:00:00"),
                 'got "2025-01-02 08:00:00", expected a time with its offset from UTC, such as 2025-01-02T08:00:00Z'),
                ("a month as a day", lambda: ledger.rounds("xAI", as_of="2024-12"), 'got "2024-12", expected a day such as 2024-11-30'),
                ("no time", lambda: ledger.rounds("xAI", known_at="now"), 'got "now", expected a time such as 2025-01-02T08:00:00Z'),
            ):
                equal(what, refusal(question), told)
            try:
                ledger.query("DELETE FROM withdrawn")
                failures.append("the reader writes")
            except sqlite3.OperationalError:
                pass
        equal("the file", pathlib.Path(path).read_bytes() == before, True)
        other = os.path.join(folder, "other.db")
        sqlite3.connect(other).execute("CREATE TABLE t (x)").connection.close()
        equal("another database", refusal(lambda: postmoney_reader.open_ledger(other)), f"{other}: is no ledger of postmoney")
        pathlib.Path(other).write_text("no database at all, but longer than a header of SQLite", encoding="utf-8")
        equal("no database", refusal(lambda: postmoney_reader.open_ledger(other)), f"{other}: file is not a database")
        missing = os.path.join(folder, "missing.db")
        equal("no file", refusal(lambda: postmoney_reader.open_ledger(missing)), f"{missing}: there is no such file")
        equal("what is not there stays so", os.path.exists(missing), False)
        script = str(pathlib.Path(source) / "examples/python/postmoney_reader.py")
        shown = subprocess.run([sys.executable, script, path, "xAI", "--as-of", "2024-11-30", "--known-at", TIMES[1]],
                               check=True, capture_output=True, text=True).stdout
        equal("the script", shown, "6134680000.00 USD in 2 rounds, 0 undisclosed\n")
        generated(program, folder, postmoney_reader, equal)
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
